"""Each filter alone: a known no sets a service aside and is said; what is not known is offered and said."""

from datetime import date, datetime

import pytest

from screening.case import Place
from screening.dates import NumberRange
from screening.services import Gender, Wishes, offer
from tests.services.builders import (
    ALDER,
    OFFICE_HOURS,
    TODAY,
    directory,
    hotline,
    listing,
    need,
    offered,
    reasons,
)

TUESDAY_NOON = datetime(2026, 11, 24, 12, 0)  # noqa: DTZ001 - the clock of the place, without a zone
TUESDAY_NIGHT = datetime(2026, 11, 24, 23, 30)  # noqa: DTZ001


def look(*listings, code="shelter_emergency", **asked):
    return offer([need(code)], directory(*listings), **({"as_of": TODAY, "place": ALDER} | asked))


def cautions(referrals):
    return " ".join(text for one in referrals.offers for text in one.caution)


def test_only_services_for_the_need_are_offered():
    assert offered(look(listing("oak"), listing("elm", needs=["peer"]))) == ["oak"]


@pytest.mark.parametrize(
    ("limits", "age", "fits"),
    [
        ((12, 17), (12, 12), True),
        ((12, 17), (17, 17), True),
        ((12, 17), (11, 11), False),
        ((12, 17), (18, 18), False),
        ((18, None), (17, 17), False),
        ((18, None), (18, 18), True),
        ((None, 17), (18, 18), False),
        ((None, 17), (3, 3), True),
        ((0, None), (90, 90), True),
        ((12, 17), (16, 19), True),
        ((12, 17), (None, 11), False),
        ((12, 17), (18, None), False),
    ],
)
def test_age_today(limits, age, fits):
    found = look(listing(minimum_age=limits[0], maximum_age=limits[1]), age=NumberRange(*age))
    assert bool(found.offers) is fits
    assert ("the person is" in reasons(found, "oak")) is not fits


def test_an_age_that_straddles_the_limit_is_offered_and_said():
    found = look(listing(minimum_age=12, maximum_age=17), age=NumberRange(16, 19))
    assert "It takes people aged 12 to 17; the person may be 16 to 19." in cautions(found)


def test_an_unknown_age_is_offered_and_said():
    found = look(listing(minimum_age=12, maximum_age=17))
    assert "It takes people aged 12 to 17; the person's age is not recorded." in cautions(found)
    assert any("nothing was left out because of age" in note for note in found.notes)


def test_a_service_that_does_not_say_whom_it_takes_is_offered_and_said():
    found = look(listing(minimum_age=None), age=NumberRange(15, 15))
    assert "It is not recorded which ages it takes." in cautions(found)


@pytest.mark.parametrize(
    ("area", "place", "fits"),
    [
        ({"state": "XX", "county": "Alder"}, Place(county="alder county", state="xx"), True),
        ({"state": "XX", "county": "Alder"}, Place(county="Birch", state="XX"), False),
        ({"state": "XX", "county": "Alder"}, Place(county="Alder", state="XY"), False),
        ({"state": "US-XX"}, Place(county="Birch", state="XX"), True),
        ({"state": "XX"}, Place(state="XY"), False),
        ({"country": "US"}, Place(state="US-TN"), True),
        ({"country": "US"}, Place(state="XX"), True),
        ({"country": "US"}, Place(state="GB-EAW"), False),
        ({"country": "US"}, None, True),
        ({"state": "XX"}, None, False),
        ({"state": "XX"}, Place(), False),
    ],
)
def test_place(area, place, fits):
    assert bool(look(listing(service_areas=[area]), place=place).offers) is fits


def test_without_a_county_services_of_the_state_are_offered_and_said():
    found = look(listing(), place=Place(state="XX"))
    assert "It serves only Alder County; the person's county is not recorded." in cautions(found)
    assert any("county is not recorded" in note for note in found.notes)


def test_without_a_place_only_national_lines_are_shown_and_it_is_said():
    found = look(listing(), hotline(), place=None)
    assert offered(found) == ["helpline"]
    assert "No place is recorded, so only national lines are shown." in found.notes


def test_an_urgent_need_wants_a_service_that_is_open_now():
    shelter = listing(schedules=OFFICE_HOURS)
    assert offered(look(shelter, at=TUESDAY_NOON)) == ["oak"]
    night = look(shelter, at=TUESDAY_NIGHT)
    assert offered(night) == []
    assert reasons(night, "oak") == "It is closed now and opens Wednesday at 09:00."


def test_a_need_that_can_wait_is_offered_a_service_that_opens_later():
    for code in ("peer", "legal_defense"):
        found = look(listing(needs=[code], schedules=OFFICE_HOURS), code=code, at=TUESDAY_NIGHT)
        assert offered(found) == ["oak"]
        assert "It is closed now and opens Wednesday at 09:00." in cautions(found)


def test_hours_that_run_past_midnight_cover_the_night():
    evening = [{"byday": ["TU"], "opens_at": "18:00", "closes_at": "02:00"}]
    for day, hour, is_open in (
        (24, 17, False),
        (24, 18, True),
        (25, 1, True),
        (25, 2, False),
        (24, 1, False),
    ):
        moment = datetime(2026, 11, day, hour, 0)  # noqa: DTZ001
        assert bool(look(listing(schedules=evening), at=moment).offers) is is_open, (day, hour)


