"""Small made-up providers and needs, each with everything in order, so that a test changes one thing."""

from datetime import date

from screening.case import Place
from screening.services import Directory, Listing, Need, NeedCode, Why, load_needs
from screening.services.model import Attributes, Location, Organization, Service
from screening.services.terms import Check

TODAY = date(2026, 11, 24)
ALDER = Place(county="Alder", state="XX")
EVERY_DAY = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
DAY_AND_NIGHT = [{"byday": EVERY_DAY, "opens_at": "00:00", "closes_at": "24:00"}]
OFFICE_HOURS = [{"byday": ["MO", "TU", "WE", "TH", "FR"], "opens_at": "09:00", "closes_at": "17:00"}]
ALL_MET = dict.fromkeys(Check, "yes")
NEEDS = load_needs()


def attributes(**changes):
    """Everything confirmed, nothing told to the police."""
    given = {"non_punitive": ALL_MET, "reports_to_law_enforcement": "no", "mandated_reporter": "no"}
    return Attributes.model_validate(given | changes)


def listing(name="oak", *, location=None, has=None, fictional=False, **changes):
    """A service of one provider with one open place."""
    place = {"id": f"{name}-place", "accessibility": {"wheelchair": "yes"}} | (location or {})
    given = {
        "id": name,
        "name": f"{name.title()} beds",
        "description": "Beds.",
        "needs": ["shelter_emergency"],
        "service_areas": [{"state": "XX", "county": "Alder"}],
        "phones": [{"number": "555-0100"}],
        "schedules": DAY_AND_NIGHT,
        "languages": [{"code": "en", "name": "English"}],
        "minimum_age": 0,
        "at": [f"{name}-place"],
        "confidence": "primary",
        "assured_date": date(2026, 11, 1),
        "attributes": attributes(**(has or {})),
    }
    service = Service.model_validate(given | changes)
    organization = Organization(
        id=f"{name}-org",
        name=f"{name.title()} House",
        description="A provider.",
        locations=(Location.model_validate(place),),
        services=(service,),
    )
    return Listing(organization, service, fictional)


def hotline(name="helpline", **changes):
    """A national line that helps to look for a bed."""
    national = {"kind": "connects", "service_areas": [{"country": "US"}]}
    return listing(name, **({"location": {"location_type": "virtual"}} | national | changes))


def directory(*listings):
    return Directory(tuple(listings))


def need(code="shelter_emergency"):
    return Need(NEEDS.kind(NeedCode(code)), Why.STATED)


def offered(referrals):
    """The ids of what is offered, in order."""
    return [offer.id for offer in referrals.offers]


def reasons(referrals, service):
    """Why a service was set aside, in one text."""
    return " ".join(
        reason for aside in referrals.set_aside if aside.id == service for reason in aside.reasons
    )
