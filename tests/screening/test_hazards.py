"""Harms that a careless build would cause, swept over all shipped law: each test fails once its guard is taken away."""

import json
import re
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from screening import READERS, CaseError, load_case, load_packs, screen
from screening.case import Mode, OffenseClass
from screening.cli import app
from screening.conditions import facts_of
from screening.explanation.report import report
from screening.explanation.terms import FLAG_MEANINGS
from screening.law.catalog import resolve
from screening.law.sections import Inside, inside
from screening.law.words import Confidence, Covers, Goal, Match, Mechanism
from screening.packs import JURISDICTIONS
from screening.questionnaire.words import PartName
from screening.rules.reach import SEVERITY_GOALS, TOPIC_GOALS
from screening.rules.results import RANK, Result, Role
from screening.rules.scope import scope_facts
from tests.law.examples import _plain as plain
from tests.law.examples import rows
from tests.screening.cases import ALL, TODAY, charge, element, finding, only, screened

PACKS = load_packs()
OWN = {one.rule.id: (pack, one) for pack in PACKS.law.values() for one in pack.protections}
VISIBLE = [name for name, (_, one) in OWN.items() if not one.rule.is_hidden]
AGED = [name for name in VISIBLE if OWN[name][1].rule.age]
STARTED = [name for name in VISIBLE if OWN[name][1].rule.period.start]
STATES = [name for name in PACKS.law if name.startswith("US-")]
DAY = timedelta(days=1)
ITEMS = PACKS.questionnaire.items


def screening_of(case, reader="prosecutor"):
    return screen(load_case({"case": "v1", **case}, today=TODAY, packs=PACKS), PACKS, reader=reader)


def truths(result, protection, charge_id=None):
    """The truth of each element by its kind and name, and the verdict; of any entry, also one beside the bounds."""
    traced = result.trace(charge_id or result.charges[0].id, protection)
    words = {key: one["truth"] for one in traced["elements"] for key in (one["name"], one["kind"])}
    return {**words, "verdict": traced["verdict"]}


@cache
def bases():
    """For each protection the example of its text that shows most of its elements, with its one charge."""
    best = {}
    for _, row in rows():
        name = row["protection"]
        case = plain(row["case"])
        if name not in OWN or len(case.get("charges", ())) != 1:
            continue
        result = screening_of(case)
        if result.charges[0].jurisdiction == OWN[name][0].law.jurisdiction:
            traced = result.trace(result.charges[0].id, name)
            score = (traced["verdict"] == "yes", sum(one["truth"] == "yes" for one in traced["elements"]))
            if name not in best or score > best[name][0]:
                best[name] = (score, case)
    return {name: case for name, (_, case) in best.items()}


def base(name, **changes):
    """The example of a protection with some keys changed; `charge` changes its charge, None leaves a key out."""
    case = {**bases()[name], **{key: value for key, value in changes.items() if key != "charge"}}
    one = {**case["charges"][0], **changes.get("charge", {})}
    case["charges"] = [{key: value for key, value in one.items() if value is not None}]
    return {key: value for key, value in case.items() if value is not None}


def born_at(age, day):
    """A birth date of someone who is `age` in the middle of that year of life on `day`."""
    return date(day.year - age, day.month, min(day.day, 28)) - timedelta(days=180)


def fitting_age(name):
    age = OWN[name][1].rule.age
    return 15 if age is None else age.under - 1 if age.under else age.from_


def texts(name):
    """Everything said of a protection's example to each of the three readers."""
    for reader in READERS:
        result = screening_of(bases()[name], reader)
        yield reader, report(result, PACKS) + json.dumps(result.to_dict(), ensure_ascii=False)


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
    result = screening_of(base(name, person=person, charge={"date": str(day)[:10]}, responses={"age.disputed": "yes"}))
    presumes = pack.law.minority_presumed and age.from_ is None and age.under >= 18
    assert truths(result, name)["age"] == ("presumed" if presumes else "unknown")
    assert truths(result, name)["verdict"] != "no" or "no" in set(truths(result, name).values())


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


