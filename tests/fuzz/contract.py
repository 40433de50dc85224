"""The description of the API turned into requests to the running service, those that follow it and those that break it."""

import schemathesis
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.fuzz.targets import Target


def contract_target(service):
    """Every operation, answered as the description says; the request is kept as a command that sends it again."""
    base = f"http://127.0.0.1:{service.port}"
    schema = schemathesis.openapi.from_url(f"{base}/api/v1/openapi.json")
    operations = [one.ok() for one in schema.get_all_operations()]
    positive = [one.as_strategy(generation_mode=GenerationMode.POSITIVE) for one in operations]
    # In YAML every scalar is text, so a number where the schema wants text breaks nothing.
    negative = [
        one.as_strategy(generation_mode=GenerationMode.NEGATIVE).filter(
            lambda case: case.media_type != "application/yaml"
        )
        for one in operations
        if one.label in ("GET /api/v1/offenses/{jurisdiction}", "POST /api/v1/assess")
    ]
    seconds = [0.0]

    def check(case):
        # A schema cannot say that a day exists or that ids differ, so a case that follows it may still be refused.
        excluded = [positive_data_acceptance] if case.operation.label == "POST /api/v1/assess" else []
        answer = case.call_and_validate(excluded_checks=excluded)
        seconds[0] = answer.elapsed
        assert not (failed := service.failures()), failed

    return Target(
        "requests by the description",
        st.one_of(*positive, *negative),
        check,
        lambda: float(seconds[0]),
        lambda case: case.as_curl_command().encode("utf-8", "replace"),
    )
