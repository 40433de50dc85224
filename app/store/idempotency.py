"""Which client's key has made what: claimed first, so that of two same requests at once the second waits for the first."""

from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from app.store.accounts import IdempotencyKey


def claim(db: Session, row: dict[str, object]) -> IdempotencyKey | None:
    """Claims a key for this transaction; gives the row of whoever had it already, None where it is now claimed."""
    is_sqlite = db.get_bind().dialect.name == "sqlite"
    insert = (sqlite_insert if is_sqlite else postgres_insert)(IdempotencyKey).values(row)
    claimed = db.execute(insert.on_conflict_do_nothing().returning(IdempotencyKey.key)).first()
    return None if claimed else db.get(IdempotencyKey, (row["account_id"], row["key"]))
