"""Finds signed-in browsers, second factors, invitations and tokens by what is kept of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.store.accounts import Account, Invitation, Office, Passkey, RecoveryCode, SignIn, Token


def find_sign_in(db: Session, digest: bytes, *, lock: bool = False) -> tuple[SignIn, Account, Office] | None:
    """A sign-in with its account and office, whether or not it is still good; `lock` keeps both rows for this work."""
    query = (
        select(SignIn, Account, Office)
        .join(Account, Account.id == SignIn.account_id)
        .join(Office, Office.id == Account.office_id)
        .where(SignIn.digest == digest)
    )
    found = db.execute(query.with_for_update(of=[SignIn, Account]) if lock else query).first()
    return (found[0], found[1], found[2]) if found else None


def lock_account(db: Session, account_id: UUID) -> Account | None:
    """An account, kept for this work, so that two attempts are counted one after the other."""
    return db.get(Account, account_id, with_for_update=True, populate_existing=True)


def find_by_subject(db: Session, subject: str) -> Account | None:
    return db.scalar(select(Account).where(Account.oidc_subject == subject))


def list_sign_ins(db: Session, account_id: UUID, since: datetime) -> Sequence[SignIn]:
    """The browsers of an account that are whole and not ended, the one seen last first."""
    query = select(SignIn).where(
        SignIn.account_id == account_id,
        SignIn.ended_at.is_(None),
        SignIn.created_at > since,
        SignIn.factors.contains("+"),
    )
    return db.scalars(query.order_by(SignIn.seen_at.desc(), SignIn.id)).all()


def end_sign_ins(db: Session, account_id: UUID, now: datetime, *, but: UUID | None = None) -> None:
    """Ends every sign-in of an account, halves included."""
    query = update(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    if but:
        query = query.where(SignIn.id != but)
    db.execute(query.values(ended_at=now))


def list_passkeys(db: Session, account_id: UUID) -> Sequence[Passkey]:
    return db.scalars(
        select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.created_at)
    ).all()


def find_recovery_code(db: Session, account_id: UUID, mark: bytes) -> RecoveryCode | None:
    """A code that was not used yet."""
    query = select(RecoveryCode).where(
        RecoveryCode.digest == mark, RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    )
    return db.scalar(query.with_for_update())


def count_recovery_codes(db: Session, account_id: UUID) -> int:
    """How many codes are left."""
    query = select(RecoveryCode.digest).where(
        RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    )
    return len(db.scalars(query).all())


def drop_recovery_codes(db: Session, account_id: UUID) -> None:
    db.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def drop_passkeys(db: Session, account_id: UUID) -> None:
    db.execute(delete(Passkey).where(Passkey.account_id == account_id))


def find_invitation(
    db: Session, digest: bytes, *, lock: bool = False
) -> tuple[Invitation, Account, Office] | None:
    """An invitation with its account and office, whether or not it is still good."""
    query = (
        select(Invitation, Account, Office)
        .join(Account, Account.id == Invitation.account_id)
        .join(Office, Office.id == Account.office_id)
        .where(Invitation.digest == digest)
    )
    found = db.execute(query.with_for_update(of=Invitation) if lock else query).first()
    return (found[0], found[1], found[2]) if found else None


def end_invitations(db: Session, account_id: UUID, now: datetime) -> None:
    """Makes the invitations that are still open good for nothing."""
    query = update(Invitation).where(Invitation.account_id == account_id, Invitation.used_at.is_(None))
    db.execute(query.values(used_at=now))


def list_accounts(
    db: Session, office_id: UUID, *, limit: int, after: UUID | None = None
) -> Sequence[Account]:
    """One page of the accounts of an office, oldest first."""
    query = select(Account).where(Account.office_id == office_id)
    if after:
        query = query.where(Account.id > after)
    return db.scalars(query.order_by(Account.id).limit(limit)).all()


def accounts_with_passkeys(db: Session, account_ids: Sequence[UUID]) -> frozenset[UUID]:
    return frozenset(db.scalars(select(Passkey.account_id).where(Passkey.account_id.in_(account_ids))))


def list_tokens(
    db: Session, office_id: UUID, *, limit: int, after: UUID | None = None
) -> Sequence[tuple[Token, Account]]:
    """One page of the machine tokens of an office, oldest first."""
    query = select(Token, Account).join(Account, Account.id == Token.account_id)
    query = query.where(Account.office_id == office_id)
    if after:
        query = query.where(Token.id > after)
    return [(one[0], one[1]) for one in db.execute(query.order_by(Token.id).limit(limit))]


def tokens_of(db: Session, account_id: UUID) -> Sequence[tuple[Token, Account]]:
    query = select(Token, Account).join(Account, Account.id == Token.account_id)
    rows = db.execute(query.where(Token.account_id == account_id).order_by(Token.id))
    return [(one[0], one[1]) for one in rows]


def find_token_by_id(db: Session, token_id: UUID) -> tuple[Token, Account] | None:
    query = select(Token, Account).join(Account, Account.id == Token.account_id).where(Token.id == token_id)
    found = db.execute(query).first()
    return (found[0], found[1]) if found else None


def end_halves(db: Session, account_id: UUID, now: datetime) -> None:
    """Ends the sign-ins of an account that still wait for a second factor."""
    query = update(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    db.execute(query.where(~SignIn.factors.contains("+")).values(ended_at=now))
