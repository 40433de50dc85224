"""What every act gets: who acts, on which side, when, with which packs, and the one transaction it happens in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.access import OfficeKind, Permission, Role, may
from app.actions.archive import Archive
from app.errors import NotPermittedError
from app.store import audit
from app.store.compartments import Compartment, Compartments
from screening import Packs


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: one account of one office. `scopes` are those of a machine's token; None: a person who signed in."""

    account_id: UUID
    office_id: UUID
    office: str
    kind: OfficeKind
    role: Role
    scopes: frozenset[str] | None = None
    sign_in: UUID | None = None

    def may(self, permission: Permission) -> bool:
        """Whether role, kind of office and, for a machine, scopes allow this at all."""
        in_scope = self.scopes is None or permission.value in self.scopes
        return in_scope and may(self.role, permission, self.kind)


@dataclass(frozen=True, slots=True)
class Work:
    """One act. `db` is the actor's own side of the wall, which is the only side that most acts ever touch."""

    actor: Actor
    own: Compartment
    db: Session
    sides: Compartments
    packs: Packs
    archive: Archive
    now: datetime
    today: date
    request: str | None = None

    def require(self, permission: Permission) -> None:
        """NotPermittedError unless the actor may do this at all."""
        if not self.actor.may(permission):
            raise NotPermittedError(f"This account may not do this ({permission.value}).")

    def note(
        self,
        tag: str,
        subject: str,
        subject_id: UUID | None = None,
        detail: Mapping[str, object] | None = None,
        *,
        office_id: UUID | None = None,
        db: Session | None = None,
    ) -> None:
        """Notes an audit event in the chain of the actor's office, or of the office named."""
        audit.record(
            db or self.db,
            audit.Happening(
                office_id=office_id or self.actor.office_id,
                at=self.now,
                tag=tag,
                subject=subject,
                subject_id=subject_id,
                account_id=self.actor.account_id,
                role=self.actor.role.value,
                request=self.request,
                detail=detail or {},
            ),
        )
