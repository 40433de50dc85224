"""The bounds of a charge: the least and most protective result over everything that is still unknown, by cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from screening.conditions import Below, Condition, Facts, FactValue, From, In, Is, Not, Values, parts
from screening.conditions.compiled import UNBOUNDED, is_range
from screening.conditions.settle import QUESTION
from screening.rules.facts import AGE_FACTS, Moments
from screening.rules.prepared import PreparedElement, PreparedProtection
from screening.rules.results import Role
from screening.rules.standing import Matter, Standing, stand
from screening.truth import NO, UNKNOWN, YES

MOST_CASES = 64
"""Past this many cases the split stops and the answer says *not resolved*; it stays sound, only wider."""

DATED = (*AGE_FACTS, "date.offense")
OTHER_CODE = "none_of_these"
"""Stands for every code that the question does not name."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One fact held inside a part of its possible values: an inclusive range, a yes or no, or a set of codes."""

    fact: str
    value: FactValue


@dataclass(frozen=True, slots=True)
class CaseOf:
    """One case of the split: the pieces that make it, and the ranks certain and possible in it."""

    pieces: tuple[Piece, ...]
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """Ranks of the least and most protective result; `cases` where they differ by case; `resolved` False past the cap."""

    at_least: int
    at_most: int
    cases: tuple[CaseOf, ...]
    resolved: bool


def bounds_of(
    matter: Matter, values: Values | None = None, standings: list[Standing] | None = None
) -> Bounds:
    """Exact over completions of the facts: facts read with both signs, ages and dates are split, the rest is Kleene.

    After the split every remaining fact is read with one sign, so giving each its worst (or best) value at once is what
    Kleene computes; the least over the cases is then the least over all completions. `values` and
    `standings` are those of the matter's own facts, where they are known already.
    """
    leaves: list[CaseOf] = []
    root = _Branch(
        matter.facts, matter.moments, (), matter.pack.evaluate(matter.facts) if values is None else values
    )
    resolved = _split(matter, root, leaves, standings)
    at_least, at_most = min(leaf.at_least for leaf in leaves), max(leaf.at_most for leaf in leaves)
    differ = len({(leaf.at_least, leaf.at_most) for leaf in leaves}) > 1
    return Bounds(at_least, at_most, tuple(leaves) if differ else (), resolved)


def in_bounds(matter: Matter) -> Iterator[PreparedProtection]:
    """The protections that count for the bounds of this charge."""
    return (one for one in matter.pack.protections if matter.roles[one.rule.id] is Role.BOUNDS)


@dataclass(frozen=True, slots=True)
class _Branch:
    """One branch of the split: the facts held so far, the pieces that hold them, and the values they give."""

    facts: Facts
    moments: Moments
    pieces: tuple[Piece, ...]
    values: Values


def _split(
    matter: Matter, branch: _Branch, leaves: list[CaseOf], known: list[Standing] | None = None
) -> bool:
    standings = (
        known
        if known is not None
        else [stand(matter, one, branch.values, branch.facts) for one in in_bounds(matter)]
    )
    at_least = max((one.certain_rank for one in standings), default=0)
    at_most = max((one.possible_rank for one in standings), default=0)
    undecided = [one for one in standings if one.verdict is UNKNOWN and one.rank > at_least]
    choice = _next_split(undecided, branch.values) if undecided else None
    if choice is None or len(leaves) >= MOST_CASES:
        leaves.append(CaseOf(branch.pieces, at_least, at_most))
        return choice is None
    resolved = True
    for piece in _pieces(choice, branch.facts):
        inner = _held(piece, branch, matter)
        if inner is not None:
            resolved &= _split(matter, inner, leaves)
    return resolved


class _Read(NamedTuple):
    """One way in which an unknown part of the question reads a fact: its sign, and the limit or codes it asks for."""

    fact: str
    sign: bool
    limit: int | None = None
    codes: frozenset[str] | None = None


def _next_split(standings: list[Standing], values: Values) -> tuple[str, list[_Read]] | None:
    """The fact to split on next: dates and ages first (they are said by cases), then facts read with both signs."""
    reads: dict[str, list[_Read]] = {}
    for one in standings:
        for element in one.elements:
            if element.truth is UNKNOWN and not element.assumed:
                for read in _reads_in(element.element, element.element.own(values)):
                    reads.setdefault(read.fact, []).append(read)
    for fact in reversed(DATED):
        if fact in reads:
            return fact, reads[fact]
    split = [fact for fact, own in reads.items() if len(own) > 1 and _differ(own)]
    return (min(split), reads[min(split)]) if split else None


def _differ(reads: list[_Read]) -> bool:
    """Whether the fact is read with both signs, or for different codes."""
    first = reads[0]
    return any(read.sign is not first.sign or read.codes != first.codes for read in reads)


@lru_cache(maxsize=5_000)
def _reads_in(element: PreparedElement, own: Values) -> tuple[_Read, ...]:
    """How the unknown part of one element reads facts. Keyed by yes, no and unknown alone."""
    truths = dict(zip(element.nodes, own, strict=True))
    return tuple(dict.fromkeys(_read(element.tree, truths, sign=True)))


def _read(  # noqa: C901 - one arm a node of the closed list
    node: Condition, truths: Mapping[int, int], *, sign: bool
) -> Iterator[_Read]:
    if truths[id(node)] != UNKNOWN:
        return
    match node:
        case Not(of=inner):
            yield from _read(inner, truths, sign=not sign)
        case Is() | Below() | From() | In() if node.fact.startswith(QUESTION):
            return
        case Is(fact=fact):
            yield _Read(fact, sign)
        case Below(fact=fact, limit=limit):
            yield _Read(fact, not sign, limit)
        case From(fact=fact, limit=limit):
            yield _Read(fact, sign, limit)
        case In(fact=fact, codes=codes):
            yield _Read(fact, sign, codes=codes)
        case _:
            for part in parts(node):
                yield from _read(part, truths, sign=sign)


def _pieces(choice: tuple[str, list[_Read]], facts: Facts) -> Iterator[Piece]:
    fact, reads = choice
    limits = sorted({read.limit for read in reads if read.limit is not None})
    codes = [read.codes for read in reads if read.codes is not None]
    if limits:
        known = facts.get(fact)
        low, high = known if is_range(known) else (-UNBOUNDED, UNBOUNDED)
        cuts = [limit for limit in limits if low < limit <= high]
        for start, end in zip([low, *cuts], [*(cut - 1 for cut in cuts), high], strict=True):
            yield Piece(fact, (start, end))
    elif codes:
        known = facts.get(fact)
        possible = known if isinstance(known, frozenset) else frozenset().union(*codes) | {OTHER_CODE}
        for code in sorted(possible):
            yield Piece(fact, frozenset({code}))
    else:
        yield Piece(fact, YES)
        yield Piece(fact, NO)


def _held(piece: Piece, branch: _Branch, matter: Matter) -> _Branch | None:
    """The branch with one fact held to a piece. An age or date narrows birth and offense, so that all ages stay consistent."""
    facts: Facts
    moments = branch.moments
    if piece.fact not in DATED or not is_range(piece.value):
        facts = {**branch.facts, piece.fact: piece.value}
    else:
        narrowed = moments.narrowed(piece.fact, piece.value)
        dated = narrowed.facts() if narrowed else None
        if narrowed is None or dated is None:
            return None
        facts, moments = {**branch.facts, **dated}, narrowed
    return _Branch(facts, moments, (*branch.pieces, piece), matter.pack.evaluate(facts))
