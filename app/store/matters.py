"""What belongs to a person or a matter rather than to one screening: earlier contacts, and who else was involved."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import ERASABLE, INSERT_ONLY, Base, Moment
from app.store.screenings import Screening


class EarlierContact(Base):
    """That a person was met before as a victim, when and by what source."""

    __tablename__ = "earlier_contact"
    __table_args__ = (Index(None, "person_id"), INSERT_ONLY)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person_file.id"))
    met_on: Mapped[date]
    met_as: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class Others(Base):
    """Those who exploited the person, with the dates, and other victims, sealed, as of a version of the screening."""

    __tablename__ = "others"
    __table_args__ = (ERASABLE,)

    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


def list_contacts(db: Session, person_id: UUID) -> Sequence[EarlierContact]:
    query = select(EarlierContact).where(EarlierContact.person_id == person_id)
    return db.scalars(query.order_by(EarlierContact.met_on, EarlierContact.id)).all()


def newest_others(db: Session, screening_id: UUID) -> Others | None:
    query = select(Others).where(Others.screening_id == screening_id)
    return db.scalar(query.order_by(Others.version.desc()).limit(1))


def screenings_of_matter(db: Session, matter_id: UUID) -> Sequence[Screening]:
    query = select(Screening).where(Screening.matter_id == matter_id)
    return db.scalars(query.order_by(Screening.opened_at, Screening.id)).all()


def next_of(db: Session, screening_id: UUID) -> Screening | None:
    """The screening that was re-opened from this one."""
    return db.scalar(select(Screening).where(Screening.previous_id == screening_id))
