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


def compiled(trees: Iterable[Condition]) -> list[cel.Expression]:
    """One program a tree, in one environment."""
    given = list(trees)
    names = {NEVER_KNOWN}
    for node in (part for tree in given for part in walk(tree)):
        if isinstance(node, Has):
            names.add(variable(node.fact, node.code))
        elif isinstance(node, Is | Below | From | In):
            names.add(variable(node.fact))
    environment = cel.NewEnv(variables=dict.fromkeys(names, cel.Type.DYN))
    return [environment.compile(text(tree)) for tree in given]


def plain(facts: Mapping[str, FactValue], codes: Mapping[str, frozenset[str]]) -> dict[str, object]:
    """Facts as plain values; what is unknown, or known only in part, is left out. `codes`: those asked of each set."""
    row: dict[str, object] = {}
    for name, value in facts.items():
        if isinstance(value, int):
            if value != 1:
                row[variable(name)] = value == 2
        elif isinstance(value, frozenset):
            if len(value) == 1:
                row[variable(name)] = next(iter(value))
        elif is_range(value):
            if value[0] == value[1]:
                row[variable(name)] = value[0]
        else:
            row |= {variable(name, code): held for code, held in _held(value, codes.get(name, frozenset()))}
    return row


def _held(value: object, codes: frozenset[str]) -> Iterable[tuple[str, bool]]:
    sure, possible = value if isinstance(value, tuple) else (frozenset(), None)
    for code in codes:
        if code in sure:
            yield code, True
        elif possible is not None and code not in possible:
            yield code, False


def codes_asked(trees: Iterable[Condition]) -> dict[str, frozenset[str]]:
    """Which codes of each set the trees ask for."""
    found: dict[str, frozenset[str]] = {}
    for node in (part for tree in trees for part in walk(tree)):
        if isinstance(node, Has):
            found[node.fact] = found.get(node.fact, frozenset()) | {node.code}
    return found


def verdict(program: cel.Expression, row: Mapping[str, object]) -> int:
    """The truth that CEL gives; an error that nothing absorbs is unknown."""
    found = program.eval(data=row).plain_value()
    return 2 if found is True else 0 if found is False else 1
