"""Which three services are offered, and in which order."""

from datetime import timedelta

from screening.dates import NumberRange
from screening.services import Check, Wishes, offer
from tests.services.builders import (
    ALDER,
    ALL_MET,
    OFFICE_HOURS,
    TODAY,
    directory,
    hotline,
    listing,
    need,
    offered,
    reasons,
)


def look(*listings, code="shelter_emergency", **asked):
    return offer([need(code)], directory(*listings), **({"as_of": TODAY, "place": ALDER} | asked))


def test_local_help_comes_first_and_a_national_line_behind_it():
    found = look(hotline("aaa"), listing("oak"))
    assert offered(found) == ["oak", "aaa"]
    assert [one.backup for one in found.offers] == [False, True]


def test_at_most_three_are_offered_and_the_national_line_keeps_its_place():
    found = look(*(listing(name) for name in ("ash", "elm", "fir", "oak")), hotline("zzz"))
    assert offered(found) == ["ash", "elm", "zzz"]
    assert reasons(found, "fir") == "It fits, but three others stand before it."


def test_for_an_urgent_need_day_and_night_comes_before_office_hours():
    assert offered(look(listing("ash", schedules=OFFICE_HOURS), listing("oak"))) == ["oak", "ash"]


def test_for_a_need_that_can_wait_the_hours_do_not_matter():
    office = listing("ash", needs=["peer"], schedules=OFFICE_HOURS)
    assert offered(look(office, listing("oak", needs=["peer"]), code="peer")) == ["ash", "oak"]


def test_confirmed_listings_come_before_old_ones_which_stay_visible():
    old = listing("ash", assured_date=TODAY - timedelta(days=91))
    found = look(old, listing("oak"), hotline("zzz"))
    assert offered(found) == ["oak", "zzz", "ash"]
    assert found.offers[2].stale
    assert "Last confirmed 91 days ago" in " ".join(found.offers[2].caution)


def test_an_old_listing_behind_three_others_is_named_with_its_age():
    old = listing("ash", assured_date=TODAY - timedelta(days=400))
    found = look(old, *(listing(name) for name in ("elm", "fir", "oak")))
    assert "Last confirmed 400 days ago" in reasons(found, "ash")


def test_non_punitive_comes_before_conditional():
    unsure = listing("ash", has={"non_punitive": ALL_MET | {Check.INFORMED_CONSENT: "not_known"}})
    assert offered(look(unsure, listing("oak"))) == ["oak", "ash"]


def test_a_broken_promise_comes_last_even_behind_an_old_listing():
    broken = listing("ash", has={"non_punitive": ALL_MET | {Check.OFFERED_WITHOUT_COOPERATION: "no"}})
    old = listing("elm", assured_date=TODAY - timedelta(days=400))
    assert offered(look(broken, old, listing("oak"))) == ["oak", "elm", "ash"]


def test_what_surely_fits_comes_before_what_may_fit():
    may_fit = listing("ash", minimum_age=16, maximum_age=24)
    assert offered(look(may_fit, listing("oak"), age=NumberRange(15, 17))) == ["oak", "ash"]


def test_a_service_that_gives_help_comes_before_one_that_looks_for_it():
    connects = listing("ash", kind="connects")
    assert offered(look(connects, listing("oak"))) == ["oak", "ash"]


def test_the_county_comes_before_the_state():
    assert offered(look(listing("ash", service_areas=[{"state": "XX"}]), listing("oak"))) == ["oak", "ash"]


def test_survivor_led_and_pickup_come_first_where_wished():
    others = [
        listing("ash"),
        listing("oak", has={"survivor_led": "yes"}),
        listing("yew", has={"pickup": "yes"}),
    ]
    assert offered(look(*others))[0] == "ash"
    assert offered(look(*others, wishes=Wishes(survivor_led=True)))[0] == "oak"
    assert offered(look(*others, wishes=Wishes(pickup=True)))[0] == "yew"


def test_help_made_for_trafficked_people_comes_first_among_equals():
    special = listing("oak", has={"trafficking_specific": "yes"})
    assert offered(look(listing("ash"), special)) == ["oak", "ash"]


def test_needs_keep_their_order():
    both = listing(needs=["shelter_emergency", "peer"])
    found = offer([need("peer"), need()], directory(both), as_of=TODAY, place=ALDER)
    assert [one.need.value for one in found.offers] == ["peer", "shelter_emergency"]
