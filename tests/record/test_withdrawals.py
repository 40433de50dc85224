"""A wrong entry of the law is out of every screening within seconds, on both sides, and what used it says so."""

import pytest
from starlette.testclient import TestClient

from app.access import OfficeKind
from app.actions.withdrawals import LOOK_SECONDS, LawInForce
from app.main import create_app
from screening import load_case, load_packs, screen
from screening.packs import without
from tests.record.people import Person

ENTRY = {"jurisdiction": "US-TN", "protection": "us-tn-39-13-513-d"}
OUT = frozenset({("US-TN", "us-tn-39-13-513-d")})


@pytest.fixture
def editor(people):
    return people.make("law_editor", "Oversight")


@pytest.fixture
def prosecutor(people):
    return people.make("prosecutor", "Prosecutor")


def withdraw(editor, **given):
    answer = editor.post("/law/withdrawals", {**ENTRY, "reason": "the section was repealed", **given})
    assert answer.status_code == 201, answer.text
    return answer.json()["items"][0]


def assess(client, case):
    return client.post("/api/v1/assess", json=case).json()["charges"][0]


def test_a_withdrawn_entry_is_hidden_at_once_and_screenings_that_used_it_say_so(
    editor, prosecutor, case, client
):
    screening_id = prosecutor.open(case)
    before = prosecutor.read(screening_id)
    made = withdraw(editor)
    assert (made["used_in"], made["in_force"]) == (1, False)
    assert assess(client, case)["findings"] == []
    assert assess(client, case)["result"] == "law_not_established"
    kept = prosecutor.read(screening_id)
    assert kept["stale_because"] == ["withdrawn:us-tn-39-13-513-d"]
    assert kept["screening"] == before["screening"]
    new = prosecutor.read(prosecutor.open(case))
    assert new["screening"]["charges"][0]["result"] == "law_not_established"
    assert not new["stale"]


def test_a_screening_that_never_used_the_entry_is_not_stale(editor, prosecutor, case):
    other = {**case["charges"][0], "jurisdiction": "US-WI", "section": "944.30"}
    screening_id = prosecutor.open({**case, "charges": [other]})
    withdraw(editor)
    assert not prosecutor.read(screening_id)["stale"]


def test_nothing_found_becomes_not_established_where_the_withdrawn_entry_could_reach(editor, client, case):
    assumed = dict.fromkeys(("victim_status", "nexus", "conditions"), "no")
    charge = {"id": "c1", "jurisdiction": "US", "class": "prostitution", "date": "2025-03-01"}
    asked = {**case, "charges": [charge], "responses": {}, "assume": assumed}
    assert assess(client, asked)["result"] == "none_found"
    withdraw(editor, jurisdiction="US", protection="us-18-1592-b")
    assert assess(client, asked)["result"] == "law_not_established"


def test_judged_anew_and_put_back_each_finding_still_reads_as_it_was_made(editor, prosecutor, case):
    screening_id = prosecutor.open(case)
    withdrawal = withdraw(editor)["id"]
    anew = {"headers": {"If-Match": "*"}}
    assert not prosecutor.request("POST", f"/screenings/{screening_id}/judge", **anew).json()["stale"]
    first, second = prosecutor.get(f"/screenings/{screening_id}/judgements").json()["items"]
    assert (first["hidden"], second["hidden"]) == ([], ["US-TN/us-tn-39-13-513-d"])
    asked = {"charge": "c1", "protection": ENTRY["protection"]}
    traces = [
        prosecutor.get(f"/screenings/{screening_id}/judgements/{one['id']}/trace", params=asked)
        for one in (first, second)
    ]
    assert [one.status_code for one in traces] == [200, 404]
    back = editor.post(f"/law/withdrawals/{withdrawal}/restore", {"reason": "it was not repealed"})
    assert back.status_code == 201, back.text
    assert back.json()["items"][0]["in_force"]
    kept = prosecutor.read(screening_id)
    assert kept["stale_because"] == ["restored:us-tn-39-13-513-d"]
    again = [
        prosecutor.get(f"/screenings/{screening_id}/judgements/{one['id']}").json()["screening"]["charges"][0]
        for one in (first, second)
    ]
    assert [one["result"] for one in again] == ["barred", "law_not_established"]


