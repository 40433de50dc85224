"""Twenty published cases, each screened as its facts are known, beside what the law as packed gives for them."""

import json
import re
from copy import deepcopy
from functools import cache
from hashlib import sha256

import pytest

from screening import READERS, load_packs
from screening.explanation.report import report
from screening.questionnaire import role_prompt
from tests.cases.golden import GOLDEN, text_of
from tests.cases.replay import (
    EXPECTED,
    FILES,
    FOLDER,
    differences,
    expectations,
    replayed,
    screen_of,
    value_of,
)

ALIASES = {
    "child-a", "child-b", "child-c", "child-d", "child-h", "adult-i", "person-j", "adult-k", "youth-n", "youth-o", "youth-p",
    "youth-q", "youth-t", "youth-v", "adult-x", "adults-z", "persons-aa", "person-dd", "children-ee", "control-gg",
}  # fmt: skip
ALIAS = re.compile(
    r"(Child|Youth|Adult|Adults|Person|Persons|Children|Control) [A-Z]{1,2}\d?(-[A-Z]{1,2}\d)?"
)
# Names of people in the published cases, as digests of the words, so that none stands here.
NAMES = frozenset(
    [
        "c9d8861be305",
        "69ff8042237a",
        "5eb67f9f8409",
        "1ecbad56e2fe",
        "61c7881bfd26",
        "eb468ee44056",
        "8ebc87232d29",
        "6c725c744767",
        "9131259d0e54",
        "f4eb4544aa26",
        "06363555054d",
        "df150c4a0862",
        "e85940bbb038",
        "80348a765e5b",
    ]
)
NEVER = re.compile(
    r"not (a|been a) victim|no victim\b|victim-offender|\b(the|a|this) suspects?\b|\blied\b|\bliar\b|flagged!|"
    r"refus\w+ to cooperate|uncooperative|file charges|press charges|"
    r"(recommend\w*|advis\w+|should|ought to|must) (be )?(charge|prosecut|book|arrest|convict)\w*",
    re.IGNORECASE,
)


def stem_of(name):
    return name.removesuffix(".yaml")


def changed(name, **parts):
    """The case of a file with some of its responses or keys replaced; a response of None is taken out."""
    case = deepcopy(value_of(name))
    responses = {**case.get("responses", {}), **parts.pop("responses", {})}
    case["responses"] = {item: answer for item, answer in responses.items() if answer is not None}
    return {**case, **parts}


def judged_by(result):
    """All that the rules say: flag, charges, duties and what to ask."""
    whole = result.to_dict()
    return {key: whole[key] for key in ("flag", "charges", "duties", "next_items")}


def element(result, protection, kind):
    finding = next(one for one in result.charges[0].findings if one.protection == protection)
    return next(one.truth for one in finding.elements if one.kind == kind)


def words_of(text):
    return set(re.findall(r"[a-z]+", text.lower()))


@cache
def words_of_the_law():
    """The words of the packs, which cite decisions by the names that courts gave them."""
    files = (FOLDER.parents[1] / "screening/law/packs").glob("*.yaml")
    return frozenset().union(*(words_of(path.read_text(encoding="utf-8")) for path in files))


def named_in(words):
    return {word for word in words if sha256(word.encode()).hexdigest()[:12] in NAMES}


def own_words_out(responses):
    """Responses without the person's own statements; an item that has nothing left is gone."""
    return {item: kept for item, answer in responses.items() if (kept := _without_own(answer))}


def _without_own(answer):
    if isinstance(answer, list):
        return [part for part in answer if _without_own(part)]
    if not isinstance(answer, dict):
        return answer
    if "value" in answer:
        return None if answer.get("source") == "own_statement" else answer
    return {charge: kept for charge, part in answer.items() if (kept := _without_own(part))}


@pytest.mark.parametrize("name", FILES)
def test_case_gives_what_the_law_and_the_facts_give(name):
    assert differences(name) == [], expectations()[name]["why"]


def test_every_file_has_its_entry_and_every_alias_its_file():
    assert set(expectations()) == set(FILES)
    seen = {alias for alias in ALIASES for name in FILES if re.search(rf"-{alias}(-[a-z])?$", stem_of(name))}
    assert seen == ALIASES
    assert all(any(re.search(rf"-{alias}(-[a-z])?$", stem_of(name)) for alias in ALIASES) for name in FILES)


