"""Packs kept between two starts give what the files give, and whatever is wrong with them is made good in silence."""

import hashlib
import os
import pickle
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest

from screening import cli_packs, load_case, load_packs, screen
from screening.cli_packs import kept_in, shipped_packs
from screening.explanation.law import describe_pack
from screening.explanation.questions import questionnaire_dict
from tests.cli.command import CASE, ROOT, VOI, environment, in_a_shell, lines, voi

CASES = ROOT / "tests/cases"
READERS = ("prosecutor", "officer", "advocate")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "voi" / "packs"


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A folder in which the packs were kept."""
    folder = tmp_path_factory.mktemp("made") / "packs"
    shipped_packs(folder)
    return folder


@pytest.fixture
def kept(folder, made):
    """The one file that holds the packs, each time a new one."""
    shutil.copytree(made, folder)
    folder.chmod(0o700)
    (file,) = folder.iterdir()
    return file


def answers(packs):
    case = load_case(CASE, packs=packs)
    return [screen(case, packs, reader=reader).to_dict() for reader in READERS]


def damaged_in_silence(folder):
    """Screens with whatever lies in `folder`; the packs must be as the files say."""
    packs = shipped_packs(folder)
    assert answers(packs) == answers(load_packs())
    return packs


@pytest.mark.parametrize("reader", READERS)
def test_every_case_reads_the_same_in_a_process_of_its_own(folder, kept, reader):
    before = kept.stat().st_mtime_ns
    files = sorted(map(str, CASES.rglob("*.yaml")))
    assert len(files) > 20
    words = ("screen", *files, "--format", "jsonl", "--reader", reader)
    assert lines(in_a_shell(*words, VOI_CACHE=str(folder.parent), PYTHONHASHSEED="7")) == lines(voi(*words))
    assert kept.stat().st_mtime_ns == before


def test_all_that_can_be_read_of_packs_is_the_same(folder, kept):
    packs, fresh = shipped_packs(folder), load_packs()
    assert type(packs.law) is not type(fresh.law)
    assert list(packs.law) == list(fresh.law)
    assert "US-XX" not in packs.law
    assert [one.digest for one in packs.law.values()] == [one.digest for one in fresh.law.values()]
    for name, pack in packs.law.items():
        assert describe_pack(pack).to_dict() == describe_pack(fresh.law[name]).to_dict()
        assert pack.index.catalog == fresh.law[name].index.catalog
        assert pack is packs.law[name]
    assert questionnaire_dict(packs.questionnaire) == questionnaire_dict(fresh.questionnaire)
    assert packs.vocabulary == fresh.vocabulary
    for part in ("blocks", "directory", "needs", "alternatives"):
        assert getattr(packs, part) == getattr(fresh, part)


def test_traces_are_the_same(folder, kept):
    case, packs = load_case(CASE), shipped_packs(folder)
    one, other = screen(case, packs), screen(case, load_packs())
    for finding in one.charges[0].findings:
        assert one.trace("c1", finding.protection) == other.trace("c1", finding.protection)


def test_packs_are_kept_closed_to_all_others(folder, kept):
    assert folder.stat().st_mode & 0o777 == 0o700
    assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("place", [0, 40, 100, 200, 5_000, -1], ids=str)
def test_a_changed_byte_is_made_good(folder, kept, place):
    changed = bytearray(kept.read_bytes())
    changed[place] ^= 1
    kept.write_bytes(changed)
    damaged_in_silence(folder)
    assert kept.read_bytes().startswith(b"voi packs ")


@pytest.mark.parametrize("content", [b"", b"\n", b"voi packs 1", b"\x80\x05N.", bytes(range(256))], ids=len)
def test_a_file_that_holds_something_else_is_made_good(folder, kept, content):
    kept.write_bytes(content)
    damaged_in_silence(folder)
    assert kept.stat().st_size > 100_000


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_half_a_file_is_made_good(folder, kept, share):
    kept.write_bytes(kept.read_bytes()[: int(kept.stat().st_size * share)])
    damaged_in_silence(folder)


def test_the_packs_of_another_version_are_not_read(folder, kept, monkeypatch):
    old = kept.read_bytes()
    monkeypatch.setattr(cli_packs, "ENGINE", "0.0.9")
    kept.rename(folder / cli_packs._key())
    damaged_in_silence(folder)
    assert (folder / cli_packs._key()).read_bytes() != old


@pytest.mark.parametrize(
    "file", ["law/packs/us-tn.yaml", "law/blocks.yaml", "services/packs/needs.yaml", "truth.py"]
)
def test_one_byte_of_any_file_makes_other_packs(tmp_path, monkeypatch, file):
    package = tmp_path / "screening"
    shutil.copytree(cli_packs.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cli_packs, "PACKAGE", package)
    before = cli_packs._key()
    with (package / file).open("a", encoding="utf-8") as stream:
        stream.write(" ")
    assert cli_packs._key() != before


class _Acts:
    def __init__(self, call):
        self.call = call

    def __reduce__(self):
        return self.call


@pytest.mark.parametrize(
    "call",
    [
        (os.mkdir, ("acted",)),
        (eval, ("1",)),
        (exec, ("import os; os.mkdir('acted')",)),
        (load_packs, ()),
        (getattr, ("voi", "upper")),
    ],
    ids=lambda call: getattr(call[0], "__name__", "call"),
)
def test_a_file_that_would_act_is_not_obeyed(folder, kept, tmp_path, monkeypatch, call):
    monkeypatch.chdir(tmp_path)
    content = pickle.dumps(_Acts(call))
    kept.write_bytes(cli_packs._first_line(kept.name, content) + content)
    with pytest.raises(pickle.UnpicklingError):
        cli_packs._loaded(content, object)
    damaged_in_silence(folder)
    assert not (tmp_path / "acted").exists()


def test_law_that_cannot_be_read_back_is_taken_from_its_file(folder, kept):
    sections = cli_packs._loaded(kept.read_bytes().partition(b"\n")[2], cli_packs._Sections)
    content = cli_packs._dumped(cli_packs._Sections(dict.fromkeys(sections.law, b"nothing"), sections.beside))
    kept.write_bytes(cli_packs._first_line(kept.name, content) + content)
    damaged_in_silence(folder)


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o755])
def test_a_folder_that_others_can_reach_is_left_alone(folder, kept, mode):
    marked = kept.read_bytes() + b" "
    kept.write_bytes(marked)
    folder.chmod(mode)
    damaged_in_silence(folder)
    assert kept.read_bytes() == marked


def test_a_file_that_others_can_write_is_not_read(folder, kept, monkeypatch):
    kept.chmod(0o666)
    monkeypatch.setattr(cli_packs, "_keep", lambda *given: None)
    assert shipped_packs(folder).law is load_packs().law


def test_a_folder_of_someone_else_is_left_alone(folder, kept, monkeypatch):
    monkeypatch.setattr(cli_packs.os, "geteuid", lambda: 1 + os.getuid())
    assert damaged_in_silence(folder).law is load_packs().law


def test_links_are_not_followed(folder, kept, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)
    assert damaged_in_silence(folder).law is load_packs().law
    folder.unlink()
    folder.mkdir(mode=0o700)
    (folder / kept.name).symlink_to(elsewhere / kept.name)
    assert damaged_in_silence(folder).law is load_packs().law


@pytest.mark.parametrize("place", ["/proc/voi", "/dev/null/voi", "{here}/file/voi"])
def test_where_nothing_can_be_kept_nothing_else_changes(tmp_path, place):
    (tmp_path / "file").write_text("")
    cache = place.format(here=tmp_path)
    done = in_a_shell("screen", "-", "--format", "json", stdin=CASE.encode(), VOI_CACHE=cache)
    assert done.returncode == 0
    assert done.stderr == ""


def test_several_starts_at_once_are_all_right(folder):
    command = [*VOI, "screen", "-", "--format", "json"]
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    env=environment(VOI_CACHE=str(folder.parent)),
                )
            )
            for _ in range(3)
        ]
        said = [process.communicate(CASE.encode(), timeout=120) for process in started]
    assert len({out for out, _ in said}) == 1
    assert [error for _, error in said] == [b""] * 3
    assert [len(file.name) for file in folder.iterdir()] == [len("packs-") + 64]


def test_what_is_kept_does_not_grow_and_other_files_stay(folder):
    folder.mkdir(parents=True, mode=0o700)
    (folder / "notes.txt").write_text("mine")
    for number in range(7):
        cli_packs._keep(folder, f"packs-{hashlib.sha256(bytes([number])).hexdigest()}", b"x")
    names = {file.name for file in folder.iterdir()}
    assert len(names) == cli_packs.MOST_KEPT + 1
    assert "notes.txt" in names


def test_where_packs_are_kept():
    home = {"HOME": "/home/a"}
    assert kept_in(None, home) == Path("/home/a/.cache/voi/packs")
    assert kept_in(None, home | {"XDG_CACHE_HOME": "/c"}) == Path("/c/voi/packs")
    assert kept_in("/d", home) == Path("/d/packs")
    assert [kept_in("off", home), kept_in(None, {}), kept_in(None, {"XDG_CACHE_HOME": "c"})] == [None] * 3
