"""Independent engines, two databases and a written-out reference agree with ours on random trees and facts.

The first test draws many sets from a seed; the second lets Hypothesis choose them and make a disagreement small. A
million sets: `make prove`.
"""

import random
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.conditions import All, AtLeast, Is, Not, walk
from tests.executors.oracles import Cel, FhirPath, exact, flat
from tests.prove.drawing import loose
from tests.prove.strangers import Reference, held_against, ours, postgres_stranger, sqlite_stranger
from tests.screening.trees import facts, trees

SETS = {"reference": 10_000, "fhirpath": 1_000, "cel": 8_000, "sqlite": 8_000}
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
some_facts = st.lists(facts, min_size=1, max_size=10)


@pytest.fixture(scope="module")
def strangers():
    connection, sqlite = sqlite_stranger()
    with closing(connection):
        yield {"reference": Reference(), "fhirpath": FhirPath(), "cel": Cel(), "sqlite": sqlite}


@pytest.fixture(scope="module")
def postgres(postgres_url):
    connection, stranger = postgres_stranger(postgres_url)
    with closing(connection):
        yield stranger


def drawn_anew():
    """A seed that differs in each run; pytest prints what it comes from."""
    return random.randrange(10**9)  # noqa: S311 - a seed, no secret


@pytest.mark.parametrize("name", ["fhirpath", "cel", "sqlite"])
def test_a_stranger_gives_every_tree_the_verdict_that_python_gives(strangers, name):
    assert held_against(strangers[name], SETS[name], drawn_anew()).shown == []


def test_the_reference_agrees_on_ranges_and_codes_known_in_part_too(strangers):
    found = held_against(strangers["reference"], SETS["reference"], drawn_anew(), draw=loose, read=dict)
    assert found.shown == []


@pytest.mark.postgres
def test_postgres_gives_every_tree_the_verdict_that_python_gives(postgres):
    assert held_against(postgres, SETS["sqlite"], drawn_anew()).shown == []


def agree(stranger, tree, known):
    given = [exact(one) for one in known]
    return stranger.answers([tree], [flat(one) for one in given]) == ours([tree], given)


@pytest.mark.parametrize("name", ["fhirpath", "cel", "sqlite"])
@QUIET
@given(tree=trees, known=some_facts)
def test_no_tree_is_found_on_which_a_stranger_differs(strangers, name, tree, known):
    assert agree(strangers[name], tree, known)


@pytest.mark.postgres
@QUIET
@given(tree=trees, known=some_facts)
def test_no_tree_is_found_on_which_postgres_differs(postgres, tree, known):
    assert agree(postgres, tree, known)


class Hasty:
    """A stranger with a planted fault: two of several are enough as soon as one is unknown."""

    name = "hasty"

    def answers(self, trees, rows):
        right = Reference().answers(trees, rows)
        return [
            [2 if value == 1 and self._counts(tree) else value for value in values]
            for tree, values in zip(trees, right, strict=True)
        ]

    def _counts(self, tree):
        return any(isinstance(node, AtLeast) and node.count == 2 for node in walk(tree))


def test_a_planted_fault_is_found_and_made_small():
    found = held_against(Hasty(), 5_000, 7, draw=loose, read=dict)
    assert found.disagreements > 10
    assert all(text.count("fact'") + text.count("open'") == 2 for text in found.shown)
    assert "facts {}" in found.shown[0]
    assert "hasty says yes, Python says unknown" in found.shown[0]


def test_the_strangers_know_that_unknown_and_false_is_false(strangers):
    tree = All((Is("a.one"), Not(Is("a.two"))))
    for name in ("fhirpath", "cel", "sqlite"):
        assert strangers[name].answers([tree], [{"a_two": True}, {}, {"a_one": True}]) == [[0, 1, 1]]
