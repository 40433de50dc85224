"""What must hold of any case: facts only narrow, order means nothing, needs and services decide nothing, law has dates."""

import dataclasses
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from screening import load_packs
from screening.law.load import LoadedLaw, load_law
from screening.law.model import Period
from screening.rules.prepared import prepare
from screening.rules.results import RANK
from tests.screening.cases import charge, only, screened

PACKS = load_packs()
SHAPES = PACKS.vocabulary.items
FACTUAL = sorted(
    name
    for name, item in PACKS.questionnaire.items.items()
    if item.fact
    and item.part.value != "part2"
    and SHAPES[name].kind.value == "bool"
    and name != "age.disputed"  # a dispute takes back what the birth date said
)
FREE = sorted(
    name
    for name, item in PACKS.questionnaire.items.items()
    if not item.fact and SHAPES[name].kind.value == "bool"
)
SECTIONS = [
    ("US-TN", "39-13-513"),
    ("US-CA", "647(b)"),
    ("US-CA", "459"),
    ("US-WI", "940.302"),
    ("US-NY", "230.30"),
    ("US-TX", "20A.02"),
    ("US-OR", "167.007"),
    ("US-SC", "16-3-2020"),
    ("US-IA", "710A.2"),
    ("US-WY", "6-2-401"),
    ("US", "1591"),
    ("GB-EAW", "Theft Act 1968 s. 1"),
]
charges = st.sampled_from(SECTIONS)
born = st.sampled_from([None, "2003-05-01", "2007-06-01", "2010-02-01"])


def _result(where, answers, birth, **rest):
    jurisdiction, section = where
    person = {"person": {"born": birth}} if birth else {}
    return screened(
        charge(section, jurisdiction, date="2025-12-10", status="charged"),
        responses=answers,
        **person,
        **rest,
    )


@settings(max_examples=120, deadline=None)
@given(
    charges,
    st.lists(
        st.tuples(st.sampled_from(FACTUAL), st.sampled_from(["yes", "no"])),
        max_size=8,
        unique_by=lambda one: one[0],
    ),
    born,
)
def test_a_chain_of_added_facts_only_narrows_the_bounds(where, chain, birth):
    answers: dict[str, str] = {}
    low, high = -1, 99
    for name, value in [("", ""), *chain]:
        if name:
            answers[name] = value
        one = _result(where, dict(answers), birth).charges[0]
        assert low <= RANK[one.at_least] <= RANK[one.at_most] <= high
        low, high = RANK[one.at_least], RANK[one.at_most]


@settings(max_examples=60, deadline=None)
@given(
    charges,
    st.dictionaries(st.sampled_from(FACTUAL), st.sampled_from(["yes", "no", "not_known"]), max_size=6),
    st.permutations(range(3)),
)
def test_the_order_of_responses_and_charges_changes_nothing(where, answers, order):
    jurisdiction, section = where
    rows = [
        charge(section, jurisdiction, date="2025-12-10"),
        charge("39-13-309", id="c2", date="2025-12-10"),
        charge("1591", "US", id="c3", date="2026-03-01"),
    ]
    per_charge = {
        name: ({"c1": value} if SHAPES[name].per_charge else value) for name, value in answers.items()
    }
    straight = screened(*rows, responses=per_charge).to_dict()
    turned = screened(*[rows[i] for i in order], responses=dict(reversed(per_charge.items()))).to_dict()
    by_id = {one["id"]: {**one, "beside": None, "not_considered": None} for one in turned["charges"]}
    assert [{**one, "beside": None, "not_considered": None} for one in straight["charges"]] == [
        by_id[one["id"]] for one in straight["charges"]
    ]
    assert straight["flag"]["state"] == turned["flag"]["state"]


@settings(max_examples=60, deadline=None)
@given(
    charges,
    born,
    st.dictionaries(st.sampled_from(FREE), st.sampled_from(["yes", "no", "declined"]), max_size=6),
    st.lists(st.sampled_from(sorted(PACKS.vocabulary.needs)), max_size=4, unique=True),
)
def test_needs_wishes_and_services_change_no_finding_and_no_flag(where, birth, free, needs):
    plain, helped = _result(where, {}, birth), _result(where, free, birth, needs=needs)
    assert [one.to_dict() for one in plain.charges] == [one.to_dict() for one in helped.charges]
    assert plain.judged.flag.state == helped.judged.flag.state
    assert [one.to_dict() for one in plain.next_items] == [one.to_dict() for one in helped.next_items]


def test_regression_6_a_law_version_dated_in_the_future_changes_no_earlier_answer():
    loaded, _ = load_law()
    tennessee = loaded["US-TN"]
    first = tennessee.law.protections[0]
    later = first.model_copy(
        update={"id": "us-tn-later", "age": None, "period": Period(start=date(2027, 1, 1))}
    )
    law = tennessee.law.model_copy(update={"protections": (*tennessee.law.protections, later)})
    extended = dataclasses.replace(
        PACKS,
        law={
            **PACKS.law,
            "US-TN": prepare(LoadedLaw(law, tennessee.offenses, tennessee.digest, tennessee.file)),
        },
    )
    for birth in ("2004-01-01", "2012-01-01"):
        one = charge("39-13-513", date="2026-06-01", status="charged")
        before = only(one, person={"born": birth})
        after = screened(one, person={"born": birth}, packs=extended).charges[0]
        assert (before.at_least, before.at_most, before.result) == (
            after.at_least,
            after.at_most,
            after.result,
        )


def test_packs_that_a_case_does_not_touch_change_nothing():
    fewer = dataclasses.replace(PACKS, law={name: PACKS.law[name] for name in ("US-TN", "US")})
    one = charge("39-13-513", date="2025-06-01")
    assert only(one).to_dict() == screened(one, packs=fewer).charges[0].to_dict()


def test_the_same_case_and_packs_give_the_same_screening():
    one = charge("236.1(c)(1)", "US-CA", date="2024-06-01")
    assert (
        screened(one, responses={"control.threats": "yes"}).to_dict()
        == screened(one, responses={"control.threats": "yes"}).to_dict()
    )
