"""Carries an advocate's words to the justice side: deliberately composed, with consent, and readable no longer than that.

Of the community side nothing else leaves: no id, no digest, no count. A statement for a case that nobody knows is kept
there like any other, so that the answer and the time it takes tell nothing.
"""

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from app.access import Data, Permission
from app.actions.consents import own_consent
from app.actions.content_keys import key_for
from app.actions.reading import reach
from app.actions.work import Work
from app.errors import UnprocessableError
from app.keys import Wrapped, unwrap
from app.store import audit
from app.store import consents as consent_store
from app.store import statements as store
from app.store.base import insert_or_leave
from app.store.compartments import Side
from app.store.consents import Consent, ConsentField, Delivery, SentStatement
from app.store.statements import Label, Stance, Statement, StatementEnd
from screening.errors import Fault


@dataclass(frozen=True, slots=True)
class Composed:
    """What an advocate wants to say about a case. `consent_id` None: a system advocate, who needs none."""

    case_token: str
    words: str | None
    stance: Stance
    consent_id: UUID | None = None


def compose(work: Work, statement_id: UUID, said: Composed) -> None:
    """Keeps a statement where its author is. On the community side nothing has left yet: see `deliver`."""
    work.require(Permission.ADVOCATE_VIEW)
    if said.words is None and said.stance is Stance.NONE:
        raise _refused("words", "a statement says something", "words or a stance")
    if work.own.side is Side.JUSTICE:
        _say_as_system(work, statement_id, said)
        return
    consent = _good_consent(work, said)
    key = key_for(work.db, work.own.ring, consent.person_id, work.now)
    text = json.dumps({"case_token": said.case_token, "words": said.words, "stance": said.stance.value})
    work.db.add(
        SentStatement(
            id=statement_id,
            consent_id=consent.id,
            sealed=key.seal(text, f"sent/{statement_id}"),
            account_id=work.actor.account_id,
            at=work.now,
        )
    )
    work.db.flush()
    work.note("statement:compose", "statement", statement_id, {"consent": str(consent.id)})


def deliver(work: Work, statement_id: UUID) -> None:
    """Brings a composed statement over, once. The consent is locked meanwhile, so that it cannot end in between."""
    sent = work.db.get(SentStatement, statement_id)
    if sent is None or consent_store.find_delivery(work.db, statement_id):
        return
    consent = own_consent(work, sent.consent_id)
    _require_in_force(work, consent)
    key = key_for(work.db, work.own.ring, consent.person_id, work.now)
    said = json.loads(key.open(sent.sealed, f"sent/{sent.id}"))
    with work.sides.justice.work() as db:
        arriving = Composed(said["case_token"], said["words"], Stance(said["stance"]))
        _put(work, db, statement_id, arriving, consent)
        for office_id in consent.to:
            event = audit.Happening(UUID(office_id), work.now, "statement:arrive", "statement", statement_id)
            audit.record(db, event)
    work.db.add(Delivery(statement_id=statement_id, at=work.now))
    work.note("statement:deliver", "statement", statement_id)


def sent_statements(work: Work, consent_id: UUID) -> list[dict[str, object]]:
    """What the agency said by a consent, and whether it has arrived."""
    work.require(Permission.CONSENT_KEEP)
    consent = own_consent(work, consent_id)
    key = key_for(work.db, work.own.ring, consent.person_id, work.now)
    rows = consent_store.sent_by(work.db, consent.id)
    work.note("statement:list", "consent", consent.id, {"count": len(rows)})
    return [
        {
            "id": str(one.id),
            "at": one.at.isoformat(),
            "delivered": consent_store.find_delivery(work.db, one.id) is not None,
            **json.loads(key.open(one.sealed, f"sent/{one.id}")),
        }
        for one in rows
    ]


def statements_on(work: Work, screening_id: UUID) -> list[dict[str, object]]:
    """What advocates said about a case that can be read now, by the offices that they said it to."""
    work.require(Permission.SCREENING_READ)
    kept = reach(work, screening_id)
    store.forget_expired(work.db, work.now)
    found = store.statements_of(work.db, kept.screening.case_token, work.now)
    seen = kept.eyes.sees(Data.ADVOCATE_STATEMENT)
    shown = [one for one in found if seen and (not one[0].to or str(work.actor.office_id) in one[0].to)]
    work.note("screening:statements", "screening", screening_id, {"count": len(shown)})
    lines = []
    for row, wrapped in shown:
        key = unwrap(work.own.ring, Wrapped(wrapped.key, wrapped.data), str(row.id))
        lines.append(
            {
                "id": str(row.id),
                "label": Label(row.label).value,
                "at": row.at.isoformat(),
                "expires_at": row.expires_at.isoformat() if row.expires_at else None,
                **json.loads(key.open(row.sealed, f"statement/{row.id}")),
            }
        )
    return lines


def _say_as_system(work: Work, statement_id: UUID, said: Composed) -> None:
    if said.consent_id is not None:
        raise _refused("consent", "a system advocate speaks for a public office", "leave it out")
    _put(work, work.db, statement_id, said, None)
    work.note("statement:make", "statement", statement_id)


def _put(work: Work, db: Session, statement_id: UUID, said: Composed, consent: Consent | None) -> None:
    """The row on the justice side. One that is there stays; one that was taken back is not kept again."""
    if db.get(StatementEnd, statement_id) or store.find_statement(db, statement_id):
        return
    key = key_for(db, work.sides.justice.ring, statement_id, work.now)
    text = json.dumps({"agency": work.actor.office, "words": said.words, "stance": said.stance.value})
    row: dict[str, object] = {
        "id": statement_id,
        "case_token": said.case_token,
        "label": Label.COMMUNITY if consent else Label.SYSTEM,
        "to": list(consent.to) if consent else [],
        "sealed": key.seal(text, f"statement/{statement_id}"),
        "at": work.now,
        "expires_at": consent.expires_at if consent else None,
    }
    insert_or_leave(db, Statement, row)


def _good_consent(work: Work, said: Composed) -> Consent:
    if said.consent_id is None:
        raise _refused(
            "consent", "a community advocate speaks by consent of the person", "the id of a consent"
        )
    consent = own_consent(work, said.consent_id)
    _require_in_force(work, consent)
    told = {ConsentField.WORDS} if said.words is not None else set()
    told |= {ConsentField.STANCE} if said.stance is not Stance.NONE else set()
    beyond = sorted(one.value for one in told if one.value not in consent.fields)
    if beyond:
        raise _refused("consent", f"the person did not agree to: {', '.join(beyond)}", "what was agreed to")
    return consent


def _require_in_force(work: Work, consent: Consent) -> None:
    if consent_store.find_end(work.db, consent.id) or consent.expires_at <= work.now:
        raise _refused("consent", "this consent has ended", "a consent in force")


def _refused(path: str, says: str, expected: str) -> UnprocessableError:
    return UnprocessableError("This statement is refused.", faults=[Fault(path, says, expected)])
