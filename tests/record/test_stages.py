"""A screening goes from draft to closed and on to the next of its chain; what was said is carried over, never changed."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.access import OfficeKind

REASON = "the shelter did this and has the papers"


@pytest.fixture
def officer(people):
    return people.make("officer", "Police")


@pytest.fixture
def prosecutor(people):
    return people.make("prosecutor", "Prosecutor")


def change(person, screening_id, what, json=None, *, version="*", method="POST"):
    headers = {"If-Match": version if version == "*" else f'"{version}"'}
    return person.request(method, f"/screenings/{screening_id}/{what}", json=json, headers=headers)


def named(answer):
    return {one["path"] for one in answer.json()["errors"]}


def close(person, screening_id):
    """Closes a screening, with a reason for all that is open."""
    wanting = named(change(person, screening_id, "close", {}))
    return change(person, screening_id, "close", {"reasons": dict.fromkeys(wanting, REASON)})


def finish(person, screening_id):
    """Takes an office's own draft all the way."""
    for step in ("submit", "review"):
        answer = change(person, screening_id, step, {})
        assert answer.status_code == 200, answer.text
    answer = close(person, screening_id)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_submitted_screening_reaches_the_prosecutors_and_no_longer_shows_own_words_to_the_officer(
    officer, prosecutor, case
):
    screening_id = officer.open(case)
    assert "life.threatened" in officer.read(screening_id)["case"]["responses"]
    assert prosecutor.get(f"/screenings/{screening_id}").status_code == 404
    answer = change(officer, screening_id, "submit", {"to": str(prosecutor.office.id)}, version=1)
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "submitted"
    assert "life.threatened" not in answer.json()["case"]["responses"]
    assert prosecutor.read(screening_id)["state"] == "submitted"
    assert prosecutor.get("/screenings").json()["items"][0]["reach"] == "submitted"


def test_a_police_office_names_a_prosecutors_office_and_no_other(officer, people, case):
    screening_id = officer.open(case)
    assert change(officer, screening_id, "submit", {}).status_code == 422
    other = people.make("officer", "Other police")
    assert change(officer, screening_id, "submit", {"to": str(other.office.id)}).status_code == 422
    assert officer.read(screening_id)["state"] == "draft"


def test_nothing_is_submitted_twice_or_by_those_it_was_submitted_to(officer, prosecutor, case):
    screening_id = officer.open(case)
    to = {"to": str(prosecutor.office.id)}
    assert change(officer, screening_id, "submit", to).status_code == 200
    assert change(officer, screening_id, "submit", to).status_code == 409
    assert change(prosecutor, screening_id, "submit", {}).status_code == 403


def test_only_the_office_in_charge_reviews_and_closes(officer, prosecutor, people, case):
    chief = people.make("supervisor", "Police")
    screening_id = officer.open(case)
    assert change(chief, screening_id, "review").status_code == 409
    change(officer, screening_id, "submit", {"to": str(prosecutor.office.id)})
    assert change(chief, screening_id, "review").status_code == 403
    assert change(chief, screening_id, "close", {}).status_code == 403
    assert change(prosecutor, screening_id, "close", {}).status_code == 409
    assert change(prosecutor, screening_id, "review").json()["state"] == "reviewed"
    assert close(prosecutor, screening_id).json()["state"] == "closed"


def test_a_charge_screening_is_not_closed_while_something_is_open_without_a_reason(prosecutor, case):
    screening_id = prosecutor.open(case)
    change(prosecutor, screening_id, "submit", {})
    change(prosecutor, screening_id, "review")
    refused = change(prosecutor, screening_id, "close", {})
    assert refused.status_code == 409
    open_duties = {f"duty:{one['id']}" for one in prosecutor.get("/duties").json()["items"]}
    assert open_duties
    assert named(refused) == {"assessment", *open_duties}
    part = {"reasons": {"assessment": REASON}}
    assert named(change(prosecutor, screening_id, "close", part)) == open_duties
    stray = {"reasons": {**dict.fromkeys(named(refused), REASON), "duty:other": REASON}}
    assert change(prosecutor, screening_id, "close", stray).status_code == 422
    assert close(prosecutor, screening_id).status_code == 200
    kept = prosecutor.get(f"/screenings/{screening_id}/decisions").json()["left_open"]
    assert {one["subject"]: one["reason"] for one in kept} == dict.fromkeys(named(refused), REASON)


