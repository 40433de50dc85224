"""The OpenAPI document is true: whatever follows it, or breaks it in one place, is answered as it says."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

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
WITH_PARAMETERS = [label for label in OPERATIONS if "{" in label or label == ASSESS]


@pytest.fixture(scope="session")
def operations(app):
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    return {one.ok().label: one.ok() for one in schema.get_all_operations()}


def _check(operation, mode, examples, excluded=()):
    bounded = settings(
        max_examples=examples,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    @bounded
    @given(operation.as_strategy(generation_mode=mode))
    def check(case):
        case.call_and_validate(excluded_checks=list(excluded))

    check()


def test_every_operation_is_tried(operations):
    assert sorted(operations) == OPERATIONS


@pytest.mark.parametrize("label", OPERATIONS)
def test_what_follows_the_description_is_answered_as_described(operations, label):
    _check(operations[label], GenerationMode.POSITIVE, 15)


@pytest.mark.parametrize("label", WITH_PARAMETERS)
def test_what_breaks_the_description_is_refused_as_described(operations, label):
    _check(operations[label], GenerationMode.NEGATIVE, 15)
