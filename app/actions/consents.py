"""Keeps a person's written consent for an agency, and ends it; whoever harms the person cannot sign for them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from app.access import OfficeKind, Permission
from app.actions.content_keys import key_for
from app.actions.responses import in_force, opened
from app.actions.work import Work
from app.errors import NotFoundError, UnprocessableError
from app.keys import Wrapped, unwrap
from app.store import consents as store
from app.store import screenings
from app.store.accounts import Office
from app.store.base import insert_or_leave
from app.store.consents import Consent, ConsentEnd, ConsentField, SignedBy
from app.store.screenings import PersonFile
from app.store.statements import end_statements
from screening.errors import Fault

MOST_DAYS = 366
_SAYS_UNSAFE = {
    "safety.caregiver_safe": {"no"},
    "exploiter.relationship": {"parent", "other_family"},
    "told.exploiter_relationship": {"parent", "other_family"},
}
"""Answers in the agency's own file by which a guardian's signature cannot count."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A consent as it was signed on paper."""

    person_id: UUID
    to: frozenset[UUID]
    fields: frozenset[ConsentField]
    purpose: str
    signed_by: SignedBy
    signed_on: date
    expires_at: datetime
    guardian_conflict: bool
    signer_is_exploiter: bool = False


def require_good_signature(
    signed_by: SignedBy,
    guardian_conflict: bool,
    signer_is_exploiter: bool,
) -> None:
    """UnprocessableError where the one who signed is, or may be, the one who harms the person."""
    if signer_is_exploiter:
        raise refused(
            "signer_is_exploiter", "whoever exploits a person cannot agree for them", "another signer"
        )
    if guardian_conflict and signed_by is not SignedBy.PERSON:
        raise refused("signed_by", "a guardian with a conflict cannot agree for the person", "person")


def keep(work: Work, consent_id: UUID, signed: Signed) -> None:
    """Keeps a consent that was signed. UnprocessableError where it cannot be relied on; then nothing is kept."""
    work.require(Permission.CONSENT_KEEP)
    person = own_person(work, signed.person_id)
    require_good_signature(signed.signed_by, signed.guardian_conflict, signed.signer_is_exploiter)
    if signed.signed_by is not SignedBy.PERSON and _guardian_may_harm(work, person.id):
        says = "the agency's own file says that family or caregivers may harm the person"
        raise refused("signed_by", says, "person")
    if signed.signed_on > work.today:
        raise refused("signed_on", "that day has not come yet", "the day on which it was signed")
    if not work.now < signed.expires_at <= work.now + timedelta(days=MOST_DAYS):
        raise refused("expires_at", "a consent ends at a stated time", f"a time within {MOST_DAYS} days")
    _require_offices(work, signed.to)
    key = key_for(work.db, work.own.ring, person.id, work.now)
    work.db.add(
        Consent(
            id=consent_id,
            office_id=work.actor.office_id,
            person_id=person.id,
            to=sorted(map(str, signed.to)),
            fields=sorted(one.value for one in signed.fields),
            sealed=key.seal(signed.purpose, f"consent/{consent_id}"),
            signed_by=signed.signed_by,
            signed_on=signed.signed_on,
            expires_at=signed.expires_at,
            account_id=work.actor.account_id,
            at=work.now,
        )
    )
    work.db.flush()
    work.note("consent:keep", "consent", consent_id, {"fields": sorted(one.value for one in signed.fields)})


def revoke(work: Work, consent_id: UUID) -> None:
    """Ends a consent. What was said by it becomes unreadable on the other side first, then it is noted here."""
    work.require(Permission.CONSENT_KEEP)
    consent = own_consent(work, consent_id)
    sent = [one.id for one in store.sent_by(work.db, consent.id)]
    if sent:
        with work.sides.justice.work() as db:
            end_statements(db, sent, work.now)
    ended = {"consent_id": consent.id, "account_id": work.actor.account_id, "at": work.now}
    if insert_or_leave(work.db, ConsentEnd, ended):
        work.note("consent:revoke", "consent", consent.id, {"statements": len(sent)})


def consents(work: Work, person_id: UUID | None) -> list[dict[str, object]]:
    """The agency's consents, newest first."""
    work.require(Permission.CONSENT_KEEP)
    if person_id:
        own_person(work, person_id)
    rows = store.list_consents(work.db, work.actor.office_id, person_id)
    work.note("consent:list", "consent", None, {"count": len(rows)})
    return [line(work, one) for one in rows]


def line(work: Work, one: Consent) -> dict[str, object]:
    """One consent as the agency sees it."""
    end = store.find_end(work.db, one.id)
    key = key_for(work.db, work.own.ring, one.person_id, work.now)
    return {
        "id": str(one.id),
        "person": str(one.person_id),
        "to": list(one.to),
        "fields": list(one.fields),
        "purpose": key.open(one.sealed, f"consent/{one.id}"),
        "signed_by": SignedBy(one.signed_by).value,
        "signed_on": one.signed_on.isoformat(),
        "expires_at": one.expires_at.isoformat(),
        "revoked_at": end.at.isoformat() if end else None,
        "in_force": end is None and one.expires_at > work.now,
    }


def own_consent(work: Work, consent_id: UUID) -> Consent:
    """A consent of the actor's agency, locked; any other is not there."""
    consent = store.lock_consent(work.db, consent_id)
    if consent is None or consent.office_id != work.actor.office_id:
        raise NotFoundError("There is no such consent.")
    return consent


def own_person(work: Work, person_id: UUID) -> PersonFile:
    """A person file of the actor's agency; any other is not there."""
    person = work.db.get(PersonFile, person_id)
    if person is None or person.office_id != work.actor.office_id:
        raise NotFoundError("There is no such person file.")
    return person


def refused(path: str, says: str, expected: str) -> UnprocessableError:
    """A consent that is not kept, and why."""
    return UnprocessableError("This consent is refused.", faults=[Fault(path, says, expected)])


def _guardian_may_harm(work: Work, person_id: UUID) -> bool:
    for one in screenings.chain_of(work.db, person_id):
        row = screenings.find_key(work.db, one.id)
        if row is None:
            continue
        key = unwrap(work.own.ring, Wrapped(row.key, row.data), str(one.id))
        rows = [each for each in screenings.list_responses(work.db, one.id) if each.item in _SAYS_UNSAFE]
        given = in_force(opened(rows, key))
        if any(str(each.entry.get("value")) in _SAYS_UNSAFE[each.row.item] for each in given):
            return True
    return False


def _require_offices(work: Work, to: frozenset[UUID]) -> None:
    """A consent names offices of the justice side, which are known by name to everyone."""
    with work.sides.justice.look() as db:
        known = [db.get(Office, one) for one in to]
    if not to or any(one is None or one.kind == OfficeKind.COMMUNITY_ADVOCACY for one in known):
        raise refused("to", "no office of the justice side has this id", "ids of offices")
