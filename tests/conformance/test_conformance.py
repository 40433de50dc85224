"""The conformance files say what Python answers today; other executors are held against the same rows."""

import json
from pathlib import Path

import pytest

from screening import load_packs
from screening.executors.bundle import canonical
from tests.conformance.answers import case_answer, digest, summary, tree_answer

FOLDER = Path(__file__).parent
MOVED = "moved: if that was meant, run `python -m tests.conformance.generate` and review what changed"
MOST_BYTES = 2_000_000


def rows(name):
    """The rows of a conformance file."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def test_the_files_hold_rows_and_stay_small():
    assert len(rows("trees.json")) >= 200
    assert len(rows("cases.json")) >= 200
    assert sum(file.stat().st_size for file in FOLDER.glob("*.json")) <= MOST_BYTES


def test_the_trees_use_every_kind_of_node():
    text = (FOLDER / "trees.json").read_text(encoding="utf-8")
    words = ("all", "any", "not", "at_least", "below", "from", "before", "on_or_after", "in", "has", "open")
    assert [word for word in words if f'"{word}":' not in text] == []


def test_trees_give_the_values_written_down():
    moved = [
        row["seed"] for row in rows("trees.json") if canonical(tree_answer(row)) != canonical(row["answer"])
    ]
    assert moved == [], MOVED


@pytest.mark.parametrize("start", range(0, 240, 60))
def test_cases_give_the_results_written_down(start):
    packs = load_packs()
    moved = {}
    for row in rows("cases.json")[start : start + 60]:
        result = case_answer(row, packs)
        if digest(result) != row["digest"]:
            moved[row["seed"]] = (row["summary"], summary(result))
    assert moved == {}, MOVED
