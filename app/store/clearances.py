"""What defense counsel cleared or withheld of a person's own statements; the newest word on each one stands."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import ERASABLE, Base, Moment


class Clearance(Base):
    """One decision on one response. `sealed` is what a cleared statement may be used for."""

    __tablename__ = "clearance"
    __table_args__ = (Index(None, "screening_id", "version"), ERASABLE)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    version: Mapped[int]
    response_id: Mapped[UUID] = mapped_column(ForeignKey("response.id"))
    cleared: Mapped[bool]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


def list_clearances(db: Session, screening_id: UUID, version: int | None = None) -> Sequence[Clearance]:
    """Every decision up to a version, oldest first."""
    query = select(Clearance).where(Clearance.screening_id == screening_id)
    if version is not None:
        query = query.where(Clearance.version <= version)
    return db.scalars(query.order_by(Clearance.version, Clearance.id)).all()
