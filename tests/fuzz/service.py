"""The service as it runs for people, on this machine, and what must hold of each of its answers."""

import gzip
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from http.client import HTTPException, HTTPResponse
from pathlib import Path

from app.problems import PROGRAMS
from screening import load_case, load_packs, screen
from tests.api.problems import PROBLEM
from tests.fuzz.requests import REQUESTS
from tests.fuzz.targets import TODAY, Target

VOI = [sys.executable, "-m", "app"]
LAST = b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
PATIENCE = 2.0
AFTER_AN_ANSWER = 0.3
LONGEST = 20.0
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
WRONG_BYTES = b"Invalid HTTP request received."
"""What the server says to bytes that are no HTTP; no part of the service has seen them."""
RESULT_KEYS = frozenset(screen(load_case({"case": "v1"}, today=TODAY), load_packs()).to_dict())


class Service:
    """A running service: its port, and the file that it logs to."""

    def __init__(self, port, log):
        self.port = port
        self.log = log
        self.took = 0.0
        self._seen = 0

    def failures(self):
        """What failed since the last look, as the log has it: the kind of error and the place."""
        with self.log.open("rb") as log:
            log.seek(self._seen)
            lines = log.read().splitlines(keepends=True)
        whole = [line for line in lines if line.endswith(b"\n")]
        self._seen += sum(map(len, whole))
        return [_failure(line) for line in whole if b'"level": "error"' in line or b"Traceback" in line]

    def exchange(self, raw):
        """All bytes that come back for a request and one more after it; `took` is how long the last of them took."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST) as sent:
            began = time.perf_counter()
            with suppress(OSError):  # the server may refuse before it has read everything
                sent.sendall(raw + LAST)
            got, is_whole, ended = _received(sent)
            self.took = ended - began if got else 0.0
            return got, is_whole


def _failure(line):
    try:
        row = json.loads(line)
        return f"{row['error']} at {', '.join(row['at'][-3:])}"
    except (ValueError, KeyError):
        return line.decode("utf-8", "replace")


def _received(sent):
    """The bytes, whether more could not have come, and the time of the last of them. A reset loses what was under way."""
    got, last = b"", time.perf_counter()
    while time.perf_counter() - last < LONGEST:
        sent.settimeout(AFTER_AN_ANSWER if got else PATIENCE)
        try:
            part = sent.recv(1 << 16)
        except TimeoutError:
            return got, True, last
        except OSError:
            return got, False, last
        if not part:
            return got, True, last
        got, last = got + part, time.perf_counter()
    return got, False, last


@contextmanager
def serving(folder):
    """The service on a free port of this machine, with a database of its own; it ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {
        **os.environ,
        "VOI_HOST": "127.0.0.1",
        "VOI_PORT": str(port),
        "VOI_DATABASE_URL": f"sqlite:///{folder}/voi.db",
    }
    log = Path(folder) / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*VOI, "serve"], cwd=Path(__file__).parents[2], env=env, stdout=out, stderr=out
        )
    try:
        _wait(process, port)
        yield Service(port, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait(process, port):
    ends = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < ends:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the service did not answer (exit {process.poll()})")


class _Wire:
    """Bytes that http.client reads as if they came from a connection."""

    def __init__(self, got):
        self._file = io.BytesIO(got)
        self._file.close = lambda: None

    def makefile(self, *_, **__):
        return self._file


def first_answer(got, method):
    """Status, headers and whole body of the first answer in the bytes; interim answers are stepped over."""
    while got.startswith(b"HTTP/1.1 100"):
        got = got.partition(b"\r\n\r\n")[2]
    answer = HTTPResponse(_Wire(got), method=method)
    answer.begin()
    body = answer.read()
    return (
        answer.status,
        answer.headers,
        gzip.decompress(body) if answer.headers.get("content-encoding") == "gzip" and body else body,
    )


def target_of(service, name):
    """One kind of request to the running service."""

    def check(raw):
        got, is_whole = service.exchange(raw)
        if not got or got.endswith(CONTINUE):
            alive, _ = service.exchange(b"")  # the body is not whole: the server waits, and serves others
            assert alive.startswith(b"HTTP/1.1 200"), "no answer, and none to the next request either"
            return
        if re.search(rb"^HTTP/1\.1 5", got, re.MULTILINE):
            time.sleep(0.05)  # the log is written after the answer
            raise AssertionError(" | ".join(service.failures()) or got[:1_000])
        assert b"Traceback" not in got
        wrong = service.failures()
        assert not wrong or WRONG_BYTES in got, wrong
        if is_whole:
            sound(raw, got)

    return Target(name, REQUESTS[name], check, lambda: service.took)


def sound(raw, got):
    """The first answer is whole, and is what was asked for or a problem that says what to mend."""
    words = raw.split(b" ", 2)
    method, path = (
        words[0].decode("latin-1"),
        words[1].decode("latin-1").partition("?")[0] if len(words) > 2 else "",
    )
    try:
        status, headers, body = first_answer(got, method)
    except HTTPException as error:
        raise AssertionError(f"half an answer ({error!r}): {got[:300]!r}") from None
    if body == WRONG_BYTES:
        assert status == 400
        return
    kind = headers.get("content-type", "")
    if status >= 400 and method != "HEAD":
        assert kind.startswith(("application/problem+json", "text/html", "text/plain")), (status, kind)
        if path.startswith(PROGRAMS):
            assert kind == "application/problem+json", (status, kind, body[:200])
    if kind == "application/problem+json" and method != "HEAD":
        _problem(status, body, path)
    elif status == 200 and method == "POST" and path == "/api/v1/assess":
        assert set(json.loads(body)) >= RESULT_KEYS
    elif kind.startswith("text/html") and method != "HEAD" and path != "/sections":
        assert body.rstrip().endswith(b"</html>"), body[-200:]


def _problem(status, body, path):
    shape = json.loads(body)
    assert shape["status"] == status
    assert [fault.message for fault in PROBLEM.iter_errors(shape)] == []
    assert not RESULT_KEYS & set(shape) - {"charges"}, "half a screening"
    if path == "/api/v1/assess" and status in (400, 422):
        assert shape["errors"], shape
        for fault in shape["errors"]:
            assert fault["message"]
            assert len(fault["message"]) < 2_000
