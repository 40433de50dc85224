"""Conditions against strangers: FHIRPath, CEL, the NULL logic of two databases, and the written-out reference."""

import sqlite3
from contextlib import closing
from functools import partial
from random import Random
from time import perf_counter

from sqlalchemy import make_url

from screening.conditions import compile_conditions
from tests.executors.oracles import Cel, Database, FhirPath
from tests.prove.drawing import known, loose, row, tree
from tests.prove.proof import Progress, Proof
from tests.prove.shrinking import smallest, words
from tests.screening.trees import reference

ROWS = 50
"""So many rows of facts for each tree."""
TREES = 200
"""So many trees for one draw of rows."""


def ours(asked, given):
    """For each tree the truth that Python gives on each of the facts."""
    found = []
    for one in asked:
        evaluate, (top,) = compile_conditions([one])
        found.append([evaluate(facts)[top] for facts in given])
    return found


class Reference:
    """The written-out Kleene reference; it reads facts as our executors do, ranges and codes known in part too."""

    name = "written-out Kleene reference"

    def answers(self, trees, rows):
        """For each tree the truth (0, 1, 2) on each of the facts."""
        return [[int(reference(one, facts)) for facts in rows] for one in trees]


def sqlite_stranger():
    """SQLite in memory."""
    connection = sqlite3.connect(":memory:")
    return connection, Database(f"SQLite {sqlite3.sqlite_version}", connection.cursor(), "?")


def postgres_stranger(url):
    """The PostgreSQL server at this address; what is made there ends with the connection."""
    import psycopg

    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg.connect(plain)
    version = connection.info.server_version // 10_000
    return connection, Database(f"PostgreSQL {version}", connection.cursor(), "%s")


def held_against(stranger, sets, seed, *, quiet=True, draw=row, read=known):
    """The proof that a stranger gives every tree the truth that Python gives it, on at least `sets` trees × facts."""
    proof = Proof("verdict of a tree", stranger.name, "sets")
    progress = Progress(stranger.name, sets, quiet=quiet)
    started, number = perf_counter(), 0
    while proof.how_many < sets:
        rng = Random(f"{seed} {number}")  # noqa: S311 - a seed, no secret
        rows = [draw(rng) for _ in range(ROWS)]
        trees = [tree(rng) for _ in range(min(TREES, -(-(sets - proof.how_many) // ROWS)))]
        theirs, expected = stranger.answers(trees, rows), ours(trees, [read(one) for one in rows])
        for one, found, wanted in zip(trees, theirs, expected, strict=True):
            for i, facts in enumerate(rows):
                if found[i] != wanted[i]:
                    proof.differs(partial(_smallest, stranger, one, facts, read))
        proof.how_many += len(trees) * ROWS
        number += 1
        progress.at(proof.how_many)
    proof.timed(started)
    return proof


def _smallest(stranger, one, facts, read):
    def both(tree, plain):
        return stranger.answers([tree], [plain])[0][0], ours([tree], [read(plain)])[0][0]

    def differ(tree, plain):
        found, wanted = both(tree, plain)
        return found != wanted

    least = smallest(one, facts, differ)
    found, wanted = both(*least)
    return words(*least, **{stranger.name: found, "Python": wanted})


def proofs(sets, seed, postgres_url, *, quiet=True):
    """One proof a stranger, `sets` each; FHIRPath, far slower than the rest, gets a quarter."""
    yield held_against(Reference(), sets, seed, quiet=quiet, draw=loose, read=dict)
    yield held_against(FhirPath(), sets // 4, seed, quiet=quiet)
    yield held_against(Cel(), sets, seed, quiet=quiet)
    for connection, stranger in (sqlite_stranger(), postgres_stranger(postgres_url)):
        with closing(connection):
            yield held_against(stranger, sets, seed, quiet=quiet)
