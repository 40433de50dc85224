"""Runs the rules over what is kept, and keeps what they said: facts, condition values, results and the packs used."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from sqlalchemy import insert

from app.actions.archive import archived_packs, keep_archive
from app.actions.work import Work
from app.keys import DataKey
from app.store.base import new_id
from app.store.judgements import JudgedCharge, JudgedFact, JudgedFinding, Judgement
from screening import Case, Packs, Screening, screen
from screening.case import Source
from screening.conditions import FactValue
from screening.conditions.compiled import is_range
from screening.packs import without
from screening.questionnaire import Evidence
from screening.questionnaire.words import Viewer
from screening.result import ENGINE
from screening.rules.finding import Finding

TRUTH_BYTES = {"no": 0, "unknown": 1, "yes": 2, "presumed": 3}


def judge_and_keep(
    work: Work, screening_id: UUID, version: int, case: Case, key: DataKey
) -> tuple[UUID, Screening]:
    """Screens a version for the side that keeps it, and stores it whole. Gives the judgement's id and the screening."""
    reader = "advocate" if work.own is work.sides.community else "prosecutor"
    result = screen(case, work.packs, reader=reader)
    judgement_id = new_id()
    keep_archive(work.db, work.archive, work.now)
    row = _judgement(work, judgement_id, result, key)
    work.db.execute(insert(Judgement), [{**row, "screening_id": screening_id, "version": version}])
    ids: dict[str, object] = {"judgement_id": judgement_id, "screening_id": screening_id}
    charges = [{**ids, **row} for row in _charges(result)]
    facts = [{**ids, **row} for row in _facts(result, key, work.packs)]
    findings = [{**ids, **row} for row in _findings(result)]
    for table, rows in ((JudgedCharge, charges), (JudgedFact, facts), (JudgedFinding, findings)):
        if rows:
            work.db.execute(insert(table), rows)
    return judgement_id, result


def kept_result(judgement: Judgement, key: DataKey) -> dict[str, object]:
    """The `screening.v1` exactly as it was found."""
    shape: dict[str, object] = json.loads(key.open(judgement.sealed, f"judgement/{judgement.id}"))
    return shape


def packs_of(work: Work, judgement: Judgement) -> Packs:
    """The packs that a judgement was made with, entries withdrawn then left out: those loaded now or those of the archive."""
    hidden = frozenset(read_entry(one) for one in judgement.hidden)
    is_same = judgement.archive == work.archive.digest
    if is_same and hidden_in(work.packs, judgement.packs) == judgement.hidden:
        return work.packs
    return without(archived_packs(work.db, judgement.archive), hidden)


def names_in(shape: Mapping[str, object]) -> frozenset[str]:
    """The entries of the law that a `screening.v1` speaks of anywhere."""
    charges = shape.get("charges")
    lists = ("findings", "routes", "beside", "later_relief", "later_law")
    return frozenset(
        str(one["protection"])
        for charge in (charges if isinstance(charges, list) else ())
        for name in lists
        for one in charge[name]
    )


def hidden_in(packs: Packs, used: Iterable[Mapping[str, object]]) -> list[str]:
    """The withdrawn entries of the packs that a judgement used, as they are written beside it."""
    names = {one["id"] for one in used}
    return sorted(f"{place}/{entry}" for place, entry in packs.withdrawn if place in names)


def read_entry(text: str) -> tuple[str, str]:
    """Jurisdiction and id of an entry."""
    place, _, entry = text.partition("/")
    return place, entry


def _judgement(work: Work, judgement_id: UUID, result: Screening, key: DataKey) -> dict[str, object]:
    shape = result.to_dict()
    text = json.dumps(shape, ensure_ascii=False, separators=(",", ":"))
    return {
        "id": judgement_id,
        "reader": result.reader,
        "as_of": result.case.as_of,
        "engine": ENGINE,
        "packs": shape["packs"],
        "archive": work.archive.digest,
        "hidden": hidden_in(work.packs, result.packs),
        "flag": result.judged.flag.state.value,
        "sealed": key.seal(text, f"judgement/{judgement_id}"),
        "at": work.now,
    }


def _charges(result: Screening) -> Iterator[dict[str, object]]:
    for one in result.charges:
        matter = result.judged.matters.get(one.id)
        yield {
            "charge": one.id,
            "result": one.result.value,
            "at_least": one.at_least.value,
            "at_most": one.at_most.value,
            "conditions": zlib.compress(bytes(matter.pack.evaluate(matter.facts))) if matter else b"",
        }


def _findings(result: Screening) -> Iterator[dict[str, object]]:
    for charge in result.charges:
        for number, one in enumerate(charge.findings):
            yield {
                "charge": charge.id,
                "protection": one.protection,
                "number": number,
                "mechanism": one.mechanism,
                "result": one.result.value,
                "truths": truth_bytes(one),
            }


def truth_bytes(finding: Finding) -> bytes:
    """The truths of the elements, one byte each."""
    return bytes(TRUTH_BYTES[element.truth] for element in finding.elements)


def _facts(result: Screening, key: DataKey, packs: Packs) -> Iterator[dict[str, object]]:
    base = result.judged.facts
    for name, value in base.person.items():
        yield _fact("", name, value, key, is_private=_is_private(base.evidence.get((name, None), ()), packs))
    for charge, matter in result.judged.matters.items():
        for name, value in matter.facts.items():
            if base.person.get(name) != value:
                private = _is_private(base.evidence.get((name, charge), ()), packs)
                yield _fact(charge, name, value, key, is_private=private)


def _is_private(evidence: tuple[Evidence, ...], packs: Packs) -> bool:
    """Own statements, and what the justice side does not see, stand sealed and not in columns."""
    items = packs.questionnaire.items
    return any(
        one.source is Source.OWN_STATEMENT or Viewer.PROSECUTOR not in items[one.item].visible_to
        for one in evidence
    )


def _fact(charge: str, name: str, value: FactValue, key: DataKey, *, is_private: bool) -> dict[str, object]:
    columns = _columns(value)
    row: dict[str, object] = {
        "charge": charge,
        "fact": name,
        "low": None,
        "high": None,
        "codes": None,
        "sealed": None,
    }
    if is_private:
        return {**row, "sealed": key.seal(json.dumps(columns), f"fact/{charge}/{name}")}
    return {**row, **columns}


def _columns(value: FactValue) -> Mapping[str, object]:
    if isinstance(value, int):
        return {"low": int(value), "high": int(value)}
    if is_range(value):
        return {"low": value[0], "high": value[1]}
    if isinstance(value, frozenset):
        return {"codes": json.dumps(sorted(value))}
    sure, may_hold = value
    surely = sorted(map(str, sure)) if isinstance(sure, frozenset) else []
    return {"codes": json.dumps([surely, sorted(may_hold) if isinstance(may_hold, frozenset) else None])}
