"""From responses to facts: merged without losing a side, withheld until cleared, closed only on a sure no."""

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.case import Answer, Case, Charge, Cleared, ItemKind, Response, Source, Value
from screening.conditions import UNBOUNDED
from screening.dates import DateRange, NumberRange
from screening.questionnaire import (
    FactBase,
    Item,
    PartName,
    Questionnaire,
    Reader,
    facts_from,
    load_questionnaire,
)
from screening.questionnaire.load import SHIPPED
from screening.questionnaire.merging import merged, value_text
from screening.truth import Truth

QUESTIONNAIRE = load_questionnaire()
ITEMS = tuple(QUESTIONNAIRE.items.values())
YES, NO, NOT_KNOWN, DECLINED = Answer.YES, Answer.NO, Answer.NOT_KNOWN, Answer.DECLINED
DAY = date(2026, 11, 24)
CLEARED = Cleared("counsel", DAY)
CHARGES = (Charge("c1", "US-TN"), Charge("c2", "US-TN"))


def said(
    item: str, value: Value, source: Source | None = None, *, charge: str | None = None, cleared: bool = False
) -> Response:
    return Response(item, value, charge, source, cleared=CLEARED if cleared else None)


def case_of(*responses: Response, charges: tuple[Charge, ...] = CHARGES) -> Case:
    by_item: dict[str, tuple[Response, ...]] = {}
    for response in responses:
        by_item[response.item] = (*by_item.get(response.item, ()), response)
    return Case(as_of=DAY, charges=charges, responses=by_item)


def read(*responses: Response, reader: str = "prosecutor") -> FactBase:
    return facts_from(case_of(*responses), QUESTIONNAIRE, reader=reader)


def test_nothing_said_is_nothing_known() -> None:
    base = read()
    assert base == FactBase({}, {"c1": {}, "c2": {}}, {}, (), 0, ())


def test_a_plain_answer_is_a_fact_with_its_evidence() -> None:
    base = read(said("control.threats", YES, Source.DEVICE))
    assert base.person == {"control.threats": Truth.YES}
    (evidence,) = base.evidence["control.threats", None]
    assert (evidence.item, evidence.source, evidence.value, evidence.known) == (
        "control.threats",
        "device",
        "yes",
        True,
    )


@pytest.mark.parametrize("unknown", [NOT_KNOWN, DECLINED, Answer.NOT_ASKED, Answer.NOT_APPLICABLE])
def test_an_answer_that_tells_nothing_gives_no_fact_and_yields_to_one_that_does(unknown: Answer) -> None:
    assert read(said("control.threats", unknown)).person == {}
    base = read(said("control.threats", unknown), said("control.threats", YES))
    assert base.person == {"control.threats": Truth.YES}
    assert not base.clashes
    assert [one.known for one in base.evidence["control.threats", None]] == [False, True]


def test_two_sources_that_differ_are_unknown_and_both_stay_visible() -> None:
    base = read(
        said("act.ordered_by_exploiter", YES, Source.THIRD_PARTY, charge="c1"),
        said("act.ordered_by_exploiter", NO, Source.RECORD, charge="c1"),
        said("act.ordered_by_exploiter", YES, Source.RECORD, charge="c2"),
    )
    assert base.charges["c1"]["act.ordered_by_exploiter"] == Truth.UNKNOWN
    assert base.charges["c2"]["act.ordered_by_exploiter"] == Truth.YES
    (clash,) = base.clashes
    assert (clash.fact, clash.charge) == ("act.ordered_by_exploiter", "c1")
    assert [(one.value, one.source) for one in clash.evidence] == [("yes", "third_party"), ("no", "record")]


def test_two_items_on_one_fact_are_two_sources() -> None:
    base = read(said("control.threats", NO, Source.RECORD), said("told.threats", YES), reader="advocate")
    assert base.person["control.threats"] == Truth.UNKNOWN
    assert {one.item for one in base.clashes[0].evidence} == {"control.threats", "told.threats"}


