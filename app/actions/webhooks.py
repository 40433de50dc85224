"""Tells an office's own programs what happened: signed, without content, and again until it arrives or a day has passed."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.orm import Session

from app.access import Permission
from app.actions.work import Work
from app.errors import NotFoundError, UnprocessableError
from app.store import webhooks as store
from app.store.base import new_id
from app.store.compartments import Compartment
from app.store.outbox import OutboxEvent
from app.store.webhooks import Attempt, Webhook

KINDS = ("finding-changed", "duty-due", "referral-offered", "break-glass")
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720, 1440))
"""How long after each failed attempt the next one follows; after the last nothing more is tried."""
LEASE = timedelta(minutes=5)
"""So long an attempt belongs to the process that began it."""

Send = Callable[[str, bytes, Mapping[str, str]], int]
"""Sends a body to an address and gives the status of the answer; raises OSError where there was none."""


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """One attempt that is to be made."""

    delivery: UUID
    url: str
    body: bytes
    secret: bytes


def add_webhook(work: Work, webhook_id: UUID, url: str, kinds: Iterable[str]) -> Webhook:
    """A new address of the actor's office."""
    work.require(Permission.WEBHOOK_KEEP)
    _check(url)
    row = Webhook(
        id=webhook_id,
        office_id=work.actor.office_id,
        url=url,
        kinds=sorted(set(kinds)),
        created_at=work.now,
    )
    work.db.add(row)
    work.note("webhook:add", "webhook", webhook_id, {"kinds": row.kinds})
    return row


def own_webhook(work: Work, webhook_id: UUID) -> Webhook:
    """An address of the actor's office."""
    row = store.find_webhook(work.db, work.actor.office_id, webhook_id)
    if row is None:
        raise NotFoundError("There is no such webhook.")
    return row


def secret_of(side: Compartment, webhook_id: UUID) -> str:
    """The secret by which an office's programs know our signature."""
    return f"whsec_{side.ring.mark('webhook', webhook_id.bytes).hex()}"


def end_webhook(work: Work, webhook_id: UUID) -> None:
    """Nothing more is sent to this address."""
    work.require(Permission.WEBHOOK_KEEP)
    row = store.find_webhook(work.db, work.actor.office_id, webhook_id)
    if row is None or row.ended_at:
        raise NotFoundError("There is no such webhook.")
    row.ended_at = work.now
    work.note("webhook:end", "webhook", webhook_id)


def signature(secret: bytes, at: datetime, body: bytes) -> str:
    """The header `VOI-Signature`: when it was signed, and the HMAC-SHA256 of time and body."""
    stamp = str(int(at.timestamp()))
    return f"t={stamp},v1={hmac.digest(secret, stamp.encode() + b'.' + body, hashlib.sha256).hex()}"


def deliver(side: Compartment, send: Send, now: datetime, limit: int = 50) -> int:
    """Sends what is due on one side; gives the number that arrived. No transaction is open while anything is sent."""
    with side.work() as db:
        _address(db, now, limit)
    with side.work() as db:
        letters = [
            letter for one in store.due_attempts(db, now, limit) if (letter := _letter(side, db, one, now))
        ]
    arrived = 0
    for one in letters:
        status = _sent(send, one, now)
        with side.work() as db:
            arrived += _note_attempt(db, one.delivery, status, now)
    return arrived


def _address(db: Session, now: datetime, limit: int) -> None:
    """Turns new events into one attempt for each address that wants them."""
    for event in store.unsent_events(db, limit):
        for webhook in store.list_webhooks(db, event.office_id):
            if event.kind in webhook.kinds:
                db.add(
                    Attempt(id=new_id(), webhook_id=webhook.id, event_id=event.id, attempts=0, next_at=now)
                )
        event.sent_at = now


def _letter(side: Compartment, db: Session, delivery: Attempt, now: datetime) -> Letter | None:
    """What to send, with the attempt claimed until the lease ends; None for an address that has ended."""
    webhook, event = db.get(Webhook, delivery.webhook_id), db.get(OutboxEvent, delivery.event_id)
    if webhook is None or event is None or webhook.ended_at:
        delivery.next_at = None
        return None
    delivery.next_at = now + LEASE
    delivery.attempts += 1
    shape = {
        "event": "v1",
        "id": str(event.id),
        "kind": event.kind,
        "subject": event.subject,
        "subject_id": str(event.subject_id),
        "at": event.at.isoformat(),
    }
    return Letter(delivery.id, webhook.url, json.dumps(shape).encode(), secret_of(side, webhook.id).encode())


def _sent(send: Send, letter: Letter, now: datetime) -> int | None:
    headers = {
        "Content-Type": "application/json",
        "VOI-Signature": signature(letter.secret, now, letter.body),
    }
    try:
        return send(letter.url, letter.body, headers)
    except OSError:
        return None


def _note_attempt(db: Session, delivery_id: UUID, status: int | None, now: datetime) -> bool:
    row = db.get_one(Attempt, delivery_id)
    row.last_status = status
    if status is not None and 200 <= status < 300:
        row.delivered_at, row.next_at = now, None
        return True
    row.next_at = now + WAITS[row.attempts - 1] if row.attempts <= len(WAITS) else None
    return False


def _check(url: str) -> None:
    parts = urlsplit(url)
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if not parts.hostname or parts.username or parts.scheme not in {"https", *(("http",) if local else ())}:
        raise UnprocessableError("A webhook is an https address without a name or password in it.")
