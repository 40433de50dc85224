"""Which client's key has made what: claimed first, so that of two same requests at once the second waits for the first."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.store.accounts import IdempotencyKey
from app.store.base import insert_or_leave


def drop_before(db: Session, before: datetime) -> int:
    """Drops keys that were claimed before a time; gives their number."""
    gone = db.execute(
        delete(IdempotencyKey).where(IdempotencyKey.created_at < before).returning(IdempotencyKey.key)
    )
    return len(gone.all())


def claim(db: Session, row: dict[str, object]) -> IdempotencyKey | None:
    """Claims a key for this transaction; gives the row of whoever had it already, None where it is now claimed."""
    if insert_or_leave(db, IdempotencyKey, row):
        return None
    return db.get(IdempotencyKey, (row["account_id"], row["key"]))
