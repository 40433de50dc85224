"""Lets go of closed screenings by an office's own rules: by jurisdiction and outcome, and never while a hold stands."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from app.access import Permission
from app.actions.erasing import erase_now
from app.actions.work import Work
from app.store import holds
from app.store import screenings as store
from app.store.base import new_id
from app.store.holds import RetentionRule

ANY = "*"


def set_rule(work: Work, jurisdiction: str, outcome: str, days: int, basis: str) -> None:
    """Adds a rule of the actor's office, or changes the one for the same jurisdiction and outcome."""
    work.require(Permission.ERASE)
    office_id = work.actor.office_id
    found = [
        one
        for one in holds.list_rules(work.db, office_id)
        if (one.jurisdiction, one.outcome) == (jurisdiction, outcome)
    ]
    if found:
        found[0].days, found[0].basis = days, basis
    else:
        rule = RetentionRule(
            id=new_id(),
            office_id=office_id,
            jurisdiction=jurisdiction,
            outcome=outcome,
            days=days,
            basis=basis,
        )
        work.db.add(rule)
    work.db.flush()
    work.note(
        "retention:set", "office", office_id, {"jurisdiction": jurisdiction, "outcome": outcome, "days": days}
    )


def rules(work: Work) -> list[dict[str, object]]:
    """The rules of the actor's office."""
    return [
        {"jurisdiction": one.jurisdiction, "outcome": one.outcome, "days": one.days, "basis": one.basis}
        for one in holds.list_rules(work.db, work.actor.office_id)
    ]


def let_go(work: Work, limit: int = 100) -> int:
    """Expunges what the rules of the actor's office let go of today; gives the number. For the office's own account."""
    known = holds.list_rules(work.db, work.actor.office_id)
    if not known:
        return 0
    gone = 0
    for screening, head, charges in store.closed_screenings(work.db, work.actor.office_id, limit):
        outcomes: set[str] = set()
        rule = most_particular(known, {one.jurisdiction for one in charges}, outcomes)
        due = rule is not None and head.changed_at + timedelta(days=rule.days) <= work.now
        if rule and due and not holds.is_held(work.db, screening.id):
            erase_now(work, screening, "expunged", f"Retention: {rule.basis}")
            gone += 1
    return gone


def most_particular(
    known: Sequence[RetentionRule], jurisdictions: Iterable[str], outcomes: Iterable[str]
) -> RetentionRule | None:
    """The rule that fits best; where several fit alike, the one that keeps longest."""
    places, results = set(jurisdictions), set(outcomes)
    fitting = [one for one in known if one.jurisdiction in {ANY, *places} and one.outcome in {ANY, *results}]
    return max(fitting, key=lambda one: (one.jurisdiction != ANY, one.outcome != ANY, one.days), default=None)