# W5 -- what is not recorded

NEVER_SAID = re.compile(
    r"\b(not|no|never) (a |the )?(real |true )?(trafficking |sex-trafficking )?victim\b(?! of| or|'s| has| was| under)|"
    r"\b(innocent|all clear|cleared of|no concerns?|low risk|high risk|suspect(ed)? is|lied|refused to cooperate)\b|[✓✔☑✅]",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", VISIBLE)
def test_w5_no_output_says_that_someone_is_no_victim(name):
    for reader, text in texts(name):
        assert not NEVER_SAID.search(text), (reader, NEVER_SAID.search(text))


@pytest.mark.parametrize("reader", READERS)
def test_w5_none_recorded_says_that_it_describes_the_paper_and_still_offers_help(reader):
    noes = {item.id: {"value": "no", "source": "record"} for item in PACKS.questionnaire.flag_items if item.kind.value == "bool"}
    result = screened(charge("943.20", "US-WI", date="2025-06-01"), person={"born": "1990-01-01"}, responses=noes, reader=reader)
    text = " ".join(report(result, PACKS).split())
    assert result.judged.flag.state.value == "none_recorded"
    assert FLAG_MEANINGS["none_recorded"] in text
    assert "does not describe what happened to the person" in text
    assert result.alternatives
    assert set(FLAG_MEANINGS) == {"indicators_present", "possible", "not_enough_recorded", "none_recorded"}


# W6 -- few questions asked


@pytest.mark.parametrize("name", VISIBLE)
def test_w6_a_case_with_nothing_answered_keeps_possible_what_a_full_one_shows(name):
    full = screening_of(bases()[name])
    thin = screening_of(base(name, responses={}, assume={}, person={}))
    assert RANK[thin.charges[0].at_most] >= RANK[full.charges[0].at_most]
    assert truths(thin, name)["verdict"] == "no" or Result.NONE_FOUND not in {thin.charges[0].result, thin.charges[0].at_most}
    assert thin.judged.flag.state.value in ("not_enough_recorded", "possible")


# W7 -- whom items forget


def test_w7_no_case_item_fact_or_law_knows_sex_or_gender():
    for key in ("sex", "gender"):
        with pytest.raises(CaseError):
            screened(charge("39-13-513"), person={"born": "2010-01-01", key: "male"})
    read = {fact for _, one in OWN.values() for row in one.elements for fact in facts_of(row.tree)}
    read |= set(PACKS.questionnaire.facts) | set(ITEMS)
    assert not [name for name in read if re.search(r"(^|[._])(sex|gender|male|female|boy|girl)([._]|$)", name)]


CODES = sorted(ITEMS["exploiter.relationship"].codes)


@pytest.mark.parametrize("name", [name for name in VISIBLE if OWN[name][1].rule.scope.match is Match.ANY])
def test_w7_who_the_exploiter_is_changes_no_result_of_a_law_that_does_not_ask_it(name):
    asked = {fact for row in OWN[name][1].elements for fact in facts_of(row.tree)}
    assert not {"exploiter.relationship", "exploiter.age_gap"} & asked
    plainly = screening_of(bases()[name]).charges[0].to_dict()
    for code in ("friend_or_peer", "employer", "parent", "gang_or_group"):
        told = {**bases()[name].get("responses", {}), "exploiter.relationship": code, "exploiter.age_gap": 1}
        result = screening_of(base(name, responses=told)).charges[0]
        assert result.to_dict()["findings"] == plainly["findings"]


@pytest.mark.parametrize(
    "seen",
    [
        {"exploitation.labor": "yes", "exploiter.relationship": "employer"},
        {"exploitation.forced_crime": "yes", "exploiter.relationship": "friend_or_peer", "exploiter.age_gap": 0},
        {"exploitation.commercial_sex": "yes", "exploitation.buyer": "yes", "exploiter.relationship": "buyer_only"},
    ],
)
def test_w7_labor_peers_and_buyers_are_seen_like_any_exploiter(seen):
    result = screened(charge("943.20", "US-WI", date="2025-06-01"), person={"born": "2009-01-01"}, responses=seen)
    assert result.judged.flag.state.value in ("indicators_present", "possible")


# W8 -- no third party

ASKS_A_CONTROLLER = {"TBD"}


@pytest.mark.parametrize("name", [name for name in VISIBLE if OWN[name][1].rule.victim_status])
def test_w8_a_buyer_and_nobody_else_is_ruled_out_only_where_the_text_asks_for_a_controller(name):
    alone = dict.fromkeys(("third_party", "recruited", "advertised", "moved", "housed"), "no")
    said = {f"exploitation.{key}": value for key, value in {**alone, "buyer": "yes", "commercial_sex": "yes", "before_18": "yes"}.items()}
    result = screening_of(base(name, responses=said, assume={"nexus": "yes"}))
    assert (truths(result, name)["victim_status"] == "no") == (name in ASKS_A_CONTROLLER)


# W9, W10, L16 -- what is no input

NO_INPUT = sorted(
    name for name in ITEMS if name.startswith(("history.", "cooperation.", "wish.", "steps.", "trap.", "safety."))
)
answers = st.dictionaries(st.sampled_from(NO_INPUT), st.sampled_from(["yes", "no", "declined"]), min_size=1)


def _with(case, said):
    ids = [one["id"] for one in case["charges"]]
    values = {name: {one: value for one in ids} if ITEMS[name].per_charge else value for name, value in said.items() if ITEMS[name].kind.value == "bool"}
    return {**case, "responses": {**case.get("responses", {}), **values}}


def _reads(protection, said):
    read = {fact for row in OWN[protection][1].elements for fact in facts_of(row.tree)}
    return bool(read & {ITEMS[name].fact for name in said})


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(VISIBLE), answers, st.sampled_from(READERS))
def test_w9_w10_l16_record_refusals_and_cooperation_change_no_flag_and_no_finding_of_a_law_that_does_not_ask(name, said, reader):
    before, after = screening_of(bases()[name], reader), screening_of(_with(bases()[name], said), reader)
    assert after.judged.flag == before.judged.flag
    for was, now in zip(before.charges[0].findings, after.charges[0].findings, strict=True):
        pass
    untouched = [one.to_dict() for one in before.charges[0].findings if not _reads(one.protection, said)]
    now = {one.protection: one.to_dict() for one in after.charges[0].findings}
    assert [now[one["protection"]] for one in untouched] == untouched
    assert [one.to_dict() for one in after.alternatives] == [one.to_dict() for one in before.alternatives]