def test_ages_that_overlap_narrow_each_other_and_others_span_all_that_was_said() -> None:
    near = read(said("onset.age", NumberRange(14, 17)), said("onset.age", NumberRange(16, 16)))
    assert near.person["onset.age"] == (16, 16)
    assert not near.clashes
    apart = read(said("onset.age", NumberRange(11, 11)), said("onset.age", NumberRange(13, 14)))
    assert apart.person["onset.age"] == (11, 14)
    assert apart.clashes[0].fact == "onset.age"
    assert read(said("onset.age", NumberRange(14, None))).person["onset.age"] == (14, UNBOUNDED)


def test_codes_that_differ_all_stay_possible() -> None:
    base = read(said("exploiter.relationship", "parent"), said("exploiter.relationship", "partner"))
    assert base.person["exploiter.relationship"] == frozenset({"parent", "partner"})
    assert base.clashes


def test_dates_and_sets_of_codes_merge_too() -> None:
    days = merged(
        ItemKind.DATE, [DateRange(date(2024, 3, 1), date(2024, 3, 31)), DateRange(date(2024, 3, 5), None)]
    )
    assert days == ((date(2024, 3, 5).toordinal(), date(2024, 3, 31).toordinal()), False)
    sets = merged(ItemKind.CODES, [frozenset({"a", "b"}), frozenset({"b", "c"})])
    assert sets == ((frozenset({"b"}), frozenset({"a", "b", "c"})), True)
    assert merged(ItemKind.CODES, [NOT_KNOWN]) == (None, False)


def test_a_yes_to_an_item_that_wants_a_number_tells_nothing() -> None:
    assert read(said("onset.age", YES), said("exploiter.relationship", NO)).person == {}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (NumberRange(15, 15), "15"),
        (NumberRange(14, 17), "14 to 17"),
        (NumberRange(14, None), "14 or more"),
        (NumberRange(None, 17), "17 or less"),
        (DateRange(DAY, DAY), "2026-11-24"),
        (frozenset({"b", "a"}), "a, b"),
        (NOT_KNOWN, "not_known"),
        ("parent", "parent"),
    ],
)
def test_values_are_written_as_people_would(value: Value, text: str) -> None:
    assert value_text(value) == text


@pytest.mark.parametrize("reader", ["prosecutor", "officer"])
def test_own_statements_reach_neither_prosecutor_nor_officer_until_cleared(reader: str) -> None:
    held = (said("told.threats", YES), said("life.threatened", YES, Source.OWN_STATEMENT))
    base = read(*held, reader=reader)
    assert (base.person, dict(base.evidence), base.withheld) == ({}, {}, 2)
    cleared = read(
        said("told.threats", YES, cleared=True),
        said("life.threatened", YES, Source.OWN_STATEMENT, cleared=True),
        reader=reader,
    )
    assert cleared.person == {"control.threats": Truth.YES, "life.threatened": Truth.YES}
    assert cleared.withheld == 0


def test_a_part_2_answer_is_withheld_whatever_source_is_written_beside_it() -> None:
    assert read(said("told.threats", YES, Source.RECORD)).withheld == 1


def test_the_advocate_sees_what_the_person_said() -> None:
    base = read(said("told.threats", YES), reader="advocate")
    assert base.person == {"control.threats": Truth.YES}
    assert base.withheld == 0


def test_clearing_one_response_clears_no_other() -> None:
    base = read(said("told.threats", YES, cleared=True), said("told.debt", YES))
    assert base.person == {"control.threats": Truth.YES}
    assert base.withheld == 1


def test_the_advocates_own_section_is_neither_read_nor_counted() -> None:
    base = read(said("need.shelter_emergency", YES), said("safety.danger_now", YES, Source.OWN_STATEMENT))
    assert base == read()


