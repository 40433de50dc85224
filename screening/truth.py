"""The only three-valued logic in the house: what is shown, what is ruled out, and what nobody has established."""

from collections.abc import Iterable
from enum import IntEnum


class Truth(IntEnum):
    """Strong Kleene truth (Kleene 1952, section 64), ordered so that *and* is the least and *or* the greatest."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    @property
    def word(self) -> str:
        """The word of the result format: `yes`, `no` or `unknown`."""
        return self.name.lower()


NO, UNKNOWN, YES = Truth
"""The three by their own names, for code that asks for every condition of every charge: looking a member up on its class
costs more than comparing it."""


def negation(value: Truth) -> Truth:
    """YES and NO change places; unknown stays unknown."""
    return Truth(2 - value)


def conjunction(values: Iterable[Truth]) -> Truth:
    """NO if any is NO whatever the rest, else UNKNOWN if any is, else YES; YES for nothing at all."""
    return min(values, default=YES)


def disjunction(values: Iterable[Truth]) -> Truth:
    """YES if any is YES whatever the rest, else UNKNOWN if any is, else NO; NO for nothing at all."""
    return max(values, default=NO)


def at_least(count: int, values: Iterable[Truth]) -> Truth:
    """YES once `count` values are YES, NO once too few can still become so, else UNKNOWN."""
    seen = list(values)
    if sum(value is YES for value in seen) >= count:
        return YES
    return NO if sum(value is not NO for value in seen) < count else UNKNOWN


def agreed(values: Iterable[Truth]) -> Truth:
    """The value on which all agree; UNKNOWN where they differ. At least one value is needed."""
    seen = set(values)
    return seen.pop() if len(seen) == 1 else UNKNOWN
