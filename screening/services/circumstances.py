"""What matching is told about the person: age, place and wishes; nothing of a charge, a finding or an answer."""

from dataclasses import dataclass

from screening.case import Place
from screening.dates import NumberRange
from screening.services.terms import Gender

ADULT = 18
_OLDEST = 200


def ages_between(age: NumberRange | None) -> tuple[int, int] | None:
    """The lowest and highest age possible today in whole years; None where nothing is known of it."""
    if age is None or (age.low is None and age.high is None):
        return None
    return age.low or 0, _OLDEST if age.high is None else age.high


def may_be_minor(age: NumberRange | None) -> bool:
    """True unless the person is surely 18 or over: an age nobody knows may be a child's."""
    ages = ages_between(age)
    return ages is None or ages[0] < ADULT


def is_minor(age: NumberRange | None) -> bool:
    """True where the person is surely under 18."""
    ages = ages_between(age)
    return ages is not None and ages[1] < ADULT


def age_words(ages: tuple[int, int]) -> str:
    """An age as people say it: `15`, `15 to 17`, `18 or over`."""
    low, high = ages
    if low == high:
        return str(low)
    return f"{low} or over" if high == _OLDEST else f"{low} to {high}"


def state_of(place: Place | None) -> str | None:
    """The state with its country, None if not given. A code without a country is one of the US: `TN` is `US-TN`."""
    return full_state(place.state) if place is not None and place.state else None


def full_state(code: str) -> str:
    """A state code with its country, in capitals."""
    plain = code.strip().upper()
    return plain if "-" in plain or plain == "US" else f"US-{plain}"


def county_key(name: str) -> str:
    """A county's name for comparing, whatever the spelling: without the word itself, case and spare blanks."""
    return " ".join(name.casefold().split()).removesuffix(" county")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for, or who comes along. Left out means nothing was said, and sets nothing aside."""

    with_own_child: bool = False
    pregnant: bool = False
    without_guardian: bool = False
    gender: Gender | None = None
    lgbtq_affirming: bool = False
    not_locked: bool = False
    no_police_reports: bool = False
    pickup: bool = False
    survivor_led: bool = False


NO_WISHES = Wishes()
"""Nothing was said."""
