"""Reads judgements again as they were made, rebuilds their traces, and shows what would be found today."""

from uuid import UUID

from app.access import Sight
from app.actions import differences
from app.actions.judging import packs_of
from app.actions.reading import Kept, case_of, current_judgement, reach, result_of, stale_because
from app.actions.work import Work
from app.errors import NotFoundError, NotPermittedError
from app.store import judgements as store
from app.store.judgements import JudgedCharge, Judgement
from screening import screen
from screening.questionnaire.responses import facts_from
from screening.rules.charge import matter_of
from screening.rules.trace import trace


def judgements(work: Work, screening_id: UUID) -> list[dict[str, object]]:
    """Every judgement of a screening with the bounds that it found, oldest first."""
    kept = _seen(work, screening_id, Sight.FULL, Sight.SUMMARY)
    work.note("judgement:list", "screening", screening_id)
    return [_line(work, kept, one) for one in store.list_judgements(work.db, screening_id)]


def judgement(work: Work, screening_id: UUID, judgement_id: UUID) -> dict[str, object]:
    """One judgement, word for word as it was made."""
    kept = _seen(work, screening_id, Sight.FULL, Sight.SUMMARY)
    found = _judgement(work, kept, judgement_id)
    work.note("judgement:read", "screening", screening_id, {"judgement": str(judgement_id)})
    return {**_line(work, kept, found), "screening": result_of(work, kept, found)}


def traced(
    work: Work, screening_id: UUID, judgement_id: UUID, charge: str, protection: str
) -> dict[str, object]:
    """The trace of one finding, rebuilt from the stored truth of every condition with the packs of that day."""
    kept = _seen(work, screening_id, Sight.FULL)
    found = _judgement(work, kept, judgement_id)
    packs = packs_of(work, found)
    case = case_of(work, kept, found.version, packs)
    one = next((one for one in case.charges if one.id == charge), None)
    pack = packs.law.get(one.jurisdiction) if one else None
    known = pack.by_id.get(protection) if pack else None
    row = work.db.get(JudgedCharge, (judgement_id, one.id)) if one else None
    if row is None or one is None or pack is None or known is None or known.rule.is_hidden:
        raise NotFoundError("There is no such finding in this judgement.")
    matter = matter_of(case, one, pack, facts_from(case, packs.questionnaire, reader=found.reader))
    work.note(
        "judgement:trace",
        "screening",
        screening_id,
        {"judgement": str(judgement_id), "charge": charge, "protection": protection},
    )
    return trace(matter, protection, tuple(store.unpacked(row.conditions)))


def difference(work: Work, screening_id: UUID) -> dict[str, object]:
    """What the newest judgement found beside what would be found today, on the same facts and for the same reader."""
    kept = _seen(work, screening_id, Sight.FULL, Sight.SUMMARY)
    found = current_judgement(work, kept)
    if found is None:
        raise NotFoundError("This screening was not judged.")
    today = screen(case_of(work, kept), work.packs, reader=found.reader)
    old, new = differences.found_then(work.db, found.id), differences.found_now(today)
    work.note("screening:difference", "screening", screening_id, {"judgement": str(found.id)})
    reasons = stale_because(work, kept, found)
    return {
        "judgement": str(found.id),
        "stale": bool(reasons),
        "stale_because": reasons,
        **differences.shown(old, new, findings=kept.eyes.findings is Sight.FULL),
    }


def _seen(work: Work, screening_id: UUID, *sights: Sight) -> Kept:
    kept = reach(work, screening_id)
    if kept.eyes.findings not in sights:
        raise NotPermittedError("Findings are not shown to this account so far.")
    return kept


def _judgement(work: Work, kept: Kept, judgement_id: UUID) -> Judgement:
    found = store.get_judgement(work.db, judgement_id)
    if found is None or found.screening_id != kept.screening.id:
        raise NotFoundError("There is no such judgement.")
    return found


def _line(work: Work, kept: Kept, one: Judgement) -> dict[str, object]:
    return {
        "id": str(one.id),
        "version": one.version,
        "at": one.at.isoformat(),
        "as_of": one.as_of.isoformat(),
        "reader": one.reader,
        "engine": one.engine,
        "flag": one.flag,
        "packs": one.packs,
        "hidden": one.hidden,
        "is_current": one.id == kept.head.judgement_id,
        "charges": [
            {"charge": row.charge, "result": row.result, "at_least": row.at_least, "at_most": row.at_most}
            for row in store.charges_of(work.db, one.id)
        ],
    }
