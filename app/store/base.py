"""What all tables share: one metadata with names for every constraint, times with their zone, and rows that only grow."""

import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import JSON, DateTime, Dialect, MetaData, Table, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import DeclarativeBase, Session

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
INSERT_ONLY: Final = {"info": {"insert_only": True}}
"""Table arguments of a table whose rows are never changed; the database itself refuses to (see `guards`)."""
ERASABLE: Final = {"info": {"insert_only": True, "erasable": True}}
"""The same for the content of a screening, which may go once a stub says that it was sealed or expunged."""

Json = JSON().with_variant(JSONB(), "postgresql")


class Moment(TypeDecorator[datetime]):
    """A time with its zone, read back in UTC; SQLite keeps no zone, so it is put back there."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without its zone cannot be stored")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The tables of the service. Both compartments have all of them, each in a database of its own."""

    metadata = MetaData(naming_convention=NAMES)


def new_id() -> UUID:
    """An id that sorts by the time it was made (RFC 9562, version 7, with parts of a millisecond).

    Rows of one day lie together, and those that one piece of work makes stand in the order in which it made them.
    """
    stamp, rest = divmod(time.time_ns(), 1_000_000)
    high, low = rest * 4096 // 1_000_000, secrets.randbits(62)
    return UUID(int=stamp << 80 | 7 << 76 | high << 64 | 2 << 62 | low)


def insert_or_leave(db: Session, table: type[Base], row: Mapping[str, object]) -> bool:
    """Inserts a row unless one with its key is there; says whether it was inserted. Waits for whoever is inserting it."""
    is_sqlite = db.get_bind().dialect.name == "sqlite"
    statement = (sqlite_insert if is_sqlite else postgres_insert)(table).values(row).on_conflict_do_nothing()
    return db.execute(statement.returning(*table.__table__.primary_key)).first() is not None


def guards(table: Table, dialect: str) -> list[str]:
    """The statements that make the database refuse to change or remove rows of `table`."""
    erasable = bool(table.info.get("erasable"))
    return (
        _sqlite_guards(table.name, erasable)
        if dialect == "sqlite"
        else _postgres_guards(table.name, erasable)
    )


def _sqlite_guards(name: str, erasable: bool) -> list[str]:
    refuse = "SELECT RAISE(ABORT, 'rows of this table are never changed')"
    unless = (
        " WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.screening_id = OLD.screening_id)"
        if erasable
        else ""
    )
    return [
        f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} BEGIN {refuse}; END",
        f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name}{unless} BEGIN {refuse}; END",
    ]


def _postgres_guards(name: str, erasable: bool) -> list[str]:
    keep = "refuse_unless_erased" if erasable else "refuse_change"
    return [
        f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION {keep}()",
        f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} EXECUTE FUNCTION refuse_change()",
    ]


POSTGRES_FUNCTIONS = (
    """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$""",
    """CREATE FUNCTION refuse_unless_erased() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM erasure WHERE erasure.screening_id = OLD.screening_id) THEN RETURN OLD; END IF;
      RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$""",
)
"""What the triggers call on PostgreSQL."""
