"""Bounds, cases and would-settle sets by brute force: every completion of the unknown facts of a small law is tried."""

from datetime import date
from functools import partial
from itertools import combinations, product
from time import perf_counter

from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seed_of
from hypothesis import strategies as st

from screening.conditions import All, Any, AtLeast, Below, Condition, From, Is, Not, facts_of
from screening.conditions.compiled import is_range
from screening.conditions.nodes import parts
from screening.conditions.settle import LARGEST
from screening.law.words import Mechanism
from screening.rules.bounds import OTHER_CODE, bounds_of
from screening.rules.elements import KEEP, open_points
from screening.rules.facts import Moments
from screening.rules.results import GIVES, RANK
from screening.rules.standing import stand
from screening.truth import Truth
from tests.prove.proof import Proof
from tests.prove.small_law import USED, at, matter
from tests.screening.trees import completions, facts, reference, trees

# Bounds and cases.


def _renamed(node):
    """The tree with the age at first exploitation in place of the age at the act: no birth date stands behind it."""
    if isinstance(node, Below | From):
        return type(node)("onset.age", node.limit)
    below = tuple(_renamed(part) for part in parts(node))
    if isinstance(node, AtLeast):
        return AtLeast(node.count, below)
    return Not(below[0]) if isinstance(node, Not) else type(node)(below) if below else node


plain_trees = trees.filter(lambda tree: "b.codes" not in facts_of(tree)).map(_renamed)
rules = st.lists(
    st.tuples(st.sampled_from(USED), st.lists(plain_trees, min_size=1, max_size=2)), min_size=1, max_size=3
)
known_facts = facts.map(
    lambda known: {
        ("onset.age" if name == "age.offense" else name): value
        for name, value in known.items()
        if name != "b.codes"
    }
)


def rank(law, full):
    """The rank that a law gives where everything is known, by the written-out reference alone."""
    met = [mechanism for mechanism, own in law if all(reference(tree, full) == 2 for tree in own)]
    return max((RANK[GIVES[mechanism]] for mechanism in met), default=0)


def check_bounds(law, known):
    """Bounds are exactly the least and most protective result over all completions, and so are those of every case.

    Each completion lies in exactly one case. Past the cap the bounds say so, and hold every completion all the same.
    """
    found = bounds_of(matter(law, known))
    every = list(completions(All(tuple(tree for _, own in law for tree in own)), known))
    ranks = [rank(law, full) for full in every]
    least, most = min(ranks), max(ranks)
    assert found.at_least <= least <= most <= found.at_most
    assert not found.resolved or (found.at_least, found.at_most) == (least, most)
    if not found.cases:
        return
    in_case: list[list[int]] = [[] for _ in found.cases]
    held = [piece.value for one in found.cases for piece in one.pieces]
    named = frozenset().union(*(value for value in held if isinstance(value, frozenset)))
    for full, value in zip(every, ranks, strict=True):
        homes = [
            i for i, one in enumerate(found.cases) if all(_holds(piece, full, named) for piece in one.pieces)
        ]
        assert len(homes) == 1
        in_case[homes[0]].append(value)
    for one, values in zip(found.cases, in_case, strict=True):
        assert values == [] or one.at_least <= min(values) <= max(values) <= one.at_most
        if found.resolved and values:
            assert (one.at_least, one.at_most) == (min(values), max(values))


def _holds(piece, full, named):
    """Whether a completion lies in a piece; a code that no case names lies in the piece that stands for all such."""
    value, own = full.get(piece.fact), piece.value
    if value is None:
        return True
    if is_range(own):
        return own[0] <= value[0] <= own[1]
    if isinstance(own, frozenset):
        return value <= own or (OTHER_CODE in own and value.isdisjoint(named))
    return value == own


# Would-settle sets.

SETTLED = tuple(f"a.f{i}" for i in range(7))
_literals = st.sampled_from(SETTLED).map(Is) | st.sampled_from(SETTLED).map(lambda name: Not(Is(name)))
_branches = st.dictionaries(st.sampled_from(SETTLED), st.booleans(), min_size=3, max_size=4).map(
    lambda signs: All(tuple(Is(name) if sign else Not(Is(name)) for name, sign in sorted(signs.items())))
)
alternatives = st.lists(_branches, min_size=2, max_size=6).map(lambda of: Any(tuple(of)))
"""Ways in which a text may be met, each of up to four facts, many of them read with both signs."""


def _grown(children):
    lists = st.lists(children, min_size=1, max_size=4).map(tuple)
    counted = lists.flatmap(lambda of: st.integers(1, len(of)).map(lambda count: AtLeast(count, of)))
    return st.one_of(lists.map(All), lists.map(Any), children.map(Not), counted)


deep = st.recursive(_literals, _grown, max_leaves=12)
some_known = st.dictionaries(st.sampled_from(SETTLED), st.sampled_from((Truth.YES, Truth.NO)), max_size=3)
few_known = st.dictionaries(st.sampled_from(SETTLED), st.sampled_from((Truth.YES, Truth.NO)), max_size=1)


