"""The trace of a finding: its element trees with the truth of every node, rebuilt from stored condition values (trace.v1)."""

from collections.abc import Iterator, Mapping

from screening.conditions import AtLeast, Condition, parts, to_json
from screening.rules.standing import ElementStanding, Matter, stand
from screening.truth import Truth


def trace(matter: Matter, protection: str, values: tuple[int, ...] | None = None) -> dict[str, object]:
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


def _element(one: ElementStanding, values: tuple[int, ...]) -> dict[str, object]:
    part = one.element
    truths = part.truths(values)
    return {
        "name": part.row.name,
        "kind": part.kind.value,
        "says": part.row.says,
        "citation": part.row.citation,
        "truth": one.word,
        "assumed": one.assumed,
        "tree": _node(part.tree, truths),
    }


def _node(node: Condition, truths: Mapping[int, int]) -> dict[str, object]:
    truth = Truth(truths[id(node)]).word
    below = parts(node)
    if not below:
        return {**to_json(node), "truth": truth}
    shape: dict[str, object] = {
        "node": type(node).__name__.lower(),
        "truth": truth,
        "of": [_node(part, truths) for part in below],
    }
    if isinstance(node, AtLeast):
        shape["count"] = node.count
    label = getattr(node, "label", None)
    return {"block": label, **shape} if label else shape


def recomputed(traced: Mapping[str, object]) -> Truth:
    """The verdict recomputed from a trace alone: from the truth of its leaves upward, without pack, facts or engine."""
    elements = traced["elements"]
    rows = (
        [element for element in elements if isinstance(element, Mapping)]
        if isinstance(elements, list)
        else []
    )
    return min((_of_element(row) for row in rows), default=Truth.YES)


def _of_element(row: Mapping[str, object]) -> Truth:
    if row["assumed"] or row["truth"] == "presumed":
        return Truth.NO if row["truth"] == "no" else Truth.YES
    tree = row["tree"]
    return _of_node(tree) if isinstance(tree, Mapping) else Truth.UNKNOWN


def _of_node(node: Mapping[str, object]) -> Truth:
    if "of" not in node or "node" not in node:
        return Truth[str(node["truth"]).upper()]
    seen = list(_children(node))
    kind = node["node"]
    if kind == "not":
        return Truth(2 - seen[0])
    if kind == "all":
        return min(seen, default=Truth.YES)
    if kind == "any":
        return max(seen, default=Truth.NO)
    count = node["count"]
    ranked = sorted(seen, reverse=True)
    return ranked[count - 1] if isinstance(count, int) else Truth.UNKNOWN


def _children(node: Mapping[str, object]) -> Iterator[Truth]:
    of = node["of"]
    if isinstance(of, list):
        yield from (_of_node(part) for part in of if isinstance(part, Mapping))
