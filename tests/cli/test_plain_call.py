"""A plain call of `voi screen` goes past the parser of arguments, and means the same as with it."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import screening.cli
from screening.cli import app
from screening.cli_screen import plain
from tests.cli.command import BROKEN_CASE, CASE, in_a_shell

WORDS = st.sampled_from(
    [
        *("--format", "--reader", "--packs", "--help", "--", "-", "--format=json", "--form", "-h", ""),
        *("json", "text", "jsonl", "JSON", "officer", "advocate", "Officer", "xml"),
        *("a.yaml", "b c.json", "screen", "folder/", "é.yaml"),
    ]
)


def parsed(words):
    """What the parser makes of a call: the arguments of the command, or None where it is never called."""
    asked = []

    def take(names, format_, reader, packs):
        asked.append((list(names), format_, reader, packs))
        return 0

    before = screening.cli.screen_files
    screening.cli.screen_files = take
    try:
        CliRunner().invoke(app, words)
    finally:
        screening.cli.screen_files = before
    return asked[0] if asked else None


@given(st.lists(WORDS, max_size=6))
def test_what_is_plain_means_what_the_parser_says(words):
    found = plain(["screen", *words])
    if found is not None:
        assert (*found, None) == parsed(["screen", *words])


def test_calls_in_daily_use_are_plain():
    assert plain(["screen", "a.yaml", "--format", "json", "--reader", "officer"]) == (
        ["a.yaml"],
        "json",
        "officer",
    )
    assert plain(["screen", "-"]) == (["-"], "text", "prosecutor")
    for words in (
        [],
        ["law", "list"],
        ["screen"],
        ["screen", "a", "--packs", "b"],
        ["screen", "a", "--format"],
    ):
        assert plain(words) is None


def test_a_plain_screening_loads_neither_parser_nor_service(tmp_path):
    (tmp_path / "case.yaml").write_text(CASE)
    code = (
        "import atexit, sys; from app.__main__ import main\n"
        "atexit.register(lambda: print({'typer', 'fastapi', 'sqlalchemy'} & set(sys.modules), file=sys.stderr))\n"
        f"sys.argv = ['voi', 'screen', {str(tmp_path / 'case.yaml')!r}]; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "set()\n"


def test_both_ways_end_and_speak_alike(tmp_path):
    for name, text in (("good.yaml", CASE), ("bad.yaml", BROKEN_CASE)):
        (tmp_path / name).write_text(text)
    for files in (["good.yaml"], ["bad.yaml"], ["good.yaml", "bad.yaml"], ["none.yaml"]):
        named = [str(tmp_path / file) for file in files]
        assert in_a_shell("screen", *named) == in_a_shell("screen", "--format=text", *named)
