"""A case file is read whole or refused whole, with every fault in words: path, what was expected, the nearest word."""
# ruff: noqa: DTZ001, E501 - case files and messages stand here as they are written; times without a zone are local

import json
from datetime import date, datetime

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.case import (
    ASSUMABLE,
    RESERVED_IDS,
    Answer,
    Clash,
    Cleared,
    ItemKind,
    ItemShape,
    Mode,
    OffenseClass,
    Place,
    Response,
    Source,
    Stage,
    Status,
    Vocabulary,
    case_schema,
    parse_case,
)
from screening.dates import DateRange, NumberRange
from screening.errors import CaseError
from screening.reading import read_json

TODAY = date(2026, 11, 24)
DATED_WORDS = frozenset({"phone", "hotel", "car"})
VOCABULARY = Vocabulary(
    items={
        "control.threats": ItemShape(ItemKind.BOOL),
        "life.threatened": ItemShape(ItemKind.BOOL),
        "onset.age": ItemShape(ItemKind.NUMBER),
        "onset.date": ItemShape(ItemKind.DATE),
        "exploiter.relationship": ItemShape(
            ItemKind.CODE, codes=frozenset({"parent", "partner", "stranger"})
        ),
        "setting.places": ItemShape(ItemKind.CODES, codes=DATED_WORDS),
        "act.ordered_by_exploiter": ItemShape(ItemKind.BOOL, per_charge=True),
        "act.years_since": ItemShape(ItemKind.NUMBER, per_charge=True),
    },
    jurisdictions=frozenset({"US", "US-CA", "US-OR", "US-TN", "US-TX", "GB-EAW"}),
    needs=frozenset({"shelter_emergency", "legal_defense"}),
)
ONE_CHARGE = "case: v1\ncharges:\n  - {id: c1, jurisdiction: US-TN}\n"
TWO_CHARGES = f"{ONE_CHARGE}  - {{id: c2, jurisdiction: US-TN}}\n"


def read(source, today=TODAY, **options):
    return parse_case(source, vocabulary=VOCABULARY, today=today, **options)


def refused(source, **options):
    with pytest.raises(CaseError) as caught:
        read(source, **options)
    return [str(fault) for fault in caught.value.faults]


def exact(*day):
    return DateRange(date(*day), date(*day))


def read_or_refuse(source):
    try:
        read(source)
    except CaseError as error:
        return bool(error.faults)
    return True


def answers(text, charges=ONE_CHARGE):
    return read(f"{charges}responses: {{{text}}}\n").responses


# What is read


def test_a_charge_alone_is_a_case():
    case = read('case: v1\ncharges:\n  - {id: c1, jurisdiction: US-TN, section: "39-13-513"}\n')
    charge = case.charges[0]
    assert (case.as_of, case.stage, case.stage_given) == (TODAY, Stage.CHARGING, False)
    assert (charge.id, charge.jurisdiction, charge.section) == ("c1", "US-TN", "39-13-513")
    assert (charge.mode, charge.mode_given) == (Mode.PRINCIPAL, False)
    assert (charge.status, charge.status_given) == (Status.CONSIDERED, False)
    assert charge.date is None
    assert case.person.born is None


def test_a_what_if_on_two_charges():
    case = read("""
case: v1
as_of: 2026-06-01
stage: charging
person: {born: 2009-03-01}
charges:
  - {id: "count 1", jurisdiction: US-CA, class: sex_trafficking, date: {from: 2024-05-01, to: 2024-08-31}, mode: conspiracy, status: charged}
  - {id: "count 2", jurisdiction: US, section: "18 U.S.C. 1591", date: 2024-05-01, mode: accomplice}
assume: {victim_status: yes, nexus: Yes, conditions: no}
needs: [shelter_emergency, legal_defense]
""")
    first, second = case.charges
    assert case.as_of == date(2026, 6, 1)
    assert case.person.born == exact(2009, 3, 1)
    assert first.offense_class is OffenseClass.SEX_TRAFFICKING
    assert first.date == DateRange(date(2024, 5, 1), date(2024, 8, 31))
    assert (first.mode, first.status, first.status_given) == (Mode.CONSPIRACY, Status.CHARGED, True)
    assert (second.section, second.date) == ("18 U.S.C. 1591", exact(2024, 5, 1))
    assert case.assume == {"victim_status": True, "nexus": True, "conditions": False}
    assert case.needs == ("shelter_emergency", "legal_defense")


