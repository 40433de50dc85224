"""Runs every fuzz target for a while and prints a table; what failed or was slow is kept under `var/fuzz`."""

import argparse
import importlib.util
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from screening import load_packs
from tests.executors.node import program
from tests.fuzz.contract import contract_target
from tests.fuzz.executors import bundle_target, case_target, running
from tests.fuzz.requests import REQUESTS
from tests.fuzz.running import ROOT, SLOW, Row, keep, place_of, run
from tests.fuzz.service import serving, target_of
from tests.fuzz.targets import TARGETS

KEPT = ROOT / "var/fuzz"
GUIDED = ("case in JSON", "case in YAML", "readers of text", "sections of law")
LEAST_REQUESTS = 2_000
"""For each of the six kinds, whatever time they take: 12,000 requests in all."""


def main():
    """Exits 1 where anything failed or one input took longer than a second."""
    given = _arguments()
    print(f"seed {given.seed}, at most {given.inputs:,} inputs a target, {given.minutes} minutes", flush=True)
    load_packs()
    rows = []
    for row in _rows(given, _Budget(given)):
        rows.append(row)
        _tell(row)
    sound = all(row.is_sound for row in rows)
    print(f"{sum(row.inputs for row in rows):,} inputs, {sum(len(row.failures) for row in rows)} failures")
    if not sound:
        print(
            f"What failed is kept in {KEPT.relative_to(ROOT)}: mend it, then move its input to tests/fuzz/corpus."
        )
    sys.exit(0 if sound else 1)


def _arguments():
    reader = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    reader.add_argument("--minutes", type=float, default=20, help="for all targets together")
    reader.add_argument("--inputs", type=int, default=20_000, help="at most, for each target")
    reader.add_argument(
        "--seed",
        type=int,
        default=random.SystemRandom().randrange(10**6),
        help="as an earlier run printed it",
    )
    reader.add_argument("--only", default="", help="words of the names of targets")
    return reader.parse_args()


class _Budget:
    """The time of each target: an equal part of what is left."""

    def __init__(self, given):
        self.given = given
        self.ends = time.monotonic() + given.minutes * 60
        names = [*(one.name for one in TARGETS), "signed bundle", "case in JavaScript", *REQUESTS]
        names += ["requests by the description", *(f"{name}, guided" for name in GUIDED)]
        self.left = sum(map(self.wants, names))

    def wants(self, name):
        """Whether the target was asked for."""
        return self.given.only in name

    def part(self):
        """Seconds for the next target."""
        part = max(1.0, (self.ends - time.monotonic()) / max(self.left, 1))
        self.left -= 1
        return part


def _rows(given, budget):
    def row(target, least=0):
        bounds = {"inputs": given.inputs, "seconds": budget.part(), "first_seed": given.seed * 1_000}
        return run(target, least=min(least, given.inputs), **bounds)

    yield from (row(target) for target in TARGETS if budget.wants(target.name))
    if any(map(budget.wants, ("signed bundle", "case in JavaScript"))):
        with running(program()) as executor:
            both = (bundle_target(executor), case_target(executor))
            yield from (row(target) for target in both if budget.wants(target.name))
    if any(map(budget.wants, (*REQUESTS, "requests by the description"))):
        with tempfile.TemporaryDirectory() as folder, serving(folder) as service:
            kinds = [target_of(service, name) for name in REQUESTS if budget.wants(name)]
            kinds += [contract_target(service)] if budget.wants("requests by the description") else []
            yield from (row(target, LEAST_REQUESTS) for target in kinds)
    if importlib.util.find_spec("atheris"):
        yield from (_guided(name, given, budget.part()) for name in GUIDED if budget.wants(f"{name}, guided"))
    else:
        print("Not run: the guided targets, for want of the package atheris (requirements/fuzz.txt).")


def _guided(name, given, seconds):
    """Coverage decides what is tried next; in a process of its own, which ends at the first failure."""
    row = Row(f"{name}, guided")
    with tempfile.TemporaryDirectory() as artifacts:
        words = [name, str(given.inputs * 10), str(int(seconds)), str(given.seed), artifacts]
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.guided", *words], cwd=ROOT, capture_output=True, check=False
        )
        said = done.stderr.decode("utf-8", "replace")
        counted = re.search(r"number_of_executed_units: (\d+)", said)
        row.inputs = int(counted[1]) if counted else 0
        target = next(one for one in TARGETS if one.name == name)
        for file in sorted(Path(artifacts).iterdir()):
            raw = file.read_bytes()
            began = time.process_time()
            try:
                target.check(raw)
            except Exception as error:  # noqa: BLE001 - told below
                row.failures[place_of(error)] = raw
            row.slowest, row.slowest_input = max(
                (row.slowest, row.slowest_input), (time.process_time() - began, raw)
            )
        if done.returncode and not row.failures:
            row.failures[said[-1_000:]] = b""
    return row


def _tell(row):
    print(
        f"{row.name:28} {row.inputs:>8,} inputs  {len(row.failures):>3} failures  slowest {row.slowest:6.3f} s",
        flush=True,
    )
    for where, raw in row.failures.items():
        print(f"    {where}\n    kept as {keep(KEPT, row.name, raw).relative_to(ROOT)}", flush=True)
    if row.slowest > SLOW:
        print(
            f"    too slow: {keep(KEPT, row.name, row.slowest_input, 'slowest').relative_to(ROOT)}",
            flush=True,
        )


if __name__ == "__main__":
    main()
