"""How the time of one screening grows with charges, answers and packs, drawn as curves."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.cases import case_file, read, responses
from bench.curves import Curve, drawn
from bench.rows import Floor, Row, best
from screening import Case, Packs, load_packs, screen
from screening.law.load import load_law
from screening.rules.prepared import prepare

PICTURE = Path(__file__).parents[1] / "docs" / "img" / "growth.svg"
CHARGES = (1, 2, 4, 8, 16, 32, 64)
ANSWERS = (60, 120, 240, 360, 480, 600)
PACKS = (11, 53, 500)
TEN = 10
FEW = 60
ROUNDS = 4
EACH = 3
"""Different cases of each size; the mean is shown."""


def run() -> list[Row]:
    packs = load_packs()
    charges = _times({n: [(case, packs) for case in _cases(n, 60)] for n in CHARGES})
    answers = _times({n: [(case, packs) for case in _cases(TEN, n)] for n in ANSWERS})
    many = _packs(packs)
    cases = _cases(4, 60)
    law = _times({n: [(case, many[n]) for case in cases] for n in PACKS})
    PICTURE.write_text(
        drawn(
            [
                Curve("Charges", CHARGES, charges, charges[-2] * 2),
                Curve("Answers, ten charges", ANSWERS, answers, answers[0] * TEN),
                Curve("Jurisdictions packed", PACKS, law, law[0]),
            ]
        ),
        encoding="utf-8",
    )
    return [
        *_rows("charges", CHARGES, charges),
        *_rows("answers over ten charges", ANSWERS, answers),
        *_rows("packs", PACKS, law),
        Row(
            "growth: 64 charges", charges[-1], "ms", "32 charges", charges[-1] / charges[-2], Floor("≤", 2.2)
        ),
        Row("growth: 600 answers", answers[-1], "ms", "60 answers", answers[-1] / answers[0], Floor("≤", 10)),
        Row("growth: 500 packs", law[-1], "ms", "11 packs", law[-1] / law[0], Floor("≤", 1.1)),
    ]


def _cases(charges: int, answers: int) -> list[Case]:
    """The first charges, with their answers, of the largest cases: each size holds all of the one before it."""
    return [read(_cut(case_file(1000 + seed, charges=64), charges, answers, seed)) for seed in range(EACH)]


def _cut(file: dict[str, object], charges: int, answers: int, seed: int) -> dict[str, object]:
    given = file["charges"]
    kept = given[:charges] if isinstance(given, list) else []
    ids = ["c0"] if answers == FEW else [one["id"] for one in kept]  # charges grow, answers stay the same
    return file | {"charges": kept, "responses": responses(seed, ids, answers)}


def _times(sizes: dict[int, list[tuple[Case, Packs]]]) -> list[float]:
    ways = {
        str(n): lambda given=given: [screen(case, packs) for case, packs in given]
        for n, given in sizes.items()
    }
    return [seconds / EACH * 1000 for seconds in best(ways, ROUNDS).values()]


def _packs(packs: Packs) -> dict[int, Packs]:
    """The shipped packs and copies of them under other codes, each prepared by itself."""
    loaded = list(load_law()[0].values())
    law = dict(packs.law)
    found = {}
    for size in PACKS:
        while len(law) < size:
            one = loaded[len(law) % len(loaded)]
            code = f"US-X{len(law)}"
            law[code] = prepare(replace(one, law=one.law.model_copy(update={"jurisdiction": code})))
        found[size] = replace(packs, law=dict(law))
    return found


def _rows(name: str, sizes: Sequence[int], times: Sequence[float]) -> list[Row]:
    return [Row(f"growth: {n} {name}", took, "ms") for n, took in zip(sizes, times, strict=True)]
