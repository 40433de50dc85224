"""Wrong versions of one condition, each one step away from the right one, and of the building blocks that laws share."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from screening import load_packs
from screening.conditions import (
    All,
    Any,
    AtLeast,
    Below,
    Condition,
    From,
    In,
    Is,
    Not,
    Open,
    labelled,
    parts,
    to_json,
)
from screening.law.model import Block, LawPack, Model


def of_tree(node: Condition, *, inside_block: bool = False) -> Iterator[tuple[str, Condition]]:
    """Every condition one step away: a part negated, dropped, `all` for `any`, a limit or a code moved.

    A shared building block counts as one part here; its inside is flipped once for all laws (`in_blocks`).
    """
    if isinstance(node, Open):
        yield f"yes for {short(node)}", All(())
        yield f"no for {short(node)}", Any(())
        return
    yield f"not {short(node)}", node.of if isinstance(node, Not) else Not(node)
    yield from _of_comparison(node)
    if inside_block or not getattr(node, "label", None):
        yield from _of_joint(node)
        yield from _of_parts(node)


def _of_comparison(node: Condition) -> Iterator[tuple[str, Condition]]:
    if isinstance(node, Below | From):
        for limit in (node.limit - 1, node.limit + 1):
            yield f"{limit} for {short(node)}", replace(node, limit=limit)
    if isinstance(node, In):
        for code in sorted(codes_of(node.fact) | node.codes):
            word = "without" if code in node.codes else "with"
            if node.codes != {code}:
                yield f"{word} {code} for {short(node)}", In(node.fact, node.codes ^ {code})


def _of_joint(node: Condition) -> Iterator[tuple[str, Condition]]:
    below = parts(node)
    if len(below) < 2:
        return
    if isinstance(node, All):
        yield f"any for all of {short(node)}", Any(below, node.label)
    if isinstance(node, Any):
        yield f"all for any of {short(node)}", All(below, node.label)
    if isinstance(node, AtLeast):
        for count in {node.count - 1, node.count + 1} & set(range(1, len(below) + 1)):
            yield f"{count} of {short(node)}", replace(node, count=count)
    for i, part in enumerate(below):
        yield f"without {short(part)}", _with(node, (*below[:i], *below[i + 1 :]))


def _of_parts(node: Condition) -> Iterator[tuple[str, Condition]]:
    below = parts(node)
    if isinstance(node, Not):
        own = f"not {short(node.of)}"  # is the negation of the whole
        yield from ((done, replace(node, of=wrong)) for done, wrong in of_tree(node.of) if done != own)
        return
    for i, part in enumerate(below):
        for done, wrong in of_tree(part):
            yield done, _with(node, (*below[:i], wrong, *below[i + 1 :]))


def _with(node: Condition, below: tuple[Condition, ...]) -> Condition:
    """The node over other parts."""
    if isinstance(node, Not):
        return replace(node, of=below[0])
    return replace(node, of=below) if isinstance(node, All | Any | AtLeast) else node


@cache
def codes_of(fact: str) -> frozenset[str]:
    """The codes that a fact may take."""
    row = load_packs().questionnaire.facts.get(fact)
    return frozenset(row.codes) if row else frozenset()


def short(node: Condition) -> str:
    """A condition in a few words, for the list of survivors."""
    match node:
        case (
            All(label=str(label)) | Any(label=str(label)) | Not(label=str(label)) | AtLeast(label=str(label))
        ):
            return f"[{label}]"
        case Is(fact=fact):
            return fact
        case Not(of=of):
            return f"no {short(of)}"
        case Open(reason=reason):
            return f"open ({reason[:40]})"
        case All() | Any() | AtLeast():
            joined = ", ".join(short(part) for part in parts(node))
            return f"{type(node).__name__.lower()}({joined[:90]}{'…' if len(joined) > 90 else ''})"
    return " ".join("/".join(one) if isinstance(one, list) else f"{one}" for one in _flat(to_json(node)))


def _flat(words: dict[str, object]) -> Iterator[object]:
    for key, value in words.items():
        if key != "fact":
            yield key
        yield value


def in_blocks(
    blocks: tuple[Block, ...], packs: dict[str, LawPack]
) -> Iterator[tuple[str, dict[str, LawPack]]]:
    """Every wrong version of the shared building blocks, each with all packs that use it."""
    for block in blocks:
        for done, wrong in of_tree(block.test, inside_block=True):
            if done == f"not {short(block.test)}":
                continue  # each law flips the block as a whole
            put = _putting(block.name, labelled(wrong, block.name))
            changed = {name: _everywhere(pack, put) for name, pack in packs.items()}
            using = {name: one for name, one in changed.items() if one is not packs[name]}
            if using:
                yield f"{block.name}: {done}", using


def _putting(name: str, wrong: Condition) -> Callable[[Condition], Condition]:
    """What puts a wrong version of a building block into a tree wherever the tree names it."""

    def put(node: Condition) -> Condition:
        if getattr(node, "label", None) == name:
            return wrong
        below = parts(node)
        changed = tuple(put(part) for part in below)
        if all(one is two for one, two in zip(below, changed, strict=True)):
            return node
        return _with(node, changed)

    return put


def _everywhere(value, put):
    """The same value with `put` applied to every condition inside; the very same where nothing changes."""
    if isinstance(value, Condition):
        return put(value)
    if isinstance(value, tuple):
        changed = tuple(_everywhere(one, put) for one in value)
        return value if all(one is two for one, two in zip(value, changed, strict=True)) else changed
    if not isinstance(value, Model):
        return value
    fields = {name: getattr(value, name) for name in type(value).model_fields}
    new = {name: _everywhere(one, put) for name, one in fields.items()}
    update = {name: one for name, one in new.items() if one is not fields[name]}
    return value.model_copy(update=update) if update else value
