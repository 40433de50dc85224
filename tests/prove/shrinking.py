"""Makes a disagreement small: the least tree and the fewest facts on which two executors still differ."""

from dataclasses import replace

from screening.conditions import AtLeast, Not, to_json
from screening.conditions.nodes import parts


def smallest(tree, facts, differ):
    """The pair after every step that keeps `differ(tree, facts)` true; a step drops a fact or a part of the tree."""
    shrunk = True
    while shrunk:
        shrunk = False
        for smaller, fewer in _steps(tree, facts):
            if differ(smaller, fewer):
                tree, facts, shrunk = smaller, fewer, True
                break
    return tree, facts


def _steps(tree, facts):
    yield from ((smaller, facts) for smaller in _smaller(tree))
    yield from ((tree, {key: value for key, value in facts.items() if key != name}) for name in facts)


def _smaller(node):
    """Trees with one part less, or with one part in place of the whole."""
    below = parts(node)
    yield from below
    for i, part in enumerate(below):
        others = (*below[:i], *below[i + 1 :])
        if others:
            yield _with(node, others)
        yield from (_with(node, (*below[:i], smaller, *below[i + 1 :])) for smaller in _smaller(part))


def _with(node, below):
    if isinstance(node, Not):
        return Not(below[0])
    if isinstance(node, AtLeast):
        return AtLeast(min(node.count, len(below)), below)
    return replace(node, of=below)


def smallest_case(given, differ):
    """The case file after every step that keeps `differ(given)` true; a step leaves out a key, a charge or a response."""
    shrunk = True
    while shrunk:
        shrunk = False
        for fewer in _fewer(given):
            if differ(fewer):
                given, shrunk = fewer, True
                break
    return given


def _fewer(given):
    for key in given:
        if key not in ("case", "as_of", "charges"):
            yield {name: value for name, value in given.items() if name != key}
    for key in given.get("responses", {}):
        yield {
            **given,
            "responses": {name: value for name, value in given["responses"].items() if name != key},
        }
    charges = given.get("charges", [])
    for i in range(len(charges)):
        if not any(
            isinstance(value, dict) and charges[i]["id"] in value
            for value in given.get("responses", {}).values()
        ):
            yield {**given, "charges": charges[:i] + charges[i + 1 :]}


def words(tree, facts, **answers):
    """A disagreement for people: the tree in its JSON form, the facts, and who said what."""
    said = ", ".join(f"{name} says {('no', 'unknown', 'yes')[value]}" for name, value in answers.items())
    return f"tree {to_json(tree)}\n  facts {facts}\n  {said}"
