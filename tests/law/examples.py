"""Reads the golden examples of the law packs and says where a screening differs from what the text gives."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from screening import load_case, load_packs
from screening.case import Case
from screening.conditions import facts_of
from screening.rules.finding import ChargeResult, DutyFinding
from screening.rules.prepared import PreparedPack
from screening.rules.screen import Judged, judge

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 24)


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every example with a name that says which file and which protection it speaks of.

    `each` makes one example of every value it lists: of the charge (`section`, `grade`, `class`, `mode`, `date`), of the
    person (`born`), of one answer (by its item), of facts that are `yes` or `no`, or of whole `responses`. The name of a
    building block stands for every fact that it reads.
    """
    for file in sorted(FOLDER.glob("*.yaml")):
        for row in yaml.safe_load(file.read_text(encoding="utf-8")):
            for said, one in _each(row):
                yield f"{file.stem}: {row['protection']}: {row['name']}{said}", one


def _each(row: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if "each" not in row:
        yield "", {**row, "case": _spelled(row["case"])}
        return
    ((key, values),) = row["each"].items()
    kind = str(_word(key))
    for value in values:
        case = row["case"]
        if kind in ("yes", "no", "responses") or "." in kind:
            said = value if kind == "responses" else {kind: value} if "." in kind else {value: kind}
            changed = {**case, "responses": {**case.get("responses", {}), **said}}
        elif kind == "born":
            changed = {**case, "person": {"born": value}}
        else:
            changed = {**case, "charges": [{**case["charges"][0], kind: value}, *case["charges"][1:]]}
        yield f" ({value})", {**row, "case": _spelled(changed)}


def _spelled(case: dict[str, Any]) -> dict[str, Any]:
    """The case with every fact of a building block answered where its answers stand under the name of the block."""
    blocks = {block.name: sorted(facts_of(block.test)) for block in load_packs().blocks}
    answers = case.get("responses", {}).items()
    said = [(fact, value) for name, value in answers for fact in blocks.get(name, [name])]
    return {**case, "responses": dict(said)} if said else case


def case_of(row: dict[str, Any]) -> Case:
    """The case of an example."""
    return load_case({"case": "v1", **_plain(row["case"])}, today=TODAY)


def differences(
    row: dict[str, Any], law: Mapping[str, PreparedPack] | None = None, case: Case | None = None
) -> list[str]:
    """What differs between an example and the screening of its case; empty when all holds.

    `law` None: the shipped packs. `case` is the case of the example where it was read already.
    """
    packs = load_packs()
    reader = row.get("reader", "prosecutor")
    result = judge(case or case_of(row), law or packs.law, packs.questionnaire, reader=reader)
    expect = row["expect"]
    charge = next((one for one in result.charges if one.id == row.get("charge", result.charges[0].id)), None)
    if charge is None:
        return ["no such charge"]
    seen: dict[str, object] = {
        "finding": finding_word(charge, row["protection"]),
        "result": charge.result.value,
        "at_least": charge.at_least.value,
        "at_most": charge.at_most.value,
        **_shape(charge, row["protection"]),
        "truth": _truth(charge, row["protection"]),
        "guards_part_2": [one["citation"] for one in charge.evidence_rules if one["gate"]],
    }
    wrong = [
        f"{key}: expected {_word(expect[key])}, found {seen[key]}"
        for key in seen
        if key in expect and _word(expect[key]) != seen[key]
    ]
    return [*wrong, *_elements(charge, row), *_around(result, charge, expect)]


def finding_word(charge: ChargeResult, protection: str) -> str:
    """The result of a finding, or the list beside the bounds in which the protection stands, or `hidden`."""
    for name, lines in (
        ("later_law", charge.later_law),
        ("later_relief", charge.later_relief),
        ("route", charge.routes),
        ("beside", charge.beside),
    ):
        if any(line.protection == protection for line in lines):
            return name
    return next((one.result.value for one in charge.findings if one.protection == protection), "hidden")


def _shape(charge: ChargeResult, protection: str) -> dict[str, object]:
    """What kind of help a provision gives and which steps it closes; a line beside the bounds closes none."""
    for line in (*charge.routes, *charge.later_relief, *charge.later_law):
        if line.protection == protection:
            return {"mechanism": line.mechanism}
    finding = next((one for one in charge.findings if one.protection == protection), None)
    return {"mechanism": finding.mechanism, "bars": list(finding.bars)} if finding else {}


def _truth(charge: ChargeResult, protection: str) -> str:
    """How far a provision that stands beside the bounds is shown: yes, unknown, or none where it is not listed."""
    lines = (*charge.routes, *charge.later_relief, *charge.later_law)
    return next((line.truth for line in lines if line.protection == protection), "none")


def _elements(charge: ChargeResult, row: dict[str, Any]) -> list[str]:
    wanted = row["expect"].get("elements", {})
    finding = next((one for one in charge.findings if one.protection == row["protection"]), None)
    if not wanted or finding is None:
        return ["no finding to compare elements with"] if wanted else []
    names = {"scope": "offense", "period": "in force"}
    truths = {one.name: one.truth for one in finding.elements} | {
        one.kind: one.truth for one in finding.elements if one.kind not in ("conditions", "forum", "report")
    }
    return [
        f"element {name}: expected {_word(value)}, found {truths.get(names.get(name, name), 'missing')}"
        for name, value in wanted.items()
        if truths.get(names.get(name, name)) != _word(value)
    ]


def _around(result: Judged, charge: ChargeResult, expect: dict[str, Any]) -> Iterator[str]:
    """Duties by their state (`duty`) and by who owes them in which time (`owes`); rules about statements (`evidence`)."""
    duties = {duty.id: duty for duty in result.duties}
    rules = {str(one["citation"]): one["truth"] for one in charge.evidence_rules}
    for kind, wanted, found in (
        ("duty", expect.get("duty", {}), {name: duty.state for name, duty in duties.items()}),
        ("owes", expect.get("owes", {}), {name: _owed(duty) for name, duty in duties.items()}),
        ("evidence", expect.get("evidence", {}), rules),
    ):
        for name, value in wanted.items():
            if found.get(name, "none") != _word(value):
                yield f"{kind} {name}: expected {_word(value)}, found {found.get(name, 'none')}"


def _owed(duty: DutyFinding) -> str:
    return duty.who if duty.within_hours is None else f"{duty.who} within {duty.within_hours} hours"


def _word(value: object) -> object:
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


def _plain(value: object) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value
