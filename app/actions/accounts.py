"""Offices, accounts and machine tokens: made by an operator's command or an administrator, each noted in the log."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app import security
from app.access import OfficeKind, Permission, Role
from app.actions.work import Actor
from app.errors import ConflictError, NotFoundError
from app.store import accounts as store
from app.store import audit
from app.store.accounts import Account, Office, Token
from app.store.base import new_id
from app.store.compartments import Compartment, Compartments, Side

PREFIXES = {Side.JUSTICE: "voij_", Side.COMMUNITY: "voic_"}
"""A token says on which side of the wall it is known, so that only that side is asked."""

KIND_OF_ROLE = {
    Role.OFFICER: OfficeKind.POLICE,
    Role.PROSECUTOR: OfficeKind.PROSECUTOR,
    Role.SUPERVISOR: OfficeKind.PROSECUTOR,
    Role.ADVOCATE: OfficeKind.COMMUNITY_ADVOCACY,
    Role.DEFENSE: OfficeKind.DEFENSE,
    Role.COURT: OfficeKind.COURT,
    Role.LAW_EDITOR: OfficeKind.OVERSIGHT,
    Role.ADMINISTRATOR: OfficeKind.OVERSIGHT,
    Role.AUDITOR: OfficeKind.OVERSIGHT,
}
"""What an office is taken to be where the role of its first account is all that is known."""


def make_account(
    sides: Compartments, email: str, role: Role, *, office: str, kind: OfficeKind | None, now: datetime
) -> tuple[Account, Office, Compartment]:
    """An account, and its office where there is none of that name. ConflictError where the address is taken."""
    existing = _side_with(sides, office)
    if existing is None:
        existing = sides.of(kind or KIND_OF_ROLE[role])
    for side in sides.each():
        with side.work() as db:
            if store.find_account(db, email):
                raise ConflictError("There is an account with this address already.")
    with existing.work() as db:
        place = store.find_office(db, office)
        if place is None:
            place = store.add_office(db, office, kind or KIND_OF_ROLE[role], at=now)
        if kind and place.kind != kind:
            raise ConflictError(f"The office {office} is there already, as {place.kind}.")
        account = store.add_account(db, place, email, role, at=now)
        _note(db, place.id, "account:make", account.id, now=now, detail={"role": role.value})
    return account, place, existing


def set_first_password(sides: Compartments, email: str, now: datetime) -> str:
    """A password to begin with, given out here and never again."""
    for side in sides.each():
        with side.work() as db:
            account = store.find_account(db, email)
            if account:
                secret = security.new_secret()
                account.password_hash = security.password_hash(secret)
                _note(db, account.office_id, "account:password", account.id, now=now, detail={"first": True})
                return secret
    raise NotFoundError("There is no account with this address.")


def make_token(sides: Compartments, email: str, scopes: Iterable[str], now: datetime) -> str:
    """A secret for a machine that works for an account; it is given out here and never again."""
    for side in sides.each():
        with side.work() as db:
            account = store.find_account(db, email)
            if account:
                secret = security.new_secret(PREFIXES[side.side])
                allowed = sorted(set(scopes)) or sorted(one.value for one in Permission)
                token = Token(
                    digest=security.digest(secret),
                    id=new_id(),
                    account_id=account.id,
                    scopes=allowed,
                    created_at=now,
                )
                db.add(token)
                _note(
                    db,
                    account.office_id,
                    "token:make",
                    token.id,
                    now=now,
                    detail={"account": str(account.id)},
                )
                return secret
    raise NotFoundError("There is no account with this address.")


def actor_of_token(sides: Compartments, secret: str, now: datetime) -> tuple[Actor, Compartment] | None:
    """Who a machine's token works for; None for one that is unknown, ended, or of an account that was closed."""
    for side in sides.each():
        if not secret.startswith(PREFIXES[side.side]):
            continue
        with side.look() as db:
            found = store.find_token(db, security.digest(secret))
        if found is None:
            return None
        token, account, office = found
        ended = token.revoked_at or account.disabled_at or (token.expires_at and token.expires_at <= now)
        return None if ended else (actor_of(account, office, frozenset(token.scopes)), side)
    return None


def actor_of(
    account: Account, office: Office, scopes: frozenset[str] | None = None, sign_in: UUID | None = None
) -> Actor:
    """An account as somebody who acts."""
    kind, role = OfficeKind(office.kind), Role(account.role)
    return Actor(account.id, office.id, office.name, kind, role, scopes, sign_in)


def _side_with(sides: Compartments, office: str) -> Compartment | None:
    for side in sides.each():
        with side.look() as db:
            if store.find_office(db, office):
                return side
    return None


def _note(
    db: Session, office_id: UUID, tag: str, subject_id: UUID, *, now: datetime, detail: dict[str, object]
) -> None:
    audit.record(db, audit.Happening(office_id, now, tag, tag.partition(":")[0], subject_id, detail=detail))