@pytest.mark.parametrize("name", VISIBLE)
def test_l16_nobody_is_sent_to_ask_about_cooperation_or_record(name):
    for reader in READERS:
        asked = screening_of(base(name, responses={}), reader).next_items
        assert not [one.item for one in asked if one.item.startswith(("cooperation.", "history."))]


# W11, W14 -- the way of taking part


@pytest.mark.parametrize("name", VISIBLE)
@pytest.mark.parametrize("mode", Mode)
def test_w11_every_way_of_taking_part_is_judged_by_the_underlying_offense(name, mode):
    scope = OWN[name][1].rule.scope
    asked = screening_of(base(name, charge={"mode": mode.value}))
    reached = screening_of(base(name, charge={"mode": "principal"}))
    if not any(out.modes for out in scope.excluded):
        assert truths(asked, name)["scope"] == truths(reached, name)["scope"]
    assert asked.charges[0].offense_class == reached.charges[0].offense_class
    says = {Covers.YES: {"yes"}, Covers.NO: {"no"}, Covers.SILENT: {"unknown", "yes"}}[scope.covers(mode)]
    assert truths(asked, name)["mode"] in says


SILENT = [
    (name, mode)
    for name in VISIBLE
    for mode in Mode
    if OWN[name][1].rule.scope.covers(mode) is Covers.SILENT and not OWN[name][1].rule.is_route
]


