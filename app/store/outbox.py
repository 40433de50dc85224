"""What other programs are to be told: rows written with the work they tell of, and sent afterwards by the job runner."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Moment, new_id


class OutboxEvent(Base):
    """Something that an office's own programs may want to know. It names what happened and to what, never content."""

    __tablename__ = "outbox_event"
    __table_args__ = (Index(None, "sent_at", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID]
    at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)


def post(
    db: Session, kind: str, subject: str, subject_id: UUID, *, office_id: UUID, at: datetime
) -> OutboxEvent:
    """Puts an event in the outbox of an office; it is there if the work is kept, and not otherwise."""
    event = OutboxEvent(
        id=new_id(), office_id=office_id, kind=kind, subject=subject, subject_id=subject_id, at=at
    )
    db.add(event)
    return event
