"""The commands that show, search and check the law, the questionnaire, and an office's own packs."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.command import CASE, ROOT, in_a_shell, once, voi

BROKEN = ROOT / "tests/broken_packs"
OWN_CASE = CASE.replace("US-TN", "XX-OT").replace('"39-13-513"', '"90"').replace("charged", "convicted")


@pytest.fixture
def office(tmp_path):
    """An office's own packs: two states that do not exist."""
    shutil.copytree(BROKEN / "good", tmp_path / "office/law")
    return tmp_path / "office"


def test_the_shipped_law_has_no_fault():
    done = in_a_shell("law", "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "no fault found\n", "")


@pytest.mark.parametrize(
    "command",
    [
        ("questionnaire",),
        ("law", "list"),
        ("law", "show", "us-wy"),
        ("law", "coverage"),
        ("law", "diff", BROKEN / "good", BROKEN / "good"),
        ("law", "check", BROKEN / "good"),
        ("offenses", "find", "prostitution", "--in", "US-TN"),
    ],
    ids=lambda words: "-".join(map(str, words[:2])),
)
def test_every_command_speaks_json(command):
    done = once(*command, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    json.loads(done.stdout)


def test_the_list_names_every_pack_and_how_much_it_holds():
    rows = json.loads(once("law", "list", "--format", "json").stdout)
    packs = {path.stem.upper() for path in (ROOT / "screening/law/packs").glob("*.yaml")}
    assert {row["jurisdiction"] for row in rows} == packs
    assert all(row["protections"] and row["checked"] for row in rows)
    text = voi("law", "list").stdout
    assert [row["jurisdiction"] for row in rows] == [line.split()[0] for line in text.splitlines()]


def test_a_jurisdiction_is_shown_with_its_authority():
    assert json.loads(once("law", "show", "us-wy", "--format", "json").stdout)["jurisdiction"] == "US-WY"
    assert "Wyo. Stat. Ann. § 6-2-708(a)" in voi("law", "show", "US-WY").stdout


@pytest.mark.parametrize("word", ["US-TNN", "us_tn", "Tennessee"])
def test_an_unknown_jurisdiction_names_the_nearest(word):
    done = voi("law", "show", word)
    assert done.returncode == 2
    assert f"no pack for {word}" in done.stderr
    assert done.stderr.endswith("did you mean US-TN?\n")


def test_a_catalogue_that_is_not_packed_names_the_nearest():
    done = voi("offenses", "find", "513", "--in", "TN")
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean US-TN?" in done.stderr


@pytest.mark.parametrize("text", ["39-13-513", "§ 39–13–513(a)", "T.C.A. 39-13-513"])
def test_a_section_is_found_in_any_usual_spelling(text):
    done = voi("offenses", "find", text, "--in", "us-tn")
    assert done.returncode == 0
    assert done.stdout.startswith("39-13-513")


def test_a_section_that_nobody_catalogued_is_no_error():
    done = voi("offenses", "find", "zebra", "--in", "US-TN")
    assert (done.returncode, done.stdout) == (
        0,
        "no section found; check the number, or try words of its name\n",
    )


def test_the_faults_of_a_folder_are_said_with_file_line_and_mend(office):
    shutil.copy(BROKEN / "wrong-mechanism.yaml", office / "law/packs/xx-ex.yaml")
    pack = office / "law/packs/xx-ex.yaml"
    text = voi("law", "check", office / "law")
    assert text.returncode == 2
    assert text.stdout.startswith(f"{pack}:14: protections[0].mechanism: ")
    assert text.stdout.endswith("did you mean affirmative_defense?\n")
    (fault,) = json.loads(voi("law", "check", office / "law", "--format", "json").stdout)["faults"]
    assert (fault["file"], fault["line"], fault["nearest"]) == (str(pack), 14, "affirmative_defense")


def test_a_case_is_screened_with_an_offices_own_packs(office):
    done = voi("screen", "-", "--packs", office, "--format", "json", stdin=OWN_CASE.encode())
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert [pack["id"] for pack in result["packs"] if pack["id"].startswith("XX")]
    assert result["charges"][0]["at_most"] == "relief_after_conviction"


@pytest.mark.parametrize(
    "name", ["wrong-mechanism", "fact-nobody-asks", "unreadable-section-in-scope", "tab"]
)
def test_own_packs_with_a_fault_screen_nothing(office, name):
    shutil.copy(BROKEN / f"{name}.yaml", office / "law/packs/xx-ex.yaml")
    done = voi("screen", "-", "--packs", office, stdin=OWN_CASE.encode())
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert f"{office / 'law/packs/xx-ex.yaml'}:" in done.stderr


def test_a_folder_without_packs_is_never_taken_for_the_shipped_law(office, tmp_path):
    inside = voi("screen", "-", "--packs", office / "law", stdin=CASE.encode())
    assert (inside.returncode, inside.stdout) == (2, "")
    assert "there are no packs here" in inside.stderr
    assert f"did you mean {office}?" in inside.stderr
    missing = voi("screen", "-", "--packs", tmp_path / "nowhere", stdin=CASE.encode())
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "there is no such folder" in missing.stderr


def test_the_questionnaire_is_printed_with_why_each_item_is_asked():
    items = json.loads(once("questionnaire", "--format", "json").stdout)
    text = voi("questionnaire").stdout
    assert "control.threats" in json.dumps(items)
    assert "`control.threats`" in text
    assert text.count("- Why: ") > 100


def test_coverage_has_a_row_for_every_pack():
    rows = json.loads(once("law", "coverage", "--format", "json").stdout)
    packs = {path.stem.upper() for path in Path(ROOT / "screening/law/packs").glob("*.yaml")}
    assert {row["jurisdiction"] for row in rows} == packs
