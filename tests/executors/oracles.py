"""Condition trees in the words of two strangers, FHIRPath and CEL, which both know the unknown in their own way."""

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


def fhirpath(node):
    match node:
        case All(of=of):
            return "(" + " and ".join(map(fhirpath, of)) + ")"
        case Any(of=of):
            return "(" + " or ".join(map(fhirpath, of)) + ")"
        case Not(of=inner):
            return f"({fhirpath(inner)}).not()"
        case AtLeast(count=count, of=of):
            return (
                "("
                + " or ".join("(" + " and ".join(map(fhirpath, one)) + ")" for one in combinations(of, count))
                + ")"
            )
    return _comparison(node, "=", "'")


def cel_text(node):
    match node:
        case All(of=of):
            return "(" + " && ".join(map(cel_text, of)) + ")"
        case Any(of=of):
            return "(" + " || ".join(map(cel_text, of)) + ")"
        case Not(of=inner):
            return f"!({cel_text(inner)})"
        case AtLeast(count=count, of=of):
            return (
                "("
                + " || ".join("(" + " && ".join(map(cel_text, one)) + ")" for one in combinations(of, count))
                + ")"
            )
    return _comparison(node, "==", '"')


def _comparison(node, equal, quote):
    match node:
        case Is(fact=fact):
            return fact.replace(".", "_")
        case Below(limit=limit):
            return f"(age < {limit})"
        case From(limit=limit):
            return f"(age >= {limit})"
        case In(codes=codes):
            alike = [f"code {equal} {quote}{code}{quote}" for code in sorted(codes)]
            return "(" + (" or " if equal == "=" else " || ").join(alike) + ")"
        case Has(code=code):
            return f"holds_{code}"
    raise AssertionError(node)


def ask_fhirpath(tree, known):
    """The truth that FHIRPath gives: an empty collection is unknown."""
    found = compile_fhirpath(fhirpath(tree))(flat(known))
    return 1 if found == [] else 2 if found[0] else 0


_ENVIRONMENT = cel.NewEnv(variables=dict.fromkeys(NAMES, cel.Type.DYN))


def ask_cel(tree, known):
    """The truth that CEL gives: an error that nothing absorbs is unknown."""
    found = _ENVIRONMENT.compile(cel_text(tree)).eval(data=flat(known)).plain_value()
    return 2 if found is True else 0 if found is False else 1
