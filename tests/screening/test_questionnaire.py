"""The shipped questionnaire: complete, within its limits, fair to both sides, and the same as its reference page."""

import re
from pathlib import Path

import pytest

from screening.case import ItemKind, Source
from screening.conditions import facts_of
from screening.questionnaire import Item, PartName, load_questionnaire
from screening.questionnaire.check import unread_facts
from screening.questionnaire.reference import reference
from screening.questionnaire.words import AnsweredBy, Points, Sensitivity, Serves, Viewer
from screening.services.terms import NeedCode
from screening.truth import Truth

QUESTIONNAIRE = load_questionnaire()
ITEMS = QUESTIONNAIRE.items
FACTS = QUESTIONNAIRE.facts
PROJECT = Path(__file__).parents[2]
MOST_DELICATE_LAST = [Sensitivity.ORDINARY, Sensitivity.SENSITIVE, Sensitivity.MOST_SENSITIVE]
NEEDS = {code.value for code in NeedCode} | {"access"}


def test_there_are_items_in_every_part() -> None:
    assert all(part.items for part in QUESTIONNAIRE.parts)
    assert [part.part for part in QUESTIONNAIRE.parts] == list(PartName)


def test_the_ids_that_case_files_rely_on_mean_what_they_say() -> None:
    shapes = QUESTIONNAIRE.vocabulary_items()
    for name, per_charge in (
        ("control.threats", False),
        ("life.threatened", False),
        ("exploitation.ongoing", True),
        ("act.ordered_by_exploiter", True),
    ):
        assert shapes[name].kind is ItemKind.BOOL
        assert shapes[name].per_charge is per_charge
        assert ITEMS[name].fact == name


def test_vocabulary_holds_every_item_with_its_codes() -> None:
    shapes = QUESTIONNAIRE.vocabulary_items()
    assert list(shapes) == list(ITEMS)
    assert shapes["act.victim"].codes == {
        "none",
        "self",
        "exploiter",
        "buyer",
        "peer_victim",
        "child",
        "other_person",
    }
    assert shapes["onset.age"].kind is ItemKind.NUMBER


def test_part_1_takes_five_minutes_and_puts_nothing_to_the_person() -> None:
    items = QUESTIONNAIRE.part(PartName.PART1).items
    assert len(items) <= 30
    assert {item.answered_by for item in items} == {AnsweredBy.OFFICER}
    assert not [item.id for item in items if re.search(r"\byour?\b(?! as)", item.text.replace("Can you", ""))]


def test_what_others_did_comes_before_anything_about_the_person() -> None:
    for name in (PartName.PART1, PartName.PART2):
        first = QUESTIONNAIRE.part(name).sections[0].items[0]
        assert first.fact == "exploiter.known"


def test_the_most_sensitive_questions_to_the_person_come_last() -> None:
    items = QUESTIONNAIRE.part(PartName.PART2).items
    ranks = [MOST_DELICATE_LAST.index(item.sensitivity) for item in items]
    half = len(items) // 2
    assert Sensitivity.MOST_SENSITIVE not in {item.sensitivity for item in items[:half]}
    assert ranks[-1] == 2
    assert QUESTIONNAIRE.part(PartName.PART2).sections[-1].id == "body"


def test_part_2_asks_only_what_others_did_and_is_withheld() -> None:
    for item in QUESTIONNAIRE.part(PartName.PART2).items:
        assert item.id.startswith("told.")
        assert item.sources == (Source.OWN_STATEMENT,)
        assert not {Viewer.OFFICER, Viewer.POLICE, Viewer.PROSECUTOR} & set(item.visible_to)
        assert not item.per_charge
        assert item.fact in FACTS
        assert not re.match(r"(act|forum|history|cooperation|court|status)\.", item.fact or "")


def test_the_person_is_never_asked_about_crimes_or_papers_of_state() -> None:
    told = {item.fact for item in QUESTIONNAIRE.part(PartName.PART2).items}
    assert "exploitation.forced_crime" not in told
    assert "status.foreign_national" not in told


def test_every_fact_has_an_item_and_the_file_item_carries_its_name() -> None:
    for name in FACTS:
        items = QUESTIONNAIRE.items_for(name)
        assert items, name
        assert name in {item.id for item in items}, name
        asked_of_person = [item.answered_by is AnsweredBy.PERSON for item in items]
        assert asked_of_person == sorted(asked_of_person), "others are asked before the person"


def test_facts_never_asked_have_no_items_and_no_knowers() -> None:
    for name in ("age.offense", "age.charged", "age.now", "date.offense"):
        assert QUESTIONNAIRE.items_for(name) == ()
        assert QUESTIONNAIRE.known_by(name) == ()
    assert "device" in QUESTIONNAIRE.known_by("control.threats")


