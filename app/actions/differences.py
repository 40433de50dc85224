"""What has changed between two judgements, or between a judgement and what would be found today."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.judging import TRUTH_BYTES, truth_bytes
from app.actions.work import Work
from app.keys import DataKey
from app.store import judgements as store
from app.store.duties import offices_in_charge
from app.store.judgements import JudgedFact, get_judgement
from app.store.outbox import post
from app.store.screenings import ScreeningHead
from screening import Screening

Key = TypeVar("Key")
Bounds = tuple[str, str, str]
"""Result, at least, at most."""

_WORDS = {number: word for word, number in TRUTH_BYTES.items()}


@dataclass(frozen=True, slots=True)
class Found:
    """The flag, the bounds of each charge, and each finding with the truths of its elements."""

    flag: str
    charges: Mapping[str, Bounds]
    findings: Mapping[tuple[str, str], tuple[str, bytes]]


def found_then(db: Session, judgement_id: UUID) -> Found:
    """What a stored judgement found."""
    judgement = get_judgement(db, judgement_id)
    return Found(
        judgement.flag if judgement else "",
        {one.charge: (one.result, one.at_least, one.at_most) for one in store.charges_of(db, judgement_id)},
        {
            (one.charge, one.protection): (one.result, one.truths)
            for one in store.findings_of(db, judgement_id)
        },
    )


def found_now(result: Screening) -> Found:
    """What a screening found that was just made."""
    return Found(
        result.judged.flag.state.value,
        {one.id: (one.result.value, one.at_least.value, one.at_most.value) for one in result.charges},
        {
            (charge.id, one.protection): (one.result.value, truth_bytes(one))
            for charge in result.charges
            for one in charge.findings
        },
    )


def moved(old: Found, new: Found, charge: str | None = None) -> list[str]:
    """What differs, by name: `flag`, `charge:c1`, `finding:c1/…`. With a charge, what is said of that one alone."""
    flag = ["flag"] if charge is None and old.flag != new.flag else []
    charges = [
        f"charge:{one}"
        for one in _either(old.charges, new.charges)
        if charge in (None, one) and old.charges.get(one) != new.charges.get(one)
    ]
    findings = [
        f"finding:{one[0]}/{one[1]}"
        for one in _either(old.findings, new.findings)
        if charge in (None, one[0]) and old.findings.get(one) != new.findings.get(one)
    ]
    return [*flag, *charges, *findings]


def facts_moved(db: Session, key: DataKey, old: UUID, new: UUID) -> list[str]:
    """The facts that two judgements read differently, by name; what they are is not said."""
    before, after = _facts(db, key, old), _facts(db, key, new)
    return [
        f"fact:{fact}" + (f"@{charge}" if charge else "")
        for charge, fact in _either(before, after)
        if before.get((charge, fact)) != after.get((charge, fact))
    ]


def stale_since(work: Work, key: DataKey, judgement_id: UUID, current: UUID | None) -> list[str]:
    """Why an output of the whole screening (a view, a memo, an export) that rests on a judgement is out of date.

    Empty where nothing it rests on differs: flag, bounds, findings and facts are as they were.
    """
    if current is None or current == judgement_id:
        return []
    found = moved(found_then(work.db, judgement_id), found_then(work.db, current))
    return [*found, *facts_moved(work.db, key, judgement_id, current)]


def tell_changes(work: Work, head: ScreeningHead, before: UUID | None, result: Screening) -> None:
    """Lets the programs of the offices in charge know that the bounds of a charge are no longer what they were."""
    if before is None or found_then(work.db, before).charges == found_now(result).charges:
        return
    for office_id in offices_in_charge(work.db, head.screening_id, work.now):
        post(
            work.db,
            "finding-changed",
            "screening",
            head.screening_id,
            office_id=office_id,
            at=work.now,
        )


def shown(old: Found, new: Found, *, findings: bool) -> dict[str, object]:
    """The difference as it is shown: the flag and each charge, old beside new; findings that changed where they are seen."""
    return {
        "changed": bool(moved(old, new)),
        "flag": {"old": old.flag, "new": new.flag},
        "charges": [
            {
                "charge": one,
                "changed": bool(moved(old, new, one)),
                "old": _bounds(old.charges.get(one)),
                "new": _bounds(new.charges.get(one)),
                "findings": _findings(old, new, one) if findings else [],
            }
            for one in _either(old.charges, new.charges)
        ],
    }


def _findings(old: Found, new: Found, charge: str) -> list[dict[str, object]]:
    changed = [
        one
        for one in _either(old.findings, new.findings)
        if one[0] == charge and old.findings.get(one) != new.findings.get(one)
    ]
    return [
        {
            "protection": one[1],
            "old": _finding(old.findings.get(one)),
            "new": _finding(new.findings.get(one)),
        }
        for one in changed
    ]


def _bounds(bounds: Bounds | None) -> dict[str, object] | None:
    return dict(zip(("result", "at_least", "at_most"), bounds, strict=True)) if bounds else None


def _finding(finding: tuple[str, bytes] | None) -> dict[str, object] | None:
    return {"result": finding[0], "truths": [_WORDS[one] for one in finding[1]]} if finding else None


def _facts(db: Session, key: DataKey, judgement_id: UUID) -> dict[tuple[str, str], object]:
    return {(one.charge, one.fact): _value(one, key) for one in store.facts_of(db, judgement_id)}


def _value(one: JudgedFact, key: DataKey) -> object:
    if one.sealed is not None:
        return json.loads(key.open(one.sealed, f"fact/{one.charge}/{one.fact}"))
    columns = {"low": one.low, "high": one.high, "codes": one.codes}
    return {name: value for name, value in columns.items() if value is not None}


def _either(old: Mapping[Key, object], new: Mapping[Key, object]) -> list[Key]:
    return list(dict.fromkeys([*old, *new]))
