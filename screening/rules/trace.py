"""The trace of a finding: its element trees with the truth of every node, rebuilt from stored condition values (trace.v1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from screening.conditions import AtLeast, Condition, In, Values, parts, to_json
from screening.rules.prepared import PreparedElement
from screening.rules.standing import ElementStanding, Matter, stand
from screening.truth import NO, UNKNOWN, YES, Truth


def trace(matter: Matter, protection: str, values: Values | None = None) -> dict[str, object]:
    """The trace of one protection against one charge.

    `values` are stored condition values (default: evaluated now); from them alone, with the pack of the same digest, the
    trace can be rebuilt years later. Raises KeyError for a protection that the pack does not hold.
    """
    one = matter.pack.by_id[protection]
    seen = values if values is not None else matter.pack.evaluate(matter.facts)
    standing = stand(matter, one, seen, matter.facts)
    return {
        "trace": "v1",
        "charge": matter.charge.id,
        "protection": protection,
        "citation": one.rule.citation,
        "pack": matter.pack.digest,
        "verdict": standing.verdict.word,
        "elements": [_element(element, seen) for element in standing.elements],
    }


def _element(one: ElementStanding, values: Values) -> dict[str, object]:
    part = one.element
    return {
        "name": part.row.name,
        "kind": part.kind_word,
        "says": part.row.says,
        "citation": part.row.citation,
        "truth": one.word,
        "assumed": one.assumed,
        "tree": _drawn(_outline(part), values),
    }


@dataclass(frozen=True, slots=True)
class _Node:
    """What the trace says of one node whatever its truth, where its value lies, and the nodes below it.

    `codes` are those of a list in `shape`, which every trace gets for itself.
    """

    shape: dict[str, object]
    place: int
    below: tuple["_Node", ...] = ()
    codes: tuple[str, ...] = ()


@lru_cache(maxsize=5_000)
def _outline(element: PreparedElement) -> _Node:
    """The tree of an element, ready to be drawn with the truths of any case."""
    return _outlined(element.tree, count(element.first))


def _outlined(node: Condition, places: Iterator[int]) -> _Node:
    below = tuple([_outlined(part, places) for part in parts(node)])
    if not below:
        codes = tuple(sorted(node.codes)) if isinstance(node, In) else ()
        return _Node({**to_json(node), "truth": ""}, next(places), codes=codes)
    label = getattr(node, "label", None)
    shape: dict[str, object] = {"block": label} if label else {}
    shape |= {"node": type(node).__name__.lower(), "truth": "", "of": []}
    if isinstance(node, AtLeast):
        shape["count"] = node.count
    return _Node(shape, next(places), below)


_WORDS = tuple(truth.word for truth in Truth)


def _drawn(node: _Node, values: Values) -> dict[str, object]:
    shape = node.shape.copy()
    shape["truth"] = _WORDS[values[node.place]]
    if node.below:
        shape["of"] = [_drawn(part, values) for part in node.below]
    elif node.codes:
        shape["in"] = list(node.codes)
    return shape


def recomputed(traced: Mapping[str, object]) -> Truth:
    """The verdict recomputed from a trace alone: from the truth of its leaves upward, without pack, facts or engine."""
    elements = traced["elements"]
    rows = (
        [element for element in elements if isinstance(element, Mapping)]
        if isinstance(elements, list)
        else []
    )
    return min((_of_element(row) for row in rows), default=YES)


def _of_element(row: Mapping[str, object]) -> Truth:
    if row["assumed"] or row["truth"] == "presumed":
        return NO if row["truth"] == "no" else YES
    tree = row["tree"]
    return _of_node(tree) if isinstance(tree, Mapping) else UNKNOWN


def _of_node(node: Mapping[str, object]) -> Truth:
    if "of" not in node or "node" not in node:
        return Truth[str(node["truth"]).upper()]
    seen = list(_children(node))
    kind = node["node"]
    if kind == "not":
        return Truth(2 - seen[0])
    if kind == "all":
        return min(seen, default=YES)
    if kind == "any":
        return max(seen, default=NO)
    count = node["count"]
    ranked = sorted(seen, reverse=True)
    return ranked[count - 1] if isinstance(count, int) else UNKNOWN


def _children(node: Mapping[str, object]) -> Iterator[Truth]:
    of = node["of"]
    if isinstance(of, list):
        yield from (_of_node(part) for part in of if isinstance(part, Mapping))
