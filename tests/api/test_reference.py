"""Law, questionnaire and schemas can be read by a program, and an unknown name is answered with the nearest one."""

from jsonschema import Draft202012Validator

from screening import load_packs
from tests.api.problems import problem


def test_the_packed_law_is_listed(client):
    rows = client.get("/api/v1/law").json()["items"]
    assert [row["jurisdiction"] for row in rows] == list(load_packs().law)
    assert all(row["checked"] and row["digest"] and row["text_as_of"] for row in rows)


def test_every_packed_jurisdiction_can_be_read_in_either_case(client):
    for name in load_packs().law:
        whole = client.get(f"/api/v1/law/{name.lower()}").json()
        assert whole["jurisdiction"] == name
        assert whole["protections"]


def test_every_protection_that_is_listed_can_be_read_alone(client):
    for one in client.get("/api/v1/law/US-TN").json()["protections"]:
        assert client.get(f"/api/v1/law/US-TN/protections/{one['id']}").json() == one


def test_what_nobody_has_confirmed_is_not_given_out(client):
    hidden = [
        (name, one.rule.id)
        for name, pack in load_packs().law.items()
        for one in pack.protections
        if one.rule.is_hidden
    ]
    assert hidden
    for name, protection in hidden:
        problem(client.get(f"/api/v1/law/{name}/protections/{protection}"), 404)


def test_an_unpacked_place_is_not_said_to_protect_nobody(client):
    body = problem(client.get("/api/v1/law/US-VT"), 404)
    assert "says nothing about whether it protects" in body["detail"]


def test_a_misspelt_name_is_answered_with_the_nearest(client):
    assert problem(client.get("/api/v1/law/US_TN"), 404)["errors"][0]["nearest"] == "US-TN"
    near = problem(client.get("/api/v1/law/US-TN/protections/us-tn-39-13-513"), 404)["errors"][0]["nearest"]
    assert near.startswith("us-tn-39-13-513")
    assert problem(client.get("/api/v1/schemas/case"), 404)["errors"][0]["nearest"] == "case.v1"


def test_sections_are_found_by_number_and_by_words(client):
    for text in ("39-13-513", "§ 39-13-513", "prostitution"):
        found = client.get("/api/v1/offenses/US-TN", params={"q": text}).json()["items"]
        assert found[0]["section"].startswith("39-13-5")
    assert client.get("/api/v1/offenses/US-TN", params={"q": "zzzz"}).json() == {"items": []}


def test_a_search_says_what_it_searches_for(client):
    assert problem(client.get("/api/v1/offenses/US-TN"), 422)["errors"][0]["path"] == "query.q"
    problem(client.get("/api/v1/offenses/US-TN", params={"q": "x" * 201}), 422)


def test_coverage_has_every_packed_place(client):
    answer = client.get("/api/v1/coverage").json()
    assert {row["jurisdiction"] for row in answer["items"]} == set(load_packs().law)


def test_the_questionnaire_has_every_item_with_its_reason(client):
    answer = client.get("/api/v1/questionnaire").json()
    items = [item for part in answer["parts"] for section in part["sections"] for item in section["items"]]
    assert {item["id"] for item in items} == set(load_packs().questionnaire.items)
    assert all(item["why"] for item in items)


def test_a_screening_follows_the_schema_that_is_served(client, case):
    served = client.get("/api/v1/schemas/screening.v1")
    assert served.headers["content-type"] == "application/schema+json"
    Draft202012Validator(served.json()).validate(client.post("/api/v1/assess", json=case).json())
    Draft202012Validator(client.get("/api/v1/schemas/case.v1").json()).validate(case)
