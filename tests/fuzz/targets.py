"""What is fuzzed inside one process: for each target how its input is drawn, and what must hold whatever the input is."""

import functools
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from screening import READERS, CaseError, PackError, load_case, load_packs, screen
from screening.check import check_law
from screening.executors.bundle import canonical
from screening.explanation.law import offense_rows
from screening.law.alternatives import load_alternatives
from screening.law.load import load_law
from screening.law.sections import inside, parse_section
from screening.questionnaire import load as questionnaire_load
from screening.reading import CASE_BYTES, read_json, read_yaml
from screening.rules.prepared import prepare
from screening.services.load import load_directory, load_needs
from tests.fuzz.grammar import as_json, as_yaml, fewest_escapes, sound_or_spoiled, values
from tests.fuzz.odd import MARKS, TEXTS, WORDS

ROOT = Path(__file__).parents[2]
GOOD = ROOT / "tests/broken_packs/good"
SHIPPED = ROOT / "screening"
TODAY = date(2026, 11, 24)
MOST_FAULTS = 101
LONGEST_SAID = 2_000
CASES = tuple(
    read_yaml(file.read_bytes()).value
    for file in sorted((ROOT / "tests/cases").glob("*.yaml"))
    if file.stem != "expected"
)


@dataclass(frozen=True)
class Target:
    """A thing that is fuzzed. `check` takes one input and raises where something that must hold does not.

    `took` tells how long the last input took where the time of `check` is not what counts; `written` gives the bytes of an
    input, under which it is kept and replayed.
    """

    name: str
    inputs: st.SearchStrategy
    check: Callable[..., None]
    took: Callable[[], float] | None = None
    written: Callable[..., bytes] = bytes


def told(faults):
    """Refusals are there, are not endless, and can be shown: each says what is wrong in words that can be printed."""
    assert 0 < len(faults) <= MOST_FAULTS
    for fault in faults:
        assert fault.message.strip(), fault
        said = str(fault)
        assert len(said) <= LONGEST_SAID, f"{len(said)} characters: {said[:300]}"
        assert "Traceback" not in said
        assert "\n" not in said, said
        assert "object at 0x" not in said
        json.dumps(fault.to_dict())


# Cases


def check_case(text, name=None):
    """A case is refused whole, with every fault, or read whole, screened whole, and written back as it was."""
    try:
        case = load_case(text, today=TODAY, file=name)
    except CaseError as error:
        told(error.faults)
        _can_be_mended(text, name, error.faults)
        return
    packs = load_packs()
    reader = READERS[len(text) % len(READERS)]
    shape = screen(case, packs, reader=reader).to_dict()
    assert [one["id"] for one in shape["charges"]] == [charge.id for charge in case.charges]
    canonical(shape).decode("utf-8")
    assert load_case(case.to_dict(), today=TODAY) == case
    assert load_case(as_yaml(case.to_dict()), today=TODAY) == case


def _can_be_mended(text, name, faults):
    """Where the text can be read at all, each of the first hundred faults says what was expected in its place."""
    try:
        document = (read_json if name else read_yaml)(text, max_bytes=CASE_BYTES)
    except PackError:
        return
    for fault in faults[:100]:
        assert fault.expected or fault.nearest, fault
        assert fault.path or not isinstance(document.value, dict), fault


def check_json_case(text):
    """The same for JSON, which is held to the rules of JSON."""
    check_case(text, "case.json")


CASE_VALUES = values(CASES)
JSON_CASES = sound_or_spoiled(st.one_of(CASE_VALUES.map(as_json), CASE_VALUES.map(fewest_escapes)))
YAML_CASES = sound_or_spoiled(CASE_VALUES.map(as_yaml))


# Readers


def check_reading(raw):
    """Text is read or refused; what is read is plain, and each value is found at its line."""
    for read in (read_yaml, read_json):
        for most in (CASE_BYTES, 64):
            try:
                document = read(raw, max_bytes=most, file="some.file")
            except PackError as error:
                told(error.faults)
            else:
                json.dumps(document.value).encode()
                document.line(("charges", 0, "id"))
                document.is_plain("charges.0.id")


SOUP = st.lists(
    st.one_of(st.sampled_from(MARKS), st.sampled_from(WORDS), st.sampled_from(TEXTS), st.text(max_size=5)),
    max_size=40,
).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))
REPEATED = st.tuples(
    st.sampled_from(MARKS), st.sampled_from((10, 1_000, 20_000)), st.sampled_from(MARKS)
).map(lambda row: (row[0] * row[1] + row[2]).encode())


# Sections of law


def check_section(raw):
    """A section in any spelling names a section or none, and lies inside itself."""
    text = raw.decode("utf-8", "surrogatepass")
    for pack in load_packs().law.values():
        found = parse_section(text, pack.index.catalog.codes)
        if found is not None:
            inside(found, found)
            hash(found)
    packs = list(load_packs().law.values())
    json.dumps(offense_rows(packs[len(text) % len(packs)], text[:200]))


