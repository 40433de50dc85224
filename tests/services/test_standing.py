"""The eight checks of a non-punitive service, each alone, and how old a confirmation may be."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from screening.services import Check, offer
from screening.services.standing import freshness
from tests.services.builders import (
    ALDER,
    ALL_MET,
    OFFICE_HOURS,
    TODAY,
    attributes,
    directory,
    listing,
    need,
)


def only_offer(one, **asked):
    (found,) = offer(
        [need(one.service.needs[0])], directory(one), **({"as_of": TODAY, "place": ALDER} | asked)
    ).offers
    return found


def test_all_eight_met_is_non_punitive():
    found = only_offer(listing()).to_dict()
    assert (found["non_punitive"], found["failed"]) == ("yes", [])


def test_there_are_eight():
    assert len(Check) == 8
    assert len({check.words for check in Check}) == 8


@pytest.mark.parametrize("check", list(Check))
@pytest.mark.parametrize(("answer", "start"), [("no", "Not so here"), ("not_known", "Not confirmed")])
def test_each_check_alone_makes_an_offer_conditional_and_is_named(check, answer, start):
    found = only_offer(listing(has={"non_punitive": ALL_MET | {check: answer}})).to_dict()
    assert (found["non_punitive"], found["failed"]) == ("conditional", [check.value])
    assert found["failed_words"] == [f"{start}: {check.words}."]


@pytest.mark.parametrize("check", list(Check))
def test_a_check_nobody_recorded_counts_as_not_confirmed(check):
    recorded = {other: "yes" for other in Check if other is not check}
    found = only_offer(listing(has={"non_punitive": recorded})).to_dict()
    assert (found["non_punitive"], found["failed"]) == ("conditional", [check.value])


def test_nothing_recorded_fails_all_eight_in_their_order():
    assert only_offer(listing(has={"non_punitive": {}})).to_dict()["failed"] == [
        check.value for check in Check
    ]


@pytest.mark.parametrize(
    "contradiction",
    [{"locked": "yes"}, {"accepts_pending_charges": "no"}, {"reports_to_law_enforcement": "yes"}],
)
def test_an_attribute_that_breaks_a_check_cannot_stand_beside_its_yes(contradiction):
    with pytest.raises(ValidationError, match="cannot be yes"):
        attributes(**contradiction)


@pytest.mark.parametrize(
    ("changes", "days", "stale"),
    [
        ({}, 90, False),
        ({}, 91, True),
        ({"schedules": OFFICE_HOURS}, 91, True),
        ({"schedules": OFFICE_HOURS, "needs": ["peer"]}, 365, False),
        ({"schedules": OFFICE_HOURS, "needs": ["peer"]}, 366, True),
        ({"needs": ["peer"]}, 91, True),
    ],
)
def test_shelters_and_lines_of_day_and_night_go_stale_after_ninety_days_others_after_a_year(
    changes, days, stale
):
    found = only_offer(listing(assured_date=TODAY - timedelta(days=days), **changes))
    assert found.stale is stale
    assert f"Last confirmed {days} days ago" in found.last_assured_words
    assert any("It may have changed since." in text for text in found.caution) is stale


def test_without_a_date_of_confirmation_it_is_said_what_is_known():
    one = listing(assured_date=None, assured_note="Seen on an old page.")
    found = only_offer(one)
    assert (found.stale, found.last_assured) == (True, None)
    assert found.last_assured_words == "No date of confirmation is recorded. Seen on an old page."
    assert found.to_dict()["last_assured"] is None


@pytest.mark.parametrize(
    ("confirmed", "words"),
    [
        (TODAY, "Last confirmed today (November 24, 2026)."),
        (date(2026, 11, 23), "Last confirmed 1 day ago (November 23, 2026)."),
        (date(2026, 12, 1), "Last confirmed after the day of this screening (December 1, 2026)."),
    ],
)
def test_words_of_recent_confirmations(confirmed, words):
    assert freshness(listing(assured_date=confirmed).service, TODAY).words == words
