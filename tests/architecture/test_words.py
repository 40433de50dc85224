"""What may not stand in any file: open ends, addresses of package hosts, and names of real people in cases."""

import re

import yaml

from tests.architecture.sources import ROOT, name_of, tracked

# Written in pieces, so that this file passes its own check.
OPEN_ENDS = re.compile(
    r"\b("
    + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"))
    + r")\b|raise NotImplemented"
    + "Error"
)
PACKAGE_HOSTS = re.compile(r"(pypi|pythonhosted|npmjs|yarnpkg|deb\.debian)" + r"\.(org|com|net)\b")
ALIAS = re.compile(r"^(Child|Youth|Adult|Adults|Person|Persons|Children|Control)\b")
BINARY = {".png", ".woff2", ".pdf", ".ico", ".parquet", ".gif", ".jpg", ".webp"}
MOST_BYTES = 2_000_000


def _lines():
    for path in tracked():
        if path.suffix not in BINARY:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield f"{name_of(path)}:{number}", line


def test_nothing_is_left_open():
    assert [where for where, line in _lines() if OPEN_ENDS.search(line)] == []


def test_no_file_names_a_package_host():
    assert [where for where, line in _lines() if PACKAGE_HOSTS.search(line)] == []


def test_no_file_is_too_large_to_review():
    assert [name_of(path) for path in tracked() if path.stat().st_size > MOST_BYTES] == []


def test_people_in_cases_have_aliases():
    cases = [
        path
        for path in tracked()
        if path.is_relative_to(ROOT / "tests/cases") and path.suffix in {".yaml", ".yml"}
    ]
    named = [
        (path, alias)
        for path in cases
        for alias in _aliases(yaml.safe_load(path.read_text(encoding="utf-8")))
    ]
    assert [f"{name_of(path)}: {alias}" for path, alias in named if not ALIAS.match(str(alias))] == []


def _aliases(value):
    if isinstance(value, dict):
        yield from (item for key, item in value.items() if key == "alias")
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _aliases(part)
