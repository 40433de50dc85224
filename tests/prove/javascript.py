"""The JavaScript executor against Python, on random trees and random whole cases, to the byte of canonical JSON."""

import json
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from screening import READERS, load_case, load_packs, screen
from screening.executors.bundle import bundle, canonical
from tests.conformance.answers import digest, tree_answer
from tests.conformance.random_cases import case
from tests.conformance.random_trees import facts, tree
from tests.conformance.test_conformance import rows
from tests.executors.node import answer
from tests.prove.proof import Progress, Proof
from tests.prove.shrinking import smallest_case

AT_ONCE = 250


def trees(node, many, seed, *, quiet=True):
    """Every value, settling set and weight of random trees."""
    proof = Proof("values, settling sets and weights of a tree", "JavaScript", "trees")
    progress = Progress("JavaScript trees", many, quiet=quiet)
    started = perf_counter()
    while proof.how_many < many:
        seeds = [f"{seed} {proof.how_many + i}" for i in range(min(4 * AT_ONCE, many - proof.how_many))]
        drawn = [_drawn(one) for one in seeds]
        for row, found in zip(drawn, answer(node, "trees", rows=drawn), strict=True):
            if canonical(tree_answer(row)) != found.encode():
                proof.differs(lambda row=row: f"tree {row['tree']}\n  facts {row['facts']}")
        proof.how_many += len(seeds)
        progress.at(proof.how_many)
    proof.timed(started)
    return proof


def _drawn(seed):
    rng = Random(seed)  # noqa: S311 - a seed, no secret
    return {"tree": tree(rng), "facts": facts(rng)}


def cases(node, many, seed, *, quiet=True):
    """The whole result of random cases, each for one reader."""
    proof = Proof("whole screening of a random case", "JavaScript", "cases")
    progress = Progress("JavaScript cases", many, quiet=quiet)
    started, packs = perf_counter(), load_packs()
    with _bundle(packs) as file:
        while proof.how_many < many:
            drawn = [
                _case(f"{seed} {proof.how_many + i}", packs)
                for i in range(min(AT_ONCE, many - proof.how_many))
            ]
            found = answer(node, "cases", bundle=file, rows=drawn)
            for row, theirs in zip(drawn, found, strict=True):
                if _screened(row, packs) != theirs.encode():
                    proof.differs(lambda row=row: _smallest(node, file, row, packs))
            proof.how_many += len(drawn)
            progress.at(proof.how_many)
    proof.timed(started)
    return proof


def _case(seed, packs):
    rng = Random(seed)  # noqa: S311 - a seed, no secret
    return {"case": case(rng, packs), "reader": rng.choice(READERS)}


def _screened(row, packs):
    return canonical(screen(load_case(row["case"], packs=packs), packs, reader=row["reader"]).to_dict())


class _bundle:  # noqa: N801 - used as a function
    """A file with the bundle of the packs, for as long as the block runs."""

    def __init__(self, packs):
        self._packs, self._folder = packs, TemporaryDirectory(prefix="voi-prove-")

    def __enter__(self):
        file = Path(self._folder.name, "bundle.json")
        file.write_bytes(canonical(bundle(self._packs)))
        return str(file)

    def __exit__(self, *_):
        self._folder.cleanup()


def _smallest(node, file, row, packs):
    """The case with everything left out that is not needed for the two to differ."""

    def differ(given):
        asked = {**row, "case": given}
        return answer(node, "cases", bundle=file, rows=[asked])[0].encode() != _screened(asked, packs)

    least = smallest_case(row["case"], differ)
    return f"reader {row['reader']}, case {json.dumps(least, ensure_ascii=False)}"


def conformance(node):
    """The rows of both conformance files."""
    proof = Proof("rows of the conformance files", "JavaScript", "rows")
    started, packs = perf_counter(), load_packs()
    written = rows("trees.json")
    asked = [{"tree": row["tree"], "facts": row["facts"]} for row in written]
    for row, found in zip(written, answer(node, "trees", rows=asked), strict=True):
        if canonical(row["answer"]) != found.encode():
            proof.differs(lambda row=row: f"trees.json, seed {row['seed']}")
    screened = rows("cases.json")
    asked = [{"case": row["case"], "reader": row["reader"]} for row in screened]
    with _bundle(packs) as file:
        for row, found in zip(screened, answer(node, "cases", bundle=file, rows=asked), strict=True):
            if digest(json.loads(found)) != row["digest"]:
                proof.differs(lambda row=row: f"cases.json, seed {row['seed']}")
    proof.how_many = len(written) + len(screened)
    proof.timed(started)
    return proof
