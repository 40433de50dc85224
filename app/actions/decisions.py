"""What people hold and do beside the findings, each naming the judgement it rests on; a finding itself never changes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.access import OfficeKind, Permission
from app.actions import differences
from app.actions.duties import open_duties
from app.actions.reading import Kept, reach
from app.actions.screenings import require_open
from app.actions.work import Work
from app.errors import ConflictError, NotFoundError, NotPermittedError, UnprocessableError
from app.store import decisions as store
from app.store.decisions import (
    PROCEEDS,
    AdvocateView,
    Assessed,
    Did,
    Disposition,
    LeftOpen,
    Override,
    QualifiedAssessment,
    SignOff,
    View,
)
from app.store.judgements import charges_of, findings_of
from app.store.screenings import lock_head, newest_charges
from screening import Fault
from screening.rules.results import RANK, Result

BAR = RANK[Result.PRESUMPTIVELY_BARRED]
NEEDS_ASSESSMENT = frozenset({"possible", "indicators_present"})
ASSESSMENT = "assessment"


@dataclass(frozen=True, slots=True)
class Resting:
    """A screening on which something is decided, and the judgement that this rests on: the newest."""

    kept: Kept
    judgement_id: UUID

    def seal(self, shape: Mapping[str, object], kind: str, row_id: UUID) -> bytes:
        """Words of a decision as they are kept."""
        return self.kept.key.seal(json.dumps(shape, ensure_ascii=False), f"{kind}/{row_id}")


def rest_on(work: Work, screening_id: UUID, judgement_id: UUID | None) -> Resting:
    """The screening, locked, with its newest judgement.

    ConflictError where it is closed, or where the judgement that the caller has read is not the newest any more.
    """
    head = lock_head(work.db, screening_id)
    kept = reach(work, screening_id)
    require_open(head)
    if head.judgement_id is None or judgement_id not in (None, head.judgement_id):
        raise ConflictError(
            "It was judged anew since you read it. Read it again, and decide on what it says now."
        )
    return Resting(kept, head.judgement_id)


def override(work: Work, new: UUID, on: Resting, charge: str, protection: str, *, reason: str) -> None:
    """Records a disagreement with one finding."""
    work.require(Permission.FINDING_OVERRIDE)
    known = {(one.charge, one.protection) for one in findings_of(work.db, on.judgement_id)}
    if (charge, protection) not in known:
        raise UnprocessableError(
            "There is no such finding.", faults=[Fault("protection", "no finding has it")]
        )
    row = Override(
        id=new,
        screening_id=on.kept.screening.id,
        judgement_id=on.judgement_id,
        charge=charge,
        protection=protection,
        sealed=on.seal({"reason": reason}, "override", new),
        account_id=work.actor.account_id,
        at=work.now,
    )
    work.db.add(row)
    _note(work, "finding:override", on, {"id": str(new), "charge": charge, "protection": protection})


def record_view(work: Work, new: UUID, on: Resting, view: View, words: str) -> None:
    """Records how an advocate stands to the findings, with the label of that advocate's office."""
    work.require(Permission.ADVOCATE_VIEW)
    community = work.actor.kind is OfficeKind.COMMUNITY_ADVOCACY
    row = AdvocateView(
        id=new,
        screening_id=on.kept.screening.id,
        judgement_id=on.judgement_id,
        view=view,
        label="community" if community else "system",
        sealed=on.seal({"words": words}, "view", new),
        account_id=work.actor.account_id,
        at=work.now,
    )
    work.db.add(row)
    _note(work, "advocate_view:record", on, {"id": str(new)})


def record_assessment(
    work: Work, new: UUID, on: Resting, outcome: Assessed, *, day: date | None, words: Mapping[str, object]
) -> None:
    """Records the assessment by a qualified person, or why there was none."""
    work.require(Permission.ASSESSMENT_RECORD)
    if day and day > work.today:
        raise UnprocessableError("That day has not come yet.")
    row = QualifiedAssessment(
        id=new,
        screening_id=on.kept.screening.id,
        judgement_id=on.judgement_id,
        outcome=outcome,
        assessed_on=day,
        sealed=on.seal(words, "assessment", new),
        account_id=work.actor.account_id,
        at=work.now,
    )
    work.db.add(row)
    _note(work, "assessment:record", on, {"id": str(new)})


def dispose(
    work: Work, new: UUID, on: Resting, charge: str, did: Did, *, words: Mapping[str, object]
) -> None:
    """Records what was done with a charge. Going on with one that is barred wants reasons, and waits for another's word."""
    work.require(Permission.DISPOSITION_RECORD)
    found = {one.charge: one for one in charges_of(work.db, on.judgement_id)}
    if charge not in found:
        raise UnprocessableError(
            "There is no such charge.", faults=[Fault("charge", "no charge has this id")]
        )
    bar = _bar(found[charge].at_least) if did in PROCEEDS else None
    if bar and not words.get("reasons"):
        fault = Fault("reasons", f"the charge is {bar}", "why it is gone on with all the same, in writing")
        raise UnprocessableError("This departs from a protection: reasons are needed.", faults=[fault])
    row = Disposition(
        id=new,
        screening_id=on.kept.screening.id,
        judgement_id=on.judgement_id,
        charge=charge,
        did=did,
        departs_from=bar,
        sealed=on.seal(words, "disposition", new),
        account_id=work.actor.account_id,
        at=work.now,
    )
    work.db.add(row)
    _note(work, "disposition:record", on, {"id": str(new), "charge": charge, "departs": bool(bar)})


