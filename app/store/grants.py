"""Which offices a screening reached, and why: its own office, and those it was submitted, released, disclosed or filed to."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, Row, String, Text, and_, exists, or_, select, tuple_
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import INSERT_ONLY, Base, Json, Moment
from app.store.screenings import PersonFile, Screening, ScreeningHead


class Reach(StrEnum):
    """Why an office can see a screening."""

    OWN = "own"
    SUBMITTED = "submitted"
    NEED_TO_KNOW = "need_to_know"
    RELEASED = "released"
    DISCLOSED = "disclosed"
    FILED = "filed"
    BREAK_GLASS = "break_glass"


class Grant(Base):
    """A screening within the reach of an office. `opened_at` is that of the screening, so that a queue is one index."""

    __tablename__ = "grant_to_office"
    __table_args__ = (
        Index("ix_grant_to_office_queue", "office_id", "opened_at", "screening_id"),
        Index(None, "screening_id"),
        INSERT_ONLY,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    office_id: Mapped[UUID]
    reach: Mapped[Reach] = mapped_column(String(20))
    account_id: Mapped[UUID | None]
    """Set where the grant is to one person of the office only."""
    fields: Mapped[list[str]] = mapped_column(Json)
    purpose: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    granted_by: Mapped[UUID | None]
    granted_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)


class GrantEnd(Base):
    """A grant that was taken back; from then on it gives nothing."""

    __tablename__ = "grant_end"
    __table_args__ = (INSERT_ONLY,)

    grant_id: Mapped[UUID] = mapped_column(ForeignKey("grant_to_office.id"), primary_key=True)
    ended_by: Mapped[UUID | None]
    ended_at: Mapped[datetime] = mapped_column(Moment)


def held_by(account_id: UUID | None) -> list[ColumnElement[bool]]:
    """Those grants that count for one account; None: all."""
    return [or_(Grant.account_id.is_(None), Grant.account_id == account_id)] if account_id else []


def in_force(now: datetime) -> ColumnElement[bool]:
    """A grant that has neither expired nor been taken back."""
    ended = exists().where(GrantEnd.grant_id == Grant.id)
    return and_(or_(Grant.expires_at.is_(None), Grant.expires_at > now), ~ended)


def grants_of(
    db: Session, screening_id: UUID, office_id: UUID, account_id: UUID | None, now: datetime
) -> Sequence[Grant]:
    """The grants in force by which one person of one office reaches a screening; account None: anyone's in the office."""
    query = select(Grant).where(
        Grant.screening_id == screening_id,
        Grant.office_id == office_id,
        *held_by(account_id),
        in_force(now),
    )
    return db.scalars(query.order_by(Grant.granted_at, Grant.id)).all()


def list_grants(db: Session, screening_id: UUID) -> Sequence[Grant]:
    """Every grant of a screening, ended ones included, oldest first."""
    query = select(Grant).where(Grant.screening_id == screening_id)
    return db.scalars(query.order_by(Grant.granted_at, Grant.id)).all()


def queue(
    db: Session,
    office_id: UUID,
    account_id: UUID | None,
    now: datetime,
    *,
    limit: int,
    after: tuple[datetime, UUID] | None = None,
) -> Sequence[Row[Grant, Screening, ScreeningHead, PersonFile]]:
    """One page of what an office can see, newest first; `after` is where the page before ended."""
    query = (
        select(Grant, Screening, ScreeningHead, PersonFile)
        .join(Screening, Screening.id == Grant.screening_id)
        .join(ScreeningHead, ScreeningHead.screening_id == Screening.id)
        .join(PersonFile, PersonFile.id == Screening.person_id)
        .where(
            Grant.office_id == office_id,
            *held_by(account_id),
            in_force(now),
        )
    )
    if after:
        query = query.where(tuple_(Grant.opened_at, Grant.screening_id) < tuple_(*after))
    return db.execute(query.order_by(Grant.opened_at.desc(), Grant.screening_id.desc()).limit(limit)).all()


def list_ends(db: Session, screening_id: UUID) -> Sequence[GrantEnd]:
    """The ends of the grants of a screening."""
    query = select(GrantEnd).join(Grant, Grant.id == GrantEnd.grant_id)
    return db.scalars(query.where(Grant.screening_id == screening_id)).all()


def released_to(
    db: Session, office_id: UUID, now: datetime
) -> Sequence[Row[Grant, Screening, ScreeningHead]]:
    """What was released to an advocacy organisation and is in force, newest first."""
    query = (
        select(Grant, Screening, ScreeningHead)
        .join(Screening, Screening.id == Grant.screening_id)
        .join(ScreeningHead, ScreeningHead.screening_id == Screening.id)
        .where(Grant.office_id == office_id, Grant.reach == Reach.RELEASED, in_force(now))
    )
    return db.execute(query.order_by(Grant.granted_at.desc(), Grant.id.desc())).all()
