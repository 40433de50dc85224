"""Opening hours: whether a service is open at a time, when it opens next, and the hours in words."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from screening.services.model import Schedule
from screening.services.terms import Day
from screening.truth import Truth

_DAYS = tuple(Day)
_NAMES = {
    Day.MO: "Monday",
    Day.TU: "Tuesday",
    Day.WE: "Wednesday",
    Day.TH: "Thursday",
    Day.FR: "Friday",
    Day.SA: "Saturday",
    Day.SU: "Sunday",
}
_WHOLE_DAY = 24 * 60
_WEEK = 7


def always_open(schedules: Sequence[Schedule]) -> bool:
    """True where the hours cover every minute of the week."""
    covered = {
        day for schedule in schedules if _minutes(schedule) == (0, _WHOLE_DAY) for day in schedule.byday
    }
    return covered == set(_DAYS)


def open_at(schedules: Sequence[Schedule], moment: datetime) -> Truth:
    """Whether the service is open at `moment`, read on the clock of the place (a zone in it is not looked at).

    Unknown where no hours are recorded, and where the only hours that could cover it run on another clock.
    """
    if not schedules or (any(one.zone for one in schedules) and not always_open(schedules)):
        return Truth.UNKNOWN
    return Truth.YES if any(_covers(one, moment) for one in schedules) else Truth.NO


def next_opening(schedules: Sequence[Schedule], moment: datetime) -> datetime | None:
    """The next time it opens after `moment`, within a week; None where no hours are recorded."""
    midnight = datetime.combine(moment.date(), datetime.min.time(), moment.tzinfo)
    starts = (
        midnight + timedelta(days=ahead, minutes=_minutes(one)[0])
        for ahead in range(_WEEK + 1)
        for one in schedules
        if _DAYS[(moment.weekday() + ahead) % _WEEK] in one.byday
    )
    return min((start for start in starts if start > moment), default=None)


def hours_words(schedules: Sequence[Schedule]) -> str:
    """The hours as people say them."""
    if not schedules:
        return "Hours are not recorded."
    if always_open(schedules):
        return "Open day and night, every day."
    return f"Open {'; '.join(_schedule_words(one) for one in schedules)}."


def opening_words(moment: datetime) -> str:
    """A next opening: `Monday at 09:00`."""
    return f"{_NAMES[_DAYS[moment.weekday()]]} at {moment:%H:%M}"


def _schedule_words(schedule: Schedule) -> str:
    zone = f" ({schedule.zone})" if schedule.zone else ""
    if _minutes(schedule) == (0, _WHOLE_DAY):
        return f"{_days_words(schedule.byday)} all day{zone}"
    return f"{_days_words(schedule.byday)} from {schedule.opens_at} to {schedule.closes_at}{zone}"


def _days_words(days: Sequence[Day]) -> str:
    places = sorted(_DAYS.index(day) for day in set(days))
    if len(places) == _WEEK:
        return "every day"
    names = [_NAMES[_DAYS[place]] for place in places]
    if len(places) > 2 and places == list(range(places[0], places[-1] + 1)):
        return f"{names[0]} to {names[-1]}"
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _covers(schedule: Schedule, moment: datetime) -> bool:
    opens, closes = _minutes(schedule)
    now = moment.hour * 60 + moment.minute
    today = _DAYS[moment.weekday()] in schedule.byday
    yesterday = _DAYS[moment.weekday() - 1] in schedule.byday
    return (today and opens <= now < closes) or (yesterday and now + _WHOLE_DAY < closes)


def _minutes(schedule: Schedule) -> tuple[int, int]:
    """Opening and closing in minutes from midnight; past midnight counts on."""
    opens, closes = _clock(schedule.opens_at), _clock(schedule.closes_at)
    return opens, closes if closes > opens else closes + _WHOLE_DAY


def _clock(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)
