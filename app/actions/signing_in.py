"""The way in: a password, then a second factor; what it says and how long it takes never tell who has an account."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app import security
from app.actions import passwords, second_factors, sign_ins
from app.actions.door import REFUSED, Door, count_failure, forget_failures, is_waiting, note, paced, side_with
from app.actions.sign_ins import Held, Standing
from app.errors import NotSignedInError
from app.store import accounts, audit
from app.store import sign_ins as store
from app.store.accounts import Account
from app.store.compartments import Compartment


@dataclass(frozen=True, slots=True)
class Given:
    """A secret for the browser, whether the account has a second factor, and whether it need not be asked for."""

    secret: str
    has_factor: bool
    is_whole: bool = False


def give_password(door: Door, email: str, password: str) -> Given:
    """Half a sign-in. Both sides are asked, and each compares a password, whether or not it knows the address."""
    with paced(door.pace):
        known = [(side, _find(side, email)) for side in door.sides.each()]
        fits = [security.password_fits(one.password_hash if one else None, password) for _, one in known]
        for (side, account), right in zip(known, fits, strict=True):
            if account and right:
                if given := _half(door, side, account):
                    return given
                raise NotSignedInError(REFUSED)
        for side, account in known:
            if account:
                with side.work() as db:
                    _failed(db, account, door, "password")
        raise NotSignedInError(REFUSED)


def give_code(door: Door, secret: str, code: str) -> str:
    """Completes half a sign-in by a code of the generator or a recovery code; gives the secret of the whole one."""
    side = side_with(door.sides, secret)
    with paced(door.pace):
        if side is None:
            raise NotSignedInError(REFUSED)
        with side.work() as db:
            kept = sign_ins.held(db, side, secret, door.now, lock=True)
            whole = _completed(db, kept, door, code) if kept else None
        if whole is None:
            raise NotSignedInError(REFUSED)
        return whole


def complete(db: Session, kept: Held, door: Door, factor: str) -> str:
    """Ends the half and begins the whole, under a new secret, so that what was seen before is worth nothing."""
    kept.sign_in.ended_at = door.now
    forget_failures(kept.account)
    factors = f"{kept.sign_in.factors}+{factor}"
    note(db, kept.account, "sign_in", door, {"factors": factors, "device": door.device})
    return sign_ins.begin(db, kept.side, kept.account, factors, door)


def half(door: Door, secret: str) -> Held | None:
    """The half of a sign-in that a cookie stands for, where it is one."""
    kept = sign_ins.read(door.sides, secret, door.now)
    return kept if kept and kept.standing is Standing.HALF else None


def change_password(door: Door, secret: str, old: str, new: str) -> None:
    """Sets a new password for the person signed in, and ends every other browser of theirs."""
    from_here = sign_ins.read(door.sides, secret, door.now)
    if from_here is None or from_here.standing is not Standing.OPEN:
        raise NotSignedInError("Sign in first.")
    fits = security.password_fits(from_here.account.password_hash, old)
    if fits:
        passwords.require_good(new, from_here.account.email)
    fresh = security.password_hash(new) if fits else ""
    with from_here.side.work() as db:
        kept = sign_ins.held(db, from_here.side, secret, door.now, lock=True)
        if kept is None or kept.standing is not Standing.OPEN:
            raise NotSignedInError("Sign in first.")
        if done := fits and not is_waiting(kept.account, door.now):
            kept.account.password_hash = fresh
            store.end_sign_ins(db, kept.account.id, door.now, but=kept.sign_in.id)
            note(db, kept.account, "password", door)
        else:
            count_failure(db, kept.account, door, "password")
    if not done:
        raise NotSignedInError(REFUSED)


def _find(side: Compartment, email: str) -> Account | None:
    with side.look() as db:
        return accounts.find_account(db, email)


def _half(door: Door, side: Compartment, seen: Account) -> Given | None:
    with side.work() as db:
        account = store.lock_account(db, seen.id)
        if account is None or account.disabled_at or account.password_hash != seen.password_hash:
            return None
        if is_waiting(account, door.now):
            count_failure(db, account, door, "password")
            return None
        secret = sign_ins.begin(db, side, account, "password", door)
        return Given(secret, second_factors.has_any(db, account))


def _completed(db: Session, kept: Held, door: Door, code: str) -> str | None:
    if kept.standing is not Standing.HALF:
        return None
    if is_waiting(kept.account, door.now):
        count_failure(db, kept.account, door, "code")
        return None
    factor = second_factors.factor_of(db, kept, code, door)
    if factor is None:
        count_failure(db, kept.account, door, "code")
        return None
    return complete(db, kept, door, factor)


def _failed(db: Session, seen: Account, door: Door, step: str) -> None:
    account = store.lock_account(db, seen.id)
    if account is None:
        return
    if account.disabled_at:
        happening = audit.Happening(
            account.office_id,
            door.now,
            "account:sign_in_failed",
            "account",
            account.id,
            detail={"closed": True},
        )
        audit.record(db, happening)
        return
    count_failure(db, account, door, step)
