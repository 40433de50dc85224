"""Draws condition trees and facts from a seed, fast: a million sets of both within seconds."""

from datetime import date

from screening.conditions import All, Any, AtLeast, Below, From, Has, In, Is, Not, Open
from screening.truth import Truth
from tests.screening.trees import BOOLS, CODES

AGES = (12, 18, 21)
DAYS = ("2019-07-01", "2024-02-29", "2026-01-23")
DEEPEST = 4
NAMES = [
    *(name.replace(".", "_") for name in BOOLS),
    "age",
    "acted",
    "code",
    *(f"holds_{code}" for code in CODES),
]
"""The names of a row of facts, which every stranger reads; a name that is missing is unknown."""


def tree(rng, depth=0):
    """One tree of all ten kinds of node."""
    if depth >= DEEPEST or rng.random() < 0.28:
        return _leaf(rng)
    kind = rng.randrange(4)
    if kind == 0:
        return Not(tree(rng, depth + 1))
    of = tuple(
        tree(rng, depth + 1)
        for _ in range(rng.choice((0, 1, 2, 2, 2, 3, 3, 4)) if kind < 3 else rng.randint(1, 4))
    )
    if kind == 3:
        return AtLeast(rng.randint(1, len(of)), of)
    return (All if kind == 1 else Any)(of)


def _leaf(rng):
    kind = rng.random()
    if kind < 0.5:
        return Is(rng.choice(BOOLS))
    if kind < 0.64:
        return rng.choice((Below, From))("age.offense", rng.choice(AGES))
    if kind < 0.76:
        return rng.choice((Below, From))("date.offense", _ordinal(rng.choice(DAYS)), is_date=True)
    if kind < 0.86:
        return In("b.code", frozenset(rng.sample(CODES, rng.randint(1, 2))))
    return Has("b.codes", rng.choice(CODES)) if kind < 0.97 else Open("not established")


def row(rng):
    """Facts as one row of plain values: yes and no as truth values, an age, a day, a code. Each is unknown now and then."""
    drawn = {
        **{name: rng.random() < 0.5 for name in NAMES if name.startswith(("a_", "holds_"))},
        "age": rng.choice((0, 11, 12, 15, 17, 18, 19, 20, 21, 40)),
        "acted": rng.choice((*DAYS, "2019-06-30", "2022-01-01", "2024-02-28", "2026-01-24")),
        "code": rng.choice((*CODES, "white")),
    }
    share = rng.choice((0.1, 0.3, 0.6))
    return {name: value for name, value in drawn.items() if rng.random() >= share}


def known(plain):
    """The facts of a row as our executors read them."""
    facts = {
        name: Truth.YES if plain[key] else Truth.NO
        for name in BOOLS
        if (key := name.replace(".", "_")) in plain
    }
    if "age" in plain:
        facts["age.offense"] = (plain["age"],) * 2
    if "acted" in plain:
        facts["date.offense"] = (_ordinal(plain["acted"]),) * 2
    if "code" in plain:
        facts["b.code"] = frozenset({plain["code"]})
    held = {code: plain.get(f"holds_{code}") for code in CODES}
    if set(held.values()) != {None}:
        facts["b.codes"] = (
            frozenset(code for code, is_in in held.items() if is_in),
            frozenset(code for code, is_in in held.items() if is_in is not False),
        )
    return facts


def loose(rng):
    """Facts as only our executors read them: ages and days as ranges, codes that are known in part."""
    facts = known(row(rng))
    if rng.random() < 0.6:
        low = rng.randint(0, 25)
        facts["age.offense"] = (low, low + rng.choice((0, 1, 4, 12)))
    if rng.random() < 0.6:
        low = _ordinal(rng.choice(DAYS)) - rng.choice((0, 1, 400))
        facts["date.offense"] = (low, low + rng.choice((0, 1, 400, 2000)))
    if rng.random() < 0.6:
        facts["b.code"] = frozenset(rng.sample((*CODES, "white"), rng.randint(1, 3)))
    if rng.random() < 0.3:
        facts["b.codes"] = (frozenset(rng.sample(CODES, rng.randint(0, 1))), None)
    return facts


def _ordinal(day):
    return date.fromisoformat(day).toordinal()
