"""The facts that come from the charge itself: ages and dates at the moments laws name, class, status and stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from screening.case import Case, Charge, OffenseClass
from screening.conditions import FactValue
from screening.conditions.compiled import CodesValue, RangeValue, is_range
from screening.dates import DateRange, age_on, birthday, latest_birth
from screening.law.catalog import Offense
from screening.questionnaire.responses import FactBase
from screening.truth import UNKNOWN, YES

OLDEST = 130
"""Ages above this are not considered; a birth date that is not known allows any age up to it."""

AGE_FACTS = ("age.offense", "age.charged", "age.now")


@dataclass(frozen=True, slots=True)
class Moments:
    """Birth and offense as ranges of days (ordinals, inclusive) and the day of screening; all ages are drawn from these.

    `held` keeps ages inside ranges that birth and offense alone cannot express.
    """

    born: RangeValue
    offense: RangeValue
    today: int
    held: tuple[tuple[str, RangeValue], ...] = ()

    def facts(self) -> dict[str, FactValue] | None:
        """The dated facts as the executor reads them; ages in whole years. None where nothing fits all that is held.

        `age.charged` spans from the offense to the day of screening, since accusation lies somewhere between.
        """
        first, last = self.offense[0], min(self.offense[1], self.today)
        ages = {
            "age.offense": self._between(first, last),
            "age.charged": self._between(first, self.today),
            "age.now": self._between(self.today, self.today),
        }
        for fact, (low, high) in self.held:
            ages[fact] = (max(ages[fact][0], low), min(ages[fact][1], high))
        if self.held:
            ages = _ageing(ages)
        if any(low > high for low, high in ages.values()):
            return None
        return {**ages, "date.offense": self.offense, "date.screening": (self.today, self.today)}

    def _between(self, first: int, last: int) -> RangeValue:
        born_first, born_last = self.born
        youngest = 0 if born_last >= first else _years(born_last, first)
        oldest = OLDEST if born_first <= 1 else _years(born_first, last)
        return max(youngest, 0), max(oldest, 0)

    def narrowed(self, fact: str, within: RangeValue) -> "Moments | None":
        """The same with one of its facts held inside a range; None where nothing is left.

        An age at the act narrows birth and offense date alike, so that law that changed on a birthday stays exact.
        """
        if fact == "date.offense":
            return self._with(self.born, _overlap(self.offense, within), self.held)
        spans = {"age.offense": self.offense, "age.now": (self.today, self.today)}
        first, last = spans.get(fact, (self.offense[0], self.today))
        earliest = _birthday_back(max(first, 1), within[1] + 1) + 1 if within[1] < OLDEST else 1
        born = _overlap(self.born, (earliest, _birthday_back(min(last, self.today), max(within[0], 0))))
        offense = (
            _overlap(self.offense, self._days_aged(born, within)) if fact == "age.offense" else self.offense
        )
        return self._with(born, offense, (*self.held, (fact, within)))

    def _with(
        self, born: RangeValue, offense: RangeValue, held: tuple[tuple[str, RangeValue], ...]
    ) -> "Moments | None":
        return (
            Moments(born, offense, self.today, held)
            if born[0] <= born[1] and offense[0] <= offense[1]
            else None
        )

    def _days_aged(self, born: RangeValue, within: RangeValue) -> RangeValue:
        """The days on which someone born in the range can have an age in `within`."""
        first = _birthday(born[0], within[0]) if within[0] > 0 and born[0] > 1 else self.offense[0]
        last = _birthday(born[1], within[1] + 1) - 1 if within[1] < OLDEST else self.offense[1]
        return first, last


def _ageing(ages: Mapping[str, RangeValue]) -> dict[str, RangeValue]:
    """The same ranges where nobody grows younger from the act to the accusation and to the day of screening."""
    offense, charged, now = (ages[fact] for fact in AGE_FACTS)
    charged = max(charged[0], offense[0]), min(charged[1], now[1])
    now = max(now[0], charged[0]), now[1]
    offense = offense[0], min(offense[1], charged[1])
    return dict(zip(AGE_FACTS, (offense, charged, now), strict=True))


def _overlap(one: RangeValue, other: RangeValue) -> RangeValue:
    return max(one[0], other[0]), min(one[1], other[1])


def _birthday(born: int, years: int) -> int:
    on = date.fromordinal(max(born, 1))
    return birthday(on, years).toordinal() if on.year + years <= date.max.year else date.max.toordinal()


def _years(born: int, day: int) -> int:
    return age_on(date.fromordinal(max(born, 1)), date.fromordinal(max(day, 1)))


def _birthday_back(day: int, years: int) -> int:
    """The last birth date on which someone is `years` old on `day`, as an ordinal; 1 where that lies before the calendar."""
    on = date.fromordinal(max(day, 1))
    return latest_birth(years, on).toordinal() if on.year > years else 1


def possible_birth(case: Case, *, disputed: bool) -> DateRange:
    """The birth dates that are possible; open where none is known. Where the age is in dispute, the date given is only
    the earliest: the person may be any age below it."""
    born = case.person.born or DateRange(None, None)
    return (
        DateRange(born.start, case.as_of)
        if disputed and born.start is not None and born.start == born.end
        else born
    )


def moments_of(case: Case, charge: Charge | None, *, disputed: bool = False) -> Moments:
    """Birth and offense of a charge. No offense date: any day up to the day of screening. No birth date: any age."""
    today = case.as_of.toordinal()
    born = _days(possible_birth(case, disputed=disputed), 1, today)
    offense = _days(charge.date if charge else DateRange(case.as_of, case.as_of), born[0], today)
    return Moments(born, offense, today)


def _days(days: DateRange | None, first: int, last: int) -> RangeValue:
    if days is None:
        return first, last
    return (days.start.toordinal() if days.start else first), (days.end.toordinal() if days.end else last)


def class_facts(offense: Offense) -> CodesValue:
    """The classes of an offense as a fact for duties and rules about statements; an unknown class may be any."""
    if not offense.class_known:
        return frozenset(), None
    sure = frozenset.intersection(*(option.topics | _one(option.severities) for option in offense.options))
    return (
        frozenset(item.value for item in sure),
        frozenset(item.value for option in offense.options for item in option.classes),
    )


def _one(items: frozenset[OffenseClass]) -> frozenset[OffenseClass]:
    return items if len(items) == 1 else frozenset()


def drawn_facts(facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """Facts that follow from others: whoever is under 18 today was under 18 at every earlier sex act, and so was whoever
    was first exploited below that age. A recorded response, also one that differs, is never replaced."""
    if facts.get("exploitation.before_18", UNKNOWN) != UNKNOWN:
        return {}
    young = [facts[name] for name in ("age.now", "onset.age") if name in facts]
    return (
        {"exploitation.before_18": YES} if any(is_range(value) and value[1] < 18 for value in young) else {}
    )


def is_disputed(base: FactBase) -> bool:
    """Whether the person's age is recorded as in dispute; two sources that differ on that are a dispute too."""
    clashing = any(clash.fact == "age.disputed" for clash in base.clashes)
    return clashing or base.person.get("age.disputed") == YES
