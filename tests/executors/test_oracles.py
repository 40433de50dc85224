"""Two independent engines and a written-out reference agree with ours on random trees and facts."""

import os

from hypothesis import HealthCheck, given, settings

from screening.conditions import compile_conditions
from tests.executors.oracles import ask_cel, ask_fhirpath, exact
from tests.screening.trees import facts, reference, trees

ROUNDS = int(os.environ.get("VOI_ORACLE_ROUNDS", "100"))
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]


def ours(tree, known):
    evaluate, (top,) = compile_conditions([tree])
    return evaluate(known)[top]


@settings(max_examples=ROUNDS, deadline=None, suppress_health_check=QUIET)
@given(trees, facts)
def test_fhirpath_agrees(tree, known):
    known = exact(known)
    assert ask_fhirpath(tree, known) == ours(tree, known)


@settings(max_examples=ROUNDS, deadline=None, suppress_health_check=QUIET)
@given(trees, facts)
def test_cel_agrees(tree, known):
    known = exact(known)
    assert ask_cel(tree, known) == ours(tree, known)


@settings(max_examples=ROUNDS * 20, deadline=None, suppress_health_check=QUIET)
@given(trees, facts)
def test_the_written_out_reference_agrees(tree, known):
    assert reference(tree, known) == ours(tree, known)
