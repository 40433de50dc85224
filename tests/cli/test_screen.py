"""`voi screen`: files, folders and standard input, three forms, three readers, and an exit code that can be relied on."""

import json

import pytest

from tests.cli.command import BROKEN_CASE, CASE, in_a_shell, lines, once, voi

KEYS = {
    "screening",
    "flag",
    "charges",
    "duties",
    "alternatives",
    "needs",
    "referrals",
    "next_items",
    "packs",
    "engine",
}


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    file = tmp_path_factory.mktemp("cases") / "case.yaml"
    file.write_text(CASE, "utf-8")
    return file


def test_a_case_as_json_is_a_screening(case):
    done = once("screen", case, "--format", "json")
    result = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(result) >= KEYS
    assert result["charges"][0]["result"] == "barred"


def test_the_bare_json_is_the_prosecutors_view(case):
    assert json.loads(once("screen", case, "--format", "json").stdout)["reader"] == "prosecutor"


@pytest.mark.parametrize("reader", ["prosecutor", "officer", "advocate"])
def test_each_reader_has_a_text(case, reader):
    done = voi("screen", case, "--reader", reader)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"for the {reader}" in done.stdout.splitlines()[0]
    assert max(map(len, done.stdout.splitlines())) <= 78


def test_standard_input_can_be_yaml_or_json():
    as_json = json.dumps(
        {"case": "v1", "charges": [{"id": "c1", "jurisdiction": "US-TN", "class": "prostitution"}]}
    )
    for text in (CASE, as_json):
        done = voi("screen", "-", "--format", "json", stdin=text.encode())
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)["charges"][0]["id"] == "c1"


def test_jsonl_gives_one_line_a_file_in_order_and_refusals_in_their_place(tmp_path):
    folder = tmp_path / "docket"
    (folder / "inner").mkdir(parents=True)
    for name, text in {
        "b.yaml": BROKEN_CASE,
        "a.yml": CASE.replace("c1", "first"),
        "inner/c.YAML": CASE.replace("c1", "third"),
        "notes.txt": "no case",
    }.items():
        (folder / name).write_text(text, "utf-8")
    last = tmp_path / "last.yaml"
    last.write_text(CASE.replace("c1", "last"), "utf-8")
    done = voi("screen", folder, "-", last, "--format", "jsonl", stdin=CASE.replace("c1", "piped").encode())
    first, refused, third, piped, final = lines(done)
    assert [one["charges"][0]["id"] for one in (first, third, piped, final)] == [
        "first",
        "third",
        "piped",
        "last",
    ]
    assert list(refused) == ["file", "errors"]
    assert refused["file"] == str(folder / "b.yaml")
    (error,) = refused["errors"]
    assert (error["path"], error["line"]) == ("charges[0].date", 5)
    assert done.returncode == 2
    assert done.stderr == ""


def test_the_other_forms_name_refused_files_on_standard_error(tmp_path, case):
    broken = tmp_path / "broken.yaml"
    broken.write_text(BROKEN_CASE, "utf-8")
    for form in ("text", "json"):
        done = voi("screen", broken, case, "--format", form)
        assert done.returncode == 2
        assert f"{broken}:5: charges[0].date" in done.stderr
        assert "c1" in done.stdout
        assert "2025-02-30" not in done.stdout


def test_every_mistake_of_a_case_is_said_with_its_mend():
    text = CASE.replace("US-TN", "US-TX-N").replace("status: charged", "statsu: charged")
    done = voi("screen", "-", stdin=text.encode())
    assert done.returncode == 2
    for words in ("statsu", "did you mean status?", "US-TX-N"):
        assert words in done.stderr


def test_words_of_any_script_pass_through(tmp_path):
    note = "“Señora” – 李さん – 🙂"
    text = (
        CASE.replace("id: c1", "id: anklage-ä")
        + f"responses: {{control.threats: {{value: yes, note: '{note}'}}}}\n"
    )
    file = tmp_path / "vernehmung-ü.yaml"
    file.write_text(text, "utf-8")
    done = in_a_shell("screen", file, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["charges"][0]["id"] == "anklage-ä"


def test_a_terminal_without_these_letters_shows_a_mark_and_never_breaks(case):
    done = in_a_shell("screen", case, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\xa7 39-13-513" in done.stdout
    as_json = in_a_shell("screen", case, "--format", "json", PYTHONIOENCODING="ascii")
    assert json.loads(as_json.stdout) == json.loads(once("screen", case, "--format", "json").stdout)


@pytest.mark.parametrize(
    ("option", "word", "meant"), [("--reader", "oficer", "officer"), ("--format", "jsn", "json")]
)
def test_a_misspelt_word_names_the_nearest(case, option, word, meant):
    done = voi("screen", case, option, word)
    assert done.returncode == 2
    assert f"{word} is not one of" in done.stderr
    assert f"did you mean {meant}?" in done.stderr
