"""The jobs: what each does, and how often. All may run in several processes at once and be stopped at any moment."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx

from app.access import OfficeKind, Role
from app.actions import duties, retention, verifying, webhooks
from app.actions.archive import Archive
from app.actions.work import Actor, Work
from app.store import idempotency
from app.store.accounts import list_offices
from app.store.compartments import Compartment, Compartments
from screening import Packs

MINUTE = 60
SEND_SECONDS = 10
KEYS_KEPT = timedelta(days=30)
"""So long a client's key gives the same answer again."""

NOBODY = UUID(int=0)
"""Who acts where a rule and not a person does."""


@dataclass(frozen=True, slots=True)
class Place:
    """What jobs work with: both compartments, the packs, the clock, and where anchors go."""

    sides: Compartments
    packs: Packs
    archive: Archive
    clock: Callable[[], datetime]
    anchors: Path | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One job and how many seconds lie between its runs; a queue that counts in minutes rounds up."""

    name: str
    seconds: int
    run: Callable[[Place], int]


def send_webhooks(place: Place) -> int:
    """Tells offices' programs what is due; gives the number that arrived."""
    return sum(webhooks.deliver(side, _send, place.clock()) for side in place.sides.each())


def remind(place: Place) -> int:
    """Writes the reminders of duties that are due."""
    count = 0
    for side in place.sides.each():
        with side.work() as db:
            count += duties.due_reminders(db, place.clock())
    return count


def anchor(place: Place) -> int:
    """Signs where the audit log stands, and adds it to the file that is kept elsewhere, if one is named."""
    made = [one for side in place.sides.each() for one in verifying.anchor(side, place.clock())]
    if place.anchors and made:
        with place.anchors.open("a", encoding="utf-8") as out:
            out.writelines(json.dumps(one.to_dict()) + "\n" for one in made)
    return len(made)


def let_go(place: Place) -> int:
    """Expunges what offices' own rules of retention let go of."""
    count = 0
    for side in place.sides.each():
        with side.look() as db:
            offices = [(one.id, one.name, OfficeKind(one.kind)) for one in list_offices(db)]
        for office_id, name, kind in offices:
            actor = Actor(NOBODY, office_id, name, kind, Role.SUPERVISOR)
            with side.work() as db:
                count += retention.let_go(_work(place, side, db, actor))
    return count


def tidy(place: Place) -> int:
    """Drops clients' keys that are too old to be sent again."""
    count = 0
    for side in place.sides.each():
        with side.work() as db:
            count += idempotency.drop_before(db, place.clock() - KEYS_KEPT)
    return count


JOBS = (
    Job("webhooks", 10, send_webhooks),
    Job("reminders", MINUTE, remind),
    Job("anchors", 60 * MINUTE, anchor),
    Job("retention", 24 * 60 * MINUTE, let_go),
    Job("tidy", 60 * MINUTE, tidy),
)


def _work(place: Place, side: Compartment, db: object, actor: Actor) -> Work:
    now = place.clock()
    return Work(actor, side, db, place.sides, place.packs, place.archive, now, now.astimezone().date())  # type: ignore[arg-type]


def _send(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """One POST that follows no redirect; OSError where there is no answer."""
    try:
        with httpx.Client(timeout=SEND_SECONDS, follow_redirects=False, trust_env=False) as client:
            return client.post(url, content=body, headers=dict(headers)).status_code
    except httpx.HTTPError as error:
        raise OSError(type(error).__name__) from error
