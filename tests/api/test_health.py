"""Operators see whether the service runs, whether it can work, and what it answered, without seeing anyone's case."""

import re

from pydantic import SecretStr
from starlette.testclient import TestClient

from app.main import create_app
from app.opening import make_keys
from app.settings import Settings
from app.store.session import migrate
from tests.api.conftest import settings_for
from tests.api.problems import problem


def test_a_service_that_was_set_up_is_ready(client):
    assert client.get("/health/live").json() == {"status": "live"}
    assert client.get("/health/ready").json() == {"status": "ready"}


def test_a_service_without_tables_lives_and_is_not_ready_until_it_has_them(tmp_path):
    app = create_app(settings_for(tmp_path))
    with TestClient(app) as client:
        assert client.get("/health/live").status_code == 200
        assert "voi migrate" in problem(client.get("/health/ready"), 503)["detail"]
        migrate(app.state.engine)
        assert client.get("/health/ready").status_code == 200


def test_a_service_whose_database_is_away_says_when_to_ask_again_and_still_screens(case, tmp_path):
    away = SecretStr("postgresql://officer:secret-word@127.0.0.1:1/voi")
    settings = Settings(_env_file=None, database_url=away, key_file=tmp_path / "voi.key")
    make_keys(settings)
    with TestClient(create_app(settings)) as client:
        answer = client.get("/health/ready")
        problem(answer, 503)
        assert int(answer.headers["retry-after"]) > 0
        assert "secret-word" not in answer.text
        assert client.post("/api/v1/assess", json=case).status_code == 200


def test_counters_have_route_templates_and_statuses_alone(tmp_path, case):
    app = create_app(settings_for(tmp_path))
    with TestClient(app) as client:
        client.get("/api/v1/law/US-TN?person=Marigold")
        client.get("/Marigold")
        client.get("/static/icon.svg")
        client.post("/api/v1/assess", json=case)
        text = client.get("/metrics").text
    assert "Marigold" not in text
    assert "US-TN" not in text
    counted = dict(re.findall(r"^voi_http_requests_total\{(.*)\} (\S+)$", text, re.MULTILINE))
    assert counted == {
        'route="/api/v1/law/{jurisdiction}",status="200"': "1.0",
        'route="unmatched",status="404"': "1.0",
        'route="/static/*",status="200"': "1.0",
        'route="/api/v1/assess",status="200"': "1.0",
    }
