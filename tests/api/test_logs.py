"""Logs and failures say what went wrong and where, never what anyone sent."""

import io
import json
import logging
import re

import pytest
import structlog
from starlette.testclient import TestClient

from app.access import Access, allow
from app.logs import configure_logs
from app.main import create_app
from tests.api.conftest import settings_for
from tests.api.problems import problem

NAME = "Marigold"


@pytest.fixture
def logged(monkeypatch):
    """What is logged while a test runs. The client of the tests writes addresses down; the service does not use it."""
    before = structlog.get_config()
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.root, "level", logging.root.level)
    monkeypatch.setattr(logging.getLogger("httpx2"), "disabled", True)
    out = io.StringIO()
    configure_logs("debug", out)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    structlog.configure(**before)


@pytest.fixture
def failing(tmp_path):
    """A service with a route that fails while it handles a name."""
    app = create_app(settings_for(tmp_path))

    def fail(who: str = ""):
        raise ValueError(f"cannot handle {who}")

    app.add_api_route("/api/v1/fails/{who}", allow(Access.PUBLIC)(fail))
    with TestClient(app) as client:
        yield client


def test_a_request_is_one_line_with_the_template_of_its_route(client, logged):
    answer = client.get(f"/api/v1/law/US-TN?who={NAME}")
    (line,) = [one for one in logged() if one["event"] == "request"]
    assert set(line) == {"event", "level", "timestamp", "request_id", "method", "route", "status", "ms"}
    assert (line["method"], line["route"], line["status"]) == ("GET", "/api/v1/law/{jurisdiction}", 200)
    assert line["request_id"] == answer.headers["x-request-id"]


def test_a_method_that_does_not_exist_is_not_written_down(client, logged):
    client.request(NAME.upper(), "/api/v1/law")
    assert logged()[-1]["method"] == "other"


def test_a_failure_is_a_number_and_nothing_else(failing, logged):
    answer = failing.get(f"/api/v1/fails/{NAME}")
    body = problem(answer, 500)
    assert body == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "reference": body["reference"],
    }
    assert body["reference"] == answer.headers["x-request-id"]


def test_a_failure_is_logged_with_its_place_and_without_its_words(failing, logged):
    reference = failing.get(f"/api/v1/fails/{NAME}").json()["reference"]
    (line,) = [one for one in logged() if one["event"] == "unhandled"]
    assert line["request_id"] == reference
    assert line["error"] == "ValueError"
    assert re.search(r"test_logs\.py:\d+ fail$", line["at"][-1])
    assert NAME not in json.dumps(logged())


def test_what_a_library_logs_loses_its_words_too(logged):
    try:
        raise ValueError(NAME)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in application")
    (line,) = logged()
    assert line["error"] == "ValueError"
    assert NAME not in json.dumps(line)
