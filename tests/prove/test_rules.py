"""Rules of meaning tried whole: every truth, status, stage, period and search, against the rule as it is written."""

import re
from datetime import date, timedelta
from itertools import combinations, product

import pytest

from screening import load_packs
from screening.case import OffenseClass, Stage, Status
from screening.conditions import Is, Open, compile_conditions
from screening.law.model import Gap, LawReach, Period, Search
from screening.law.words import BAR_MECHANISMS, Confidence, Goal, Mechanism
from screening.rules.bounds import bounds_of
from screening.rules.charge import joined
from screening.rules.elements import open_points
from screening.rules.prepared import period_tree
from screening.rules.reach import is_complete
from screening.rules.results import RANK, Result, Role
from screening.rules.standing import role_of, stand
from screening.truth import Truth
from tests.architecture.sources import ROOT
from tests.prove.small_law import element, matter, protection

TRUTHS = tuple(Truth)
ORDER = (
    Result.LAW_NOT_ESTABLISHED,
    Result.RELIEF_AFTER_CONVICTION,
    Result.MITIGATION,
    Result.DEFENSE_AVAILABLE,
    Result.DIVERSION_OPEN,
    Result.DIVERSION_REQUIRED,
    Result.PRESUMPTIVELY_BARRED,
    Result.BARRED,
)


