"""What a cold start costs in time, and all packs in memory."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from socket import create_server
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from urllib.request import urlopen

from bench.cases import files
from bench.rows import Floor, Row, best

ROUNDS = 9
SERVED_WITHIN = 60
BARE = "import pydantic, yaml"
MODELS = "from pydantic import BaseModel; import yaml"
READ = "from screening import load_packs; packs = load_packs()"
KEPT = """
import os
from screening.cli_packs import kept_in, shipped_packs
packs = shipped_packs(kept_in(None, os.environ))
every = list(packs.law.values())
"""
RESIDENT = """
import gc, pathlib
gc.collect()
line = next(one for one in pathlib.Path("/proc/self/status").read_text().splitlines() if one.startswith("VmRSS"))
print(line.split()[1])
"""
VOI = str(Path(sys.executable).with_name("voi"))

Environment = Mapping[str, str]


def run() -> list[Row]:
    with TemporaryDirectory(prefix="voi-bench-") as name:
        folder = Path(name)
        case, compiled = folder / "case.json", _compiled(folder)
        case.write_text(json.dumps(files()[0]), encoding="utf-8")
        nothing_kept = {**compiled, "VOI_CACHE": "off"}
        screening = [VOI, "screen", str(case)]
        ways = {
            "voi": partial(_quiet, screening, compiled),
            "bare": partial(_quiet, [sys.executable, "-c", BARE], compiled),
            "models": partial(_quiet, [sys.executable, "-c", MODELS], compiled),
            "read": partial(_quiet, screening, nothing_kept),
            "served": partial(_served, folder, compiled),
        }
        for way in ways.values():  # what Python and voi keep for later starts is written here
            way()
        seen = best(ways, ROUNDS)
        bare, kept, read = (_megabytes(program, compiled) for program in (BARE, KEPT, READ))
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
        Row("start: the same, packs read anew", seen["read"], "s", against, seen["read"] / seen["bare"]),
        Row(
            "start: voi serve to the first answer",
            seen["served"],
            "s",
            against,
            seen["served"] / seen["bare"],
        ),
        Row(f"start: python -c '{MODELS}'", seen["models"], "s", against, seen["models"] / seen["bare"]),
        Row(f"start: {against}", seen["bare"], "s"),
        Row("start: memory of all packs, more than that", kept - bare, "MB", floor=Floor("≤", 60)),
        Row("start: the same, packs read anew", read - bare, "MB"),
        Row("start: memory with all packs", kept, "MB"),
    ]


def _compiled(folder: Path) -> Environment:
    """An environment as on a machine where the product is installed: code is kept compiled, and so are packs."""
    left = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept = {"PYTHONPYCACHEPREFIX": f"{folder}/code", "XDG_CACHE_HOME": f"{folder}/cache"}
    return {**left, **kept, "VOI_CACHE": "", "VOI_DATABASE_URL": f"sqlite:///{folder}/voi.db"}


def _quiet(command: list[str], environment: Environment) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=True)


def _served(folder: Path, environment: Environment) -> None:
    """Starts the service, waits for its first answer, and ends it."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        [VOI, "serve"],
        env={**environment, "VOI_PORT": str(port)},
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        end = monotonic() + SERVED_WITHIN
        while monotonic() < end and process.poll() is None:
            with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/health/live", timeout=5):
                process.kill()
                return
            sleep(0.005)
        process.kill()
    raise RuntimeError("the service did not start")


def _megabytes(program: str, environment: Environment) -> float:
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{RESIDENT}"],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    return int(done.stdout) / 1024
