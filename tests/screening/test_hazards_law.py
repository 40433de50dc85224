"""Harms that a careless reading of law would cause, swept over all packed law: each test fails without its guard."""

import re
from datetime import date

import pytest

from screening.case import Mode, OffenseClass
from screening.explanation.report import report
from screening.law.catalog import resolve
from screening.law.sections import Inside, inside
from screening.law.words import Covers, Match, Mechanism
from screening.packs import JURISDICTIONS
from screening.rules.reach import SEVERITY_GOALS, TOPIC_GOALS
from screening.rules.results import Result, Role
from screening.rules.scope import scope_facts
from tests.screening.cases import ALL, charge, element, finding, only, screened
from tests.screening.sweep import (
    DAY,
    OWN,
    PACKS,
    STARTED,
    STATES,
    VISIBLE,
    base,
    born_at,
    fitting_age,
    screening_of,
    truths,
)

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
    yield from (
        f"  {section.upper()} ",
        section.lower(),
        section.replace("(", " ("),
        section.replace("-", "\u2013"),
    )
    if not re.search("[a-z]{3}|u.s.c", section.lower()):
        yield from (
            f"{prefix} {section}",
            f"{prefix}{section}",
            f"§ {section}",
            f"§{section}",
            f"sec. {section}",
            f"Section {section}",
        )


@pytest.mark.parametrize("place", PACKS.law)
def test_w12_every_usual_spelling_finds_the_same_offense(place):
    index = PACKS.law[place].index
    for entry in index.catalog.offenses:
        wanted = resolve(index, entry.section, given=None, grade=None, on=None).options
        for typed in spellings(index.catalog.cite_prefix, entry.section):
            assert resolve(index, typed, given=None, grade=None, on=None).options == wanted, typed


@pytest.mark.parametrize(
    "typed", ["647b", "PC 647b", "647(b)", "Penal Code section 647(b)", "§ 647 (b)", "647(B) PC"]
)
def test_w12_a_section_as_printed_on_a_booking_is_found(typed):
    assert only(charge(typed, "US-CA", date="2024-06-01")).class_known


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
    assert "unknown_class" in [one["point"] for one in result.said]
    for one in result.findings:
        assert not (
            one.result is Result.DOES_NOT_APPLY
            and element(result, one.protection, "scope") == "no"
            and OWN[one.protection][1].rule.scope.match is Match.CLASS
        )


@pytest.mark.parametrize("place", PACKS.law)
def test_w13_a_class_that_differs_from_the_section_changes_nothing_and_is_said(place):
    index = PACKS.law[place].index
    for entry in index.catalog.offenses:
        plainly = resolve(index, entry.section, given=None, grade=None, on=None)
        for given_class in OffenseClass:
            offense = resolve(index, entry.section, given=given_class, grade=None, on=None)
            assert offense.options == plainly.options
            known = {one for option in plainly.options for one in option.classes}
            differs = (
                plainly.class_known and given_class not in known and given_class is not OffenseClass.OTHER
            )
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
    result = screened(
        charge(None, place, class_=offense_class.value, date=str(day), mode="principal"), **case
    )
    one = result.charges[0]
    assert not one.law_complete
    assert Result.NONE_FOUND not in (one.result, one.at_least, one.at_most)
    assert one.at_least is Result.BARRED or re.search("not read whole|[Ll]aw not established", one.sentence)


@pytest.mark.parametrize("place", sorted(JURISDICTIONS - set(PACKS.law)))
def test_w15_a_place_without_a_pack_is_not_established(place):
    charges = [charge(None, place, id=one.value, class_=one.value, date="2026-06-01") for one in OffenseClass]
    for result in screened(*charges, person={"born": "2011-01-01"}).charges:
        assert (result.result, result.law_complete) == (Result.LAW_NOT_ESTABLISHED, False)


def test_w15_an_unconfirmed_entry_that_could_reach_keeps_none_found_from_being_said():
    hidden = [(pack, one) for pack, one in OWN.values() if one.rule.is_hidden]
    assert hidden
    for pack, one in hidden:
        for part in one.rule.scope.sections:
            result = only(charge(part.section, pack.law.jurisdiction, status="charged"))
            assert (
                Result.NONE_FOUND not in (result.at_least, result.at_most)
                or one.rule.mechanism is Mechanism.VACATUR
            )


# W16, W17 -- when the law is in force


def _in_force(name, day):
    """The truth of `in force` where the day that this text looks at is `day`."""
    if OWN[name][1].rule.tested_on == "screening":
        case = base(
            name, as_of=str(day), person={}, noticed=None, responses={}, charge={"date": str(day - DAY)}
        )
    else:
        case = base(
            name, as_of=str(day + DAY), person={}, noticed=None, responses={}, charge={"date": str(day)}
        )
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
    case = base(
        name,
        as_of=str(start + DAY),
        noticed=None,
        charge={"date": str(act)},
        person={"born": str(born_at(fitting_age(name), act))},
    )
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
    result = screened(
        charge(section, place, date="2026-06-01"), person={"born": "2010-01-01"}, noticed="2026-06-02T10:00"
    )
    assert {"us-18-28", "us-18-3771A"} <= {one.protection for one in result.charges[0].beside}
    assert "US" in {one["id"] for one in result.packs}
    assert any(one.jurisdiction == "US" for one in result.duties)
    assert "Other law beside this charge" in report(result, PACKS)


@pytest.mark.parametrize("place", STATES)
def test_w18_state_law_stands_beside_a_federal_charge(place):
    result = only(
        charge("1591", "US", date="2026-06-01"), person={"born": "2010-01-01"}, place={"state": place}
    )
    reaching = {
        name
        for name, (pack, one) in OWN.items()
        if pack.law.jurisdiction == place
        and not one.rule.is_hidden
        and one.rule.scope.match is Match.ANY
        and one.rule.mechanism is not Mechanism.PRESUMPTION
    }
    beside = {one.protection for one in result.beside if one.jurisdiction == place}
    assert beside <= reaching
    assert {name for name in reaching if not OWN[name][1].rule.age} <= beside


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
                    named = any(
                        test.section is None or inside(offense.section, test.section) is not Inside.NO
                        for test in one.tests.excluded[i]
                    )
                    answer = facts[f"q.{one.rule.id}.x{i}"]
                    assert named or answer == 0, (entry.section, one.rule.id)
                    kept += not named and offense.violent == 2
    assert kept > 20