def test_a_closed_screening_is_never_judged_again_and_takes_nothing(prosecutor, case):
    screening_id = prosecutor.open(case)
    closed = finish(prosecutor, screening_id)
    words = {"view": "concur", "words": "yes"}
    tries = [
        prosecutor.respond(screening_id, {"control.debt": "yes"}),
        change(prosecutor, screening_id, "judge"),
        change(prosecutor, screening_id, "case", {"person": None}, method="PATCH"),
        change(prosecutor, screening_id, "noticed", {"at": "2026-11-24T10:00:00Z", "source": "record"}),
        change(prosecutor, screening_id, "review"),
        change(prosecutor, screening_id, "close", {}),
        prosecutor.post(f"/screenings/{screening_id}/dispositions", {"charge": "c1", "did": "declined"}),
    ]
    assert [one.status_code for one in tries] == [409] * len(tries)
    assert prosecutor.post(f"/screenings/{screening_id}/advocate-views", words).status_code == 403
    assert prosecutor.read(screening_id)["version"] == closed["version"]


def test_the_next_of_a_chain_carries_what_was_said_with_its_source_and_author(
    officer, prosecutor, case, clock
):
    screening_id = officer.open({**case, "noticed": "2026-11-24T10:00:00Z"}, alias="Youth 7")
    change(officer, screening_id, "submit", {"to": str(prosecutor.office.id)})
    prosecutor.respond(screening_id, {"control.debt": {"value": "yes", "source": "third_party"}})
    change(prosecutor, screening_id, "review")
    early = prosecutor.post(f"/screenings/{screening_id}/reopen", {"stage": "plea"})
    assert early.status_code == 409
    close(prosecutor, screening_id)
    before = prosecutor.get(f"/screenings/{screening_id}/history").json()["responses"]
    clock.turn(days=3)
    answer = prosecutor.post(f"/screenings/{screening_id}/reopen", {"stage": "plea"}, key="next")
    assert answer.status_code == 201, answer.text
    again = prosecutor.post(f"/screenings/{screening_id}/reopen", {"stage": "plea"}, key="next")
    assert again.json() == answer.json()
    kept = prosecutor.read(answer.json()["id"])
    assert (kept["stage"], kept["previous"], kept["alias"]) == ("plea", screening_id, "Youth 7")
    assert kept["case"]["as_of"] == "2026-11-27"
    assert kept["first_noted"] == prosecutor.read(screening_id)["first_noted"]
    assert kept["screening"]["withheld"] == 1
    assert [one["id"] for one in kept["earlier"]] == [screening_id]
    after = prosecutor.get(f"/screenings/{kept['id']}/history").json()["responses"]
    wanted = ("item", "value", "source", "at", "questionnaire")
    assert [[one.get(key) for key in wanted] for one in after] == [
        [one.get(key) for key in wanted] for one in before
    ]
    third = prosecutor.post(f"/screenings/{screening_id}/reopen", {"stage": "trial"})
    assert third.status_code == 409
    assert officer.get(f"/screenings/{kept['id']}").status_code == 404
    assert prosecutor.read(screening_id)["stage"] == "charging"


def test_what_was_carried_keeps_its_author_and_names_the_row_it_came_from(prosecutor, people, case, app):
    other = people.make("prosecutor", "Prosecutor")
    screening_id = prosecutor.open(case)
    other.respond(screening_id, {"control.debt": {"value": "yes", "source": "record"}})
    finish(prosecutor, screening_id)
    new = prosecutor.post(f"/screenings/{screening_id}/reopen", {"stage": "plea"}).json()["id"]
    with app.state.sides.justice.engine.connect() as connection:
        rows = connection.execute(text("SELECT item, account_id, carried_from, sealed FROM response")).all()
    first = {row.item: row for row in rows if row.carried_from is None}
    carried = {row.item: row for row in rows if row.carried_from is not None}
    assert carried.keys() == first.keys()
    assert {item: row.account_id for item, row in carried.items()} == {
        item: row.account_id for item, row in first.items()
    }
    assert carried["life.threatened"].sealed != first["life.threatened"].sealed
    assert prosecutor.read(new)["screening"]["withheld"] == 1


