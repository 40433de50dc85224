"""Gives back of a screening what the person asking may see: as it stands, in its history, and in a queue."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.access import Data, Permission, Role, Sight
from app.actions.clearances import use_restrictions, with_clearances
from app.actions.judging import hidden_in, kept_result, names_in, packs_of, read_entry
from app.actions.responses import Given, as_map, conflicts, in_force, opened
from app.actions.sight import Eyes, eyes_of, shown_screening, visible
from app.actions.work import Work
from app.errors import CaseRefusedError, GoneError, NotFoundError
from app.keys import DataKey, Wrapped, unwrap
from app.store import grants as grant_store
from app.store import matters as matter_store
from app.store import screenings as store
from app.store.accounts import Office
from app.store.grants import Grant, Reach
from app.store.judgements import Judgement, find_judgement, get_judgement
from app.store.matters import EarlierContact
from app.store.screenings import FirstNoted, PersonFile, Screening, ScreeningHead, State
from screening import Case, CaseError, Packs, load_case, screen
from screening.law.words import Mechanism
from screening.result import ENGINE

Cursor = tuple[datetime, UUID]
"""Where a page of the queue ended: when the screening was opened, and its id."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A screening that the person acting has reached, with its key and how they look at it."""

    screening: Screening
    head: ScreeningHead
    key: DataKey
    eyes: Eyes


def reach(work: Work, screening_id: UUID) -> Kept:
    """The screening as the actor reaches it. One that is out of reach does not differ from one that is not there."""
    screening = store.find_screening(work.db, screening_id)
    grants = _grants(work, screening_id) if screening else ()
    if screening is None or not grants:
        raise NotFoundError("There is no such screening.")
    head = store.get_head(work.db, screening_id)
    row = store.find_key(work.db, screening_id)
    if row is None:
        raise GoneError("This screening was sealed or expunged. Nothing of it can be read any more.")
    key = unwrap(work.own.ring, Wrapped(row.key, row.data), str(screening_id))
    eyes = eyes_of(work.actor, screening, State(head.state), grants, limits_of(work))
    return Kept(screening, head, key, eyes)


def limits_of(work: Work) -> Mapping[str, object]:
    """What the actor's office takes away from the table for its own people."""
    office = work.db.get(Office, work.actor.office_id)
    return office.limits if office else {}


def view(work: Work, kept: Kept) -> dict[str, object]:
    """What the actor sees of a screening: case, findings, and where it stands."""
    screening, head = kept.screening, kept.head
    frame = frame_of(work, kept)
    given = standing(in_force(given_of(work, kept)), frame)
    shown = visible(given, kept.eyes, work.packs.questionnaire)
    judgement = current_judgement(work, kept)
    person = work.db.get(PersonFile, screening.person_id)
    noted = work.db.get(FirstNoted, screening.id)
    reasons = stale_because(work, kept, judgement)
    return {
        "id": str(screening.id),
        "version": head.version,
        "state": State(head.state).value,
        "stage": head.stage,
        "alias": person.alias if person and kept.eyes.sees(Data.IDENTITY) else None,
        "person": str(screening.person_id) if _is_ours(work, screening) else None,
        "case_token": screening.case_token,
        "matter": str_or_none(screening.matter_id),
        "previous": str_or_none(screening.previous_id),
        "opened_at": screening.opened_at.isoformat(),
        "changed_at": head.changed_at.isoformat(),
        "first_noted": {"at": noted.noticed_at.isoformat(), "source": noted.source} if noted else None,
        "case": {**_shown_frame(work, kept, frame), "responses": as_map(shown)},
        "use_restrictions": use_restrictions(shown),
        "others": others_of(work, kept) if kept.eyes.sees(Data.OBSERVATIONS) else None,
        "screening": result_of(work, kept, judgement),
        "stale": bool(reasons),
        "stale_because": reasons,
        "conflicts": conflicts(shown),
        "earlier": _earlier(work, kept),
        "earlier_contacts": _contacts(work, kept),
    }


def as_opened(work: Work, screening_id: UUID) -> dict[str, object]:
    """What the one who opened a screening is answered: the same however often and however late they ask."""
    kept = reach(work, screening_id)
    first = find_judgement(work.db, screening_id, 1)
    return {"id": str(screening_id), "version": 1, "screening": result_of(work, kept, first)}


