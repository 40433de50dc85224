"""A backup brings everything back on either engine, and nothing of what was erased since."""

from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from app import keys
from app.actions.backups import BackupRefusedError, backup, restore
from app.actions.verifying import verify
from app.errors import ConflictError
from app.opening import open_compartments
from app.settings import Settings
from app.store import dump
from app.store.compartments import Compartment
from app.store.session import migrate

BASIS = {"kind": "expunged", "basis": "Order of the juvenile court, fictional"}


@pytest.fixture
def fresh(settings, tmp_path, app):
    """An empty record on SQLite, with the keys of the one that was backed up."""
    (tmp_path / "restored").mkdir()
    url = SecretStr(f"sqlite:///{tmp_path}/restored/voi.db")
    sides = open_compartments(Settings(_env_file=None, database_url=url, key_file=settings.key_file))
    for side in sides.each():
        migrate(side.engine)
    yield sides.justice
    for side in sides.each():
        side.engine.dispose()


@pytest.fixture
def side(app):
    return app.state.sides.justice


def contents(side):
    with side.engine.connect() as connection:
        return {table.name: list(dump.rows_of(connection, table)) for table in dump.all_tables()}


def test_everything_comes_back_and_the_log_holds(people, case, side, fresh, tmp_path, clock):
    prosecutor = people.make("prosecutor")
    screening_id = prosecutor.open(case)
    prosecutor.respond(screening_id, {"control.debt": {"value": "yes", "source": "record", "note": "a note"}})
    record, kept = backup(side, tmp_path / "backups", clock())
    restored = restore(fresh, record, kept)
    assert restored.erased == 0
    assert restored.rows > 50
    assert contents(fresh) == contents(side)
    assert verify(fresh) == []


def test_nothing_in_the_files_can_be_read_without_keys(people, case, side, tmp_path, clock):
    case["responses"]["control.debt"] = {"value": "yes", "note": "Marigold-of-the-notes"}
    people.make("prosecutor").open(case, alias="Alias Fern")
    for file in backup(side, tmp_path / "backups", clock()):
        content = file.read_bytes()
        assert file.stat().st_mode & 0o077 == 0
        for word in (b"Marigold", b"Fern", b"39-13-513", b"@office.example"):
            assert word not in content


def test_an_old_backup_does_not_give_back_what_was_erased_since(people, case, side, fresh, tmp_path, clock):
    prosecutor, supervisor = people.make("prosecutor", "One office"), people.make("supervisor", "One office")
    gone, stays = prosecutor.open(case, alias="Alias Fern"), prosecutor.open(case)
    old, _ = backup(side, tmp_path / "backups", clock())
    assert supervisor.post(f"/screenings/{gone}/erasure", BASIS).status_code == 201
    _, newest_keys = backup(side, tmp_path / "backups", clock() + timedelta(days=1))
    restored = restore(fresh, old, newest_keys)
    assert restored.erased > 0
    rows = contents(fresh)
    assert {str(row["screening_id"]) for row in rows["frame"]} == {stays}
    assert [str(row["screening_id"]) for row in rows["erasure"]] == [gone]
    heads = {str(row["screening_id"]): row for row in rows["screening_head"]}
    assert (heads[gone]["flag"], heads[gone]["state"]) == (None, "closed")
    assert "Alias Fern" not in {row["alias"] for row in rows["person_file"]}


def test_a_restore_refuses_what_does_not_belong_together(people, case, side, app, fresh, tmp_path, clock):
    people.make("prosecutor").open(case)
    record, kept = backup(side, tmp_path / "backups", clock())
    other = Compartment(fresh.side, fresh.engine, keys.new_ring())
    with pytest.raises(BackupRefusedError, match="another key file"):
        restore(other, record, kept)
    with pytest.raises(BackupRefusedError, match="other side"):
        restore(app.state.sides.community, record, kept)
    changed = tmp_path / "changed.backup"
    changed.write_bytes(record.read_bytes().replace(b'"side": "justice"', b'"side": "Justice"'))
    with fresh.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(BackupRefusedError, match="version"):
        restore(fresh, record, kept)
    assert not any(rows for name, rows in contents(fresh).items())


def test_a_restore_does_not_write_over_anything(people, case, side, fresh, tmp_path, clock):
    people.make("prosecutor").open(case)
    record, kept = backup(side, tmp_path / "backups", clock())
    restore(fresh, record, kept)
    with pytest.raises(ConflictError, match="not empty"):
        restore(fresh, record, kept)
