"""The SQL executor against Python: every condition of random trees, and the rows of the conformance file."""

from random import Random
from time import perf_counter

from tests.conformance.answers import fact_value, read_tree
from tests.conformance.test_conformance import rows
from tests.executors.sql_facts import FACTS, fill, held, values_in, values_of
from tests.prove.drawing import loose, tree
from tests.prove.proof import Progress, Proof
from tests.prove.shrinking import smallest, words

ROWS = 50
TREES = 40


def held_against(name, connection, sets, seed, *, quiet=True):
    """The proof that every condition has the same value in this database, on `sets` trees × facts."""
    proof = Proof("every condition of a tree, SQL executor", name, "sets")
    progress = Progress(f"SQL executor on {name}", sets, quiet=quiet)
    started, number = perf_counter(), 0
    FACTS.metadata.create_all(connection)
    while proof.how_many < sets:
        rng = Random(f"{seed} {number}")  # noqa: S311 - a seed, no secret
        known = [loose(rng) for _ in range(ROWS)]
        fill(connection, known)
        trees = [tree(rng) for _ in range(min(TREES, -(-(sets - proof.how_many) // ROWS)))]
        answers = [values_in(connection, one) for one in trees]
        for one, found in zip(trees, answers, strict=True):
            _compared(proof, connection, one, known, found)
        proof.how_many += len(trees) * ROWS
        number += 1
        progress.at(proof.how_many)
    proof.timed(started)
    return proof


def _compared(proof, connection, one, known, found):
    for facts, theirs, wanted in zip(known, found, values_of(one, known), strict=True):
        if theirs != wanted:
            proof.differs(lambda facts=facts: _smallest(connection, one, facts))


def _smallest(connection, one, facts):
    def answers(node, known):
        fill(connection, [known])
        return values_in(connection, node)[0], values_of(node, [known])[0]

    def differ(node, known):
        found, wanted = answers(node, known)
        return found != wanted

    node, known = smallest(one, facts, differ)
    found, wanted = answers(node, known)
    return words(node, known, SQL=found[-1], Python=wanted[-1])


def conformance(name, connection):
    """The rows of `trees.json`; a code known in part is unknown to a row of a table."""
    proof = Proof("rows of the conformance file of trees", name, "rows")
    started = perf_counter()
    FACTS.metadata.create_all(connection)
    for row in rows("trees.json"):
        node = read_tree(row["tree"])
        known = {fact: fact_value(fact, value) for fact, value in row["facts"].items()}
        fill(connection, [known])
        expected = row["answer"]["values"] if held(known) == known else values_of(node, [known])[0]
        if values_in(connection, node) != [expected]:
            proof.differs(lambda row=row: f"trees.json, seed {row['seed']}")
        proof.how_many += 1
    proof.timed(started)
    return proof