def test_a_corrected_case_is_a_new_version_and_judged_anew(prosecutor, case, client):
    screening_id = prosecutor.open(case)
    answer = change(
        prosecutor, screening_id, "case", {"person": {"born": "2000-05-01"}}, version=1, method="PATCH"
    )
    assert answer.status_code == 200, answer.text
    kept = answer.json()
    assert kept["version"] == 2
    assert kept["case"]["person"] == {"born": "2000-05-01"}
    older = {**case, "person": {"born": "2000-05-01"}}
    assert kept["screening"] == client.post("/api/v1/assess", json=older).json()
    first, second = prosecutor.get(f"/screenings/{screening_id}/judgements").json()["items"]
    assert first["charges"][0]["result"] == "barred"
    assert second["charges"][0]["result"] != "barred"
    assert prosecutor.read(screening_id)["case"]["charges"] == kept["case"]["charges"]
    stale = change(prosecutor, screening_id, "case", {"person": None}, version=1, method="PATCH")
    assert stale.status_code == 412


def test_a_correction_that_cannot_be_is_refused_whole(prosecutor, case):
    screening_id = prosecutor.open(case)
    wrong = [
        {"person": {"born": "2030-01-01"}},
        {"responses": {"control.debt": "yes"}},
        {"noticed": "2026-11-24T10:00:00Z"},
        {"exploiters": [{"alias": ""}]},
        {"exploiters": [{"alias": "E1", "dates": {"from": "2024-02-01", "to": "2024-01-01"}}]},
        {},
    ]
    answers = [change(prosecutor, screening_id, "case", one, method="PATCH") for one in wrong]
    assert [one.status_code for one in answers] == [422] * len(wrong)
    assert prosecutor.read(screening_id)["version"] == 1


def test_answers_about_a_charge_wait_in_the_record_while_the_case_does_not_name_it(prosecutor, case):
    act = {"act.ordered_by_exploiter": {"c1": {"value": "yes", "source": "record"}}}
    screening_id = prosecutor.open({**case, "responses": {**case["responses"], **act}})
    other = {**case["charges"][0], "id": "c2"}
    gone = change(prosecutor, screening_id, "case", {"charges": [other]}, method="PATCH").json()
    assert "act.ordered_by_exploiter" not in gone["case"]["responses"]
    back = change(prosecutor, screening_id, "case", {"charges": case["charges"]}, method="PATCH").json()
    assert back["case"]["responses"]["act.ordered_by_exploiter"] == act["act.ordered_by_exploiter"]


def test_who_else_was_involved_is_kept_sealed_beside_the_case(prosecutor, people, case, app):
    screening_id = prosecutor.open(case)
    given = {
        "exploiters": [{"alias": "Quillon", "dates": {"from": "2023-11-01", "to": "2024-03-31"}}],
        "other_victims": ["Youth Marbrise"],
    }
    kept = change(prosecutor, screening_id, "case", given, method="PATCH").json()
    assert kept["others"] == given
    assert "exploiters" not in kept["case"]
    kept = change(prosecutor, screening_id, "case", {"other_victims": []}, method="PATCH").json()
    assert kept["others"] == {**given, "other_victims": []}
    with app.state.sides.justice.engine.connect() as connection:
        rows = connection.execute(text("SELECT sealed FROM others")).scalars().all()
    assert len(rows) == 2
    assert not any(b"Quillon" in bytes(row) or b"Marbrise" in bytes(row) for row in rows)


def test_when_an_indicator_was_first_noted_is_set_once(prosecutor, case, app):
    screening_id = prosecutor.open(case)
    future = {"at": "2026-11-24T13:00:00Z", "source": "record"}
    assert change(prosecutor, screening_id, "noticed", future).status_code == 422
    first = {"at": "2026-11-24T10:00:00Z", "source": "third_party"}
    kept = change(prosecutor, screening_id, "noticed", first)
    assert kept.status_code == 200, kept.text
    assert kept.json()["first_noted"] == {"at": "2026-11-24T10:00:00+00:00", "source": "third_party"}
    second = change(prosecutor, screening_id, "noticed", {**first, "at": "2026-11-24T11:00:00Z"})
    assert second.status_code == 409
    for statement in ("UPDATE first_noted SET source = 'record'", "DELETE FROM first_noted"):
        with pytest.raises(DBAPIError), app.state.sides.justice.engine.begin() as connection:
            connection.execute(text(statement))


def test_a_time_without_a_zone_is_the_offices_own(prosecutor, case):
    screening_id = prosecutor.open({**case, "noticed": "2026-11-20T22:10"})
    assert prosecutor.read(screening_id)["first_noted"] is not None
    assert (
        change(
            prosecutor, screening_id, "noticed", {"at": "2026-11-24T10:00:00Z", "source": "record"}
        ).status_code
        == 409
    )


