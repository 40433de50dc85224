"""A community advocate's private notes on a person, sealed, for the author's agency alone."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import INSERT_ONLY, Base, Moment


class Note(Base):
    """One note. It is read with the key of the person file."""

    __tablename__ = "note"
    __table_args__ = (Index(None, "office_id", "person_id"), INSERT_ONLY)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person_file.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


def list_notes(db: Session, office_id: UUID, person_id: UUID) -> Sequence[Note]:
    """The notes of an agency on a person, oldest first."""
    query = select(Note).where(Note.office_id == office_id, Note.person_id == person_id)
    return db.scalars(query.order_by(Note.at, Note.id)).all()
