"""Whether one service fits one person, filter by filter: only a known *no* sets it aside, what is not known is said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from screening.case import Place
from screening.dates import NumberRange
from screening.services.circumstances import (
    NO_WISHES,
    Wishes,
    age_words,
    ages_between,
    county_key,
    full_state,
    state_of,
)
from screening.services.directory import Listing
from screening.services.hours import hours_words, next_opening, open_at, opening_words
from screening.services.model import Service, ServiceArea
from screening.services.standing import date_words
from screening.services.terms import Access, Known, Reports, RoomState, Status
from screening.truth import NO, UNKNOWN, YES, Truth, disjunction, negation

ROOM_HOLDS_DAYS = 2
"""A provider's word that it is full counts for so many days; after that, ask again."""

_TRUTH = {Known.YES: YES, Known.NO: NO, Known.NOT_KNOWN: UNKNOWN}
_ACCESS_WORDS = {
    Access.WHEELCHAIR: "wheelchair access",
    Access.DEAF: "access for deaf people",
    Access.BLIND: "access for blind people",
    Access.PLAIN_LANGUAGE: "plain language",
    Access.SERVICE_ANIMAL: "room for a service animal",
}
_ON_THE_WAY = frozenset({Access.WHEELCHAIR, Access.SERVICE_ANIMAL})
"""Access that does not matter where nobody has to go anywhere."""

