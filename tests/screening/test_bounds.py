"""Bounds against brute force: exactly the least and most protective result over every completion of the unknown facts."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.conditions import All, Any, Below, From, Is, Not
from screening.law.words import Mechanism
from screening.rules.bounds import bounds_of
from screening.rules.facts import Moments
from screening.truth import Truth
from tests.prove.brute import (
    acts,
    births,
    check_bounds,
    check_dated,
    dated_rules,
    known_facts,
    rules,
    todays,
)
from tests.prove.small_law import USED, at, matter
from tests.screening.trees import BOOLS

QUIET = list(HealthCheck)


@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
@given(rules, known_facts)
def test_bounds_and_cases_are_exactly_the_least_and_most_over_all_completions(law, known):
    check_bounds(law, known)


@settings(max_examples=80, deadline=None, suppress_health_check=QUIET)
@given(dated_rules, births, acts, todays)
def test_bounds_hold_every_day_of_birth_and_act_and_are_exact_where_birth_is_known(law, born, act, today):
    check_dated(law, born, act, today)


@settings(max_examples=100, deadline=None)
@given(rules, known_facts, st.sampled_from(BOOLS), st.booleans())
def test_adding_a_fact_never_widens_the_bounds(law, known, name, value):
    known = {key: part for key, part in known.items() if key != name}
    before = bounds_of(matter(law, known))
    after = bounds_of(matter(law, {**known, name: Truth.YES if value else Truth.NO}))
    assert before.at_least <= after.at_least <= after.at_most <= before.at_most


def test_a_bar_below_18_and_a_defense_from_18_give_at_least_a_defense_whatever_the_age():
    charged = matter(
        [
            (Mechanism.IMMUNITY, Below("age.offense", 18)),
            (Mechanism.AFFIRMATIVE_DEFENSE, From("age.offense", 18)),
        ],
        {},
    )
    bounds = bounds_of(charged)
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
    bounds = bounds_of(matter(wide, {}))
    assert not bounds.resolved
    assert (bounds.at_least, bounds.at_most) == (0, 7)


@pytest.mark.parametrize("cap", [1, 2, 5])
def test_wherever_the_cap_lies_bounds_that_are_not_exact_say_so(monkeypatch, cap):
    monkeypatch.setattr("screening.rules.bounds.MOST_CASES", cap)

    @settings(max_examples=60, deadline=None, suppress_health_check=QUIET)
    @given(rules, known_facts)
    def sound(law, known):
        check_bounds(law, known)

    sound()


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
    charged, ranks = matter(rules, {}), set()
    for birth in sorted({*range(born[0], born[1] + 1, 37), born[1]}):
        for day in sorted({*range(act[0], act[1] + 1, 29), act[1]}):
            ranks.add(bounds_of(at(charged, Moments((birth, birth), (day, day), today))).at_least)
    found = bounds_of(at(charged, Moments((born[0], born[1]), (act[0], act[1]), today)))
    assert found.at_least <= min(ranks)
    assert max(ranks) <= found.at_most


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
    found = bounds_of(matter(rules, {}, when))
    assert (found.at_least, found.at_most) == (3, 7)
