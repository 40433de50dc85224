"""Makes one typed fact of what several sources say, and tells when they contradict each other."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from screening.case import Answer, ItemKind, Value
from screening.conditions import UNBOUNDED, FactValue
from screening.dates import DateRange, NumberRange
from screening.truth import Truth

Merged = tuple[FactValue | None, bool]
"""The fact as the executor reads it (None: unknown), and whether the sources contradict each other."""

_UNKNOWN = frozenset({Answer.NOT_KNOWN, Answer.NOT_ASKED, Answer.DECLINED, Answer.NOT_APPLICABLE})


def merged(kind: ItemKind, values: Sequence[Value]) -> Merged:
    """One fact from all responses to it. Unknown answers give way to known ones; nothing known gives no fact.

    Yes against no is unknown. Ranges that overlap narrow each other; ranges that do not, and differing codes, leave all
    that was said possible. Of sets of codes, what all name is sure and what any names is possible.
    """
    return _MERGERS[kind](values)


def is_known(value: Value) -> bool:
    """False for the four answers that tell nothing: not known, not asked, declined, not applicable."""
    return not (isinstance(value, Answer) and value in _UNKNOWN)


def value_text(value: Value) -> str:
    """A value as text: the word of an answer, a number or day, `14 to 17`, `14 or more`, a code, codes with commas."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, NumberRange):
        return _span(_plain(value.low), _plain(value.high))
    if isinstance(value, DateRange):
        return _span(_plain(value.start), _plain(value.end))
    return ", ".join(sorted(value))


def _plain(end: int | date | None) -> str | None:
    return None if end is None else str(end)


def _span(low: str | None, high: str | None) -> str:
    if low is not None and low == high:
        return low
    if low is None:
        return f"{high} or less" if high is not None else "any"
    return f"{low} or more" if high is None else f"{low} to {high}"


def _truth(values: Sequence[Value]) -> Merged:
    yes, no = Answer.YES in values, Answer.NO in values
    if yes and no:
        return Truth.UNKNOWN, True
    if yes or no:
        return Truth.YES if yes else Truth.NO, False
    return None, False


def _range(ranges: Sequence[tuple[int, int]]) -> Merged:
    if not ranges:
        return None, False
    low, high = max(start for start, _ in ranges), min(end for _, end in ranges)
    if low <= high:
        return (low, high), False
    return (min(start for start, _ in ranges), max(end for _, end in ranges)), True


def _number(values: Sequence[Value]) -> Merged:
    return _range(
        [
            (-UNBOUNDED if value.low is None else value.low, UNBOUNDED if value.high is None else value.high)
            for value in values
            if isinstance(value, NumberRange)
        ]
    )


def _date(values: Sequence[Value]) -> Merged:
    return _range(
        [
            (
                value.start.toordinal() if value.start else -UNBOUNDED,
                value.end.toordinal() if value.end else UNBOUNDED,
            )
            for value in values
            if isinstance(value, DateRange)
        ]
    )


def _code(values: Sequence[Value]) -> Merged:
    said = frozenset(
        str(value) for value in values if isinstance(value, str) and not isinstance(value, Answer)
    )
    return (said, len(said) > 1) if said else (None, False)


def _codes(values: Sequence[Value]) -> Merged:
    said = [value for value in values if isinstance(value, frozenset)]
    if not said:
        return None, False
    sure, possible = frozenset.intersection(*said), frozenset.union(*said)
    return (sure, possible), sure != possible


_MERGERS: Mapping[ItemKind, Callable[[Sequence[Value]], Merged]] = {
    ItemKind.BOOL: _truth,
    ItemKind.NUMBER: _number,
    ItemKind.DATE: _date,
    ItemKind.CODE: _code,
    ItemKind.CODES: _codes,
}
