"""Second factors that are typed: codes of a generator, each good once, and recovery codes for the day it is lost."""

import re
import secrets
from uuid import UUID

import pyotp
from sqlalchemy.orm import Session

from app import keys
from app.actions.door import Door, note
from app.actions.sign_ins import Held
from app.errors import NotSignedInError, UnprocessableError
from app.keys import KeyRing, Wrapped
from app.store import sign_ins as store
from app.store.accounts import Account, RecoveryCode

STEP_SECONDS = 30
NEAR_STEPS = (-1, 0, 1)
"""A generator's clock may be off by half a minute either way."""
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is easily taken for another."""
ISSUER = "voi screening"

_TYPED = re.compile(r"[\s-]+")


def has_any(db: Session, account: Account) -> bool:
    """Whether a second factor is set up."""
    return bool(account.totp_sealed) or bool(store.list_passkeys(db, account.id))


def factor_of(db: Session, kept: Held, given: str, door: Door) -> str | None:
    """What a typed code is, `code` or `recovery`; it is used up. None where it is not good."""
    typed = _TYPED.sub("", given).lower()
    if typed.isascii() and typed.isdigit() and len(typed) == 6:
        return "code" if _use_code(kept, typed, door) else None
    row = store.find_recovery_code(db, kept.account.id, _mark(kept.side.ring, kept.account.id, typed))
    if row is None:
        return None
    row.used_at = door.now
    note(db, kept.account, "recovery_code", door)
    return "recovery"


def new_seed(db: Session, kept: Held) -> str:
    """A seed for a generator, to be confirmed by a code of it; the one in use stays until then."""
    account = kept.account
    if account.totp_pending:
        return _open(kept.side.ring, account.totp_pending, account.id)
    seed = pyotp.random_base32()
    account.totp_pending = _seal(kept.side.ring, seed, account.id)
    db.flush()
    return seed


def seed_address(seed: str, account: Account) -> str:
    """The address of a seed as a generator reads it from a picture."""
    return pyotp.TOTP(seed).provisioning_uri(name=account.email, issuer_name=ISSUER)


def confirm_seed(db: Session, kept: Held, code: str, door: Door) -> None:
    """Takes a new generator into use. UnprocessableError where its code is not right."""
    account = kept.account
    if account.totp_pending is None:
        raise NotSignedInError("Begin again: there is no code generator to confirm.")
    seed = _open(kept.side.ring, account.totp_pending, account.id)
    step = _step_of(seed, _TYPED.sub("", code), door)
    if step is None:
        raise UnprocessableError("This code is not right. Codes change every half minute: try the next one.")
    account.totp_sealed, account.totp_pending = account.totp_pending, None
    account.totp_confirmed_at, account.totp_last_step = door.now, step
    note(db, account, "enroll", door, {"factor": "code"})


def fresh_recovery_codes(db: Session, kept: Held, door: Door) -> list[str]:
    """Ten new codes in place of the old ones, shown here and never again."""
    store.drop_recovery_codes(db, kept.account.id)
    codes = ["".join(secrets.choice(LETTERS) for _ in range(12)) for _ in range(RECOVERY_CODES)]
    for code in codes:
        mark = _mark(kept.side.ring, kept.account.id, code)
        db.add(RecoveryCode(digest=mark, account_id=kept.account.id, created_at=door.now))
    db.flush()
    note(db, kept.account, "recovery_codes", door, {"count": len(codes)})
    return ["-".join((code[:4], code[4:8], code[8:])) for code in codes]


def remove_code(db: Session, kept: Held, door: Door) -> None:
    """Takes the generator out of use where a passkey is left."""
    if not store.list_passkeys(db, kept.account.id):
        raise UnprocessableError("This is the only second factor. Set up another before you remove it.")
    kept.account.totp_sealed = kept.account.totp_pending = None
    note(db, kept.account, "remove_factor", door, {"factor": "code"})


def _use_code(kept: Held, typed: str, door: Door) -> bool:
    account = kept.account
    if account.totp_sealed is None:
        return False
    step = _step_of(_open(kept.side.ring, account.totp_sealed, account.id), typed, door)
    if step is None or step <= (account.totp_last_step or 0):
        return False
    account.totp_last_step = step
    return True


def _step_of(seed: str, typed: str, door: Door) -> int | None:
    """The half minute that a code belongs to. All near ones are compared, so that the time tells nothing."""
    generator, now = pyotp.TOTP(seed), int(door.now.timestamp()) // STEP_SECONDS
    right = [
        now + near
        for near in NEAR_STEPS
        if pyotp.utils.strings_equal(generator.generate_otp(now + near), typed)
    ]
    return right[-1] if right else None


def _seal(ring: KeyRing, seed: str, account_id: UUID) -> bytes:
    wrapped = keys.wrap(ring, seed.encode(), f"totp/{account_id}")
    return wrapped.key.encode() + b":" + wrapped.data


def _open(ring: KeyRing, sealed: bytes, account_id: UUID) -> str:
    key, _, data = sealed.partition(b":")
    return keys.unwrapped(ring, Wrapped(key.decode(), data), f"totp/{account_id}").decode()


def _mark(ring: KeyRing, account_id: UUID, code: str) -> bytes:
    return ring.mark("recovery", account_id.bytes + code.encode("utf-8", "replace"))
