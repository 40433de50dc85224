"""Runs a target in rounds until its inputs or its time are used up, and keeps what failed and what was slowest."""

import re
import time
import traceback
import warnings
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import HypothesisWarning

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).parent / "corpus"
SLOW = 1.0
ROUND = 500
MOST_FAILURES = 5


@dataclass
class Row:
    """What became of one target: its inputs, the failures with the smallest input of each, and the slowest input."""

    name: str
    inputs: int = 0
    failures: dict[str, bytes] = field(default_factory=dict)
    slowest: float = 0.0
    slowest_input: bytes = b""

    @property
    def is_sound(self):
        """Nothing failed, and nothing took longer than a second."""
        return not self.failures and self.slowest <= SLOW


def run(target, *, inputs, seconds, first_seed, least=0):
    """One row. Rounds have seeds of their own, counted from `first_seed`; `least` inputs are tried whatever time they take."""
    row, ends = Row(target.name), time.monotonic() + seconds
    number = first_seed
    while row.inputs < inputs and len(row.failures) < MOST_FAILURES:
        if time.monotonic() > ends and row.inputs >= least:
            break
        _round(target, row, number, (min(ROUND, inputs - row.inputs), ends, least))
        number += 1
    return row


def _round(target, row, number, bounds):
    count, ends, least = bounds
    failed = {}

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        print_blob=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs)
    def one(drawn):
        if time.monotonic() > ends and row.inputs >= least and not failed:
            return
        row.inputs += 1
        try:
            took = _timed(target, drawn)
        except Exception as error:
            failed[place_of(error)] = target.written(drawn)
            raise
        if took > max(
            SLOW, row.slowest
        ):  # the first use of something, or a busy machine: the best of three counts
            took = min(took, _timed(target, drawn), _timed(target, drawn))
        if took > row.slowest:
            row.slowest, row.slowest_input = took, target.written(drawn)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HypothesisWarning)
        try:
            one()
        except Exception:  # noqa: BLE001 - whatever it was, its input is kept and told
            row.failures.update(failed)


def _timed(target, drawn):
    """Seconds of this process alone, whatever else the machine does; where another process answers, `took` tells."""
    began = time.process_time()
    target.check(drawn)
    return target.took() if target.took else time.process_time() - began


def place_of(error):
    """How and where it failed, so that one fault is told once; digits and names of folders are no difference."""
    frames = [
        f"{Path(frame.filename).name}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(str(ROOT))
        and not {".venv", "running.py"} & set(Path(frame.filename).parts)
    ]
    said = re.sub(r"/tmp/\S+?/|[0-9]+", "…", str(error))  # noqa: S108 - taken out, not used
    return f"{type(error).__name__} at {' < '.join(frames[:-4:-1])}: {said[:160]}"


# The corpus: one file an input, under the name of its target


def folder_of(name):
    """The folder of a target in the corpus."""
    return re.sub(r"[^a-z]+", "-", name.lower()).strip("-")


def keep(root, name, raw, title=None):
    """Writes an input where it can be found; what is no UTF-8 text is kept in base64."""
    folder = root / folder_of(name)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / (title or sha256(raw).hexdigest()[:12])
    try:
        raw.decode()
        file.write_bytes(raw)
    except UnicodeDecodeError:
        file = file.with_name(f"{file.name}.base64")
        file.write_bytes(b64encode(raw) + b"\n")
    return file


def kept(root=CORPUS):
    """Every kept input: the folder of its target, its name and its bytes."""
    for file in sorted(root.glob("*/*")):
        raw = file.read_bytes()
        yield file.parent.name, file.name, b64decode(raw) if file.suffix == ".base64" else raw
