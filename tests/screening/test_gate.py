"""The gate of Part 2: shut unless one of five ways opens it, tighter where the place's law asks for more."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.case import Stage
from screening.questionnaire import AskedBy, Circumstances, Gate, gate, load_questionnaire
from screening.questionnaire.gate import Confidence, Need, Way
from screening.truth import Truth

RULES = load_questionnaire().gate
COUNSEL = frozenset({Need.WARNED, Need.COUNSEL_CONSULTED})
STATES = sorted({row.jurisdiction for row in (*RULES.protections, *RULES.extras)} | {"US-TN", "US", "GB-EAW"})


def at(stage: Stage, so: Circumstances | None = None, place: str = "US-TN") -> Gate:
    return gate(stage, place, so or Circumstances(), RULES)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("place", STATES)
def test_shut_by_default_at_every_stage_and_place(stage: Stage, place: str) -> None:
    found = at(stage, place=place)
    assert not found.open
    assert found.way is None
    assert "Part 1 goes on" in found.why


@pytest.mark.parametrize(
    ("so", "way"),
    [
        (Circumstances(asked_by=AskedBy.COMMUNITY_ADVOCATE), Way.INDEPENDENT_INTERVIEWER),
        (Circumstances(asked_by=AskedBy.FORENSIC_INTERVIEWER), Way.INDEPENDENT_INTERVIEWER),
        (Circumstances(use_agreement=True), Way.USE_AGREEMENT),
        (Circumstances(met=COUNSEL), Way.WARNED_AND_COUNSEL),
    ],
)
@pytest.mark.parametrize("stage", Stage)
def test_these_ways_open_it_at_every_stage(stage: Stage, so: Circumstances, way: Way) -> None:
    found = at(stage, so)
    assert (found.open, found.way) == (True, way)


def test_not_in_custody_opens_it_before_a_charge_and_never_in_custody_stages() -> None:
    free = Circumstances(in_custody=Truth.NO)
    opened = {stage for stage in Stage if at(stage, free).open}
    assert opened == {Stage.STOP, Stage.INVESTIGATION, Stage.CHARGING}
    assert at(Stage.STOP, free).way is Way.NOT_IN_CUSTODY


@pytest.mark.parametrize("custody", [Truth.UNKNOWN, Truth.YES])
def test_custody_possible_is_custody(custody: Truth) -> None:
    assert not at(Stage.STOP, Circumstances(in_custody=custody)).open


def test_warned_without_counsel_is_not_enough_and_neither_is_a_police_advocate() -> None:
    assert not at(Stage.ARREST, Circumstances(met=frozenset({Need.WARNED}))).open
    assert not at(Stage.ARREST, Circumstances(asked_by=AskedBy.SYSTEM_ADVOCATE)).open


def test_a_named_statute_opens_it_only_in_its_place_and_for_its_ages() -> None:
    citation = "42 Pa.C.S. § 6338(c)"
    child = Circumstances(protection=citation, age=(15, 15))
    found = at(Stage.CUSTODY_INTAKE, child, "US-PA")
    assert (found.open, found.way, found.citations) == (True, Way.STATUTORY_PROTECTION, (citation,))
    assert not at(Stage.CUSTODY_INTAKE, child, "US-TN").open
    assert not at(Stage.CUSTODY_INTAKE, Circumstances(protection=citation, age=(17, 18)), "US-PA").open
    assert not at(Stage.CUSTODY_INTAKE, Circumstances(protection=citation), "US-PA").open
    assert not at(Stage.CUSTODY_INTAKE, Circumstances(protection="a law", age=(15, 15)), "US-PA").open


def test_connecticut_wants_a_parent_there_under_16_and_efforts_at_16() -> None:
    young = Circumstances(met=COUNSEL, age=(15, 15))
    shut = at(Stage.ARREST, young, "US-CT")
    assert not shut.open
    assert shut.missing == (RULES.needs[Need.GUARDIAN_PRESENT],)
    assert shut.citations == ("Conn. Gen. Stat. § 46b-137(a)-(b)",)
    there = Circumstances(met=COUNSEL | {Need.GUARDIAN_PRESENT}, age=(15, 15))
    assert at(Stage.ARREST, there, "US-CT").open
    told = Circumstances(met=COUNSEL | {Need.GUARDIAN_TOLD}, age=(16, 17))
    assert at(Stage.ARREST, told, "US-CT").open
    assert not at(Stage.ARREST, Circumstances(met=COUNSEL | {Need.GUARDIAN_TOLD}), "US-CT").open, (
        "age not known"
    )
    assert at(Stage.ARREST, Circumstances(met=COUNSEL, age=(18, 20)), "US-CT").open


def test_new_mexico_wants_advice_of_rights_in_custody_or_not() -> None:
    free = Circumstances(in_custody=Truth.NO, age=(15, 15))
    assert not at(Stage.STOP, free, "US-NM").open
    warned = Circumstances(in_custody=Truth.NO, age=(15, 15), met=frozenset({Need.WARNED}))
    assert at(Stage.STOP, warned, "US-NM").way is Way.NOT_IN_CUSTODY


def test_rules_for_custody_bind_there_alone() -> None:
    free = Circumstances(in_custody=Truth.NO, age=(15, 15))
    assert at(Stage.STOP, free, "US-NC").open
    held = Circumstances(in_custody=Truth.YES, age=(15, 15), met=COUNSEL)
    assert not at(Stage.STOP, held, "US-NC").open
    assert at(Stage.STOP, Circumstances(age=(15, 15), met=COUNSEL | {Need.COUNSEL_PRESENT}), "US-NC").open


def test_a_word_that_someone_is_free_does_not_undo_the_stage() -> None:
    said_free = Circumstances(in_custody=Truth.NO, age=(15, 15), met=COUNSEL)
    assert not at(Stage.CUSTODY_INTAKE, said_free, "US-NC").open


def test_california_names_its_rule_when_counsel_was_consulted() -> None:
    found = at(Stage.ARREST, Circumstances(met=COUNSEL, age=(17, 17)), "US-CA")
    assert found.open
    assert found.citations == ("Cal. Welf. & Inst. Code § 625.6",)


def test_what_rests_on_recall_is_applied_nowhere() -> None:
    recall = [row for row in (*RULES.protections, *RULES.extras) if row.confidence is Confidence.RECALL]
    assert {row.jurisdiction for row in recall} == {"US-KS", "US-OH"}
    assert at(Stage.ARREST, Circumstances(met=COUNSEL, age=(12, 12)), "US-KS").citations == ()
    assert not at(Stage.ARREST, Circumstances(protection="R.C. 2152.021(F)(2)", age=(12, 12)), "US-OH").open


@pytest.mark.parametrize("ends", [Circumstances(disclosure_begun=True), Circumstances(declined=True)])
def test_a_disclosure_or_a_no_ends_it_whatever_else_is_so(ends: Circumstances) -> None:
    everything = Circumstances(
        asked_by=AskedBy.COMMUNITY_ADVOCATE,
        in_custody=Truth.NO,
        met=frozenset(Need),
        use_agreement=True,
        declined=ends.declined,
        disclosure_begun=ends.disclosure_begun,
    )
    assert not at(Stage.STOP, everything).open


def test_after_a_disclosure_the_way_leads_to_the_forensic_interviewer() -> None:
    assert "forensic interviewer" in at(Stage.STOP, Circumstances(disclosure_begun=True)).why
    assert "says nothing" in at(Stage.STOP, Circumstances(declined=True)).why


circumstances = st.builds(
    Circumstances,
    asked_by=st.sampled_from(AskedBy),
    in_custody=st.sampled_from(Truth),
    age=st.none() | st.integers(10, 20).map(lambda age: (age, age + 1)),
    met=st.frozensets(st.sampled_from(Need)),
    use_agreement=st.booleans(),
    protection=st.none() | st.sampled_from([row.citation for row in RULES.protections]),
)


@given(circumstances, st.sampled_from(Stage), st.sampled_from(STATES))
def test_an_officer_alone_with_someone_in_custody_never_opens_it(
    so: Circumstances, stage: Stage, place: str
) -> None:
    found = at(stage, so, place)
    if found.open and stage in RULES.custody_stages:
        assert found.way is not Way.NOT_IN_CUSTODY
        independent = so.asked_by in (AskedBy.COMMUNITY_ADVOCATE, AskedBy.FORENSIC_INTERVIEWER)
        assert independent or so.use_agreement or found.way is Way.STATUTORY_PROTECTION or so.met >= COUNSEL


@given(circumstances, st.sampled_from(Need), st.sampled_from(Stage), st.sampled_from(STATES))
def test_more_safeguards_never_shut_it(so: Circumstances, need: Need, stage: Stage, place: str) -> None:
    more = Circumstances(so.asked_by, so.in_custody, so.age, so.met | {need}, so.use_agreement, so.protection)
    assert at(stage, more, place).open >= at(stage, so, place).open


@given(circumstances, st.sampled_from(Stage), st.sampled_from(STATES))
def test_the_answer_is_always_a_sentence(so: Circumstances, stage: Stage, place: str) -> None:
    found = at(stage, so, place)
    assert re.match(r"[A-Z].*\.$", found.why, re.DOTALL)
    assert found.open == (found.way is not None)
    assert not (found.open and found.missing)
