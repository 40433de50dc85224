"""Orders items so that a branch is decided only by facts whose own branches have been decided before."""

from collections.abc import Iterable, Mapping

from screening.conditions import facts_of
from screening.questionnaire.model import Item


def levels_of(items: Iterable[Item]) -> tuple[tuple[Item, ...], ...]:
    """Items by level: the first have no condition, each later level reads facts of the levels before it only.

    Expects conditions without a circle (see `circle_of`).
    """
    asked = tuple(items)
    feeding = _feeding(asked)
    level: dict[str, int] = {}
    for item in asked:
        _level(item, feeding, level)
    return tuple(
        tuple(item for item in asked if level[item.id] == n)
        for n in range(max(level.values(), default=0) + 1)
    )


def circle_of(items: Iterable[Item]) -> tuple[str, ...]:
    """The ids of items that wait for one another, in the order found; empty where every branch can be decided."""
    asked = tuple(items)
    feeding = _feeding(asked)
    done: set[str] = set()
    for item in asked:
        found = _circle(item, feeding, (), done)
        if found:
            return found
    return ()


def _feeding(items: tuple[Item, ...]) -> Mapping[str, tuple[Item, ...]]:
    feeding: dict[str, tuple[Item, ...]] = {}
    for item in items:
        if item.fact:
            feeding[item.fact] = (*feeding.get(item.fact, ()), item)
    return feeding


def _before(item: Item, feeding: Mapping[str, tuple[Item, ...]]) -> tuple[Item, ...]:
    if item.shown_when is None:
        return ()
    return tuple(other for fact in sorted(facts_of(item.shown_when)) for other in feeding.get(fact, ()))


def _level(item: Item, feeding: Mapping[str, tuple[Item, ...]], level: dict[str, int]) -> int:
    if item.id not in level:
        below = [_level(other, feeding, level) for other in _before(item, feeding)]
        level[item.id] = max(below, default=-1) + 1
    return level[item.id]


def _circle(
    item: Item, feeding: Mapping[str, tuple[Item, ...]], trail: tuple[str, ...], done: set[str]
) -> tuple[str, ...]:
    if item.id in trail:
        return trail[trail.index(item.id) :]
    if item.id in done:
        return ()
    for other in _before(item, feeding):
        found = _circle(other, feeding, (*trail, item.id), done)
        if found:
            return found
    done.add(item.id)
    return ()