@pytest.mark.parametrize(("name", "mode"), SILENT)
def test_w14_a_silent_text_is_unknown_and_says_that_it_is_silent(name, mode):
    result = screening_of(base(name, charge={"mode": mode.value}))
    if truths(result, name)["mode"] == "yes":
        entries = [option.entry for option in result.judged.matters[result.charges[0].id].offense.options]
        assert all(mode in entry.includes for entry in entries)
        return
    assert truths(result, name)["mode"] == "unknown"
    found = [one for one in result.charges[0].findings if one.protection == name]
    assert all(one.result in (Result.CANNOT_TELL, Result.DOES_NOT_APPLY) for one in found)
    assert all("silent" in str([part.open_law for part in one.elements]) for one in found)


# W12, W13 -- the section as typed


def spellings(prefix, section):
    yield from (f"§ {section}", f"  {section.upper()} ", section.replace("(", " ("), section.replace("-", "\u2013"), section.lower())
    if not re.search(r"[a-z]{3}", section.lower()):
        yield from (f"{prefix} {section}", f"sec. {section}", f"{prefix}{section}")


@pytest.mark.parametrize("place", PACKS.law)
def test_w12_every_usual_spelling_finds_the_same_offense(place):
    index = PACKS.law[place].index
    for entry in index.catalog.offenses:
        wanted = resolve(index, entry.section, given=None, grade=None, on=None).options
        for typed in spellings(index.catalog.cite_prefix, entry.section):
            assert resolve(index, typed, given=None, grade=None, on=None).options == wanted, typed


@pytest.mark.parametrize("place", PACKS.law)
def test_w12_a_former_number_finds_todays_offense_for_an_act_of_its_time(place):
    index = PACKS.law[place].index
    for entry in index.catalog.offenses:
        for old in entry.former:
            offense = resolve(index, old.section, given=None, grade=None, on=None)
            assert offense.matched, old.section
            assert entry in [option.entry for option in offense.options] or offense.former is None


@pytest.mark.parametrize("place", PACKS.law)
def test_w12_a_section_nobody_catalogued_is_an_unknown_class_and_never_no_protection(place):
    result = only(charge("9999-99-9999", place, date="2026-06-01"), person={"born": "2011-01-01"}, assume=ALL)
    assert not result.class_known
    assert result.at_most is not Result.NONE_FOUND
    assert result.at_least is not Result.NONE_FOUND
    assert "unknown_class" in [one["point"] for one in result.said]
    for one in result.findings:
        assert not (one.result is Result.DOES_NOT_APPLY and element(result, one.protection, "scope") == "no" and OWN[one.protection][1].rule.scope.match is Match.CLASS)


@pytest.mark.parametrize("place", PACKS.law)
def test_w13_a_class_that_differs_from_the_section_changes_nothing_and_is_said(place):
    index = PACKS.law[place].index
    for entry in index.catalog.offenses:
        plainly = resolve(index, entry.section, given=None, grade=None, on=None)
        for given_class in OffenseClass:
            offense = resolve(index, entry.section, given=given_class, grade=None, on=None)
            assert offense.options == plainly.options
            known = {one for option in plainly.options for one in option.classes}
            differs = plainly.class_known and given_class not in known and given_class is not OffenseClass.OTHER
            assert offense.clash is differs, (entry.section, given_class)


@pytest.mark.parametrize("name", VISIBLE)
def test_w13_a_worse_class_beside_the_section_worsens_no_result(name):
    plainly = screening_of(base(name, charge={"class": None})).charges[0]
    claimed = screening_of(base(name, charge={"class": "violent_felony"})).charges[0]
    if plainly.section is not None and plainly.class_known:
        assert (claimed.at_least, claimed.at_most) == (plainly.at_least, plainly.at_most)


# W15 -- law that nobody established

CELLS = [
    (place, one)
    for place, pack in PACKS.law.items()
    for gap in pack.law.reach.not_established
    for one in OffenseClass
    if gap.goal in (TOPIC_GOALS.get(one), SEVERITY_GOALS.get(one)) and (not gap.classes or one in gap.classes)
]


