"""Shows that no event of the audit log was changed, taken out, put elsewhere or cut off, and anchors where it stands."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.accounts import list_offices
from app.store.anchors import AuditAnchor, list_anchors
from app.store.audit import START, AuditEvent, AuditHead, chain
from app.store.compartments import Compartment


@dataclass(frozen=True, slots=True)
class Break:
    """One place where a chain does not hold."""

    office_id: UUID
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a chain stood: what is signed, and the signature."""

    office_id: UUID
    number: int
    hash: bytes
    at: datetime
    signature: bytes

    def to_dict(self) -> dict[str, object]:
        """One line of an anchor file."""
        return {
            "office": str(self.office_id),
            "number": self.number,
            "hash": self.hash.hex(),
            "at": self.at.isoformat(),
            "signature": base64.b64encode(self.signature).decode(),
        }


def verify(side: Compartment, anchors: Iterable[Anchor] = ()) -> list[Break]:
    """Every break in the chains of one side. `anchors` are those kept elsewhere, beside those in the database."""
    with side.look() as db:
        known = [*_stored(db), *anchors]
        heads = {head.office_id: head for head in db.scalars(select(AuditHead))}
        db.expunge_all()
        offices = {office.id for office in list_offices(db)} | set(heads) | {one.office_id for one in known}
        offices |= set(db.scalars(select(AuditEvent.office_id).distinct()))
        return [
            found
            for office_id in sorted(offices)
            for found in _breaks(
                side,
                db,
                office_id,
                heads.get(office_id),
                [one for one in known if one.office_id == office_id],
            )
        ]


def anchor(side: Compartment, at: datetime) -> list[Anchor]:
    """Signs where every chain stands and keeps it; a chain that has not grown gets no new anchor."""
    made = []
    with side.work() as db:
        latest = {one.office_id: one.number for one in list_anchors(db)}
        for head in db.scalars(select(AuditHead)).all():
            if head.number > latest.get(head.office_id, 0):
                signature = side.ring.signer().sign(_statement(head.office_id, head.number, head.hash, at))
                one = Anchor(head.office_id, head.number, head.hash, at, signature)
                db.add(
                    AuditAnchor(
                        office_id=one.office_id, number=one.number, hash=one.hash, at=at, signature=signature
                    )
                )
                made.append(one)
    return made


def read_anchor(line: str) -> Anchor:
    """One line of an anchor file; ValueError where it is none."""
    try:
        shape: Mapping[str, object] = json.loads(line)
        return Anchor(
            UUID(str(shape["office"])),
            int(str(shape["number"])),
            bytes.fromhex(str(shape["hash"])),
            datetime.fromisoformat(str(shape["at"])),
            base64.b64decode(str(shape["signature"]), validate=True),
        )
    except (KeyError, TypeError, binascii.Error) as error:
        raise ValueError("this line is no anchor") from error


def _breaks(
    side: Compartment, db: Session, office_id: UUID, head: AuditHead | None, anchors: list[Anchor]
) -> Iterator[Break]:
    number, last = 0, START
    wanted = {one.number: one for one in anchors}
    for event in chain(db, office_id):
        number += 1
        if event.number != number:
            yield Break(office_id, number, f"the event is missing; the next is {event.number}")
            number = event.number
        elif event.previous != last:
            yield Break(office_id, number, "it does not follow the event before it")
        if event.hash != event.computed():
            yield Break(office_id, number, "it was changed")
        last = event.hash
        if number in wanted and wanted[number].hash != last:
            yield Break(office_id, number, "it is not what was anchored")
    yield from _end(side, office_id, (number, last), head)
    yield from _anchors(side, office_id, number, anchors)


def _end(
    side: Compartment, office_id: UUID, end: tuple[int, bytes], head: AuditHead | None
) -> Iterator[Break]:
    """Whether the chain ends where the office's head says, and whether the head is ours."""
    if head is None:
        yield Break(office_id, end[0], "the end of the chain is not recorded")
        return
    if (head.number, head.hash) != end:
        yield Break(office_id, end[0], f"the chain ends here, and {head.number} events were written")
    if head.mark != side.audit_mark(office_id, head.number, head.hash):
        yield Break(office_id, head.number, "the record of the end was changed")


def _anchors(side: Compartment, office_id: UUID, number: int, anchors: list[Anchor]) -> Iterator[Break]:
    public = side.ring.signer().public_key()
    for one in anchors:
        try:
            public.verify(one.signature, _statement(office_id, one.number, one.hash, one.at))
        except InvalidSignature:
            yield Break(office_id, one.number, "the anchor was not signed by this installation")
        if one.number > number:
            yield Break(office_id, number, f"the chain ends here, and was anchored at {one.number}")


def _stored(db: Session) -> list[Anchor]:
    return [Anchor(one.office_id, one.number, one.hash, one.at, one.signature) for one in list_anchors(db)]


def _statement(office_id: UUID, number: int, last: bytes, at: datetime) -> bytes:
    """What an anchor signs."""
    shape = ["voi audit anchor v1", str(office_id), number, last.hex(), at.isoformat(timespec="microseconds")]
    return json.dumps(shape, separators=(",", ":")).encode()