_SECTION_WORDS = (
    "§ §§ s. ss. sec. section art. 39-13-513 39-13-514(a)(1) 236.1 647 18 U.S.C. usc usca u.s.c.a. 1591 Penal Code Pen. Tex. "
    "Tenn. Ann. Act Order 2015 1959 Modern Slavery Sexual Offences subd. subdivision sub (a) (b)(2) ( ) ((a)) (ivx) -a .5 : "
    "common law at contrary to and or , ; schedule sch para 9a2 1-1-1-1 16-3-2010 a act"
)
SECTION_WORDS = st.sampled_from(_SECTION_WORDS.split())
SECTIONS = st.one_of(
    st.lists(SECTION_WORDS, max_size=12).map(" ".join),
    st.lists(SECTION_WORDS, max_size=12).map("".join),
    st.tuples(SECTION_WORDS, st.sampled_from((50, 200)), SECTION_WORDS).map(
        lambda row: row[0] * row[1] + row[2]
    ),
    st.tuples(SECTION_WORDS, st.sampled_from((60, 200)), SECTION_WORDS).map(
        lambda row: f"{row[0]} " * row[1] + row[2]
    ),
    st.text(max_size=200),
    st.sampled_from(TEXTS),
).map(lambda text: text[:10_000].encode("utf-8", "surrogatepass"))


# Packs: the first line of an input names the file that it replaces


def _split(raw):
    first, _, text = raw.partition(b"\n")
    return first.decode().removeprefix("# "), text


def _replacing(folder, names):
    """Inputs that replace one file of `folder`: its text, its values written anew, or either with things wrong in it."""

    @functools.cache
    def of(name):
        text = (folder / name).read_text("utf-8")
        made = st.one_of(st.just(text), values([read_yaml(text).value]).map(as_yaml))
        return sound_or_spoiled(made).map(lambda raw: f"# {name}\n".encode() + raw)

    return st.sampled_from(names).flatmap(of)


def check_law_packs(raw):
    """A folder of law is refused with every fault, or can be made ready to screen with."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for file in GOOD.rglob("*.yaml"):
            (folder / file.relative_to(GOOD)).parent.mkdir(exist_ok=True)
            shutil.copy(file, folder / file.relative_to(GOOD))
        _checked(folder, raw)


def check_real_law(raw):
    """The same for a real pack, beside its catalogue alone."""
    name, _ = _split(raw)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for part in ("packs", "offenses"):
            (folder / part).mkdir()
            shutil.copy(SHIPPED / "law" / part / Path(name).name, folder / part)
        shutil.copy(SHIPPED / "law/blocks.yaml", folder)
        _checked(folder, raw)


def _checked(folder, raw):
    name, text = _split(raw)
    (folder / name).write_bytes(text)
    found = check_law(folder, today=TODAY, questionnaire=load_packs().questionnaire)
    if found:
        told(found[:MOST_FAULTS])
        return
    for one in load_law(folder)[0].values():
        prepare(one)


def check_questionnaire(raw):
    """A questionnaire is refused with every fault or put together whole."""
    name, text = _split(raw)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for file in (SHIPPED / "questionnaire/packs").glob("*.yaml"):
            (folder / file.name).symlink_to(file)
        (folder / name).unlink()
        (folder / name).write_bytes(text)
        try:
            assert questionnaire_load.load_questionnaire(folder).items
        except PackError as error:
            told(error.faults)


def check_services(raw):
    """Needs, directories and alternatives are refused with every fault or read."""
    name, text = _split(raw)
    loaders = {
        "needs.yaml": load_needs,
        "alternatives.yaml": load_alternatives,
        "national.yaml": lambda file: load_directory([file]),
        "demo_county.yaml": lambda file: load_directory([file]),
    }
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / name
        file.write_bytes(text)
        try:
            assert loaders[name](file)
        except PackError as error:
            told(error.faults)


LAW = SHIPPED / "law"
LAW_FILES = [
    f"{part}/{file.name}" for part in ("packs", "offenses") for file in sorted((LAW / part).glob("*.yaml"))
]
GOOD_FILES = [file.relative_to(GOOD).as_posix() for file in sorted(GOOD.rglob("*.yaml"))]
QUESTIONS = [file.name for file in sorted((SHIPPED / "questionnaire/packs").glob("*.yaml"))]

TARGETS = (
    Target("case in JSON", JSON_CASES, check_json_case),
    Target("case in YAML", YAML_CASES, check_case),
    Target("readers of text", st.one_of(SOUP, REPEATED, JSON_CASES, YAML_CASES), check_reading),
    Target("sections of law", SECTIONS, check_section),
    Target("law, small", _replacing(GOOD, GOOD_FILES), check_law_packs),
    Target("law, real", _replacing(LAW, LAW_FILES), check_real_law),
    Target("questionnaire", _replacing(SHIPPED / "questionnaire/packs", QUESTIONS), check_questionnaire),
    Target(
        "services and needs",
        st.one_of(
            _replacing(SHIPPED / "services/packs", ["needs.yaml", "national.yaml", "demo_county.yaml"]),
            _replacing(LAW, ["alternatives.yaml"]),
        ),
        check_services,
    ),
)
