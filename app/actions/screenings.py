"""Opens screenings, takes responses, and moves a screening on; nothing that was said is ever overwritten."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import insert

from app.access import OfficeKind, Permission
from app.actions.differences import tell_changes
from app.actions.duties import keep_tasks
from app.actions.judging import judge_and_keep
from app.actions.reading import Kept, case_of, frame_of, reach, read_case
from app.actions.responses import in_force, opened, rows_for
from app.actions.work import Work
from app.errors import CaseRefusedError, ChangedMeanwhileError, ConflictError, NotFoundError
from app.keys import DataKey, new_data_key, wrap
from app.store import screenings as store
from app.store.base import new_id
from app.store.grants import Grant, Reach
from app.store.screenings import (
    ChargeRow,
    DataKeyRow,
    FirstNoted,
    Frame,
    Matter,
    PersonFile,
    ResponseRow,
    Screening,
    ScreeningHead,
    State,
    Step,
)
from screening import Case, Fault
from screening.case import Response


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new screening is filed under."""

    alias: str | None = None
    person_id: UUID | None = None
    matter_id: UUID | None = None
    previous_id: UUID | None = None


def open_screening(work: Work, screening_id: UUID, case: Case, opening: Opening) -> None:
    """Keeps a case as a new screening of the actor's office, judged. An `assume` is refused: it is never stored."""
    work.require(Permission.SCREENING_OPEN)
    if case.assume:
        raise CaseRefusedError(
            "A what-if is not kept: leave `assume` out, or send the case to /api/v1/assess."
        )
    screening = _filed(work, screening_id, case, opening)
    head, key = begin(work, screening)
    if case.noticed:
        note_first(work, screening.id, aware(case.noticed))
    keep_frame(work, screening.id, 1, case, key)
    given = [one for several in case.responses.values() for one in several]
    rows = rows_for(work, head, given, (), key)
    if rows:
        work.db.execute(insert(ResponseRow), rows)
    advance(work, head, case, key, "opened")
    work.note("screening:open", "screening", screening.id, {"version": 1, "responses": len(rows)})


def begin(work: Work, screening: Screening) -> tuple[ScreeningHead, DataKey]:
    """What every new screening gets: a key of its own, its own office's reach, and a place to stand."""
    key, raw = new_data_key(str(screening.id))
    wrapped = wrap(work.own.ring, raw, str(screening.id))
    work.db.add(
        DataKeyRow(screening_id=screening.id, key=wrapped.key, data=wrapped.data, created_at=work.now)
    )
    work.db.add(_own_grant(work, screening))
    head = ScreeningHead(
        screening_id=screening.id,
        version=0,
        state=State.DRAFT,
        stage=screening.stage,
        changed_at=work.now,
    )
    work.db.add(head)
    work.db.flush()
    return head, key


def note_first(work: Work, screening_id: UUID, at: datetime, source: str | None = None) -> None:
    """Sets when a credible indicator was first noted. The database itself keeps it from being moved."""
    noted = FirstNoted(
        screening_id=screening_id,
        noticed_at=at,
        source=source,
        account_id=work.actor.account_id,
        at=work.now,
    )
    work.db.add(noted)


def aware(moment: datetime) -> datetime:
    """A time with its zone; one without is the office's own, as on the clock of its machine."""
    return moment.astimezone(UTC)


def record_responses(
    work: Work, screening_id: UUID, responses: Mapping[str, object], version: int | None
) -> Kept:
    """Adds responses to a screening that stands at `version` (None: whatever it is), and judges it anew.

    Nothing is overwritten. ChangedMeanwhileError where the screening has moved on; CaseRefusedError names every fault.
    """
    work.require(Permission.SCREENING_RESPOND)
    return add_responses(work, screening_id, responses, version)


def add_responses(
    work: Work,
    screening_id: UUID,
    responses: Mapping[str, object],
    version: int | None,
    *,
    author: str | None = None,
) -> Kept:
    """The same for whoever is allowed to. With an `author` of their own every response is theirs, and names its source."""
    head = store.lock_head(work.db, screening_id)
    kept = reach(work, screening_id)
    require_open(head, version)
    frame = frame_of(work, kept)
    given = in_force(opened(store.list_responses(work.db, screening_id), kept.key))
    new = read_case({**frame, "responses": dict(responses)}, work)
    answers = [one for several in new.responses.values() for one in several]
    if author:
        answers = [_authored(one, author) for one in answers]
    rows = rows_for(work, head, answers, given, kept.key)
    if rows:
        work.db.execute(insert(ResponseRow), rows)
        advance(work, head, case_of(work, kept), kept.key, "facts" if author else "responded")
        items = sorted({str(row["item"]) for row in rows})
        tag = "screening:facts" if author else "screening:respond"
        work.note(tag, "screening", screening_id, {"version": head.version, "items": items})
    return replace(kept, head=head)


