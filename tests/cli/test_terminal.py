"""The commands on a narrow terminal, read aloud, and in a pipe that closes early."""

import subprocess

import pytest

from tests.cli.command import CASE, VOI, environment, in_a_shell, voi


@pytest.mark.parametrize(
    "command",
    [
        ("screen", "-"),
        ("screen", "-", "--reader", "officer"),
        ("law", "show", "US-WY"),
        ("law", "list"),
        ("law", "coverage"),
        ("questionnaire",),
        ("offenses", "find", "prostitution", "--in", "US-TN"),
    ],
    ids="-".join,
)
def test_no_line_is_wider_than_a_narrow_terminal(command):
    done = voi(*command, stdin=CASE.encode(), columns="40")
    assert done.returncode == 0
    wide = [line for line in done.stdout.splitlines() if len(line) > 40]
    assert wide == []
    assert "…" not in done.stdout


def test_help_is_plain_text_without_boxes():
    done = in_a_shell("--help")
    assert done.returncode == 0
    assert "Screen case files." in done.stdout
    assert not set("╭│╰") & set(done.stdout)


@pytest.mark.parametrize(
    ("command", "taken"),
    [(("questionnaire",), 10), (("law", "list"), 0), (("screen", "-", "--format", "jsonl"), 10)],
    ids=["long", "short", "one line"],
)
def test_a_pipe_that_closes_early_ends_the_command_quietly(command, taken):
    with subprocess.Popen(
        [*VOI, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        process.stdin.write(CASE.encode())
        process.stdin.close()
        process.stdout.read(taken)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(30)
