"""Where an office's own programs want to hear of events, and every attempt to tell them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Json, Moment
from app.store.outbox import OutboxEvent


class Webhook(Base):
    """An address that is told of some kinds of event. The secret that signs what is sent follows from its id and the key file."""

    __tablename__ = "webhook"
    __table_args__ = (Index(None, "office_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    url: Mapped[str] = mapped_column(Text)
    kinds: Mapped[list[str]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Attempt(Base):
    """One event for one address: how often it was tried, and when it is tried next."""

    __tablename__ = "webhook_attempt"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        Index("ix_webhook_attempt_due", "delivered_at", "next_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhook.id"))
    event_id: Mapped[UUID] = mapped_column(ForeignKey("outbox_event.id"))
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None] = mapped_column(Moment)
    delivered_at: Mapped[datetime | None] = mapped_column(Moment)
    last_status: Mapped[int | None]


def list_webhooks(db: Session, office_id: UUID) -> Sequence[Webhook]:
    """The addresses of an office that are told now."""
    query = select(Webhook).where(Webhook.office_id == office_id, Webhook.ended_at.is_(None))
    return db.scalars(query.order_by(Webhook.created_at, Webhook.id)).all()


def find_webhook(db: Session, office_id: UUID, webhook_id: UUID) -> Webhook | None:
    """An address of this office, ended or not."""
    return db.scalar(select(Webhook).where(Webhook.office_id == office_id, Webhook.id == webhook_id))


def unsent_events(db: Session, limit: int) -> Sequence[OutboxEvent]:
    """Events that no address was asked about yet, oldest first; other processes pass over those taken here."""
    query = select(OutboxEvent).where(OutboxEvent.sent_at.is_(None)).order_by(OutboxEvent.at, OutboxEvent.id)
    return db.scalars(query.limit(limit).with_for_update(skip_locked=True)).all()


def due_attempts(db: Session, now: datetime, limit: int) -> Sequence[Attempt]:
    """Attempts to be made now; other processes pass over those taken here."""
    query = select(Attempt).where(Attempt.delivered_at.is_(None), Attempt.next_at <= now)
    return db.scalars(query.order_by(Attempt.next_at).limit(limit).with_for_update(skip_locked=True)).all()