def test_an_age_on_a_day_is_a_range_of_births():
    case = read("""
case: v1
person: {age_on: {date: 2024-03-02, from: 16, to: 19}}
charges:
  - {id: c1, jurisdiction: US-TX, section: "43.02", date: 2024-03-02}
  - {id: c2, jurisdiction: GB-EAW, class: nonviolent_felony, date: 2024-03-02}
  - {id: c3, jurisdiction: US-OR, section: "no such section", date: 2024-03-02}
""")
    assert case.person.born == DateRange(date(2004, 3, 3), date(2008, 3, 2))
    assert [charge.section for charge in case.charges] == ["43.02", None, "no such section"]


def test_an_age_may_be_open_on_one_side():
    case = read("case: v1\nperson: {age_on: {date: 2024-03-02, from: 16}}\n")
    assert case.person.born == DateRange(None, date(2008, 3, 2))


def test_needs_alone_are_a_case():
    case = read("case: v1\nneeds: [shelter_emergency]\nplace: {county: Davidson, state: US-TN}\n")
    assert (case.charges, case.needs, case.place) == ((), ("shelter_emergency",), Place("Davidson", "US-TN"))


def test_every_way_to_write_a_response():
    case = read("""
case: v1
charges: [{id: c1, jurisdiction: US-TN}, {id: c2, jurisdiction: US-TN}]
responses:
  control.threats: yes
  life.threatened: {value: yes, source: own_statement, cleared: {by: counsel, dated: 2024-03-06}, custody: no, warned: yes, author: officer}
  onset.age: {from: 13, to: 15}
  onset.date: {value: {from: 2023-01-01}, source: record, dated: 2024-03-05, note: "report, p. 3"}
  exploiter.relationship: [partner, {value: not_known, source: record}]
  setting.places: [phone, hotel]
  act.ordered_by_exploiter: {c1: [{value: yes, source: third_party}, {value: no, source: record}], c2: declined}
  act.years_since: {c1: 2}
""")
    item = "act.ordered_by_exploiter"
    assert case.responses == {
        "control.threats": (Response("control.threats", Answer.YES),),
        "life.threatened": (
            Response(
                "life.threatened",
                Answer.YES,
                source=Source.OWN_STATEMENT,
                cleared=Cleared("counsel", date(2024, 3, 6)),
                author="officer",
                custody=False,
                warned=True,
            ),
        ),
        "onset.age": (Response("onset.age", NumberRange(13, 15)),),
        "onset.date": (
            Response(
                "onset.date",
                DateRange(date(2023, 1, 1), None),
                source=Source.RECORD,
                dated=date(2024, 3, 5),
                note="report, p. 3",
            ),
        ),
        "exploiter.relationship": (
            Response("exploiter.relationship", "partner"),
            Response("exploiter.relationship", Answer.NOT_KNOWN, source=Source.RECORD),
        ),
        "setting.places": (Response("setting.places", frozenset({"phone", "hotel"})),),
        item: (
            Response(item, Answer.YES, "c1", Source.THIRD_PARTY),
            Response(item, Answer.NO, "c1", Source.RECORD),
            Response(item, Answer.DECLINED, "c2"),
        ),
        "act.years_since": (Response("act.years_since", NumberRange(2, 2), "c1"),),
    }


