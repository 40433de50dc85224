"""Condition trees and facts in the words of CEL, so that cel-expr-python can give the verdicts of whole packs."""

import re
from collections.abc import Iterable, Mapping
from itertools import combinations

from cel_expr_python import cel

from screening.conditions import (
    All,
    Any,
    AtLeast,
    Below,
    Condition,
    FactValue,
    From,
    Has,
    In,
    Is,
    Not,
    Open,
    walk,
)
from screening.conditions.compiled import is_range

NEVER_KNOWN = "open_point"


def variable(fact: str, code: str = "") -> str:
    return re.sub(r"\W", "_", f"f_{fact}__{code}" if code else f"f_{fact}")


def text(node: Condition) -> str:  # noqa: C901 - one arm a node of the closed list
    """The condition as CEL. A set of codes is one yes / no variable a code; an open point one that nothing ever sets."""
    match node:
        case All(of=of):
            return f"({' && '.join(map(text, of))})" if of else "true"
        case Any(of=of):
            return f"({' || '.join(map(text, of))})" if of else "false"
        case Not(of=inner):
            return f"!{text(inner)}"
        case AtLeast(count=count, of=of):
            return f"({' || '.join(text(All(some)) for some in combinations(of, count))})"
        case Is(fact=fact):
            return variable(fact)
        case Below(fact=fact, limit=limit):
            return f"({variable(fact)} < {limit})"
        case From(fact=fact, limit=limit):
            return f"({variable(fact)} >= {limit})"
        case In(fact=fact, codes=codes):
            return f"({variable(fact)} in {sorted(codes)!r})"
        case Has(fact=fact, code=code):
            return variable(fact, code)
        case Open():
            return NEVER_KNOWN


class Programs:
    """One program a tree, all in one environment, so that the facts of a charge are built once for all of them."""

    def __init__(self, trees: Iterable[Condition]) -> None:
        given = list(trees)
        self._read: dict[str, str] = {}
        self._codes: dict[str, dict[str, str]] = {}
        for node in (part for tree in given for part in walk(tree)):
            if isinstance(node, Has):
                self._codes.setdefault(node.fact, {})[node.code] = variable(node.fact, node.code)
            elif isinstance(node, Is | Below | From | In):
                self._read[node.fact] = variable(node.fact)
        names = [
            NEVER_KNOWN,
            *self._read.values(),
            *(one for row in self._codes.values() for one in row.values()),
        ]
        self._environment = cel.NewEnv(variables=dict.fromkeys(names, cel.Type.DYN))
        self._programs = [self._environment.compile(text(tree)) for tree in given]

    def __len__(self) -> int:
        return len(self._programs)

    def verdicts(self, facts: Mapping[str, FactValue]) -> list[int]:
        """The truth of each tree, from facts as we hold them; an error that nothing absorbs is unknown."""
        activation = self._environment.Activation(self._plain(facts))
        return [_truth(program.eval(activation).plain_value()) for program in self._programs]

    def verdicts_one_by_one(self, facts: Mapping[str, FactValue]) -> list[int]:
        """The same, with the facts handed to every program as a mapping, which it reads anew."""
        row = self._plain(facts)
        return [_truth(program.eval(data=row).plain_value()) for program in self._programs]

    def _plain(self, facts: Mapping[str, FactValue]) -> dict[str, object]:
        """The facts that some program reads, as plain values; what is unknown, or known only in part, is left out."""
        row: dict[str, object] = {}
        for fact, name in self._read.items():
            value = facts.get(fact)
            if value is not None and (known := _known(value)) is not None:
                row[name] = known
        for fact, codes in self._codes.items():
            sure, possible = _held(facts.get(fact))
            for code, name in codes.items():
                if code in sure:
                    row[name] = True
                elif possible is not None and code not in possible:
                    row[name] = False
        return row


def _truth(found: object) -> int:
    return 2 if found is True else 0 if found is False else 1


def _known(value: FactValue) -> bool | int | str | None:
    """A yes / no, number or code that is known for sure, else None."""
    if isinstance(value, int):
        return None if value == 1 else value == 2
    if isinstance(value, frozenset):
        return next(iter(value)) if len(value) == 1 else None
    return value[0] if is_range(value) and value[0] == value[1] else None


def _held(value: object) -> tuple[frozenset[str], frozenset[str] | None]:
    return value if isinstance(value, tuple) else (frozenset(), None)
