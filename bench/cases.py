"""Random cases to screen: a pool of different ones, so that whatever is kept from one case to the next helps little."""

from datetime import date
from functools import cache
from random import Random

from screening import Case, Packs, load_case, load_packs
from screening.case import ItemKind, ItemShape

TODAY = date(2026, 11, 24)
POOL = 50
ANSWERS = 60
CHARGES = 4
STATE = "US-CA"
WORDS = ("yes", "yes", "no", "no", "not_known")


def case_file(seed: int, *, charges: int = CHARGES, answers: int = ANSWERS) -> dict[str, object]:
    """A made-up case file: `answers` responses, one a charge where an item asks that, and `charges` charges."""
    packs = load_packs()
    rng = Random(seed)  # noqa: S311 - the same cases in every run
    ids = [f"c{i}" for i in range(charges)]
    return {
        "case": "v1",
        "as_of": TODAY.isoformat(),
        "person": {"born": f"{rng.randint(1996, 2011)}-05-{rng.randint(1, 28):02}"},
        "place": {"state": STATE},
        "charges": [_charge(packs, one, rng) for one in ids],
        "responses": responses(seed, ids, answers),
    }


def responses(seed: int, charges: list[str], count: int) -> dict[str, object]:
    """`count` random answers, one a charge where an item asks that."""
    rng = Random(seed)  # noqa: S311 - the same cases in every run
    shapes = load_packs().questionnaire.vocabulary_items()
    names = [name for name in sorted(shapes) if not name.startswith("told.") and name != "age.disputed"]
    places = [(name, one) for name in names for one in (charges if shapes[name].per_charge else [""])]
    given: dict[str, object] = {}
    for name, charge in rng.sample(places, count):
        value = _value(shapes[name], rng)
        own = given.setdefault(name, {}) if charge else given
        if isinstance(own, dict):
            own[charge or name] = value
    return given


def _charge(packs: Packs, name: str, rng: Random) -> dict[str, object]:
    entries = packs.law[STATE].index.catalog.offenses
    return {
        "id": name,
        "jurisdiction": STATE,
        "section": rng.choice(entries).section,
        "date": f"{rng.randint(2015, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "mode": rng.choice(("principal", "principal", "accomplice")),
        "status": "charged",
    }


def _value(shape: ItemShape, rng: Random) -> object:
    if shape.kind is ItemKind.CODE:
        return rng.choice(sorted(shape.codes))
    if shape.kind is ItemKind.NUMBER:
        return rng.randint(9, 24)
    return rng.choice(WORDS)


def read(file: dict[str, object]) -> Case:
    return load_case(file, today=TODAY)


@cache
def files() -> tuple[dict[str, object], ...]:
    """The pool as case files."""
    return tuple(case_file(seed) for seed in range(POOL))


@cache
def pool() -> tuple[Case, ...]:
    """The pool as cases read."""
    return tuple(read(file) for file in files())
