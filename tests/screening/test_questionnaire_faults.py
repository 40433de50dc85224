"""A questionnaire that is wrong is refused: every fault at once, each with file, line, path and the mend."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from screening.errors import Fault, PackError
from screening.questionnaire import load_questionnaire
from screening.questionnaire.load import SHIPPED

Edit = Callable[..., tuple[Fault, ...]]


@pytest.fixture
def refused(tmp_path: Path) -> Edit:
    """Loads a copy of the shipped packs with texts replaced; gives back the faults."""
    shutil.copytree(SHIPPED, tmp_path / "packs")

    def edit(*changes: tuple[str, str, str]) -> tuple[Fault, ...]:
        for name, old, new in changes:
            file = tmp_path / "packs" / f"{name}.yaml"
            text = file.read_text(encoding="utf-8")
            assert old in text, f"{old!r} is not in {name}.yaml"
            file.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(PackError) as caught:
            load_questionnaire(tmp_path / "packs")
        return caught.value.faults

    return edit


def test_a_copy_of_the_packs_is_the_same_questionnaire(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "packs")
    assert load_questionnaire(tmp_path / "packs").digest == load_questionnaire().digest


def test_one_changed_byte_changes_the_digest(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "packs")
    file = tmp_path / "packs" / "gate.yaml"
    file.write_bytes(file.read_bytes() + b"# seen\n")
    assert load_questionnaire(tmp_path / "packs").digest != load_questionnaire().digest


PLANNED = """      - id: act.planned
        text: Did the person plan the act?
        why: It speaks to will and blame (nexus, conditions).
        serves: [nexus, conditions]
"""
LEAVING_WHY = (
    "    why: Someone who has to get away, or is punished for it, is being held. "
    "Running from a placement is not this and is no input.\n"
)
SECOND_WHY = "why: Several laws ask for a second person. It also tells whom to look into (victim status).\n"
LAST_ASKER = (
    "    forensic_interviewer: My job is to listen to young people. "
    "Other people may see or hear what you tell me.\n"
)
NEW_FACT = """rows:

  control.curfew:
    label: the person had to be in by an hour set by the exploiter
    no_label: the person had no such hour
    known_by: [person]
    settled_by: messages
