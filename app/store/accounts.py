"""Offices, the people in them, and what they sign in with."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.access import OfficeKind, Role
from app.errors import NotFoundError
from app.store.audit import START, AuditHead
from app.store.base import Base, Json, Moment, new_id


def one_of(column: str, words: type[OfficeKind] | type[Role]) -> CheckConstraint:
    """A constraint that a column holds one of the words of a list."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Office(Base):
    """A police agency, a prosecutor's office, an advocacy organisation, a defense office, a court or an oversight body."""

    __tablename__ = "office"
    __table_args__ = (one_of("kind", OfficeKind),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[OfficeKind] = mapped_column(String(40))
    limits: Mapped[dict[str, object]] = mapped_column(Json, default=dict)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Account(Base):
    """One person in one office with one role. Without a password the account was invited and has not signed in yet."""

    __tablename__ = "account"
    __table_args__ = (one_of("role", Role), Index(None, "office_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    email: Mapped[str] = mapped_column(Text, unique=True)
    role: Mapped[Role] = mapped_column(String(40))
    password_hash: Mapped[str | None] = mapped_column(Text)
    totp_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    totp_pending: Mapped[bytes | None] = mapped_column(LargeBinary)
    """A seed that was shown and not yet confirmed by a code."""
    totp_last_step: Mapped[int | None]
    failed: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
    disabled_at: Mapped[datetime | None] = mapped_column(Moment)
    oidc_subject: Mapped[str | None] = mapped_column(Text, unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Invitation(Base):
    """A one-time address by which an account gets its first password. Only a digest of the secret is kept."""

    __tablename__ = "invitation"
    __table_args__ = (Index(None, "account_id"),)

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    invited_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Passkey(Base):
    """A WebAuthn credential of an account."""

    __tablename__ = "passkey"
    __table_args__ = (Index(None, "account_id"),)

    credential: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)


class RecoveryCode(Base):
    """One of the codes that stand in once for a lost second factor."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index(None, "account_id"),)

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class SignIn(Base):
    """A signed-in browser, which the person can see in a list and end. Only a digest of the cookie is kept.

    `factors` with one word alone is half a sign-in: the second factor is still to come.
    """

    __tablename__ = "sign_in"
    __table_args__ = (Index(None, "account_id"),)

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    device: Mapped[str] = mapped_column(Text)
    factors: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    locked_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    challenge: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What a passkey has to sign next; it is good once."""


class Token(Base):
    """A service token of a machine that works for an account, within scopes. Only a digest is kept."""

    __tablename__ = "token"
    __table_args__ = (UniqueConstraint("id"), Index(None, "account_id"))

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    id: Mapped[UUID]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(Text, default="")
    scopes: Mapped[list[str]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class IdempotencyKey(Base):
    """What a client's key for a create led to, so that the same request again gives the same answer and makes nothing."""

    __tablename__ = "idempotency_key"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    mark: Mapped[bytes] = mapped_column(LargeBinary)
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(Moment)


def add_office(db: Session, name: str, kind: OfficeKind, *, at: datetime) -> Office:
    """A new office, with the start of its audit chain."""
    office = Office(id=new_id(), name=name, kind=kind, limits={}, created_at=at)
    db.add(office)
    db.flush()
    mark = db.info["voi_audit_mark"](office.id, 0, START)
    db.add(AuditHead(office_id=office.id, number=0, hash=START, mark=mark))
    db.flush()
    return office


def find_office(db: Session, name: str) -> Office | None:
    return db.scalar(select(Office).where(Office.name == name))


def get_office(db: Session, office_id: UUID) -> Office:
    office = db.get(Office, office_id)
    if office is None:
        raise NotFoundError("There is no such office.")
    return office


def list_offices(db: Session) -> list[Office]:
    return list(db.scalars(select(Office).order_by(Office.name)))


def find_account(db: Session, email: str) -> Account | None:
    """The account of an address, whatever the case of its letters."""
    return db.scalar(select(Account).where(Account.email == email.strip().lower()))


def add_account(
    db: Session, office: Office, email: str, role: Role, *, at: datetime, account_id: UUID | None = None
) -> Account:
    account = Account(
        id=account_id or new_id(),
        office_id=office.id,
        email=email.strip().lower(),
        role=role,
        failed=0,
        created_at=at,
    )
    db.add(account)
    db.flush()
    return account


def find_token(db: Session, digest: bytes) -> tuple[Token, Account, Office] | None:
    """A token with its account and office, whether or not it is still good."""
    query = select(Token, Account, Office).join(Account, Account.id == Token.account_id)
    found = db.execute(
        query.join(Office, Office.id == Account.office_id).where(Token.digest == digest)
    ).first()
    return (found[0], found[1], found[2]) if found else None


def count_accounts(db: Session) -> int:
    return db.scalar(select(func.count()).select_from(Account)) or 0
