"""The disclosure register: what was produced or withheld, on what basis, to whom and when."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import INSERT_ONLY, Base, Moment


class Disclosure(Base):
    """One entry. It names what was handed over and says nothing of what stands in it."""

    __tablename__ = "disclosure"
    __table_args__ = (
        CheckConstraint("decision IN ('produced', 'withheld')", name="decision"),
        Index(None, "screening_id"),
        INSERT_ONLY,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    version: Mapped[int]
    item: Mapped[str] = mapped_column(Text)
    decision: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(Text)
    recipient: Mapped[str] = mapped_column(Text)
    office_id: Mapped[UUID]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


def list_disclosures(db: Session, screening_id: UUID, office_id: UUID) -> Sequence[Disclosure]:
    """The entries that one office made about a screening, oldest first."""
    query = select(Disclosure).where(
        Disclosure.screening_id == screening_id, Disclosure.office_id == office_id
    )
    return db.scalars(query.order_by(Disclosure.at, Disclosure.id)).all()
