"""The two compartments: the justice side, and the community advocates', each with a database and a key of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.access import OfficeKind
from app.keys import KeyRing
from app.store import audit
from app.store.session import READ_ONLY, transaction


class Side(StrEnum):
    """Which side of the wall."""

    JUSTICE = "justice"
    COMMUNITY = "community"


def side_of(kind: OfficeKind) -> Side:
    """The side on which an office of this kind keeps what it has."""
    return Side.COMMUNITY if kind is OfficeKind.COMMUNITY_ADVOCACY else Side.JUSTICE


@dataclass(frozen=True, slots=True, repr=False)
class Compartment:
    """A database with the keys that open what is sealed in it. Nothing on one side holds an engine or key of the other."""

    side: Side
    engine: Engine
    ring: KeyRing

    @contextmanager
    def work(self) -> Iterator[Session]:
        """One transaction, with its audit events."""
        with transaction(self.engine) as db:
            audit.use_mark(db, self.audit_mark)
            yield db

    @contextmanager
    def look(self) -> Iterator[Session]:
        """A session that only reads, and waits for nobody who writes."""
        with transaction(self.engine.execution_options(**READ_ONLY)) as db:
            yield db

    def audit_mark(self, office_id: UUID, number: int, last: bytes) -> bytes:
        """The keyed mark of the end of a chain."""
        return self.ring.mark("audit", office_id.bytes + number.to_bytes(8, "big") + last)


@dataclass(frozen=True, slots=True, repr=False)
class Compartments:
    """Both sides, for the few acts that cross by consent or release."""

    justice: Compartment
    community: Compartment

    def of(self, kind: OfficeKind) -> Compartment:
        return self.community if side_of(kind) is Side.COMMUNITY else self.justice

    def each(self) -> tuple[Compartment, Compartment]:
        return self.justice, self.community
