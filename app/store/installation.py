"""The one row that says when this installation began; reading it shows that the database answers and is set up."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Engine, SmallInteger, func, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from app.errors import DatabaseAwayError
from app.store.base import Base, Moment

RETRY_SECONDS = 5


class Installation(Base):
    """One row, and no second one."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.current_timestamp())


def require_installation(engine: Engine) -> datetime:
    """When the installation began. DatabaseAwayError where the database does not answer or was never set up."""
    try:
        with engine.connect() as connection:
            if inspect(connection).has_table(Installation.__tablename__):
                began: datetime | None = connection.scalar(select(Installation.created_at))
                if began is not None:
                    return began
    except SQLAlchemyError:
        raise _away("The database does not answer.") from None
    raise _away("The database is not set up yet: run voi migrate.")


def _away(detail: str) -> DatabaseAwayError:
    return DatabaseAwayError(detail, headers={"Retry-After": str(RETRY_SECONDS)})
