"""What every refusal has to look like."""

from jsonschema import Draft202012Validator

from app.api.shapes import shapes

PROBLEM = Draft202012Validator(shapes()["problem"])


def problem(answer, status):
    """The body of an answer that has to be a problem of this status; its shape is checked on the way."""
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert [fault.message for fault in PROBLEM.iter_errors(body)] == []
    assert body["status"] == status
    return body