def test_another_reader_of_an_old_judgement_sees_it_with_what_was_withdrawn_then(
    editor, people, prosecutor, case
):
    screening_id = prosecutor.open(case)
    withdraw(editor)
    officer = people.make("officer", "Police")
    mine = officer.open(case)
    assert officer.read(mine)["screening"]["charges"][0]["result"] == "law_not_established"
    (first,) = officer.get(f"/screenings/{mine}/judgements").json()["items"]
    editor.post(
        f"/law/withdrawals/{editor.get('/law/withdrawals').json()['items'][0]['id']}/restore",
        {"reason": "it was not repealed"},
    )
    shown = officer.get(f"/screenings/{mine}/judgements/{first['id']}").json()
    assert shown["screening"]["charges"][0]["result"] == "law_not_established"
    assert prosecutor.read(screening_id)["screening"]["charges"][0]["result"] == "barred"


def test_it_holds_on_both_sides_of_the_wall(editor, people, case):
    advocate = people.make("advocate", "Shelter", kind=OfficeKind.COMMUNITY_ADVOCACY)
    screening_id = advocate.open(case)
    withdraw(editor)
    assert advocate.read(screening_id)["stale_because"] == ["withdrawn:us-tn-39-13-513-d"]
    new = advocate.read(advocate.open(case))
    assert new["screening"]["charges"][0]["result"] == "law_not_established"


def test_another_process_notices_within_two_seconds(editor, prosecutor, case, settings, clock):
    service = create_app(settings)
    service.state.clock = clock
    now = [0.0]
    service.state.law = LawInForce(service.state.packs, service.state.sides.justice, ticks=lambda: now[0])
    with TestClient(service) as client:
        assert assess(client, case)["result"] == "barred"
        withdraw(editor)
        assert assess(client, case)["result"] == "barred"
        now[0] = LOOK_SECONDS
        assert assess(client, case)["result"] == "law_not_established"
        other = Person(client, prosecutor.token, prosecutor.account, prosecutor.office)
        kept = other.read(other.open(case))
        assert kept["screening"]["charges"][0]["result"] == "law_not_established"
    for side in service.state.sides.each():
        side.engine.dispose()


def test_only_a_law_editor_withdraws_and_each_entry_once(editor, prosecutor):
    given = {**ENTRY, "reason": "the section was repealed"}
    assert prosecutor.post("/law/withdrawals", given).status_code == 403
    assert editor.post("/law/withdrawals", {**given, "protection": "none-such"}).status_code == 422
    first, again = (editor.post("/law/withdrawals", given, key="once") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert editor.post("/law/withdrawals", given).status_code == 409
    assert len(editor.get("/law/withdrawals").json()["items"]) == 1
    made = first.json()["items"][0]["id"]
    assert editor.post(f"/law/withdrawals/{made}/restore", {"reason": "it was right"}).status_code == 201
    assert editor.post(f"/law/withdrawals/{made}/restore", {"reason": "it was right"}).status_code == 409


def test_packs_without_an_entry_judge_as_if_nobody_had_confirmed_it(case):
    packs = load_packs()
    fewer = without(packs, OUT)
    case = load_case(case, packs=packs)
    old, new = screen(case, packs), screen(case, fewer)
    assert [one.protection for one in old.charges[0].findings] == ["us-tn-39-13-513-d"]
    assert new.charges[0].findings == ()
    assert list(fewer.law) == list(packs.law)
    assert fewer.law["US-WI"] is packs.law["US-WI"]
    assert screen(case, packs).to_dict() == old.to_dict()
    assert screen(case, without(packs, frozenset({("US-XX", "none")}))).to_dict() == old.to_dict()