@pytest.mark.parametrize("word", ["yes", "Yes", "YES", "true", "True", '"yes"'])
def test_yes_and_true_are_alike(word):
    assert answers(f"control.threats: {word}")["control.threats"][0].value is Answer.YES


@pytest.mark.parametrize("word", ["no", "No", "false"])
def test_no_and_false_are_alike(word):
    assert answers(f"control.threats: {word}")["control.threats"][0].value is Answer.NO


@pytest.mark.parametrize("item", VOCABULARY.items)
@pytest.mark.parametrize("word", ["not_known", "not_asked", "declined", "not_applicable"])
def test_every_item_may_be_left_open_and_says_how(item, word):
    assert answers(f"{item}: {word}")[item][0].value is Answer(word)


def test_an_empty_item_is_not_asked():
    assert answers("control.threats: , onset.age: ~") == {}


def test_a_bare_value_belongs_to_the_only_charge():
    assert answers("act.ordered_by_exploiter: yes")["act.ordered_by_exploiter"][0].charge == "c1"


def test_null_means_left_out():
    case = read(
        "case: v1\ncharges:\n  - {id: c1, jurisdiction: US-TN, class: null, grade: null, date: ~, mode: }\n"
    )
    assert case == read(ONE_CHARGE)


def test_a_mapping_from_python_is_read_like_a_file():
    mapping = {
        "case": "v1",
        "as_of": TODAY,
        "person": {"born": date(2009, 3, 1)},
        "charges": [{"id": "c1", "jurisdiction": "US-TN", "mode": Mode.ATTEMPT, "date": "2024-05-01"}],
        "responses": {"control.threats": True, "onset.age": 14, "act.ordered_by_exploiter": False},
        "noticed": datetime(2024, 5, 2, 22, 10),
        "assume": {"nexus": True},
    }
    text = """
case: v1
as_of: 2026-11-24
person: {born: 2009-03-01}
charges: [{id: c1, jurisdiction: US-TN, mode: attempt, date: 2024-05-01}]
responses: {control.threats: yes, onset.age: 14, act.ordered_by_exploiter: {c1: no}}
noticed: 2024-05-02T22:10
assume: {nexus: yes}
"""
    assert read(mapping, today=None) == read(text)


def test_json_is_read_by_its_own_rules():
    text = '{"case": "v1", "responses": {"control.threats": true, "onset.age": 14}, "place": {"county": "\\ud83c\\udfe0"}}'
    case = read(text)
    assert case == read(text.encode()) == read(read_json(text))
    assert case.place.county == "\N{HOUSE BUILDING}"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-03-05T22:10", datetime(2024, 3, 5, 22, 10)),
        ("2024-03-05 22:10:30", datetime(2024, 3, 5, 22, 10, 30)),
        ("2024-03-05", datetime(2024, 3, 5)),
        ("2024-03-05T22:10:00-06:00", datetime.fromisoformat("2024-03-05T22:10:00-06:00")),
        ("2024-03-05T22:10Z", datetime.fromisoformat("2024-03-05T22:10:00+00:00")),
    ],
)
def test_when_it_was_noticed(text, moment):
    assert read(f"case: v1\nnoticed: {text}\n").noticed == moment


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
def test_status_left_out_follows_the_stage(stage, status):
    case = read(f"{ONE_CHARGE}stage: {stage}\n")
    assert case.charges[0].status == status
    assert not case.charges[0].status_given
    assert case.clashes() == ()


def test_a_status_that_does_not_fit_the_stage_is_said_and_stands():
    case = read("case: v1\nstage: charging\ncharges: [{id: c1, jurisdiction: US, status: convicted}]\n")
    assert case.charges[0].status is Status.CONVICTED
    assert case.clashes() == (Clash("c1", Stage.CHARGING, Status.CONVICTED),)


def test_without_a_stage_no_status_clashes():
    assert read("case: v1\ncharges: [{id: c1, jurisdiction: US, status: convicted}]\n").clashes() == ()


# What is refused


