"""Signed-in browsers: begun by two factors, locked when left alone, ended by hand or after a working day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from app import security
from app.access import OfficeKind, Role
from app.actions.door import PREFIXES, REFUSED, Door, count_failure, is_waiting, note, paced, side_with
from app.actions.work import Actor, Work
from app.errors import NotFoundError, NotSignedInError
from app.store import sign_ins as store
from app.store.accounts import Account, Office, SignIn
from app.store.base import new_id
from app.store.compartments import Compartment, Compartments

IDLE = timedelta(minutes=30)
WHOLE_DAY = timedelta(hours=12)
HALF = timedelta(minutes=10)
"""So long a password is good without its second factor."""
SEEN_EVERY = timedelta(seconds=30)
"""Use is noted at most so often: it costs a write."""


class Standing(StrEnum):
    """What a signed-in browser may do now."""

    OPEN = "open"
    HALF = "half"
    LOCKED = "locked"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Held:
    """What a cookie stands for."""

    sign_in: SignIn
    account: Account
    office: Office
    side: Compartment
    standing: Standing

    def actor(self) -> Actor:
        """The person who is signed in."""
        account, office = self.account, self.office
        kind, role = OfficeKind(office.kind), Role(account.role)
        return Actor(account.id, office.id, office.name, kind, role, None, self.sign_in.id)


def begin(db: Session, side: Compartment, account: Account, factors: str, door: Door) -> str:
    """Begins a sign-in and gives its secret, which only the browser keeps."""
    secret = security.new_secret(PREFIXES[side.side])
    row = SignIn(
        digest=security.digest(secret),
        id=new_id(),
        account_id=account.id,
        device=door.device,
        factors=factors,
        created_at=door.now,
        seen_at=door.now,
    )
    db.add(row)
    db.flush()
    return secret


def read(sides: Compartments, secret: str, now: datetime) -> Held | None:
    """What a cookie stands for now; None for one that no side knows."""
    side = side_with(sides, secret)
    if side is None:
        return None
    with side.look() as db:
        return held(db, side, secret, now)


def held(db: Session, side: Compartment, secret: str, now: datetime, *, lock: bool = False) -> Held | None:
    """The same within a piece of work; `lock` keeps the rows for it."""
    found = store.find_sign_in(db, security.digest(secret), lock=lock)
    if found is None:
        return None
    sign_in, account, office = found
    return Held(sign_in, account, office, side, standing_of(sign_in, account, now))


def standing_of(sign_in: SignIn, account: Account, now: datetime) -> Standing:
    """How a sign-in stands, by its own row alone."""
    is_half = "+" not in sign_in.factors
    most = HALF if is_half else WHOLE_DAY
    if sign_in.ended_at or account.disabled_at or now - sign_in.created_at >= most:
        return Standing.ENDED
    if is_half:
        return Standing.HALF
    if sign_in.locked_at or now - sign_in.seen_at >= IDLE:
        return Standing.LOCKED
    return Standing.OPEN


def use(sides: Compartments, secret: str, now: datetime, request: str | None) -> Held | None:
    """What a cookie stands for, its use noted: kept awake, or locked where it was left alone for too long."""
    seen = read(sides, secret, now)
    if seen is None or seen.standing not in (Standing.OPEN, Standing.LOCKED):
        return seen
    asleep = seen.standing is Standing.LOCKED and seen.sign_in.locked_at is None
    if asleep or (seen.standing is Standing.OPEN and now - seen.sign_in.seen_at >= SEEN_EVERY):
        with seen.side.work() as db:
            again = held(db, seen.side, secret, now, lock=True)
            if again is None:
                return None
            _note_use(db, again, Door(sides, now, request, again.sign_in.device))
            return again
    return seen


def _note_use(db: Session, kept: Held, door: Door) -> None:
    if kept.standing is Standing.OPEN:
        kept.sign_in.seen_at = door.now
    elif kept.standing is Standing.LOCKED and kept.sign_in.locked_at is None:
        kept.sign_in.locked_at = door.now
        note(db, kept.account, "lock", door, {"sign_in": str(kept.sign_in.id)})


def unlock(door: Door, secret: str, password: str) -> None:
    """Opens a locked browser again. NotSignedInError where the password is wrong, or the sign-in has ended."""
    with paced(door.pace):
        seen = read(door.sides, secret, door.now)
        kept = seen.account.password_hash if seen else None
        fits = security.password_fits(kept, password)
        if seen is None or seen.standing in (Standing.ENDED, Standing.HALF):
            raise NotSignedInError("This sign-in has ended. Sign in again.")
        if not _unlocked(door, seen, secret, fits=fits):
            raise NotSignedInError(REFUSED)


def _unlocked(door: Door, seen: Held, secret: str, *, fits: bool) -> bool:
    with seen.side.work() as db:
        again = held(db, seen.side, secret, door.now, lock=True)
        if again is None or again.standing in (Standing.ENDED, Standing.HALF):
            return False
        if not fits or is_waiting(again.account, door.now):
            count_failure(db, again.account, door, "unlock")
            return False
        again.sign_in.locked_at, again.sign_in.seen_at = None, door.now
        note(db, again.account, "unlock", door, {"sign_in": str(again.sign_in.id)})
        return True


def sign_out(door: Door, secret: str) -> None:
    """Ends the sign-in of a cookie; one that has ended stays so."""
    side = side_with(door.sides, secret)
    if side is None:
        return
    with side.work() as db:
        kept = held(db, side, secret, door.now, lock=True)
        if kept and kept.sign_in.ended_at is None:
            kept.sign_in.ended_at = door.now
            note(db, kept.account, "sign_out", door, {"sign_in": str(kept.sign_in.id)})


def devices(work: Work) -> list[dict[str, object]]:
    """The signed-in browsers of the person who asks, the one used last first."""
    rows = store.list_sign_ins(work.db, work.actor.account_id, work.now - WHOLE_DAY)
    return [
        {
            "id": str(one.id),
            "device": one.device,
            "factors": one.factors.split("+"),
            "created_at": one.created_at.isoformat(),
            "seen_at": one.seen_at.isoformat(),
            "locked": bool(one.locked_at) or work.now - one.seen_at >= IDLE,
            "current": one.id == work.actor.sign_in,
        }
        for one in rows
    ]


def end_device(work: Work, sign_in_id: UUID) -> None:
    """Ends one browser of the person who asks. NotFoundError for another's, as for one that is not there."""
    rows = store.list_sign_ins(work.db, work.actor.account_id, work.now - WHOLE_DAY)
    row = next((one for one in rows if one.id == sign_in_id), None)
    if row is None:
        raise NotFoundError("There is no such sign-in.")
    row.ended_at = work.now
    work.note("account:end_sign_in", "account", work.actor.account_id, {"sign_in": str(sign_in_id)})


def end_everywhere(work: Work) -> None:
    """Ends every browser of the person who asks, this one too."""
    store.end_sign_ins(work.db, work.actor.account_id, work.now)
    work.note("account:end_everywhere", "account", work.actor.account_id)
