"""Gives a compartment a new key and wraps every data key anew; content itself is not touched."""

from dataclasses import replace

from sqlalchemy import select

from app.keys import Wrapped, rotated, unwrapped, wrap
from app.store.compartments import Compartment
from app.store.screenings import DataKeyRow

BATCH = 500


def with_new_key(side: Compartment) -> Compartment:
    """The compartment with one more key, which wraps from now on; the older ones still open what they wrapped.

    Its ring has to be in the key file before anything is wrapped with it.
    """
    return replace(side, ring=rotated(side.ring))


def rewrap(side: Compartment) -> int:
    """Wraps every data key with the current key of the ring; gives the number. It can be stopped and run again."""
    count = 0
    while True:
        with side.work() as db:
            query = select(DataKeyRow).where(DataKeyRow.key != side.ring.current).limit(BATCH)
            rows = db.scalars(query.with_for_update()).all()
            for row in rows:
                owner = str(row.screening_id)
                fresh = wrap(side.ring, unwrapped(side.ring, Wrapped(row.key, row.data), owner), owner)
                row.key, row.data = fresh.key, fresh.data
            count += len(rows)
        if len(rows) < BATCH:
            return count
