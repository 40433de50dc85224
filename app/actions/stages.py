"""Takes a screening from draft to closed, re-opens it at the next stage, and corrects its case; nothing is overwritten."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import insert

from app.access import OfficeKind, Permission
from app.actions.clearances import carry_clearances
from app.actions.decisions import close_checks
from app.actions.reading import Kept, case_of, frame_of, others_of, reach, read_case
from app.actions.responses import Given, in_force, opened
from app.actions.screenings import advance, aware, begin, keep_frame, move, note_first, require_open
from app.actions.work import Work
from app.errors import CaseRefusedError, ConflictError, NotPermittedError, UnprocessableError
from app.keys import DataKey
from app.store import matters, screenings
from app.store.accounts import Office
from app.store.base import new_id
from app.store.duties import IN_CHARGE, offices_in_charge
from app.store.grants import Grant, Reach
from app.store.matters import Others
from app.store.screenings import FirstNoted, ResponseRow, Screening, State
from screening import Case, Fault
from screening.case.words import Stage

SUBMITTERS = frozenset({OfficeKind.POLICE, OfficeKind.SYSTEM_ADVOCACY})
"""The offices that submit to a prosecutor's office; every other submits within its own walls."""

FRAME_KEYS = ("as_of", "stage", "person", "charges", "place", "needs")
OTHERS_KEYS = ("exploiters", "other_victims")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction says: keys of the case (null: not known any more), and who else was involved."""

    case: Mapping[str, object]
    others: Mapping[str, object]


def submit(work: Work, screening_id: UUID, to: UUID | None, version: int | None) -> Kept:
    """Hands a draft on: a police office names the prosecutor's office it goes to, others submit for their own review."""
    work.require(Permission.SCREENING_SUBMIT)
    head = screenings.lock_head(work.db, screening_id)
    kept = reach(work, screening_id)
    require_open(head, version)
    if Reach.OWN not in kept.eyes.reach:
        raise NotPermittedError("Only the office whose screening it is can submit it.")
    if head.state != State.DRAFT:
        raise ConflictError("This screening was submitted already.")
    if to is not None or work.actor.kind is OfficeKind.POLICE:
        work.db.add(_submitted_grant(work, kept.screening, to))
    kept = move(work, screening_id, State.SUBMITTED, "submit", version)
    return reach(work, kept.screening.id)


def _submitted_grant(work: Work, screening: Screening, to: UUID | None) -> Grant:
    office = work.db.get(Office, to) if to else None
    if work.actor.kind not in SUBMITTERS:
        raise UnprocessableError("This office submits to no other: leave `to` out.")
    if office is None or office.kind != OfficeKind.PROSECUTOR:
        fault = Fault("to", "no prosecutor's office has this id", "the id of a prosecutor's office")
        raise UnprocessableError("Say which prosecutor's office it goes to.", faults=[fault])
    work.note("screening:submitted_to", "screening", screening.id, office_id=office.id)
    return Grant(
        id=new_id(),
        screening_id=screening.id,
        office_id=office.id,
        reach=Reach.SUBMITTED,
        fields=[],
        purpose="submitted for a decision",
        opened_at=screening.opened_at,
        granted_by=work.actor.account_id,
        granted_at=work.now,
    )


def review(work: Work, screening_id: UUID, version: int | None) -> Kept:
    """Marks a submitted screening as reviewed by the office in charge."""
    work.require(Permission.SCREENING_REVIEW)
    head = screenings.lock_head(work.db, screening_id)
    kept = reach(work, screening_id)
    require_open(head, version)
    _require_charge(work, kept)
    if head.state != State.SUBMITTED:
        raise ConflictError("Only a screening that was submitted is reviewed, and once.")
    return move(work, screening_id, State.REVIEWED, "review", version)


def close(work: Work, screening_id: UUID, reasons: Mapping[str, str], version: int | None) -> Kept:
    """Closes a screening for good. ConflictError names what is open without a reason, for which `reasons` may give one."""
    work.require(Permission.SCREENING_CLOSE)
    head = screenings.lock_head(work.db, screening_id)
    kept = reach(work, screening_id)
    require_open(head, version)
    _require_charge(work, kept)
    if work.actor.kind is OfficeKind.PROSECUTOR and head.state != State.REVIEWED:
        raise ConflictError("A screening is reviewed before it is closed.")
    close_checks(work, kept, reasons)
    return move(work, screening_id, State.CLOSED, "close", version)


def _require_charge(work: Work, kept: Kept) -> None:
    """Only the office that it was submitted to last, or its own where it was submitted to none, takes it further."""
    last = next(reversed(offices_in_charge(work.db, kept.screening.id, work.now)), None)
    if last != work.actor.office_id:
        raise NotPermittedError("Another office is in charge of this screening.")


def reopen(work: Work, screening_id: UUID, new: UUID, stage: Stage, as_of: date | None) -> None:
    """A new screening at the next stage, in the chain of the same person and matter, with all that is known carried over.

    Every response in force keeps its source, author, time and wording; what was closed stays as it is.
    """
    work.require(Permission.SCREENING_OPEN)
    head = screenings.lock_head(work.db, screening_id)
    before = reach(work, screening_id)
    _require_charge(work, before)
    if head.state != State.CLOSED:
        raise ConflictError("Only a closed screening is re-opened. Close it first, or go on with it.")
    if matters.next_of(work.db, screening_id):
        raise ConflictError("This screening was re-opened already.")
    given = in_force(opened(screenings.list_responses(work.db, screening_id), before.key))
    screening = _next(work, before.screening, new, stage)
    head, key = begin(work, screening)
    _carry_noted(work, screening_id, new)
    day = (as_of or work.today).isoformat()
    frame = {**frame_of(work, before), "stage": stage.value, "as_of": day}
    keep_frame(work, new, 1, read_case(frame, work), key)
    keep_others(work, new, 1, others_of(work, before), key)
    rows = [_carried(one, new, key) for one in given]
    if rows:
        work.db.execute(insert(ResponseRow), rows)
        carry_clearances(work, before.screening.id, before.key, _places(rows), (new, key))
    advance(work, head, case_of(work, reach(work, new)), key, "reopened")
    work.note("screening:reopen", "screening", new, {"from": str(screening_id), "responses": len(rows)})


