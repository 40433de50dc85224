"""What is known where nobody is signed in yet, and how failed attempts are counted, so that guessing does not pay."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from app.store import audit, sign_ins
from app.store.accounts import Account
from app.store.compartments import Compartment, Compartments, Side

PREFIXES: Final = {Side.JUSTICE: "voij_", Side.COMMUNITY: "voic_"}
"""A secret says on which side of the wall it is known, so that only that side is asked."""

MOST_FAILED = 5
LOCKED_FOR = timedelta(minutes=10)
PACE = 0.25
"""An answer to a password takes a whole number of these seconds, so that the time it takes tells nothing."""

REFUSED = (
    "That did not work. Either the address, the password or the code is not right, or there were several failed "
    "attempts and sign-in waits for ten minutes."
)
"""The same words for a wrong password, an unknown address, a closed account and one that waits."""


@dataclass(frozen=True, slots=True)
class Door:
    """One attempt to come in: when, from what kind of browser, under which request."""

    sides: Compartments
    now: datetime
    request: str | None
    device: str
    pace: float = PACE


def side_with(sides: Compartments, secret: str) -> Compartment | None:
    """The side that a secret names."""
    return next((side for side in sides.each() if secret.startswith(PREFIXES[side.side])), None)


@contextmanager
def paced(pace: float) -> Iterator[None]:
    """Whatever happens inside takes a whole number of steps of `pace` seconds."""
    begun = time.monotonic()
    try:
        yield
    finally:
        if pace:
            time.sleep(-(time.monotonic() - begun) % pace)


def note(
    db: Session, account: Account, tag: str, door: Door, detail: Mapping[str, object] | None = None
) -> None:
    """Notes what somebody did with an account of their own."""
    happening = audit.Happening(
        account.office_id,
        door.now,
        f"account:{tag}",
        "account",
        account.id,
        account_id=account.id,
        role=account.role,
        request=door.request,
        detail=detail or {},
    )
    audit.record(db, happening)


def is_waiting(account: Account, now: datetime) -> bool:
    """Whether nothing is accepted for this account for the time being."""
    return account.locked_until is not None and account.locked_until > now


def count_failure(db: Session, account: Account, door: Door, step: str) -> None:
    """Counts a wrong password or code; the fifth in a row makes the account wait. The row has to be locked."""
    if is_waiting(account, door.now):
        _note_unproven(db, account, "sign_in_failed", door, {"step": step, "waiting": True})
        return
    if account.locked_until:
        account.failed, account.locked_until = 0, None
    account.failed += 1
    _note_unproven(db, account, "sign_in_failed", door, {"step": step, "failed": account.failed})
    if account.failed >= MOST_FAILED:
        account.locked_until = door.now + LOCKED_FOR
        sign_ins.end_halves(db, account.id, door.now)
        _note_unproven(db, account, "locked_out", door, {"minutes": int(LOCKED_FOR.total_seconds() // 60)})


def forget_failures(account: Account) -> None:
    """After a whole sign-in: the count begins again."""
    account.failed, account.locked_until = 0, None


def _note_unproven(db: Session, account: Account, tag: str, door: Door, detail: Mapping[str, object]) -> None:
    """Notes an attempt by somebody who may be anyone, so that no account is named as the one who acted."""
    happening = audit.Happening(
        account.office_id,
        door.now,
        f"account:{tag}",
        "account",
        account.id,
        request=door.request,
        detail=detail,
    )
    audit.record(db, happening)
