"""Screens the case files with the shipped packs and says where a result differs from what the law and the facts give."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from screening import Screening, load_case, load_packs, screen
from screening.questionnaire import role_prompt
from screening.reading import read_yaml
from screening.rules.finding import ChargeResult

FOLDER = Path(__file__).parent
EXPECTED = FOLDER / "expected.yaml"
FILES = tuple(sorted(path.name for path in FOLDER.glob("*.yaml") if path != EXPECTED))


def value_of(name: str) -> Any:
    """The mapping in one case file; every scalar is text, as the program reads it."""
    return read_yaml((FOLDER / name).read_text(encoding="utf-8"), file=name).value


@cache
def replayed(name: str, reader: str = "prosecutor") -> Screening:
    """The screening of one case file."""
    return screen_of(value_of(name), reader)


def screen_of(case: Mapping[str, object], reader: str = "prosecutor") -> Screening:
    """The screening of a case given as a mapping."""
    return screen(load_case(case), load_packs(), reader=reader)


@cache
def expectations() -> dict[str, Any]:
    """What each file has to give, by its name; every scalar is text."""
    rows = read_yaml(EXPECTED.read_text(encoding="utf-8"), file=EXPECTED.name).value
    assert isinstance(rows, list)
    return {str(row["file"]): row for row in rows}


def differences(name: str) -> list[str]:
    """Every point on which the screening of a file differs from its entry."""
    expect = expectations()[name]["expect"]
    wrong = [f"prosecutor: {line}" for line in _differs(replayed(name), expect)]
    for reader, wanted in expect.get("readers", {}).items():
        wrong += [f"{reader}: {line}" for line in _differs(replayed(name, reader), wanted)]
    return wrong


def _differs(result: Screening, expect: Mapping[str, Any]) -> Iterator[str]:
    yield from _whole(result, expect)
    charges = {one.id: one for one in result.charges}
    for name, wanted in expect.get("charges", {}).items():
        yield from (f"{name}: {line}" for line in _charge(charges[name], wanted))
    for rule in expect.get("rules_everywhere", []):
        yield from (f"{one.id}: no rule {rule}" for one in result.charges if rule not in _rules(one))


def _whole(result: Screening, expect: Mapping[str, Any]) -> Iterator[str]:
    flag = result.judged.flag
    seen = {
        "flag": flag.state.value,
        "rests_on_accusation": _word(flag.rests_on_accusation),
        "withheld": str(result.judged.facts.withheld),
        "clashes": sorted({clash.fact for clash in result.judged.facts.clashes}),
        "open_law": [one.id for one in result.charges if one.open_law],
        "assumed": _word(any(one.assumed for charge in result.charges for one in charge.findings)),
        "look_first": _word(role_prompt(result.case, result.judged.facts).look_first),
    }
    yield from _compared(seen, expect)
    states = {one.id: one.state for one in result.duties}
    yield from _lines("duty", expect.get("duties", {}), states, missing="none")
    marks = {one.id: one.mark.value for one in result.alternatives}
    yield from _lines("alternative", expect.get("alternatives", {}), marks)
    asked = [one.item for one in result.next_items]
    if expect.get("next") == "nothing":
        yield from (f"next: {item} is asked, expected nothing" for item in asked)
    else:
        yield from (f"next: {item} is not asked" for item in expect.get("next", []) if item not in asked)


def _charge(charge: ChargeResult, expect: Mapping[str, Any]) -> Iterator[str]:
    seen = {
        "result": charge.result.value,
        "at_least": charge.at_least.value,
        "at_most": charge.at_most.value,
        "law_complete": _word(charge.law_complete),
        "confidence": charge.at_least_confidence,
        "later_law": sorted(one.protection for one in charge.later_law),
    }
    yield from _compared(seen, expect)
    findings = {one.protection: one.result.value for one in charge.findings}
    yield from _lines("finding", expect.get("findings", {}), findings)
    for name, wanted in expect.get("elements", {}).items():
        parts = next((one.elements for one in charge.findings if one.protection == name), ())
        truths = {key: one.truth for one in parts for key in (one.kind, one.name)}
        yield from _lines(f"{name}", wanted, truths)
    lists = {
        "said": {str(one["point"]) for one in charge.said},
        "later_relief": {one.protection for one in charge.later_relief},
        "routes": {one.protection for one in charge.routes},
        "beside": {one.protection for one in charge.beside},
        "rules": _rules(charge),
    }
    for key, held in lists.items():
        yield from (
            f"{key}: {item} is missing, found {sorted(held)}"
            for item in expect.get(key, [])
            if item not in held
        )


def _compared(seen: Mapping[str, object], expect: Mapping[str, Any]) -> Iterator[str]:
    yield from (
        f"{key}: expected {expect[key]}, found {found}"
        for key, found in seen.items()
        if key in expect and expect[key] != found
    )


def _lines(
    kind: str, wanted: Mapping[str, str], seen: Mapping[str, str], missing: str = "nothing"
) -> Iterator[str]:
    for key, word in wanted.items():
        if seen.get(key, missing) != word:
            yield f"{kind} {key}: expected {word}, found {seen.get(key, missing)}"


def _rules(charge: ChargeResult) -> set[str]:
    return {str(one["citation"]) for one in charge.evidence_rules}


def _word(value: bool) -> str:
    return "yes" if value else "no"
