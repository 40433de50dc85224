"""What a cold start costs in time, and all packs in memory."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.cases import files
from bench.rows import Floor, Row, best

ROUNDS = 5
BARE = "import pydantic, yaml"
LOADED = "from screening import load_packs; packs = load_packs()"
RESIDENT = """
import gc, pathlib
gc.collect()
line = next(one for one in pathlib.Path("/proc/self/status").read_text().splitlines() if one.startswith("VmRSS"))
print(line.split()[1])
"""


def run() -> list[Row]:
    with TemporaryDirectory(prefix="voi-bench-") as folder:
        case = Path(folder, "case.json")
        case.write_text(json.dumps(files()[0]), encoding="utf-8")
        voi = Path(sys.executable).with_name("voi")
        ways = {
            "voi": lambda: _quiet([str(voi), "screen", str(case)]),
            "bare": lambda: _quiet([sys.executable, "-c", BARE]),
        }
        seen = best(ways, ROUNDS)
    bare, loaded = _megabytes(BARE), _megabytes(LOADED)
    against = f"python -c '{BARE}'"
    return [
        Row(
            "start: voi screen of one case",
            seen["voi"],
            "s",
            against,
            seen["voi"] / seen["bare"],
            Floor("≤", 3),
        ),
        Row(f"start: {against}", seen["bare"], "s"),
        Row("start: memory of all packs, more than that", loaded - bare, "MB", floor=Floor("≤", 60)),
        Row("start: memory with all packs", loaded, "MB"),
    ]


def _quiet(command: list[str]) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def _megabytes(program: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{RESIDENT}"], capture_output=True, text=True, check=True
    )
    return int(done.stdout) / 1024
