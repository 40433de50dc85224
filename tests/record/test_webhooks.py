"""An office's own programs are told what happened: signed, without content, again until it arrives, and only theirs."""

import hashlib
import hmac
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from app.actions import webhooks
from app.jobs.in_process import run_one
from app.jobs.tasks import JOBS, Place
from app.store.outbox import post


class Receiver:
    """A program that hears, and answers as it is told to."""

    def __init__(self):
        self.heard, self.status = [], 204
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.heard.append((self.headers["VOI-Signature"], body))
                self.send_response(outer.status)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)


@pytest.fixture
def receiver():
    one = Receiver()
    one.thread.start()
    yield one
    one.server.shutdown()
    one.thread.join()
    one.server.server_close()


@pytest.fixture
def place(app, clock):
    return Place(app.state.sides, app.state.packs, app.state.archive, clock)


@pytest.fixture
def administrator(people):
    return people.make("administrator", "One office", kind="prosecutor")


def send(place):
    return next(job for job in JOBS if job.name == "webhooks").run(place)


def happen(place, administrator, kind="finding-changed"):
    with place.sides.justice.work() as db:
        event = post(
            db,
            kind,
            "screening",
            administrator.account.id,
            office_id=administrator.office.id,
            at=place.clock(),
        )
        return event.id


def test_what_is_sent_is_signed_and_names_only_what_happened(administrator, receiver, place):
    made = administrator.post("/webhooks", {"url": receiver.url, "events": ["finding-changed"]}).json()
    event_id = happen(place, administrator)
    happen(place, administrator, "duty-due")
    assert send(place) == 1
    ((signature, body),) = receiver.heard
    stamp, mark = (part.partition("=")[2] for part in signature.split(","))
    wanted = hmac.digest(made["secret"].encode(), f"{stamp}.".encode() + body, hashlib.sha256).hex()
    assert mark == wanted
    assert str(event_id) in body.decode()
    assert set(__import__("json").loads(body)) == {"event", "id", "kind", "subject", "subject_id", "at"}
    assert send(place) == 0


def test_what_did_not_arrive_is_sent_again_and_given_up_in_the_end(administrator, receiver, place, clock):
    administrator.post("/webhooks", {"url": receiver.url, "events": ["finding-changed"]})
    happen(place, administrator)
    receiver.status = 500
    assert send(place) == 0
    assert send(place) == 0
    assert len(receiver.heard) == 1
    clock.turn(minutes=2)
    receiver.status = 200
    assert send(place) == 1
    happen(place, administrator)
    receiver.status = 500
    for _ in range(20):
        send(place)
        clock.turn(days=2)
    assert len(receiver.heard) == 2 + 1 + len(webhooks.WAITS)


def test_an_address_that_nobody_answers_breaks_nothing(administrator, place):
    administrator.post("/webhooks", {"url": "http://127.0.0.1:1/hook", "events": ["duty-due"]})
    happen(place, administrator, "duty-due")
    assert send(place) == 0


def test_an_ended_webhook_and_another_offices_are_told_nothing(people, administrator, receiver, place):
    made = administrator.post("/webhooks", {"url": receiver.url, "events": ["duty-due"]}).json()
    other = people.make("administrator", "Other office", kind="prosecutor")
    other.post("/webhooks", {"url": receiver.url, "events": ["duty-due"]})
    assert other.request("DELETE", f"/webhooks/{made['id']}").status_code == 404
    assert administrator.request("DELETE", f"/webhooks/{made['id']}").status_code == 204
    assert administrator.get("/webhooks").json()["items"] == []
    happen(place, administrator, "duty-due")
    assert send(place) == 0
    assert receiver.heard == []


@pytest.mark.parametrize(
    "url", ["http://office.example/hook", "https://name:word@office.example", "ftp://office.example/"]
)
def test_an_address_that_anybody_could_read_is_refused(administrator, url):
    assert administrator.post("/webhooks", {"url": url, "events": ["duty-due"]}).status_code == 422


def test_the_same_key_gives_the_same_webhook_and_secret(administrator, receiver):
    given = {"url": receiver.url, "events": ["duty-due"]}
    one, again = (administrator.post("/webhooks", given, key="once").json() for _ in range(2))
    assert one == again


def test_every_job_runs_on_an_empty_record_and_one_that_fails_ends_no_other(place):
    for job in JOBS:
        assert job.run(place) >= 0
    run_one(JOBS[0], None)
