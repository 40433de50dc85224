"""Seals and expunges screenings for good, holds them where a court or a lawsuit needs them, and lets go by rule."""

import hashlib
from uuid import UUID

from sqlalchemy import delete

from app.access import Permission
from app.actions.work import Work
from app.errors import ConflictError, GoneError, NotFoundError
from app.keys import Wrapped, unwrapped
from app.store import dump, holds
from app.store import screenings as store
from app.store.holds import LegalHold, LegalHoldEnd
from app.store.screenings import Erasure, Screening, State
from app.store.statements import forget_statements

KINDS = ("sealed", "expunged")


def erase(work: Work, screening_id: UUID, kind: str, basis: str) -> Erasure:
    """Destroys the key of a screening and removes its content; what stays says that it was done, when and on what basis.

    Nobody can undo it, and backups made before it stop giving the content with the next backup. ConflictError where a
    legal hold stands; GoneError where it was done already.
    """
    work.require(Permission.ERASE)
    screening = own_screening(work, screening_id)
    if holds.is_held(work.db, screening_id):
        raise ConflictError("A legal hold stands on this screening. Lift it first.")
    return erase_now(work, screening, kind, basis)


def erase_now(work: Work, screening: Screening, kind: str, basis: str) -> Erasure:
    """The same for rules of retention, which have looked for holds themselves."""
    head = store.lock_head(work.db, screening.id)
    row = store.find_key(work.db, screening.id)
    if row is None:
        raise GoneError("This screening was sealed or expunged already.")
    raw = unwrapped(work.own.ring, Wrapped(row.key, row.data), str(screening.id))
    stub = Erasure(
        screening_id=screening.id,
        kind=kind,
        basis=basis,
        key_digest=hashlib.sha256(raw).digest(),
        account_id=work.actor.account_id,
        at=work.now,
    )
    work.db.add(stub)
    work.db.flush()
    for table in reversed(dump.all_tables()):
        if dump.is_content(table):
            work.db.execute(delete(table).where(table.c.screening_id == screening.id))
    work.db.delete(row)
    head.version, head.state, head.changed_at = head.version + 1, State.CLOSED, work.now
    head.flag, head.judgement_id = None, None
    work.db.flush()
    store.forget_aliases(work.db)
    forget_statements(work.db, screening.case_token)
    work.note(f"screening:{kind}", "screening", screening.id, {"key_digest": stub.key_digest.hex()})
    return stub


def hold(work: Work, screening_id: UUID, hold_id: UUID, basis: str) -> LegalHold:
    """Puts a legal hold on a screening of the own office."""
    work.require(Permission.HOLD)
    screening = own_screening(work, screening_id)
    if store.find_key(work.db, screening.id) is None:
        raise GoneError("This screening was sealed or expunged.")
    row = LegalHold(
        id=hold_id, screening_id=screening_id, basis=basis, account_id=work.actor.account_id, at=work.now
    )
    work.db.add(row)
    work.note("screening:hold", "screening", screening_id, {"hold": str(row.id)})
    return row


def lift(work: Work, screening_id: UUID, hold_id: UUID, basis: str) -> None:
    """Lifts a hold; a second time is refused."""
    work.require(Permission.HOLD)
    own_screening(work, screening_id)
    known = {one.id: end for one, end in holds.list_holds(work.db, screening_id)}
    if hold_id not in known:
        raise NotFoundError("There is no such hold.")
    if known[hold_id]:
        raise ConflictError("This hold was lifted already.")
    end = LegalHoldEnd(hold_id=hold_id, basis=basis, account_id=work.actor.account_id, at=work.now)
    work.db.add(end)
    work.note("screening:lift_hold", "screening", screening_id, {"hold": str(hold_id)})


def own_screening(work: Work, screening_id: UUID) -> Screening:
    """A screening of the actor's office; any other is not there."""
    screening = store.find_screening(work.db, screening_id)
    if screening is None or screening.office_id != work.actor.office_id:
        raise NotFoundError("There is no such screening.")
    return screening
