"""The packed law as something to sweep: for each protection the example that shows most of it, changed one thing at a time."""

import json
from datetime import date, timedelta
from functools import cache

from screening import READERS, load_case, load_packs, screen
from screening.conditions import facts_of
from screening.explanation.report import report
from tests.law.examples import _plain as plain
from tests.law.examples import rows
from tests.screening.cases import TODAY

PACKS = load_packs()
OWN = {one.rule.id: (pack, one) for pack in PACKS.law.values() for one in pack.protections}
VISIBLE = [name for name, (_, one) in OWN.items() if not one.rule.is_hidden]
AGED = [name for name in VISIBLE if OWN[name][1].rule.age]
STARTED = [name for name in VISIBLE if OWN[name][1].rule.period.start]
STATES = [name for name in PACKS.law if name.startswith("US-")]
DAY = timedelta(days=1)
ITEMS = PACKS.questionnaire.items


def screening_of(case, reader="prosecutor"):
    return _screened(json.dumps(case, default=str), reader)


@cache
def _screened(text, reader):
    case = load_case({"case": "v1", **json.loads(text)}, today=TODAY, packs=PACKS)
    return screen(case, PACKS, reader=reader)


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


def untouched(result, said):
    """The findings of a charge whose law reads none of the facts that `said` speaks of."""
    facts = {ITEMS[name].fact for name in said}
    return [
        one.to_dict()
        for one in result.findings
        if not facts & {fact for row in OWN[one.protection][1].elements for fact in facts_of(row.tree)}
    ]


@cache
def texts(name):
    """Everything said of a protection's example to each of the three readers."""
    results = [(reader, screening_of(bases()[name], reader)) for reader in READERS]
    return [
        (reader, report(one, PACKS) + json.dumps(one.to_dict(), ensure_ascii=False))
        for reader, one in results
    ]