def test_an_answer_behind_a_surely_closed_branch_is_kept_out_of_force() -> None:
    responses = (said("exploiter.known", NO), said("exploiter.relationship", "parent"))
    base = read(*responses)
    assert "exploiter.relationship" not in base.person
    assert base.out_of_force == ("exploiter.relationship",)
    opened = read(*responses, said("exploiter.known", YES))
    assert opened.person["exploiter.relationship"] == frozenset({"parent"})
    assert opened.out_of_force == ()


def test_an_unanswered_branch_loses_nothing() -> None:
    assert read(said("exploiter.relationship", "parent")).person["exploiter.relationship"] == frozenset(
        {"parent"}
    )


def test_withheld_words_close_no_branch() -> None:
    base = read(said("told.exploiter_known", NO), said("exploiter.relationship", "parent"))
    assert base.person == {"exploiter.relationship": frozenset({"parent"})}


@pytest.mark.parametrize("reader", Reader)
def test_the_persons_own_no_puts_nothing_recorded_out_of_force(reader: Reader) -> None:
    base = read(
        said("told.commercial_sex", NO, cleared=True),
        said("exploitation.before_18", YES, Source.RECORD),
        reader=reader,
    )
    assert base.person["exploitation.before_18"] == Truth.YES
    assert base.out_of_force == ()


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str, str], Questionnaire]:
    """The shipped questionnaire with one text of one file replaced, as an office might."""

    def change(name: str, old: str, new: str) -> Questionnaire:
        shutil.copytree(SHIPPED, tmp_path / "packs")
        file = tmp_path / "packs" / f"{name}.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return load_questionnaire(tmp_path / "packs")

    return change


def test_an_office_can_hold_an_item_back_from_prosecutors(
    changed: Callable[[str, str, str], Questionnaire],
) -> None:
    line = "      - id: control.branding\n"
    office = changed("part1", line, line + "        visible_to: [officer, community_advocate]\n")
    case = case_of(said("control.branding", YES, Source.OBSERVED))
    assert facts_from(case, office, reader="prosecutor").withheld == 1
    assert facts_from(case, office, reader="officer").person == {"control.branding": Truth.YES}
    released = case_of(said("control.branding", YES, Source.OBSERVED, cleared=True))
    assert facts_from(released, office, reader="prosecutor").person == {"control.branding": Truth.YES}


def test_a_branch_about_the_act_closes_for_one_charge_alone(
    changed: Callable[[str, str, str], Questionnaire],
) -> None:
    line = "      - id: act.deceived_other\n"
    office = changed("prosecutor", line, line + "        shown_when: act.planned\n")
    case = case_of(
        said("act.planned", NO, charge="c1"),
        said("act.deceived_other", YES, charge="c1"),
        said("act.deceived_other", YES, charge="c2"),
    )
    base = facts_from(case, office, reader="prosecutor")
    assert base.charges == {"c1": {"act.planned": Truth.NO}, "c2": {"act.deceived_other": Truth.YES}}
    assert base.out_of_force == ("act.deceived_other",)


def test_a_bare_answer_about_the_act_belongs_to_the_only_charge() -> None:
    case = case_of(said("exploitation.ongoing", YES), charges=(Charge("c1", "US-TN"),))
    base = facts_from(case, QUESTIONNAIRE, reader="prosecutor")
    assert base.charges == {"c1": {"exploitation.ongoing": Truth.YES}}
    assert base.for_charge("c1") == {"exploitation.ongoing": Truth.YES}


def test_a_correction_gives_what_a_fresh_reading_gives() -> None:
    wrong = case_of(said("exploiter.known", NO), said("exploiter.age_gap", NumberRange(8, 8)))
    right = case_of(said("exploiter.known", YES), said("exploiter.age_gap", NumberRange(8, 8)))
    facts_from(wrong, QUESTIONNAIRE, reader="prosecutor")
    assert facts_from(right, QUESTIONNAIRE, reader="prosecutor").person == {
        "exploiter.known": Truth.YES,
        "exploiter.age_gap": (8, 8),
    }


