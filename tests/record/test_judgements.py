"""What was found reads the same years later, with its trace; what would be found today is shown beside it."""

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import screening
from app.main import create_app
from screening import load_case, load_packs, screen
from screening.rules.trace import recomputed
from screening.truth import Truth
from tests.record.people import Person

LAW = Path(screening.__file__).parent / "law"
PROTECTION = "us-tn-39-13-513-d"


@pytest.fixture
def prosecutor(people):
    return people.make("prosecutor", "Prosecutor")


@pytest.fixture(scope="session")
def changed_law(tmp_path_factory):
    """A folder of packs in which the immunity of Tennessee ends at 16."""
    folder = tmp_path_factory.mktemp("packs")
    law = folder / "law"
    for name in ("packs", "offenses"):
        (law / name).mkdir(parents=True)
        for place in ("us", "us-tn"):
            shutil.copy(LAW / name / f"{place}.yaml", law / name)
    for file in LAW.glob("*.yaml"):
        shutil.copy(file, law)
    pack = law / "packs" / "us-tn.yaml"
    old = "age: {under: 18, at: charged, says: under 18 when suspected or charged}"
    text = pack.read_text()
    assert text.count(old) == 1
    pack.write_text(text.replace(old, "age: {under: 16, at: offense, says: under 16 at the act}"))
    return folder


@pytest.fixture
def later(app, settings, clock, changed_law):
    """The same service on the same database, started with the changed law."""
    service = create_app(settings.model_copy(update={"packs": changed_law}))
    service.state.clock = clock
    with TestClient(service) as client:
        yield client
    for side in service.state.sides.each():
        side.engine.dispose()


def there(person, client):
    return Person(client, person.token, person.account, person.office)


def judgements(person, screening_id):
    return person.get(f"/screenings/{screening_id}/judgements").json()["items"]


def test_a_judgement_reads_as_it_was_made(prosecutor, case):
    screening_id = prosecutor.open(case)
    (first,) = judgements(prosecutor, screening_id)
    whole = prosecutor.read(screening_id)["screening"]
    prosecutor.respond(screening_id, {"control.debt": {"value": "yes", "source": "record"}})
    again = prosecutor.get(f"/screenings/{screening_id}/judgements/{first['id']}").json()
    assert again["screening"] == whole
    assert (again["version"], again["is_current"]) == (1, False)
    assert [one["is_current"] for one in judgements(prosecutor, screening_id)] == [False, True]


def test_a_trace_is_rebuilt_from_what_was_stored(prosecutor, case):
    screening_id = prosecutor.open(case)
    (first,) = judgements(prosecutor, screening_id)
    where = f"/screenings/{screening_id}/judgements/{first['id']}/trace"
    found = prosecutor.get(where, params={"charge": "c1", "protection": PROTECTION})
    packs = load_packs()
    wanted = screen(load_case(case, packs=packs), packs).trace("c1", PROTECTION)
    assert found.json() == wanted
    assert recomputed(found.json()) is Truth.YES
    for charge, protection in (("c2", PROTECTION), ("c1", "none-such"), ("c1", "us-tn-39-13-513-e")):
        missing = prosecutor.get(where, params={"charge": charge, "protection": protection})
        assert missing.status_code == 404


def test_after_a_change_of_law_the_old_reads_the_same_and_the_new_stands_beside_it(prosecutor, later, case):
    screening_id = prosecutor.open({**case, "person": {"born": "2007-01-01"}})
    before = prosecutor.read(screening_id)
    (first,) = judgements(prosecutor, screening_id)
    where = f"/screenings/{screening_id}/judgements/{first['id']}"
    asked = {"charge": "c1", "protection": PROTECTION}
    trace = prosecutor.get(f"{where}/trace", params=asked).json()

    reader = there(prosecutor, later)
    after = reader.read(screening_id)
    assert after["stale"]
    assert after["stale_because"] == ["pack:US-TN"]
    assert after["screening"] == before["screening"]
    assert reader.get(where).json() == prosecutor.get(where).json()
    assert reader.get(f"{where}/trace", params=asked).json() == trace

    difference = reader.get(f"/screenings/{screening_id}/difference").json()
    (charge,) = difference["charges"]
    assert difference["changed"]
    assert charge["old"]["at_most"] == "barred"
    assert charge["new"]["at_most"] != "barred"
    (finding,) = charge["findings"]
    assert finding["protection"] == PROTECTION
    assert finding["new"]["result"] == "does_not_apply"
    assert reader.read(screening_id)["version"] == 1

    judged = reader.request("POST", f"/screenings/{screening_id}/judge", headers={"If-Match": '"1"'})
    assert judged.status_code == 200, judged.text
    assert not judged.json()["stale"]
    assert judged.json()["screening"]["charges"][0]["at_most"] == charge["new"]["at_most"]
    assert not reader.get(f"/screenings/{screening_id}/difference").json()["changed"]
    assert reader.get(f"{where}/trace", params=asked).json() == trace
    assert prosecutor.get(f"{where}/trace", params=asked).json() == trace


def test_what_was_decided_under_the_old_law_is_stale_once_it_is_judged_by_the_new(prosecutor, later, case):
    screening_id = prosecutor.open({**case, "person": {"born": "2007-01-01"}})
    prosecutor.post(f"/screenings/{screening_id}/dispositions", {"charge": "c1", "did": "declined"})
    reader = there(prosecutor, later)
    reader.request("POST", f"/screenings/{screening_id}/judge", headers={"If-Match": "*"})
    (kept,) = reader.get(f"/screenings/{screening_id}/decisions").json()["dispositions"]
    assert kept["stale"]
    assert f"finding:c1/{PROTECTION}" in kept["stale_because"]


def test_a_difference_to_the_same_law_is_none(prosecutor, case):
    screening_id = prosecutor.open(case)
    difference = prosecutor.get(f"/screenings/{screening_id}/difference").json()
    assert (difference["changed"], difference["stale"]) == (False, False)
    assert [one["findings"] for one in difference["charges"]] == [[]]


def test_an_officer_sees_bounds_and_no_findings_or_traces(people, case):
    officer = people.make("officer", "Police")
    screening_id = officer.open(case)
    (first,) = judgements(officer, screening_id)
    whole = officer.get(f"/screenings/{screening_id}/judgements/{first['id']}").json()
    assert whole["screening"]["charges"][0]["findings"] == []
    where = f"/screenings/{screening_id}/judgements/{first['id']}/trace"
    assert officer.get(where, params={"charge": "c1", "protection": PROTECTION}).status_code == 403


def test_judgements_of_another_screening_are_not_there(prosecutor, people, case):
    mine, other = prosecutor.open(case), prosecutor.open(case)
    (first,) = judgements(prosecutor, mine)
    assert prosecutor.get(f"/screenings/{other}/judgements/{first['id']}").status_code == 404
    stranger = people.make("prosecutor", "Elsewhere")
    assert stranger.get(f"/screenings/{mine}/judgements").status_code == 404
    assert stranger.get(f"/screenings/{mine}/difference").status_code == 404