@pytest.mark.parametrize(("place", "offense_class"), CELLS)
@pytest.mark.parametrize("age", [15, 30])
def test_w15_what_was_not_established_is_never_no_protection(place, offense_class, age):
    day = date(2026, 6, 1)
    nothing = dict.fromkeys(ALL, "no")
    case = {"person": {"born": str(born_at(age, day))}, "assume": nothing}
    result = screened(charge(None, place, class_=offense_class.value, date=str(day), mode="principal"), **case)
    one = result.charges[0]
    assert not one.law_complete
    assert Result.NONE_FOUND not in (one.result, one.at_least, one.at_most)
    assert one.at_least is Result.BARRED or re.search("not read whole|[Ll]aw not established", one.sentence)


@pytest.mark.parametrize("place", sorted(JURISDICTIONS - set(PACKS.law)))
def test_w15_a_place_without_a_pack_is_not_established(place):
    for one in OffenseClass:
        result = only(charge(None, place, class_=one.value, date="2026-06-01"), person={"born": "2011-01-01"})
        assert (result.result, result.law_complete) == (Result.LAW_NOT_ESTABLISHED, False)


def test_w15_an_unconfirmed_entry_that_could_reach_keeps_none_found_from_being_said():
    hidden = [(pack, one) for pack, one in OWN.values() if one.rule.is_hidden]
    assert hidden
    for pack, one in hidden:
        for part in one.rule.scope.sections:
            result = only(charge(part.section, pack.law.jurisdiction, status="charged"))
            assert Result.NONE_FOUND not in (result.at_least, result.at_most) or one.rule.mechanism is Mechanism.VACATUR


# W16, W17 -- when the law is in force


def _in_force(name, day):
    """The truth of `in force` where the day that this text looks at is `day`."""
    if OWN[name][1].rule.tested_on == "screening":
        case = base(name, as_of=str(day), person={}, noticed=None, responses={}, charge={"date": str(day - DAY)})
    else:
        case = base(name, as_of=str(day + DAY), person={}, noticed=None, responses={}, charge={"date": str(day)})
    return truths(screening_of(case), name)["period"]


@pytest.mark.parametrize("name", VISIBLE)
def test_w16_the_day_before_the_first_the_last_and_the_day_after(name):
    period = OWN[name][1].rule.period
    assert period.start or period.text_seen_from, "a visible entry has a date"
    first = period.start or period.text_seen_from
    assert _in_force(name, first) == "yes"
    assert _in_force(name, first - DAY) == ("no" if period.start else "unknown")
    if period.end:
        assert _in_force(name, period.end) == "yes"
        assert _in_force(name, period.end + DAY) == "no"


@pytest.mark.parametrize("name", [name for name in STARTED if OWN[name][1].rule.tested_on == "offense"])
def test_w17_law_made_after_the_act_is_said_and_not_counted(name):
    start = OWN[name][1].rule.period.start
    act = start - DAY
    case = base(name, as_of=str(start + DAY), noticed=None, charge={"date": str(act)}, person={"born": str(born_at(fitting_age(name), act))})
    result = screening_of(case)
    role = result.judged.matters[result.charges[0].id].roles[name]
    if role is Role.BOUNDS and truths(result, name)["verdict"] == "no":
        assert name in [one.protection for one in result.charges[0].later_law]
        assert finding(result.charges[0], name).result is Result.DOES_NOT_APPLY
        assert "Later law, not counted for this act" in report(result, PACKS)


# W18 -- the other sovereign


@pytest.mark.parametrize("place", STATES)
def test_w18_federal_law_stands_beside_every_state_charge(place):
    section = PACKS.law[place].index.catalog.offenses[0].section
    result = screened(charge(section, place, date="2026-06-01"), person={"born": "2010-01-01"}, noticed="2026-06-02T10:00")
    assert {"us-18-28", "us-18-3771A"} <= {one.protection for one in result.charges[0].beside}
    assert "US" in {one["id"] for one in result.packs}
    assert any(one.jurisdiction == "US" for one in result.duties)
    assert "Other law beside this charge" in report(result, PACKS)


