"""Files are read strictly: what cannot be trusted is refused in words, at once, and never with a crash."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import CaseError, Fault, PackError, VoiError, nearest, shortened
from screening.reading import CASE_BYTES, PACK_BYTES, path_text, read_json, read_yaml


def refused(source, read=read_yaml, **options):
    with pytest.raises(PackError) as caught:
        read(source, **options)
    return [str(fault) for fault in caught.value.faults]


def test_every_scalar_is_text_and_an_empty_one_is_none():
    document = read_yaml("a: yes\nb: 43.10\nc: 2024-02-30\nd: ~\ne:\nf: 'null'\ng: [1, x]\n")
    assert document.value == {
        "a": "yes",
        "b": "43.10",
        "c": "2024-02-30",
        "d": None,
        "e": None,
        "f": "null",
        "g": ["1", "x"],
    }


TEXT = """\
responses:
  control.threats: yes
  act.planned: {c1: [{value: "no"}, {value: yes}]}
charges:
  - id: "c1"
    section: 43.10
"""


def test_a_document_knows_lines_and_quotes():
    document = read_yaml(TEXT)
    assert document.line(("responses", "act.planned", "c1", 1, "value")) == 3
    assert document.line("responses.act.planned.c1.0.value") == 3
    assert document.line(("charges", 0, "section")) == 6
    assert document.line(("charges", 0, "missing")) == 5
    assert document.line(("charges", 7)) == 5
    assert document.line(()) == 1
    assert document.is_plain(("charges", 0, "section"))
    assert not document.is_plain(("charges", 0, "id"))
    assert not document.is_plain("charges.0.missing")
    assert document.is_plain("responses.control.threats")


def test_a_fault_of_a_document_names_file_line_and_path():
    document = read_yaml(TEXT, file="case.yaml")
    fault = document.fault(("charges", 0, "section"), "not text", "text in quotes")
    assert str(fault) == "case.yaml:6: charges[0].section: not text; expected text in quotes"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "the file is empty"),
        ("# only a remark\n", "the file is empty"),
        ("case: [v1\n", "line 2: column 1: a list opened with [ is not closed"),
        ("a: {b: 1", "a group opened with { is not closed"),
        ('a: "b\n', "a quote is opened and never closed"),
        ("a: b: c\n", "line 1: column 5: a colon stands where no key can be; put the text in quotes"),
        ("a:\n\t- b\n", "line 2: column 1: a tab"),
        (
            "a:\n  - b\n c: d\n",
            "line 3: column 2: a key was expected; is this line indented like its neighbours?",
        ),
        ('a: "\\q"\n', "an unknown escape"),
        ("a: &x 1\n", "line 1: a: anchors (&) and aliases (*) are not allowed"),
        ("a: *x\n", "line 1: a: anchors (&) and aliases (*) are not allowed"),
        ("a:\n  b: !!python/object/apply:os.system [ls]\n", "line 2: a.b: tags (!) are not allowed"),
        ("a: !date 2024-01-01\n", "a: tags (!) are not allowed"),
        ("a:\n  <<: {b: 1}\n", "line 2: a: merge keys (<<) are not allowed"),
        ("a: 1\n---\nb: 2\n", "line 2: a second document (---) begins in the file"),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", "directives (%) are not allowed"),
        ("? [a, b]\n: 1\n", "a list or group stands where a key is needed"),
        ("? \n: 1\n", "a key is missing before the colon"),
        ("a: \x07\n", "an unprintable character (U+0007)"),
        ('a: "\\a"\n', "a: an unprintable character stands in the text"),
        ("a: \ud800\n", "not UTF-8"),
        (b"\xff\xfea\x00", "not UTF-8"),
        (b"a: caf\xe9\n", "not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(source, words):
    assert words in refused(source)[0]


def test_a_byte_order_mark_is_allowed():
    assert read_yaml(b"\xef\xbb\xbfa: 1\n").value == {"a": "1"}
    assert read_json(b'\xef\xbb\xbf{"a": 1}').value == {"a": 1}


def test_every_doubled_key_is_named_with_both_lines():
    assert refused("a: 1\nb: {c: 1, c: 2}\na: 2\n", file="p.yaml") == [
        "p.yaml:2: b.c: the key stands twice, on line 2 and on line 2; expected each key once",
        "p.yaml:3: a: the key stands twice, on line 1 and on line 3; expected each key once",
    ]


def test_a_doubled_key_is_still_named_when_the_file_breaks_later():
    faults = refused('a: 1\na: 2\nb: "open\n')
    assert "twice" in faults[0]
    assert "never closed" in faults[1]


def test_doubled_keys_of_json_are_all_named():
    faults = refused('{"a": 1, "a": 2, "b": {"c": 1, "c": 2}}', read_json)
    assert [fault.split(":")[0] for fault in faults] == ["a", "b.c"]


def test_json_keeps_its_own_kinds_of_value():
    assert read_json('[true, 16, 1.5, null, "16"]').value == [True, 16, 1.5, None, "16"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "line 1: column 1: not readable as JSON"),
        ("{", "not readable as JSON"),
        ('{"a": 1,\n}', "line 2: column 1: not readable as JSON"),
        ("[NaN]", "NaN is not a number"),
        ("[-Infinity]", "Infinity is not a number"),
        ("[1e999]", "too large"),
        (f"[{'9' * 5000}]", "more than 15 digits"),
        ('["\\ud800"]', "[0]: an unprintable character"),
        ('{"\\u0000": 1}', "an unprintable character stands in a key"),
    ],
)
def test_json_that_cannot_be_trusted_is_refused(source, words):
    assert words in refused(source, read_json)[0]


BOMBS = {
    "lists": "[" * 100_000,
    "groups": "{" * 100_000,
    "keys of keys": "? " * 100_000,
    "dashes": "- " * 100_000,
    "lines in lines": "\n".join(f"{' ' * i}a:" for i in range(600)),
    "aliases": "a: &a [x, x]\n"
    + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcd", "bcde", strict=True)),
    "anchors": "- &a x\n" * 20_000,
    "many values": "[" + "a, " * 60_000 + "a]",
    "doubled keys": "a: 1\n" * 40_000,
    "documents": "---\n" * 50_000,
    "quotes": '"\\"' * 60_000,
    "open quote": '"' + '\\"' * 100_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_bombs_are_refused_by_both_readers(bomb):
    assert len(refused(bomb)) <= 101
    assert len(refused(bomb, read_json)) <= 101


@pytest.mark.parametrize("read", [read_yaml, read_json])
@pytest.mark.parametrize("kind", [str, bytes])
def test_a_file_over_the_limit_is_refused_before_it_is_parsed(read, kind):
    source = "[" + "[]," * 3_500_000
    assert refused(source if kind is str else source.encode(), read) == ["the file is larger than 4096 KiB"]
    assert refused("é" * (CASE_BYTES // 2 + 1), read, max_bytes=CASE_BYTES) == [
        "the file is larger than 256 KiB"
    ]


def test_a_file_at_the_limit_is_read():
    assert len(read_yaml("a" * PACK_BYTES).value) == PACK_BYTES


def test_nesting_up_to_the_limit_is_read():
    for read in (read_yaml, read_json):
        assert read("[" * 20 + "]" * 20).value
        assert "deeper than 20" in refused("[" * 21 + "]" * 21, read)[0]


def test_brackets_inside_text_are_no_nesting():
    assert read_json(json.dumps({"note": "[" * 500 + '"' + "\\"})).value == {"note": "[" * 500 + '"' + "\\"}


def test_the_error_is_the_one_asked_for():
    with pytest.raises(CaseError):
        read_yaml("", error=CaseError)
    with pytest.raises(CaseError):
        read_json("", error=CaseError)


def test_a_hundred_faults_are_enough():
    error = PackError([Fault("a", "wrong")] * 250)
    assert len(error.faults) == 101
    assert str(error).splitlines()[-1] == "and 150 more like these"


def test_a_fault_reads_as_one_line_and_as_a_mapping():
    fault = Fault("stage", "unknown word", "one of plea, trial", "trial", "c.yaml", 3)
    assert str(fault) == "c.yaml:3: stage: unknown word; expected one of plea, trial; did you mean trial?"
    assert fault.to_dict()["line"] == 3
    assert Fault("", "the file is empty").to_dict() == {"path": "", "message": "the file is empty"}
    assert str(Fault("a", "wrong", line=2)) == "line 2: a: wrong"


@pytest.mark.parametrize(
    ("word", "options", "expected"),
    [
        ("chargd", ["charged", "arrested"], "charged"),
        ("Sex Trafficking", ["sex_trafficking", "labor_trafficking"], "sex_trafficking"),
        ("us-tn", ["US-TN", "US-TX"], "US-TN"),
        ("own", ["record", "own_statement"], "own_statement"),
        ("zzz", ["charged"], None),
        ("", ["charged"], None),
        ("a" * 500, ["a" * 500], None),
    ],
)
def test_the_nearest_word_is_offered(word, options, expected):
    assert nearest(word, options) == expected


def test_paths_and_words_stay_readable():
    assert path_text(("charges", 0, "date", "from")) == "charges[0].date.from"
    assert path_text(("responses", "control.threats")) == "responses.control.threats"
    assert path_text(("responses", "count 1\nx")) == 'responses."count 1 x"'
    assert len(shortened("x" * 5_000)) < 70


@given(st.binary() | st.text())
def test_no_input_crashes_the_readers(source):
    for read in (read_yaml, read_json):
        with suppress(VoiError):
            read(source)


SCALARS = st.none() | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff")
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(SCALARS.filter(bool), inner), max_leaves=20
)


@given(VALUES)
def test_json_text_is_read_back_as_it_was(value):
    text = json.dumps(value, ensure_ascii=False)
    assert read_json(text).value == value


SOUP = st.lists(
    st.sampled_from(
        [
            "a",
            "b: ",
            "- ",
            "\n",
            "  ",
            "{",
            "}",
            "[",
            "]",
            ", ",
            '"',
            "'",
            "&x ",
            "*x",
            "!t ",
            "? ",
            ": ",
            "|",
            "#",
            "---",
            "<<",
            "%",
            "\t",
            "0",
        ]
    )
)


@given(SOUP)
def test_odd_yaml_is_read_or_refused(parts):
    with suppress(PackError):
        json.dumps(read_yaml("".join(parts)).value)
