"""A screening is opened once, kept whole, answered by several people, and read as far as each may see."""

import pytest


@pytest.fixture
def prosecutor(people):
    return people.make("prosecutor")


def test_what_is_opened_is_what_would_be_assessed(prosecutor, client, case):
    assessed = client.post("/api/v1/assess", json=case).json()
    answer = prosecutor.post("/screenings", case)
    assert answer.status_code == 201
    assert answer.json()["screening"] == assessed
    kept = prosecutor.read(answer.json()["id"])
    assert kept["screening"] == assessed
    assert kept["version"] == 1
    assert not kept["stale"]


def test_the_same_key_makes_one_screening_and_gives_one_answer(prosecutor, case):
    first, again = (prosecutor.post("/screenings", case, key="once") for _ in range(2))
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert len(prosecutor.get("/screenings").json()["items"]) == 1


def test_a_key_used_for_another_case_is_refused(prosecutor, case):
    prosecutor.post("/screenings", case, key="once")
    other = prosecutor.post("/screenings", {**case, "stage": "plea"}, key="once")
    assert other.status_code == 422
    assert "another request" in other.json()["detail"]


def test_a_what_if_is_not_kept(prosecutor, case):
    answer = prosecutor.post("/screenings", {**case, "assume": {"nexus": "yes"}})
    assert answer.status_code == 422
    assert prosecutor.get("/screenings").json()["items"] == []


def test_responses_judge_the_screening_anew(prosecutor, client, case):
    screening_id = prosecutor.open(case)
    new = {"exploitation.ongoing": {"value": "yes", "source": "record"}}
    answer = prosecutor.respond(screening_id, {"responses": new}, 1)
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"2"'
    whole = {**case, "responses": {**case["responses"], **new}}
    assert answer.json()["screening"] == client.post("/api/v1/assess", json=whole).json()


def test_a_change_says_which_version_it_is_for(prosecutor, case):
    screening_id = prosecutor.open(case)
    without = prosecutor.request(
        "POST", f"/screenings/{screening_id}/responses", json={"control.debt": "yes"}
    )
    assert without.status_code == 428
    assert prosecutor.respond(screening_id, {"control.debt": "yes"}, 1).status_code == 200
    late = prosecutor.respond(screening_id, {"control.debt": "no"}, 1)
    assert late.status_code == 412
    assert late.headers["ETag"] == '"2"'
    assert prosecutor.read(screening_id)["version"] == 2


def test_two_people_who_differ_both_stand_and_the_conflict_shows(people, case):
    first, second = people.make("prosecutor", "One office"), people.make("prosecutor", "One office")
    screening_id = first.open(case)
    first.respond(screening_id, {"control.debt": {"value": "yes", "source": "record"}})
    second.respond(screening_id, {"control.debt": {"value": "no", "source": "record"}})
    kept = first.read(screening_id)
    assert {one["value"] for one in kept["case"]["responses"]["control.debt"]} == {"yes", "no"}
    (conflict,) = kept["conflicts"]
    assert conflict["item"] == "control.debt"
    assert kept["screening"]["clashes"] == [{"fact": "control.debt", "charge": None}]


def test_a_correction_of_ones_own_takes_the_place_of_the_first(prosecutor, case):
    screening_id = prosecutor.open(case)
    prosecutor.respond(screening_id, {"control.threats": {"value": "no", "source": "record"}})
    kept = prosecutor.read(screening_id)
    assert kept["case"]["responses"]["control.threats"]["value"] == "no"
    past = prosecutor.get(f"/screenings/{screening_id}/history").json()["responses"]
    assert [one["value"] for one in past if one["item"] == "control.threats"] == ["yes", "no"]
    assert past[-1]["replaces"] == past[0]["id"]


def test_another_office_does_not_learn_that_it_is_there(people, case):
    screening_id = people.make("prosecutor", "First").open(case)
    other = people.make("prosecutor", "Second")
    missing = other.get("/screenings/01a20ef1-dc35-7d4d-9eca-73b90c423894")
    found = other.get(f"/screenings/{screening_id}")
    assert found.status_code == missing.status_code == 404
    assert found.json() == missing.json()
    assert other.get("/screenings").json()["items"] == []
    assert other.respond(screening_id, {"control.debt": "yes"}).status_code == 404


def test_own_words_are_kept_and_not_shown(people, case):
    prosecutor = people.make("prosecutor")
    kept = prosecutor.read(prosecutor.open(case))
    assert "life.threatened" not in kept["case"]["responses"]
    assert kept["screening"]["withheld"] == 1


def test_pages_of_a_queue_are_whole_and_in_order(prosecutor, case, clock):
    made = []
    for _ in range(5):
        clock.turn(minutes=1)
        made.append(prosecutor.open(case))
    seen, cursor = [], None
    while True:
        page = prosecutor.get(
            "/screenings", params={"limit": 2, **({"cursor": cursor} if cursor else {})}
        ).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == made[::-1]


@pytest.mark.parametrize("cursor", ["x", "e30=", "WyJhIiwgImIiXQ=="])
def test_a_cursor_of_another_make_is_refused(prosecutor, cursor):
    assert prosecutor.get("/screenings", params={"cursor": cursor}).status_code == 422
