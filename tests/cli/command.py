"""Runs the command `voi` as a person does: in this process where that is enough, else as a process of its own."""

import functools
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from screening.cli import app

ROOT = Path(__file__).parents[2]
VOI = (str(Path(sys.executable).with_name("voi")),)
CASE = """case: v1
as_of: 2026-11-24
person: {born: 2010-03-01}
charges:
  - {id: c1, jurisdiction: US-TN, section: "39-13-513", date: 2025-06-01, status: charged}
"""
BROKEN_CASE = CASE.replace("2025-06-01", "2025-02-30")


@dataclass(frozen=True)
class Done:
    """What a command printed and how it ended; whatever it was, no stack of calls and no colour codes."""

    returncode: int
    stdout: str
    stderr: str

    def __post_init__(self):
        said = self.stdout + self.stderr
        assert "Traceback" not in said, said
        assert "\x1b" not in said, said


def voi(*args, stdin=b"", columns=None):
    """The command in this process, with packs that are read once."""
    result = CliRunner().invoke(
        app, [*map(str, args)], input=stdin, env={"COLUMNS": columns}, prog_name="voi"
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return Done(result.exit_code, result.stdout, result.stderr)


def in_a_shell(*args, command=VOI, stdin=b"", **changes):
    """The command as installed, in a process of its own."""
    words = [*command, *map(str, args)]
    done = subprocess.run(
        words, input=stdin, capture_output=True, env=environment(**changes), timeout=120, check=False
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def environment(**changes):
    """The environment of this machine without what would change the output, with `changes`."""
    unset = {"COLUMNS", "LINES", "PYTHONIOENCODING", "PYTHONUTF8", "FORCE_COLOR", "NO_COLOR"}
    return {key: value for key, value in os.environ.items() if key not in unset} | changes


once = functools.cache(voi)
"""The same as `voi` for a call that several tests look at."""


def lines(done):
    """The results of a `--format jsonl` call."""
    return [json.loads(line) for line in done.stdout.splitlines()]
