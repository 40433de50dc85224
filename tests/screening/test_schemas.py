"""The schemas that other programs rely on say exactly what goes in and what comes out."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from screening import READERS, load_case, screen
from screening.schemas import case_schema, screening_schema
from tests.screening.drawn import PACKS, TODAY, cases

ROOT = Path(__file__).parents[2]
CASES = sorted(path for path in (ROOT / "tests/cases").glob("*.yaml") if path.name != "expected.yaml")


@cache
def validator():
    return Draft202012Validator(screening_schema())


def faults(result):
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in validator().iter_errors(result)]


def objects(schema):
    """Every object in a schema, wherever it stands."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for inner in schema.values():
            yield from objects(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from objects(inner)


@pytest.mark.parametrize(
    "schema", [case_schema(PACKS.vocabulary), screening_schema()], ids=lambda one: one["title"]
)
def test_a_schema_is_a_schema(schema):
    Draft202012Validator.check_schema(schema)


def test_no_object_of_a_screening_takes_a_key_that_is_not_named():
    assert [one for one in objects(screening_schema()) if one["additionalProperties"] is not False] == []


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_screening_of_every_published_case_follows_the_schema(path, reader):
    case = load_case(path.read_text(encoding="utf-8"), today=TODAY, packs=PACKS)
    assert faults(screen(case, PACKS, reader=reader).to_dict()) == []


def test_a_missing_key_and_a_new_one_are_both_seen():
    result = screen(load_case({"case": "v1"}, today=TODAY), PACKS).to_dict()
    assert len(faults({**result, "score": 7})) == 1
    assert len(faults({key: value for key, value in result.items() if key != "withheld"})) == 1


def test_every_point_that_is_said_is_in_the_schema():
    rules = ROOT / "screening/rules"
    said = {word for path in rules.glob("*.py") for word in re.findall(r'"point": "(\w+)"', path.read_text())}
    told = screening_schema()["$defs"]["charge"]["properties"]["said"]["items"]["anyOf"]
    assert said
    assert said == {one["properties"]["point"]["const"] for one in told}


@settings(max_examples=50)
@given(cases(), st.sampled_from(READERS))
def test_every_screening_follows_the_schema(case, reader):
    result = screen(load_case(case, today=TODAY, packs=PACKS), PACKS, reader=reader)
    assert faults(result.to_dict()) == []


@given(cases())
def test_every_case_that_is_read_follows_its_schema(case):
    load_case(case, today=TODAY, packs=PACKS)
    told = Draft202012Validator(case_schema(PACKS.vocabulary)).iter_errors(case)
    assert [f"{fault.json_path}: {fault.message[:200]}" for fault in told] == []
