"""The Python executor: one generated function gives the value of every condition of a tree in one pass."""

from collections.abc import Callable, Mapping, Sequence
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
    so a whole trace can be rebuilt from it. It never raises for missing facts: a missing fact is unknown. A fact that
    many nodes read is fetched once, and nodes that say the same share one value.
    """
    writer = _Writer()
    tops = tuple(writer.write(root) for root in roots)
    values = "".join(f"{name}, " for name in writer.values)
    source = "\n".join(
        ["def evaluate(facts):", "    get = facts.get", *writer.lines, f"    return ({values})"]
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
    """Writes the lines of the function; every name in the source is made here, facts appear only as quoted strings.

    `values` holds, for each node in order, the name of the variable with its truth.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.constants: dict[str, object] = {}
        self.values: list[str] = []
        self._names: dict[str, str] = {}
        self._codes: dict[frozenset[str], str] = {}

    def write(self, node: Condition) -> int:
        below = [self.values[self.write(part)] for part in parts(node)]
        self.values.append(self._held(self._truth(node, below)))
        return len(self.values) - 1

    def _held(self, expression: str) -> str:
        """The variable that holds the expression; nodes with the same one share it."""
        return expression if expression.isalnum() else self._once(expression, "v{n}")

    def _once(self, expression: str, target: str) -> str:
        """What was assigned the expression, in one line however often it is asked for."""
        if expression not in self._names:
            name = target.format(n=len(self._names))
            self.lines.append(f"    {name} = {expression}")
            self._names[expression] = name
        return self._names[expression]

    def _named_codes(self, codes: frozenset[str]) -> str:
        if codes not in self._codes:
            self._codes[codes] = f"c{len(self._codes)}"
            self.constants[self._codes[codes]] = codes
        return self._codes[codes]

    def _truth(  # noqa: C901 - one arm a node of the closed list
        self, node: Condition, below: list[str]
    ) -> str:
        match node:
            case All():
                return _least(below)
            case Any():
                return _greatest(below)
            case Not():
                return f"2 - {below[0]}"
            case AtLeast(count=wanted):
                return f"sorted(({', '.join(below)},), reverse=True)[{wanted - 1}]"
            case Is(fact=fact):
                return self._once(f"get({fact!r}, 1)", "f{n}")
            case Below(fact=fact, limit=limit):
                low, high = self._once(f"get({fact!r}, _both)", "l{n}, h{n}").split(", ")
                return f"2 if {high} < {limit} else 0 if {low} >= {limit} else 1"
            case From(fact=fact, limit=limit):
                low, high = self._once(f"get({fact!r}, _both)", "l{n}, h{n}").split(", ")
                return f"2 if {low} >= {limit} else 0 if {high} < {limit} else 1"
            case In(fact=fact, codes=codes):
                held, named = self._once(f"get({fact!r})", "s{n}"), self._named_codes(codes)
                return f"1 if {held} is None else 2 if {held} <= {named} else 0 if {held}.isdisjoint({named}) else 1"
            case Has(fact=fact, code=code):
                sure, may = self._once(f"get({fact!r}, _any)", "s{n}, m{n}").split(", ")
                return f"2 if {code!r} in {sure} else 1 if {may} is None or {code!r} in {may} else 0"
            case Open():
                return "1"


def _least(below: list[str]) -> str:
    """The least of truths. Where none is 0, their common bits are 2 if all are 2, 1 if all are 1, and 0 if they differ."""
    if len(below) < 2:
        return below[0] if below else "2"
    return f"{' and '.join(below)} and ({' & '.join(below)} or 1)"


def _greatest(below: list[str]) -> str:
    """The greatest of truths. Their bits together are 2 or 3 if some is 2, else 1 or 0, which is the answer itself."""
    if len(below) < 2:
        return below[0] if below else "0"
    return f"(some := {' | '.join(below)}) & 2 or some"