@pytest.mark.parametrize("place", STATES)
def test_w18_state_law_stands_beside_a_federal_charge(place):
    result = only(charge("1591", "US", date="2026-06-01"), person={"born": "2010-01-01"}, place={"state": place})
    reaching = {name for name, (pack, one) in OWN.items() if pack.law.jurisdiction == place and not one.rule.is_hidden and one.rule.scope.match is Match.ANY and one.rule.mechanism is not Mechanism.PRESUMPTION}
    beside = {one.protection for one in result.beside if one.jurisdiction == place}
    assert beside <= reaching
    assert {name for name in reaching if not OWN[name][1].rule.age} <= beside


# W19 -- presumptions


def test_w19_a_presumed_bar_says_presumed_and_never_barred():
    case = {"person": {"age_on": {"date": "2024-06-01", "from": 16, "to": 20}}, "responses": {"age.disputed": "yes"}}
    result = screened(charge("Street Offences Act 1959 s. 1", "GB-EAW", date="2024-06-01"), **case)
    one = result.charges[0]
    assert (one.at_least, one.result, one.at_most) == (Result.PRESUMPTIVELY_BARRED, Result.PRESUMPTIVELY_BARRED, Result.BARRED)
    assert finding(one, "gb-ew-street-offences").presumed
    assert "presumed" in one.sentence


@pytest.mark.parametrize("name", [name for name in VISIBLE if any(row.row.presumed_by for row in OWN[name][1].elements)])
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
    trees = {name: facts_of(row.tree) for name in VISIBLE for row in OWN[name][1].elements if row.kind.value == "nexus"}
    assert trees
    assert {fact for read in trees.values() if len(read) == 1 for fact in read} <= {"exploitation.ongoing"}
    assert not [name for name in (*ITEMS, *PACKS.questionnaire.facts) if re.search("nexus|direct_result|because_of|caused_by", name)]


# W21 -- exclusions as written


def test_w21_only_what_a_list_names_is_left_out_however_violent_the_rest_is():
    kept = 0
    for pack in PACKS.law.values():
        for entry in pack.index.catalog.offenses:
            offense = resolve(pack.index, entry.section, given=None, grade=None, on=None)
            facts = scope_facts(pack, offense, Mode.PRINCIPAL)
            for one in pack.protections:
                for i, out in enumerate(one.rule.scope.excluded):
                    if out.classes or out.violent or out.every_offense or not one.tests.excluded[i]:
                        continue
                    named = any(test.section is None or inside(offense.section, test.section) is not Inside.NO for test in one.tests.excluded[i])
                    answer = facts[f"q.{one.rule.id}.x{i}"]
                    assert named or answer == 0, (entry.section, one.rule.id)
                    kept += not named and offense.violent == 2
    assert kept > 20


# W22 -- several charges


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(VISIBLE), st.sampled_from(VISIBLE), st.sampled_from(Mode))
def test_w22_another_charge_changes_no_finding_of_the_first(name, other, mode):
    case = base(name, responses={}, assume=ALL, as_of="2026-11-24", noticed=None)
    more = {**bases()[other]["charges"][0], "id": "more", "mode": mode.value}
    person = case.get("person", {})
    case = {**case, "person": {} if "born" not in person else person}
    try:
        both = screening_of({**case, "charges": [*case["charges"], more]})
    except CaseError:  # the other act lies before this birth
        case["person"] = {}
        both = screening_of({**case, "charges": [*case["charges"], more]})
    alone, beside = screening_of(case).charges[0].to_dict(), both.charges[0].to_dict()
    for shape in (alone, beside):
        shape.pop("beside")
        shape.pop("not_considered")
    assert alone == beside


# L1 -- the person's own words

SECRET = "QZX my own words"