@pytest.mark.parametrize("name", FILES)
def test_entries_are_complete_and_speak_of_things_that_exist(name):
    row = expectations()[name]
    assert set(row) == {"file", "case", "shows", "expect", "why", "left"}
    assert ALIAS.fullmatch(row["case"])
    assert row["shows"].endswith(".")
    assert row["why"].endswith(".")
    assert set(row["expect"]["charges"]) <= {one["id"] for one in value_of(name)["charges"]}
    law = load_packs().law.values()
    known = {one.rule.id for pack in law for one in pack.protections} | {
        duty.id for pack in law for duty, _ in pack.duties
    }
    named = re.findall(r"\b(?:us|gb)-[\w.-]+", json.dumps(row["expect"]))
    assert set(named) <= known


def test_pair_a_age_corrected_from_nineteen_to_thirteen_changes_every_result_that_reads_age():
    first, second = replayed("us-tx-child-a-a.yaml"), replayed("us-tx-child-a-b.yaml")
    age_alone = screen_of(changed("us-tx-child-a-a.yaml", person=value_of("us-tx-child-a-b.yaml")["person"]))
    assert first.charges[0].result.value == "cannot_tell"
    assert age_alone.charges[0].result.value == second.charges[0].result.value == "barred"
    for protection in ("us-tx-in-re-bw", "us-tx-fam-54.0326"):
        assert (element(first, protection, "age"), element(age_alone, protection, "age")) == ("no", "yes")
    assert first.duties != age_alone.duties
    assert first.next_items
    assert not age_alone.next_items
    assert first.charges[0].sentence != age_alone.charges[0].sentence
    again = screen_of(
        changed(
            "us-tx-child-a-b.yaml",
            person=value_of("us-tx-child-a-a.yaml")["person"],
            responses={"exploitation.before_18": None, "exploiter.age_gap": None},
        )
    )
    assert again.charges[0].result.value == "cannot_tell"


def test_pair_b_the_law_of_2014_and_an_act_of_2024_answer_the_same_facts_differently():
    old, today, new = (replayed(f"us-ca-child-b-{run}.yaml") for run in "abc")
    assert value_of("us-ca-child-b-a.yaml")["responses"] == value_of("us-ca-child-b-c.yaml")["responses"]
    assert [one.charges[0].result.value for one in (old, today, new)] == [
        "law_not_established",
        "cannot_tell",
        "barred",
    ]
    assert all("§ 1161(a)" in str(one.charges[0].evidence_rules) for one in (old, today, new))


UNASKED = {
    "help to the police": {"cooperation.given": "no", "cooperation.excused": "no"},
    "services not wanted": {"wish.services": "none_now", "wish.advocate_present": "no"},
}


@pytest.mark.parametrize("what", UNASKED)
@pytest.mark.parametrize("name", FILES)
def test_pair_c_refusing_help_or_services_changes_nothing(name, what):
    """Except inside the one provision of a law that names such help itself."""
    for reader in READERS:
        refused = judged_by(screen_of(changed(name, responses=UNASKED[what]), reader))
        assert _without_laws_that_ask_for_help(refused) == _without_laws_that_ask_for_help(
            judged_by(replayed(name, reader))
        )


def _without_laws_that_ask_for_help(judged):
    law = load_packs().law.values()
    asking = {
        one.rule.id
        for pack in law
        for one in pack.protections
        if "cooperation." in one.rule.model_dump_json()
    }
    for charge in judged["charges"]:
        charge["findings"] = [one for one in charge["findings"] if one["protection"] not in asking]
    return judged


@pytest.mark.parametrize("name", FILES)
def test_pair_c_running_from_care_moves_no_flag_and_no_finding(name):
    """Missing from care starts a report that the agency owes, and that is all it does."""
    there, away = (
        judged_by(screen_of(changed(name, responses={"status.in_care": answer}))) for answer in ("no", "yes")
    )
    assert there["flag"] == away["flag"]
    assert [(one["at_least"], one["at_most"], one["findings"]) for one in there["charges"]] == [
        (one["at_least"], one["at_most"], one["findings"]) for one in away["charges"]
    ]
    assert {one["id"] for one in there["duties"]} <= {one["id"] for one in away["duties"]}


def test_pair_d_the_same_judgment_with_the_link_and_without():
    present, absent = replayed("gb-adults-z-a.yaml"), replayed("gb-adults-z-b.yaml")
    assert (
        element(present, "gb-ew-msa2015-s45-1", "nexus"),
        element(absent, "gb-ew-msa2015-s45-1", "nexus"),
    ) == ("yes", "no")
    assert "a defense" in present.charges[0].sentence
    assert "a defense" not in absent.charges[0].sentence
    without = screen_of(
        changed("gb-adults-z-a.yaml", assume={"victim_status": "yes", "nexus": "no", "conditions": "yes"})
    )
    findings = {one.protection: one.result.value for one in without.charges[0].findings}
    assert findings["gb-ew-msa2015-s45-1"] == "does_not_apply"


