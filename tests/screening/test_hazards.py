"""Harms that a careless reading of facts would cause, swept over all packed law: each test fails without its guard."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening import READERS, CaseError
from screening.case import Mode
from screening.conditions import facts_of
from screening.law.words import Match
from screening.rules.results import RANK, Result, Role
from tests.screening.cases import charge, finding, screened
from tests.screening.sweep import (
    AGED,
    ITEMS,
    OWN,
    PACKS,
    STARTED,
    VISIBLE,
    base,
    bases,
    screening_of,
    truths,
    untouched,
)


def test_there_is_an_example_to_start_from_for_every_visible_protection():
    assert set(VISIBLE) - set(bases()) == set()
    assert len(AGED) > 10
    assert len(STARTED) > 20


# W1 -- age unknown


@pytest.mark.parametrize("name", AGED)
def test_w1_an_unknown_age_is_unknown_in_every_law_and_never_the_adult_branch(name):
    known, unknown = screening_of(bases()[name]), screening_of(base(name, person={}))
    assert truths(unknown, name)["age"] == "unknown"
    assert RANK[unknown.charges[0].at_most] >= RANK[known.charges[0].at_most]
    assert RANK[unknown.charges[0].at_least] <= RANK[known.charges[0].at_least]


# W2 -- age in dispute


@pytest.mark.parametrize("name", AGED)
def test_w2_an_age_in_dispute_is_presumed_under_18_where_the_law_says_so_and_never_taken_as_the_older(name):
    pack, one = OWN[name]
    age = one.rule.age
    line = age.under or age.from_
    day = bases()[name]["charges"][0].get("date", "2024-06-01")
    person = {"age_on": {"date": str(day)[:10], "from": line - 2, "to": line + 2}}
    result = screening_of(
        base(name, person=person, charge={"date": str(day)[:10]}, responses={"age.disputed": "yes"})
    )
    presumes = pack.law.minority_presumed and age.from_ is None and age.under >= 18
    assert truths(result, name)["age"] == ("presumed" if presumes else "unknown")


@pytest.mark.parametrize("name", AGED)
def test_w2_an_exact_birth_date_that_is_in_dispute_decides_nothing(name):
    pack, one = OWN[name]
    case = base(
        name, person={"born": "1990-01-01"}, as_of="2026-11-24", noticed=None, charge={"date": "2024-06-01"}
    )
    sure = screening_of({**case, "responses": {}})
    disputed = screening_of({**case, "responses": {"age.disputed": "yes"}})
    age = one.rule.age
    assert truths(sure, name)["age"] == ("yes" if age.under is None else "no")
    presumes = pack.law.minority_presumed and age.from_ is None and age.under >= 18
    assert truths(disputed, name)["age"] == ("presumed" if presumes else "unknown")


# W3 -- the moment at which age counts


@pytest.mark.parametrize("name", AGED)
def test_w3_age_is_measured_at_the_moment_that_the_text_names(name):
    age = OWN[name][1].rule.age
    line = age.under or age.from_
    act, today = date(2025, 6, 1), date(2025, 9, 1)
    person = {"born": f"{2025 - line}-07-15"}  # completes `line` years between the act and the screening
    result = screening_of(
        base(name, as_of=str(today), noticed=None, person=person, responses={}, charge={"date": str(act)})
    )
    ages = {"offense": {line - 1}, "charged": {line - 1, line}, "now": {line}}[age.at.value]
    held = {(not age.under or one < age.under) and (not age.from_ or one >= age.from_) for one in ages}
    assert truths(result, name)["age"] == {(True,): "yes", (False,): "no"}.get(tuple(held), "unknown")


# W6 -- few questions asked


@pytest.mark.parametrize("name", VISIBLE)
def test_w6_a_case_with_nothing_answered_keeps_possible_what_a_full_one_shows(name):
    full = screening_of(bases()[name])
    thin = screening_of(base(name, responses={}, assume={}, person={}))
    assert RANK[thin.charges[0].at_most] >= RANK[full.charges[0].at_most]
    role = thin.judged.matters[thin.charges[0].id].roles[name]
    if role is Role.BOUNDS and truths(thin, name)["verdict"] == "unknown":
        assert thin.charges[0].at_most not in (Result.NONE_FOUND, Result.LAW_NOT_ESTABLISHED)
    assert thin.judged.flag.state.value in ("not_enough_recorded", "possible")


# W7 -- whom items forget


def test_w7_no_case_item_fact_or_law_knows_sex_or_gender():
    for key in ("sex", "gender"):
        with pytest.raises(CaseError):
            screened(charge("39-13-513"), person={"born": "2010-01-01", key: "male"})
    read = {fact for _, one in OWN.values() for row in one.elements for fact in facts_of(row.tree)}
    read |= set(PACKS.questionnaire.facts) | set(ITEMS)
    about = re.compile(
        r"(^|[._])(gender|male|female|boy|girl|man|woman)([._]|$)|(^|\.)sex([._]|$)|person_sex|of_sex"
    )
    assert not [name for name in read if about.search(name)]


@pytest.mark.parametrize("name", [name for name in VISIBLE if OWN[name][1].rule.scope.match is Match.ANY])
def test_w7_who_the_exploiter_is_changes_no_result_of_a_law_that_does_not_ask_it(name):
    plainly = screening_of(bases()[name]).charges[0]
    for code in ("friend_or_peer", "employer", "parent", "gang_or_group"):
        said = {"exploiter.relationship": code, "exploiter.age_gap": 1}
        result = screening_of(base(name, responses={**bases()[name].get("responses", {}), **said})).charges[0]
        assert untouched(result, said) == untouched(plainly, said)


def test_w7_only_the_law_that_names_the_exploiter_reads_who_that_is():
    reading = {
        name
        for name in VISIBLE
        for row in OWN[name][1].elements
        if {"exploiter.relationship", "exploiter.age_gap"} & facts_of(row.tree)
    }
    assert reading == {"us-ia-725.2-3"}  # "an adult with influence or control"


@pytest.mark.parametrize(
    "seen",
    [
        {"exploitation.labor": "yes", "exploiter.relationship": "employer"},
        {
            "exploitation.forced_crime": "yes",
            "exploiter.relationship": "friend_or_peer",
            "exploiter.age_gap": 0,
        },
        {
            "exploitation.commercial_sex": "yes",
            "exploitation.buyer": "yes",
            "exploiter.relationship": "buyer_only",
        },
    ],
)
def test_w7_labor_peers_and_buyers_are_seen_like_any_exploiter(seen):
    result = screened(
        charge("943.20", "US-WI", date="2025-06-01"), person={"born": "2009-01-01"}, responses=seen
    )
    assert result.judged.flag.state.value in ("indicators_present", "possible")


# W8 -- no third party

OTHER_STATUS = {
    "us-ca-pen-236-24": "a victim of intimate partner or sexual violence, whoever profits",
    "us-wy-6-2-708-c-documents": "an official document, whatever it says of others",
}
"""Entries whose status is no question of trafficking by anyone: the one thing shown here cannot show it."""


@pytest.mark.parametrize("name", [name for name in VISIBLE if OWN[name][1].rule.victim_status])
def test_w8_a_buyer_and_nobody_else_rules_out_the_status_of_victim_in_no_packed_law(name):
    asked = {
        fact
        for row in OWN[name][1].elements
        if row.kind.value == "victim_status"
        for fact in facts_of(row.tree)
    }
    said = {fact: "no" for fact in asked if fact in ITEMS and ITEMS[fact].kind.value == "bool"}
    said |= dict.fromkeys(
        ("exploitation.buyer", "exploitation.commercial_sex", "exploitation.before_18"), "yes"
    )
    only_charge = bases()[name]["charges"][0]["id"]
    said = {fact: {only_charge: value} if ITEMS[fact].per_charge else value for fact, value in said.items()}
    result = screening_of(base(name, responses=said, assume={"nexus": "yes"}))
    assert (truths(result, name)["victim_status"] == "no") == (name in OTHER_STATUS)


# W9, W10, L16 -- what is no input

NO_INPUT = sorted(
    name
    for name in ITEMS
    if name.startswith(("history.", "cooperation.", "wish.", "steps.", "trap.", "safety."))
)
answers = st.dictionaries(st.sampled_from(NO_INPUT), st.sampled_from(["yes", "no", "declined"]), min_size=1)


def _with(case, said):
    ids = [one["id"] for one in case["charges"]]
    values = {
        name: dict.fromkeys(ids, value) if ITEMS[name].per_charge else value
        for name, value in said.items()
        if ITEMS[name].kind.value == "bool"
    }
    return {**case, "responses": {**case.get("responses", {}), **values}}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(VISIBLE), answers, st.sampled_from(READERS))
def test_w9_w10_l16_record_refusals_and_cooperation_change_no_flag_and_no_finding_of_a_law_that_does_not_ask(
    name, said, reader
):
    before, after = screening_of(bases()[name], reader), screening_of(_with(bases()[name], said), reader)
    assert after.judged.flag == before.judged.flag
    kept = untouched(before.charges[0], said)
    assert sorted(untouched(after.charges[0], said), key=str) == sorted(kept, key=str)
    assert [one.to_dict() for one in after.alternatives] == [one.to_dict() for one in before.alternatives]


@pytest.mark.parametrize("name", VISIBLE)
def test_l16_nobody_is_sent_to_ask_about_cooperation_or_record(name):
    for reader in READERS:
        asked = screening_of(base(name, responses={}), reader).next_items
        assert not [one.item for one in asked if one.item.startswith(("cooperation.", "history."))]


# W19 -- presumptions


def test_w19_a_presumed_bar_says_presumed_and_never_barred():
    case = {
        "person": {"age_on": {"date": "2024-06-01", "from": 16, "to": 20}},
        "responses": {"age.disputed": "yes"},
    }
    result = screened(charge("Street Offences Act 1959 s. 1", "GB-EAW", date="2024-06-01"), **case)
    one = result.charges[0]
    assert (one.at_least, one.result, one.at_most) == (
        Result.PRESUMPTIVELY_BARRED,
        Result.PRESUMPTIVELY_BARRED,
        Result.BARRED,
    )
    assert finding(one, "gb-ew-street-offences").presumed
    assert "presumed" in one.sentence


@pytest.mark.parametrize(
    "name", [name for name in VISIBLE if any(row.row.presumed_by for row in OWN[name][1].elements)]
)
def test_w19_a_presumption_is_used_and_stays_a_presumption(name):
    pack, one = OWN[name]
    fed = next(row for row in one.elements if row.row.presumed_by)
    source = pack.by_id[fed.row.presumed_by[0]]
    shown = {fact: "yes" for row in source.elements for fact in facts_of(row.tree) if fact in ITEMS}
    result = screening_of(base(name, responses=shown, assume={"nexus": "yes", "conditions": "yes"}))
    assert truths(result, name)[fed.row.name] in ("presumed", "yes")
    assert truths(screening_of(base(name, responses={}, assume={})), name)[fed.row.name] == "unknown"


# W20 -- the link is never one question


def test_w20_no_nexus_rests_on_one_answer_but_whether_the_exploitation_was_going_on():
    trees = {
        name: facts_of(row.tree)
        for name in VISIBLE
        for row in OWN[name][1].elements
        if row.kind.value == "nexus"
    }
    assert trees
    assert {fact for read in trees.values() if len(read) == 1 for fact in read} <= {"exploitation.ongoing"}
    assert not [
        name
        for name in (*ITEMS, *PACKS.questionnaire.facts)
        if re.search("nexus|direct_result|because_of|caused_by", name)
    ]


# W22 -- several charges


def _by_charge(case):
    """The responses with every answer about the act written for its charge."""
    own = case["charges"][0]["id"]
    return {
        name: {own: value}
        if ITEMS[name].per_charge and not (isinstance(value, dict) and own in value)
        else value
        for name, value in case.get("responses", {}).items()
    }


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(VISIBLE), st.sampled_from(VISIBLE), st.sampled_from(Mode))
def test_w22_another_charge_changes_no_finding_of_the_first(name, other, mode):
    case = base(name, as_of="2026-11-24", noticed=None)
    case = {**case, "responses": _by_charge(case)}
    more = {**bases()[other]["charges"][0], "id": "more", "mode": mode.value}
    try:
        both = screening_of({**case, "charges": [*case["charges"], more]})
    except CaseError:  # the other act lies before this birth
        case = {**case, "person": {}}
        both = screening_of({**case, "charges": [*case["charges"], more]})
    alone, beside = screening_of(case).charges[0].to_dict(), both.charges[0].to_dict()
    for shape in (alone, beside):
        shape.pop("beside")
        shape.pop("not_considered")
    assert alone == beside