def sign(work: Work, on: Resting, disposition_id: UUID, words: str, *, agrees: bool) -> None:
    """Another person's word on a disposition that departs from a bar; given once, and never by who recorded it."""
    work.require(Permission.DISPOSITION_SIGN)
    rows = {one.id: (one, word) for one, word in store.list_dispositions(work.db, on.kept.screening.id)}
    if disposition_id not in rows:
        raise NotFoundError("There is no such disposition.")
    row, word = rows[disposition_id]
    if row.account_id == work.actor.account_id:
        raise NotPermittedError("Another person than the one who recorded it signs it off.")
    if row.departs_from is None or word is not None:
        raise ConflictError("It waits for nobody's word.")
    if _moved(work, row.judgement_id, on.judgement_id, row.charge):
        raise ConflictError("What it rests on has changed since. It is to be decided anew.")
    signed = SignOff(
        disposition_id=disposition_id,
        screening_id=on.kept.screening.id,
        agrees=agrees,
        sealed=on.seal({"words": words}, "sign_off", disposition_id),
        account_id=work.actor.account_id,
        at=work.now,
    )
    work.db.add(signed)
    _note(work, "disposition:sign", on, {"id": str(disposition_id), "agrees": agrees})


def standing_of(row: Disposition, word: SignOff | None) -> str:
    """Where a disposition stands: in force, waiting for another person's word, or refused by them."""
    if row.departs_from is None:
        return "in_force"
    if word is None:
        return "awaiting_sign_off"
    return "in_force" if word.agrees else "refused"


def close_checks(work: Work, kept: Kept, reasons: Mapping[str, str]) -> None:
    """ConflictError naming what keeps a charge screening from being closed; the reasons given are kept with it."""
    if not newest_charges(work.db, kept.screening.id):
        return
    wanting = _open_points(work, kept)
    faults = [
        *(
            Fault(name, says, "a reason, or what it asks for")
            for name, says in wanting.items()
            if name not in reasons
        ),
        *_undecided(work, kept),
    ]
    if faults:
        raise ConflictError("Something is still open. Do it, or say in `reasons` why not.", faults=faults)
    if stray := sorted(set(reasons) - set(wanting)):
        raise UnprocessableError(
            "A reason is given for what is not open.",
            faults=[Fault(f"reasons.{one}", "not open") for one in stray],
        )
    for name, reason in reasons.items():
        row = LeftOpen(
            screening_id=kept.screening.id,
            subject=name,
            sealed=kept.key.seal(json.dumps({"reason": reason}, ensure_ascii=False), f"left_open/{name}"),
            account_id=work.actor.account_id,
            at=work.now,
        )
        work.db.add(row)


def _open_points(work: Work, kept: Kept) -> dict[str, str]:
    """What may be left open for a reason, by name."""
    points = {
        f"duty:{one.id}": f"{one.jurisdiction}: {one.do}" for one in open_duties(work, kept.screening.id)
    }
    assessed = store.list_assessments(work.db, kept.screening.id)
    if kept.head.flag in NEEDS_ASSESSMENT and not assessed:
        points[ASSESSMENT] = "a qualified person has not assessed the young person"
    return points


def _undecided(work: Work, kept: Kept) -> list[Fault]:
    """The charges whose newest disposition goes on against a bar without another person's word on what is found now."""
    current = kept.head.judgement_id
    bars = {one.charge: _bar(one.at_least) for one in charges_of(work.db, current)} if current else {}
    newest = {one.charge: (one, word) for one, word in store.list_dispositions(work.db, kept.screening.id)}
    faults = []
    for charge, (row, word) in newest.items():
        standing = standing_of(row, word)
        unseen = Did(row.did) in PROCEEDS and bool(bars.get(charge)) and row.departs_from is None
        if unseen or standing != "in_force":
            says = "is barred by what is found now" if unseen else f"is {standing.replace('_', ' ')}"
            faults.append(Fault(f"disposition:{charge}", f"the disposition of {charge} {says}", "a new one"))
    return faults


def _bar(at_least: str) -> str | None:
    return at_least if RANK.get(Result(at_least), 0) >= BAR else None


def _moved(work: Work, then: UUID, now: UUID, charge: str) -> list[str]:
    if then == now:
        return []
    old, new = differences.found_then(work.db, then), differences.found_then(work.db, now)
    return differences.moved(old, new, charge)


def _note(work: Work, tag: str, on: Resting, detail: Mapping[str, object]) -> None:
    work.note(tag, "screening", on.kept.screening.id, {"judgement": str(on.judgement_id), **detail})