def page(work: Work, *, limit: int, after: Cursor | None) -> tuple[list[dict[str, object]], Cursor | None]:
    """One page of what the actor's office can see, newest first, and where the next begins."""
    work.require(Permission.SCREENING_READ)
    rows = grant_store.queue(
        work.db, work.actor.office_id, alone(work), work.now, limit=limit + 1, after=after
    )
    last = rows[limit - 1] if len(rows) > limit else None
    held: dict[UUID, list[Grant]] = {}
    for row in rows[:limit]:
        held.setdefault(row.Screening.id, []).append(row.Grant)
    items = {
        row.Screening.id: line(work, held[row.Screening.id], row.Screening, row.ScreeningHead, row.PersonFile)
        for row in rows[:limit]
    }
    work.note("screening:list", "screening", None, {"count": len(items)})
    return list(items.values()), (last.Grant.opened_at, last.Screening.id) if last else None


def history(work: Work, kept: Kept) -> dict[str, object]:
    """Every step and every response that the actor may see, replaced ones included, oldest first."""
    given = given_of(work, kept)
    steps = store.list_steps(work.db, kept.screening.id)
    return {
        "id": str(kept.screening.id),
        "steps": [
            {
                "version": one.version,
                "kind": one.kind,
                "state": State(one.state).value,
                "at": one.at.isoformat(),
            }
            for one in steps
        ],
        "responses": [_past(one) for one in visible(given, kept.eyes, work.packs.questionnaire)],
    }


def case_of(work: Work, kept: Kept, version: int | None = None, packs: Packs | None = None) -> Case:
    """The case as it stood at a version (None: now), with everything that was said and not replaced.

    `packs` (default: those loaded) are those whose questionnaire its responses answer.
    """
    frame = frame_of(work, kept, version)
    given = in_force(given_of(work, kept, version))
    return read_case({**frame, "responses": as_map(standing(given, frame))}, work, packs)


def given_of(work: Work, kept: Kept, version: int | None = None) -> list[Given]:
    """Every response up to a version (None: now), with what defense counsel said of each by then."""
    rows = opened(store.list_responses(work.db, kept.screening.id, version), kept.key)
    return with_clearances(work, kept.screening.id, rows, kept.key, version)


def standing(given: Sequence[Given], frame: Mapping[str, object]) -> list[Given]:
    """The responses that a frame has room for: what was said of a charge that it no longer names waits in the record."""
    charges = frame.get("charges")
    named = (
        {one.get("id") for one in charges if isinstance(one, dict)} if isinstance(charges, list) else set()
    )
    return [one for one in given if one.row.charge is None or one.row.charge in named]


def current_judgement(work: Work, kept: Kept) -> Judgement | None:
    """The newest judgement of a screening."""
    return get_judgement(work.db, kept.head.judgement_id) if kept.head.judgement_id else None


def others_of(work: Work, kept: Kept) -> dict[str, object]:
    """Those who exploited the person, and other victims, as they were last recorded."""
    row = matter_store.newest_others(work.db, kept.screening.id)
    empty: dict[str, object] = {"exploiters": [], "other_victims": []}
    return {**empty, **json.loads(kept.key.open(row.sealed, f"others/{row.version}"))} if row else empty


def frame_of(work: Work, kept: Kept, version: int | None = None) -> dict[str, object]:
    row = store.newest_frame(work.db, kept.screening.id, version)
    if row is None:
        raise NotFoundError("There is no such screening.")
    shape: dict[str, object] = json.loads(kept.key.open(row.sealed, f"frame/{row.version}"))
    return shape


def read_case(shape: Mapping[str, object], work: Work, packs: Packs | None = None) -> Case:
    try:
        return load_case(shape, today=work.today, packs=packs or work.packs)
    except CaseError as error:
        raise CaseRefusedError("The responses are refused.", faults=error.faults) from None


def stale_because(work: Work, kept: Kept, judgement: Judgement | None) -> list[str]:
    """Why the stored findings are no longer what would be found today: the law, the questions or the engine changed.

    An entry of the law that was withdrawn since counts where the judgement used it; one that was put back, always.
    """
    if judgement is None:
        return []
    today = {one.law.jurisdiction: one.digest for one in work.packs.law.values()}
    today["questionnaire"] = work.packs.questionnaire.digest
    reasons = [f"pack:{one['id']}" for one in judgement.packs if today.get(one["id"]) != one["digest"]]
    engine = ["engine"] if judgement.engine != ENGINE else []
    return [*reasons, *_withdrawn_since(work, kept, judgement), *engine]


def _withdrawn_since(work: Work, kept: Kept, judgement: Judgement) -> list[str]:
    now, then = hidden_in(work.packs, judgement.packs), judgement.hidden
    if now == then:
        return []
    gone = sorted(set(now).difference(then))
    used = names_in(kept_result(judgement, kept.key)) if gone else frozenset()
    withdrawn = [read_entry(one) for one in gone]
    return [
        *(
            f"withdrawn:{entry}"
            for place, entry in withdrawn
            if entry in used or _presumes(work, place, entry)
        ),
        *(f"restored:{read_entry(one)[1]}" for one in sorted(set(then).difference(now))),
    ]


