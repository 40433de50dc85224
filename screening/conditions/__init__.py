"""Conditions over typed facts: one closed tree, read from packs and run by several executors."""

from screening.conditions.compiled import UNBOUNDED, Evaluator, Facts, FactValue, Values, compile_conditions
from screening.conditions.nodes import (
    All,
    Any,
    AtLeast,
    Below,
    Comparison,
    Condition,
    ConditionReader,
    From,
    Has,
    In,
    Is,
    Not,
    Open,
    facts_of,
    labelled,
    parts,
    to_json,
    walk,
)

__all__ = [
    "UNBOUNDED", "All", "Any", "AtLeast", "Below", "Comparison", "Condition", "ConditionReader", "Evaluator", "FactValue", "Facts", "From", "Has",
    "In", "Is", "Not", "Open", "Values", "compile_conditions", "facts_of", "labelled", "parts", "to_json", "walk",
]  # fmt: skip
