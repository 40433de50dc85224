"""The proofs in small, as every build runs them, and the command that runs them at length."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.law.words import Mechanism
from screening.rules.elements import open_points
from screening.rules.standing import stand
from tests.executors.conftest import ask, node, postgres_url
from tests.prove import brute, javascript, whole
from tests.prove.__main__ import main
from tests.prove.proof import Proof, table
from tests.prove.small_law import matter

__all__ = ["ask", "node", "postgres_url"]

SETTLING = {what: way for what, way in brute.WAYS.items() if "settle" in what}
SCREENINGS = {"completions": 120, "chains": 80, "settlings": 80, "orders": 60, "later_law": 60, "needs": 40}


@pytest.mark.parametrize("what", sorted(SETTLING))
def test_what_would_settle_is_exactly_the_minimal_sets_or_says_that_more_is_needed(what):
    check, strategies = SETTLING[what]

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.tuples(*strategies))
    def holds(drawn):
        check(*drawn)

    holds()


@pytest.mark.parametrize("check", whole.CHECKS, ids=lambda check: check.__name__)
def test_a_random_whole_case_over_the_packed_law(check):
    seed = random.randrange(10**9)  # noqa: S311 - a seed, no secret
    assert whole.proof_of(check, SCREENINGS[check.__name__], seed).shown == []


def test_filling_in_unknowns_does_narrow_bounds():
    packs, narrowed = whole.load_packs(), 0
    for number in range(60):
        rng = random.Random(number)  # noqa: S311 - a seed, no secret
        given_case = whole.case(rng, packs)
        if given_case.get("charges"):
            free = whole.unknown_items(given_case, rng, packs, whole.CHAIN)
            before = whole.screened(given_case, packs)
            after = whole.screened(whole.answered(given_case, [(item, "yes") for item in free]), packs)
            narrowed += [whole.bounds(one) for one in before.charges] != [
                whole.bounds(one) for one in after.charges
            ]
    assert narrowed >= 5


def test_random_trees_have_the_same_values_and_settling_sets_in_javascript(node):
    assert javascript.trees(node, 600, random.randrange(10**9)).shown == []  # noqa: S311 - a seed, no secret


def test_the_command_prints_one_table_and_ends_well(capsys, postgres_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    assert main(["strangers", "--sets", "400", "--seed", "5", "--quiet"]) == 0
    said = capsys.readouterr().out
    assert "no disagreement (seed 5)" in said
    assert [line.split()[-2] for line in said.splitlines() if line.startswith("verdict")] == ["0"] * 5


def test_a_disagreement_is_printed_and_ends_the_command_with_one(capsys, monkeypatch):
    wrong = Proof("verdict of a tree", "a stranger", "sets", how_many=50)
    wrong.differs(lambda: "tree {'fact': 'a.one'}")
    monkeypatch.setattr(brute, "proofs", lambda many, seed: [wrong])
    assert main(["brute", "--seed", "5"]) == 1
    said = capsys.readouterr().out
    assert "1 disagreements (seed 5)" in said
    assert "verdict of a tree, against a stranger:\n  tree {'fact': 'a.one'}" in said


def test_a_section_that_is_none_is_refused(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["strangest"])
    assert ended.value.code == 2
    assert "no section is called strangest" in capsys.readouterr().err


def test_the_table_has_one_line_a_proof():
    lines = table([Proof("bounds", "brute force", "examples", 1234)]).splitlines()
    assert len(lines) == 3
    assert "1,234 examples" in lines[2]


def test_a_set_of_five_facts_is_never_listed_and_said():
    facts = [brute.Is(name) for name in brute.SETTLED[:5]]
    asked = matter([(Mechanism.IMMUNITY, facts)], {})
    values = asked.pack.evaluate(asked.facts)
    found = open_points(stand(asked, asked.pack.protections[0], values, asked.facts), values)
    assert (found.yes.sets, found.yes.more) == ((), True)
    assert {len(one) for one in found.no.sets} == {1}