def values_for(item: Item) -> st.SearchStrategy[Value]:
    answers: st.SearchStrategy[Value] = st.sampled_from(list(Answer))
    if item.kind is ItemKind.NUMBER:
        return answers | st.integers(0, 30).map(lambda n: NumberRange(n, n + 2))
    if item.kind is ItemKind.CODE:
        return answers | st.sampled_from(sorted(item.codes))
    return answers


@st.composite
def responses(draw: st.DrawFn, items: tuple[Item, ...] = ITEMS) -> Response:
    item = draw(st.sampled_from(items))
    return said(
        item.id,
        draw(values_for(item)),
        draw(st.sampled_from([None, *Source])),
        charge=draw(st.sampled_from(["c1", "c2"])) if item.per_charge else None,
        cleared=draw(st.booleans()),
    )


ANY_RESPONSES = st.lists(responses(), max_size=12)


@given(ANY_RESPONSES, st.permutations(range(12)), st.sampled_from(Reader))
def test_the_order_of_answers_changes_no_fact(some: list[Response], order: list[int], reader: Reader) -> None:
    shuffled = [some[i] for i in order if i < len(some)]
    first, second = read(*some, reader=reader), read(*shuffled, reader=reader)
    assert (first.person, first.charges, first.withheld) == (second.person, second.charges, second.withheld)
    assert {(clash.fact, clash.charge) for clash in first.clashes} == {
        (clash.fact, clash.charge) for clash in second.clashes
    }


@given(ANY_RESPONSES)
def test_uncleared_words_never_change_what_a_prosecutor_sees(some: list[Response]) -> None:
    own = [
        r
        for r in some
        if r.source is Source.OWN_STATEMENT or QUESTIONNAIRE.items[r.item].part is PartName.PART2
    ]
    seen = read(*some)
    without = read(*(r for r in some if r.cleared or r not in own))
    assert (seen.person, seen.charges, seen.evidence, seen.clashes, seen.out_of_force) == (
        without.person,
        without.charges,
        without.evidence,
        without.clashes,
        without.out_of_force,
    )


@given(ANY_RESPONSES, st.sampled_from(Reader))
def test_every_known_answer_is_in_force_withheld_or_out_of_force(
    some: list[Response], reader: Reader
) -> None:
    base = read(*some, reader=reader)
    bearing = [r for r in some if QUESTIONNAIRE.items[r.item].fact]
    in_force = sum(len(seen) for seen in base.evidence.values())
    closed = [r for r in bearing if r.item in base.out_of_force]
    assert in_force + base.withheld <= len(bearing) <= in_force + base.withheld + len(closed)


@given(
    ANY_RESPONSES,
    st.sampled_from(["control.threats", "exploitation.ongoing", "act.planned"]),
    st.sampled_from([YES, NO]),
)
def test_one_more_agreeing_answer_never_makes_a_known_fact_unknown(
    some: list[Response], item: str, value: Answer
) -> None:
    charge = None if item == "control.threats" else "c1"
    before = read(*some, said(item, value, charge=charge))
    after = read(*some, said(item, value, charge=charge), said(item, value, charge=charge))
    assert facts_of_all(before) == facts_of_all(after)


def facts_of_all(base: FactBase) -> tuple[Mapping[str, object], Mapping[str, object]]:
    return base.person, base.charges


def test_sixty_answers_take_well_under_a_millisecond() -> None:
    chosen = [item for item in ITEMS if item.fact and item.kind is ItemKind.BOOL][:60]
    case = case_of(*(said(item.id, YES, charge="c1" if item.per_charge else None) for item in chosen))
    best = min(_seconds(case) for _ in range(30))
    assert best < 0.001, f"{best * 1000:.2f} ms"


def _seconds(case: Case) -> float:
    start = perf_counter()
    facts_from(case, QUESTIONNAIRE, reader=Reader.ADVOCATE)
    return perf_counter() - start
