"""The OpenAPI document is true: whatever follows it, or breaks it in one place, is answered as it says."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

OPERATIONS = [
    "GET /api/v1/coverage",
    "GET /api/v1/law",
    "GET /api/v1/law/{jurisdiction}",
    "GET /api/v1/law/{jurisdiction}/protections/{protection}",
    "GET /api/v1/offenses/{jurisdiction}",
    "GET /api/v1/questionnaire",
    "GET /api/v1/schemas/{name}",
    "GET /health/live",
    "GET /health/ready",
    "GET /metrics",
    "POST /api/v1/assess",
]
ASSESS = "POST /api/v1/assess"


@pytest.fixture(scope="session")
def operations(app):
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    return {one.ok().label: one.ok() for one in schema.get_all_operations()}


def _check(cases, excluded=(), examples=15):
    bounded = settings(
        max_examples=examples,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    @bounded
    @given(cases)
    def check(case):
        case.call_and_validate(excluded_checks=list(excluded))

    check()


def _asks_who_calls(operation):
    return "401" in operation.definition.raw["responses"]


def test_every_operation_is_tried(operations):
    assert sorted(label for label, one in operations.items() if not _asks_who_calls(one)) == OPERATIONS


def test_operations_of_the_record_refuse_whom_they_do_not_know_as_described(operations):
    asking = [one for one in operations.values() if _asks_who_calls(one)]
    assert len(asking) > 50
    for one in asking:
        _check(one.as_strategy(generation_mode=GenerationMode.POSITIVE), examples=2)


@pytest.mark.parametrize("label", OPERATIONS)
def test_what_follows_the_description_is_answered_as_described(operations, label):
    # A schema cannot say that a day exists or that ids differ, so a case that follows it may still be refused.
    excluded = [positive_data_acceptance] if label == ASSESS else []
    _check(operations[label].as_strategy(generation_mode=GenerationMode.POSITIVE), excluded)


@pytest.mark.parametrize("label", ["GET /api/v1/offenses/{jurisdiction}", ASSESS])
def test_what_breaks_the_description_is_refused_as_described(operations, label):
    # In YAML every scalar is text, so a number where the schema wants text breaks nothing.
    cases = operations[label].as_strategy(generation_mode=GenerationMode.NEGATIVE)
    _check(cases.filter(lambda case: case.media_type != "application/yaml"))
