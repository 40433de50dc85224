"""Bounds against brute force: exactly the least and most protective result over every completion of the unknown facts."""

import dataclasses
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.case import Charge, Mode, OffenseClass, Stage, Status
from screening.conditions import All, Any, Below, From, Is, Not, facts_of
from screening.law.catalog import resolve
from screening.law.load import LoadedLaw
from screening.law.model import Element, LawPack, LawReach, Period, Protection, Scope, Source
from screening.law.offenses_model import OffenseCatalog, OffenseEntry
from screening.law.words import Confidence, Goal, Match, Mechanism, Step
from screening.rules.bounds import bounds_of
from screening.rules.facts import Moments
from screening.rules.prepared import prepare
from screening.rules.scope import scope_facts
from screening.rules.standing import Matter, role_of, stand
from screening.truth import Truth
from tests.screening.trees import BOOLS, completions, facts, trees

SOURCE = Source(url="https://law.example", version="1", seen=Confidence.PRIMARY)
CATALOG = OffenseCatalog(
    jurisdiction="US-XX",
    cite_prefix="§",
    text_as_of="today",
    offenses=(
        OffenseEntry(
            section="1-1", name="Theft", classes=(OffenseClass.MISDEMEANOR,), confidence=Confidence.PRIMARY
        ),
    ),
)
USED = (
    Mechanism.IMMUNITY,
    Mechanism.MANDATORY_DIVERSION,
    Mechanism.AFFIRMATIVE_DEFENSE,
    Mechanism.MITIGATION,
)
DAY = date(2024, 6, 1).toordinal()


def _matter(rules, known):
    pack = prepare(LoadedLaw(_pack(rules), CATALOG, "sha256:0", "pack"))
    charge = Charge("c1", "US-XX", "1-1", mode_given=True)
    offense = resolve(pack.index, "1-1", given=None, grade=None, on=None)
    moments = Moments((1, DAY), (DAY, DAY), DAY)
    every = {**(moments.facts() or {}), **known, **scope_facts(pack, offense, Mode.PRINCIPAL)}
    roles = {one.rule.id: role_of(one, Status.CHARGED, Stage.CHARGING) for one in pack.protections}
    return Matter(pack, charge, offense, Status.CHARGED, Stage.CHARGING, every, moments, {}, roles)


def _pack(rules):
    protections = tuple(
        Protection(
            id=f"us-xx-{i}",
            title="t",
            citation=f"§ {i}",
            goals=(Goal.MINOR_OFFENSES,),
            mechanism=mechanism,
            bars=(Step.PROSECUTION,) if mechanism is Mechanism.IMMUNITY else (),
            scope=Scope(match=Match.ANY),
            period=Period(start=date(2000, 1, 1)),
            elements=(Element(name="e", says="e", test=tree),),
            confidence=Confidence.PRIMARY,
            sources=(SOURCE,),
        )
        for i, (mechanism, tree) in enumerate(rules)
    )
    return LawPack(
        jurisdiction="US-XX",
        name="X",
        version="1",
        checked=date(2026, 1, 1),
        text_as_of="today",
        reach=LawReach(),
        protections=protections,
    )


def _without_sets(tree):
    return "b.codes" not in facts_of(tree) and "age.offense" not in facts_of(tree)


rules = st.lists(st.tuples(st.sampled_from(USED), trees.filter(_without_sets)), min_size=1, max_size=3)


@settings(max_examples=150, deadline=None)
@given(rules, facts)
def test_bounds_are_exactly_the_least_and_most_over_all_completions(rules, known):
    known = {name: value for name, value in known.items() if name in BOOLS or name == "b.code"}
    matter = _matter(rules, known)
    bounds = bounds_of(matter)
    ranks = [_rank(matter, full) for full in _full(rules, known)]
    assert bounds.resolved
    assert (bounds.at_least, bounds.at_most) == (min(ranks), max(ranks))


def _full(rules, known):

    yield from completions(All(tuple(tree for _, tree in rules)), known)


def _rank(matter, full):
    every = {**matter.facts, **full}
    values = matter.pack.evaluate(every)
    standings = [stand(matter, one, values, every) for one in matter.pack.protections]
    assert all(one.verdict is not Truth.UNKNOWN for one in standings)
    return max((one.certain_rank for one in standings), default=0)


