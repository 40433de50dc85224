"""The Python executor: one generated function gives the value of every condition of a tree in one pass."""

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import TypeGuard

from screening.conditions.nodes import (
    All,
    Any,
    AtLeast,
    Below,
    Condition,
    From,
    Has,
    In,
    Is,
    Not,
    Open,
    parts,
)

UNBOUNDED = 10**9
"""Stands for 'no limit' at either end of a number or ordinal range."""

BoolValue = int
RangeValue = tuple[int, int]
CodeValue = frozenset[str]
CodesValue = tuple[frozenset[str], frozenset[str] | None]
FactValue = BoolValue | RangeValue | CodeValue | CodesValue
Facts = Mapping[str, FactValue]
"""Facts as the executor reads them. A yes / no fact is a `Truth`; a number or date is an inclusive range `(low, high)`
(dates as ordinals); a code is the set of codes still possible; a set of codes is what it surely holds and what it may
hold (`None`: anything). A fact that is missing is unknown."""


def is_range(value: object) -> TypeGuard[RangeValue]:
    """True for a number or date range as facts hold it."""
    return (
        isinstance(value, tuple)
        and len(value) == 2
        and isinstance(value[0], int)
        and isinstance(value[1], int)
    )


Values = tuple[int, ...]
Evaluator = Callable[[Facts], Values]


def compile_conditions(roots: Sequence[Condition]) -> tuple[Evaluator, tuple[int, ...]]:
    """One function for several trees and, for each tree, the index of its own value in what the function returns.

    The function returns the `Truth` of every node, trees in order and children before parents (the order of `walk`),
    so a whole trace can be rebuilt from it. It never raises for missing facts: a missing fact is unknown.
    """
    writer = _Writer()
    tops = tuple(writer.write(root) for root in roots)
    names = "".join(f"v{i}, " for i in range(writer.size))
    source = "\n".join(
        ["def evaluate(facts):", "    get = facts.get", *writer.lines, f"    return ({names})"]
    )
    scope: dict[str, object] = {
        **writer.constants,
        "_both": (-UNBOUNDED, UNBOUNDED),
        "_any": (frozenset(), None),
    }
    exec(compile(source, "<conditions>", "exec"), scope)  # noqa: S102 - source is made from typed nodes alone, names are quoted
    evaluator = scope["evaluate"]
    if not callable(evaluator):
        raise TypeError("the generated source defines no function")
    return evaluator, tops


class _Writer:
    """Writes one assignment a node; every name in the source is made here, facts appear only as quoted strings."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.constants: dict[str, object] = {}
        self.size = 0
        self._names = count()

    def write(self, node: Condition) -> int:
        below = [self.write(part) for part in parts(node)]
        self.lines.append(self._assignment(node, below, f"v{self.size}"))
        self.size += 1
        return self.size - 1

    def _constant(self, value: object) -> str:
        name = f"c{next(self._names)}"
        self.constants[name] = value
        return name

    def _assignment(  # noqa: C901 - one arm a node of the closed list
        self, node: Condition, below: list[int], target: str
    ) -> str:
        args = ", ".join(f"v{i}" for i in below)
        match node:
            case All():
                return f"    {target} = {_extreme('min', below, empty=2)}"
            case Any():
                return f"    {target} = {_extreme('max', below, empty=0)}"
            case Not():
                return f"    {target} = 2 - {args}"
            case AtLeast(count=wanted):
                return f"    {target} = sorted(({args},), reverse=True)[{wanted - 1}]"
            case Is(fact=fact):
                return f"    {target} = get({fact!r}, 1)"
            case Below(fact=fact, limit=limit):
                return f"    r = get({fact!r}, _both); {target} = 2 if r[1] < {limit} else 0 if r[0] >= {limit} else 1"
            case From(fact=fact, limit=limit):
                return f"    r = get({fact!r}, _both); {target} = 2 if r[0] >= {limit} else 0 if r[1] < {limit} else 1"
            case In(fact=fact, codes=codes):
                name = self._constant(codes)
                value = f"1 if s is None else 2 if s <= {name} else 0 if s.isdisjoint({name}) else 1"
                return f"    s = get({fact!r}); {target} = {value}"
            case Has(fact=fact, code=code):
                value = f"2 if {code!r} in s else 1 if m is None or {code!r} in m else 0"
                return f"    s, m = get({fact!r}, _any); {target} = {value}"
            case Open():
                return f"    {target} = 1"


def _extreme(word: str, below: list[int], *, empty: int) -> str:
    if not below:
        return str(empty)
    if len(below) == 1:
        return f"v{below[0]}"
    return f"{word}({', '.join(f'v{i}' for i in below)})"
