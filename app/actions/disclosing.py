"""Keeps the disclosure register, and makes the full export of a screening for one recipient, as far as the actor sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.access import Permission, Sight
from app.actions import reading
from app.actions.judging import packs_of
from app.actions.reading import Kept
from app.actions.work import Work
from app.store.base import new_id
from app.store.disclosures import Disclosure, list_disclosures
from app.store.judgements import Judgement, get_judgement
from screening import Screening, screen
from screening.explanation.report import report

FULL = "full export of the screening"


@dataclass(frozen=True, slots=True)
class Export:
    """One export: the mark that stands on every page of it, what it holds, and its findings in words."""

    mark: Mapping[str, str]
    shape: Mapping[str, object]
    text: str


def disclose(work: Work, screening_id: UUID, entry_id: UUID, words: Mapping[str, str]) -> Disclosure:
    """Notes that an item was produced to somebody, or withheld from them, and why; `words` are the register's columns."""
    work.require(Permission.DISCLOSURE_KEEP)
    return _entry(work, reading.reach(work, screening_id), entry_id, words)


def register(work: Work, screening_id: UUID) -> list[dict[str, object]]:
    """What the actor's office handed over of a screening, or withheld."""
    work.require(Permission.DISCLOSURE_KEEP)
    reading.reach(work, screening_id)
    return [as_dict(one) for one in list_disclosures(work.db, screening_id, work.actor.office_id)]


def entry(work: Work, screening_id: UUID, entry_id: UUID) -> dict[str, object]:
    """One entry of the register."""
    return next(one for one in register(work, screening_id) if one["id"] == str(entry_id))


def export(work: Work, screening_id: UUID, recipient: str, basis: str) -> Export:
    """All that the actor sees of a screening with the traces of its findings, marked with the recipient and registered."""
    work.require(Permission.EXPORT)
    kept = reading.reach(work, screening_id)
    words = {"item": FULL, "decision": "produced", "basis": basis, "recipient": recipient}
    entry = _entry(work, kept, new_id(), words)
    judgement = get_judgement(work.db, kept.head.judgement_id) if kept.head.judgement_id else None
    result = _result(work, kept, judgement)
    full = result is not None and kept.eyes.findings is Sight.FULL
    mark = {
        "recipient": recipient,
        "from": work.actor.office,
        "at": work.now.isoformat(),
        "number": str(entry.id),
    }
    shape = {
        "export": "v1",
        "mark": mark,
        "kept": reading.view(work, kept),
        "history": reading.history(work, kept),
        "traces": _traces(result) if result and full else [],
    }
    told = report(result, packs_of(work, judgement)) if result and judgement and full else ""
    return Export(mark, shape, told)


def as_dict(one: Disclosure) -> dict[str, object]:
    """An entry of the register."""
    return {
        "id": str(one.id),
        "item": one.item,
        "version": one.version,
        "decision": one.decision,
        "basis": one.basis,
        "recipient": one.recipient,
        "at": one.at.isoformat(),
    }


def _entry(work: Work, kept: Kept, entry_id: UUID, words: Mapping[str, str]) -> Disclosure:
    row = Disclosure(
        id=entry_id,
        screening_id=kept.screening.id,
        version=kept.head.version,
        **words,
        office_id=work.actor.office_id,
        account_id=work.actor.account_id,
        at=work.now,
    )
    work.db.add(row)
    work.note(
        "screening:disclose", "screening", kept.screening.id, {"entry": str(row.id), "decision": row.decision}
    )
    return row


def _result(work: Work, kept: Kept, judgement: Judgement | None) -> Screening | None:
    if judgement is None or kept.eyes.findings is Sight.NONE:
        return None
    case = reading.case_of(work, kept, judgement.version)
    return screen(case, packs_of(work, judgement), reader=kept.eyes.reader)


def _traces(result: Screening) -> list[dict[str, object]]:
    return [
        result.trace(charge.id, finding.protection)
        for charge in result.charges
        if charge.id in result.judged.matters
        for finding in charge.findings
    ]
