"""One mistake in a folder of law is one fault: named, in its place, in words a law editor can act on.

A file of `tests/broken_packs/` takes the place of one file of the good folder. Its first line holds the words that
the message must contain, its second the file it replaces and the path of the fault; `# <-` marks the line.
"""

import re
import shutil
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from screening.check import check_law
from screening.errors import PackError
from screening.law.load import load_law
from screening.questionnaire.load import load_questionnaire

BROKEN = Path(__file__).parents[1] / "broken_packs"
GOOD = BROKEN / "good"
TODAY = date(2026, 11, 24)
JARGON = re.compile(
    r"Input should|value_error|validation|pydantic|Extra inputs|\bdict\b|tuple|NoneType|function-|\bNone\b"
)


@dataclass(frozen=True)
class Broken:
    """One broken file: what it holds, which file it replaces, and what must be said."""

    text: str
    replaces: str
    path: str
    words: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def line(self):
        """The line that the file marks, None where it marks none."""
        return next((i for i, line in enumerate(self.text.splitlines(), 1) if "# <-" in line), None)

    def put(self, folder):
        """Writes it in its place."""
        encoding = "cp1252" if "saved as cp1252" in self.notes else "utf-8"
        (folder / self.replaces).write_text(self.text, encoding=encoding)
        if "with the catalogue of xx-ex" in self.notes:
            shutil.copy(folder / "offenses/xx-ex.yaml", folder / "offenses" / Path(self.replaces).name)


def _broken(name):
    text = (BROKEN / f"{name}.yaml").read_text(encoding="utf-8")
    first, second = (line.removeprefix("# ").split(" · ") for line in text.splitlines()[:2])
    return Broken(text, second[0], second[1], tuple(first), tuple(second[2:]))


NAMES = sorted(path.stem for path in BROKEN.glob("*.yaml"))


@pytest.fixture(scope="module")
def check():
    """The lint with a questionnaire read once, on a fixed day."""
    return partial(check_law, today=TODAY, questionnaire=load_questionnaire())


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(GOOD, tmp_path / "law")
    return tmp_path / "law"


def test_there_are_broken_packs():
    assert len(NAMES) >= 30


def test_the_good_folder_has_no_fault(folder, check):
    assert check(folder) == ()
    assert sorted(load_law(folder)[0]) == ["XX-EX", "XX-OT"]


@pytest.mark.parametrize("name", NAMES)
def test_one_mistake_is_one_fault_in_its_place(folder, check, name):
    broken = _broken(name)
    broken.put(folder)
    found = check(folder)
    assert len(found) == 1, "\n".join(map(str, found))
    (fault,) = found
    assert [words for words in broken.words if words not in str(fault)] == [], str(fault)
    assert Path(fault.file or "") == folder / broken.replaces
    assert (fault.path, fault.line) == (broken.path, broken.line), str(fault)
    assert not JARGON.search(str(fault).replace(str(folder), "")), str(fault)


def test_the_message_of_a_misspelt_key_lists_no_other_keys(folder, check):
    _broken("unknown-key").put(folder)
    assert "expected" not in str(check(folder)[0])


def test_every_mistake_of_a_folder_is_said_at_once(folder, check):
    names = ("missing-title", "id-twice-in-two-packs", "fact-nobody-asks-in-a-block", "wrong-ending")
    for name in names:
        _broken(name).put(folder)
    pack = folder / "packs/xx-ex.yaml"
    pack.write_text(pack.read_text("utf-8").replace("{under: 18, at: offense}", "{}"), "utf-8")
    said = "\n".join(map(str, check(folder)))
    assert len(said.splitlines()) == 4, said
    for words in ("title is missing", "an age rule needs", "fact act.threatend", "with this ending"):
        assert words in said


def test_a_file_that_cannot_be_read_hides_no_fault_of_another(folder, check):
    _broken("tab").put(folder)
    other = folder / "packs/xx-ot.yaml"
    other.write_text(other.read_text("utf-8").replace("[convicted,", "[convictd,"), "utf-8")
    said = "\n".join(map(str, check(folder)))
    assert "a tab stands in the indent" in said
    assert "did you mean convicted?" in said


@pytest.mark.parametrize(
    "text", ["- name: [", "# nothing yet\n", "- {name: pressed_into_act, kind: nexus}\n"]
)
def test_building_blocks_that_cannot_be_read_are_no_fault_of_the_packs(folder, check, text):
    (folder / "blocks.yaml").write_text(text, "utf-8")
    files = {Path(fault.file or "").name for fault in check(folder) if "sold_by_other" not in fault.message}
    assert files == {"blocks.yaml"}


def test_a_pack_nested_too_deep_is_refused(folder, check):
    pack = folder / "packs/xx-ot.yaml"
    pack.write_text(pack.read_text("utf-8") + f"notes: {'[' * 40}{']' * 40}\n", "utf-8")
    (fault,) = check(folder)
    assert "lists and groups are nested deeper than 20" in fault.message
    assert fault.line == pack.read_text("utf-8").count("\n")


def test_a_pack_that_is_too_big_is_refused(folder, check):
    pack = folder / "packs/xx-ot.yaml"
    pack.write_text(pack.read_text("utf-8") + "#" * (4 * 1024 * 1024), "utf-8")
    assert [fault.message for fault in check(folder)] == ["the file is larger than 4096 KiB"]


def test_a_folder_in_the_place_of_a_file_is_refused(folder, check):
    (folder / "packs/xx-ot.yaml").unlink()
    (folder / "packs/xx-ot.yaml").mkdir()
    (fault,) = check(folder)
    assert "cannot be read" in fault.message
    assert fault.file == str(folder / "packs/xx-ot.yaml")


def test_a_folder_without_law_says_where_it_looked(folder, check):
    (missing,) = check(folder / "nowhere")
    assert "there is no such folder" in missing.message
    (fault,) = check(folder.parent)
    assert "there is no law pack here" in fault.message
    assert fault.nearest == str(folder)


def test_without_a_day_nothing_is_too_old(folder):
    _broken("not-checked-for-two-years").put(folder)
    assert check_law(folder) == ()


def test_a_pack_checked_two_years_ago_to_the_day_may_stay(folder, check):
    _broken("not-checked-for-two-years").put(folder)
    assert check(folder, today=date(2026, 5, 1)) == ()
    assert len(check(folder, today=date(2026, 5, 2))) == 1


def test_a_mended_file_is_sound_at_once(folder, check):
    _broken("missing-title").put(folder)
    assert len(check(folder)) == 1
    shutil.copy(GOOD / "packs/xx-ex.yaml", folder / "packs")
    assert check(folder) == ()


def test_what_cannot_be_read_is_refused_with_the_same_words(folder, check):
    _broken("wrong-mechanism").put(folder)
    with pytest.raises(PackError) as refused:
        load_law(folder)
    assert refused.value.faults == check(folder)


def test_the_shipped_law_has_no_fault(check):
    assert check() == ()
