"""What leaves the office is registered, marked with whom it is for, and holds no more than its maker may see."""

import io

import pytest
from pypdf import PdfReader

WORD = "Marigold-of-the-notes"
FOR = {"recipient": "Defense office of Fern County", "basis": "Discovery order, fictional"}


@pytest.fixture
def prosecutor(people):
    return people.make("prosecutor", "One office")


@pytest.fixture
def screening_id(prosecutor, case):
    case["responses"]["life.threatened"]["note"] = WORD
    case["responses"]["control.debt"] = {"value": "yes", "source": "record", "note": "page 3 *of* #the file"}
    return prosecutor.open(case, alias="Alias Fern")


def export(person, screening_id, form):
    return person.post(f"/screenings/{screening_id}/export", {**FOR, "format": form})


def pages_of(answer):
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]


def test_an_export_is_whole_with_its_traces(prosecutor, screening_id):
    shape = export(prosecutor, screening_id, "json").json()
    kept = prosecutor.read(screening_id)
    assert shape["kept"] == kept
    assert shape["mark"]["recipient"] == FOR["recipient"]
    wanted = {(c["id"], f["protection"]) for c in kept["screening"]["charges"] for f in c["findings"]}
    assert {(one["charge"], one["protection"]) for one in shape["traces"]} == wanted
    assert wanted


def test_every_page_of_the_paper_names_its_recipient(prosecutor, screening_id):
    answer = export(prosecutor, screening_id, "pdf")
    assert answer.headers["content-type"] == "application/pdf"
    pages = pages_of(answer)
    assert all(FOR["recipient"] in page for page in pages)
    text = "\n".join(pages)
    assert "Alias Fern" in text
    assert "page 3 *of* #the file" in text
    assert "39-13-513" in text


@pytest.mark.parametrize("form", ["json", "pdf"])
def test_own_words_that_were_not_cleared_are_in_no_export(prosecutor, screening_id, form):
    answer = export(prosecutor, screening_id, form)
    text = answer.text if form == "json" else "\n".join(pages_of(answer))
    assert WORD not in text
    assert "life.threatened" not in text


def test_an_export_is_an_entry_of_the_register(prosecutor, screening_id):
    number = export(prosecutor, screening_id, "json").json()["mark"]["number"]
    withheld = {"item": "recording of the interview", "decision": "withheld", **FOR}
    assert prosecutor.post(f"/screenings/{screening_id}/disclosures", withheld).status_code == 201
    first, second = prosecutor.get(f"/screenings/{screening_id}/disclosures").json()["items"]
    assert (first["id"], first["decision"], first["recipient"]) == (number, "produced", FOR["recipient"])
    assert (second["item"], second["decision"]) == ("recording of the interview", "withheld")


def test_another_office_exports_nothing(people, screening_id):
    assert export(people.make("prosecutor", "Other office"), screening_id, "json").status_code == 404
