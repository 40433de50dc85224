"""Anchors of the audit log: signed statements of where each chain stood, kept here and handed out to be kept elsewhere."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import INSERT_ONLY, Base, Moment


class AuditAnchor(Base):
    """Where one chain stood at one time, with the signature over it."""

    __tablename__ = "audit_anchor"
    __table_args__ = (INSERT_ONLY,)

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
    signature: Mapped[bytes] = mapped_column(LargeBinary)


def list_anchors(db: Session, office_id: UUID | None = None) -> Sequence[AuditAnchor]:
    """The anchors of an office, or of all, oldest first."""
    query = select(AuditAnchor)
    if office_id:
        query = query.where(AuditAnchor.office_id == office_id)
    return db.scalars(query.order_by(AuditAnchor.office_id, AuditAnchor.number)).all()