def _authored(one: Response, author: str) -> Response:
    if one.source is None:
        fault = Fault(f"responses.{one.item}.source", "the source is missing", "where it comes from")
        raise CaseRefusedError("The facts are refused.", faults=[fault])
    return replace(one, author=author)


def move(work: Work, screening_id: UUID, to: State, kind: str, version: int | None = None) -> Kept:
    """Takes a screening a step further; what was found stays as it is."""
    head = store.lock_head(work.db, screening_id)
    kept = reach(work, screening_id)
    require_open(head, version)
    head.version, head.state, head.changed_at = head.version + 1, to, work.now
    work.db.add(_step(work, head, kind))
    work.note(f"screening:{kind}", "screening", screening_id, {"version": head.version})
    return replace(kept, head=head)


def _filed(work: Work, screening_id: UUID, case: Case, opening: Opening) -> Screening:
    office_id = work.actor.office_id
    token = secrets.token_hex(8)
    person = work.db.get(PersonFile, opening.person_id) if opening.person_id else None
    if person is None:
        if opening.person_id:
            raise NotFoundError("There is no such person file.")
        person = PersonFile(
            id=new_id(),
            office_id=office_id,
            alias=opening.alias or f"Person {token[:6]}",
            created_at=work.now,
        )
        work.db.add(person)
    matter = work.db.get(Matter, opening.matter_id) if opening.matter_id else None
    foreign = [one for one in (person, matter) if one and one.office_id != office_id]
    if foreign or (opening.matter_id and matter is None):
        raise NotFoundError("There is no such person file or matter.")
    screening = Screening(
        id=screening_id,
        office_id=office_id,
        person_id=person.id,
        matter_id=opening.matter_id,
        previous_id=opening.previous_id,
        case_token=token,
        stage=case.stage.value,
        opened_at=work.now,
        opened_by=work.actor.account_id,
    )
    work.db.flush()
    work.db.add(screening)
    work.db.flush()
    return screening


def _own_grant(work: Work, screening: Screening) -> Grant:
    """A police office's screening is its author's and the supervisors'; elsewhere it is the office's."""
    alone = work.actor.kind is OfficeKind.POLICE
    return Grant(
        id=new_id(),
        screening_id=screening.id,
        office_id=work.actor.office_id,
        reach=Reach.OWN,
        account_id=work.actor.account_id if alone else None,
        fields=[],
        purpose="screening of this office",
        opened_at=screening.opened_at,
        granted_by=work.actor.account_id,
        granted_at=work.now,
    )


def keep_frame(work: Work, screening_id: UUID, version: int, case: Case, key: DataKey) -> None:
    """A version of the case without its responses, sealed, with its charges in columns."""
    shape = case.to_dict()
    shape.pop("responses", None)
    text = json.dumps(shape, ensure_ascii=False, separators=(",", ":"))
    work.db.add(Frame(screening_id=screening_id, version=version, sealed=key.seal(text, f"frame/{version}")))
    work.db.flush()
    rows = [
        {
            "screening_id": screening_id,
            "version": version,
            "id": one.id,
            "jurisdiction": one.jurisdiction,
            "section": one.section,
            "offense_class": one.offense_class.value if one.offense_class else None,
            "grade": one.grade,
            "date_from": one.date.start if one.date else None,
            "date_to": one.date.end if one.date else None,
            "mode": one.mode.value if one.mode_given else None,
            "status": one.status.value if one.status_given else None,
        }
        for one in case.charges
    ]
    if rows:
        work.db.execute(insert(ChargeRow), rows)


def advance(work: Work, head: ScreeningHead, case: Case, key: DataKey, kind: str) -> None:
    """The next version: judged, and noted as a step."""
    version, before = head.version + 1, head.judgement_id
    head.judgement_id, result = judge_and_keep(work, head.screening_id, version, case, key)
    head.version, head.flag, head.changed_at = version, result.judged.flag.state.value, work.now
    head.stage = case.stage.value
    work.db.add(_step(work, head, kind))
    work.db.flush()
    keep_tasks(work, head, result)
    tell_changes(work, head, before, result)


def _step(work: Work, head: ScreeningHead, kind: str) -> Step:
    return Step(
        screening_id=head.screening_id,
        version=head.version,
        kind=kind,
        state=head.state,
        account_id=work.actor.account_id,
        at=work.now,
    )


def require_open(head: ScreeningHead, version: int | None = None) -> None:
    """ConflictError for a closed screening, ChangedMeanwhileError for one that has moved on from a version."""
    if head.state == State.CLOSED:
        raise ConflictError("This screening is closed. Re-open it as the next one of its chain.")
    if version is not None and version != head.version:
        raise ChangedMeanwhileError(
            f"The screening stands at version {head.version} and no longer at {version}. Nothing was kept: "
            "read it again and send your responses with its version; what others said stays beside yours.",
            headers={"ETag": f'"{head.version}"'},
        )
