"""The schema of the law against the hardest texts found: each is written as a pack would write it, and screened."""

import json
from datetime import date
from pathlib import Path
from shutil import copy

import pytest
import yaml
from pydantic import ValidationError

from screening import load_case
from screening.conditions import FactValue
from screening.law.load import SHIPPED, load_law
from screening.law.model import Element
from screening.questionnaire.responses import FactBase
from screening.rules.charge import charge_result, matter_of
from screening.rules.duties import duties_of
from screening.rules.prepared import prepare
from screening.truth import Truth

FOLDER = Path(__file__).parent / "schema"
FILES = sorted(FOLDER.glob("*.yaml"))
TODAY = date(2026, 11, 24)
SOURCE = {"url": "https://example.org/law", "version": "as researched", "seen": "secondary"}


def texts():
    """Every case of every file, under the name of its jurisdiction."""
    for file in FILES:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        yield from ((content, row) for row in content["cases"])


def prepared(content, folder):
    """The pack of a file, read from disk as packs are, with a source in each entry and nothing said of the rest of the law."""
    for name in ("packs", "offenses"):
        (folder / name).mkdir()
    copy(SHIPPED / "blocks.yaml", folder)
    law = {
        "jurisdiction": content["jurisdiction"],
        "name": content["jurisdiction"],
        "version": "1",
        "checked": TODAY,
        "text_as_of": "as researched",
        "reach": {},
        "protections": [{"sources": [SOURCE], **one} for one in content["protections"]],
        "duties": [{"sources": [SOURCE], **one} for one in content.get("duties", [])],
    }
    catalog = {
        "text_as_of": "as researched",
        **{key: content[key] for key in ("jurisdiction", "cite_prefix", "offenses")},
        **{key: content[key] for key in ("codes", "lists") if key in content},
    }
    for name, document in (("packs", law), ("offenses", catalog)):
        (folder / name / "one.yaml").write_text(json.dumps(document, default=str), encoding="utf-8")
    loaded, _ = load_law(folder)
    return prepare(loaded[content["jurisdiction"]])


def known(value: object) -> FactValue:
    """A fact as a screening holds it: yes or no, a number, or a code."""
    if isinstance(value, bool):
        return Truth.YES if value else Truth.NO
    return (value, value) if isinstance(value, int) else frozenset({str(value)})


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    """One pack for each file, by its jurisdiction."""
    contents = {content["jurisdiction"]: content for content, _ in texts()}
    return {name: prepared(content, tmp_path_factory.mktemp(name)) for name, content in contents.items()}


def screened(content, row, pack):
    """What the rules say of one case: the charge's result and the duties."""
    charge = {"id": "c1", "jurisdiction": content["jurisdiction"], **row["charge"]}
    given = {key: row[key] for key in ("person", "stage", "assume") if key in row}
    case = load_case(
        {"case": "v1", "as_of": str(row.get("as_of", TODAY)), "charges": [charge], **given}, today=TODAY
    )
    facts = {name: known(value) for name, value in row.get("facts", {}).items()}
    base = FactBase(facts, {}, {}, (), 0, ())
    matter = matter_of(case, case.charges[0], pack, base)
    return charge_result(matter, {}, ()), duties_of([pack], {"c1": matter.facts}, None)


def word_of(result, protection):
    """The result of a finding, or the list beside the bounds in which the entry stands, or `none`."""
    lists = {"route": result.routes, "later_relief": result.later_relief, "later_law": result.later_law}
    beside = (name for name, lines in lists.items() if any(line.protection == protection for line in lines))
    found = (one.result.value for one in result.findings if one.protection == protection)
    return next(beside, None) or next(found, "none")


@pytest.mark.parametrize(
    ("content", "row"),
    [pytest.param(*one, id=f"{one[0]['jurisdiction']}: {one[1]['name']}") for one in texts()],
)
def test_the_schema_holds(content, row, packs):
    result, duties = screened(content, row, packs[content["jurisdiction"]])
    expect = dict(row["expect"])
    for name in ("result", "at_least", "at_most"):
        if name in expect:
            assert getattr(result, name).value == expect.pop(name)
    assert {one.id: one.state for one in duties if one.id in expect.get("duty", {})} == expect.pop("duty", {})
    wanted = expect.pop("routes", {})
    assert {line.protection: line.truth for line in result.routes if line.protection in wanted} == wanted
    wanted, first = expect.pop("elements", {}), next(iter(expect), None)
    truths = {
        part.kind: part.truth for one in result.findings if one.protection == first for part in one.elements
    }
    assert {kind: truths.get(kind) for kind in wanted} == wanted
    assert {protection: word_of(result, protection) for protection in expect} == expect


def test_only_what_a_fact_can_contradict_is_presumed():
    open_point = {"open": "The words were not read."}
    with pytest.raises(ValidationError, match="cannot be presumed"):
        Element.model_validate({"name": "exit", "says": "no exit", "test": open_point, "presumed": True})


def test_an_unconfirmed_element_is_never_presumed(tmp_path):
    content = next(content for content, _ in texts() if content["jurisdiction"] == "US-KY")
    rule = next(one for one in content["protections"] if one["id"] == "us-ky-630.125-held")
    unsure = {**rule, "elements": [{**one, "confidence": "recall"} for one in rule["elements"]]}
    row = next(row for row in content["cases"] if row["expect"].get(rule["id"]) == "presumptively_barred")
    result, _ = screened(content, row, prepared({**content, "protections": [unsure]}, tmp_path))
    assert word_of(result, rule["id"]) == "cannot_tell"


def test_each_hard_text_has_a_case():
    contents = {content["jurisdiction"]: content for content, _ in texts()}.values()
    rules = [one for content in contents for one in (*content["protections"], *content.get("duties", []))]
    written = {one["id"] for one in rules if one.get("mechanism") != "presumption"}
    named = {name for _, row in texts() for name in (*row["expect"], *row["expect"].get("duty", {}))}
    assert written <= named
    assert len(written) >= 40