@settings(max_examples=100, deadline=None)
@given(rules, facts, st.sampled_from(BOOLS), st.booleans())
def test_adding_a_fact_never_widens_the_bounds(rules, known, name, value):
    known = {key: part for key, part in known.items() if key in BOOLS and key != name}
    before = bounds_of(_matter(rules, known))
    after = bounds_of(_matter(rules, {**known, name: Truth.YES if value else Truth.NO}))
    assert before.at_least <= after.at_least <= after.at_most <= before.at_most


def test_a_bar_below_18_and_a_defense_from_18_give_at_least_a_defense_whatever_the_age():

    matter = _matter(
        [
            (Mechanism.IMMUNITY, Below("age.offense", 18)),
            (Mechanism.AFFIRMATIVE_DEFENSE, From("age.offense", 18)),
        ],
        {},
    )
    bounds = bounds_of(matter)
    assert (bounds.at_least, bounds.at_most) == (3, 7)
    assert [(case.at_least, case.at_most) for case in bounds.cases] == [(7, 7), (3, 3)]


def test_past_the_cap_the_split_stops_says_so_and_stays_sound():

    wide = [
        (Mechanism.IMMUNITY, All(tuple(Any((Is(f"x.f{i}"), Is(f"x.g{i}"))) for i in range(9)))),
        (
            Mechanism.AFFIRMATIVE_DEFENSE,
            All(tuple(Any((Not(Is(f"x.f{i}")), Is(f"x.h{i}"))) for i in range(9))),
        ),
    ]
    bounds = bounds_of(_matter(wide, {}))
    assert not bounds.resolved
    assert (bounds.at_least, bounds.at_most) == (0, 7)


BIRTH = date(2006, 6, 1)
moments = st.tuples(
    st.sampled_from(
        [(date(2005, 1, 1), date(2008, 1, 1)), (BIRTH, BIRTH), (date(2006, 5, 1), date(2006, 7, 1))]
    ),
    st.sampled_from(
        [
            (date(2024, 1, 1), date(2024, 12, 31)),
            (date(2024, 6, 1), date(2024, 6, 1)),
            (date(2023, 1, 1), date(2025, 3, 1)),
        ]
    ),
)
dated = st.lists(
    st.tuples(
        st.sampled_from(USED),
        st.sampled_from(
            [
                Below("age.offense", 18),
                From("age.offense", 18),
                Below("age.offense", 17),
                From("age.now", 20),
                From("date.offense", date(2024, 3, 1).toordinal(), is_date=True),
                Below("date.offense", date(2024, 7, 1).toordinal(), is_date=True),
                All(
                    (
                        Below("age.offense", 18),
                        From("date.offense", date(2024, 3, 1).toordinal(), is_date=True),
                    )
                ),
                All(
                    (
                        From("age.offense", 18),
                        Below("date.offense", date(2024, 9, 1).toordinal(), is_date=True),
                    )
                ),
                Any((From("age.offense", 19), Below("age.now", 19))),
            ]
        ),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=25, deadline=None)
@given(moments, dated)
def test_bounds_over_ages_and_dates_hold_every_birth_and_act_day_and_are_reached_where_birth_is_known(
    when, rules
):
    born, act = ([day.toordinal() for day in pair] for pair in when)
    today = date(2026, 3, 1).toordinal()
    ranks = set()
    for birth in sorted({*range(born[0], born[1] + 1, 23), born[1]}):
        for day in sorted({*range(act[0], act[1] + 1, 19), act[1]}):
            matter = _dated(rules, Moments((birth, birth), (day, day), today))
            ranks.add(bounds_of(matter).at_least)
    found = bounds_of(_dated(rules, Moments((born[0], born[1]), (act[0], act[1]), today)))
    assert found.at_least <= min(ranks)
    assert max(ranks) <= found.at_most


def _dated(rules, when):
    matter = _matter(rules, {})
    return dataclasses.replace(matter, moments=when, facts={**matter.facts, **(when.facts() or {})})


def test_an_age_line_and_a_change_of_law_on_one_birthday_stay_exact():
    turned = date(2024, 6, 1)
    rules = [
        (
            Mechanism.IMMUNITY,
            All((Below("age.offense", 18), Below("date.offense", turned.toordinal(), is_date=True))),
        ),
        (
            Mechanism.AFFIRMATIVE_DEFENSE,
            All((From("age.offense", 18), From("date.offense", turned.toordinal(), is_date=True))),
        ),
    ]
    born = BIRTH.toordinal()
    when = Moments(
        (born, born),
        (date(2024, 1, 1).toordinal(), date(2024, 12, 31).toordinal()),
        date(2026, 3, 1).toordinal(),
    )
    found = bounds_of(_dated(rules, when))
    assert (found.at_least, found.at_most) == (3, 7)
