"""The flag: protective on doubt, never lowered by more that points to harm, and blind to what must not count."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.case import Answer, Case, Charge, Cleared, Person, Response, Source, Value
from screening.conditions import facts_of
from screening.dates import DateRange, NumberRange
from screening.indicators import ACCUSATION, Flag, FlagState, flag
from screening.questionnaire import PartName, Reader, facts_from, load_questionnaire
from screening.questionnaire.words import Serves

QUESTIONNAIRE = load_questionnaire()
YES, NO, NOT_KNOWN = Answer.YES, Answer.NO, Answer.NOT_KNOWN
DAY = date(2026, 11, 24)
CHARGE = Charge("c1", "US-TN")
PART1 = QUESTIONNAIRE.flag_items
ALL_NO = tuple((item.id, NO) for item in PART1)
RANK = [
    FlagState.NONE_RECORDED,
    FlagState.NOT_ENOUGH_RECORDED,
    FlagState.POSSIBLE,
    FlagState.INDICATORS_PRESENT,
]
FLAG_BOOLS = sorted({fact for test in QUESTIONNAIRE.flag.tests() for fact in facts_of(test)} - {"onset.age"})
NO_INPUT = (
    "act. forum. history. cooperation. court. prosecutor. report. steps. imprisoned. age. development. "
    "status.in_care status.foreign status.abuse status.childhood"
)
NEVER_COUNT = tuple(
    item.id
    for item in QUESTIONNAIRE.items.values()
    if item.part in (PartName.ADVOCATE, PartName.TRAP, PartName.NAMED_LAW)
    or item.id.startswith(tuple(NO_INPUT.split()))
)

Said = tuple[str, Value] | tuple[str, Value, Source]


def raised(
    *said: Said | Response,
    reader: str = "prosecutor",
    minor_charge: bool = False,
    person: Person | None = None,
) -> Flag:
    responses: dict[str, tuple[Response, ...]] = {}
    for one in said:
        response = one if isinstance(one, Response) else answer(*one)
        responses[response.item] = (*responses.get(response.item, ()), response)
    case = Case(as_of=DAY, person=person or Person(), charges=(CHARGE,), responses=responses)
    base = facts_from(case, QUESTIONNAIRE, reader=reader)
    return flag(case, base, QUESTIONNAIRE, minor_prostitution_charge=minor_charge)


def answer(item: str, value: Value, source: Source | None = None, *, cleared: bool = False) -> Response:
    charge = CHARGE.id if QUESTIONNAIRE.items[item].per_charge else None
    return Response(item, value, charge, source, cleared=Cleared("counsel", DAY) if cleared else None)


def names(found: Flag) -> set[str]:
    return {indicator.id for indicator in found.indicators}


def born(year: int) -> Person:
    return Person(DateRange(date(year, 1, 1), date(year, 12, 31)))


def test_a_child_in_a_commercial_sex_act_is_a_victim_whoever_profits() -> None:
    found = raised(("exploitation.commercial_sex", YES), ("exploitation.before_18", YES))
    assert found.state is FlagState.INDICATORS_PRESENT
    assert "commercial_sex_before_18" in names(found)
    assert not found.rests_on_accusation


def test_someone_under_18_today_was_under_18_then() -> None:
    child = raised(("exploitation.commercial_sex", YES), person=born(2010))
    assert child.state is FlagState.INDICATORS_PRESENT
    for person in (born(2008), Person()):
        assert raised(("exploitation.commercial_sex", YES), person=person).state is FlagState.POSSIBLE


def test_a_buyer_alone_counts_where_no_third_party_is_known() -> None:
    found = raised(("exploitation.buyer", YES), ("exploitation.third_party", NO), ("exploiter.known", NO))
    assert found.state is FlagState.POSSIBLE
    assert names(found) == {"buyer"}


def test_one_strong_group_or_two_groups_are_indicators_present() -> None:
    assert raised(("exploitation.labor", YES)).state is FlagState.INDICATORS_PRESENT
    assert raised(("exploitation.ongoing", YES)).state is FlagState.INDICATORS_PRESENT
    assert raised(("status.official_paper", YES)).state is FlagState.INDICATORS_PRESENT
    assert raised(("control.threats", YES), ("exploiter.known", YES)).state is FlagState.INDICATORS_PRESENT
    assert raised(("control.threats", YES), ("control.debt", YES)).state is FlagState.POSSIBLE
    third = (("control.threats", YES), ("control.debt", YES), ("control.monitored", YES))
    assert raised(*third).state is FlagState.INDICATORS_PRESENT
    assert raised(("status.suspected", YES)).state is FlagState.POSSIBLE


def test_exploitation_that_began_before_18_is_possible_and_from_18_is_not_an_indicator() -> None:
    assert raised(("onset.age", NumberRange(15, 15))).state is FlagState.POSSIBLE
    assert raised(("onset.age", NumberRange(18, 18))).state is FlagState.NOT_ENOUGH_RECORDED
    assert raised(("onset.age", NumberRange(16, 19))).state is FlagState.NOT_ENOUGH_RECORDED
    apart = raised(("onset.age", NumberRange(15, 15)), ("onset.age", NumberRange(20, 20)))
    assert apart.state is FlagState.POSSIBLE
    assert apart.indicators[0].disputed


def test_sources_that_contradict_each_other_are_possible() -> None:
    found = raised(("control.threats", YES, Source.DEVICE), ("control.threats", NO, Source.THIRD_PARTY))
    assert found.state is FlagState.POSSIBLE
    (indicator,) = found.indicators
    assert indicator.disputed
    assert {(one.source, one.value) for one in indicator.because} == {
        ("device", "yes"),
        ("third_party", "no"),
    }


def test_the_accusation_itself_makes_it_possible_and_that_is_said() -> None:
    found = raised(minor_charge=True)
    assert (found.state, found.rests_on_accusation, names(found)) == (FlagState.POSSIBLE, True, {ACCUSATION})
    more = raised(("control.threats", YES), minor_charge=True)
    assert not more.rests_on_accusation
    assert raised(*ALL_NO, minor_charge=True).state is FlagState.POSSIBLE


def test_none_recorded_needs_a_real_look() -> None:
    assert raised().state is FlagState.NOT_ENOUGH_RECORDED
    assert raised(*ALL_NO).state is FlagState.NONE_RECORDED
    share = raised(*ALL_NO).asked_share
    assert share.of == len(PART1)
    needed = -(-share.of * QUESTIONNAIRE.flag.minimum_share.percent // 100)
    assert raised(*ALL_NO[: needed - 1]).state is FlagState.NOT_ENOUGH_RECORDED


@pytest.mark.parametrize("unknown", [NOT_KNOWN, Answer.DECLINED, Answer.NOT_ASKED, Answer.NOT_APPLICABLE])
def test_answers_that_tell_nothing_are_no_look(unknown: Answer) -> None:
    found = raised(*((item.id, unknown) for item in PART1))
    assert (found.state, found.asked_share.known) == (FlagState.NOT_ENOUGH_RECORDED, 0)


def test_one_charge_answered_of_two_is_not_a_look_at_both() -> None:
    case = Case(
        as_of=DAY,
        charges=(CHARGE, Charge("c2", "US-TN")),
        responses={"exploitation.ongoing": (Response("exploitation.ongoing", NO, "c1"),)},
    )
    found = flag(case, facts_from(case, QUESTIONNAIRE, reader="prosecutor"), QUESTIONNAIRE)
    assert found.asked_share.known == 0


def test_exploitation_in_the_week_of_any_charge_counts() -> None:
    case = Case(
        as_of=DAY,
        charges=(CHARGE, Charge("c2", "US-TN")),
        responses={
            "exploitation.ongoing": (
                Response("exploitation.ongoing", NO, "c1"),
                Response("exploitation.ongoing", YES, "c2"),
            )
        },
    )
    found = flag(case, facts_from(case, QUESTIONNAIRE, reader="prosecutor"), QUESTIONNAIRE)
    assert found.state is FlagState.INDICATORS_PRESENT


def test_own_words_count_for_the_advocate_and_for_others_once_cleared() -> None:
    held = answer("told.labor", YES)
    assert raised(held).state is FlagState.NOT_ENOUGH_RECORDED
    assert raised(held, reader="advocate").state is FlagState.INDICATORS_PRESENT
    assert raised(answer("told.labor", YES, cleared=True)).state is FlagState.INDICATORS_PRESENT


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("own", ["told.labor", "exploitation.labor"])
def test_denial_never_lowers_the_flag(reader: Reader, own: str) -> None:
    denial = answer(own, NO, Source.OWN_STATEMENT, cleared=True)
    recorded = ("exploitation.labor", YES, Source.RECORD)
    found = raised(recorded, denial, reader=reader)
    assert found.state is FlagState.INDICATORS_PRESENT
    assert not any(one.disputed for one in found.indicators)


def test_what_if_never_touches_the_flag() -> None:
    case = Case(
        as_of=DAY, charges=(CHARGE,), assume={"victim_status": True, "nexus": True, "conditions": True}
    )
    base = facts_from(case, QUESTIONNAIRE, reader="prosecutor")
    assert flag(case, base, QUESTIONNAIRE).state is FlagState.NOT_ENOUGH_RECORDED


def test_the_result_is_plain_data_with_references_and_no_text_of_notes() -> None:
    response = Response("control.threats", YES, None, Source.RECORD, note="seen by Officer A, p. 3")
    data = raised(response).to_dict()
    assert data == {
        "state": "possible",
        "indicators": [
            {
                "id": "threats",
                "group": "control",
                "label": "threatened",
                "disputed": False,
                "because": [{"item": "control.threats", "charge": None, "source": "record"}],
            }
        ],
        "asked": {"known": 1, "of": len(PART1)},
        "rests_on_accusation": False,
    }


@pytest.mark.parametrize("item", NEVER_COUNT)
def test_what_must_not_count_changes_nothing_alone(item: str) -> None:
    shape = QUESTIONNAIRE.vocabulary_items()[item]
    values: list[Value] = [*Answer, *sorted(shape.codes), NumberRange(3, 3)]
    for value in values:
        found = raised(answer(item, value))
        assert (found.state, found.indicators) == (FlagState.NOT_ENOUGH_RECORDED, ())


RECORDED = st.lists(st.tuples(st.sampled_from(FLAG_BOOLS), st.sampled_from(list(Answer))), max_size=15)
NOISE = st.lists(st.tuples(st.sampled_from(NEVER_COUNT), st.sampled_from(list(Answer))), max_size=15)
READERS = st.sampled_from(Reader)


@given(RECORDED, NOISE, READERS, st.booleans())
def test_needs_record_cooperation_and_the_act_change_nothing(
    recorded: list[Said], noise: list[Said], reader: Reader, minor: bool
) -> None:
    with_noise = raised(*recorded, *noise, reader=reader, minor_charge=minor)
    assert with_noise == raised(*recorded, reader=reader, minor_charge=minor)


@given(RECORDED, st.sampled_from(FLAG_BOOLS), READERS, st.booleans())
def test_one_more_yes_never_lowers_the_flag(
    recorded: list[Said], fact: str, reader: Reader, minor: bool
) -> None:
    before = raised(*recorded, reader=reader, minor_charge=minor)
    after = raised(*recorded, (fact, YES), reader=reader, minor_charge=minor)
    assert RANK.index(after.state) >= RANK.index(before.state)


def test_what_the_person_says_is_no_look_of_the_officer() -> None:
    denials = [answer(item.id, NO, Source.OWN_STATEMENT, cleared=True) for item in PART1]
    assert raised(*denials, reader="advocate").state is FlagState.NOT_ENOUGH_RECORDED


TOLD = tuple(item.id for item in QUESTIONNAIRE.part(PartName.PART2).items if Serves.FLAG in item.serves)


@given(RECORDED, st.lists(st.tuples(st.sampled_from(TOLD), st.sampled_from(list(Answer))), max_size=10))
def test_uncleared_own_words_never_alter_the_prosecutors_flag(recorded: list[Said], told: list[Said]) -> None:
    for reader in ("prosecutor", "officer"):
        assert raised(*recorded, *told, reader=reader) == raised(*recorded, reader=reader)


DENIED = st.lists(st.sampled_from([*TOLD, *(item.id for item in PART1)]), max_size=10)


@given(RECORDED, DENIED, READERS)
def test_the_persons_own_no_never_alters_the_state(
    recorded: list[Said], told: list[str], reader: Reader
) -> None:
    denials = [answer(item, NO, Source.OWN_STATEMENT, cleared=True) for item in told]
    assert raised(*recorded, *denials, reader=reader).state is raised(*recorded, reader=reader).state


@given(st.lists(st.sampled_from([item.id for item in PART1]), unique=True), READERS)
def test_a_thin_case_never_reads_none_recorded(asked: list[str], reader: Reader) -> None:
    found = raised(*((item, NO) for item in asked), reader=reader)
    share, rules = found.asked_share, QUESTIONNAIRE.flag.minimum_share
    enough = share.known * 100 >= rules.percent * share.of
    assert (found.state is FlagState.NONE_RECORDED) == enough


@given(RECORDED, st.permutations(range(15)))
def test_the_order_of_answers_changes_no_state(recorded: list[Said], order: list[int]) -> None:
    shuffled = [recorded[i] for i in order if i < len(recorded)]
    assert raised(*recorded).state is raised(*shuffled).state
