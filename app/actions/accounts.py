"""Offices, accounts and machine tokens: made by an operator's command or an administrator, each noted in the log."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app import security
from app.access import OfficeKind, Permission, Role
from app.actions.door import PREFIXES
from app.actions.work import Actor, Work
from app.errors import ConflictError, NotFoundError, UnprocessableError
from app.store import accounts as store
from app.store import audit, sign_ins
from app.store.accounts import Account, Office, Token
from app.store.base import new_id
from app.store.compartments import Compartment, Compartments

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

_EVERYWHERE = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
ROLES_OF = {
    OfficeKind.POLICE: _EVERYWHERE | {Role.OFFICER, Role.SUPERVISOR, Role.ADVOCATE},
    OfficeKind.PROSECUTOR: _EVERYWHERE | {Role.PROSECUTOR, Role.SUPERVISOR, Role.ADVOCATE},
    OfficeKind.COMMUNITY_ADVOCACY: _EVERYWHERE | {Role.ADVOCATE},
    OfficeKind.SYSTEM_ADVOCACY: _EVERYWHERE | {Role.ADVOCATE},
    OfficeKind.DEFENSE: _EVERYWHERE | {Role.DEFENSE},
    OfficeKind.COURT: _EVERYWHERE | {Role.COURT},
    OfficeKind.OVERSIGHT: _EVERYWHERE | {Role.LAW_EDITOR},
}
"""The roles that people can have in an office of a kind; what a role sees depends on both."""


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


def managed_office(work: Work, office_id: UUID | None = None) -> Office:
    """An office whose accounts the actor keeps: their own, or for oversight any office of the justice side."""
    own = office_id is None or office_id == work.actor.office_id
    if own:
        return store.get_office(work.db, work.actor.office_id)
    if work.actor.kind is not OfficeKind.OVERSIGHT:
        raise NotFoundError("There is no such office.")
    office = store.get_office(work.db, office_id or work.actor.office_id)
    if office.kind == OfficeKind.COMMUNITY_ADVOCACY:
        raise NotFoundError("There is no such office.")
    return office


def managed_offices(work: Work) -> list[Office]:
    """The offices whose accounts the actor keeps."""
    if work.actor.kind is not OfficeKind.OVERSIGHT:
        return [managed_office(work)]
    return [one for one in store.list_offices(work.db) if one.kind != OfficeKind.COMMUNITY_ADVOCACY]


def managed_account(work: Work, account_id: UUID) -> Account:
    """An account that the actor keeps. NotFoundError for any other, as for one that is not there."""
    account = sign_ins.lock_account(work.db, account_id)
    if account is None:
        raise NotFoundError("There is no such account.")
    try:
        managed_office(work, account.office_id)
    except NotFoundError:
        raise NotFoundError("There is no such account.") from None
    return account


def require_role(kind: OfficeKind, role: Role) -> None:
    """UnprocessableError where nobody can have this role in an office of this kind."""
    if role not in ROLES_OF[kind]:
        words = ", ".join(sorted(one.value for one in ROLES_OF[kind]))
        raise UnprocessableError(f"In an office of this kind a person is one of: {words}.")


def page_of_accounts(
    work: Work, office_id: UUID | None, *, limit: int, after: UUID | None
) -> tuple[list[dict[str, object]], UUID | None]:
    """One page of the accounts of an office, and where the next begins."""
    work.require(Permission.ACCOUNT_KEEP)
    office = managed_office(work, office_id)
    rows = sign_ins.list_accounts(work.db, office.id, limit=limit + 1, after=after)
    shown = rows[:limit]
    with_key = sign_ins.accounts_with_passkeys(work.db, [one.id for one in shown])
    work.note("account:list", "office", office.id, {"count": len(shown)})
    items = [account_line(one, office, work.now, has_passkey=one.id in with_key) for one in shown]
    return items, shown[-1].id if len(rows) > limit else None


def account_line(account: Account, office: Office, now: datetime, *, has_passkey: bool) -> dict[str, object]:
    """One account as a list shows it."""
    factors = [
        name for name, there in (("code", bool(account.totp_sealed)), ("passkey", has_passkey)) if there
    ]
    return {
        "id": str(account.id),
        "email": account.email,
        "role": Role(account.role).value,
        "office": {"id": str(office.id), "name": office.name, "kind": OfficeKind(office.kind).value},
        "state": _state(account, now),
        "second_factors": factors,
        "created_at": account.created_at.isoformat(),
    }


def shown_account(work: Work, account: Account) -> dict[str, object]:
    """One account with its office."""
    office = store.get_office(work.db, account.office_id)
    has_passkey = bool(sign_ins.accounts_with_passkeys(work.db, [account.id]))
    return account_line(account, office, work.now, has_passkey=has_passkey)


def change_account(work: Work, account_id: UUID, *, role: Role | None, disabled: bool | None) -> Account:
    """Changes role, or closes or re-opens an account. ConflictError for one's own: nobody locks themselves out."""
    work.require(Permission.ACCOUNT_KEEP)
    account = managed_account(work, account_id)
    if account.id == work.actor.account_id:
        raise ConflictError("Another administrator has to do this for your own account.")
    if role is not None and role != account.role:
        require_role(OfficeKind(store.get_office(work.db, account.office_id).kind), role)
        before, account.role = Role(account.role), role
        note_account(work, account, "account:role", {"from": before.value, "to": role.value})
    if disabled is not None and disabled != (account.disabled_at is not None):
        account.disabled_at = work.now if disabled else None
        if disabled:
            sign_ins.end_sign_ins(work.db, account.id, work.now)
            sign_ins.end_invitations(work.db, account.id, work.now)
        note_account(work, account, "account:disable" if disabled else "account:enable")
    work.db.flush()
    return account


def offices(work: Work) -> list[dict[str, object]]:
    """The names and kinds of all offices of both sides: what anyone has to know to send something to the right one."""
    work.require(Permission.OFFICE_READ)
    rows = list(store.list_offices(work.db))
    other = next(side for side in work.sides.each() if side is not work.own)
    with other.look() as db:
        rows += store.list_offices(db)
    rows.sort(key=lambda one: one.name)
    return [{"id": str(one.id), "name": one.name, "kind": OfficeKind(one.kind).value} for one in rows]


def note_account(work: Work, account: Account, tag: str, detail: Mapping[str, object] | None = None) -> None:
    """Notes an act on an account in the chain of its office, and in that of the actor's where it is another."""
    for office_id in sorted({account.office_id, work.actor.office_id}):
        work.note(tag, "account", account.id, detail, office_id=office_id)


def _state(account: Account, now: datetime) -> str:
    if account.disabled_at:
        return "disabled"
    if account.locked_until and account.locked_until > now:
        return "locked_out"
    return "active" if account.password_hash or account.oidc_subject else "invited"


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
