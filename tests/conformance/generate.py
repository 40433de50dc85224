"""Writes the files that every executor is held against: `python -m tests.conformance.generate`.

Run it when the rules, the questionnaire or the packed law change on purpose, and review what moved: each row of
`cases.json` has the bounds of its charges beside the digest of its whole result.
"""

import json
from pathlib import Path
from random import Random

from screening import READERS, load_packs
from tests.conformance.answers import case_answer, digest, summary, tree_answer
from tests.conformance.random_cases import case
from tests.conformance.random_trees import facts, tree

FOLDER = Path(__file__).parent
TREES = 300
CASES = 240


def tree_rows():
    """Trees with facts and what they give, one a seed."""
    for seed in range(TREES):
        rng = Random(seed)  # noqa: S311 - a seed, no secret
        row = {"seed": seed, "tree": tree(rng), "facts": facts(rng)}
        yield {**row, "answer": tree_answer(row)}


def case_rows():
    """Cases over the shipped packs, each for one reader, with the digest of the result."""
    packs = load_packs()
    for seed in range(CASES):
        rng = Random(seed)  # noqa: S311 - a seed, no secret
        row = {"seed": seed, "reader": READERS[seed % len(READERS)], "case": case(rng, packs)}
        result = case_answer(row, packs)
        yield {**row, "digest": digest(result), "summary": summary(result)}


def write(name, rows):
    """One row a line, so that a review shows the rows that moved."""
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
    text = "[\n" + ",\n".join(lines) + "\n]\n"
    (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(lines)} rows, {len(text.encode()) // 1024} KiB")


def main():
    write("trees.json", tree_rows())
    write("cases.json", case_rows())


if __name__ == "__main__":
    main()
