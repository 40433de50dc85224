"""What an advocate said to the justice side about a case: a row there under a key of its own, which goes when it ends."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String, delete, exists, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import INSERT_ONLY, Base, Json, Moment, insert_or_leave
from app.store.screenings import DataKeyRow


class Label(StrEnum):
    """What kind of advocate speaks: only a community advocate can promise to keep what was not said here."""

    COMMUNITY = "community"
    SYSTEM = "system"


class Stance(StrEnum):
    """How the advocate stands to what was found."""

    CONCUR = "concur"
    DISSENT = "dissent"
    NONE = "none"


class Statement(Base):
    """One statement. It names a case by its token, whether or not there is one, and nobody and nothing of the other side.

    `to` are the offices that may read it (none: every office that has the case). Without its data key it is unreadable.
    """

    __tablename__ = "statement"
    __table_args__ = (Index(None, "case_token"), Index(None, "expires_at"), INSERT_ONLY)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_token: Mapped[str] = mapped_column(String(40))
    label: Mapped[Label] = mapped_column(String(20))
    to: Mapped[list[str]] = mapped_column(Json)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)


class StatementEnd(Base):
    """A statement that was taken back, so that one which comes late is not kept after all."""

    __tablename__ = "statement_end"
    __table_args__ = (INSERT_ONLY,)

    statement_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


def find_statement(db: Session, statement_id: UUID) -> Statement | None:
    return db.get(Statement, statement_id)


def statements_of(db: Session, case_token: str, now: datetime) -> Sequence[tuple[Statement, DataKeyRow]]:
    """The statements about a case that can still be read, with their keys, oldest first."""
    query = (
        select(Statement, DataKeyRow)
        .join(DataKeyRow, DataKeyRow.screening_id == Statement.id)
        .where(
            Statement.case_token == case_token,
            or_(Statement.expires_at.is_(None), Statement.expires_at > now),
            ~exists().where(StatementEnd.statement_id == Statement.id),
        )
        .order_by(Statement.at, Statement.id)
    )
    return [(row[0], row[1]) for row in db.execute(query).all()]


def end_statements(db: Session, ids: Iterable[UUID], at: datetime) -> None:
    """Makes statements unreadable for ever."""
    for one in ids:
        insert_or_leave(db, StatementEnd, {"statement_id": one, "at": at})
        db.execute(delete(DataKeyRow).where(DataKeyRow.screening_id == one))


def forget_statements(db: Session, case_token: str) -> None:
    """Makes all statements about a case unreadable, as when it is sealed or expunged."""
    theirs = select(Statement.id).where(Statement.case_token == case_token)
    db.execute(delete(DataKeyRow).where(DataKeyRow.screening_id.in_(theirs)))


def forget_expired(db: Session, now: datetime) -> int:
    """Makes statements unreadable whose time is over; gives their number."""
    over = select(Statement.id).where(Statement.expires_at <= now)
    gone = db.execute(
        delete(DataKeyRow).where(DataKeyRow.screening_id.in_(over)).returning(DataKeyRow.screening_id)
    )
    return len(gone.all())
