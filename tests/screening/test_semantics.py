"""Each rule of what a finding, a bound and an answer mean, in a test that names it."""

import pytest

from screening import CaseError, load_packs
from screening.rules.results import RANK, Result
from tests.screening.cases import ALL, charge, element, finding, only, screened

SOLD = {"exploitation.commercial_sex": "yes", "exploitation.before_18": "yes"}


def test_rule_1_bounds_are_the_certain_and_the_possible_end_and_equal_bounds_are_the_result():
    sure = only(charge("39-13-513", date="2025-06-01", status="charged"), person={"born": "2011-01-01"})
    assert (sure.at_least, sure.at_most, sure.result) == (Result.BARRED, Result.BARRED, Result.BARRED)
    open_ = only(charge("39-13-513", date="2025-06-01", status="charged"))
    assert (open_.at_most, open_.result) == (Result.BARRED, Result.CANNOT_TELL)


def test_rule_1_the_order_runs_from_nothing_to_barred():
    ranked = sorted(RANK, key=lambda one: RANK[one])
    assert [one.value for one in ranked[2:]] == [
        "relief_after_conviction",
        "mitigation",
        "defense_available",
        "diversion_open",
        "diversion_required",
        "presumptively_barred",
        "barred",
    ]


def test_rule_3_the_limit_of_schedule_4_is_the_exclusion_of_the_defence_and_no_finding():
    result = only(
        charge("Theft Act 1968 s. 8", "GB-EAW", date="2024-06-01"), person={"born": "2008-01-01"}, assume=ALL
    )
    assert element(result, "gb-ew-msa2015-s45-4", "offense") == "no"
    assert not any("sch4" in one.protection for one in result.findings)


def test_rule_4_the_words_follow_the_steps_that_are_barred():
    tennessee = only(charge("39-13-513", date="2025-06-01", status="arrested"), person={"born": "2011-01-01"})
    assert "may not be prosecuted or adjudicated delinquent" in tennessee.sentence
    assert "arrested" not in tennessee.sentence


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("stop", "arrested"),
        ("arrest", "arrested"),
        ("custody_intake", "arrested"),
        ("investigation", "considered"),
        ("charging", "considered"),
        ("plea", "charged"),
        ("trial", "charged"),
        ("sentencing", "convicted"),
        ("post_conviction", "convicted"),
    ],
)
def test_rule_5_status_left_out_follows_stage(stage, status):
    assert only(charge("39-13-513"), stage=stage).status == status


def test_rule_5_relief_decides_nothing_before_conviction_and_counts_after():
    before = only(
        charge("944.30", "US-WI", date="2023-06-01", status="charged"),
        person={"born": "2000-01-01"},
        assume=ALL,
    )
    assert any(one.protection == "us-wi-973.015-2m" for one in before.later_relief)
    after = only(
        charge("944.30", "US-WI", date="2023-06-01", status="convicted"),
        person={"born": "2000-01-01"},
        assume=ALL,
    )
    assert finding(after, "us-wi-973.015-2m").result is Result.RELIEF_AFTER_CONVICTION
    assert finding(after, "us-wi-939.46-1m").result is Result.WAS_AVAILABLE
    assert after.result is Result.RELIEF_AFTER_CONVICTION


def test_rule_5_a_status_that_does_not_fit_the_stage_is_said():
    result = only(charge("39-13-513", status="considered"), stage="sentencing")
    assert any(point["point"] == "status_stage_clash" for point in result.said)


def test_rule_6_general_routes_stand_outside_the_bounds():
    result = only(charge("1343", "US", date="2026-05-01", status="charged"), person={"born": "2010-01-01"})
    routes = {one.protection for one in result.routes}
    assert {"us-18-5032", "us-18-5001"} <= routes
    assert not routes & {one.protection for one in result.findings}


def test_rule_6_asking_goes_on_beside_a_certain_diversion_while_a_defense_is_open():
    result = screened(
        charge("944.30", "US-WI", date="2023-06-01", status="charged"),
        person={"born": "2008-01-01"},
        assume={"conditions": "yes"},
    )
    assert result.charges[0].at_least is Result.DIVERSION_OPEN
    assert any(one.item in ("exploitation.ongoing", "act.ordered_by_exploiter") for one in result.next_items)


