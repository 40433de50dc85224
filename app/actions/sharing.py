"""Hands a screening on: to one person of the own office, to advocates, to the defense, to a court; and takes it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from app.access import BREAK_GLASS_OPENS, SEES, Data, OfficeKind, Permission, Role, Sight, viewer
from app.actions.consents import require_good_signature
from app.actions.reading import Kept, reach
from app.actions.work import Work
from app.errors import GoneError, NotFoundError, NotPermittedError, UnprocessableError
from app.store import grants as store
from app.store import screenings
from app.store.accounts import Account, Office
from app.store.base import insert_or_leave
from app.store.consents import SignedBy
from app.store.grants import Grant, GrantEnd, Reach
from app.store.outbox import post
from screening.errors import Fault

MOST_DAYS = 366
BREAK_GLASS_HOURS = 24
CONSENTED = frozenset({Data.OWN_STATEMENTS, Data.HEALTH})
"""What is released only where the person agreed."""

_NEVER = frozenset({Data.ADVOCATE_NOTES, Data.AUDIT})
_KINDS: Mapping[Reach, frozenset[OfficeKind]] = {
    Reach.RELEASED: frozenset({OfficeKind.COMMUNITY_ADVOCACY, OfficeKind.SYSTEM_ADVOCACY}),
    Reach.DISCLOSED: frozenset({OfficeKind.DEFENSE}),
    Reach.FILED: frozenset({OfficeKind.COURT}),
}
_ROLE_AT: Mapping[OfficeKind, Role] = {
    OfficeKind.COMMUNITY_ADVOCACY: Role.ADVOCATE,
    OfficeKind.SYSTEM_ADVOCACY: Role.ADVOCATE,
    OfficeKind.DEFENSE: Role.DEFENSE,
    OfficeKind.COURT: Role.COURT,
    OfficeKind.POLICE: Role.OFFICER,
    OfficeKind.PROSECUTOR: Role.PROSECUTOR,
}
_HANDS_ON = frozenset({Reach.OWN, Reach.SUBMITTED})
"""Who has a screening by one of these can hand it on; who was only shown it cannot."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """That the person agreed to a release, and who signed."""

    signed_by: SignedBy
    guardian_conflict: bool
    signer_is_exploiter: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A grant as it is asked for. `fields` names kinds of content; none: the whole, as far as the table goes."""

    reach: Reach
    purpose: str
    office_id: UUID | None = None
    account_id: UUID | None = None
    fields: frozenset[Data] = field(default_factory=frozenset)
    expires_at: datetime | None = None
    agreement: Agreement | None = None


def grant(work: Work, screening_id: UUID, grant_id: UUID, wanted: Wanted) -> None:
    """Hands a screening on. From then on its content is within reach, as far as the table and the fields go."""
    work.require(Permission.SCREENING_SHARE)
    kept = reach(work, screening_id)
    _require_hands_on(work, kept, wanted)
    kind = _recipient(work, wanted)
    _require_fields(work, wanted, kind)
    _require_time(work, wanted)
    work.db.add(
        Grant(
            id=grant_id,
            screening_id=screening_id,
            office_id=wanted.office_id or work.actor.office_id,
            reach=wanted.reach,
            account_id=wanted.account_id,
            fields=sorted(one.value for one in wanted.fields),
            purpose=wanted.purpose,
            opened_at=kept.screening.opened_at,
            granted_by=work.actor.account_id,
            granted_at=work.now,
            expires_at=wanted.expires_at,
        )
    )
    work.db.flush()
    detail = {
        "grant": str(grant_id),
        "reach": wanted.reach.value,
        "to": str(wanted.office_id or work.actor.office_id),
        "fields": sorted(one.value for one in wanted.fields),
        "agreed": wanted.agreement.signed_by.value if wanted.agreement else None,
    }
    work.note("screening:share", "screening", screening_id, detail)


