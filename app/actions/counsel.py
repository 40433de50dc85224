"""What defense counsel does with a screening that was disclosed: clears or withholds statements, and submits facts."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from app.access import Permission
from app.actions.clearances import DEFAULT_USE, keep_clearance, with_clearances
from app.actions.reading import Kept, case_of, reach
from app.actions.responses import in_force, is_own_statement, opened
from app.actions.screenings import add_responses, advance, require_open
from app.actions.work import Work
from app.errors import NotFoundError, UnprocessableError
from app.store import screenings as store

AUTHOR = "defense"


def decide(work: Work, screening_id: UUID, response_id: UUID, use: str | None, version: int | None) -> Kept:
    """Clears a statement of the client for the use named, or withholds it (`use` None), and judges the screening anew."""
    work.require(Permission.STATEMENT_CLEAR)
    head = store.lock_head(work.db, screening_id)
    kept = reach(work, screening_id)
    require_open(head, version)
    rows = opened(store.list_responses(work.db, screening_id), kept.key)
    given = in_force(with_clearances(work, screening_id, rows, kept.key))
    one = next((each for each in given if each.row.id == response_id), None)
    if one is None:
        raise NotFoundError("There is no such response, or another one has taken its place.")
    if not is_own_statement(one, work.packs.questionnaire):
        raise UnprocessableError("Only a statement of the person is cleared or withheld.")
    keep_clearance(work, one, head.version + 1, use, kept.key)
    kind = "withheld" if use is None else "cleared"
    advance(work, head, case_of(work, kept), kept.key, kind)
    detail = {"version": head.version, "response": str(response_id), "item": one.row.item}
    work.note(f"screening:{kind}", "screening", screening_id, detail)
    return replace(kept, head=head)


def submit_facts(
    work: Work, screening_id: UUID, responses: Mapping[str, object], version: int | None
) -> Kept:
    """Adds what the defense knows, each with its source; the author is the defense. The screening is judged anew."""
    work.require(Permission.FACT_SUBMIT)
    return add_responses(work, screening_id, responses, version, author=AUTHOR)


def use_of(cleared: bool, use: str | None) -> str | None:
    """What a statement is cleared for: what counsel wrote, or this screening alone; None where it is withheld."""
    return (use or DEFAULT_USE) if cleared else None
