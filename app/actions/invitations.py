"""Invitations: an administrator names an address and a role, and the person opens a link to set a password."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app import security
from app.access import OfficeKind, Permission, Role
from app.actions import sign_ins
from app.actions.accounts import managed_account, managed_office, note_account, require_role
from app.actions.door import PREFIXES, Door, note, side_with
from app.actions.once import made_once
from app.actions.passwords import require_good
from app.actions.work import Work
from app.errors import ConflictError, NotFoundError, UnprocessableError
from app.store import accounts as store
from app.store import sign_ins as found
from app.store.accounts import Account, Invitation, Office

GOOD_FOR = timedelta(hours=72)
ADDRESS = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,189}")


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as it is shown once: whom it is for, and the secret of its link."""

    account: Account
    office: Office
    secret: str
    expires_at: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom an administrator invites; without an office: to their own."""

    email: str
    role: Role
    office_id: UUID | None = None


def invite(work: Work, wanted: Wanted, key: str) -> Invited:
    """Makes an account without a password, and the link by which its owner sets one.

    The same key gives the same link, so that an answer that was lost can be asked for again.
    """
    work.require(Permission.ACCOUNT_KEEP)
    office = managed_office(work, wanted.office_id)
    require_role(OfficeKind(office.kind), wanted.role)
    email = wanted.email.strip().lower()
    if not ADDRESS.fullmatch(email):
        raise UnprocessableError("An e-mail address is expected, as in name@office.example.")
    account_id, is_new = made_once(work, key, repr((email, wanted.role, office.id)).encode(), "account")
    if is_new:
        if store.find_account(work.db, email):
            raise ConflictError("There is an account with this address already.")
        account = store.add_account(work.db, office, email, wanted.role, at=work.now, account_id=account_id)
        note_account(work, account, "account:invite", {"role": wanted.role.value})
    else:
        account = managed_account(work, account_id)
    return _invitation(work, account, office, key)


def reset(work: Work, account_id: UUID, key: str) -> Invited:
    """Takes away password, second factors and sign-ins of an account, and makes a new link for its owner."""
    work.require(Permission.ACCOUNT_KEEP)
    account = managed_account(work, account_id)
    if account.id == work.actor.account_id:
        raise ConflictError("Another administrator has to do this for your own account.")
    _, is_new = made_once(work, key, account_id.bytes, "reset")
    if is_new:
        account.password_hash = account.totp_sealed = account.totp_pending = account.oidc_subject = None
        account.failed, account.locked_until = 0, None
        found.drop_passkeys(work.db, account.id)
        found.drop_recovery_codes(work.db, account.id)
        found.end_sign_ins(work.db, account.id, work.now)
        found.end_invitations(work.db, account.id, work.now)
        note_account(work, account, "account:reset")
    return _invitation(work, account, store.get_office(work.db, account.office_id), key)


def opened(door: Door, secret: str) -> tuple[str, str]:
    """For whom an invitation is: address and office. NotFoundError where it is unknown, used or too old."""
    side = side_with(door.sides, secret)
    if side:
        with side.look() as db:
            seen = found.find_invitation(db, security.digest(secret))
        if seen and _is_good(seen[0], seen[1], door):
            return seen[1].email, seen[2].name
    raise _gone()


def accept(door: Door, secret: str, password: str) -> str:
    """Sets the first password and gives the secret of half a sign-in, which leads on to the second factor."""
    side = side_with(door.sides, secret)
    if side is None:
        raise _gone()
    email, _ = opened(door, secret)
    require_good(password, email)
    fresh = security.password_hash(password)
    with side.work() as db:
        seen = found.find_invitation(db, security.digest(secret), lock=True)
        if seen is None or not _is_good(seen[0], seen[1], door):
            raise _gone()
        invitation, account, _ = seen
        account.password_hash, invitation.used_at = fresh, door.now
        note(db, account, "accept", door)
        return sign_ins.begin(db, side, account, "password", door)


def _invitation(work: Work, account: Account, office: Office, key: str) -> Invited:
    """The link of a key: made from it, so that it need not be kept to be given again."""
    raw = work.own.ring.mark("invitation", account.id.bytes + key.encode())
    secret = security.secret_of(raw, PREFIXES[work.own.side])
    row = work.db.get(Invitation, security.digest(secret))
    if row is None:
        row = Invitation(
            digest=security.digest(secret),
            account_id=account.id,
            invited_by=work.actor.account_id,
            created_at=work.now,
            expires_at=work.now + GOOD_FOR,
        )
        work.db.add(row)
        work.db.flush()
    return Invited(account, office, secret, row.expires_at.isoformat())


def _is_good(invitation: Invitation, account: Account, door: Door) -> bool:
    return invitation.used_at is None and invitation.expires_at > door.now and account.disabled_at is None


def _gone() -> NotFoundError:
    return NotFoundError(
        "This invitation is not good any more: it was used, or it is older than three days. Ask for a new one."
    )