@pytest.mark.parametrize("schedules", [[], [OFFICE_HOURS[0] | {"zone": "Eastern time"}]])
def test_hours_nobody_can_tell_are_offered_and_said(schedules):
    found = look(listing(schedules=schedules), at=TUESDAY_NIGHT)
    assert offered(found) == ["oak"]
    assert "Whether it is open now is not known." in cautions(found)


def test_without_a_time_nothing_is_left_out_and_hours_are_shown():
    found = look(listing(schedules=OFFICE_HOURS))
    assert found.offers[0].hours == "Open Monday to Friday from 09:00 to 17:00."
    assert any("left out for being closed" in note for note in found.notes)


def test_language():
    only_english = listing(has={"interpreter": "no"})
    spanish = listing("elm", languages=[{"code": "es", "name": "Spanish"}])
    interpreter = listing("fir", has={"interpreter": "yes"})
    unsaid = listing("yew")
    found = look(only_english, spanish, interpreter, unsaid, language="es")
    assert offered(found) == ["elm", "fir", "yew"]
    assert reasons(found, "oak") == "Staff speak only English."
    assert "Staff speak Spanish." in found.offers[0].why
    assert "An interpreter joins" in found.offers[1].why
    assert "not confirmed" in " ".join(found.offers[2].caution)


def test_access():
    steps = listing(location={"accessibility": {"wheelchair": "no"}})
    ramp = listing("elm")
    unsaid = listing("yew", location={"accessibility": {}})
    found = look(steps, ramp, unsaid, access=frozenset({"wheelchair"}))
    assert offered(found) == ["elm", "yew"]
    assert reasons(found, "oak") == "It has no wheelchair access."
    assert "Not confirmed" in " ".join(found.offers[1].caution)


def test_nobody_needs_a_ramp_for_a_phone_call():
    line = listing(location={"location_type": "virtual", "accessibility": {}})
    assert "wheelchair" not in cautions(look(line, access=frozenset({"wheelchair"})))
    assert "deaf" in cautions(look(line, access=frozenset({"deaf"})))


def test_an_access_need_nobody_foresaw_is_said():
    assert "quiet room" in cautions(look(listing(), access=frozenset({"quiet_room"})))


@pytest.mark.parametrize(
    ("room", "fits", "said"),
    [
        ({"state": "full", "dated": date(2026, 11, 24)}, False, "It said it was full on November 24, 2026."),
        ({"state": "full", "dated": date(2026, 11, 22)}, False, "It said it was full on November 22, 2026."),
        ({"state": "full"}, False, "It said it was full."),
        (
            {"state": "full", "dated": date(2026, 11, 21)},
            True,
            "It said it was full on November 21, 2026. Ask again.",
        ),
        ({"state": "waitlist"}, True, "It said it had a waiting list."),
        (
            {"state": "open", "dated": date(2026, 11, 1)},
            True,
            "It said it had room on November 1, 2026. Ask again.",
        ),
    ],
)
def test_room(room, fits, said):
    found = look(listing(room=room))
    assert bool(found.offers) is fits
    assert said in (cautions(found) if fits else reasons(found, "oak"))


def test_room_that_was_just_confirmed_is_a_reason():
    assert "It said it had room" in look(listing(room={"state": "open", "dated": TODAY})).offers[0].why


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_a_service_that_does_not_run_is_set_aside(status):
    found = look(listing(status=status))
    assert (offered(found), "closed" in reasons(found, "oak")) == ([], True)


@pytest.mark.parametrize(
    ("wishes", "attribute", "no", "yes"),
    [
        (Wishes(with_own_child=True), "accepts_own_child", "no", "yes"),
        (Wishes(pregnant=True), "accepts_pregnant", "no", "yes"),
        (Wishes(without_guardian=True), "accepts_without_guardian", "no", "yes"),
        (Wishes(gender=Gender.MALE), "genders", ["female"], ["female", "male"]),
        (Wishes(lgbtq_affirming=True), "lgbtq_affirming", "no", "yes"),
        (Wishes(no_police_reports=True), "reports_to_law_enforcement", "yes", "no"),
    ],
)
def test_wishes(wishes, attribute, no, yes):
    quiet = {"non_punitive": {}, "reports_to_law_enforcement": "not_known"}
    against = listing("ash", has=quiet | {attribute: no})
    fitting = listing("elm", has=quiet | {attribute: yes})
    unsaid = listing("yew", has=quiet)
    found = look(against, fitting, unsaid, wishes=wishes)
    assert offered(found) == ["elm", "yew"]
    assert reasons(found, "ash")
    assert "Ask first." in " ".join(found.offers[1].caution)
    assert set(offered(look(against, fitting, unsaid))) == {"ash", "elm", "yew"}


def test_a_wish_for_open_doors_sets_a_locked_place_aside():
    locked = listing("ash", has={"locked": "yes", "non_punitive": {}})
    found = look(locked, listing("elm", has={"locked": "no"}), wishes=Wishes(not_locked=True))
    assert (offered(found), reasons(found, "ash")) == (["elm"], "It is locked.")
