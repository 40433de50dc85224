"""What is declared is locked, with hashes and without addresses."""

import re
import tomllib

import pytest

from tests.architecture.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]
DECLARED = {
    "run": PROJECT["project"]["dependencies"],
    "dev": PROJECT["project"]["dependencies"]
    + [one for group in ("build", "check", "test", "browser", "bench") for one in GROUPS[group]],
    "build": GROUPS["build"] + GROUPS["node"],
    "fuzz": GROUPS["fuzz"],
    "mutate": GROUPS["mutate"],
}


def _name(text):
    return re.match(r"[A-Za-z0-9._-]+", text).group().lower().replace("_", "-").replace(".", "-")


@pytest.mark.parametrize("lock", DECLARED)
def test_every_declared_package_is_locked(lock):
    entries = (
        (ROOT / f"requirements/{lock}.txt").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    )
    assert {_name(one) for one in DECLARED[lock]} - {_name(entry) for entry in entries} == set(), (
        "run make lock"
    )
    assert [
        entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry or "://" in entry
    ] == []
