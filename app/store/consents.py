"""A person's written agreement that an agency says something to offices of the justice side, and what was said by it."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import INSERT_ONLY, Base, Json, Moment


class SignedBy(StrEnum):
    """Who signed."""

    PERSON = "person"
    GUARDIAN = "guardian"
    BOTH = "both"


class ConsentField(StrEnum):
    """What may be told."""

    WORDS = "words"
    STANCE = "stance"


class Consent(Base):
    """Whom it is about, what may be told to which offices, why, who signed it when, and until when it is good."""

    __tablename__ = "consent"
    __table_args__ = (Index(None, "office_id", "person_id"), INSERT_ONLY)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person_file.id"))
    to: Mapped[list[str]] = mapped_column(Json)
    fields: Mapped[list[str]] = mapped_column(Json)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """The purpose."""
    signed_by: Mapped[SignedBy] = mapped_column(String(20))
    signed_on: Mapped[date]
    expires_at: Mapped[datetime] = mapped_column(Moment)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class ConsentEnd(Base):
    """A consent that was taken back."""

    __tablename__ = "consent_end"
    __table_args__ = (INSERT_ONLY,)

    consent_id: Mapped[UUID] = mapped_column(ForeignKey("consent.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class SentStatement(Base):
    """The agency's own copy of a statement, written before anything leaves, so that nothing can be over there unknown here."""

    __tablename__ = "sent_statement"
    __table_args__ = (Index(None, "consent_id"), INSERT_ONLY)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    consent_id: Mapped[UUID] = mapped_column(ForeignKey("consent.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Case token, words and stance."""
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class Delivery(Base):
    """That a statement has arrived."""

    __tablename__ = "delivery"
    __table_args__ = (INSERT_ONLY,)

    statement_id: Mapped[UUID] = mapped_column(ForeignKey("sent_statement.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


def lock_consent(db: Session, consent_id: UUID) -> Consent | None:
    """A consent, locked, so that sending and taking back come one after the other."""
    return db.get(Consent, consent_id, with_for_update=True, populate_existing=True)


def list_consents(db: Session, office_id: UUID, person_id: UUID | None) -> Sequence[Consent]:
    """The consents of an agency, newest first."""
    query = select(Consent).where(Consent.office_id == office_id)
    if person_id:
        query = query.where(Consent.person_id == person_id)
    return db.scalars(query.order_by(Consent.at.desc(), Consent.id.desc())).all()


def find_end(db: Session, consent_id: UUID) -> ConsentEnd | None:
    return db.get(ConsentEnd, consent_id)


def sent_by(db: Session, consent_id: UUID) -> Sequence[SentStatement]:
    """What was said by a consent, oldest first."""
    query = select(SentStatement).where(SentStatement.consent_id == consent_id)
    return db.scalars(query.order_by(SentStatement.at, SentStatement.id)).all()


def find_delivery(db: Session, statement_id: UUID) -> Delivery | None:
    return db.get(Delivery, statement_id)
