"""Setting up second factors: at the first sign-in, which is whole only then, and later by somebody signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions import passkeys, second_factors, sign_ins
from app.actions.door import Door, side_with
from app.actions.passkeys import Site
from app.actions.sign_ins import Held, Standing
from app.actions.signing_in import complete
from app.actions.work import Actor
from app.errors import LockedError, NotSignedInError
from app.store import sign_ins as store


@dataclass(frozen=True, slots=True)
class Offer:
    """What the enrollment page shows: a seed for a generator, and what a browser needs to make a passkey."""

    seed: str
    address: str
    passkey: str
    person: Actor | None
    """Who is signed in already; None at the first sign-in."""

    @property
    def is_first(self) -> bool:
        """Whether the sign-in becomes whole by this."""
        return self.person is None


@dataclass(frozen=True, slots=True)
class Enrolled:
    """After a factor was set up: the new secret where a first sign-in became whole, and codes where there were none."""

    secret: str | None
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Factors:
    """What an account has to sign in with."""

    has_password: bool
    code_since: str | None
    passkeys: tuple[tuple[UUID, str, str], ...]
    codes_left: int


def offer(door: Door, secret: str, site: Site) -> Offer:
    """Shows what is needed to set up a factor."""
    with _enrolling(door, secret) as (db, kept):
        seed = second_factors.new_seed(db, kept)
        return Offer(
            seed,
            second_factors.seed_address(seed, kept.account),
            passkeys.registration(db, kept, site),
            None if kept.standing is Standing.HALF else kept.actor(),
        )


def enroll_code(door: Door, secret: str, code: str) -> Enrolled:
    """Takes a code generator into use by one of its codes."""
    with _enrolling(door, secret) as (db, kept):
        second_factors.confirm_seed(db, kept, code, door)
        return _enrolled(db, kept, door, "code")


def enroll_passkey(door: Door, secret: str, given: str, *, name: str, site: Site) -> Enrolled:
    """Takes a passkey into use that the browser made."""
    with _enrolling(door, secret) as (db, kept):
        passkeys.register(db, kept, given, name, site=site, door=door)
        return _enrolled(db, kept, door, "passkey")


def new_recovery_codes(door: Door, secret: str) -> list[str]:
    """Ten new recovery codes; the old ones are good for nothing from now on."""
    with _signed_in(door, secret) as (db, kept):
        return second_factors.fresh_recovery_codes(db, kept, door)


def remove_factor(door: Door, secret: str, passkey_id: UUID | None) -> None:
    """Removes a passkey, or the code generator where none is named."""
    with _signed_in(door, secret) as (db, kept):
        if passkey_id:
            passkeys.remove(db, kept, passkey_id, door)
        else:
            second_factors.remove_code(db, kept, door)


def factors(door: Door, secret: str) -> Factors:
    """What the person signed in has set up."""
    with _signed_in(door, secret) as (db, kept):
        since = kept.account.totp_confirmed_at if kept.account.totp_sealed else None
        rows = store.list_passkeys(db, kept.account.id)
        return Factors(
            kept.account.password_hash is not None,
            since.isoformat() if since else None,
            tuple((one.id, one.name, one.created_at.isoformat()) for one in rows),
            store.count_recovery_codes(db, kept.account.id),
        )


def _enrolled(db: Session, kept: Held, door: Door, factor: str) -> Enrolled:
    codes = (
        ()
        if store.count_recovery_codes(db, kept.account.id)
        else second_factors.fresh_recovery_codes(db, kept, door)
    )
    secret = complete(db, kept, door, factor) if kept.standing is Standing.HALF else None
    return Enrolled(secret, tuple(codes))


@contextmanager
def _enrolling(door: Door, secret: str) -> Iterator[tuple[Session, Held]]:
    """Somebody who may set up a factor: signed in, or half signed in to an account that has none yet."""
    with _held(door, secret) as (db, kept):
        _require_unlocked(kept, "/enroll")
        first = kept.standing is Standing.HALF and not second_factors.has_any(db, kept.account)
        if kept.standing is not Standing.OPEN and not first:
            raise NotSignedInError("Sign in first.", back="/enroll")
        yield db, kept


def _require_unlocked(kept: Held, back: str | None = None) -> None:
    if kept.standing is Standing.LOCKED:
        raise LockedError("Locked: give the password to go on.", back=back)


@contextmanager
def _signed_in(door: Door, secret: str) -> Iterator[tuple[Session, Held]]:
    with _held(door, secret) as (db, kept):
        _require_unlocked(kept)
        if kept.standing is not Standing.OPEN:
            raise NotSignedInError("Sign in first.")
        yield db, kept


@contextmanager
def _held(door: Door, secret: str) -> Iterator[tuple[Session, Held]]:
    side = side_with(door.sides, secret)
    if side is None:
        raise NotSignedInError("Sign in first.")
    with side.work() as db:
        kept = sign_ins.held(db, side, secret, door.now, lock=True)
        if kept is None:
            raise NotSignedInError("Sign in first.")
        yield db, kept
