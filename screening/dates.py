"""Ages and dates as law counts them: in whole years, with ranges where a day is not known; nothing reads a clock."""

from dataclasses import dataclass
from datetime import date, timedelta

from screening.truth import Truth


@dataclass(frozen=True, slots=True)
class DateRange:
    """One day somewhere between `start` and `end`, both included; None leaves that side open."""

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"the range runs backwards: {self.start} to {self.end}")

    @property
    def is_exact(self) -> bool:
        """True where only one day is possible."""
        return self.start is not None and self.start == self.end


@dataclass(frozen=True, slots=True)
class NumberRange:
    """One whole number somewhere between `low` and `high`, both included; None leaves that side open."""

    low: int | None
    high: int | None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.high < self.low:
            raise ValueError(f"the range runs backwards: {self.low} to {self.high}")

    @property
    def is_exact(self) -> bool:
        """True where only one number is possible."""
        return self.low is not None and self.low == self.high


@dataclass(frozen=True, slots=True)
class Period:
    """When a text is in force, first and last day included. `start` None: not established, then `text_seen_from` is
    the date of the oldest text that shows the wording; `end` None: no end is known."""

    start: date | None
    text_seen_from: date | None = None
    end: date | None = None

    def covers(self, days: DateRange) -> Truth:
        """In force on a day of which only the range is known: YES on all of them, NO on none, else UNKNOWN.

        An unknown start is never NO: before the oldest text seen it is UNKNOWN.
        """
        if self.start and days.end and days.end < self.start:
            return Truth.NO
        if self.end and days.start and days.start > self.end:
            return Truth.NO
        begins = self.start or self.text_seen_from
        begun = begins is not None and days.start is not None and days.start >= begins
        lasting = self.end is None or (days.end is not None and days.end <= self.end)
        return Truth.YES if begun and lasting else Truth.UNKNOWN


def age_on(born: date, day: date) -> int:
    """Age in whole years, negative before birth.

    Someone born on 29 February completes a year on 1 March where the year has no such day. Jurisdictions differ on
    that one day; this house takes the later one, on which the person is still the younger.
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_range(born: DateRange, on: DateRange) -> NumberRange:
    """The ages possible on a day within `on`; None where a range is open on the side that decides. Never below 0."""
    low = max(age_on(born.end, on.start), 0) if born.end and on.start else None
    high = max(age_on(born.start, on.end), 0) if born.start and on.end else None
    return NumberRange(low, high)


def birthday(born: date, years: int) -> date:
    """The day on which someone completes `years` years (1 March for 29 February, see `age_on`)."""
    year = born.year + years
    return (
        date(year, 3, 1)
        if (born.month, born.day) == (2, 29) and not _is_leap(year)
        else born.replace(year=year)
    )


def latest_birth(years: int, day: date) -> date:
    """The last birth date of someone who is `years` old, or older, on `day`."""
    year = day.year - years
    return (
        date(year, 2, 28)
        if (day.month, day.day) == (2, 29) and not _is_leap(year)
        else day.replace(year=year)
    )


def birth_range(ages: NumberRange, day: date) -> DateRange:
    """The birth dates of someone whose age on `day` lies within `ages`; an open age leaves its side open."""
    start = None if ages.high is None else latest_birth(ages.high + 1, day) + timedelta(days=1)
    end = None if ages.low is None else latest_birth(ages.low, day)
    return DateRange(start, end)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