_ROOM = {
    RoomState.OPEN: ("said it had room", YES),
    RoomState.WAITLIST: ("said it had a waiting list", UNKNOWN),
    RoomState.FULL: ("said it was full", NO),
}
_WISH_WORDS = {
    "own_child": ("It takes parents with their child.", "It takes no parents with children."),
    "pregnant": ("It takes people who are pregnant.", "It takes nobody who is pregnant."),
    "guardian": ("It takes young people without a guardian.", "It takes nobody under 18 without a guardian."),
    "gender": ("It takes people of this gender.", "It does not take people of this gender."),
    "lgbtq": ("It welcomes LGBTQ+ people.", "It is not set up for LGBTQ+ people."),
    "locked": ("Its doors are open.", "It is locked."),
    "police": ("It tells the police nothing.", "It tells the police what it hears."),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the directory: who, where, when, with what wishes; None and empty mean not known or not said."""

    as_of: date
    age: NumberRange | None = None
    place: Place | None = None
    at: datetime | None = None
    language: str | None = None
    access: frozenset[str] = frozenset()
    wishes: Wishes = NO_WISHES


@dataclass(frozen=True, slots=True)
class Fit:
    """What one filter says: `words` go to *why* where it is yes, to *caution* where unknown, to the reason where no."""

    name: str
    truth: Truth
    words: str


def fits_of(listing: Listing, asked: Asked, *, closed_is_no_help: bool) -> tuple[Fit, ...]:
    """Every filter that applies to a service once need and place fit, in the order in which people read them."""
    service = listing.service
    return (
        *_status(service),
        _age(service, asked.age),
        *_hours(service, asked.at, closed_is_no_help=closed_is_no_help),
        *_room(service, asked.as_of),
        *_language(service, asked.language),
        *_access(listing, asked.access),
        *_wishes(service, asked.wishes),
    )


def place_fits(service: Service, place: Place | None) -> Truth:
    """Whether the service reaches the place. No place: lines of a whole country only, for nobody knows what is near."""
    return disjunction(_area_fits(area, place) for area in service.service_areas)


def _area_fits(area: ServiceArea, place: Place | None) -> Truth:
    state = state_of(place)
    if place is None or state is None:
        return NO if area.country is None else YES
    if area.country is not None:
        return YES if area.country == state.partition("-")[0] else NO
    if area.state is None or full_state(area.state) != state:
        return NO
    if area.county is None:
        return YES
    if not place.county:
        return UNKNOWN
    return YES if county_key(area.county) == county_key(place.county) else NO


def _status(service: Service) -> Iterator[Fit]:
    if service.status is not Status.ACTIVE:
        closed = service.status is Status.TEMPORARILY_CLOSED
        yield Fit("status", NO, "It is closed for the time being." if closed else "It has closed.")


def _age(service: Service, age: NumberRange | None) -> Fit:
    lowest, highest = service.minimum_age, service.maximum_age
    if lowest is None and highest is None:
        return Fit("age", UNKNOWN, "It is not recorded which ages it takes.")
    takes = f"It takes {_ages(lowest, highest)}"
    if not lowest and highest is None:
        return Fit("age", YES, f"{takes}.")
    ages = ages_between(age)
    if ages is None:
        return Fit("age", UNKNOWN, f"{takes}; the person's age is not recorded.")
    low, high = lowest or 0, max(ages) if highest is None else highest
    if ages[1] < low or ages[0] > high:
        return Fit("age", NO, f"{takes}; the person is {age_words(ages)}.")
    if low <= ages[0] and ages[1] <= high:
        return Fit("age", YES, f"{takes}.")
    return Fit("age", UNKNOWN, f"{takes}; the person may be {age_words(ages)}.")


def _ages(lowest: int | None, highest: int | None) -> str:
    if highest is None:
        return f"people aged {lowest} and over" if lowest else "people of every age"
    return f"people aged {lowest} to {highest}" if lowest else f"people up to the age of {highest}"


def _hours(service: Service, at: datetime | None, *, closed_is_no_help: bool) -> Iterator[Fit]:
    if at is None:
        return
    is_open = open_at(service.schedules, at)
    if is_open is YES:
        yield Fit("hours", YES, "It is open now.")
    elif is_open is UNKNOWN:
        yield Fit("hours", UNKNOWN, f"Whether it is open now is not known. {hours_words(service.schedules)}")
    else:
        opening = next_opening(service.schedules, at)
        words = f"It is closed now and opens {opening_words(opening)}." if opening else "It is closed now."
        yield Fit("hours", NO if closed_is_no_help else UNKNOWN, words)


def _room(service: Service, as_of: date) -> Iterator[Fit]:
    room = service.room
    if room.state is RoomState.NOT_KNOWN:
        return
    words, truth = _ROOM[room.state]
    if room.dated is None:
        yield Fit("room", truth, f"It {words}.")
    elif (as_of - room.dated).days <= ROOM_HOLDS_DAYS:
        yield Fit("room", truth, f"It {words} on {date_words(room.dated)}.")
    else:
        yield Fit("room", UNKNOWN, f"It {words} on {date_words(room.dated)}. Ask again.")


def _language(service: Service, code: str | None) -> Iterator[Fit]:
    if code is None:
        return
    wanted = code.casefold()
    spoken = {language.code: language.name for language in service.languages}
    if wanted in spoken:
        yield Fit("language", YES, f"Staff speak {spoken[wanted]}.")
    elif service.attributes.interpreter is Known.YES:
        yield Fit("language", YES, "An interpreter joins for other languages.")
    elif spoken and service.attributes.interpreter is Known.NO:
        yield Fit("language", NO, f"Staff speak only {_listed(sorted(spoken.values()))}.")
    else:
        yield Fit("language", UNKNOWN, "Whether staff speak the person's language is not confirmed.")


def _access(listing: Listing, wanted: frozenset[str]) -> Iterator[Fit]:
    virtual = bool(listing.locations) and all(place.location_type == "virtual" for place in listing.locations)
    for code in sorted(wanted - _ON_THE_WAY if virtual else wanted):
        words = next(
            (words for access, words in _ACCESS_WORDS.items() if access == code), code.replace("_", " ")
        )
        given = [
            answer
            for place in listing.locations
            for key, answer in place.accessibility.items()
            if key == code
        ]
        truth = disjunction(_TRUTH[answer] for answer in given) if given else UNKNOWN
        yield Fit(f"access.{code}", truth, _said(truth, f"It has {words}.", f"It has no {words}."))


def _wishes(service: Service, wishes: Wishes) -> Iterator[Fit]:
    has = service.attributes
    told = {Reports.YES: NO, Reports.NO: YES}.get(has.reports_to_law_enforcement, UNKNOWN)
    wished = {
        "own_child": (wishes.with_own_child, _TRUTH[has.accepts_own_child]),
        "pregnant": (wishes.pregnant, _TRUTH[has.accepts_pregnant]),
        "guardian": (wishes.without_guardian, _TRUTH[has.accepts_without_guardian]),
        "gender": (wishes.gender is not None, _gender(service, wishes)),
        "lgbtq": (wishes.lgbtq_affirming, _TRUTH[has.lgbtq_affirming]),
        "locked": (wishes.not_locked, negation(_TRUTH[has.locked])),
        "police": (wishes.no_police_reports, told),
    }
    for name, (is_wished, truth) in wished.items():
        if is_wished:
            yield Fit(name, truth, _said(truth, *_WISH_WORDS[name]))


def _gender(service: Service, wishes: Wishes) -> Truth:
    genders = service.attributes.genders
    if not genders:
        return UNKNOWN
    return YES if wishes.gender in genders else NO


def _said(truth: Truth, yes: str, no: str) -> str:
    return {YES: yes, NO: no, UNKNOWN: f'Not confirmed: "{yes}" Ask first.'}[truth]


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
