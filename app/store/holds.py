"""Legal holds on screenings, and the rules by which an office lets go of what it no longer needs."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import INSERT_ONLY, Base, Moment


class LegalHold(Base):
    """While a hold stands, nothing of the screening is erased, whatever the rules of retention say."""

    __tablename__ = "legal_hold"
    __table_args__ = (Index(None, "screening_id"), INSERT_ONLY)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    basis: Mapped[str] = mapped_column(Text)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class LegalHoldEnd(Base):
    """A hold that was lifted, on what basis."""

    __tablename__ = "legal_hold_end"
    __table_args__ = (INSERT_ONLY,)

    hold_id: Mapped[UUID] = mapped_column(ForeignKey("legal_hold.id"), primary_key=True)
    basis: Mapped[str] = mapped_column(Text)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class RetentionRule(Base):
    """After how many days a closed screening goes, by jurisdiction of its charges (`*`: any) and outcome (`*`: any)."""

    __tablename__ = "retention_rule"
    __table_args__ = (UniqueConstraint("office_id", "jurisdiction", "outcome"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    jurisdiction: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[str] = mapped_column(String(40))
    days: Mapped[int]
    basis: Mapped[str] = mapped_column(Text)


def is_held(db: Session, screening_id: UUID) -> bool:
    """Whether a hold stands."""
    lifted = exists().where(LegalHoldEnd.hold_id == LegalHold.id)
    return db.scalar(select(exists().where(LegalHold.screening_id == screening_id, ~lifted))) or False


def list_holds(db: Session, screening_id: UUID) -> Sequence[tuple[LegalHold, LegalHoldEnd | None]]:
    """Every hold with its end, oldest first."""
    query = select(LegalHold, LegalHoldEnd).outerjoin(LegalHoldEnd, LegalHoldEnd.hold_id == LegalHold.id)
    rows = db.execute(query.where(LegalHold.screening_id == screening_id).order_by(LegalHold.at)).all()
    return [(row[0], row[1]) for row in rows]


def list_rules(db: Session, office_id: UUID) -> Sequence[RetentionRule]:
    query = select(RetentionRule).where(RetentionRule.office_id == office_id)
    return db.scalars(query.order_by(RetentionRule.jurisdiction, RetentionRule.outcome)).all()
