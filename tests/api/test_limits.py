"""A body that is too large is refused before it is read, whether or not it says how large it is."""

import asyncio

import pytest

from app.limits import MOST_BYTES, BodyLimit
from app.web.routes import problem_page
from tests.api.problems import problem

CHUNK = 16 * 1024


class Stream:
    """A client that sends chunks for as long as it is asked, and counts them."""

    def __init__(self, chunks, headers=()):
        self.left = chunks
        self.sent = 0
        self.answers = []
        self.scope = {"type": "http", "method": "POST", "path": "/", "headers": list(headers), "state": {}}

    async def receive(self):
        self.sent += 1
        self.left -= 1
        return {"type": "http.request", "body": b" " * CHUNK, "more_body": self.left > 0}

    async def send(self, message):
        self.answers.append(message)

    @property
    def statuses(self):
        return [one["status"] for one in self.answers if one["type"] == "http.response.start"]


async def reading(scope, receive, send):
    """Reads the whole body, swallowing every error, as a form parser does."""
    try:
        while (await receive())["more_body"]:
            pass
        status = 200
    except Exception:  # noqa: BLE001 - as frameworks do it
        status = 400
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def statuses(stream):
    asyncio.run(BodyLimit(reading, problem_page)(stream.scope, stream.receive, stream.send))
    return stream.statuses


def test_a_body_that_says_it_is_too_large_is_not_read_at_all():
    stream = Stream(1000, [(b"content-length", str(MOST_BYTES + 1).encode())])
    assert statuses(stream) == [413]
    assert stream.sent == 0


def test_a_body_that_does_not_say_is_read_no_further_than_the_limit():
    stream = Stream(1000)
    assert statuses(stream) == [413]
    assert stream.sent == MOST_BYTES // CHUNK + 1


@pytest.mark.parametrize("length", [b"0", b"-1", b"many", b"9" * 400])
def test_a_wrong_length_changes_nothing(length):
    assert statuses(Stream(1000, [(b"content-length", length)])) == [413]


def test_a_body_at_the_limit_is_read():
    assert statuses(Stream(MOST_BYTES // CHUNK)) == [200]


@pytest.mark.parametrize("path", ["/api/v1/assess", "/", "/open", "/health/live", "/nothing"])
def test_the_limit_stands_before_every_address(client, path):
    problem(
        client.post(path, content=b"x" * (MOST_BYTES + 1), headers={"Content-Type": "application/json"}), 413
    )


def test_a_large_case_that_fits_is_screened(client, case):
    note = {"value": "yes", "source": "record", "note": "n" * 1500}
    charges = [{**case["charges"][0], "id": f"c{number}"} for number in range(60)]
    case |= {"charges": charges, "responses": {"control.threats": [note] * 10}}
    assert client.post("/api/v1/assess", json=case).status_code == 200


def test_a_browser_gets_a_page_that_says_the_body_is_too_large(client):
    answer = client.post(
        "/",
        content=b"x" * (MOST_BYTES + 1),
        headers={"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("text/html")
