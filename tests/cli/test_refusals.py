"""Whatever stands in the place of a case file, `voi screen` says what is wrong with it and goes on with the next."""

import contextlib
import json
import os
import subprocess
import sys

import pytest

from tests.cli.command import CASE, VOI, in_a_shell, lines, voi

REFUSED = {
    "missing.yaml": "cannot be read: no such file or directory",
    "": "no file is named",
    "empty": "there is no case file in this folder",
    "nothing.yaml": "the file is empty",
    "picture.yaml": "the file is not UTF-8 text",
    "huge.yaml": "the file is larger than 256 KiB",
    "huge.json": "the file is larger than 256 KiB",
    "nul.yaml": "an unprintable character (U+0000) stands in the text",
    "list.yaml": "this is not a case file",
    "broken.json": "not readable as JSON",
    "deep.yaml": "nested deeper than 20",
    "x" * 300 + ".yaml": "cannot be read: file name too long",
    "dangling.yaml": "cannot be read: no such file or directory",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty/looks-like-a-case.yaml").mkdir(parents=True)
    (tmp_path / "nothing.yaml").write_bytes(b"")
    (tmp_path / "picture.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe\x00")
    (tmp_path / "huge.yaml").write_bytes(b"case: v1\n" + b"# long\n" * 1_500_000)
    (tmp_path / "huge.json").write_bytes(b"[" * 10_000_000)
    (tmp_path / "nul.yaml").write_bytes(CASE.encode() + b"\x00")
    (tmp_path / "list.yaml").write_bytes(b"- case: v1\n")
    (tmp_path / "broken.json").write_bytes(b'{"case": "v1",')
    (tmp_path / "deep.yaml").write_bytes(b"case: " + b"[" * 5_000)
    (tmp_path / "dangling.yaml").symlink_to("nowhere.yaml")
    (tmp_path / "good.yaml").write_text(CASE, "utf-8")
    return tmp_path


def test_each_is_refused_in_its_place_and_the_last_case_is_screened(folder):
    done = in_a_shell("screen", *REFUSED, "good.yaml", "--format", "jsonl")
    *refused, good = lines(done)
    assert [one["file"] for one in refused] == list(REFUSED)
    said = {one["file"]: " ".join(error["message"] for error in one["errors"]) for one in refused}
    assert {name: said[name] for name, words in REFUSED.items() if words not in said[name]} == {}
    assert good["charges"][0]["result"] == "barred"
    assert (done.returncode, done.stderr) == (2, "")


def test_as_text_each_is_named_on_standard_error(folder):
    done = voi("screen", *REFUSED, "good.yaml")
    assert [words for words in REFUSED.values() if words not in done.stderr] == []
    assert "for the prosecutor" in done.stdout
    assert done.returncode == 2


def test_a_folder_is_screened_with_all_it_holds(folder):
    for name in ("huge.yaml", "huge.json"):
        (folder / name).unlink()
    found = {one.get("file") for one in lines(voi("screen", ".", "--format", "jsonl"))}
    assert found == {
        None,
        "nothing.yaml",
        "picture.yaml",
        "nul.yaml",
        "list.yaml",
        "broken.json",
        "deep.yaml",
        "dangling.yaml",
    }


def test_what_this_user_may_not_read_is_refused_and_not_passed_over(tmp_path):
    closed = tmp_path / "docket/closed"
    closed.mkdir(parents=True)
    for file in (closed / "a.yaml", tmp_path / "docket/b.yaml"):
        file.write_text(CASE, "utf-8")
    for path in (*tmp_path.parents, tmp_path, tmp_path / "docket"):
        if path.stat().st_uid == os.geteuid() and "pytest" in str(path):
            path.chmod(0o755)
    (tmp_path / "docket/b.yaml").chmod(0)
    closed.chmod(0)
    try:
        # Root may read everything, so the command gives that right up before it looks at the files.
        start = (
            "import os, sys; from screening.cli import app; from screening import load_packs; load_packs(); "
        )
        drop = "os.geteuid() or os.seteuid(65534); app(sys.argv[1:])"
        targets = (tmp_path / "docket", closed / "a.yaml", tmp_path / "docket/b.yaml")
        done = in_a_shell(
            "screen", *targets, "--format", "jsonl", command=(sys.executable, "-c", start + drop)
        )
    finally:
        closed.chmod(0o700)
    names = [
        str(closed),
        str(tmp_path / "docket/b.yaml"),
        str(closed / "a.yaml"),
        str(tmp_path / "docket/b.yaml"),
    ]
    assert [one["file"] for one in lines(done)] == names
    assert {error["message"] for one in lines(done) for error in one["errors"]} == {
        "cannot be read: permission denied"
    }
    assert done.returncode == 2


def test_an_endless_input_ends():
    with subprocess.Popen(
        [*VOI, "screen", "-", "/dev/zero", "--format", "jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(bytes(10_000_000))
            process.stdin.close()
        refused = [json.loads(line)["errors"][0]["message"] for line in process.stdout]
    assert refused == ["the file is larger than 256 KiB"] * 2
    assert process.returncode == 2
