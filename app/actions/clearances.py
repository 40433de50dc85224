"""Defense counsel clears a statement of the client for findings, or withholds it; until then nobody who charges sees it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from app.actions.responses import Given, is_own_statement
from app.actions.work import Work
from app.keys import DataKey
from app.store import clearances as store
from app.store.base import new_id
from app.store.clearances import Clearance

COUNSEL = "defense counsel, use restricted"
DEFAULT_USE = "Cleared for this screening only. Any other use needs the agreement of defense counsel."


def with_clearances(
    work: Work, screening_id: UUID, given: Sequence[Given], key: DataKey, version: int | None = None
) -> list[Given]:
    """The responses with what counsel last said of each: a cleared statement says so, a withheld one is not cleared.

    Once counsel withheld a statement on an item, a clearance that somebody else wrote beside one on the same item does
    not count any more; only counsel's own does.
    """
    rows = store.list_clearances(work.db, screening_id, version)
    newest = {one.response_id: one for one in rows}
    if not newest:
        return list(given)
    withheld = {
        (one.row.item, one.row.charge)
        for one in given
        if one.row.id in newest and not newest[one.row.id].cleared
    }
    own = {one.row.id for one in given if is_own_statement(one, work.packs.questionnaire)}
    return [
        _as_decided(one, newest.get(one.row.id), withheld, key) if one.row.id in own else one for one in given
    ]


def _as_decided(
    one: Given, decision: Clearance | None, withheld: set[tuple[str, str | None]], key: DataKey
) -> Given:
    if decision is not None and decision.cleared:
        words = {"by": COUNSEL, "dated": decision.at.date().isoformat()}
        use = key.open(decision.sealed or b"", f"clearance/{decision.id}")
        return replace(one, entry={**one.entry, "cleared": words}, use_restriction=use)
    if decision is not None or (one.row.item, one.row.charge) in withheld:
        return replace(one, entry={name: value for name, value in one.entry.items() if name != "cleared"})
    return one


def keep_clearance(work: Work, one: Given, version: int, use: str | None, key: DataKey) -> None:
    """Notes counsel's word on a response: `use` is what it may be used for, None that it is withheld."""
    row_id = new_id()
    row = Clearance(
        id=row_id,
        screening_id=one.row.screening_id,
        version=version,
        response_id=one.row.id,
        cleared=use is not None,
        sealed=None if use is None else key.seal(use, f"clearance/{row_id}"),
        account_id=work.actor.account_id,
        at=work.now,
    )
    work.db.add(row)
    work.db.flush()


def carry_clearances(
    work: Work, before: UUID, old: DataKey, carried: Mapping[UUID, UUID], new: tuple[UUID, DataKey]
) -> None:
    """What counsel said of the statements of a screening goes with them into the next one of its chain.

    `carried` names the new response of each old one; `new` is the next screening and its key.
    """
    screening_id, key = new
    newest = {one.response_id: one for one in store.list_clearances(work.db, before)}
    for old_id, new_id_ in carried.items():
        decision = newest.get(old_id)
        if decision is None:
            continue
        row_id = new_id()
        use = old.open(decision.sealed, f"clearance/{decision.id}") if decision.sealed else None
        work.db.add(
            Clearance(
                id=row_id,
                screening_id=screening_id,
                version=1,
                response_id=new_id_,
                cleared=decision.cleared,
                sealed=None if use is None else key.seal(use, f"clearance/{row_id}"),
                account_id=decision.account_id,
                at=decision.at,
            )
        )
    work.db.flush()


def use_restrictions(shown: Iterable[Given]) -> list[dict[str, object]]:
    """What cleared statements may be used for, to stand beside every copy of them."""
    return [
        {
            "response": str(one.row.id),
            "item": one.row.item,
            "charge": one.row.charge,
            "use_restriction": one.use_restriction,
        }
        for one in shown
        if one.use_restriction
    ]
