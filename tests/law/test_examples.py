"""The law in examples that a lawyer can read: each says what one text gives for one case, and why."""

from collections import Counter

import pytest

from screening import load_packs
from tests.law.examples import differences, rows

ROWS = dict(rows())


@pytest.mark.parametrize("name", ROWS)
def test_example(name):
    assert differences(ROWS[name]) == [], ROWS[name]["why"]


def test_every_visible_protection_has_four_examples_and_every_hidden_one_its_own():
    counted = Counter(row["protection"] for row in ROWS.values())
    rules = [one.rule for pack in load_packs().law.values() for one in pack.protections]
    assert rules, "there are packs"
    short = {rule.id: counted[rule.id] for rule in rules if counted[rule.id] < (1 if rule.is_hidden else 4)}
    assert short == {}


def test_examples_speak_of_protections_that_exist():
    known = {one.rule.id for pack in load_packs().law.values() for one in pack.protections}
    duties = {duty.id for pack in load_packs().law.values() for duty, _ in pack.duties}
    assert {row["protection"] for row in ROWS.values()} <= known | duties