def minimal_sets(tree, known, want):
    """All minimal sets of facts that force the tree to `want` (2 or 0) whatever the rest is; sets of settings are bits."""
    free = sorted(name for name in facts_of(tree) if name not in known)
    every = list(product((0, 2), repeat=len(free)))
    wanted = [reference(tree, {**known, **dict(zip(free, bits, strict=True))}) == want for bits in every]
    against = sum(1 << i for i, is_so in enumerate(wanted) if not is_so)
    rows = {
        (at, value): sum(1 << i for i, bits in enumerate(every) if bits[at] == value)
        for at in range(len(free))
        for value in (0, 2)
    }
    least: list[frozenset[tuple[str, bool]]] = []
    for size in range(len(free) + 1):
        for places in combinations(range(len(free)), size):
            for values in product((0, 2), repeat=size):
                left = against
                for one in zip(places, values, strict=True):
                    left &= rows[one]
                if left:
                    continue
                found = frozenset((free[at], value == 2) for at, value in zip(places, values, strict=True))
                if not any(other <= found for other in least):
                    least.append(found)
    return least


def check_settles(elements, known, *, complete=True):
    """The sets that decide a finding are exactly the minimal ones up to four facts; a cap that gives less says so.

    `complete` False asks only that each set is enough.
    """
    asked = matter([(Mechanism.IMMUNITY, elements)], known)
    values = asked.pack.evaluate(asked.facts)
    standing = stand(asked, asked.pack.protections[0], values, asked.facts)
    if standing.verdict is not Truth.UNKNOWN:
        return
    whole = All(tuple(elements))
    for keep in (None, KEEP):
        found = open_points(standing, values, keep=keep)
        for settling, want in ((found.yes, 2), (found.no, 0)):
            sets = {frozenset((part.fact, part.holds) for part in one) for one in settling.sets}
            every = minimal_sets(whole, known, want)
            assert all(any(least <= one for least in every) for one in sets), "every set is enough"
            assert all(len(one) <= LARGEST for one in sets)
            if complete and not settling.more:
                assert sets == set(every), "without `more` the sets are all there are"


# Ages and days: each day of birth and each day of the act is tried.


def check_dated(law, born, act, today):
    """Bounds hold every day of birth and act; where the birth day is known, they are exactly the least and most."""
    charged = matter(law, {})
    found = bounds_of(at(charged, Moments(born, act, today)))
    ends = [
        bounds_of(at(charged, Moments((birth, birth), (day, day), today)))
        for birth in range(born[0], born[1] + 1)
        for day in range(act[0], act[1] + 1)
    ]
    least, most = min(one.at_least for one in ends), max(one.at_most for one in ends)
    assert found.at_least <= least <= most <= found.at_most
    if born[0] == born[1]:
        assert (found.at_least, found.at_most) == (least, most)


BIRTH, EIGHTEEN = date(2006, 6, 1).toordinal(), date(2024, 6, 1).toordinal()
_days = st.integers(-4, 4).map(lambda days: EIGHTEEN + days)
_dated_tests: st.SearchStrategy[Condition] = st.one_of(
    st.sampled_from(("age.offense", "age.charged")).map(lambda fact: Below(fact, 18)),
    st.sampled_from(("age.offense", "age.charged")).map(lambda fact: From(fact, 18)),
    st.sampled_from((Below("age.now", 20), From("age.now", 20))),
    _days.map(lambda day: From("date.offense", day, is_date=True)),
    _days.map(lambda day: Below("date.offense", day, is_date=True)),
)
_dated_pairs = st.tuples(_dated_tests, _dated_tests)
_dated_trees = st.one_of(
    _dated_tests,
    _dated_pairs.map(All),
    _dated_pairs.map(Any),
    _dated_pairs.map(lambda pair: Not(All(pair))),
)
dated_rules = st.lists(st.tuples(st.sampled_from(USED), _dated_trees), min_size=1, max_size=3)


def _window(middle):
    first = st.integers(-5, 3).map(lambda days: middle + days)
    return first.flatmap(lambda day: st.sampled_from((0, 0, 3, 6)).map(lambda more: (day, day + more)))


births, acts = _window(BIRTH), _window(EIGHTEEN)
todays = st.sampled_from((EIGHTEEN + 12, EIGHTEEN + 40, EIGHTEEN + 640))


# All of them, many times.


def _examples(what, check, strategies, many, seed):
    """Runs a check on `many` examples; a failing one is shrunk by Hypothesis to the smallest that still fails."""
    proof = Proof(what, "every completion", "examples")
    started = perf_counter()

    @seed_of(seed)
    @settings(max_examples=many, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.tuples(*strategies))
    def run(drawn):
        proof.how_many += 1
        check(*drawn)

    try:
        run()
    except AssertionError as failure:
        text = "\n  ".join((str(failure), *getattr(failure, "__notes__", ())))
        proof.differs(lambda: text)
    proof.timed(started)
    return proof


WAYS = {
    "bounds and by cases of a small law": (check_bounds, (rules, known_facts)),
    "what would settle a finding": (check_settles, (st.lists(deep, min_size=1, max_size=3), some_known)),
    "what would settle it, both signs": (
        partial(check_settles, complete=False),
        (alternatives.map(lambda one: [one]), few_known),
    ),
    "bounds over days of birth and act": (check_dated, (dated_rules, births, acts, todays)),
}
"""What is held against brute force: the check, and what it is tried on."""


def proofs(many, seed):
    """One proof a way, `many` examples each."""
    for what, (check, strategies) in WAYS.items():
        yield _examples(what, check, strategies, many, seed)
