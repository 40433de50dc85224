"""What is sealed or expunged cannot be read again, a legal hold keeps it from that, and backups follow."""

import pytest

BASIS = {"basis": "Order of the juvenile court, fictional"}
WORD = "Marigold-of-the-notes"


@pytest.fixture
def supervisor(people):
    return people.make("supervisor", "One office")


@pytest.fixture
def screening_id(people, case):
    case["responses"]["control.debt"] = {"value": "yes", "source": "record", "note": WORD}
    return people.make("prosecutor", "One office").open(case, alias="Alias Fern")


def erase(person, screening_id, kind="expunged"):
    return person.post(f"/screenings/{screening_id}/erasure", {"kind": kind, **BASIS})


@pytest.mark.parametrize("kind", ["sealed", "expunged"])
def test_what_is_erased_is_gone_for_everyone_and_says_so(supervisor, screening_id, kind):
    answer = erase(supervisor, screening_id, kind)
    assert answer.status_code == 201
    assert answer.json()["kind"] == kind
    assert len(answer.json()["key_digest"]) == 64
    for path in ("", "/history", "/holds"):
        seen = supervisor.get(f"/screenings/{screening_id}{path}")
        assert WORD not in seen.text
        assert "Alias Fern" not in seen.text
    assert supervisor.get(f"/screenings/{screening_id}").status_code == 410
    (line,) = supervisor.get("/screenings").json()["items"]
    assert (line["alias"], line["flag"], line["state"]) == ("Erased", None, "closed")


def test_a_second_time_is_refused(supervisor, screening_id):
    erase(supervisor, screening_id)
    assert erase(supervisor, screening_id).status_code == 410


def test_no_row_of_its_content_is_left(supervisor, screening_id, app):
    from app.store import dump

    erase(supervisor, screening_id)
    with app.state.sides.justice.engine.connect() as connection:
        left = {
            table.name: [
                row for row in dump.rows_of(connection, table) if str(row["screening_id"]) == screening_id
            ]
            for table in dump.all_tables()
            if dump.is_content(table) or table.name == "data_key"
        }
    assert {name for name, rows in left.items() if rows} == set()


def test_a_legal_hold_comes_first(supervisor, screening_id):
    held = supervisor.post(f"/screenings/{screening_id}/holds", BASIS)
    assert held.status_code == 201
    assert erase(supervisor, screening_id).status_code == 409
    hold_id = held.json()["items"][0]["id"]
    assert supervisor.post(f"/screenings/{screening_id}/holds/{hold_id}/end", BASIS).status_code == 200
    assert supervisor.post(f"/screenings/{screening_id}/holds/{hold_id}/end", BASIS).status_code == 409
    assert erase(supervisor, screening_id).status_code == 201


def test_another_office_can_neither_hold_nor_erase(people, screening_id):
    other = people.make("supervisor", "Other office")
    assert erase(other, screening_id).status_code == 404
    assert other.post(f"/screenings/{screening_id}/holds", BASIS).status_code == 404


def test_only_a_supervisor_erases(people, screening_id):
    assert erase(people.make("prosecutor", "One office"), screening_id).status_code == 403


def test_an_alias_stays_while_another_screening_of_the_person_can_be_read(people, supervisor, case):
    prosecutor = people.make("prosecutor", "One office")
    first = prosecutor.open(case, alias="Alias Fern")
    second = prosecutor.open(case)
    assert erase(supervisor, second).status_code == 201
    assert prosecutor.read(first)["alias"] == "Alias Fern"