def test_both_sides_of_the_link_have_the_same_room() -> None:
    sections = {section.id: section for section in QUESTIONNAIRE.part(PartName.PROSECUTOR).sections}
    toward, other_way = sections["act_toward"].items, sections["act_other_way"].items
    assert len(toward) == len(other_way)
    assert {item.points for item in toward} == {Points.TOWARD}
    assert {item.points for item in other_way} == {Points.OTHER_WAY}
    assert len(other_way) >= 12
    order = list(sections)
    assert order.index("act_other_way") == order.index("act_toward") + 1


def test_no_single_item_asks_for_the_nexus() -> None:
    nexus_words = re.compile(
        r"(because of|as a result of|result of) (the |their |being )?(traffick|exploit|victim)", re.IGNORECASE
    )
    assert not [item.id for item in ITEMS.values() if nexus_words.search(item.text)]


@pytest.mark.parametrize("item", ITEMS.values(), ids=lambda item: item.id)
def test_every_item_says_why_and_has_an_example_for_and_against(item: Item) -> None:
    assert len(item.why) > 15
    assert item.anchor.counts != item.anchor.does_not
    if item.fact is not None:
        assert re.search(
            r"\((victim status|nexus|conditions|age|scope|forum|flag|duty|needs)[ ,)]", item.why
        ), item.why
    assert item.text[-1] in "?."
    assert Source.OWN_STATEMENT in item.sources or item.part is PartName.TRAP, (
        "unasked words need their own source"
    )


def test_the_advocates_section_feeds_nothing_and_covers_every_need() -> None:
    items = QUESTIONNAIRE.part(PartName.ADVOCATE).items
    assert {item.fact for item in items} == {None}
    assert {item.visible_to for item in items} == {(Viewer.COMMUNITY_ADVOCATE,)}
    assert {item.id for item in items if item.id.startswith("need.")} == {f"need.{code}" for code in NEEDS}
    assert {"safety.danger_now", "safety.missing", "safety.contact_safe"} <= set(ITEMS)


def test_record_and_cooperation_say_that_they_serve_one_law_alone() -> None:
    for item in ITEMS.values():
        if item.id.startswith(("history.prior", "history.pending", "cooperation.")):
            assert item.part in (PartName.PROSECUTOR, PartName.NAMED_LAW)
            assert "those elements alone" in " ".join(item.why.split()), item.id
            assert Serves.FLAG not in item.serves


def test_denial_services_and_running_away_are_no_items() -> None:
    circular = re.compile(
        r"\b(den(y|ies|ied) (being|that)|loyal|chang\w+ story|refus\w+ (help|services)|ran away)\b",
        re.IGNORECASE,
    )
    assert not [item.id for item in ITEMS.values() if circular.search(item.text)]


def test_indicators_read_only_what_was_done_to_the_person() -> None:
    read = {fact for test in QUESTIONNAIRE.flag.tests() for fact in facts_of(test)}
    assert not [
        name for name in read if name.startswith(("act.", "forum.", "history.", "cooperation.", "report."))
    ]
    assert not {"status.in_care", "status.foreign_national", "age.disputed"} & read
    assert all(group.why for group in QUESTIONNAIRE.flag.groups)


def test_facts_that_no_law_reads_are_found() -> None:
    unread = unread_facts(QUESTIONNAIRE, read_elsewhere=set(FACTS) - {"act.planned"})
    assert unread == ("act.planned",)
    assert "act.own_means" not in unread_facts(QUESTIONNAIRE, ()), "kept for the file, so never unread"


def test_a_branch_closes_only_on_a_sure_no() -> None:
    unknown = {item.id for item in QUESTIONNAIRE.shown({})}
    assert "exploiter.relationship" in unknown
    assert "exploiter.relationship" in {
        item.id for item in QUESTIONNAIRE.shown({"exploiter.known": Truth.YES})
    }
    assert "exploiter.relationship" not in {
        item.id for item in QUESTIONNAIRE.shown({"exploiter.known": Truth.NO})
    }
    assert len(unknown) == len(ITEMS)


def test_what_one_law_asks_is_shown_only_in_its_place() -> None:
    local = QUESTIONNAIRE.part(PartName.NAMED_LAW).items
    shown = {item.id for item in QUESTIONNAIRE.shown({}, places={"US-TX"})}
    assert {item.id for item in local if item.id in shown} == {
        item.id for item in local if "US-TX" in item.places
    }
    assert {item.id for item in ITEMS.values() if not item.places} <= shown
    for item in local:
        assert all(re.fullmatch(r"US(-[A-Z]{2})?|GB-EAW", place) for place in item.places)
        assert item.answered_by is not AnsweredBy.PERSON
        assert Serves.FLAG not in item.serves


def test_loading_twice_gives_the_same_digest() -> None:
    again = load_questionnaire()
    assert again.digest == QUESTIONNAIRE.digest
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", again.digest)


def test_the_reference_page_is_current() -> None:
    page = (PROJECT / "docs" / "questionnaire.md").read_text(encoding="utf-8")
    assert page == reference(QUESTIONNAIRE), (
        "write docs/questionnaire.md again with screening.questionnaire.reference"
    )
    for item in ITEMS.values():
        assert f"`{item.id}`" in page
