"""The command runs the whole service from an empty folder, and writes nothing down of what it is sent."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

VOI = Path(sys.executable).with_name("voi")
NAME = "Marigold"


def voi(*words, folder, **settings):
    """Runs the command to its end, with nothing of this process's own settings."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("VOI_") and key not in {"HOST", "PORT"}
    }
    return subprocess.run(
        [VOI, *words],
        cwd=folder,
        env=kept | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A running service: its address, and a function that ends it and gives all it wrote."""
    folder = tmp_path_factory.mktemp("served")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "VOI_HOST": "127.0.0.1", "VOI_PORT": str(port), "VOI_LOG_LEVEL": "debug"}
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = subprocess.Popen([VOI, "serve"], cwd=folder, env=env, stdout=out, stderr=err)
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}", folder
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def _wait(process, port):
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"the service did not answer (exit {process.poll()})")


def ask(url, body=None, kind="application/json"):
    request = urllib.request.Request(
        url, data=body, headers={"Content-Type": kind, "User-Agent": NAME, "X-Request-Id": NAME}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def test_a_service_started_in_an_empty_folder_is_ready_and_says_where_and_what_to_try(served):
    base, folder = served
    assert ask(f"{base}/health/ready")[0] == 200
    assert (folder / "var/voi.db").is_file()
    said = (folder / "err").read_text()
    assert base in said
    assert "Try first" in said


def logged_requests(folder, *, more_than):
    """Whether that many requests reach the log; the line of the last one is written after its answer is sent."""
    for _ in range(100):
        lines = [
            json.loads(line)
            for line in (folder / "out").read_text().splitlines(keepends=True)
            if line.endswith("\n")
        ]
        if sum(line["event"] == "request" for line in lines) > more_than:
            return True
        time.sleep(0.1)
    return False


def test_no_name_reaches_the_logs_from_a_note_an_address_a_header_or_a_fault(served, case):
    base, folder = served
    case["responses"] = {
        "control.threats": {"value": "yes", "source": "record", "note": f"{NAME}'s statement"}
    }
    scenario = {
        f"/api/v1/assess?who={NAME}": (json.dumps(case).encode(), 200),
        "/api/v1/assess": (json.dumps({**case, "person": {"name": NAME}}).encode(), 422),
        f"/api/v1/assess?reader={NAME}": (json.dumps(case).encode(), 422),
        f"/api/v1/law/{NAME}": (None, 404),
        f"/{NAME}/{NAME}": (None, 404),
        f"/api/v1/offenses/US-TN?q={NAME}": (None, 200),
        f"/static/{NAME}.css": (None, 404),
        "/api/v1/schemas/case.v1": (None, 200),
    }
    for path, (body, status) in scenario.items():
        assert ask(f"{base}{path}", body)[0] == status, path
    assert ask(f"{base}/open", NAME.encode(), f"multipart/form-data; boundary={NAME}")[0] < 500
    assert logged_requests(folder, more_than=len(scenario))
    assert NAME not in (folder / "out").read_text() + (folder / "err").read_text()


def test_a_body_that_is_far_too_large_is_answered(served):
    base, _ = served
    assert ask(f"{base}/api/v1/assess", b" " * 400_000)[0] == 413


def test_an_odd_request_line_is_refused(served):
    host, port = served[0].removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as wire:
        wire.sendall(f"GET /{NAME}\x01 HTTP/1.1\r\nHost: {NAME}\r\n\r\n".encode())
        assert b" 400 " in wire.recv(1000).splitlines()[0]
    assert NAME not in (served[1] / "out").read_text()


def test_a_client_that_goes_away_is_no_failure(served):
    host, port = served[0].removeprefix("http://").split(":")
    head = f"POST /api/v1/assess HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=10) as wire:
        wire.sendall(head.encode() + b'{"case"')
    seen = _lines_when(served[1] / "out", lambda line: line.get("status") == 499)
    assert [line for line in seen if line["event"] == "unhandled"] == []


def _lines_when(file, wanted):
    """The lines of a log once one of them is `wanted`."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        lines = [
            json.loads(line) for line in file.read_text().splitlines(keepends=True) if line.endswith("\n")
        ]
        if any(wanted(line) for line in lines):
            return lines
        time.sleep(0.05)
    pytest.fail("the line was not logged")


def test_a_port_that_is_taken_is_said(served, tmp_path):
    ended = voi("serve", folder=tmp_path, VOI_PORT=served[0].rpartition(":")[2])
    assert ended.returncode == 2
    assert "Is another program there?" in ended.stderr


def test_migrate_makes_the_tables_and_can_be_run_again(tmp_path):
    for _ in range(2):
        ended = voi("migrate", folder=tmp_path)
        assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "var/voi.db").is_file()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"VOI_PORT": "eighty"}, "VOI_PORT"),
        ({"VOI_LOG_LEVEL": "loud"}, "log_level"),
        ({"VOI_DATABASE_URL": "mysql://voi:secret-word@host/voi"}, "database_url"),
        ({"VOI_DATABASE_URL": "postgresql://voi:secret-word@host:port/voi"}, "database_url"),
        ({"VOI_DATABASE_URL": "postgresql://voi:secret-word@127.0.0.1:1/voi"}, "VOI_DATABASE_URL"),
    ],
)
def test_a_setting_that_cannot_be_used_ends_the_command_with_its_name_alone(tmp_path, settings, said):
    ended = voi("migrate", folder=tmp_path, **settings)
    assert ended.returncode == 2
    assert said.lower() in ended.stderr.lower()
    assert "Traceback" not in ended.stderr
    assert "secret-word" not in ended.stdout + ended.stderr


def test_packs_that_are_refused_keep_the_service_from_starting(tmp_path):
    ended = voi("serve", folder=tmp_path, VOI_PACKS=str(tmp_path / "none"))
    assert ended.returncode == 2
    assert "no such folder" in ended.stderr


def test_screening_starts_without_the_service():
    code = "import sys; import app.commands; print(sorted({name.partition('.')[0] for name in sys.modules}))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(ended.stdout.replace("'", '"')))
    assert "screening" in loaded
    assert not loaded & {"fastapi", "sqlalchemy", "starlette", "uvicorn", "structlog"}
