"""Which item to ask next: the unknown facts that still move a charge, most settling first, sensitive ones last."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from screening.questionnaire.model import Questionnaire
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
    weights = _open_weights(charges)
    total = fsum(weights.values()) or 1.0
    asked: dict[str, tuple[_Asked, ...]] = {}
    rows: dict[tuple[str, str | None], tuple[float, _Asked]] = {}
    for (fact, charge_id), weight in weights.items():
        if fact not in asked:
            asked[fact] = tuple(_asked_for(fact, questionnaire, reader=reader))
        for one in asked[fact]:
            scope = charge_id if one.per_charge else None
            if not _answered(base, one, scope):
                before = rows.get((one.item, scope))
                settles = weight / total
                rows[one.item, scope] = (settles + before[0] if before else settles, one)
    return tuple(
        NextItem(item, one.fact, scope, settles, one.sensitivity, one.asked_of)
        for (item, scope), (settles, one) in sorted(rows.items(), key=_order)
    )


def _open_weights(charges: Iterable[ChargeResult]) -> dict[tuple[str, str], float]:
    """How much each fact of each charge weighs in the findings that can still move it."""
    weights: dict[tuple[str, str], float] = {}
    for charge in charges:
        for finding in charge.findings:
            if finding.weights and moves(finding, charge):
                for fact, weight in finding.weights:
                    if not fact.startswith(NEVER_ASKED):
                        key = (fact, charge.id)
                        weights[key] = weights.get(key, 0.0) + weight
    return weights


class _Asked(NamedTuple):
    """An item, or a date of the charge or person, that tells a fact; `rank` is its sensitivity, the least first."""

    item: str
    fact: str
    per_charge: bool
    sensitivity: str
    rank: int
    asked_of: tuple[str, ...]
    answers: str | None


def _order(row: tuple[tuple[str, str | None], tuple[float, _Asked]]) -> tuple[int, float, str, str]:
    (item, scope), (settles, one) = row
    return one.rank, -settles, item, scope or ""


def moves(finding: Finding, charge: ChargeResult) -> bool:
    """Whether an open finding could still change its charge."""
    if finding.result is not Result.CANNOT_TELL or charge.at_least is Result.BARRED:
        return False
    return finding.gives in LEADS or RANK[finding.gives] > RANK[charge.at_least]


def _asked_for(fact: str, questionnaire: Questionnaire, *, reader: str) -> Iterable[_Asked]:
    """What can be asked for a fact, by whom `reader` may ask."""
    if fact in DATED:
        yield _Asked(DATED[fact], fact, DATED[fact] == "date", "ordinary", 0, ("records",), None)
        return
    for item in questionnaire.items_for(fact):
        if item.part is not PartName.PART2 or reader == "advocate":
            word = item.sensitivity.value
            yield _Asked(
                item.id,
                fact,
                item.per_charge,
                word,
                SENSITIVITY[word],
                questionnaire.known_by(fact),
                item.fact,
            )


def _answered(base: FactBase, one: _Asked, charge: str | None) -> bool:
    """Whether this reader may see a known answer to the item; one that is withheld counts as not given."""
    seen = base.evidence.get((one.answers, charge), ()) if one.answers else ()
    return any(given.item == one.item and given.known for given in seen)
