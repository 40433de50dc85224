"""What the justice side released to an advocacy organisation, read across the wall as far as it was released.

Only the reading office is noted on the other side, and nothing of what the agency keeps goes with it.
"""

from dataclasses import replace
from uuid import UUID

from app.access import Permission
from app.actions import reading
from app.actions.work import Work
from app.errors import NotFoundError
from app.store import audit, grants
from app.store.accounts import Office, get_office
from app.store.grants import Grant, Reach
from app.store.screenings import Screening, ScreeningHead, State

OWN_TO_THE_OFFICE = ("id", "person", "matter", "previous", "earlier", "earlier_contacts")
"""What names other files of the office whose screening it is."""


def released(work: Work) -> list[dict[str, object]]:
    """The releases to the actor's organisation that are in force, newest first."""
    work.require(Permission.SCREENING_READ)
    with work.sides.justice.look() as db:
        rows = grants.released_to(db, work.actor.office_id, work.now)
        names = {one.Screening.office_id: get_office(db, one.Screening.office_id).name for one in rows}
    work.note("released:list", "grant", None, {"count": len(rows)})
    return [
        _line(one.Grant, one.Screening, one.ScreeningHead, names[one.Screening.office_id]) for one in rows
    ]


def read_released(work: Work, grant_id: UUID) -> dict[str, object]:
    """One released screening as far as it was released. A release that has ended is not there."""
    work.require(Permission.SCREENING_READ)
    limits = get_office(work.db, work.actor.office_id).limits
    with work.sides.justice.work() as db:
        found = [
            one for one in grants.released_to(db, work.actor.office_id, work.now) if one.Grant.id == grant_id
        ]
        if not found:
            raise NotFoundError("There is no such release, or it has ended.")
        row = found[0]
        there = replace(work, own=work.sides.justice, db=db)
        kept = reading.reach(there, row.Screening.id)
        kept = replace(kept, eyes=replace(kept.eyes, limits=limits))
        view = reading.view(there, kept)
        owner = db.get(Office, row.Screening.office_id)
        audit.record(
            db,
            audit.Happening(
                office_id=row.Screening.office_id,
                at=work.now,
                tag="screening:read_released",
                subject="screening",
                subject_id=row.Screening.id,
                detail={"office": str(work.actor.office_id), "version": kept.head.version},
            ),
        )
    work.note("released:read", "grant", grant_id)
    shown = {name: value for name, value in view.items() if name not in OWN_TO_THE_OFFICE}
    return {**_line(row.Grant, row.Screening, row.ScreeningHead, owner.name if owner else ""), "kept": shown}


def _line(grant: Grant, screening: Screening, head: ScreeningHead, office: str) -> dict[str, object]:
    return {
        "grant": str(grant.id),
        "case_token": screening.case_token,
        "from": office,
        "reach": Reach(grant.reach).value,
        "state": State(head.state).value,
        "fields": list(grant.fields),
        "purpose": grant.purpose,
        "granted_at": grant.granted_at.isoformat(),
        "expires_at": grant.expires_at.isoformat() if grant.expires_at else None,
    }
