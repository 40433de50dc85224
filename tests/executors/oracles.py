"""Condition trees in the words of two strangers, FHIRPath and CEL, which both know the unknown in their own way."""

from dataclasses import dataclass
from itertools import combinations

from cel_expr_python import cel
from fhirpathpy import compile as compile_fhirpath

from screening.conditions import All, Any, AtLeast, Below, From, Has, In, Is, Not
from tests.screening.trees import BOOLS, CODES

NAMES = [*(name.replace(".", "_") for name in BOOLS), "age", "code", *(f"holds_{code}" for code in CODES)]


def flat(known):
    """Facts as plain values under plain names; what is unknown or not exact is left out."""
    row = {name.replace(".", "_"): known[name] == 2 for name in BOOLS if known.get(name, 1) != 1}
    ages = known.get("age.offense")
    if ages and ages[0] == ages[1]:
        row["age"] = ages[0]
    code = known.get("b.code")
    if code and len(code) == 1:
        row["code"] = next(iter(code))
    sure, may = known.get("b.codes", (frozenset(), None))
    return row | {
        f"holds_{one}": one in sure for one in CODES if one in sure or (may is not None and one not in may)
    }


def exact(known):
    """The same facts for our executors: only what `flat` can say."""
    kept = dict(known)
    if "age.offense" in kept:
        kept["age.offense"] = (kept["age.offense"][0],) * 2
    if len(kept.get("b.code", "x")) != 1:
        del kept["b.code"]
    return kept


@dataclass(frozen=True)
class Language:
    """The words of one of the two strangers."""

    both: str
    either: str
    negated: str
    equal: str
    quote: str


FHIRPATH = Language(" and ", " or ", "({}).not()", "=", "'")
CEL = Language(" && ", " || ", "!({})", "==", '"')


def written(node, words):
    """A tree in the words of a language; *at least n* is spelled out, since neither has it."""

    def joined(by, parts):
        return "(" + by.join(parts) + ")"

    match node:
        case All(of=of):
            return joined(words.both, [written(part, words) for part in of])
        case Any(of=of):
            return joined(words.either, [written(part, words) for part in of])
        case Not(of=inner):
            return words.negated.format(written(inner, words))
        case AtLeast(count=count, of=of):
            ways = combinations([written(part, words) for part in of], count)
            return joined(words.either, [joined(words.both, way) for way in ways])
    return _comparison(node, words)


def _comparison(node, words):
    match node:
        case Is(fact=fact):
            return fact.replace(".", "_")
        case Below(limit=limit):
            return f"(age < {limit})"
        case From(limit=limit):
            return f"(age >= {limit})"
        case In(codes=codes):
            alike = [f"code {words.equal} {words.quote}{code}{words.quote}" for code in sorted(codes)]
            return "(" + words.either.join(alike) + ")"
        case Has(code=code):
            return f"holds_{code}"
    raise AssertionError(node)


def ask_fhirpath(tree, known):
    """The truth that FHIRPath gives: an empty collection is unknown."""
    found = compile_fhirpath(written(tree, FHIRPATH))(flat(known))
    return 1 if found == [] else 2 if found[0] else 0


_ENVIRONMENT = cel.NewEnv(variables=dict.fromkeys(NAMES, cel.Type.DYN))


def ask_cel(tree, known):
    """The truth that CEL gives: an error that nothing absorbs is unknown."""
    found = _ENVIRONMENT.compile(written(tree, CEL)).eval(data=flat(known)).plain_value()
    return 2 if found is True else 0 if found is False else 1
