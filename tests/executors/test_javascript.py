"""The JavaScript executor gives what Python gives, to the byte: for trees, for cases, for traces, for what is refused."""

import json
import random
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest

from screening import READERS, CaseError, load_case, load_packs, screen
from screening.executors.bundle import canonical
from screening.questionnaire import facts_from
from tests.conformance.answers import digest
from tests.conformance.random_cases import case
from tests.conformance.test_conformance import rows

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
CASE_FILES = [file for file in sorted((ROOT / "tests/cases").glob("*.yaml")) if file.name != "expected.yaml"]
FRESH = 80


def differing(ask, bundle_file, cases):
    """The cases that JavaScript screens differently, by name."""
    packs = load_packs()
    answers = ask(
        "cases", bundle=bundle_file, rows=[{"case": given, "reader": reader} for _, given, reader in cases]
    )
    assert len(answers) == len(cases)
    return [
        (name, reader)
        for (name, given, reader), answer in zip(cases, answers, strict=True)
        if canonical(screen(load_case(given, packs=packs), packs, reader=reader).to_dict()) != answer.encode()
    ]


def test_trees_have_the_values_of_the_conformance_file(ask):
    expected = rows("trees.json")
    answers = ask("trees", rows=[{"tree": row["tree"], "facts": row["facts"]} for row in expected])
    wrong = [
        row["seed"]
        for row, answer in zip(expected, answers, strict=True)
        if canonical(row["answer"]) != answer.encode()
    ]
    assert wrong == []


def test_cases_have_the_results_of_the_conformance_file(ask, bundle_file):
    expected = rows("cases.json")
    answers = ask(
        "cases", bundle=bundle_file, rows=[{"case": row["case"], "reader": row["reader"]} for row in expected]
    )
    wrong = [
        row["seed"]
        for row, answer in zip(expected, answers, strict=True)
        if digest(json.loads(answer)) != row["digest"]
    ]
    assert wrong == []


def test_every_case_file_is_screened_alike_for_every_reader(ask, bundle_file):
    assert CASE_FILES
    packs = load_packs()
    cases = [
        (file.name, load_case(file.read_bytes(), TODAY, packs=packs).to_dict(), reader)
        for file in CASE_FILES
        for reader in READERS
    ]
    assert differing(ask, bundle_file, cases) == []


def test_cases_nobody_has_seen_are_screened_alike(ask, bundle_file):
    packs = load_packs()
    seeds = random.sample(
        range(10**6, 10**9), FRESH
    )  # drawn anew in each run, from the seed that pytest prints
    cases = [(seed, case(Random(seed), packs), READERS[seed % len(READERS)]) for seed in seeds]  # noqa: S311
    assert differing(ask, bundle_file, cases) == []


def test_the_same_items_are_shown(ask, bundle_file):
    packs = load_packs()
    asked, expected = [], []
    for row in rows("cases.json")[::6]:
        given, reader = load_case(row["case"], packs=packs), row["reader"]
        places = sorted({charge.jurisdiction for charge in given.charges}) or None
        asked.append({"case": row["case"], "reader": reader, "places": places})
        base = facts_from(given, packs.questionnaire, reader=reader)
        known = [base.person, *(base.for_charge(charge.id) for charge in given.charges)]
        expected.append([[item.id for item in packs.questionnaire.shown(facts, places)] for facts in known])
    closed = len(packs.questionnaire.items) > min(len(ids) for one in expected for ids in one)
    assert closed, "some branch is closed in some case"
    assert ask("shown", bundle=bundle_file, rows=asked) == expected


@pytest.mark.parametrize("time", ["2026-11-24T08:30", "2026-11-28T02:15", "2026-11-29T23:59"])
def test_services_are_matched_alike_at_a_time_of_day(ask, bundle_file, time):
    packs = load_packs()
    at = datetime.fromisoformat(time)
    needs = [kind.code.value for kind in packs.needs.kinds]
    given = {"case": "v1", "as_of": "2026-11-24", "needs": needs, "place": {"state": "XX", "county": "Alder"}}
    moment = {"weekday": at.weekday(), "minutes": at.hour * 60 + at.minute}
    answer = ask("cases", bundle=bundle_file, rows=[{"case": given, "reader": "advocate", "at": moment}])
    result = screen(load_case(given, packs=packs), packs, reader="advocate", at=at)
    assert result.referrals.offers
    assert answer[0].encode() == canonical(result.to_dict())


def test_traces_are_alike(ask, bundle_file):
    packs = load_packs()
    asked, expected = [], []
    for file in CASE_FILES[::4]:
        given = load_case(file.read_bytes(), TODAY, packs=packs)
        result = screen(given, packs)
        for charge in result.charges:
            for finding in charge.findings:
                row = {
                    "case": given.to_dict(),
                    "reader": "prosecutor",
                    "charge": charge.id,
                    "protection": finding.protection,
                }
                asked.append(row)
                expected.append(canonical(result.trace(charge.id, finding.protection)).decode())
    assert asked
    assert ask("traces", bundle=bundle_file, rows=asked) == expected


CHARGE = {"id": "c1", "jurisdiction": "US-TN"}
REFUSED = [
    ({"case": "v2"}, "case"),
    ({"responses": {"control.threat": "yes"}}, "responses.control.threat"),
    ({"responses": {"control.threats": "constructor"}}, "responses.control.threats"),
    (
        {"responses": {"control.threats": {"value": "yes", "source": "hearsay"}}},
        "responses.control.threats.source",
    ),
    (
        {"responses": {"control.threats": {"value": "yes", "cleared": {"by": "counsel"}}}},
        "responses.control.threats.cleared.dated",
    ),
    ({"charges": [{**CHARGE, "jurisdiction": "US-ZZ"}]}, "charges[0].jurisdiction"),
    ({"charges": [CHARGE, CHARGE]}, "charges[1].id"),
    ({"charges": [{**CHARGE, "date": {"from": "2024-05-01", "to": "2024-04-01"}}]}, "charges[0].date"),
    ({"charges": [{**CHARGE, "date": "2024-02-30"}]}, "charges[0].date"),
    ({"charges": [{**CHARGE, "sectoin": "39-13-513"}]}, "charges[0].sectoin"),
    ({"person": {"born": "2027-01-01"}}, "person"),
    ({"person": {"age_on": {"date": "2024-05-01", "from": 17, "to": 14}}}, "person.age_on"),
    ({"stage": "charged"}, "stage"),
    ({"assume": {"age": "yes"}}, "assume.age"),
    ({"noticed": "yesterday"}, "noticed"),
    ({"needs": ["shelter"]}, "needs[0]"),
]


@pytest.mark.parametrize(("change", "path"), REFUSED, ids=range(len(REFUSED)))
def test_a_wrong_case_is_refused_at_the_same_place(ask, bundle_file, change, path):
    given = {"case": "v1", "as_of": "2026-11-24", **change}
    with pytest.raises(CaseError) as refused:
        load_case(given)
    assert path in [fault.path for fault in refused.value.faults]
    assert path in ask("refused", bundle=bundle_file, rows=[given])[0]
