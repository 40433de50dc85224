"""Which duties are due, or fall due once their trigger is shown, and by when."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from screening.conditions import FactValue
from screening.law.words import Confidence
from screening.rules.finding import DutyFinding
from screening.rules.prepared import PreparedPack
from screening.truth import NO, YES


def duties_of(
    packs: Iterable[PreparedPack],
    facts_by_charge: Mapping[str, Mapping[str, FactValue]],
    noticed: datetime | None,
) -> tuple[DutyFinding, ...]:
    """The duties of the packs over all charges: *due* when the trigger is yes for one, *if* while it is possible.

    `facts_by_charge` holds the facts read protectively (two sources that clash count as yes); the key is empty where
    there is no charge. A clock runs from `noticed` and never otherwise (semantics 24). Recall-grade duties stay hidden.
    """
    found: list[DutyFinding] = []
    for pack in packs:
        values = [(charge, pack.evaluate_around(facts)) for charge, facts in facts_by_charge.items()]
        for duty, top in pack.duties:
            best = max([seen[top] for _, seen in values], default=NO)
            if duty.confidence is Confidence.RECALL or best == NO:
                continue
            due = (
                noticed + timedelta(hours=duty.within_hours)
                if noticed and duty.within_hours is not None and best == YES
                else None
            )
            found.append(
                DutyFinding(
                    duty.id,
                    pack.law.jurisdiction,
                    duty.who.value,
                    duty.says,
                    duty.do,
                    "due" if best == YES else "if",
                    duty.citation,
                    duty.confidence.value,
                    duty.within_hours,
                    due.isoformat(timespec="minutes") if due else None,
                    tuple([charge for charge, seen in values if charge and seen[top] == best]),
                )
            )
    return tuple(
        sorted(
            found,
            key=lambda one: (one.state != "due", one.within_hours if one.within_hours is not None else 10**6),
        )
    )
