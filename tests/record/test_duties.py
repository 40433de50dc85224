"""Duties are tasks with a clock, a proof and reminders; nobody misses one because nobody was told."""

import pytest
from sqlalchemy import select, text

from app.actions.duties import due_reminders
from app.store.outbox import OutboxEvent

NOTICED = "2026-11-24T10:00:00+00:00"
CLOCKED = "us-22-7105-b-1-H"


@pytest.fixture
def prosecutor(people):
    return people.make("prosecutor", "Prosecutor")


@pytest.fixture
def side(app):
    return app.state.sides.justice


def remind(side, clock):
    with side.work() as db:
        return due_reminders(db, clock())


def events(side):
    with side.look() as db:
        rows = db.scalars(select(OutboxEvent).order_by(OutboxEvent.at, OutboxEvent.id)).all()
        return [(one.kind, one.subject, str(one.office_id)) for one in rows]


def one_duty(person, name=CLOCKED, **query):
    (found,) = [one for one in person.get("/duties", params=query).json()["items"] if one["duty"] == name]
    return found


def test_a_duty_is_due_so_long_after_the_indicator_was_first_noted(prosecutor, case):
    prosecutor.open({**case, "noticed": NOTICED})
    duty = one_duty(prosecutor)
    assert (duty["state"], duty["within_hours"], duty["who"]) == ("due", 24, "any")
    assert duty["due_at"] == "2026-11-25T10:00:00+00:00"
    assert duty["citation"]
    assert duty["jurisdiction"] == "US"


def test_no_clock_runs_until_the_time_is_known_and_then_it_runs_from_it(prosecutor, case):
    screening_id = prosecutor.open(case)
    assert one_duty(prosecutor)["due_at"] is None
    given = {"at": "2026-11-24T09:00:00Z", "source": "record"}
    prosecutor.request("POST", f"/screenings/{screening_id}/noticed", json=given, headers={"If-Match": "*"})
    assert one_duty(prosecutor)["due_at"] == "2026-11-25T09:00:00+00:00"


def test_duties_that_may_yet_fall_due_are_listed_apart(prosecutor, case):
    prosecutor.open(case)
    states = {one["state"] for one in prosecutor.get("/duties").json()["items"]}
    possible = prosecutor.get("/duties", params={"state": "possible"}).json()["items"]
    assert states == {"due"}
    assert {one["state"] for one in possible} == {"if"}


def test_a_duty_whose_trigger_later_facts_take_away_ends(prosecutor, case):
    screening_id = prosecutor.open(case)
    one_duty(prosecutor)
    prosecutor.request(
        "PATCH",
        f"/screenings/{screening_id}/case",
        json={"person": {"born": "1990-05-01"}},
        headers={"If-Match": "*"},
    )
    assert prosecutor.get("/duties").json()["items"] == []
    assert one_duty(prosecutor, state="ended")["state"] == "ended"


