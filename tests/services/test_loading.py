"""Wrong packs are refused whole: every fault at once, each with file, line, path and a way to mend it."""

import pytest

from screening.errors import PackError
from screening.services import load_directory, load_needs
from screening.services.load import SHIPPED

HEAD = """directory: v1
id: office
version: "1"
title: An office
"""
GOOD = """organizations:
  - id: oak
    name: Oak
    description: A provider.
    locations: [{id: oak-house, confidential: yes}]
    services:
      - id: oak-beds
        name: Oak beds
        description: Beds.
        needs: [shelter_emergency]
        service_areas: [{state: US-TN, county: Davidson}]
        phones: [{number: 615-555-0100}]
        at: [oak-house]
        confidence: primary
        assured_date: 2026-11-01
        sources: [{url: "https://oak.example", seen: 2026-11-01}]
"""


def refused(tmp_path, *texts):
    paths = []
    for number, text in enumerate(texts):
        paths.append(tmp_path / f"office{number}.yaml")
        paths[-1].write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as problem:
        load_directory(paths)
    return problem.value


def test_a_right_pack_is_read(tmp_path):
    path = tmp_path / "office.yaml"
    path.write_text(HEAD + GOOD, encoding="utf-8")
    found = load_directory([path])
    assert [one.service.id for one in found.listings] == ["oak-beds"]
    assert (found.packs[0].id, found.packs[0].version) == ("office", "1")


@pytest.mark.parametrize(
    ("change", "line", "path", "words"),
    [
        (("phones: ", "phone: "), 16, "services[0].phone", "did you mean phones?"),
        (("confidence: primary", "confidence: sure"), 18, "services[0].confidence", '"sure"'),
        (("shelter_emergency", "shelter_emergancy"), 14, "services[0].needs[0]", "mean shelter_em"),
        (("[shelter_emergency]", "[]"), 11, "organizations[0].services[0]", "at least one need"),
        (("2026-11-01\n", "soon\n"), 19, "services[0].assured_date", "a date written 2026-01-31"),
        (("2026-11-01\n", "null\n"), 11, "organizations[0].services[0]", "assured_note"),
        (("615-555-0100", "call us"), 16, "services[0].phones[0].number", "a phone number"),
        (("US-TN", "Tennessee"), 15, "services[0].service_areas[0].state", "a state code such as US-TN"),
        (("{state: US-TN, county: Davidson}", "{county: Davidson}"), 15, "service_areas[0]", "or the state"),
        (("[oak-house]", "[elm-house]"), 17, "services[0].at[0]", "one of oak-house"),
        (("id: oak-beds", "id: Oak Beds"), 11, "services[0].id", "such as oak-house"),
        (("confidential: yes", "confidential: maybe"), 9, "organizations[0].locations[0].confidential", "yes or no"),
        (("        sources", "        fees"), 20, "services[0].fees", "not known"),
        (("https://oak", "oak"), 20, "services[0].sources[0].url", "https://"),
        (("    name: Oak\n", ""), 6, "organizations[0].name", "missing"),
    ],
)  # fmt: skip
def test_one_mistake_one_fault_with_its_place(tmp_path, change, line, path, words):
    (fault,) = refused(tmp_path, HEAD + GOOD.replace(*change, 1)).faults
    assert (fault.file, fault.line) == ("office0.yaml", line)
    assert fault.path.endswith(path)
    assert words in str(fault)


def test_all_faults_of_all_files_at_once(tmp_path):
    bad = GOOD.replace("primary", "sure").replace("2026-11-01\n", "soon\n")
    problem = refused(tmp_path, HEAD.replace("v1", "v2") + bad, HEAD + GOOD.replace("[oak-house]", "[elm]"))
    found = [(fault.file, fault.path.rpartition(".")[2]) for fault in problem.faults]
    assert found == [
        ("office0.yaml", "directory"),
        ("office0.yaml", "confidence"),
        ("office0.yaml", "assured_date"),
        ("office1.yaml", "at[0]"),
    ]


def test_an_id_that_stands_twice_names_the_first_place(tmp_path):
    problem = refused(tmp_path, HEAD + GOOD, HEAD + GOOD)
    words = [str(fault) for fault in problem.faults]
    assert any(
        'the service "oak-beds" stands twice' in text and "office0.yaml, line 11" in text for text in words
    )
    assert len(words) == 3


def test_a_confidential_address_is_refused_without_being_repeated(tmp_path):
    address = (
        "address: {address_1: 5 Hidden Lane, city: A, state_province: TN, postal_code: '1', country: US}"
    )
    problem = refused(tmp_path, HEAD + GOOD.replace("confidential: yes", f"confidential: yes, {address}"))
    (fault,) = problem.faults
    assert (fault.line, fault.path) == (9, "organizations[0].locations[0]")
    assert "take it out" in fault.message
    assert "Hidden" not in str(problem)


def test_a_real_listing_needs_a_source_unless_it_is_hidden(tmp_path):
    bare = GOOD.replace('        sources: [{url: "https://oak.example", seen: 2026-11-01}]\n', "")
    (fault,) = refused(tmp_path, HEAD + bare).faults
    assert "no source" in fault.message
    path = tmp_path / "recall.yaml"
    path.write_text(HEAD + bare.replace("primary", "recall"), encoding="utf-8")
    assert not load_directory([path]).listings[0].is_shown


def test_fictional_providers_stay_in_made_up_states_with_numbers_that_ring_nowhere(tmp_path):
    problem = refused(tmp_path, HEAD + "fictional: yes\n" + GOOD)
    assert [fault.message for fault in problem.faults] == [
        "a fictional provider serves a real place",
        "a fictional provider has a number that may ring somewhere",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("- a\n- b\n", "this is no directory"),
        (HEAD, "no organization is listed"),
        (HEAD + "organizations: []\n", "no organization is listed"),
        (HEAD + "organizations: [oak]\n", "a group of keys"),
        (HEAD + GOOD + "organizations: []\n", "stands twice"),
        (HEAD + GOOD + "organisations: []\n", "did you mean organizations?"),
    ],
    ids=str,
)
def test_files_that_are_no_directory(tmp_path, text, words):
    assert words in str(refused(tmp_path, text))


@pytest.mark.parametrize(
    ("wrong", "right", "words"),
    [
        ("  - code: peer\n", "  - code: pear\n", "did you mean peer?"),
        ("raised_by: [need.peer]", "raised_by: [act.force_used]", "a need never rests on one"),
        ("raised_by: [need.peer]", "raised_by: [history.prior_record]", "a need never rests on one"),
        ("urgency: weeks", "urgency: soon", '"soon" is not a word that can stand here'),
        ("meaning: A home for", "meening: A home for", "did you mean meaning?"),
        ("  - code: employment", "  - code: education", "needs without an entry: employment"),
    ],
)
def test_a_wrong_vocabulary_of_needs_is_refused(tmp_path, wrong, right, words):
    path = tmp_path / "needs.yaml"
    text = (SHIPPED / "needs.yaml").read_text(encoding="utf-8")
    assert wrong in text
    path.write_text(text.replace(wrong, right, 1), encoding="utf-8")
    with pytest.raises(PackError) as problem:
        load_needs(path)
    assert words in str(problem.value)
    assert str(problem.value).startswith("needs.yaml:")