def test_rule_7_federal_law_stands_beside_a_state_charge_and_never_in_its_bounds():
    result = only(charge("39-17-417", date="2026-05-01"), person={"born": "2009-01-01"}, assume=ALL)
    assert "us-18-28" in {one.protection for one in result.beside}
    assert RANK[result.at_most] == 0


def test_rule_7_a_federal_charge_names_the_states_beside_it_or_says_that_none_is_known():
    alone = only(charge("1591", "US", date="2026-05-01"))
    assert any("any state" in line for line in alone.not_considered)
    both = screened(charge("1591", "US", date="2026-05-01"), charge("39-13-309", id="c2")).charges[0]
    assert any("Tennessee" in line for line in both.not_considered)


def test_rule_8_a_secondary_authority_counts_and_is_said_beside_the_bound():
    result = only(
        charge("647(b)(1)", "US-CA", date="2024-09-10", status="charged"), person={"born": "2008-09-01"}
    )
    assert result.result is Result.BARRED
    assert result.at_least_confidence == "secondary"
    assert "text not seen" in result.sentence


def test_rule_8_a_recall_entry_is_hidden_and_keeps_none_found_from_being_said():
    result = only(charge("39-13-513", date="2025-06-01", status="charged"), person={"born": "2000-01-01"})
    assert "us-tn-39-13-513-e" not in {one.protection for one in result.findings}
    assert result.at_least is Result.LAW_NOT_ESTABLISHED


def test_rule_9_none_found_only_where_the_text_was_searched():
    searched = only(
        charge("725.2", "US-IA", date="2026-03-01", status="charged"),
        person={"born": "2003-11-01"},
        assume=ALL,
    )
    assert (searched.result, searched.law_complete) == (Result.NONE_FOUND, True)
    unread = only(charge("39-13-309", date="2025-06-01", status="charged"), person={"born": "2000-01-01"})
    assert (unread.result, unread.law_complete) == (Result.LAW_NOT_ESTABLISHED, False)
    assert "more may exist" in only(charge("236.1(a)", "US-CA", date="2024-05-01")).sentence


def test_rule_10_the_day_before_and_the_first_day_in_force():
    before = only(
        charge("31.03", "US-TX", date="2025-12-03", status="charged"),
        person={"born": "2008-01-10"},
        assume=ALL,
    )
    first = only(
        charge("31.03", "US-TX", date="2025-12-04", status="charged"),
        person={"born": "2008-01-10"},
        assume=ALL,
    )
    assert element(before, "us-tx-penal-8.09", "period") == "no"
    assert element(first, "us-tx-penal-8.09", "period") == "yes"


def test_rule_10_law_that_came_after_the_act_is_a_later_law_line():
    result = only(
        charge("31.03", "US-TX", date="2025-12-03", status="charged"),
        person={"born": "2000-01-10"},
        assume=ALL,
    )
    assert [one.protection for one in result.later_law] == ["us-tx-penal-8.09"]
    assert RANK[result.at_most] == 0


def test_rule_10_an_unknown_start_is_unknown_before_the_oldest_text_seen_and_never_no():
    early = only(
        charge("39-13-513", date="2015-06-01", status="charged"),
        person={"born": "2011-01-01"},
        as_of="2026-01-01",
    )
    assert element(early, "us-tn-39-13-513-d", "period") == "unknown"
    assert early.open_law


def test_rule_10_no_offense_date_is_any_day_up_to_the_screening_and_is_said():
    result = only(charge("39-13-513"))
    assert any(point["point"] == "no_offense_date" for point in result.said)


@pytest.mark.parametrize("mode", ["accomplice", "conspiracy", "attempt"])
def test_rule_11_a_silent_text_is_unknown_and_an_any_offense_scope_includes_every_mode(mode):
    silent = only(
        charge("39-13-513", date="2025-06-01", mode=mode, status="charged"), person={"born": "2011-01-01"}
    )
    assert element(silent, "us-tn-39-13-513-d", "mode") == "unknown"
    assert any("silent" in line for line in silent.open_law)
    any_offense = only(charge("943.20", "US-WI", date="2025-06-01", mode=mode), person={"born": "2011-01-01"})
    assert element(any_offense, "us-wi-939.46-1m", "mode") == "yes"


