"""Matters and person files: what links screenings, each seen only as far as it is within reach."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from app.access import Permission
from app.actions.reading import alone, contact_line, line
from app.actions.work import Work
from app.errors import NotFoundError, UnprocessableError
from app.store import matters as store
from app.store import screenings
from app.store.grants import grants_of
from app.store.matters import EarlierContact
from app.store.screenings import Matter, PersonFile, Screening
from screening.case import Source


def open_matter(work: Work, new: UUID, reference: str) -> None:
    """A matter of the actor's office, under its own reference."""
    work.require(Permission.SCREENING_OPEN)
    work.db.add(Matter(id=new, office_id=work.actor.office_id, reference=reference, created_at=work.now))
    work.db.flush()
    work.note("matter:open", "matter", new)


def read_matter(work: Work, matter_id: UUID) -> dict[str, object]:
    """A matter with its screenings within reach. One that is out of reach does not differ from one that is not there."""
    work.require(Permission.SCREENING_READ)
    matter = work.db.get(Matter, matter_id)
    seen = _within_reach(work, store.screenings_of_matter(work.db, matter_id))
    if matter is None or not (seen or matter.office_id == work.actor.office_id):
        raise NotFoundError("There is no such matter.")
    work.note("matter:read", "matter", matter_id, {"count": len(seen)})
    return {
        "id": str(matter.id),
        "reference": matter.reference,
        "created_at": matter.created_at.isoformat(),
        "screenings": seen,
    }


def read_person(work: Work, person_id: UUID) -> dict[str, object]:
    """A person file: its screenings within reach, and earlier contacts as a victim."""
    work.require(Permission.SCREENING_READ)
    person, seen = _person(work, person_id)
    work.note("person:read", "person", person_id, {"count": len(seen)})
    return {
        "id": str(person.id),
        "alias": person.alias if any(one["alias"] for one in seen) else None,
        "screenings": seen,
        "contacts": [contact_line(one) for one in store.list_contacts(work.db, person_id)],
    }


def add_contact(work: Work, new: UUID, person_id: UUID, met_on: date, source: Source) -> None:
    """Records that the person was met as a victim before."""
    work.require(Permission.SCREENING_RESPOND)
    _person(work, person_id)
    if met_on > work.today:
        raise UnprocessableError("That day has not come yet.")
    contact = EarlierContact(
        id=new,
        person_id=person_id,
        met_on=met_on,
        met_as="victim",
        source=source.value,
        account_id=work.actor.account_id,
        at=work.now,
    )
    work.db.add(contact)
    work.db.flush()
    work.note("person:contact", "person", person_id, {"contact": str(new)})


def _person(work: Work, person_id: UUID) -> tuple[PersonFile, list[dict[str, object]]]:
    person = work.db.get(PersonFile, person_id)
    seen = _within_reach(work, screenings.chain_of(work.db, person_id))
    if person is None or not (seen or person.office_id == work.actor.office_id):
        raise NotFoundError("There is no such person file.")
    return person, seen


def _within_reach(work: Work, rows: Iterable[Screening]) -> list[dict[str, object]]:
    seen = []
    for one in rows:
        grants = grants_of(work.db, one.id, work.actor.office_id, alone(work), work.now)
        person = work.db.get(PersonFile, one.person_id)
        if grants and person:
            seen.append(line(work, grants, one, screenings.get_head(work.db, one.id), person))
    return seen