CHARGE = "charges: [{id: c1, jurisdiction: US-TN, %s}]"
BORN = "person: {born: %s}"
RESPONSES = f"{ONE_CHARGE}responses: {{%s}}"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("verdict: 1", "verdict: unknown key; expected one of case, as_of"),
        ("respnses: {}", "did you mean responses?"),
        ("stage: chargin", 'stage: unknown word "chargin"; expected one of stop, arrest'),
        ("stage: Trial", "did you mean trial?"),
        (
            "as_of: 2026-02-30",
            'as_of: "2026-02-30" is no such date; expected a date as YYYY-MM-DD that exists',
        ),
        ("as_of: 20260101", "is no such date"),
        ("as_of: 2026-W01-1", "is no such date"),
        ("as_of: 0209-01-01", "is no such date"),
        ("as_of: [2026-01-01]", "as_of: a list stands here; expected a date"),
        ("person: young", 'person: "young" stands here; expected a group'),
        ("person: {age: 15}", "person.age: unknown key; expected one of born, age_on; did you mean age_on?"),
        (
            "person: {born: 2009-01-01, age_on: {date: 2024-01-01, from: 15}}",
            "person: both a birth and an age",
        ),
        ("person: {age_on: {from: 15}}", "person.age_on.date: the day on which the age was so is missing"),
        (
            "person: {age_on: {date: 2024-01-01}}",
            "person.age_on: the range is empty; expected from, to, or both",
        ),
        ("person: {age_on: {date: 2024-01-01, from: 18, to: 17}}", "person.age_on: the range runs backwards"),
        ("person: {age_on: {date: 2024-01-01, from: -1}}", "the age is not one that people have"),
        (
            "person: {age_on: {date: 2024-01-01, from: 16.5}}",
            'person.age_on.from: "16.5" is not a whole number',
        ),
        ("person: {born: {from: 2010-01-02, to: 2010-01-01}}", "person.born: the range runs backwards"),
        (BORN % "2027-01-01", "person: the birth lies after the day of screening"),
        ("charges: c1", 'charges: "c1" stands here; expected a list of charges'),
        ("charges: [c1]", 'charges[0]: "c1" stands here; expected a group'),
        ("charges: [~]", "charges[0]: the entry is empty"),
        ("charges: [{jurisdiction: US}]", "charges[0].id: the id of the charge is missing"),
        ("charges: [{id: c1}]", "charges[0].jurisdiction: the jurisdiction is missing"),
        ("charges: [{id: c1, jurisdiction: US-QT}]", 'charges[0].jurisdiction: unknown jurisdiction "US-QT"'),
        ("charges: [{id: c1, jurisdiction: us-tn}]", "did you mean US-TN?"),
        (CHARGE % "date: 2023-02-29", 'charges[0].date: "2023-02-29" is no such date'),
        (CHARGE % "date: {from: 2024-02-01, to: 2024-01-31}", "charges[0].date: the range runs backwards"),
        (CHARGE % "date: {}", "charges[0].date: the range is empty"),
        (
            CHARGE % "date: {form: 2024-02-01}",
            "charges[0].date.form: unknown key; expected one of from, to; did you mean from?",
        ),
        (CHARGE % "date: 2026-11-25", "charges[0].date: the date lies after the day of screening"),
        (CHARGE % "class: sex traficking", "did you mean sex_trafficking?"),
        (CHARGE % "mode: acomplice", "did you mean accomplice?"),
        (CHARGE % "status: chargd", "did you mean charged?"),
        (CHARGE % "sect: '1'", "charges[0].sect: unknown key"),
        (CHARGE % "section: ' '", "charges[0].section: the text is empty"),
        (
            CHARGE % f"section: s{'1' * 200}",
            "charges[0].section: the text has 201 characters; expected at most 200",
        ),
        (CHARGE % "section: [a]", "charges[0].section: the section is not text"),
        (f"charges: [{{id: {'c' * 101}, jurisdiction: US}}]", "charges[0].id: the text has 101 characters"),
        (
            "needs: [shelter]",
            'needs[0]: unknown word "shelter"; expected one of legal_defense, shelter_emergency; did you mean shelter_emergency?',
        ),
        ("needs: shelter_emergency", "expected a list of needs"),
        ("place: {state: Tennessee}", 'place.state: unknown jurisdiction "Tennessee"'),
        ("place: {city: Nashville}", "place.city: unknown key; expected one of county, state"),
        ("noticed: 2024-03-05T25:00", 'noticed: "2024-03-05T25:00" is no such time'),
        ("noticed: yesterday", "expected a time as YYYY-MM-DDTHH:MM that exists"),
        ("assume: {age: yes}", "assume.age: unknown key; expected one of victim_status, nexus, conditions"),
        ("assume: {nexus: maybe}", 'assume.nexus: "maybe" is neither yes nor no'),
        ("responses: [control.threats]", "responses: a list stands here"),
        (
            "responses: {control.threat: yes}",
            "responses.control.threat: unknown item; expected an item of the questionnaire; did you mean control.threats?",
        ),
        (
            "responses: {control.threats: maybe}",
            'responses.control.threats: "maybe" is no answer to this item; expected yes or no, or not_known',
        ),
        ("responses: {control.threats: not_knwn}", "did you mean not_known?"),
        ("responses: {control.threats: 1}", "is no answer to this item"),
        ("responses: {control.threats: {value: yes, sorce: record}}", "did you mean source?"),
        (
            "responses: {control.threats: {value: yes, source: report}}",
            'responses.control.threats.source: unknown word "report"',
        ),
        (
            "responses: {control.threats: {source: record}}",
            "responses.control.threats.value: the value of the answer is missing",
        ),
        (
            "responses: {control.threats: {value: yes, dated: 2024-04-31}}",
            "responses.control.threats.dated: ",
        ),
        ("responses: {control.threats: []}", "responses.control.threats: the list is empty"),
        ("responses: {control.threats: [yes, ~]}", "responses.control.threats[1]: the entry is empty"),
        ("responses: {control.threats: {value: {from: 1}}}", "a group is no answer to this item"),
        (
            "responses: {onset.age: sixteen}",
            'responses.onset.age: "sixteen" is no answer to this item; expected a whole number',
        ),
        ("responses: {onset.age: 15.5}", '"15.5" is not a whole number'),
        ("responses: {onset.age: 1234567}", "the number is too large"),
        ("responses: {onset.age: {from: 15, to: 14}}", "responses.onset.age: the range runs backwards"),
        ("responses: {onset.date: 2024-02-30}", "responses.onset.date: "),
        ("responses: {exploiter.relationship: partnr}", "did you mean partner?"),
        ("responses: {setting.places: []}", "responses.setting.places: the list has 0 words"),
        ("responses: {setting.places: [phone, hottel]}", "responses.setting.places[1]: unknown word"),
        (
            "responses: {act.ordered_by_exploiter: yes}",
            "this item is about one charge, and it is not said which",
        ),
        ("responses: {life.threatened: {value: yes, cleared: yes}}", "life.threatened.cleared: "),
        (
            "responses: {life.threatened: {value: yes, cleared: {by: counsel}}}",
            "life.threatened.cleared.dated: the day on which it was cleared is missing",
        ),
        (
            "responses: {life.threatened: {value: yes, cleared: {dated: 2024-03-06}}}",
            "life.threatened.cleared.by: who cleared it is missing",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_path_and_what_was_expected(line, words):
    faults = refused(f"case: v1\n{line}\n")
    assert any(words in fault for fault in faults), faults
    assert all(fault.startswith("line 2: ") for fault in faults)


@pytest.mark.parametrize("section", ["43.10", "1591", "1_000", "12:30", "2024-01-01", "yes", "0x1f", "1e5"])
def test_a_section_that_is_a_number_to_others_must_be_quoted(section):
    faults = refused(f"case: v1\n{CHARGE % f'section: {section}'}\n")
    assert (
        f'charges[0].section: the section is not text; expected a section in quotes, as section: "{section}"'
        in faults[0]
    )
    assert read(f"case: v1\n{CHARGE % f'section: {section!r}'}\n").charges[0].section == section


@pytest.mark.parametrize(
    "section", ["39-13-513", "20A.02", "13.40.213", "647(b)(1)", "18 U.S.C. 1591", "§ 944.17"]
)
def test_a_section_that_is_text_to_everyone_needs_no_quotes(section):
    assert read(f"case: v1\n{CHARGE % f'section: {section}'}\n").charges[0].section == section


@pytest.mark.parametrize("section", [43.10, 1591, True, date(2024, 1, 1)])
def test_a_section_that_is_no_text_in_python_or_json_is_refused(section):
    charge = {"id": "c1", "jurisdiction": "US-TX", "section": section}
    assert "in quotes" in refused({"case": "v1", "charges": [charge]})[0]
    if not isinstance(section, date):
        assert "in quotes" in refused(json.dumps({"case": "v1", "charges": [charge]}))[0]


@pytest.mark.parametrize("word", RESERVED_IDS)
def test_keys_of_responses_cannot_name_a_charge(word):
    assert "cannot name a charge" in refused(f"case: v1\ncharges: [{{id: {word}, jurisdiction: US}}]")[0]


def test_two_charges_with_one_id():
    faults = refused(
        "case: v1\ncharges:\n  - {id: c1, jurisdiction: US}\n  - {id: c1, jurisdiction: US-TN}\n"
    )
    assert faults == [
        'line 4: charges[1].id: the id "c1" already names charges[0]; expected an id that no other charge has'
    ]


def test_doubled_keys():
    assert "the key stands twice, on line 1 and on line 2" in refused("case: v1\ncase: v1\n")[0]


def test_an_answer_about_a_charge_that_is_not_there():
    faults = refused(f"{TWO_CHARGES}responses: {{act.ordered_by_exploiter: {{c3: yes}}}}\n")
    assert (
        "responses.act.ordered_by_exploiter.c3: there is no charge with this id; expected one of c1, c2"
        in faults[0]
    )


def test_an_answer_about_the_act_needs_its_charge_where_there_are_two():
    faults = refused(f"{TWO_CHARGES}responses: {{act.ordered_by_exploiter: yes}}\n")
    assert "expected a map from charges to answers, such as {c1: yes}" in faults[0]


def test_an_answer_about_the_person_takes_no_charge():
    faults = refused(f"{ONE_CHARGE}responses: {{control.threats: {{c1: yes}}}}\n")
    assert "this item is about the person, not about one charge" in faults[0]


def test_a_birth_after_the_offense():
    text = "case: v1\nperson: {born: %s}\ncharges: [{id: c1, jurisdiction: US, date: {from: 2024-01-01, to: 2024-06-30}}]\n"
    assert "charges[0].date: the person was born after this date" in refused(text % "2024-07-01")[0]
    assert read(text % "{from: 2024-06-30, to: 2024-12-31}").person.born.end == date(2024, 12, 31)


def test_a_day_of_screening_is_needed():
    assert "as_of: the day of screening is missing" in refused("case: v1\n", today=None)[0]


@pytest.mark.parametrize("source", ["[]", "v1", "- case: v1", '"case"', b"[1]", "~"])
def test_what_is_no_case_file_at_all(source):
    assert "case: v1" in refused(source)[0]


@pytest.mark.parametrize("source", ["case: v2", "stage: trial", "case:", "{}"])
def test_another_version_or_none(source):
    assert any(
        "this is not a case file of a known version; expected case: v1" in fault for fault in refused(source)
    )


def test_broken_json_in_a_json_file_is_said_in_terms_of_json():
    assert "not readable as JSON" in refused('{"case": "v1"', file="case.json")[0]


def test_keys_that_are_not_text_and_marks_nobody_can_see():
    assert 'the key "1" is not text' in refused({"case": "v1", 1: 2})[0]
    charge = {"id": "c1", "jurisdiction": "US", "grade": "a\x00b"}
    assert "charges[0].grade: an unprintable character" in refused({"case": "v1", "charges": [charge]})[0]


def test_every_fault_is_said_at_once_in_the_order_of_the_file():
    faults = refused(
        """
case: v1
stage: chargin
charges:
  - {id: c1, jurisdiction: US-QQ, section: 43.10, date: 2024-02-30}
responses:
  control.threat: yes
  onset.age: old
needs: [bed]
""",
        file="case.yaml",
    )
    assert [fault.split(": ")[:2] for fault in faults] == [
        ["case.yaml:3", "stage"],
        ["case.yaml:5", "charges[0].jurisdiction"],
        ["case.yaml:5", "charges[0].section"],
        ["case.yaml:5", "charges[0].date"],
        ["case.yaml:7", "responses.control.threat"],
        ["case.yaml:8", "responses.onset.age"],
        ["case.yaml:9", "needs[0]"],
    ]


def test_large_files_are_refused_and_long_lists_do_not_drown_the_reader():
    assert refused("case: v1\n#" + "x" * 300_000) == ["the file is larger than 256 KiB"]
    charges = [{"id": f"c{i}", "jurisdiction": "US"} for i in range(201)]
    assert refused({"case": "v1", "charges": charges}) == [
        "charges: the list has 201 entries; expected at most 200"
    ]
    unknown = {f"control.threat{i}": "yes" for i in range(5_000)}
    assert len(refused({"case": "v1", "responses": unknown})) == 100


# What always holds

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20
).filter(str.strip)
TEXTS = WORDS.filter(lambda text: "\ufeff" not in text)
DAYS = st.dates(date(1950, 1, 1), date(2020, 12, 31))
ISO_DAYS = DAYS.map(date.isoformat)
RANGES = st.tuples(DAYS, DAYS).map(lambda ends: {"from": min(ends).isoformat(), "to": max(ends).isoformat()})
OPEN_DAYS = st.fixed_dictionaries({"from": ISO_DAYS}) | st.fixed_dictionaries({"to": ISO_DAYS})
NUMBERS = st.integers(-50, 120)
UNKNOWNS = st.sampled_from(["not_known", "not_asked", "declined", "not_applicable"])
YES_NO = st.sampled_from(["yes", "no", True, False])
VALUES = {
    ItemKind.BOOL: YES_NO | UNKNOWNS,
    ItemKind.NUMBER: NUMBERS | UNKNOWNS | st.fixed_dictionaries({"from": NUMBERS}),
    ItemKind.DATE: ISO_DAYS | RANGES | OPEN_DAYS | UNKNOWNS,
    ItemKind.CODE: st.sampled_from(["parent", "partner"]) | UNKNOWNS,
    ItemKind.CODES: st.lists(st.sampled_from(sorted(DATED_WORDS)), min_size=1, unique=True) | UNKNOWNS,
}
EVIDENCE = {
    "source": st.sampled_from([source.value for source in Source]),
    "dated": ISO_DAYS,
    "note": TEXTS,
    "author": TEXTS,
    "custody": YES_NO,
    "warned": YES_NO,
    "cleared": st.fixed_dictionaries({"by": TEXTS, "dated": ISO_DAYS}),
}
IDS = ["c1", "count 2", "c3"]