def test_rule_11_an_entry_limited_to_conspiracy_never_reaches_a_principal():
    principal = only(
        charge("Modern Slavery Act 2015 s. 2", "GB-EAW", date="2025-06-01"), person={"born": "2008-01-01"}
    )
    assert element(principal, "gb-ew-cla1977-s2", "mode") == "no"


def test_rule_11_mode_left_out_is_principal_and_said():
    result = only(charge("39-13-513"))
    assert result.mode == "principal"
    assert any(point["point"] == "mode_left_out" for point in result.said)


def test_rule_12_excluded_then_listed_then_closed_list():
    buyer = only(charge("647(b)(2)", "US-CA", date="2024-05-01"), person={"born": "2008-01-01"})
    assert element(buyer, "us-ca-pen-647-b-minors", "offense") == "no"
    seller = only(charge("647(b)(1)", "US-CA", date="2024-05-01"), person={"born": "2008-01-01"})
    assert element(seller, "us-ca-pen-647-b-minors", "offense") == "yes"
    bare = only(charge("647(b)", "US-CA", date="2024-05-01"), person={"born": "2008-01-01"})
    assert element(bare, "us-ca-pen-647-b-minors", "offense") == "unknown"
    off_list = only(charge("39-14-103", date="2025-06-01"), person={"born": "2011-01-01"})
    assert element(off_list, "us-tn-39-13-513-d", "offense") == "no"
    class_alone = only(charge(class_="prostitution", date="2025-06-01"), person={"born": "2011-01-01"})
    assert element(class_alone, "us-tn-39-13-513-d", "offense") == "unknown"


def test_rule_12_a_class_that_differs_from_the_catalogue_is_said_and_the_catalogue_used():
    result = only(
        charge("39-13-513", class_="violent_felony", date="2025-06-01"), person={"born": "2011-01-01"}
    )
    assert any(point["point"] == "class_clash" for point in result.said)
    assert "prostitution" in result.offense_class


def test_rule_12_an_unknown_section_is_unknown_class_and_never_an_error():
    result = only(charge("99-99-999", date="2025-06-01"), person={"born": "2011-01-01"})
    assert not result.class_known
    assert any(point["point"] == "unknown_class" for point in result.said)


def test_rule_13_only_elements_are_evaluated_and_procedure_is_shown():
    result = only(
        charge("39-13-513", date="2020-06-01", status="adjudicated"),
        person={"born": "2005-01-01"},
        assume=ALL,
    )
    expunction = finding(result, "us-tn-37-1-153-f-11")
    assert expunction.procedure
    assert not any("motion" in one.name for one in expunction.elements)


def test_rule_13_history_and_cooperation_never_reach_the_flag_or_other_findings():
    plain = screened(charge("944.30", "US-WI", date="2023-06-01"), person={"born": "2008-01-01"})
    told = screened(
        charge("944.30", "US-WI", date="2023-06-01"),
        person={"born": "2008-01-01"},
        responses={"history.prior_record": "yes", "cooperation.given": "no"},
    )
    assert told.judged.flag.to_dict()["state"] == plain.judged.flag.to_dict()["state"]
    assert [one.to_dict() for one in told.charges[0].findings] == [
        one.to_dict() for one in plain.charges[0].findings
    ]


def test_rule_14_an_age_across_the_line_is_told_by_cases_and_the_lower_bound_takes_the_worse():
    result = only(
        charge("39-13-513", date="2025-06-01", status="charged"),
        person={"age_on": {"date": "2025-06-01", "from": 15, "to": 19}},
    )
    assert result.at_most is Result.BARRED
    assert RANK[result.at_least] == 0
    words = [one.to_dict() for one in result.by_cases]
    assert {one["result"] for one in words} >= {"barred", "law_not_established"}


def test_rule_14_when_accused_lies_between_act_and_today_and_only_both_ends_agreeing_is_clear():
    turned = only(
        charge("39-13-513", date="2025-06-01", status="charged"),
        person={"born": "2007-08-01"},
        as_of="2025-12-01",
    )
    assert element(turned, "us-tn-39-13-513-d", "age") == "unknown"


