"""Lets coverage guide the bytes that the loaders are given; runs only where the package atheris is installed."""

import sys
import tempfile
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["screening"]):
    from tests.fuzz.running import CORPUS, folder_of, kept
    from tests.fuzz.targets import CASES, TARGETS

from tests.fuzz.grammar import as_json, as_yaml

GUIDED = ("case in JSON", "case in YAML", "readers of text", "sections of law")
LONGEST_INPUT = 20_000


def seeds(name):
    """Inputs to begin from: what once failed, and what is right."""
    yield from (raw for target, _, raw in kept(CORPUS) if target == folder_of(name))
    write = as_json if "JSON" in name else as_yaml
    if "section" in name:
        yield from (
            charge["section"].encode() for case in CASES for charge in case["charges"] if "section" in charge
        )
    else:
        yield from (write(case).encode() for case in CASES)


def main(name, count, seconds, first_seed, artifacts):
    """Runs one target until `count` inputs or `seconds` are used up; what fails or is slow is written under `artifacts`."""
    target = next(one for one in TARGETS if one.name == name)
    slowest = [0.0]

    def one(data):
        began = time.process_time()
        target.check(data)
        took = time.process_time() - began
        if took > slowest[0]:
            slowest[0] = took
            (Path(artifacts) / "slowest").write_bytes(data)

    with tempfile.TemporaryDirectory() as corpus:
        for number, raw in enumerate(seeds(name)):
            (Path(corpus) / str(number)).write_bytes(raw[:LONGEST_INPUT])
        options = [
            f"-runs={count}",
            f"-max_total_time={seconds}",
            f"-seed={first_seed}",
            f"-max_len={LONGEST_INPUT}",
        ]
        more = [f"-artifact_prefix={artifacts}/", "-print_final_stats=1", "-timeout=60", "-rss_limit_mb=4000"]
        atheris.Setup([sys.argv[0], corpus, *options, *more], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
