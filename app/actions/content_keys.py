"""Keys of what is no screening: each statement of an advocate has one, and the notes on each person have one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.keys import DataKey, KeyRing, Wrapped, new_data_key, unwrap, wrap
from app.store.base import insert_or_leave
from app.store.screenings import DataKeyRow, find_key


def key_for(db: Session, ring: KeyRing, owner: UUID, at: datetime) -> DataKey:
    """The key of `owner`, made where there is none yet."""
    kept = find_key(db, owner)
    if kept:
        return unwrap(ring, Wrapped(kept.key, kept.data), str(owner))
    key, raw = new_data_key(str(owner))
    wrapped = wrap(ring, raw, str(owner))
    row = {"screening_id": owner, "key": wrapped.key, "data": wrapped.data, "created_at": at}
    return key if insert_or_leave(db, DataKeyRow, row) else key_for(db, ring, owner, at)
