"""What the documents show is there: commands, targets, links, places, and the finding on the first page."""

import re
import shlex

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from app.commands import app as voi
from screening import load_packs
from tests.architecture.sources import ROOT, name_of, tracked

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PAGES = [path for path in tracked() if path.suffix == ".md"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
COMMANDS = sorted(
    {
        (name_of(path), line.strip())
        for path in PAGES
        for line in re.findall(
            r"(?<![\w/])(?:\$ )?\.venv/bin/(voi [^\n`]+)", path.read_text(encoding="utf-8")
        )
    }
)
TARGETS = sorted(
    {
        (name_of(path), target)
        for path in PAGES
        for target in re.findall(
            r"(?:^|`)make ([a-z]+)(?=[\s`]|$)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
)


def _heading(line):
    return re.sub(r"[^\w\- ]", "", line.lstrip("#").strip().lower()).replace(" ", "-")


def _links():
    for path in PAGES:
        outside_code = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in LINK.findall(outside_code):
            if not re.match(r"[a-z]+:", target):
                yield name_of(path), target


def test_the_first_page_names_both_commands_and_every_packed_place():
    assert re.search(r"^make run\b", README, re.MULTILINE)
    assert re.search(r"^make test\b", README, re.MULTILINE)
    told = " ".join(README.split())
    names = [pack.law.name for pack in load_packs().law.values()]
    assert [name for name in names if name not in told] == []


@pytest.mark.parametrize(("page", "target"), sorted(set(_links())))
def test_every_relative_link_leads_somewhere(page, target):
    file, _, anchor = target.partition("#")
    found = (ROOT / page).parent / file if file else ROOT / page
    assert found.exists()
    if anchor and found.suffix == ".md":
        lines = found.read_text(encoding="utf-8").splitlines()
        assert anchor in [_heading(line) for line in lines if line.startswith("#")]


@pytest.mark.parametrize(("page", "command"), COMMANDS)
def test_every_command_shown_exists_with_its_options(page, command):
    words = shlex.split(re.split(r"\s[|>]\s", command)[0])[1:]
    known = get_command(voi)
    while words and words[0] in getattr(known, "commands", {}):
        known = known.commands[words.pop(0)]
    assert not hasattr(known, "commands"), f"{words[:1]} is no command"
    options = {name for option in known.params for name in option.opts}
    assert [word for word in words if word.startswith("--") and word not in options] == []
    shown = [word for word in words if word.startswith("tests/")]
    assert [word for word in shown if not (ROOT / word).exists()] == []


@pytest.mark.parametrize(("page", "target"), TARGETS)
def test_every_make_target_named_exists(page, target):
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


def test_the_documents_show_commands_and_targets():
    assert len(COMMANDS) > 8
    assert {"run", "test", "check", "setup"} <= {target for _, target in TARGETS}


def test_the_finding_on_the_first_page_is_what_the_command_says():
    shown = re.search(r"```\n\$ \.venv/bin/(voi screen [^\n]+)\n(.*?)\n…\n```", README, re.DOTALL)
    assert shown, "the first page shows a finding"
    out = CliRunner().invoke(voi, shlex.split(shown.group(1))[1:], catch_exceptions=False)
    assert out.output.startswith(shown.group(2))
