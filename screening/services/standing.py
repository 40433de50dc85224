"""How far a listing can be relied on: when it was last confirmed, and which of the eight checks it meets."""

from dataclasses import dataclass
from datetime import date

from screening.services.hours import always_open
from screening.services.model import Service
from screening.services.terms import Check, Known, NeedCode

FRESH_DAYS = 365
"""A listing counts as confirmed for twelve months: the yearly check of resource directories."""

FRESH_DAYS_URGENT = 90
"""Shelters and lines that answer day and night change faster, and someone depends on them tonight."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """When a listing was last confirmed. `stale`: too long ago, or nobody knows when."""

    stale: bool
    confirmed: date | None
    words: str


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """One of the eight checks that is not met (`NO`) or not confirmed (`NOT_KNOWN`)."""

    check: Check
    known: Known

    @property
    def words(self) -> str:
        """Which promise is missing, in a sentence."""
        start = "Not so here" if self.known is Known.NO else "Not confirmed"
        return f"{start}: {self.check.words}."


def freshness(service: Service, as_of: date) -> Freshness:
    """How old the last confirmation is on `as_of`; a later one, in a screening opened again, counts as fresh."""
    confirmed = service.assured_date
    if confirmed is None:
        return Freshness(True, None, f"No date of confirmation is recorded. {service.assured_note}")
    days = (as_of - confirmed).days
    urgent = always_open(service.schedules) or NeedCode.SHELTER_EMERGENCY in service.needs
    stale = days > (FRESH_DAYS_URGENT if urgent else FRESH_DAYS)
    words = f"Last confirmed {_ago(days)} ({date_words(confirmed)})."
    return Freshness(stale, confirmed, f"{words} It may have changed since." if stale else words)


def failed_checks(service: Service) -> tuple[FailedCheck, ...]:
    """The checks that keep a service from being called non-punitive; none recorded counts as not confirmed."""
    known = service.attributes.non_punitive
    answers = ((check, known.get(check, Known.NOT_KNOWN)) for check in Check)
    return tuple(FailedCheck(check, answer) for check, answer in answers if answer is not Known.YES)


def date_words(day: date) -> str:
    """A date in full words: `May 3, 2026`."""
    return f"{day:%B} {day.day}, {day.year}"


def _ago(days: int) -> str:
    if days < 0:
        return "after the day of this screening"
    return {0: "today", 1: "1 day ago"}.get(days, f"{days} days ago")
