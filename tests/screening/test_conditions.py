"""Conditions: one tree, the value of every node in one pass, the same as Kleene written out; and what would settle it."""

from itertools import combinations, permutations

import pytest
from hypothesis import given, settings

from screening.conditions import (
    All,
    Any,
    AtLeast,
    Below,
    ConditionReader,
    From,
    In,
    Is,
    Not,
    Open,
    compile_conditions,
    facts_of,
    to_json,
    walk,
)
from screening.conditions.settle import LARGEST, opposite, setting, settle, truths_of
from screening.truth import Truth
from tests.screening.trees import completions, facts, reference, trees


def value(tree, known):
    evaluate, (top,) = compile_conditions([tree])
    return evaluate(known)[top]


@given(trees, facts)
def test_every_node_has_the_value_of_the_written_out_reference(tree, known):
    evaluate, _ = compile_conditions([tree])
    assert list(evaluate(known)) == [reference(node, known) for node in walk(tree)]


@given(trees, facts)
def test_a_definite_value_holds_in_every_completion(tree, known):
    seen = value(tree, known)
    if seen != Truth.UNKNOWN:
        assert {value(tree, full) for full in completions(tree, known)} == {seen}


@given(trees, facts)
def test_removing_a_fact_never_turns_one_definite_value_into_the_other(tree, known):
    full = value(tree, known)
    for name in known:
        fewer = value(tree, {key: part for key, part in known.items() if key != name})
        assert fewer in (full, Truth.UNKNOWN)


@given(trees)
def test_the_json_form_reads_back_as_the_same_tree(tree):
    reader = ConditionReader()
    assert to_json(reader.read(to_json(tree), "test")) == to_json(tree)
    assert reader.faults == []


@settings(max_examples=60)
@given(trees, facts)
def test_what_would_settle_is_exactly_the_minimal_sufficient_sets_of_yes_and_no_facts(tree, known):
    names = facts_of(tree)
    if not all(name.startswith("a.") for name in names):
        return
    evaluate, (top,) = compile_conditions([tree])
    values = evaluate(known)
    if values[top] != Truth.UNKNOWN:
        return
    for want in (Truth.YES, Truth.NO):
        found = settle(tree, truths_of(tree, values), want)
        assert set(found.sets) == _brute_force(tree, known, names, want)


def _brute_force(tree, known, names, want):
    free = sorted(name for name in names if known.get(name, Truth.UNKNOWN) == Truth.UNKNOWN)
    least = []
    for size in range(LARGEST + 1):
        for chosen in combinations(free, size):
            for bits in range(2**size):
                fixed = {name: Truth.YES if bits >> i & 1 else Truth.NO for i, name in enumerate(chosen)}
                one = frozenset(setting(Is(name), holds=truth is Truth.YES) for name, truth in fixed.items())
                if any(other <= one for other in least):
                    continue
                if {value(tree, full) for full in completions(tree, {**known, **fixed})} == {want}:
                    least.append(one)
    return set(least)


@settings(max_examples=80)
@given(trees, facts)
def test_a_settling_set_settles_whatever_the_rest_is(tree, known):
    evaluate, (top,) = compile_conditions([tree])
    values = evaluate(known)
    if values[top] != Truth.UNKNOWN:
        return
    for want in (Truth.YES, Truth.NO):
        for one in settle(tree, truths_of(tree, values), want).sets:
            matching = [
                full
                for full in completions(tree, known)
                if all(reference(part.test, full) == (2 if part.holds else 0) for part in one)
            ]
            if not matching:  # two limits on a code that is partly known may leave no code at all
                assert any(isinstance(part.test, In) for part in one)
                continue
            assert {value(tree, full) for full in matching} == {want}


def test_the_opposite_of_below_is_from():
    below = setting(Below("age.offense", 18), holds=True)
    assert opposite(below) == setting(From("age.offense", 18), holds=True)
    assert opposite(opposite(below)) == below


def test_an_open_point_of_law_is_unknown_and_no_fact_settles_it():
    tree = All((Is("a.one"), Open("not established")))
    evaluate, (top,) = compile_conditions([tree])
    values = evaluate({"a.one": Truth.YES})
    assert values[top] == Truth.UNKNOWN
    assert settle(tree, truths_of(tree, values), Truth.YES).sets == ()


def test_x_or_not_x_needs_nothing():
    tree = Any((All((Is("a.one"), Is("a.two"))), All((Not(Is("a.one")), Is("a.two")))))
    evaluate, _ = compile_conditions([tree])
    found = settle(tree, truths_of(tree, evaluate({})), Truth.YES)
    assert frozenset({setting(Is("a.two"), holds=True)}) in found.sets


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"every": ["a"]}, "unknown kind of condition"),
        ({"all": []}, "empty"),
        ({"at_least": 3, "of": ["a", "b"]}, "count"),
        ({"fact": "age", "below": "eighteen"}, "whole number"),
        ({"fact": "day", "before": "2024-02-30"}, "not a date"),
        ({"fact": "age", "below": 18, "from": 12}, "one fact and one test"),
        ({"block": "no_such_block"}, "no building block"),
        ({"open": ""}, "needs words"),
        (["a"], "not a condition"),
    ],
)
def test_a_mistake_in_a_condition_is_named(written, words):
    reader = ConditionReader()
    reader.read(written, "here")
    assert any(words in fault.message for fault in reader.faults)


# The eight regressions of the engine study, by name.


def test_regression_1_a_missing_age_never_satisfies_under_18_nor_falls_to_the_adult_branch():
    assert value(Below("age.offense", 18), {}) == Truth.UNKNOWN
    assert value(From("age.offense", 18), {}) == Truth.UNKNOWN


def test_regression_2_unknown_and_false_is_false_in_either_order():
    for order in permutations((Is("a.one"), Is("a.two"))):
        assert value(All(order), {"a.one": Truth.NO}) == Truth.NO


def test_regression_3_a_fact_that_is_unknown_and_one_that_is_missing_are_the_same():
    tree = AtLeast(1, (Is("a.one"), Not(Is("a.two"))))
    assert value(tree, {"a.one": Truth.UNKNOWN, "a.two": Truth.UNKNOWN}) == value(tree, {})


def test_regression_4_an_unknown_never_matches_an_unknown():
    assert value(In("b.code", frozenset({"red"})), {}) == Truth.UNKNOWN


def test_regression_5_the_facts_that_would_matter_are_reported():
    tree = All((Is("a.one"), Any((Is("a.two"), Is("a.three")))))
    evaluate, _ = compile_conditions([tree])
    found = settle(tree, truths_of(tree, evaluate({"a.one": Truth.YES})), Truth.YES)
    assert {part.fact for one in found.sets for part in one} == {"a.two", "a.three"}


def test_regression_8_the_values_of_all_conditions_rebuild_the_verdict():
    tree = Any((All((Is("a.one"), Not(Is("a.two")))), Below("age.offense", 18)))
    evaluate, (top,) = compile_conditions([tree])
    values = evaluate({"a.one": Truth.YES, "a.two": Truth.NO, "age.offense": (20, 25)})
    truths = truths_of(tree, values)
    assert truths[id(tree)] == values[top] == Truth.YES
    assert len(values) == len(list(walk(tree)))
