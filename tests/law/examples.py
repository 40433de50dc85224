"""Reads the golden examples of the law packs and says where a screening differs from what the text gives."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from screening import load_case, load_packs, screen
from screening.result import Screening

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 24)


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every example with a name that says which file and which protection it speaks of."""
    for file in sorted(FOLDER.glob("*.yaml")):
        for row in yaml.safe_load(file.read_text(encoding="utf-8")):
            yield f"{file.stem}: {row['protection']}: {row['name']}", row


def differences(row: dict[str, Any]) -> list[str]:
    """What differs between an example and the screening of its case; empty when all holds."""
    case = load_case({"case": "v1", **_plain(row["case"])}, today=TODAY)
    result = screen(case, load_packs(), reader=row.get("reader", "prosecutor"))
    expect = row["expect"]
    charge = next((one for one in result.charges if one.id == row.get("charge", result.charges[0].id)), None)
    if charge is None:
        return ["no such charge"]
    seen: dict[str, object] = {
        "finding": finding_word(result, charge.id, row["protection"]),
        "result": charge.result.value,
        "at_least": charge.at_least.value,
        "at_most": charge.at_most.value,
    }
    wrong = [
        f"{key}: expected {_word(expect[key])}, found {seen[key]}"
        for key in seen
        if key in expect and _word(expect[key]) != seen[key]
    ]
    wrong += _elements(result, charge.id, row)
    states = {duty.id: duty.state for duty in result.duties}
    wrong += [
        f"duty {name}: expected {state}, found {states.get(name, 'none')}"
        for name, state in expect.get("duty", {}).items()
        if states.get(name, "none") != state
    ]
    return wrong


def finding_word(result: Screening, charge_id: str, protection: str) -> str:
    """The result of a finding, or the list beside the bounds in which the protection stands, or `hidden`."""
    charge = next(one for one in result.charges if one.id == charge_id)
    for name, lines in (
        ("later_law", charge.later_law),
        ("later_relief", charge.later_relief),
        ("route", charge.routes),
        ("beside", charge.beside),
    ):
        if any(line.protection == protection for line in lines):
            return name
    return next((one.result.value for one in charge.findings if one.protection == protection), "hidden")


def _elements(result: Screening, charge_id: str, row: dict[str, Any]) -> list[str]:
    wanted = row["expect"].get("elements", {})
    charge = next(one for one in result.charges if one.id == charge_id)
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


def _word(value: object) -> object:
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


def _plain(value: object) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value
