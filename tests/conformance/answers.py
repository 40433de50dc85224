"""What Python, the reference, answers to a tree or a case; the shapes are those of the conformance files."""

import hashlib
from datetime import date

from screening import load_case, screen
from screening.conditions import ConditionReader, compile_conditions, to_json
from screening.conditions.nodes import written
from screening.conditions.settle import Limits, influence, settle, truths_of
from screening.executors.bundle import canonical
from screening.truth import Truth

KEEP = 8
WORDS = {"no": Truth.NO, "unknown": Truth.UNKNOWN, "yes": Truth.YES}


def tree_answer(row):
    """The truth of every node, what would settle the tree either way, and the weight of every open fact."""
    root = read_tree(row["tree"])
    evaluate, _ = compile_conditions([root])
    values = evaluate({name: fact_value(name, value) for name, value in row["facts"].items()})
    truths = truths_of(root, values)
    weights = {}
    for fact, share in influence(root, truths, 1.0):
        weights[fact] = weights.get(fact, 0.0) + share
    limits = Limits(KEEP, weights)
    return {
        "tree": to_json(root),
        "values": list(values),
        "yes": _settled(settle(root, truths, Truth.YES, limits)),
        "no": _settled(settle(root, truths, Truth.NO, limits)),
        "weights": weights,
    }


def read_tree(shape):
    """A tree from its JSON form, labels of building blocks included."""
    reader = ConditionReader()
    root = reader.read(shape, "tree")
    assert reader.faults == []
    return root


def fact_value(name, value):
    """A fact of a conformance file as the Python executor reads it."""
    if isinstance(value, str):
        return WORDS[value]
    if "sure" in value:
        return frozenset(value["sure"]), None if value["possible"] is None else frozenset(value["possible"])
    if "possible" in value:
        return frozenset(value["possible"])
    ends = (value["low"], value["high"])
    return (
        tuple(date.fromisoformat(day).toordinal() for day in ends)
        if name.startswith("date.")
        else tuple(ends)
    )


def _settled(found):
    order = [
        sorted(one, key=lambda part: f"{part.fact} {written(part.test)} {part.holds}") for one in found.sets
    ]
    return {"sets": [[[to_json(part.test), part.holds] for part in one] for one in order], "more": found.more}


def case_answer(row, packs):
    """The whole screening of a case for one reader, as `screening.v1`."""
    return screen(load_case(row["case"], packs=packs), packs, reader=row["reader"]).to_dict()


def compared(result):
    """The bytes that two executors must share: all of a screening but the versions of the packs."""
    return canonical({key: value for key, value in result.items() if key != "packs"})


def digest(result):
    """The SHA-256 of what is compared."""
    return hashlib.sha256(compared(result)).hexdigest()


def summary(result):
    """What a person looks at first when a digest differs."""
    return {
        "flag": result["flag"]["state"],
        "charges": {one["id"]: [one["at_least"], one["at_most"]] for one in result["charges"]},
        "duties": [one["id"] for one in result["duties"]],
        "next": [one["item"] for one in result["next_items"][:3]],
    }