def _answers(shape):
    full = st.fixed_dictionaries({"value": VALUES[shape.kind]}, optional=EVIDENCE)
    one = full if shape.kind is ItemKind.CODES else full | VALUES[shape.kind]
    several = one | st.lists(full, min_size=1, max_size=3)
    return st.dictionaries(st.sampled_from(IDS), several, min_size=1) if shape.per_charge else several


@st.composite
def cases(draw):
    ids = IDS
    charge = st.fixed_dictionaries(
        {"jurisdiction": st.sampled_from(sorted(VOCABULARY.jurisdictions))},
        optional={
            "section": TEXTS,
            "class": st.sampled_from([word.value for word in OffenseClass]),
            "grade": TEXTS,
            "date": ISO_DAYS | RANGES | OPEN_DAYS,
            "mode": st.sampled_from([word.value for word in Mode]),
            "status": st.sampled_from([word.value for word in Status]),
        },
    )
    items = {item: _answers(shape) for item, shape in VOCABULARY.items.items()}
    optional = {
        "stage": st.sampled_from([word.value for word in Stage]),
        "person": st.just({"born": "1949-01-01"})
        | st.just({"age_on": {"date": "2020-01-01", "from": 14, "to": 90}}),
        "responses": st.fixed_dictionaries({}, optional=items),
        "noticed": st.datetimes(datetime(1950, 1, 1), datetime(2026, 1, 1)).map(datetime.isoformat),
        "needs": st.lists(st.sampled_from(sorted(VOCABULARY.needs)), unique=True),
        "place": st.fixed_dictionaries({}, optional={"county": TEXTS, "state": st.just("US-TN")}),
        "assume": st.dictionaries(st.sampled_from(ASSUMABLE), YES_NO),
    }
    case = draw(
        st.fixed_dictionaries({"case": st.just("v1"), "as_of": st.just("2026-01-01")}, optional=optional)
    )
    return {**case, "charges": [{"id": one, **draw(charge)} for one in ids]}