def test_rule_14_a_disputed_age_is_presumed_under_18_where_the_law_says_so():
    result = only(
        charge("Theft Act 1968 s. 1", "GB-EAW", date="2024-06-01"),
        person={"age_on": {"date": "2024-06-01", "from": 16, "to": 20}},
        responses={"age.disputed": "yes"},
    )
    assert element(result, "gb-ew-msa2015-s45-4", "age") == "presumed"


def test_rule_15_charges_never_change_each_others_bounds():
    one = charge("39-13-513", date="2025-06-01", status="charged")
    other = charge("39-13-309", id="c2", date="2025-06-01", mode="accomplice")
    alone = only(one, person={"born": "2011-01-01"})
    together = screened(one, other, person={"born": "2011-01-01"}).charges[0]
    assert alone.to_dict() == together.to_dict()


def test_rule_16_two_sources_that_differ_are_unknown_to_the_rules_and_both_stay_visible():
    result = screened(
        charge("943.20", "US-WI", date="2025-06-01"),
        person={"born": "2008-01-01"},
        responses={
            "act.ordered_by_exploiter": {
                "c1": [{"value": "yes", "source": "third_party"}, {"value": "no", "source": "record"}]
            }
        },
    )
    assert [clash["fact"] for clash in result.to_dict()["clashes"]] == ["act.ordered_by_exploiter"]
    nexus = next(one for one in result.charges[0].findings[0].elements if one.kind == "nexus")
    assert nexus.truth == "unknown"
    assert {one.source for one in nexus.because if one.item == "act.ordered_by_exploiter"} == {
        "third_party",
        "record",
    }


@pytest.mark.parametrize("answer", ["not_known", "not_asked", "declined", "not_applicable"])
def test_rule_17_the_last_four_answers_are_unknown_to_the_rules(answer):
    responses = {**SOLD, "exploitation.ongoing": answer}
    one = only(charge("1591", "US", date="2026-05-01"), person={"born": "2000-01-01"}, responses=responses)
    without = only(charge("1591", "US", date="2026-05-01"), person={"born": "2000-01-01"}, responses=SOLD)
    assert (one.at_least, one.at_most) == (without.at_least, without.at_most)


def test_rule_18_a_bare_value_of_a_per_charge_item_is_refused_where_there_are_two_charges():
    with pytest.raises(CaseError) as refused:
        screened(charge("39-13-513"), charge("39-13-309", id="c2"), responses={"exploitation.ongoing": "yes"})
    assert "exploitation.ongoing" in str(refused.value)


def test_rule_19_own_statements_reach_no_finding_or_flag_until_cleared_and_the_advocate_has_them():
    told = {"value": "yes", "source": "own_statement"}
    responses = {"exploitation.commercial_sex": told, "exploitation.before_18": told}
    case = {"person": {"born": "2000-01-01"}, "responses": responses}
    withheld = screened(charge("943.20", "US-WI", date="2025-06-01"), **case)
    nothing = screened(charge("943.20", "US-WI", date="2025-06-01"), person={"born": "2000-01-01"})
    assert withheld.charges[0].to_dict() == nothing.charges[0].to_dict()
    assert withheld.to_dict()["withheld"] == 2
    assert withheld.to_dict()["flag"]["state"] == nothing.to_dict()["flag"]["state"]
    advocate = screened(charge("943.20", "US-WI", date="2025-06-01"), reader="advocate", **case)
    assert advocate.to_dict()["flag"]["state"] == "indicators_present"
    cleared = {key: {**told, "cleared": {"by": "counsel", "dated": "2026-01-01"}} for key in responses}
    after = screened(
        charge("943.20", "US-WI", date="2025-06-01"), person={"born": "2000-01-01"}, responses=cleared
    )
    assert after.to_dict()["flag"]["state"] == "indicators_present"


def test_rule_21_assume_overrides_responses_for_its_kinds_alone_and_is_marked():
    responses = {"exploitation.commercial_sex": "no"}
    result = only(
        charge("943.20", "US-WI", date="2025-06-01"),
        person={"born": "2000-01-01"},
        responses=responses,
        assume=ALL,
    )
    assert result.at_least is Result.DEFENSE_AVAILABLE
    assert "assumed" in result.sentence
    status = next(one for one in finding(result, "us-wi-939.46-1m").elements if one.kind == "victim_status")
    assert status.assumed
    assert any(one.item == "exploitation.commercial_sex" for one in status.because)