def _own_words():
    said = {}
    for item in ITEMS.values():
        if item.kind.value == "bool" and item.fact:
            said[item.id] = {"value": "yes", "source": "own_statement", "note": SECRET}
    return said


def _told(case):
    return {**case, "responses": {name: {one["id"]: value for one in case["charges"]} if ITEMS[name].per_charge else value for name, value in _own_words().items()}}


@pytest.mark.parametrize("name", VISIBLE)
@pytest.mark.parametrize("reader", ["prosecutor", "officer"])
def test_l1_uncleared_own_words_leave_no_mark_on_any_output(name, reader):
    silent, told = screening_of(base(name, responses={}), reader), screening_of(_told(base(name, responses={})), reader)
    assert told.judged.facts.withheld == len(_own_words())
    shapes = [one.to_dict() for one in (silent, told)]
    for shape in shapes:
        shape.pop("withheld")
    assert shapes[0] == shapes[1]
    lines = [[line for line in report(one, PACKS).splitlines() if "withheld" not in line and line.strip() != "cleared."] for one in (silent, told)]
    assert lines[0] == lines[1]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_l1_no_note_is_ever_repeated_by_the_command(reader, form, tmp_path):
    file = tmp_path / "case.json"
    case = _told({"case": "v1", "as_of": "2026-11-24", "charges": [charge("943.20", "US-WI", date="2025-06-01")]})
    file.write_text(json.dumps(case), encoding="utf-8")
    out = CliRunner().invoke(app, ["screen", str(file), "--format", form, "--reader", reader])
    assert out.exit_code == 0
    assert "QZX" not in out.output
    broken = {**case, "stage": "nowhere", "place": {"countty": "x"}}
    file.write_text(json.dumps(broken), encoding="utf-8")
    refused = CliRunner().invoke(app, ["screen", str(file), "--format", form, "--reader", reader])
    assert refused.exit_code == 2
    assert "QZX" not in refused.output + refused.stderr


# L2 -- what is asked


def test_l2_nothing_put_to_the_person_or_asked_by_an_officer_bears_on_an_act_of_theirs():
    asked = [item for item in ITEMS.values() if item.answered_by.value in ("officer", "person") and item.fact]
    assert len(asked) > 50
    assert not [item.id for item in asked if item.fact.startswith(("act.", "trap.", "report.", "history.", "cooperation."))]
    for name in VISIBLE:
        for one in screening_of(bases()[name], "officer").next_items:
            assert one.item in ("person.born", "date") or ITEMS[one.item].part is not PartName.PART2


# L15 -- never a net

ADVICE = re.compile(
    r"(?<!not )(?<!never )\b(charge|detain|arrest|book|prosecute|jail|handcuff|lock up|interrogate)\s+(the (young )?person|the child|him|her|them)\b|"
    r"\bshould be (charged|detained|arrested|prosecuted|held|booked)\b|\b(file|bring|add|consider) (a |the |more |other |further |new )*charges?\b|"
    r"\b(keep|hold|place) (the (young )?person|the child|him|her|them) in (custody|detention)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", VISIBLE)
def test_l15_no_output_advises_to_detain_or_to_charge(name):
    for reader, text in texts(name):
        assert not ADVICE.search(text), (reader, ADVICE.search(text))


@pytest.mark.parametrize("name", VISIBLE)
def test_l15_no_output_names_a_charge_that_nobody_brought(name):
    result = screening_of(bases()[name])
    assert [(one.id, one.section) for one in result.charges] == [(one.id, one.section) for one in result.case.charges]
    assert not [one.item for one in result.next_items if one.item in ("section", "class", "charge")]


def test_l15_whatever_locks_or_threatens_is_marked_punitive():
    locking = re.compile(r"lock|detention|detain|secure|custody|threat|sanction|order to", re.IGNORECASE)
    marked = {one.id: one.mark.value for one in PACKS.alternatives if locking.search(one.says)}
    assert {"locked_placement", "service_order"} <= set(marked)
    assert set(marked.values()) == {"punitive"}
