"""A community advocate's private notes: written and read in the author's agency, and nowhere else."""

from uuid import UUID

from app.access import Permission
from app.actions.consents import own_person
from app.actions.content_keys import key_for
from app.actions.work import Work
from app.store import notes as store
from app.store.notes import Note


def keep(work: Work, note_id: UUID, person_id: UUID, words: str) -> None:
    """Keeps a note on a person."""
    work.require(Permission.NOTE_KEEP)
    person = own_person(work, person_id)
    key = key_for(work.db, work.own.ring, person.id, work.now)
    work.db.add(
        Note(
            id=note_id,
            office_id=work.actor.office_id,
            person_id=person.id,
            sealed=key.seal(words, f"note/{note_id}"),
            account_id=work.actor.account_id,
            at=work.now,
        )
    )
    work.db.flush()
    work.note("note:keep", "note", note_id)


def notes(work: Work, person_id: UUID) -> list[dict[str, object]]:
    """The agency's notes on a person, oldest first."""
    work.require(Permission.NOTE_KEEP)
    person = own_person(work, person_id)
    key = key_for(work.db, work.own.ring, person.id, work.now)
    rows = store.list_notes(work.db, work.actor.office_id, person.id)
    work.note("note:list", "person", person.id, {"count": len(rows)})
    return [
        {
            "id": str(one.id),
            "person": str(person.id),
            "by": str(one.account_id),
            "at": one.at.isoformat(),
            "words": key.open(one.sealed, f"note/{one.id}"),
        }
        for one in rows
    ]