"""
CASES = {
    "unknown key": (("part1", "points: toward", "pionts: toward"), "part1.yaml", "unknown key 'pionts'"),
    "missing why": (
        ("part1", SECOND_WHY, "\n"),
        "part1.yaml",
        "why is missing",
    ),
    "missing anchor example": (
        (
            "part1",
            "          counts: An older man paid for the room, waited outside and took each phone call.\n",
            "",
        ),
        "part1.yaml",
        "counts is missing",
    ),
    "unknown fact": (
        ("part2", "fact: exploiter.known", "fact: exploiter.knwon"),
        "part2.yaml",
        "no fact is called 'exploiter.knwon'",
    ),
    "unknown word": (
        ("part1", "points: toward", "points: towards"),
        "part1.yaml",
        "Input should be 'toward'",
    ),
    "fact nobody asks": (("facts", "rows:\n", NEW_FACT), "facts.yaml", "no item can establish this fact"),
    "fact without its opposite": (
        ("facts", "    no_label: the person was not threatened\n", ""),
        "facts.yaml",
        "a yes / no fact needs a no_label",
    ),
    "dangling branch": (
        ("part1", "shown_when: exploiter.known", "shown_when: exploiter.unknown"),
        "part1.yaml",
        "no fact is called 'exploiter.unknown'",
    ),
    "branch tested the wrong way": (
        ("part1", "shown_when: exploiter.known", "shown_when: {fact: exploiter.known, below: 3}"),
        "part1.yaml",
        "cannot be tested like this",
    ),
    "branch that is no condition": (
        ("part1", "shown_when: exploiter.known", "shown_when: {every: [exploiter.known]}"),
        "part1.yaml",
        "unknown kind of condition",
    ),
    "per charge against a fact about the person": (
        ("part1", "      - id: control.threats\n", "      - id: control.threats\n        per_charge: true\n"),
        "part1.yaml",
        "the item is per charge, its fact control.threats is about the person",
    ),
    "about the person against a fact per charge": (
        ("prosecutor", PLANNED + "        per_charge: true\n", PLANNED),
        "prosecutor.yaml",
        "its fact act.planned is about the charge",
    ),
    "doubled item": (
        ("part2", "id: told.images", "id: told.buyer"),
        "part2.yaml",
        "the item told.buyer stands twice",
    ),
    "question about the act to the person": (
        ("part2", "fact: control.quota", "fact: history.prior_record"),
        "part2.yaml",
        "no question about the act may be put to the person",
    ),
    "own statements shown to the prosecutor": (
        (
            "part2",
            "visible_to: [community_advocate, defense]",
            "visible_to: [community_advocate, prosecutor]",
        ),
        "part2.yaml",
        "own statements are withheld from officers and prosecutors",
    ),
    "question to the person in Part 1": (
        (
            "part1",
            "      - id: control.threats\n",
            "      - id: control.threats\n        answered_by: person\n",
        ),
        "part1.yaml",
        "only items of Part 2 are put to the person",
    ),
    "advocate's answers seen by police": (
        ("advocate", "visible_to: [community_advocate]", "visible_to: [community_advocate, police]"),
        "advocate.yaml",
        "the advocate's section is for the advocate",
    ),
    "need that feeds a fact": (
        ("advocate", "      - id: need.safety\n", "      - id: need.safety\n        fact: life.threatened\n"),
        "advocate.yaml",
        "an item of the part advocate feeds no fact",
    ),
    "one law's item without its place": (
        ("named_law", "        places: [US-IA]\n", ""),
        "named_law.yaml",
        "each names its places",
    ),
    "one law's item as an indicator": (
        ("named_law", "serves: [victim_status]", "serves: [victim_status, flag]"),
        "named_law.yaml",
        "what one law asks is no input of the flag",
    ),
    "kind written beside a fact": (
        ("part1", "      - id: control.threats\n", "      - id: control.threats\n        kind: number\n"),
        "part1.yaml",
        "kind is not written here",
    ),
    "record as an indicator": (
        ("indicators", "when: control.other}", "when: history.prior_record}"),
        "indicators.yaml",
        "history.prior_record is no input of the flag",
    ),
    "need as an indicator": (
        ("indicators", "when: control.other}", "when: need.safety}"),
        "indicators.yaml",
        "no fact is called 'need.safety'",
    ),
    "threshold without a reason": (("indicators", LEAVING_WHY, ""), "indicators.yaml", "why is missing"),
    "files of two versions": (
        ("gate", 'version: "2026.11"', 'version: "2026.12"'),
        "gate.yaml",
        "version 2026.12 differs",
    ),
    "notice without an asker": (("gate", LAST_ASKER, ""), "gate.yaml", "forensic_interviewer is missing"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_refused_with_its_place(refused: Edit, name: str) -> None:
    change, file, words = CASES[name]
    fault = next((one for one in refused(change) if words in one.message), None)
    assert fault is not None
    assert (fault.file or "").endswith(file)
    assert fault.line
    assert fault.path


def test_the_nearest_right_word_is_offered(refused: Edit) -> None:
    faults = refused(
        ("part1", "points: toward", "pionts: toward"),
        ("part2", "fact: exploiter.known", "fact: exploiter.knwon"),
    )
    offered = {fault.nearest for fault in faults}
    assert {"points", "exploiter.known"} <= offered


def test_all_faults_of_all_files_come_at_once(refused: Edit) -> None:
    faults = refused(
        ("part1", "points: toward", "points: towards"),
        ("part2", "points: toward", "points: towards"),
        ("gate", "gate: v1", "gate: v2"),
        ("indicators", "percent: 60", "percent: 600"),
    )
    assert {Path(fault.file or "").name for fault in faults} == {
        "part1.yaml",
        "part2.yaml",
        "gate.yaml",
        "indicators.yaml",
    }


def test_items_that_wait_for_one_another_are_refused(refused: Edit) -> None:
    known, contact = "      - id: exploiter.known\n", "      - id: exploiter.current_contact\n"
    faults = refused(
        ("part1", known, known + "        shown_when: exploiter.current_contact\n"),
        ("part1", contact, contact + "        shown_when: exploiter.known\n"),
    )
    assert any("wait for one another" in fault.message for fault in faults)


def test_part_1_has_room_for_thirty_items(refused: Edit) -> None:
    item = (
        "      - id: control.bedtime\n        fact: control.other\n        text: More?\n"
        "        why: For a test of its length (flag).\n"
        "        serves: [flag]\n        points: neutral\n"
        "        anchor: {means: more, counts: one more, does_not: none}\n"
    )
    old = "    title: How others controlled the person\n    items:\n"
    assert any("31 items" in fault.message for fault in refused(("part1", old, old + item)))


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "packs")
    (tmp_path / "packs" / "trap.yaml").unlink()
    (tmp_path / "packs" / "part2.yaml").write_text("questionnaire: [v1", encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_questionnaire(tmp_path / "packs")
    assert {Path(fault.file or "").name for fault in caught.value.faults} == {"trap.yaml", "part2.yaml"}


@pytest.mark.parametrize(
    "text", ["- a list", "just words", "sections: none", "sections: [none]", "sections: [{items: [none]}]"]
)
def test_a_file_of_the_wrong_shape_is_a_fault_and_never_a_crash(tmp_path: Path, text: str) -> None:
    for name in ("part1", "facts", "indicators", "gate"):
        folder = tmp_path / name
        shutil.copytree(SHIPPED, folder)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(PackError):
            load_questionnaire(folder)