def _next(work: Work, before: Screening, new: UUID, stage: Stage) -> Screening:
    screening = Screening(
        id=new,
        office_id=work.actor.office_id,
        person_id=before.person_id,
        matter_id=before.matter_id,
        previous_id=before.id,
        case_token=secrets.token_hex(8),
        stage=stage.value,
        opened_at=work.now,
        opened_by=work.actor.account_id,
    )
    work.db.add(screening)
    work.db.flush()
    return screening


def _carry_noted(work: Work, old: UUID, new: UUID) -> None:
    noted = work.db.get(FirstNoted, old)
    if noted:
        work.db.add(
            FirstNoted(
                screening_id=new,
                noticed_at=noted.noticed_at,
                source=noted.source,
                account_id=noted.account_id,
                at=noted.at,
            )
        )


def _places(rows: Sequence[Mapping[str, object]]) -> dict[UUID, UUID]:
    """The new response of each that was carried over."""
    return {
        old: made
        for row in rows
        if isinstance(old := row["carried_from"], UUID) and isinstance(made := row["id"], UUID)
    }


def _carried(one: Given, new: UUID, key: DataKey) -> dict[str, object]:
    row_id, row = new_id(), one.row
    text = json.dumps(one.entry, ensure_ascii=False, separators=(",", ":"))
    return {
        "id": row_id,
        "screening_id": new,
        "version": 1,
        "item": row.item,
        "charge": row.charge,
        "value": row.value,
        "sealed": key.seal(text, f"response/{row_id}") if row.sealed is not None else None,
        "source": row.source,
        "questionnaire": row.questionnaire,
        "account_id": row.account_id,
        "at": row.at,
        "replaces": None,
        "carried_from": row.id,
    }


def correct(work: Work, screening_id: UUID, given: Correction, version: int | None) -> Kept:
    """A new version of the case as corrected, judged anew; the versions before stay as they were."""
    work.require(Permission.SCREENING_RESPOND)
    head, kept = _to_change(work, screening_id, version)
    shape = {**frame_of(work, kept), **given.case}
    case = read_case({key: value for key, value in shape.items() if value is not None}, work)
    if given.others:
        keep_others(work, screening_id, head.version + 1, {**others_of(work, kept), **given.others}, kept.key)
    changed = sorted([*given.case, *given.others])
    return _judged_anew(work, replace(kept, head=head), case, "corrected", {"keys": changed})


def notice(work: Work, screening_id: UUID, at: datetime, source: str | None, version: int | None) -> Kept:
    """Sets when a credible indicator was first noted. It is set once: ConflictError for a second time."""
    work.require(Permission.SCREENING_RESPOND)
    head, kept = _to_change(work, screening_id, version)
    if work.db.get(FirstNoted, screening_id):
        raise ConflictError("When an indicator was first noted stands already, and cannot be moved.")
    moment = aware(at)
    if moment > work.now:
        raise UnprocessableError("That time has not come yet.")
    note_first(work, screening_id, moment, source)
    work.db.flush()
    case = read_case({**frame_of(work, kept), "noticed": moment.isoformat()}, work)
    return _judged_anew(work, replace(kept, head=head), case, "noticed", {"source": source})


def judge_anew(work: Work, screening_id: UUID, version: int | None) -> Kept:
    """Judges a screening by the law, questions and engine of today. A closed one never is."""
    work.require(Permission.SCREENING_RESPOND)
    head, kept = _to_change(work, screening_id, version)
    advance(work, head, case_of(work, kept), kept.key, "judged")
    work.note("screening:judge", "screening", screening_id, {"version": head.version})
    return replace(kept, head=head)


def keep_others(
    work: Work, screening_id: UUID, version: int, shape: Mapping[str, object], key: DataKey
) -> None:
    """Those who exploited the person and other victims, sealed, as of a version."""
    text = json.dumps(shape, ensure_ascii=False, separators=(",", ":"))
    work.db.add(
        Others(screening_id=screening_id, version=version, sealed=key.seal(text, f"others/{version}"))
    )
    work.db.flush()


def _to_change(work: Work, screening_id: UUID, version: int | None) -> tuple[screenings.ScreeningHead, Kept]:
    head = screenings.lock_head(work.db, screening_id)
    kept = reach(work, screening_id)
    require_open(head, version)
    if not kept.eyes.reach.intersection(IN_CHARGE):
        raise NotPermittedError(
            "This screening was shown to the office; its case is not the office's to change."
        )
    return head, kept


def _judged_anew(work: Work, kept: Kept, frame: Case, kind: str, detail: Mapping[str, object]) -> Kept:
    """Keeps a new version of the frame, and judges it with the responses that it has room for."""
    head = kept.head
    if frame.assume or frame.responses:
        raise CaseRefusedError("A correction holds neither responses nor a what-if.")
    keep_frame(work, kept.screening.id, head.version + 1, frame, kept.key)
    advance(work, head, case_of(work, kept), kept.key, kind)
    work.note(f"screening:{kind}", "screening", kept.screening.id, {"version": head.version, **detail})
    return kept
