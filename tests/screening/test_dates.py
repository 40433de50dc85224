"""Ages are counted in whole years, and what is not known stays open."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.dates import (
    DateRange,
    NumberRange,
    Period,
    age_on,
    age_range,
    birth_range,
    birthday,
    latest_birth,
)
from screening.truth import Truth

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
YEARS = st.integers(0, 120)


def exact(day):
    return DateRange(day, day)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 5, 1), date(2026, 4, 30), 17),
        (date(2008, 5, 1), date(2026, 5, 1), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),  # no 29 February in 2026: one day younger, not older
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2008, 12, 31), date(2009, 1, 1), 0),
    ],
)
def test_age_changes_on_the_birthday(born, day, age):
    assert age_on(born, day) == age


def test_birthday_of_a_leap_day_is_the_first_of_march_in_other_years():
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert birthday(date(2008, 2, 29), 16) == date(2024, 2, 29)


@given(DAYS, YEARS)
def test_age_is_reached_on_the_birthday_and_not_before(born, years):
    day = birthday(born, years)
    assert age_on(born, day) == years
    assert age_on(born, day - timedelta(days=1)) == years - 1


@given(DAYS, YEARS)
def test_latest_birth_is_the_last_day_that_gives_the_age(day, years):
    born = latest_birth(years, day)
    assert age_on(born, day) >= years
    assert age_on(born + timedelta(days=1), day) < years


@given(DAYS, YEARS, YEARS)
def test_births_drawn_from_ages_give_back_those_ages(day, one, other):
    ages = NumberRange(min(one, other), max(one, other))
    births = birth_range(ages, day)
    assert age_range(births, exact(day)) == ages
    assert age_on(births.start - timedelta(days=1), day) == ages.high + 1
    assert age_on(births.end + timedelta(days=1), day) == ages.low - 1


@given(DAYS, DAYS, DAYS, DAYS, st.data())
def test_an_age_range_holds_every_age_that_is_possible(a, b, c, d, data):
    born, on = DateRange(min(a, b), max(a, b)), DateRange(min(c, d), max(c, d))
    ages = age_range(born, on)
    day_born = data.draw(st.dates(born.start, born.end))
    day = data.draw(st.dates(on.start, on.end))
    assert ages.low <= max(age_on(day_born, day), 0) <= ages.high


def test_an_age_range_is_open_where_birth_or_day_is_open():
    born = DateRange(None, date(2008, 1, 1))
    assert age_range(born, exact(date(2024, 6, 1))) == NumberRange(16, None)
    assert age_range(exact(date(2008, 1, 1)), DateRange(None, date(2024, 6, 1))) == NumberRange(None, 16)


def test_an_open_age_leaves_the_birth_open():
    assert birth_range(NumberRange(18, None), date(2024, 6, 1)) == DateRange(None, date(2006, 6, 1))
    assert birth_range(NumberRange(None, 17), date(2024, 6, 1)) == DateRange(date(2006, 6, 2), None)


@pytest.mark.parametrize("ends", [(date(2024, 2, 2), date(2024, 2, 1))])
def test_a_range_that_runs_backwards_is_refused(ends):
    with pytest.raises(ValueError, match="backwards"):
        DateRange(*ends)
    with pytest.raises(ValueError, match="backwards"):
        NumberRange(18, 17)


def test_is_exact_only_where_one_day_or_number_is_possible():
    assert exact(date(2024, 1, 1)).is_exact
    assert not DateRange(None, None).is_exact
    assert NumberRange(16, 16).is_exact
    assert not NumberRange(None, None).is_exact


IN_FORCE = Period(start=date(2020, 7, 1), end=date(2023, 12, 31))
SEEN = Period(start=None, text_seen_from=date(2020, 7, 1))


@pytest.mark.parametrize(
    ("period", "days", "truth"),
    [
        (IN_FORCE, exact(date(2020, 6, 30)), Truth.NO),
        (IN_FORCE, exact(date(2020, 7, 1)), Truth.YES),
        (IN_FORCE, exact(date(2023, 12, 31)), Truth.YES),
        (IN_FORCE, exact(date(2024, 1, 1)), Truth.NO),
        (IN_FORCE, DateRange(date(2020, 6, 30), date(2020, 7, 1)), Truth.UNKNOWN),
        (IN_FORCE, DateRange(date(2021, 1, 1), None), Truth.UNKNOWN),
        (IN_FORCE, DateRange(None, date(2020, 1, 1)), Truth.NO),
        (SEEN, exact(date(2020, 7, 1)), Truth.YES),
        (SEEN, DateRange(date(2021, 1, 1), None), Truth.YES),
        (SEEN, exact(date(2020, 6, 30)), Truth.UNKNOWN),
        (SEEN, exact(date(1900, 1, 1)), Truth.UNKNOWN),
        (Period(start=None), exact(date(2026, 1, 1)), Truth.UNKNOWN),
        (Period(start=None, end=date(2010, 1, 1)), exact(date(2010, 1, 2)), Truth.NO),
        (Period(start=None, end=date(2010, 1, 1)), exact(date(2010, 1, 1)), Truth.UNKNOWN),
    ],
)
def test_a_period_covers_certainly_not_at_all_or_perhaps(period, days, truth):
    assert period.covers(days) is truth


@given(DAYS, DAYS, DAYS)
def test_an_unknown_start_is_never_no_while_no_end_is_known(seen, a, b):
    assert Period(None, seen).covers(DateRange(min(a, b), max(a, b))) is not Truth.NO


@given(st.none() | DAYS, DAYS, DAYS, st.data())
def test_a_clear_answer_holds_on_every_day_of_the_range(start, a, b, data):
    period = Period(start, text_seen_from=date(2000, 1, 1))
    days = DateRange(min(a, b), max(a, b))
    truth = period.covers(days)
    if truth is not Truth.UNKNOWN:
        assert period.covers(exact(data.draw(st.dates(days.start, days.end)))) is truth