def test_several_persons_of_one_matter_are_screened_alone_and_linked_by_it(prosecutor, people, case):
    made = prosecutor.post("/matters", {"reference": "24-117"}, key="m")
    assert made.status_code == 201, made.text
    assert prosecutor.post("/matters", {"reference": "24-117"}, key="m").json() == made.json()
    matter = made.json()["id"]
    ids = [prosecutor.open(case, alias=f"Youth {number}", matter=matter) for number in (1, 2)]
    shown = prosecutor.get(f"/matters/{matter}").json()
    assert [one["id"] for one in shown["screenings"]] == ids
    assert [one["alias"] for one in shown["screenings"]] == ["Youth 1", "Youth 2"]
    assert prosecutor.read(ids[0])["earlier"] == []
    other = people.make("prosecutor", "Elsewhere")
    missing = other.get("/matters/01a20ef1-dc35-7d4d-9eca-73b90c423894")
    assert other.get(f"/matters/{matter}").json() == missing.json()


def test_a_matter_shows_an_officer_only_what_they_reach(people, case):
    first, second = people.make("officer", "Police"), people.make("officer", "Police")
    matter = first.post("/matters", {"reference": "24-118"}).json()["id"]
    mine = first.open(case, matter=matter)
    theirs = second.open(case, matter=matter)
    assert [one["id"] for one in first.get(f"/matters/{matter}").json()["screenings"]] == [mine]
    assert [one["id"] for one in second.get(f"/matters/{matter}").json()["screenings"]] == [theirs]


def test_an_earlier_contact_as_a_victim_shows_wherever_the_person_is_screened(
    officer, prosecutor, people, case
):
    first = officer.open(case, alias="Youth 9")
    person = officer.read(first)["person"]
    contact = {"date": "2025-02-03", "as": "victim", "source": "record"}
    made = officer.post(f"/person-files/{person}/contacts", contact)
    assert made.status_code == 201, made.text
    assert (
        officer.post(f"/person-files/{person}/contacts", {**contact, "date": "2027-01-01"}).status_code == 422
    )
    second = officer.open(case, person=person)
    change(officer, second, "submit", {"to": str(prosecutor.office.id)})
    shown = prosecutor.read(second)
    assert [(one["date"], one["as"]) for one in shown["earlier_contacts"]] == [("2025-02-03", "victim")]
    assert shown["earlier"] == []
    assert [one["flag"] for one in officer.read(second)["earlier"]] == ["possible"]
    stranger = people.make("prosecutor", "Elsewhere")
    assert stranger.get(f"/person-files/{person}").status_code == 404
    assert stranger.post(f"/person-files/{person}/contacts", contact).status_code == 404
    assert len(prosecutor.get(f"/person-files/{person}").json()["screenings"]) == 1


def test_a_community_advocate_goes_through_the_stages_behind_the_wall(people, case):
    advocate = people.make("advocate", "Shelter", kind=OfficeKind.COMMUNITY_ADVOCACY)
    prosecutor = people.make("prosecutor", "Prosecutor")
    screening_id = advocate.open(case)
    assert change(advocate, screening_id, "submit", {"to": str(prosecutor.office.id)}).status_code == 422
    assert close(advocate, screening_id).json()["state"] == "closed"
    new = advocate.post(f"/screenings/{screening_id}/reopen", {"stage": "plea"})
    assert new.status_code == 201, new.text
    assert "life.threatened" in advocate.read(new.json()["id"])["case"]["responses"]


def test_text_that_no_database_keeps_is_refused_and_not_a_fault(prosecutor, people, case):
    screening_id = prosecutor.open(case)
    charge = {**case["charges"][0], "id": "c\0"}
    editor = people.make("law_editor", "Oversight")
    withdrawal = {"jurisdiction": "US-TN", "protection": "us-tn-39-13-513-d", "reason": "wrong\0"}
    answers = [
        prosecutor.post("/matters", {"reference": "24\0"}),
        prosecutor.post("/screenings", case, params={"alias": "Youth\0"}),
        prosecutor.post("/screenings", {**case, "charges": [charge]}),
        change(prosecutor, screening_id, "case", {"charges": [charge]}, method="PATCH"),
        editor.post("/law/withdrawals", withdrawal),
    ]
    assert [one.status_code for one in answers] == [422, 422, 400, 400, 422]
    (judgement,) = prosecutor.get(f"/screenings/{screening_id}/judgements").json()["items"]
    where = f"/screenings/{screening_id}/judgements/{judgement['id']}/trace"
    assert prosecutor.get(where, params={"charge": "c1\0", "protection": "x\0"}).status_code == 404