def test_a_duty_is_done_once_with_its_proof(prosecutor, people, case, side):
    prosecutor.open({**case, "noticed": NOTICED})
    duty = one_duty(prosecutor)
    proof = {"proof": "hotline call Zarquon, 14:05"}
    first, again = (prosecutor.post(f"/duties/{duty['id']}/done", proof, key="done") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["state"] == "done"
    assert first.json()["proof"] == proof["proof"]
    assert first.json()["done"]["by"] == str(prosecutor.account.id)
    assert prosecutor.post(f"/duties/{duty['id']}/done", proof).status_code == 409
    assert one_duty(prosecutor, state="done")["id"] == duty["id"]
    with side.engine.connect() as connection:
        (sealed,) = connection.execute(text("SELECT sealed FROM duty_done")).scalars()
    assert b"Zarquon" not in bytes(sealed)


def test_what_was_done_stays_done_when_it_is_judged_anew(prosecutor, case):
    screening_id = prosecutor.open({**case, "noticed": NOTICED})
    duty = one_duty(prosecutor)
    prosecutor.post(f"/duties/{duty['id']}/done", {"proof": "the call was made"})
    prosecutor.respond(screening_id, {"control.debt": {"value": "yes", "source": "record"}})
    assert one_duty(prosecutor, state="done")["id"] == duty["id"]


def test_duties_of_other_offices_are_not_there(prosecutor, people, case):
    prosecutor.open({**case, "noticed": NOTICED})
    duty = one_duty(prosecutor)["id"]
    other = people.make("prosecutor", "Elsewhere")
    assert other.get("/duties").json()["items"] == []
    assert other.get(f"/duties/{duty}").status_code == 404
    assert other.post(f"/duties/{duty}/done", {"proof": "not ours"}).status_code == 404


def test_both_the_office_that_submitted_and_the_one_in_charge_see_a_duty(prosecutor, people, case):
    officer, colleague = people.make("officer", "Police"), people.make("officer", "Police")
    screening_id = officer.open({**case, "noticed": NOTICED})
    to = {"to": str(prosecutor.office.id)}
    officer.request("POST", f"/screenings/{screening_id}/submit", json=to, headers={"If-Match": "*"})
    duty = one_duty(officer)["id"]
    assert one_duty(prosecutor)["id"] == duty
    assert colleague.get("/duties").json()["items"] == []
    prosecutor.post(f"/duties/{duty}/done", {"proof": "the call was made"})
    assert officer.get(f"/duties/{duty}").json()["proof"] is None
    assert officer.get(f"/duties/{duty}").json()["state"] == "done"


def test_duties_are_listed_soonest_first_and_page_by_page(prosecutor, case):
    for hour in ("11", "09", "10"):
        prosecutor.open({**case, "noticed": f"2026-11-24T{hour}:00:00Z"})
    whole = prosecutor.get("/duties").json()["items"]
    due = [one["due_at"] for one in whole]
    clocked = [one for one in due if one]
    assert len(clocked) == 3
    assert clocked == sorted(clocked)
    assert due == clocked + [None] * (len(due) - 3)
    seen, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = prosecutor.get("/duties", params={"limit": 2, **more}).json()
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == whole


def test_an_office_is_reminded_once_at_each_threshold_and_its_supervisor_when_the_time_has_passed(
    prosecutor, case, side, clock
):
    prosecutor.open({**case, "noticed": NOTICED})
    office = str(prosecutor.office.id)
    assert remind(side, clock) == 0
    for turned, threshold in (
        ({"hours": 10}, "half"),
        ({"hours": 11}, "last_hour"),
        ({"hours": 1}, "overdue"),
    ):
        clock.turn(**turned)
        assert (remind(side, clock), remind(side, clock)) == (1, 0)
        last = one_duty(prosecutor)["reminders"][-1]
        assert last["threshold"] == threshold
        assert last["to"] == ("supervisor" if threshold == "overdue" else None)
    assert events(side) == [("duty-due", "duty", office)] * 3
    assert remind(side, clock) == 0


def test_a_clock_found_late_reminds_once_of_all_that_has_passed(prosecutor, case, side, clock):
    prosecutor.open({**case, "noticed": "2026-11-20T10:00:00Z"})
    assert remind(side, clock) == 3
    assert len(events(side)) == 1
    assert {one["threshold"] for one in one_duty(prosecutor)["reminders"]} == {"half", "last_hour", "overdue"}


def test_no_one_is_reminded_of_what_was_done(prosecutor, case, side, clock):
    prosecutor.open({**case, "noticed": NOTICED})
    prosecutor.post(f"/duties/{one_duty(prosecutor)['id']}/done", {"proof": "the call was made"})
    clock.turn(days=2)
    assert remind(side, clock) == 0


def test_a_changed_finding_is_told_to_the_offices_in_charge_and_an_unchanged_one_to_nobody(
    prosecutor, case, side
):
    screening_id = prosecutor.open(case)
    prosecutor.respond(screening_id, {"control.debt": {"value": "yes", "source": "record"}})
    assert events(side) == []
    prosecutor.request(
        "PATCH",
        f"/screenings/{screening_id}/case",
        json={"person": {"born": "2000-05-01"}},
        headers={"If-Match": "*"},
    )
    assert events(side) == [("finding-changed", "screening", str(prosecutor.office.id))]
