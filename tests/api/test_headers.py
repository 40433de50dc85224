"""Every answer, also a refusal, tells the browser what it may not do, and opens nothing to other sites."""

import pytest

from app.headers import SECURITY

ANSWERS = ["/", "/static/icon.svg", "/api/v1/law", "/api/v1/law/XX", "/nothing", "/health/live", "/metrics"]


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_has_the_headers(client, path):
    answer = client.get(path, headers={"Origin": "https://elsewhere.example"})
    assert {name: answer.headers[name] for name in SECURITY} == SECURITY
    assert not [name for name in answer.headers if name.startswith("access-control-") or name == "set-cookie"]
    assert "server" not in answer.headers


def test_the_policy_lets_no_script_in_and_no_page_out():
    policy = SECURITY["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_another_site_may_not_ask_whether_it_may(client):
    headers = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    assert client.options("/api/v1/assess", headers=headers).status_code == 405


def test_every_answer_has_a_number_of_its_own(client):
    numbers = {
        client.get("/health/live", headers={"X-Request-Id": "chosen"}).headers["x-request-id"]
        for _ in range(5)
    }
    assert len(numbers) == 5
    assert "chosen" not in numbers