def test_rule_21_assume_never_opens_the_flag_and_never_assumes_that_a_crime_was_reported():
    plain = screened(charge("943.20", "US-WI", date="2025-06-01"), person={"born": "2000-01-01"})
    assumed = screened(
        charge("943.20", "US-WI", date="2025-06-01"), person={"born": "2000-01-01"}, assume=ALL
    )
    assert plain.to_dict()["flag"] == assumed.to_dict()["flag"]
    reporter = only(
        charge("230.00", "US-NY", date="2024-06-01", status="charged"),
        person={"born": "2000-01-01"},
        assume=ALL,
    )
    kinds = {one.kind: one.truth for one in finding(reporter, "us-ny-pl-230-45").elements}
    assert kinds["report"] == "unknown"


def test_rule_22_a_prostitution_charge_against_someone_possibly_under_18_is_at_least_possible():
    flag = screened(charge("39-13-513", date="2025-06-01")).judged.flag
    assert flag.to_dict()["state"] in ("possible", "indicators_present")
    assert flag.rests_on_accusation
    adult = screened(charge("39-13-513", date="2025-06-01"), person={"born": "1990-01-01"}).judged.flag
    assert not adult.rests_on_accusation


def test_rule_23_points_where_the_law_is_open_are_never_asked():
    result = screened(
        charge("39-13-513", date="2025-06-01", mode="accomplice", status="charged"),
        person={"born": "2011-01-01"},
    )
    assert result.charges[0].open_law
    assert result.next_items == ()


def test_rule_24_a_duty_is_due_when_its_trigger_is_shown_and_its_clock_runs_from_notice():
    arrest = {"person": {"born": "2011-01-01"}, "stage": "arrest"}
    due = {one.id: one for one in screened(charge("39-13-513", date="2026-06-01"), **arrest).duties}
    assert due["us-tn-39-13-513-d-officer"].state == "due"
    assert due["us-tn-39-13-513-d-officer"].due is None
    maybe = {one.id: one for one in screened(charge("39-13-513", date="2026-06-01"), stage="arrest").duties}
    assert maybe["us-tn-39-13-513-d-officer"].state == "if"


def test_rule_24_clocks_run_from_notice_and_never_otherwise():
    case = {"person": {"born": "2011-01-01"}, "stage": "arrest"}
    detained = charge("37-1-102", date="2026-06-01")
    without = next(
        one
        for one in screened(detained, **case).duties
        if one.within_hours == 24 and one.jurisdiction == "US-TN"
    )
    running = next(
        one for one in screened(detained, noticed="2026-06-01T22:10", **case).duties if one.id == without.id
    )
    assert without.due is None
    assert running.due == "2026-06-02T22:10"


def test_rule_25_because_holds_references_and_no_prose():
    result = only(
        charge("943.20", "US-WI", date="2025-06-01"),
        responses={"act.threatened": {"value": "yes", "source": "device", "note": "a long note"}},
    )
    for one in result.findings:
        for part in one.elements:
            assert all(set(ref.to_dict()) == {"item", "charge", "source"} for ref in part.because)
    assert "a long note" not in str(result.to_dict())


def test_rule_26_rules_about_statements_stand_per_charge_and_unranked():
    assert any("37-1-127" in str(one["citation"]) for one in only(charge("39-13-513")).evidence_rules)


def test_rule_27_a_section_that_reaches_adults_only_says_so_above_its_findings():
    result = only(
        charge("Street Offences Act 1959 s. 1", "GB-EAW", date="2024-06-01"), person={"born": "2009-01-01"}
    )
    assert result.said[0]["point"] == "does_not_reach_age"
    assert result.at_least is Result.BARRED


def test_missing_packs_are_law_not_established_and_never_an_error():
    result = only(charge("45-5-601", "US-MT", date="2024-06-01"), person={"born": "2009-01-01"})
    assert result.result is Result.LAW_NOT_ESTABLISHED
    assert "US-MT" not in load_packs().law
