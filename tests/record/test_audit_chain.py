"""No event of the audit log can be changed, removed, put elsewhere or cut off without being found."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.access import OfficeKind
from app.actions.verifying import anchor, read_anchor, verify
from app.store.accounts import add_office
from app.store.anchors import AuditAnchor
from app.store.audit import AuditEvent, AuditHead, Happening, record
from app.store.base import new_id

TABLE = AuditEvent.__table__
COLUMNS = [
    "at",
    "account_id",
    "role",
    "tag",
    "subject",
    "subject_id",
    "detail",
    "request",
    "previous",
    "hash",
]


@pytest.fixture
def side(app):
    return app.state.sides.justice


@pytest.fixture
def office(side, clock):
    with side.work() as db:
        return add_office(db, "One office", OfficeKind.PROSECUTOR, at=clock()).id


def write(side, office, clock, count):
    for number in range(count):
        clock.turn(seconds=1)
        with side.work() as db:
            happening = Happening(
                office, clock(), f"tag:{number}", "screening", new_id(), new_id(), "officer", "r1"
            )
            record(db, happening)


def unguarded(side, *statements):
    """What somebody does who has the database and takes its guards away."""
    with side.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in connection.scalars(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for one in statements:
            connection.execute(one)


def test_an_untouched_log_verifies(side, office, clock):
    write(side, office, clock, 3)
    assert verify(side) == []
    assert verify(side, anchor(side, clock())) == []


def test_the_database_itself_refuses_to_change_an_event(side, office, clock):
    write(side, office, clock, 2)
    for statement in (update(AuditEvent).values(tag="x"), delete(AuditEvent)):
        with pytest.raises((DBAPIError, IntegrityError)), side.engine.begin() as connection:
            connection.execute(statement)


def _row(side, office, number):
    with side.engine.connect() as connection:
        found = connection.execute(select(TABLE).where(TABLE.c.office_id == office, TABLE.c.number == number))
        return dict(found.mappings().one())


def _other(value):
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, dict):
        return {**value, "more": 1}
    return value.replace(year=2020) if hasattr(value, "year") else new_id()


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_tampering_with_one_row_is_found(side, clock, data):
    with side.work() as db:
        office = add_office(db, f"Office {new_id()}", OfficeKind.PROSECUTOR, at=clock()).id
    count = data.draw(st.integers(1, 6))
    write(side, office, clock, count)
    number = data.draw(st.integers(1, count))
    row = _row(side, office, number)
    here = (TABLE.c.office_id == office) & (TABLE.c.number == number)
    ways = {f"change {name}": update(TABLE).where(here).values({name: _other(row[name])}) for name in COLUMNS}
    ways["remove"] = delete(TABLE).where(here)
    ways["cut off from here"] = delete(TABLE).where(TABLE.c.office_id == office, TABLE.c.number >= number)
    ways["add one at the end"] = insert(TABLE).values({**row, "number": count + 1})
    way = data.draw(st.sampled_from(sorted(ways)))
    assert office not in {one.office_id for one in verify(side)}
    unguarded(side, ways[way])
    assert office in {one.office_id for one in verify(side)}, way


def test_two_events_that_changed_places_are_found(side, office, clock):
    write(side, office, clock, 3)
    first, second = _row(side, office, 1), _row(side, office, 2)
    one = TABLE.c.office_id == office
    unguarded(
        side,
        delete(TABLE).where(one, TABLE.c.number.in_([1, 2])),
        insert(TABLE).values({**second, "number": 1}),
        insert(TABLE).values({**first, "number": 2}),
    )
    assert verify(side)


def test_a_chain_cut_off_with_its_head_is_found_by_its_mark_and_by_the_anchor(side, office, clock):
    write(side, office, clock, 4)
    kept = [read_anchor(json.dumps(one.to_dict())) for one in anchor(side, clock())]
    last = _row(side, office, 2)
    unguarded(
        side,
        delete(TABLE).where(TABLE.c.office_id == office, TABLE.c.number > 2),
        update(AuditHead).where(AuditHead.office_id == office).values(number=2, hash=last["hash"]),
        delete(AuditAnchor),
    )
    assert {one.what for one in verify(side)} == {"the record of the end was changed"}
    assert any("was anchored at 4" in one.what for one in verify(side, kept))


def test_an_anchor_that_somebody_else_signed_is_found(side, app, office, clock):
    write(side, office, clock, 1)
    foreign = anchor(side, clock())
    assert verify(app.state.sides.community, foreign)


def test_events_of_one_act_are_written_with_it_or_not_at_all(side, office, clock):
    def fails():
        with side.work() as db:
            record(db, Happening(office, clock(), "screening:open", "screening"))
            raise KeyError("something went wrong after it")

    with pytest.raises(KeyError):
        fails()
    with side.look() as db:
        assert db.scalar(select(func.count()).select_from(AuditEvent)) == 0
    assert verify(side) == []
