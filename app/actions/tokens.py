"""Tokens by which machines work for an account: within scopes that its role has, for a time, and ended by hand."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app import security
from app.access import Permission, Role, may
from app.actions.accounts import managed_account, managed_office, note_account
from app.actions.door import PREFIXES
from app.actions.once import made_once
from app.actions.work import Work
from app.errors import ConflictError, NotFoundError, UnprocessableError
from app.store import sign_ins as store
from app.store.accounts import Account, Token

MOST_DAYS = 366
NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Wanted:
    """A token that an administrator asks for: for whom, what it may do, for how many days, and what it is called."""

    account_id: UUID
    scopes: frozenset[Permission]
    days: int
    name: str = ""


def make(work: Work, wanted: Wanted, key: str) -> tuple[dict[str, object], str]:
    """A token and its secret. The same key gives the same secret, for an answer that was lost."""
    work.require(Permission.ACCOUNT_KEEP)
    account = managed_account(work, wanted.account_id)
    if account.disabled_at:
        raise ConflictError("This account is closed.")
    _require_within(account, wanted)
    asked = repr((account.id, sorted(one.value for one in wanted.scopes), wanted.days, wanted.name))
    token_id, is_new = made_once(work, key, asked.encode(), "token")
    raw = work.own.ring.mark("token", token_id.bytes + key.encode())
    secret = security.secret_of(raw, PREFIXES[work.own.side])
    if is_new:
        token = Token(
            digest=security.digest(secret),
            id=token_id,
            account_id=account.id,
            name=wanted.name,
            scopes=sorted(one.value for one in wanted.scopes),
            created_at=work.now,
            expires_at=work.now + timedelta(days=wanted.days),
        )
        work.db.add(token)
        work.db.flush()
        note_account(work, account, "token:make", {"token": str(token.id), "scopes": token.scopes})
    return token_line(*_managed(work, token_id)), secret


def page(
    work: Work, office_id: UUID | None, *, limit: int, after: UUID | None
) -> tuple[list[dict[str, object]], UUID | None]:
    """One page of the tokens of an office, ended ones included, and where the next begins."""
    work.require(Permission.ACCOUNT_KEEP)
    office = managed_office(work, office_id)
    rows = store.list_tokens(work.db, office.id, limit=limit + 1, after=after)
    shown = rows[:limit]
    work.note("token:list", "office", office.id, {"count": len(shown)})
    return [token_line(*one) for one in shown], shown[-1][0].id if len(rows) > limit else None


def of_account(work: Work) -> list[dict[str, object]]:
    """The tokens that work for the account of whoever asks, so that nothing acts in a person's name unseen."""
    return [
        token_line(token, account)
        for token, account in store.tokens_of(work.db, work.actor.account_id)
        if token.revoked_at is None and (token.expires_at is None or token.expires_at > work.now)
    ]


def revoke(work: Work, token_id: UUID) -> None:
    """Ends a token from now on; one that has ended stays so."""
    work.require(Permission.ACCOUNT_KEEP)
    token, account = _managed(work, token_id)
    if token.revoked_at is None:
        token.revoked_at = work.now
        note_account(work, account, "token:revoke", {"token": str(token.id)})


def token_line(token: Token, account: Account) -> dict[str, object]:
    """One token as a list shows it, without its secret."""
    return {
        "id": str(token.id),
        "name": token.name,
        "account": str(account.id),
        "email": account.email,
        "scopes": list(token.scopes),
        "created_at": token.created_at.isoformat(),
        "expires_at": token.expires_at.isoformat() if token.expires_at else None,
        "revoked_at": token.revoked_at.isoformat() if token.revoked_at else None,
    }


def _managed(work: Work, token_id: UUID) -> tuple[Token, Account]:
    found = store.find_token_by_id(work.db, token_id)
    if found is None:
        raise NotFoundError("There is no such token.")
    try:
        managed_account(work, found[1].id)
    except NotFoundError:
        raise NotFoundError("There is no such token.") from None
    return found


def _require_within(account: Account, wanted: Wanted) -> None:
    if not wanted.scopes:
        raise UnprocessableError("A token needs at least one scope.")
    if not 1 <= wanted.days <= MOST_DAYS:
        raise UnprocessableError(f"A token is good for 1 to {MOST_DAYS} days.")
    if len(wanted.name) > NAME_LENGTH:
        raise UnprocessableError(f"The name of a token has at most {NAME_LENGTH} characters.")
    role = Role(account.role)
    beyond = sorted(one.value for one in wanted.scopes if not may(role, one))
    if beyond:
        raise UnprocessableError(
            f"This account may not do this, so no token for it may: {', '.join(beyond)}."
        )
