"""A create with a client's key happens once: the same request again gives what was made, another one under the key is refused."""

from uuid import UUID

from app.actions.work import Work
from app.errors import UnprocessableError
from app.store.base import new_id
from app.store.idempotency import claim


def made_once(work: Work, key: str, request: bytes, subject: str) -> tuple[UUID, bool]:
    """The id that belongs to this key, and whether it is new, so that the thing is still to be made.

    It is kept in the transaction that makes it. UnprocessableError where the key was used for another request.
    """
    made = new_id()
    mark = work.own.ring.mark("request", subject.encode() + b"\0" + request)
    row: dict[str, object] = {
        "account_id": work.actor.account_id,
        "key": key,
        "mark": mark,
        "subject": subject,
        "subject_id": made,
        "created_at": work.now,
    }
    before = claim(work.db, row)
    if before is None:
        return made, True
    if before.mark != mark:
        raise UnprocessableError(
            "This Idempotency-Key was used for another request. Take a new key for a new request."
        )
    return before.subject_id, False