@pytest.mark.parametrize("run", "ab")
def test_control_e_roles_alleged_and_nothing_known_of_the_person_means_look_first(run):
    result = replayed(f"us-control-gg-{run}.yaml")
    assert role_prompt(result.case, result.judged.facts).look_first
    assert result.judged.flag.state.value != "none_recorded"
    assert [one for one in result.next_items if one.item.startswith("exploitation.")]
    assert result.charges[0].result.value == "cannot_tell"
    settled = screen_of(
        changed(
            f"us-control-gg-{run}.yaml",
            responses={"exploitation.commercial_sex": "yes", "exploitation.third_party": "yes"},
        )
    )
    assert not role_prompt(settled.case, settled.judged.facts).look_first


def test_case_f_an_advertisement_of_a_minor_needs_no_label_by_an_authority():
    own_sex = {
        item: answer
        for item, answer in value_of("us-mi-youth-v.yaml")["responses"].items()
        if item in ("exploitation.commercial_sex", "exploitation.before_18")
    }
    for label in (
        {},
        {"status.reason_to_believe": "no", "status.suspected": "no", "status.court_found": "no"},
    ):
        case = {**value_of("us-mi-youth-v.yaml"), "responses": {**own_sex, **label}}
        for reader in READERS:
            assert screen_of(case, reader).judged.flag.state.value == "indicators_present"


@pytest.mark.parametrize("name", ["us-mi-youth-v.yaml", "us-ks-youth-t.yaml"])
def test_case_f_a_state_that_is_not_packed_is_never_told_as_one_without_protection(name):
    text = report(replayed(name), load_packs())
    assert {one.result.value for one in replayed(name).charges} == {"law_not_established"}
    assert "none found" not in text.lower()


def test_case_g_a_disputed_age_is_presumed_under_18_and_never_presumed_older():
    shown = {"assume": {"nexus": "yes", "conditions": "yes"}}
    disputed = screen_of(changed("gb-persons-aa-a.yaml", **shown))
    child = next(one for one in disputed.charges[0].findings if one.protection == "gb-ew-msa2015-s45-4")
    assert (child.result.value, child.presumed) == ("defense_available", True)
    assert element(disputed, "gb-ew-msa2015-s45-1", "age") == "unknown"
    assert "presumed" in report(disputed, load_packs())
    settled = screen_of(changed("gb-persons-aa-a.yaml", responses={"age.disputed": "no"}, **shown))
    assert element(settled, "gb-ew-msa2015-s45-4", "age") == "unknown"


@pytest.mark.parametrize("name", FILES)
def test_readers_h_words_withheld_are_counted_and_leave_no_other_trace(name):
    case = value_of(name)
    silent = {**case, "responses": own_words_out(case["responses"])}
    for reader in ("prosecutor", "officer"):
        told, untold = replayed(name, reader), screen_of(silent, reader)
        assert {**told.to_dict(), "withheld": 0} == {**untold.to_dict(), "withheld": 0}
    assert replayed(name, "advocate").judged.facts.withheld == 0


@pytest.mark.parametrize("name", FILES)
def test_readers_h_the_advocate_hears_at_least_as_much(name):
    order = ("none_recorded", "not_enough_recorded", "possible", "indicators_present")
    states = {reader: order.index(replayed(name, reader).judged.flag.state.value) for reader in READERS}
    assert states["advocate"] >= states["prosecutor"] == states["officer"]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", FILES)
def test_results_i_are_plain_data_with_no_name_and_no_word_that_judges(name, reader):
    result = replayed(name, reader)
    written = json.dumps(result.to_dict(), ensure_ascii=False)
    assert json.loads(written) == result.to_dict()
    assert named_in(words_of(written) - words_of_the_law()) == set()
    assert [found.group() for found in NEVER.finditer(report(result, load_packs()))] == []


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", FILES)
def test_every_report_fits_a_narrow_terminal(name, reader):
    text = report(replayed(name, reader), load_packs())
    assert [line for line in text.splitlines() if len(line) > 78] == []
    assert text.startswith("Screening on ")


def test_no_file_of_the_cases_names_anyone():
    files = [EXPECTED, *(FOLDER / name for name in FILES), *(FOLDER / "golden").glob("*.json")]
    assert {
        path.name: named
        for path in files
        if (named := named_in(words_of(path.stem + " " + path.read_text(encoding="utf-8"))))
    } == {}


@pytest.mark.parametrize("name", GOLDEN)
def test_whole_result_is_the_one_last_read_by_a_person(name):
    """Refresh with `python -m tests.cases.golden` and read the difference."""
    assert text_of(name) == (FOLDER / "golden" / f"{name}.json").read_text(encoding="utf-8")