def _presumes(work: Work, place: str, entry: str) -> bool:
    """A presumption stands in no list of a screening and may have carried an element of any of its findings."""
    known = work.packs.law[place].by_id.get(entry) if place in work.packs.law else None
    return known is not None and known.rule.mechanism is Mechanism.PRESUMPTION


def _grants(work: Work, screening_id: UUID) -> Sequence[Grant]:
    return grant_store.grants_of(work.db, screening_id, work.actor.office_id, alone(work), work.now)


def alone(work: Work) -> UUID | None:
    """Whose own grants count beside the office's; None: everyone's, for a supervisor."""
    return None if work.actor.role is Role.SUPERVISOR else work.actor.account_id


def _shown_frame(work: Work, kept: Kept, shape: dict[str, object]) -> dict[str, object]:
    """The case without its responses: birth, place and needs each where they are seen."""
    hidden = {
        "person": not kept.eyes.sees(Data.IDENTITY),
        "place": not kept.eyes.sees_place,
        "needs": kept.eyes.sight(Data.REFERRALS) is Sight.NONE and not kept.eyes.is_own_compartment,
    }
    shown = {key: value for key, value in shape.items() if not hidden.get(key)}
    needs = shown.get("needs")
    if isinstance(needs, list) and not kept.eyes.sees_needs:
        health = {one.code.value for one in work.packs.needs.kinds if one.health}
        shown["needs"] = [one for one in needs if one not in health]
    return shown


def _is_ours(work: Work, screening: Screening) -> bool:
    return screening.office_id == work.actor.office_id


def result_of(work: Work, kept: Kept, judgement: Judgement | None) -> dict[str, object] | None:
    """The stored screening for the reader it was stored for; for another one, the same version with the same packs."""
    if judgement is None:
        return None
    if kept.eyes.reader == judgement.reader:
        return shown_screening(kept_result(judgement, kept.key), kept.eyes)
    packs = packs_of(work, judgement)
    again = screen(case_of(work, kept, judgement.version, packs), packs, reader=kept.eyes.reader)
    return shown_screening(again.to_dict(), kept.eyes)


def _earlier(work: Work, kept: Kept) -> list[dict[str, object]]:
    """Earlier screenings of the same person, of the actor's own office or within its reach."""
    screening = kept.screening
    rows = [
        one
        for one in store.chain_of(work.db, screening.person_id)
        if (one.opened_at, one.id) < (screening.opened_at, screening.id)
        and (one.office_id == work.actor.office_id or _grants(work, one.id))
    ]
    return [
        {
            "id": str(one.id),
            "opened_at": one.opened_at.isoformat(),
            "stage": one.stage,
            "flag": store.get_head(work.db, one.id).flag if kept.eyes.sees_flag else None,
        }
        for one in rows
    ]


def _contacts(work: Work, kept: Kept) -> list[dict[str, object]]:
    """Earlier contacts as a victim, for those who see what was observed."""
    if not kept.eyes.sees(Data.OBSERVATIONS):
        return []
    return [contact_line(one) for one in matter_store.list_contacts(work.db, kept.screening.person_id)]


def contact_line(one: EarlierContact) -> dict[str, object]:
    """An earlier contact as it is shown."""
    return {"id": str(one.id), "date": one.met_on.isoformat(), "as": one.met_as, "source": one.source}


def line(
    work: Work, grants: Sequence[Grant], screening: Screening, head: ScreeningHead, person: PersonFile
) -> dict[str, object]:
    """One line of a queue, as far as these grants show it."""
    eyes = eyes_of(work.actor, screening, State(head.state), grants, limits_of(work))
    return {
        "id": str(screening.id),
        "version": head.version,
        "state": State(head.state).value,
        "stage": head.stage,
        "alias": person.alias if eyes.sees(Data.IDENTITY) else None,
        "flag": head.flag if eyes.sees_flag else None,
        "reach": Reach(grants[0].reach).value,
        "opened_at": screening.opened_at.isoformat(),
        "changed_at": head.changed_at.isoformat(),
    }


def _past(one: Given) -> dict[str, object]:
    return {
        "id": str(one.row.id),
        "item": one.row.item,
        "charge": one.row.charge,
        "version": one.row.version,
        "at": one.row.at.isoformat(),
        "questionnaire": one.row.questionnaire,
        "replaces": str_or_none(one.row.replaces),
        **one.entry,
        **({"use_restriction": one.use_restriction} if one.use_restriction else {}),
    }


def str_or_none(value: UUID | None) -> str | None:
    return str(value) if value else None