SCHEMA = case_schema(VOCABULARY)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@given(cases())
def test_a_case_written_out_and_read_again_is_the_same(mapping):
    case = read(mapping, today=None)
    written = case.to_dict()
    assert read(written, today=None) == case
    assert read(json.dumps(written), today=None) == case
    assert read(written, today=None).to_dict() == written


@given(cases())
def test_what_is_read_is_what_the_schema_allows(mapping):
    VALIDATOR.validate(mapping)
    VALIDATOR.validate(read(mapping).to_dict())


def test_the_schema_is_a_schema():
    VALIDATOR.check_schema(SCHEMA)


SPOILERS = st.sampled_from(
    [None, 1, 2.5, "", "nonsense", [], {}, [None], {"x": 1}, {"from": "2020-01-01"}, True]
)


@given(
    cases(),
    st.sampled_from(["stage", "person", "charges", "responses", "noticed", "needs", "place", "assume", "x"]),
    SPOILERS,
)
def test_what_the_schema_refuses_is_refused(mapping, key, spoiler):
    spoilt = {**mapping, key: spoiler}
    if not VALIDATOR.is_valid(spoilt):
        with pytest.raises(CaseError):
            read(spoilt)


@given(st.binary() | st.text())
def test_no_bytes_raise_anything_but_a_case_error(source):
    assert read_or_refuse(source)


KEYS = st.sampled_from(
    [
        "case",
        "as_of",
        "person",
        "charges",
        "responses",
        "place",
        "assume",
        "needs",
        "noticed",
        "id",
        "value",
        "from",
        "date",
        "age_on",
        "c1",
        "section",
        "jurisdiction",
        *VOCABULARY.items,
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | DAYS
    | KEYS
    | st.just("v1")
    | st.binary()
)
SHAPES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | LEAVES, inner, max_size=4)
)


@given(st.dictionaries(KEYS, SHAPES))
def test_no_mapping_raises_anything_but_a_case_error(mapping):
    assert read_or_refuse({"case": "v1", **mapping})


@given(SHAPES)
def test_no_responses_raise_anything_but_a_case_error(answer):
    for item in VOCABULARY.items:
        charges = [{"id": "c1", "jurisdiction": "US"}]
        assert read_or_refuse({"case": "v1", "charges": charges, "responses": {item: answer}})
