"""Which item to ask next: the unknown facts that still move a charge, most settling first, sensitive ones last."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import fsum

from screening.questionnaire.model import Item, Questionnaire
from screening.questionnaire.responses import FactBase
from screening.questionnaire.words import PartName
from screening.rules.finding import ChargeResult, Finding
from screening.rules.results import RANK, Result

DATED = {
    "age.offense": "person.born",
    "age.charged": "person.born",
    "age.now": "person.born",
    "date.offense": "date",
}
"""Facts drawn from the person and the charge rather than from an item, and what would have to be known for them."""

NEVER_ASKED = ("cooperation.", "history.")
"""Facts that decide an element of one entry alone; nobody is sent to ask about them (semantics 13)."""

SENSITIVITY = {"ordinary": 0, "sensitive": 1, "most_sensitive": 2}
LEADS = frozenset({Result.DEFENSE_AVAILABLE, Result.DIVERSION_REQUIRED, Result.BARRED})


@dataclass(frozen=True, slots=True)
class NextItem:
    """An item worth asking, for which charge, the fact it feeds, how much it settles (a share of all that is open)."""

    item: str
    fact: str
    charge: str | None
    settles: float
    sensitivity: str
    asked_of: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """As in `next_items[]`."""
        return {
            "item": self.item,
            "fact": self.fact,
            "charge": self.charge,
            "settles": round(self.settles, 3),
            "sensitivity": self.sensitivity,
            "asked_of": list(self.asked_of),
        }


def next_items(
    base: FactBase, charges: Iterable[ChargeResult], questionnaire: Questionnaire, *, reader: str
) -> tuple[NextItem, ...]:
    """Items in the order in which to ask them; none where no fact can change any charge.

    Questions put to the person (Part 2) are listed for the advocate alone: for anyone else they stand behind the gate.

    Asking goes on while a defense, required diversion or bar is open, even beside a certain diversion (semantics 6).
    Each open finding splits its weight evenly among its open elements and, within them, among the open parts.
    """
    weights: dict[tuple[str, str | None], float] = {}
    for charge in charges:
        for finding in charge.findings:
            if moves(finding, charge):
                for fact, weight in finding.weights:
                    if fact.startswith(NEVER_ASKED):
                        continue
                    weights[fact, charge.id] = weights.get((fact, charge.id), 0.0) + weight
    total = fsum(weights.values()) or 1.0
    rows: dict[tuple[str, str | None], NextItem] = {}
    for (fact, scope), weight in weights.items():
        for row in _items(base, questionnaire, (fact, scope), weight / total, reader=reader):
            before = rows.get((row.item, row.charge))
            rows[row.item, row.charge] = replace(row, settles=row.settles + before.settles) if before else row
    return tuple(
        sorted(
            rows.values(),
            key=lambda row: (SENSITIVITY[row.sensitivity], -row.settles, row.item, row.charge or ""),
        )
    )


def moves(finding: Finding, charge: ChargeResult) -> bool:
    """Whether an open finding could still change its charge."""
    if finding.result is not Result.CANNOT_TELL or charge.at_least is Result.BARRED:
        return False
    return finding.gives in LEADS or RANK[finding.gives] > RANK[charge.at_least]


def _items(
    base: FactBase, questionnaire: Questionnaire, key: tuple[str, str | None], weight: float, *, reader: str
) -> Iterable[NextItem]:
    fact, charge = key
    if fact in DATED:
        yield NextItem(
            DATED[fact], fact, charge if DATED[fact] == "date" else None, weight, "ordinary", ("records",)
        )
        return
    for item in questionnaire.items_for(fact):
        scope = charge if item.per_charge else None
        if (item.part is not PartName.PART2 or reader == "advocate") and not _answered(base, item, scope):
            yield NextItem(
                item.id, fact, scope, weight, item.sensitivity.value, tuple(questionnaire.known_by(fact))
            )


def _answered(base: FactBase, item: Item, charge: str | None) -> bool:
    """Whether this reader may see a known answer to the item; one that is withheld counts as not given."""
    seen = base.evidence.get((item.fact, charge), ()) if item.fact else ()
    return any(one.item == item.id and one.known for one in seen)