def test_every_rule_of_meaning_has_a_test_that_names_it():
    files = [*(ROOT / "tests/screening").glob("test_*.py"), *(ROOT / "tests/prove").glob("test_*.py")]
    named = {
        int(number)
        for file in files
        for number in re.findall(r"^def test_\w*?rule_(\d+)_", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert sorted(set(range(1, 28)) - named) == []


def test_rule_1_one_word_for_every_pair_of_bounds():
    for low, high in combinations(ORDER, 2):
        presumed = (low, high) == (Result.PRESUMPTIVELY_BARRED, Result.BARRED)
        assert joined(low, high) is (low if presumed else Result.CANNOT_TELL)
    assert [joined(one, one) for one in ORDER] == list(ORDER)
    assert [RANK[one] for one in ORDER] == list(range(8))


@pytest.mark.parametrize(
    ("mechanism", "presumed", "shown"),
    [
        (Mechanism.IMMUNITY, 6, 7),
        (Mechanism.AFFIRMATIVE_DEFENSE, 3, 3),
        (Mechanism.MANDATORY_DIVERSION, 5, 5),
    ],
)
@pytest.mark.parametrize(("own", "ground"), list(product(TRUTHS, TRUTHS)))
def test_rule_2_a_presumption_lifts_the_unknown_alone(mechanism, presumed, shown, own, ground):
    rests = element(0, Is("a.own"), presumed_by=("us-xx-1",))
    law = [(mechanism, [rests]), (Mechanism.PRESUMPTION, [Is("a.ground")])]
    found = bounds_of(matter(law, {"a.own": own, "a.ground": ground}))
    if own is Truth.YES:
        expected = (shown, shown)
    elif own is Truth.NO:
        expected = (0, 0)
    else:
        expected = (presumed, shown) if ground is Truth.YES else (0, shown)
    assert (found.at_least, found.at_most) == expected


def _expected_role(mechanism, status, stage, relief_for, after_conviction):
    """Rule 5 as it is written: status gates law; stage only says whether mitigation still counts."""
    convicted = status in (Status.ADJUDICATED, Status.CONVICTED)
    if mechanism in BAR_MECHANISMS:
        return Role.BOUNDS
    if mechanism is Mechanism.PRESUMPTION:
        return Role.PRESUMPTION
    if mechanism is Mechanism.VACATUR:
        if not convicted:
            return Role.LATER_RELIEF
        return Role.BOUNDS if not relief_for or status in relief_for else Role.OUT
    if not convicted:
        return Role.LATER_RELIEF if after_conviction else Role.BOUNDS
    if mechanism is Mechanism.MITIGATION and (after_conviction or stage is not Stage.POST_CONVICTION):
        return Role.BOUNDS
    return Role.WAS_AVAILABLE


@pytest.mark.parametrize("mechanism", list(Mechanism))
def test_rule_5_what_counts_at_every_status_and_stage(mechanism):
    fields = [{}]
    if mechanism is Mechanism.VACATUR:
        fields = [{}, {"relief_for": ("convicted",)}, {"relief_for": ("adjudicated",)}]
    if mechanism is Mechanism.MITIGATION:
        fields = [{}, {"opens_after_conviction": True}]
    for given, status, stage in product(fields, Status, Stage):
        one = _prepared(protection(0, mechanism, [], **given))
        expected = _expected_role(
            mechanism, status, stage, given.get("relief_for"), given.get("opens_after_conviction", False)
        )
        assert role_of(one, status, stage) is expected


def _prepared(rule):
    """The protection in the one shape in which its role is asked."""
    return type("Prepared", (), {"rule": rule})()


@pytest.mark.parametrize("mechanism", [one for one in Mechanism if one is not Mechanism.PRESUMPTION])
def test_rule_6_without_a_goal_only_a_bar_counts(mechanism):
    one = _prepared(protection(0, mechanism, goals=()))
    role = role_of(one, Status.CHARGED, Stage.CHARGING)
    assert (role is Role.ROUTE) == (mechanism not in BAR_MECHANISMS)


def test_rule_8_recall_never_raises_a_bound_and_an_unread_part_is_unknown():
    shown = {"a.one": Truth.YES}
    whole = bounds_of(matter([(Mechanism.IMMUNITY, [Is("a.one")])], shown))
    assert (whole.at_least, whole.at_most) == (7, 7)
    for part in (element(1, Is("a.one"), confidence=Confidence.RECALL), element(1, Open("not read"))):
        found = bounds_of(matter([(Mechanism.IMMUNITY, [Is("a.one"), part])], shown))
        assert (found.at_least, found.at_most) == (0, 7)
    hidden = _prepared(protection(0, Mechanism.IMMUNITY, confidence=Confidence.RECALL))
    assert {role_of(hidden, status, stage) for status, stage in product(Status, Stage)} == {Role.HIDDEN}


def _search():
    return (Search(goal=Goal.MINOR_OFFENSES, text_as_of="today", what="the code"),)


def test_rule_9_none_found_only_where_searched_whole_and_nowhere_open():
    gap = (Gap(goal=Goal.MINOR_OFFENSES, says="not read"),)
    other = (Gap(goal=Goal.VIOLENT, says="not read"),)
    elsewhere = (Gap(goal=Goal.MINOR_OFFENSES, says="not read", classes=(OffenseClass.STATUS,)),)
    for searched, without, part, open_ in product((0, 1), (0, 1), (0, 1), ((), gap, other, elsewhere)):
        reach = LawReach(
            searched_without_result=_search() * searched,
            without_protection=_search() * without,
            partial_searches=_search() * part,
            not_established=open_,
        )
        expected = bool(searched or without) and open_ is not gap
        assert is_complete(matter([(Mechanism.IMMUNITY, Is("a.one"))], {}, reach=reach), []) is expected


FIRST, SEEN, LAST = date(2020, 3, 1), date(2021, 6, 15), date(2022, 9, 30)


@pytest.mark.parametrize("start", [FIRST, None])
@pytest.mark.parametrize("seen", [SEEN, None])
@pytest.mark.parametrize("end", [LAST, None])
def test_rule_10_a_period_on_every_day_and_range_of_days(start, seen, end):
    evaluate, (top,) = compile_conditions(
        [period_tree(Period(start=start, end=end, text_seen_from=None if start else seen), "date.offense")]
    )
    edges = [day + timedelta(days=more) for day in (FIRST, SEEN, LAST) for more in (-1, 0, 1)]

    def written(day):
        if end and day > end:
            return Truth.NO
        if start:
            return Truth.YES if day >= start else Truth.NO
        return Truth.YES if seen and day >= seen else Truth.UNKNOWN

    for first, last in [(one, other) for one, other in product(edges, edges) if one <= other]:
        found = evaluate({"date.offense": (first.toordinal(), last.toordinal())})[top]
        within = {written(first + timedelta(days=i)) for i in range((last - first).days + 1)}
        assert found == (within.pop() if len(within) == 1 else Truth.UNKNOWN)


def test_rule_20_no_item_of_person_or_officer_feeds_on_or_asks_for_an_act_of_the_person():
    questionnaire = load_packs().questionnaire
    acts = {fact for fact in questionnaire.facts if fact.startswith(("act.sold", "act.bought", "history."))}
    asked = {
        item.id
        for item in questionnaire.items.values()
        if item.fact in acts and (item.part.value == "part2" or item.id.startswith("told."))
    }
    assert acts
    assert asked == set()


def test_rule_23_what_the_question_or_the_law_leaves_open_is_never_offered():
    tree = [Is("a.one"), Is("q.us-xx-0.extra"), Open("not established"), Is("stage.x"), Is("charge.x")]
    asked = matter([(Mechanism.IMMUNITY, tree)], {})
    values = asked.pack.evaluate(asked.facts)
    found = open_points(stand(asked, asked.pack.protections[0], values, asked.facts), values)
    assert found.yes.sets == ()
    assert [{part.fact for part in one} for one in found.no.sets] == [{"a.one"}]
    assert set(found.weights) == {"a.one"}
