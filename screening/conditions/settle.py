"""Which facts would still decide a condition: the smallest sets of values that fix it whatever the rest turns out to be."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import fsum

from screening.conditions.nodes import (
    All,
    Any,
    AtLeast,
    Below,
    Comparison,
    Condition,
    From,
    Has,
    In,
    Is,
    Not,
    Open,
    parts,
    walk,
    written,
)
from screening.truth import UNKNOWN, YES, Truth

MOST_RESOLVED = 500
LARGEST = 4
"""Sets of more facts than this are not listed; then the answer says that more is needed."""

QUESTION = ("q.", "charge.", "stage", "date.screening")
"""Facts that begin so are part of the question (section, class, grade, mode, status, stage): no answer settles them."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A fact shown to be so (`holds`) or shown not to be so, in the words of the comparison that reads it.

    `fact` is the fact that would have to be known, `text` the setting written out, by which settings are ordered;
    `is_ranged` where another setting of the same fact may be narrower.
    """

    test: Comparison
    holds: bool
    fact: str = field(init=False, compare=False, repr=False)
    text: str = field(init=False, compare=False, repr=False)
    is_ranged: bool = field(init=False, compare=False, repr=False)
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fact", self.test.fact)
        object.__setattr__(self, "text", f"{self.test.fact} {written(self.test)} {self.holds}")
        object.__setattr__(self, "is_ranged", isinstance(self.test, Below | From | In))
        object.__setattr__(self, "_hash", hash(self.text))

    def __hash__(self) -> int:
        return self._hash


Set = frozenset[Setting]


@dataclass(frozen=True, slots=True)
class Limits:
    """How many sets are carried along (None: all, which is exact), and the weight of each fact by which they are chosen."""

    keep: int | None = None
    weights: Mapping[str, float] = field(default_factory=dict)


EXACT = Limits()


@dataclass(frozen=True, slots=True)
class Settling:
    """Minimal sets, smallest first. `more` is True where further sets exist that are larger than the limits."""

    sets: tuple[Set, ...]
    more: bool = False


NEVER = Settling(())
ALREADY = Settling((frozenset(),))


def setting(test: Comparison, *, holds: bool) -> Setting:
    """The one form in which a value is written: *not below 18* is *from 18*."""
    return _setting(test, holds)


@lru_cache(maxsize=10_000)
def _setting(test: Comparison, holds: bool) -> Setting:
    if not holds and isinstance(test, Below):
        return Setting(From(test.fact, test.limit, test.is_date), True)
    if not holds and isinstance(test, From):
        return Setting(Below(test.fact, test.limit, test.is_date), True)
    return Setting(test, holds)


def truths_of(root: Condition, values: Iterable[int]) -> dict[int, int]:
    """The values of an executor by node, for the functions below; `values` are in the order of `walk(root)`."""
    return {id(node): value for node, value in zip(walk(root), values, strict=True)}


def settle(node: Condition, truths: Mapping[int, int], want: Truth, limits: Limits = EXACT) -> Settling:
    """The minimal sets of values that make `node` yes (or no), given what is known.

    Sets hold at most four facts; `limits` says how many are carried along and which are preferred. An open point of law
    is never settled by facts. Facts that occur with both signs are resolved, so that *x or not x* needs nothing.
    """
    return _Settler(truths, limits).of(node, want)


class _Settler:
    """Settles one tree; a building block that stands in it twice is settled once."""

    def __init__(self, truths: Mapping[int, int], limits: Limits) -> None:
        self._truths = truths
        self._limits = limits
        self._blocks: dict[tuple[int, bool, int], Settling] = {}

    def of(self, node: Condition, want: int) -> Settling:
        value = self._truths[id(node)]
        if value != UNKNOWN:
            return ALREADY if value == want else NEVER
        match node:
            case Is() | Below() | From() | In() | Has():
                return NEVER if node.fact.startswith(QUESTION) else _alone(node, want == YES)
            case All(of=of) | Any(of=of):
                together = isinstance(node, All) == (want == YES)
                key = (id(of), together, want)
                if key not in self._blocks:
                    combine = every if together else some
                    self._blocks[key] = combine([self.of(part, want) for part in of], self._limits)
                return self._blocks[key]
            case Not(of=inner):
                return self.of(inner, 2 - want)
            case AtLeast(count=count, of=of):
                needed = count if want == YES else len(of) - count + 1
                return counted([self.of(part, want) for part in of], needed, self._limits)
            case Open():
                return NEVER


@lru_cache(maxsize=10_000)
def _alone(test: Comparison, holds: bool) -> Settling:
    return Settling((frozenset({setting(test, holds=holds)}),))


def every(parts: Iterable[Settling], limits: Limits = EXACT) -> Settling:
    """Sets that settle all parts at once: one set of each, joined."""
    open_parts = [part for part in parts if part is not ALREADY]
    hopeless = next((i for i, part in enumerate(open_parts) if not part.sets), len(open_parts))
    joined: list[Set] | None = None
    more = False
    for i, part in enumerate(open_parts):
        more = more or part.more
        if i == hopeless or (more and hopeless < len(open_parts)):
            return Settling((), more)
        if joined is None:
            joined = list(part.sets)
            continue
        small, larger = _pairs(joined, part.sets)
        joined, cut = _minimal(small, limits)
        more = more or cut or larger
        if not joined:
            return Settling((), more)
    return ALREADY if joined is None else Settling(tuple(joined), more)


def _pairs(ones: Iterable[Set], others: Iterable[Set]) -> tuple[list[Set], bool]:
    """One of each, joined, where that is possible, and whether some were left out for holding too many facts."""
    small: list[Set] = []
    larger = False
    for pair in {one | other for one in ones for other in others}:
        size = _size(pair)
        if size == len(pair) or _possible(pair):
            if size <= LARGEST:
                small.append(_tidy(pair) if size < len(pair) else pair)
            else:
                larger = True
    return small, larger


def some(parts: Iterable[Settling], limits: Limits = EXACT) -> Settling:
    """Sets that settle at least one part."""
    options = list(parts)
    known, larger = _resolved([one for part in options for one in part.sets])
    sets, cut = _minimal(known, limits)
    return Settling(tuple(sets), cut or larger or any(part.more for part in options))


def counted(parts: list[Settling], needed: int, limits: Limits = EXACT) -> Settling:
    """Sets that settle at least `needed` of the parts."""
    best: list[Settling] = [ALREADY] + [NEVER] * needed
    for part in parts:
        for i in range(needed, 0, -1):
            best[i] = some([best[i], every([best[i - 1], part], limits)], limits)
    return best[needed]


def _size(one: Set) -> int:
    return len({part.fact for part in one})


def _possible(one: Set) -> bool:
    """False where a set asks one fact to be two things at once."""
    if len(one) == _size(one):
        return True
    by_fact: dict[str, list[Setting]] = {}
    for part in one:
        by_fact.setdefault(part.fact, []).append(part)
    return all(len(group) == 1 or _agree(group) for group in by_fact.values())


def _agree(group: list[Setting]) -> bool:
    low, high = -(10**9), 10**9
    codes: frozenset[str] | None = None
    sure: set[tuple[str, bool]] = set()
    barred: set[str] = set()
    for part in group:
        match part.test:
            case From(limit=limit):
                low = max(low, limit)
            case Below(limit=limit):
                high = min(high, limit - 1)
            case In(codes=names) if part.holds:
                codes = names if codes is None else codes & names
            case In(codes=names):
                barred |= names
            case Has(code=code):
                sure.add((code, part.holds))
            case Is(fact=fact):
                sure.add((fact, part.holds))
    left = codes is None or bool(codes - barred)
    return low <= high and left and not any((name, not holds) in sure for name, holds in sure)


def _says(strong: Set, weak: Set) -> bool:
    """Whether `strong` already says all that `weak` says, each with the same setting or a narrower one of the same fact."""
    return weak <= strong or (
        len(weak) <= len(strong) and all(_implied(part, strong) for part in weak - strong)
    )


def _implied(weak: Setting, strong: Set) -> bool:
    """Whether `strong` holds a setting that is narrower than `weak`, which it does not hold itself."""
    for part in strong:
        if part.fact != weak.fact:
            continue
        match weak.test, part.test:
            case (Below(limit=limit), Below(limit=narrow)) if narrow <= limit:
                return True
            case (From(limit=limit), From(limit=narrow)) if narrow >= limit:
                return True
            case (In(codes=codes), In(codes=narrower)) if weak.holds and part.holds and narrower <= codes:
                return True
            case (In(codes=codes), In(codes=wider)) if not weak.holds and not part.holds and wider >= codes:
                return True
            case (In(codes=codes), In(codes=other)) if (
                not weak.holds and part.holds and other.isdisjoint(codes)
            ):
                return True
    return False


def _minimal(sets: list[Set], limits: Limits) -> tuple[list[Set], bool]:
    """The sets that hold no other one, smallest and weightiest first, and whether some were cut away."""
    if len(sets) < 2:
        return sets, False
    keep, weights = limits.keep, limits.weights
    least: list[Set] = []
    ranged: list[Set] = []  # those that a set may say in other words, with a narrower range or fewer codes
    for one in sorted(set(sets), key=lambda one: _order(one, weights)):
        if keep is not None and len(least) >= keep:
            return least, True
        if any(map(one.issuperset, least)) or any(_says(one, other) for other in ranged):
            continue
        least.append(one)
        if any(part.is_ranged for part in one):
            ranged.append(one)
    return least, False


def _tidy(one: Set) -> Set:
    """The set without what its other members already say."""
    if len(one) == _size(one):
        return one
    kept = set(one)
    for part in sorted(one, key=text_of):
        if _implied(part, frozenset(kept - {part})):
            kept.discard(part)
    return frozenset(kept)


def _order(one: Set, weights: Mapping[str, float]) -> tuple[int, float, list[str]]:
    if len(one) == 1:
        (part,) = one
        return 1, -weights.get(part.fact, 0.0), [part.text]
    weight = fsum([weights.get(part.fact, 0.0) for part in one])
    return len(one), -weight, sorted([part.text for part in one])


def _resolved(sets: list[Set]) -> tuple[list[Set], bool]:
    """The sets with their consensus: where one set needs a fact and another its opposite, what both need together is enough.

    The second value says whether a consensus was left out for its size, or because there were too many of them.
    """
    known = set(sets)
    needed = frozenset().union(*known)
    if len(needed) == _size(needed) or not any(opposite(part) in needed for part in needed):
        return list(known), False
    fresh = list(known)
    larger: set[Set] = set()
    while fresh and len(known) < MOST_RESOLVED:
        found = {new for one in fresh for other in known for new in _consensus(one, other)} - known
        possible = [new for new in found if _possible(new)]
        fresh = [new for new in possible if _size(new) <= LARGEST]
        larger.update(new for new in possible if _size(new) > LARGEST)
        known.update(fresh)
    missed = bool(fresh) or any(not any(map(one.issuperset, known)) for one in larger)
    return [_tidy(one) for one in known], missed


def _consensus(one: Set, other: Set) -> Iterable[Set]:
    for part in one:
        against = opposite(part)
        if against in other:
            yield (one - {part}) | (other - {against})


def text_of(part: Setting) -> str:
    """The text by which settings are ordered."""
    return part.text


def opposite(part: Setting) -> Setting:
    """The setting by which the same comparison fails."""
    return setting(part.test, holds=not part.holds)


def influence(node: Condition, truths: Mapping[int, int], share: float) -> Iterator[tuple[str, float]]:
    """How much each open comparison matters to an open condition: its share is split evenly among the open parts.

    A fact that would count against something has half the weight; the weight of a fact is the sum of its shares. Nothing
    is given for parts that are decided, for open points of law, or for facts that belong to the question.
    """
    if truths[id(node)] != UNKNOWN:
        return
    if isinstance(node, Is | Below | From | In | Has):
        if not node.fact.startswith(QUESTION):
            yield node.fact, share
        return
    share = share / 2 if isinstance(node, Not) else share
    open_parts = [part for part in parts(node) if truths[id(part)] == UNKNOWN]
    for part in open_parts:
        yield from influence(part, truths, share / len(open_parts))