def end(work: Work, screening_id: UUID, grant_id: UUID) -> None:
    """Takes a grant back; from this moment it gives nothing. A second time changes nothing."""
    work.require(Permission.SCREENING_SHARE)
    kept = reach(work, screening_id)
    row = work.db.get(Grant, grant_id)
    if row is None or row.screening_id != screening_id or row.reach == Reach.OWN:
        raise NotFoundError("There is no such grant.")
    giver = work.db.get(Account, row.granted_by) if row.granted_by else None
    is_ours = giver is not None and giver.office_id == work.actor.office_id
    if not is_ours and Reach.OWN not in kept.eyes.reach:
        raise NotFoundError("There is no such grant.")
    row_end = {"grant_id": grant_id, "ended_by": work.actor.account_id, "ended_at": work.now}
    if insert_or_leave(work.db, GrantEnd, row_end):
        work.note("screening:unshare", "screening", screening_id, {"grant": str(grant_id)})


def grants_of(work: Work, screening_id: UUID) -> list[dict[str, object]]:
    """Every grant of a screening, ended ones included, for those who can hand it on; the defense sees its own filings."""
    work.require(Permission.SCREENING_SHARE)
    kept = reach(work, screening_id)
    rows: Sequence[Grant] = store.list_grants(work.db, screening_id)
    if not kept.eyes.reach & _HANDS_ON:
        rows = [one for one in rows if _is_given_by(work, one)]
    ends = {one.grant_id: one for one in store.list_ends(work.db, screening_id)}
    work.note("screening:grants", "screening", screening_id, {"count": len(rows)})
    return [_line(one, ends.get(one.id), work.now) for one in rows]


def break_glass(work: Work, screening_id: UUID, grant_id: UUID, reason: str) -> datetime:
    """Opens what helps to find somebody in imminent danger, for a day, to this one account. Gives when it ends.

    The supervisor's office and the office whose screening it is are told at once. It never reaches the community
    advocates' compartment, which this act cannot open.
    """
    work.require(Permission.BREAK_GLASS)
    screening = screenings.find_screening(work.db, screening_id)
    if screening is None:
        raise NotFoundError("There is no such screening.")
    if screenings.find_key(work.db, screening_id) is None:
        raise GoneError("This screening was sealed or expunged. Nothing of it can be read any more.")
    until = work.now + timedelta(hours=BREAK_GLASS_HOURS)
    work.db.add(
        Grant(
            id=grant_id,
            screening_id=screening_id,
            office_id=work.actor.office_id,
            reach=Reach.BREAK_GLASS,
            account_id=work.actor.account_id,
            fields=sorted(one.value for one in BREAK_GLASS_OPENS),
            purpose=reason,
            opened_at=screening.opened_at,
            granted_by=work.actor.account_id,
            granted_at=work.now,
            expires_at=until,
        )
    )
    work.db.flush()
    for office_id in sorted({work.actor.office_id, screening.office_id}):
        detail = {"grant": str(grant_id), "by_office": str(work.actor.office_id), "hours": BREAK_GLASS_HOURS}
        work.note("screening:break_glass", "screening", screening_id, detail, office_id=office_id)
        post(work.db, "break_glass", "screening", screening_id, office_id=office_id, at=work.now)
    return until


def _require_hands_on(work: Work, kept: Kept, wanted: Wanted) -> None:
    if work.actor.role is Role.DEFENSE:
        if wanted.reach is not Reach.FILED:
            raise NotPermittedError("Defense counsel hands a screening on by filing it to a court only.")
        return
    if not kept.eyes.reach & _HANDS_ON:
        raise NotPermittedError("This screening was shown to the office; it is not the office's to hand on.")
    if wanted.reach is Reach.NEED_TO_KNOW and work.actor.role is not Role.SUPERVISOR:
        raise NotPermittedError("A supervisor decides who else in the office needs to know.")


def _recipient(work: Work, wanted: Wanted) -> OfficeKind:
    """The kind of the office it goes to. UnprocessableError where it is of the wrong kind, or not there."""
    if wanted.reach is Reach.NEED_TO_KNOW:
        return _colleague(work, wanted)
    if wanted.office_id is None or wanted.account_id is not None:
        raise _refused("office", "a grant of this kind goes to an office", "the id of an office")
    office = work.db.get(Office, wanted.office_id)
    if office is None and wanted.reach is Reach.RELEASED:
        with work.sides.community.look() as db:
            office = db.get(Office, wanted.office_id)
    kinds = _KINDS[wanted.reach]
    if office is None or office.kind not in kinds:
        words = " or ".join(sorted(one.value for one in kinds))
        raise _refused("office", "no office of the right kind has this id", f"the id of an office: {words}")
    return OfficeKind(office.kind)


