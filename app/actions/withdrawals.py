"""Takes a wrong entry of the law out of every screening at once, and puts it back; all processes follow within seconds."""

import time
from collections.abc import Callable
from threading import Lock
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from app.access import Permission
from app.actions.work import Work
from app.errors import ConflictError, DatabaseAwayError, NotPermittedError, UnprocessableError
from app.store import judgements as store
from app.store.compartments import Compartment
from app.store.judgements import Withdrawal
from screening import Fault, Packs
from screening.packs import without

NEVER = float("-inf")
AWAY_SECONDS = 4.0
"""So much longer it waits for the next look while the database does not answer."""
LOOK_SECONDS = 1.0
"""So old the list of withdrawn entries may be: every process looks at it again after this time."""


class LawInForce:
    """The packs as they are used now: those loaded, without the entries that an editor has withdrawn.

    Withdrawals are kept on the justice side alone, and hold for both: they name law and no person. While the database is
    away, what was known last stands.
    """

    def __init__(
        self, packs: Packs, side: Compartment, *, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._loaded, self._side, self._ticks = packs, side, ticks
        self._packs, self._looked = packs, NEVER
        self._lock = Lock()

    @property
    def is_fresh(self) -> bool:
        """Whether `packs` answers without a look at the database."""
        return self._ticks() - self._looked < LOOK_SECONDS

    def packs(self) -> Packs:
        """The packs to use now. While one thread looks, others go on with what is known, and none before the first look."""
        is_first = self._looked == NEVER
        if not self.is_fresh and self._lock.acquire(blocking=is_first):
            try:
                if not self.is_fresh:
                    self._look()
            finally:
                self._lock.release()
        return self._packs

    def known(self) -> Packs:
        """The packs as they were last looked at."""
        return self._packs

    def forget(self) -> None:
        """Makes the next use look again, after a change in this process."""
        self._looked = NEVER

    def _look(self) -> None:
        try:
            with self._side.look() as db:
                withdrawn = store.withdrawn_now(db)
        except (DatabaseAwayError, DBAPIError):
            self._looked = self._ticks() + AWAY_SECONDS
            return
        if withdrawn != self._packs.withdrawn:
            self._packs = without(self._loaded, withdrawn) if withdrawn else self._loaded
        self._looked = self._ticks()


def withdraw(work: Work, new: UUID, place: str, entry: str, reason: str) -> None:
    """Withdraws an entry: from now on it is hidden, and screenings that used it are said to be stale."""
    _keep(work, new, place, entry, reason, withdrawn=True)


def restore(work: Work, new: UUID, withdrawal_id: UUID, reason: str) -> None:
    """Puts a withdrawn entry back."""
    before = work.db.get(Withdrawal, withdrawal_id)
    if before is None:
        raise UnprocessableError("There is no such withdrawal.")
    _keep(work, new, before.jurisdiction, before.protection, reason, withdrawn=False)


def withdrawals(work: Work) -> list[dict[str, object]]:
    """Every withdrawal and restoring, newest first, with how many screenings rest on the entry now."""
    work.require(Permission.LAW_WITHDRAW)
    now = store.withdrawn_now(work.db)
    rows = store.list_withdrawals(work.db)
    return [_shown(work, one, now=now) for one in reversed(rows)]


def _keep(work: Work, new: UUID, place: str, entry: str, reason: str, *, withdrawn: bool) -> None:
    work.require(Permission.LAW_WITHDRAW)
    if work.own is not work.sides.justice:
        raise NotPermittedError("Law is withdrawn by an editor of the justice side, for both sides.")
    pack = work.packs.law.get(place)
    if withdrawn and (pack is None or entry not in pack.by_id):
        raise UnprocessableError(
            "There is no such entry of the law.",
            faults=[Fault("protection", "no entry of this place has this id")],
        )
    if ((place, entry) in store.withdrawn_now(work.db)) is withdrawn:
        raise ConflictError("It is withdrawn already." if withdrawn else "It is in force already.")
    row = Withdrawal(
        id=new,
        jurisdiction=place,
        protection=entry,
        withdrawn=withdrawn,
        reason=reason,
        account_id=work.actor.account_id,
        at=work.now,
    )
    work.db.add(row)
    work.db.flush()
    work.note(
        "law:withdraw" if withdrawn else "law:restore",
        "law",
        new,
        {"jurisdiction": place, "protection": entry},
    )


def _shown(work: Work, one: Withdrawal, *, now: frozenset[tuple[str, str]]) -> dict[str, object]:
    return {
        "id": str(one.id),
        "jurisdiction": one.jurisdiction,
        "protection": one.protection,
        "withdrawn": one.withdrawn,
        "in_force": (one.jurisdiction, one.protection) not in now,
        "reason": one.reason,
        "by": str(one.account_id),
        "at": one.at.isoformat(),
        "used_in": store.count_using(work.db, one.protection),
    }
