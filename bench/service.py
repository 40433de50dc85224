"""POST /api/v1/assess over HTTP, beside a bare echo of the same two bodies and the screening alone in this process."""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep

from pydantic_core import to_json

from bench.cases import POOL, TODAY, files, pool
from bench.rows import Floor, Row
from screening import load_case, load_packs, screen

ROUNDS = 5
MANY = 32
STARTS_WITHIN = 60
HEADERS = {"Content-Type": "application/json"}
ASSESS = "/api/v1/assess"


def run() -> list[Row]:
    packs, cases = load_packs(), pool()
    bodies = [json.dumps(file) for file in files()]
    answers = [to_json(screen(case, packs).to_dict()).decode() for case in cases]
    every = {
        "echo": lambda ports: _one_by_one(ports["echo"], "echo", bodies),
        "service": lambda ports: _one_by_one(ports["service"], "service", bodies),
        f"echo, {MANY}": lambda ports: _at_once(ports["echo"], "echo", bodies),
        f"service, {MANY}": lambda ports: _at_once(ports["service"], "service", bodies),
        "screen": lambda _: [screen(case, packs) for case in cases],
        "all it does": lambda _: [_whole(body.encode()) for body in bodies],
    }
    seen = dict.fromkeys(every, float("inf"))
    with TemporaryDirectory(prefix="voi-bench-") as name:
        folder = Path(name)
        (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
        with served("echo", folder) as echo, served("service", folder) as service:
            ports = {"echo": echo, "service": service}
            for _ in range(ROUNDS):
                for kind, way in every.items():
                    start = perf_counter()
                    way(ports)
                    seen[kind] = min(seen[kind], (perf_counter() - start) / POOL * 1000)
    return _rows(seen)


def _rows(seen: dict[str, float]) -> list[Row]:
    rows = []
    for label, tail in (("one connection", ""), (f"{MANY} connections", f", {MANY}")):
        took, echoed = seen[f"service{tail}"], seen[f"echo{tail}"]
        for against in ("screen", "all it does"):
            beside = {"screen": "echo and screen() in process", "all it does": "echo and load, screen, JSON"}
            rows.append(
                Row(
                    f"service: {label}, a request",
                    took,
                    "ms",
                    beside[against],
                    took / (echoed + seen[against]),
                    Floor("≤", 1.25) if against == "screen" else None,
                )
            )
        rows.append(Row(f"service: echo, {label}", echoed, "ms"))
    rows.append(Row("service: screen() in process", seen["screen"], "ms"))
    rows.append(Row("service: load, screen and JSON in process", seen["all it does"], "ms"))
    return rows


def _whole(body: bytes) -> bytes:
    case = load_case(body, today=TODAY, file="case.json")
    return to_json(screen(case, load_packs()).to_dict())


def _path(kind: str, number: int) -> str:
    return f"/echo/{number}" if kind == "echo" else ASSESS


def _one_by_one(port: int, kind: str, bodies: list[str]) -> None:
    _ask(port, [(_path(kind, i), body) for i, body in enumerate(bodies)])


def _at_once(port: int, kind: str, bodies: list[str]) -> None:
    """All requests over 32 connections, each of which sends the next when it has its answer."""
    asked = [(_path(kind, i), body) for i, body in enumerate(bodies)]
    with ThreadPoolExecutor(MANY) as threads:
        list(threads.map(lambda share: _ask(port, share), [asked[i::MANY] for i in range(MANY)]))


def _ask(port: int, requests: list[tuple[str, str]]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        for path, body in requests:
            connection.request("POST", path, body, HEADERS)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status} {text[:200]!r}")
    finally:
        connection.close()


@contextmanager
def served(kind: str, folder: Path) -> Iterator[int]:
    """A server in a process of its own; its port. It ends with the block, and with this process."""
    command = [sys.executable, "-m", "bench.echo", kind, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        try:
            yield _port(folder / f"{kind}.port", process)
        finally:
            if process.stdin:
                process.stdin.close()


def _port(file: Path, process: subprocess.Popen[bytes]) -> int:
    end = monotonic() + STARTS_WITHIN
    while monotonic() < end and process.poll() is None:
        if file.exists() and (text := file.read_text(encoding="utf-8")):
            return int(text)
        sleep(0.05)
    process.terminate()
    raise RuntimeError("the server did not start")