def _colleague(work: Work, wanted: Wanted) -> OfficeKind:
    account = work.db.get(Account, wanted.account_id) if wanted.account_id else None
    is_here = account is not None and account.office_id == work.actor.office_id and not account.disabled_at
    if account is None or not is_here or viewer(Role(account.role), work.actor.kind) is None:
        raise _refused(
            "account", "nobody of this office has this id", "the id of an account of the own office"
        )
    if wanted.office_id not in (None, work.actor.office_id):
        raise _refused("office", "who needs to know is of the own office", "leave it out")
    return work.actor.kind


def _require_fields(work: Work, wanted: Wanted, kind: OfficeKind) -> None:
    if wanted.reach is Reach.RELEASED and not wanted.fields:
        raise _refused("fields", "a release names what is released", "kinds of content")
    if wanted.reach is Reach.DISCLOSED and wanted.fields:
        raise _refused("fields", "a disclosure to the defense is of the whole", "leave them out")
    column = viewer(_ROLE_AT[kind], kind)
    hopeless = {one for one in wanted.fields if column is None or SEES[one][column] is Sight.NONE} | (
        wanted.fields & _NEVER
    )
    if hopeless:
        words = ", ".join(sorted(one.value for one in hopeless))
        raise _refused("fields", f"nobody there ever sees: {words}", "kinds that the table of access opens")
    if (
        Data.OWN_STATEMENTS in wanted.fields
        and wanted.reach is Reach.FILED
        and work.actor.role is not Role.DEFENSE
    ):
        raise NotPermittedError("Only defense counsel files the client's own statements.")
    if wanted.reach is Reach.RELEASED and wanted.fields & CONSENTED:
        _require_agreement(wanted)


def _require_agreement(wanted: Wanted) -> None:
    given = wanted.agreement
    if given is None:
        raise _refused("agreement", "own words and health are released where the person agreed", "who signed")
    require_good_signature(given.signed_by, given.guardian_conflict, given.signer_is_exploiter)


def _require_time(work: Work, wanted: Wanted) -> None:
    until = wanted.expires_at
    if until is None:
        if wanted.reach is Reach.RELEASED:
            raise _refused("expires_at", "a release ends at a stated time", "a time with its zone")
        return
    if not work.now < until <= work.now + timedelta(days=MOST_DAYS):
        raise _refused("expires_at", "it has to end later than now", f"a time within {MOST_DAYS} days")


def _is_given_by(work: Work, one: Grant) -> bool:
    giver = work.db.get(Account, one.granted_by) if one.granted_by else None
    return giver is not None and giver.office_id == work.actor.office_id


def _line(one: Grant, ended: GrantEnd | None, now: datetime) -> dict[str, object]:
    over = one.expires_at is not None and one.expires_at <= now
    return {
        "id": str(one.id),
        "reach": Reach(one.reach).value,
        "office": str(one.office_id),
        "account": str(one.account_id) if one.account_id else None,
        "fields": list(one.fields),
        "purpose": one.purpose,
        "granted_at": one.granted_at.isoformat(),
        "expires_at": one.expires_at.isoformat() if one.expires_at else None,
        "ended_at": ended.ended_at.isoformat() if ended else None,
        "in_force": ended is None and not over,
    }


def _refused(path: str, says: str, expected: str) -> UnprocessableError:
    return UnprocessableError("This grant is refused.", faults=[Fault(path, says, expected)])


def broken_until(work: Work, grant_id: UUID) -> datetime:
    """When what was broken open closes again."""
    row = work.db.get(Grant, grant_id)
    if row is None or row.expires_at is None:
        raise NotFoundError("There is no such grant.")
    return row.expires_at
