"""Harms that a careless output would cause, swept over all packed law and readers: each test fails without its guard."""

import json
import re

import pytest
from typer.testing import CliRunner

from screening import READERS
from screening.cli import app
from screening.explanation.report import report
from screening.explanation.terms import FLAG_MEANINGS
from screening.questionnaire.words import PartName
from tests.screening.cases import charge, screened
from tests.screening.sweep import ITEMS, PACKS, VISIBLE, base, bases, screening_of, texts

# W5 -- what is not recorded

NEVER_SAID = re.compile(
    r"\b(not|no|never) (a |the )?(real |true )?(trafficking |sex-trafficking )?victim\b(?! of| or|'s| has| was| under)|"
    r"\b(innocent|all clear|cleared of|no concerns?|low risk|high risk|suspect(ed)? is|lied|refused to cooperate)\b|[✓✔☑✅]",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", VISIBLE)
def test_w5_no_output_says_that_someone_is_no_victim(name):
    for reader, text in texts(name):
        assert not NEVER_SAID.search(text), (reader, NEVER_SAID.search(text))


@pytest.mark.parametrize("reader", READERS)
def test_w5_none_recorded_says_that_it_describes_the_paper_and_still_offers_help(reader):
    noes = {
        item.id: {"value": "no", "source": "record"}
        for item in PACKS.questionnaire.flag_items
        if item.kind.value == "bool"
    }
    result = screened(
        charge("943.20", "US-WI", date="2025-06-01"),
        person={"born": "1990-01-01"},
        responses=noes,
        reader=reader,
    )
    text = " ".join(report(result, PACKS).split())
    assert result.judged.flag.state.value == "none_recorded"
    assert FLAG_MEANINGS["none_recorded"] in text
    assert "does not describe what happened to the person" in text
    assert result.alternatives
    assert set(FLAG_MEANINGS) == {"indicators_present", "possible", "not_enough_recorded", "none_recorded"}


# L1 -- the person's own words

OWN_WORDS = "QZX my own words"


def _own_words():
    said = {}
    for item in ITEMS.values():
        if item.kind.value == "bool" and item.fact:
            said[item.id] = {"value": "yes", "source": "own_statement", "note": OWN_WORDS}
    return said


def _told(case):
    return {
        **case,
        "responses": {
            name: {one["id"]: value for one in case["charges"]} if ITEMS[name].per_charge else value
            for name, value in _own_words().items()
        },
    }


@pytest.mark.parametrize("name", VISIBLE)
@pytest.mark.parametrize("reader", ["prosecutor", "officer"])
def test_l1_uncleared_own_words_leave_no_mark_on_any_output(name, reader):
    silent, told = (
        screening_of(base(name, responses={}), reader),
        screening_of(_told(base(name, responses={})), reader),
    )
    assert told.judged.facts.withheld == len(_own_words())
    shapes = [one.to_dict() for one in (silent, told)]
    for shape in shapes:
        shape.pop("withheld")
    assert shapes[0] == shapes[1]
    lines = [
        [
            line
            for line in report(one, PACKS).splitlines()
            if "withheld" not in line and line.strip() != "cleared."
        ]
        for one in (silent, told)
    ]
    assert lines[0] == lines[1]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_l1_no_own_word_is_ever_repeated_by_the_command_or_its_refusals(reader, form, tmp_path):
    file = tmp_path / "case.json"
    case = _told(
        {"case": "v1", "as_of": "2026-11-24", "charges": [charge("943.20", "US-WI", date="2025-06-01")]}
    )
    file.write_text(json.dumps(case), encoding="utf-8")
    out = CliRunner().invoke(app, ["screen", str(file), "--format", form, "--reader", reader])
    assert out.exit_code == 0
    assert "QZX" not in out.output
    misplaced = {"told.threats": {"value": OWN_WORDS, "source": "own_statement"}}
    broken = {
        **case,
        "stage": "nowhere",
        "place": {"countty": "x"},
        "responses": {**case["responses"], **misplaced},
    }
    file.write_text(json.dumps(broken), encoding="utf-8")
    refused = CliRunner().invoke(app, ["screen", str(file), "--format", form, "--reader", reader])
    assert refused.exit_code == 2
    assert "QZX" not in refused.output + refused.stderr


# L2 -- what is asked


def test_l2_nothing_put_to_the_person_or_asked_by_an_officer_bears_on_an_act_of_theirs():
    asked = [item for item in ITEMS.values() if item.answered_by.value in ("officer", "person") and item.fact]
    assert len(asked) > 50
    assert not [
        item.id
        for item in asked
        if item.fact.startswith(("act.", "trap.", "report.", "history.", "cooperation."))
    ]
    for name in VISIBLE:
        for one in screening_of(bases()[name], "officer").next_items:
            assert one.item in ("person.born", "date") or ITEMS[one.item].part is not PartName.PART2


# L15 -- never a net

WHOM = "(the (young )?person|the child|him|her|them)"
ADVICE = re.compile(
    rf"(?<!not )(?<!never )\b(charge|detain|arrest|book|prosecute|jail|handcuff|lock up|interrogate)\s+{WHOM}\b|"
    r"\bshould be (charged|detained|arrested|prosecuted|held|booked)\b|"
    r"\b(file|bring|add|consider) (a |the |more |other |further |new )*charges?\b|"
    rf"\b(keep|hold|place) {WHOM} in (custody|detention)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", VISIBLE)
def test_l15_no_output_advises_to_detain_or_to_charge(name):
    for reader, text in texts(name):
        assert not ADVICE.search(text), (reader, ADVICE.search(text))


@pytest.mark.parametrize("name", VISIBLE)
def test_l15_no_output_names_a_charge_that_nobody_brought(name):
    result = screening_of(bases()[name])
    assert [(one.id, one.section) for one in result.charges] == [
        (one.id, one.section) for one in result.case.charges
    ]
    assert not [one.item for one in result.next_items if one.item in ("section", "class", "charge")]


def test_l15_whatever_locks_or_threatens_is_marked_punitive():
    locking = re.compile(r"lock|detention|detain|secure|custody|threat|sanction|order to", re.IGNORECASE)
    marked = {one.id: one.mark.value for one in PACKS.alternatives if locking.search(one.says)}
    assert {"locked_placement", "service_order"} <= set(marked)
    assert set(marked.values()) == {"punitive"}
