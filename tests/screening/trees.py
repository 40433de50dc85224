"""Random condition trees and facts, and a written-out Kleene reference to hold every executor against."""

from itertools import product

from hypothesis import strategies as st

from screening.conditions import All, Any, AtLeast, Below, From, Has, In, Is, Not, facts_of
from screening.truth import Truth

BOOLS = ("a.one", "a.two", "a.three", "a.four")
CODES = ("red", "green", "blue")

comparisons = st.one_of(
    st.sampled_from(BOOLS).map(Is),
    st.sampled_from((12, 18, 21)).map(lambda limit: Below("age.offense", limit)),
    st.sampled_from((12, 18, 21)).map(lambda limit: From("age.offense", limit)),
    st.frozensets(st.sampled_from(CODES), min_size=1, max_size=2).map(lambda codes: In("b.code", codes)),
    st.sampled_from(CODES).map(lambda code: Has("b.codes", code)),
)


def _grown(children):
    lists = st.lists(children, min_size=1, max_size=3).map(tuple)
    counted = lists.flatmap(lambda of: st.integers(1, len(of)).map(lambda count: AtLeast(count, of)))
    return st.one_of(lists.map(All), lists.map(Any), children.map(Not), counted)


trees = st.recursive(comparisons, _grown, max_leaves=8)

ranges = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))
facts = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.sampled_from(tuple(Truth)) for name in BOOLS},
        "age.offense": ranges,
        "b.code": st.frozensets(st.sampled_from(CODES), min_size=1),
        "b.codes": st.tuples(
            st.frozensets(st.sampled_from(CODES), max_size=1), st.none() | st.just(frozenset(CODES))
        ),
    },
)


def reference(node, known):  # noqa: C901 - one arm a node of the closed list
    """Strong Kleene, written out without any of the product's executors."""
    match node:
        case All(of=of):
            return min((reference(part, known) for part in of), default=2)
        case Any(of=of):
            return max((reference(part, known) for part in of), default=0)
        case Not(of=inner):
            return 2 - reference(inner, known)
        case AtLeast(count=count, of=of):
            seen = [reference(part, known) for part in of]
            return 2 if seen.count(2) >= count else 0 if len(seen) - seen.count(0) < count else 1
        case Is(fact=fact):
            return int(known.get(fact, 1))
        case Below(fact=fact, limit=limit):
            return _range(known.get(fact), lambda value: value < limit)
        case From(fact=fact, limit=limit):
            return _range(known.get(fact), lambda value: value >= limit)
        case In(fact=fact, codes=codes):
            possible = known.get(fact)
            return 1 if possible is None else 2 if possible <= codes else 0 if not possible & codes else 1
        case Has(fact=fact, code=code):
            sure, may = known.get(fact, (frozenset(), None))
            return 2 if code in sure else 1 if may is None or code in may else 0
    return 1


def _range(known, holds):
    if known is None:
        return 1
    ends = {holds(known[0]), holds(known[1])}
    return 1 if len(ends) == 2 else 2 if ends == {True} else 0


def completions(node, known):
    """Every way in which the facts of a tree may turn out, given what is known."""
    names = sorted(facts_of(node))
    choices = []
    for name in names:
        if name in ("age.offense", "onset.age"):
            low, high = known.get(name, (0, 30))
            choices.append(
                [
                    (value, value)
                    for value in sorted(
                        {low, high, *(one for one in (11, 12, 17, 18, 20, 21) if low <= one <= high)}
                    )
                ]
            )
        elif name == "b.code":
            choices.append(
                [frozenset({code}) for code in sorted(known.get(name, frozenset((*CODES, "other"))))]
            )
        elif name == "b.codes":
            sure, may = known.get(name, (frozenset(), None))
            free = sorted((may if may is not None else frozenset(CODES)) - sure)
            choices.append(
                [
                    (sure | frozenset(one for one, is_in in zip(free, bits, strict=True) if is_in),) * 2
                    for bits in product((True, False), repeat=len(free))
                ]
            )
        else:
            value = known.get(name, Truth.UNKNOWN)
            choices.append([Truth.YES, Truth.NO] if value == Truth.UNKNOWN else [value])
    for values in product(*choices):
        yield dict(zip(names, values, strict=True))
