"""The audit log: who did or saw what, when, in one chain of hashes for each office."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import INSERT_ONLY, Base, Json, Moment

START: Final = b"\0" * 32
"""What stands before the first event of a chain."""

_PENDING = "voi_audit_events"
_RING = "voi_audit_mark"


class AuditEvent(Base):
    """One event. `hash` covers every other column and the hash before it, so no row can change, go or change places."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "subject_id"), INSERT_ONLY)

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    account_id: Mapped[UUID | None]
    role: Mapped[str | None] = mapped_column(String(40))
    tag: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID | None]
    detail: Mapped[dict[str, object]] = mapped_column(Json)
    request: Mapped[str | None] = mapped_column(Text)
    previous: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)

    def computed(self) -> bytes:
        """The hash that this row should have."""
        shape = [
            str(self.office_id),
            self.number,
            self.at.isoformat(timespec="microseconds"),
            _text(self.account_id),
            self.role,
            self.tag,
            self.subject,
            _text(self.subject_id),
            self.detail,
            self.request,
            self.previous.hex(),
        ]
        text = json.dumps(shape, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).digest()


class AuditHead(Base):
    """The end of each office's chain. `mark` is keyed: without the key file nobody can cut the chain and hide it."""

    __tablename__ = "audit_head"

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    mark: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True)
class Happening:
    """What is to be written down. `detail` holds ids, names of fields and counts, never content."""

    office_id: UUID
    at: datetime
    tag: str
    subject: str
    subject_id: UUID | None = None
    account_id: UUID | None = None
    role: str | None = None
    request: str | None = None
    detail: Mapping[str, object] = field(default_factory=dict)


def record(db: Session, happening: Happening) -> None:
    """Notes an event; it is written with the commit of the work it tells of, or not at all."""
    db.info.setdefault(_PENDING, []).append(happening)


def pending(db: Session) -> list[Happening]:
    """The events that the next commit will write."""
    found: list[Happening] = db.info.get(_PENDING, [])
    return found


def use_mark(db: Session, mark: object) -> None:
    """Gives the session the keyed mark of its compartment; `mark(office, number, hash)` gives bytes."""
    db.info[_RING] = mark


def write_events(db: Session) -> None:
    """Appends the noted events to the chains of their offices. Chains are locked in one order, so none waits in a ring."""
    noted = db.info.pop(_PENDING, [])
    for office_id in sorted({one.office_id for one in noted}):
        _append(db, office_id, [one for one in noted if one.office_id == office_id])


def _append(db: Session, office_id: UUID, noted: list[Happening]) -> None:
    head = db.get(AuditHead, office_id, with_for_update=True)
    number, last = (head.number, head.hash) if head else (0, START)
    for one in noted:
        number += 1
        event = AuditEvent(
            office_id=office_id,
            number=number,
            at=one.at,
            account_id=one.account_id,
            role=one.role,
            tag=one.tag,
            subject=one.subject,
            subject_id=one.subject_id,
            detail=dict(one.detail),
            request=one.request,
            previous=last,
        )
        event.hash = last = event.computed()
        db.add(event)
    mark = db.info[_RING](office_id, number, last)
    if head:
        head.number, head.hash, head.mark = number, last, mark
    else:
        db.add(AuditHead(office_id=office_id, number=number, hash=last, mark=mark))
    db.flush()


def chain(db: Session, office_id: UUID, *, after: int = 0) -> Iterator[AuditEvent]:
    """The events of an office in their order, a thousand at a time."""
    while True:
        query = select(AuditEvent).where(AuditEvent.office_id == office_id, AuditEvent.number > after)
        rows = db.scalars(query.order_by(AuditEvent.number).limit(1000)).all()
        if not rows:
            return
        yield from rows
        after = rows[-1].number
        db.expunge_all()


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
