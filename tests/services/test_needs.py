"""Needs: stated first, then those that facts speak for, never those of a case."""

import pytest

from screening.case import Answer, Response
from screening.services import NeedCode, Why, load_needs, needs_from
from screening.truth import Truth

NEEDS = load_needs()


def codes(needs):
    return [need.code.value for need in needs]


def test_every_need_has_words_urgency_a_meaning_and_something_to_try():
    assert [kind.code for kind in NEEDS.kinds if not (kind.words and kind.meaning and kind.if_none)] == []
    assert {kind.code for kind in NEEDS.kinds} == set(NeedCode)


@pytest.mark.parametrize("code", list(NeedCode))
def test_an_item_of_the_same_name_raises_each_need(code):
    (found,) = needs_from({f"need.{code}": Truth.YES}, NEEDS)
    assert (found.code, found.why, found.because) == (code, Why.DRAWN, (f"need.{code}",))


def test_stated_needs_come_first_and_keep_their_order():
    found = needs_from({"safety.danger_now": "yes"}, NEEDS, stated=["record_relief", "legal_defense"])
    assert codes(found) == ["record_relief", "legal_defense", "safety"]
    assert [need.why for need in found] == [Why.STATED, Why.STATED, Why.DRAWN]


def test_drawn_needs_come_with_the_most_urgent_first():
    facts = {
        "need.employment": True,
        "need.mental_health": True,
        "need.shelter_emergency": True,
        "need.crisis": True,
    }
    assert codes(needs_from(facts, NEEDS)) == ["crisis", "shelter_emergency", "mental_health", "employment"]


def test_a_stated_need_also_names_the_facts_that_speak_for_it():
    (found,) = needs_from({"control.substances": True}, NEEDS, stated=["substance_use"])
    assert (found.why, found.because) == (Why.STATED, ("control.substances",))


def test_a_need_stated_twice_is_one_need():
    assert codes(needs_from({}, NEEDS, stated=["peer", "peer"])) == ["peer"]


@pytest.mark.parametrize(
    "value", [None, False, "no", "not_known", "declined", Truth.UNKNOWN, Truth.NO, 2, (1, 2), []], ids=repr
)
def test_what_is_not_a_yes_raises_nothing(value):
    assert needs_from({"safety.missing": value}, NEEDS) == ()


@pytest.mark.parametrize(
    "value",
    [
        True,
        "yes",
        Truth.YES,
        Answer.YES,
        ["no", "yes"],
        {"c1": "no", "c2": "yes"},
        {"value": "yes", "source": "record"},
        (Response("safety.danger_now", Answer.NO), Response("safety.danger_now", Answer.YES)),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_one_source_that_says_yes_is_enough(value):
    assert codes(needs_from({"safety.danger_now": value}, NEEDS)) == ["safety"]


def test_no_safe_place_tonight_asks_for_a_bed():
    (found,) = needs_from({"safety.place_tonight": Answer.NO}, NEEDS)
    assert (found.code, found.because) == (NeedCode.SHELTER_EMERGENCY, ("safety.place_tonight",))
    assert needs_from({"safety.place_tonight": Answer.YES}, NEEDS) == ()


def test_a_person_from_another_country_is_offered_help_with_immigration():
    assert codes(needs_from({"status.foreign_national": True}, NEEDS)) == ["immigration"]


def test_facts_of_a_case_raise_no_need():
    case = [
        "act.force_used",
        "forum.convicted",
        "history.prior_record",
        "cooperation.given",
        "court.best_interest",
    ]
    assert needs_from(dict.fromkeys(case, True), NEEDS) == ()


def test_an_unknown_stated_need_is_refused():
    with pytest.raises(ValueError, match="sheltr"):
        needs_from({}, NEEDS, stated=["sheltr"])


def test_needs_that_tell_of_health_are_marked():
    marked = {kind.code.value for kind in NEEDS.kinds if kind.health}
    assert marked == {"crisis", "medical_forensic", "substance_use", "mental_health"}
    (found,) = needs_from({}, NEEDS, stated=["mental_health"])
    assert found.to_dict()["health"] is True
