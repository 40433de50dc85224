"""The shipped packs: national lines as they were established, and a made-up county with something for every need."""

import json
import re
from datetime import datetime

import pytest

from screening.case import Place
from screening.dates import NumberRange
from screening.services import NeedCode, Wishes, load_directory, load_needs, needs_from, offer
from screening.services.terms import Confidence, Kind, Known, Privilege, Status
from tests.services.builders import ALDER, TODAY, offered, reasons

DIRECTORY = load_directory()
NEEDS = load_needs()
REAL = [one for one in DIRECTORY.listings if not one.fictional]
MADE_UP = [one for one in DIRECTORY.listings if one.fictional]
NIGHT = datetime(2026, 11, 24, 23, 30)  # noqa: DTZ001 - the clock of the place, without a zone


def look(*codes, **asked):
    needs = needs_from({}, NEEDS, stated=codes)
    return offer(needs, DIRECTORY, **({"as_of": TODAY, "place": ALDER} | asked))


def named(name):
    return next(one for one in DIRECTORY.listings if one.service.id == name)


def test_there_are_listings_of_both_kinds():
    assert len(REAL) >= 11
    assert len(MADE_UP) >= 15
    assert {stamp.id for stamp in DIRECTORY.packs} == {"national", "demo-county"}
    assert all(re.fullmatch("[0-9a-f]{64}", stamp.digest) for stamp in (*DIRECTORY.packs, NEEDS.pack))


def test_what_is_shown_of_the_national_lines():
    shown = {one.service.id for one in REAL if one.is_shown and one.is_help}
    assert shown == {"national-human-trafficking-hotline", "childhelp-hotline", "otip-child-protection"}


@pytest.mark.parametrize("place", [None, ALDER, Place(county="Davidson", state="US-TN")], ids=repr)
def test_no_number_from_memory_and_no_tip_line_in_any_offer(place):
    everything = json.dumps(look(*NeedCode, place=place).to_dict())
    hidden = [
        phone.number
        for one in REAL
        for phone in one.service.phones
        if not one.is_shown or not one.is_help or phone.confidence is Confidence.RECALL
    ]
    assert len(hidden) >= 9
    for number in hidden:
        assert f'"{number}"' not in everything
        assert f" {number}." not in everything


def test_lines_that_take_reports_are_marked():
    assert {one.service.id for one in REAL if one.service.kind is Kind.TAKES_REPORTS} == {
        "hsi-tip-line",
        "ncmec-reports",
    }


def test_every_national_line_has_a_source_or_is_hidden_and_says_when_it_was_confirmed():
    for one in REAL:
        assert one.service.sources or one.service.confidence is Confidence.RECALL, one.service.id
        assert one.service.assured_date or one.service.assured_note, one.service.id


def test_the_hotline_says_whom_it_may_tell():
    found = look("safety", place=None)
    (hotline,) = found.offers
    assert hotline.phones[0].number == "1-888-373-7888"
    assert "It may tell the police when the law permits or requires it." in " ".join(hotline.caution)
    assert hotline.non_punitive == "conditional"


def test_a_real_place_is_never_offered_a_made_up_provider():
    for state in ("US-TN", "US-NY", "US", "GB-EAW"):
        found = look(*NeedCode, place=Place(county="Alder", state=state))
        assert not any(one.fictional for one in found.offers)
        assert not any(aside.id == one.service.id for aside in found.set_aside for one in MADE_UP)


@pytest.mark.parametrize("code", list(NeedCode))
def test_the_made_up_county_has_something_for_every_need(code):
    found = [one for one in MADE_UP if code in one.service.needs and one.service.kind is Kind.DIRECT]
    assert found
    assert any(look(code).offers)


def test_made_up_numbers_ring_nowhere():
    numbers = [phone.number for one in MADE_UP for phone in one.service.phones]
    assert all(re.fullmatch("555-01[0-9]{2}", number) for number in numbers)


def test_the_made_up_county_holds_the_awkward_kinds_of_provider():
    has = {one.service.id: one.service.attributes for one in MADE_UP}
    assert any(place.confidential for place in named("heron-house-beds").locations)
    assert has["stone-lodge-beds"].locked is Known.YES
    assert has["willow-court-homes"].accepts_own_child is Known.NO
    assert has["alder-victim-desk"].privilege is Privilege.SYSTEM
    assert has["bridges-mentors"].survivor_led is Known.YES
    assert all(one.service.status is Status.ACTIVE for one in MADE_UP)


def test_a_child_at_night_is_offered_the_confidential_shelter_first():
    found = look("shelter_emergency", age=NumberRange(15, 15), at=NIGHT)
    assert offered(found)[0] == "heron-house-beds"
    assert "people aged 18 and over" in reasons(found, "maple-house-beds")
    assert "It said it was full." in reasons(found, "maple-house-beds")


def test_the_locked_place_is_never_first_and_says_what_it_is():
    found = look("shelter_emergency", age=NumberRange(15, 15))
    assert offered(found)[0] != "stone-lodge-beds"
    alone = look("shelter_emergency", age=NumberRange(13, 13), wishes=Wishes(not_locked=True))
    assert reasons(alone, "stone-lodge-beds") == "It is locked."


def test_help_that_wants_cooperation_is_conditional_and_comes_last():
    found = look("substance_use", age=NumberRange(17, 17))
    assert offered(found) == ["riverside-treatment", "new-start-counseling"]
    assert "offered_without_cooperation" in found.to_dict()["offers"][1]["failed"]


def test_a_clinic_that_is_closed_at_night_leaves_none_available():
    found = look("substance_use", age=NumberRange(15, 15), at=NIGHT)
    assert offered(found) == []
    assert [none.need.value for none in found.none_available] == ["substance_use"]
    assert "opens Wednesday at 09:00" in reasons(found, "riverside-treatment")


def test_the_stale_kitchen_is_ranked_down_and_says_so():
    found = look("basic_needs")
    ids = offered(found)
    assert "night-kitchen-meals" not in ids[:2]
    words = " ".join(text for one in found.offers for text in one.caution) + reasons(
        found, "night-kitchen-meals"
    )
    assert "Last confirmed 906 days ago (June 1, 2024)." in words
