"""Turns responses into facts for one reader: merged, with what differs, what is withheld and what is closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from screening.case import Answer, Case, ItemKind, Response, Source
from screening.conditions import FactValue
from screening.questionnaire.merging import is_known, merged, value_text
from screening.questionnaire.model import Item, Questionnaire
from screening.questionnaire.words import PartName, Reader, Viewer
from screening.truth import Truth

FactKey = tuple[str, str | None]
"""A fact's name and the charge it is about; None where it is about the person."""

_VIEWER = {
    Reader.PROSECUTOR: Viewer.PROSECUTOR,
    Reader.OFFICER: Viewer.OFFICER,
    Reader.ADVOCATE: Viewer.COMMUNITY_ADVOCATE,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One response that bears on a fact. `value` is its text (a code stays a code); `known` is False for *not known*,
    *not asked*, *declined* and *not applicable*; `noted` says that a note stands with it."""

    item: str
    charge: str | None
    source: Source | None
    value: str
    dated: date | None
    noted: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """A fact on which known responses contradict each other: unknown to the rules, and both sides stay visible."""

    fact: str
    charge: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class FactBase:
    """What one reader's rules may see. A fact that is missing is unknown; a clash holds the union of what was said.

    `withheld` counts responses that this reader's rules do not see; `out_of_force` names items whose branch is closed:
    their responses are kept in the case and decide nothing.
    """

    person: dict[str, FactValue]
    charges: dict[str, dict[str, FactValue]]
    evidence: Mapping[FactKey, tuple[Evidence, ...]]
    clashes: tuple[Clash, ...]
    withheld: int
    out_of_force: tuple[str, ...]

    def for_charge(self, charge: str) -> dict[str, FactValue]:
        """The facts about the person and about one charge together."""
        return {**self.person, **self.charges.get(charge, {})}


def facts_from(case: Case, questionnaire: Questionnaire, *, reader: Reader | str) -> FactBase:
    """The facts that `reader`'s rules may use, from all responses of the case.

    A known value beats *not known*; contradicting values are unknown over the union of what they say. Own statements
    (Part 2 items, and any response with that source) count for prosecutor and officer only once cleared. A response
    in a branch that is surely closed is out of force. What is withheld or out of force closes and opens no branch, and
    neither does the person's own no: denial puts no other answer out of force.
    """
    gathering = _Gathering(case, questionnaire, Reader(reader))
    for number, level in enumerate(questionnaire.levels):
        gathering.take(level, closed_matter=number > 0)
    return gathering.result()


@dataclass(slots=True)
class _Gathering:
    case: Case
    questionnaire: Questionnaire
    reader: Reader
    person: dict[str, FactValue] = field(default_factory=dict)
    charges: dict[str, dict[str, FactValue]] = field(default_factory=dict)
    found: dict[FactKey, list[Response]] = field(default_factory=dict)
    clashing: dict[FactKey, bool] = field(default_factory=dict)
    denied: set[FactKey] = field(default_factory=set)
    withheld: int = 0
    closed_items: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.charges = {charge.id: {} for charge in self.case.charges}

    def take(self, level: Iterable[Item], *, closed_matter: bool) -> None:
        """Adds the responses to the items of one level, then merges the facts they touch."""
        closed = self._closed() if closed_matter else {}
        touched: set[FactKey] = set()
        for item in level:
            if item.fact is None or item.id not in self.case.responses:
                continue
            for response in self.case.responses[item.id]:
                charge = self._charge_of(item, response)
                if self._is_withheld(item, response):
                    self.withheld += 1
                elif item.id in closed.get(charge, ()):
                    self.closed_items.append(item.id)
                else:
                    self.found.setdefault((item.fact, charge), []).append(response)
                    touched.add((item.fact, charge))
        for key in touched:
            self._merge(key)

    def result(self) -> FactBase:
        """All that was gathered, in the order of the questionnaire."""
        evidence = {key: tuple(map(_evidence, found)) for key, found in self.found.items()}
        clashes = (
            Clash(*key, tuple(one for one in evidence[key] if one.known))
            for key, clashing in self.clashing.items()
            if clashing
        )
        closed = tuple(dict.fromkeys(self.closed_items))
        return FactBase(self.person, self.charges, evidence, tuple(clashes), self.withheld, closed)

    def _closed(self) -> Mapping[str | None, frozenset[str]]:
        person = self._firm(self.person, None)
        closed: dict[str | None, frozenset[str]] = {None: self.questionnaire.closed(person)}
        for charge, facts in self.charges.items():
            closed[charge] = self.questionnaire.closed({**person, **self._firm(facts, charge)})
        return closed

    def _firm(self, facts: dict[str, FactValue], charge: str | None) -> dict[str, FactValue]:
        return {name: value for name, value in facts.items() if (name, charge) not in self.denied}

    def _charge_of(self, item: Item, response: Response) -> str | None:
        if not item.per_charge:
            return None
        return response.charge or (self.case.charges[0].id if len(self.case.charges) == 1 else None)

    def _is_withheld(self, item: Item, response: Response) -> bool:
        if response.cleared is not None:
            return False
        return (self._is_own(response) and self.reader is not Reader.ADVOCATE) or _VIEWER[
            self.reader
        ] not in item.visible_to

    def _is_own(self, response: Response) -> bool:
        part = self.questionnaire.items[response.item].part
        return part is PartName.PART2 or response.source is Source.OWN_STATEMENT

    def _merge(self, key: FactKey) -> None:
        name, charge = key
        facts = self.person if charge is None else self.charges.setdefault(charge, {})
        kind = self.questionnaire.facts[name].kind
        responses = self.found[key]
        value, clash = merged(kind, [response.value for response in responses])
        self.clashing[key] = clash
        denied = kind is ItemKind.BOOL and value == Truth.NO and all(map(self._is_own, _noes(responses)))
        (self.denied.add if denied else self.denied.discard)(key)
        if value is not None:
            facts[name] = value


def _noes(responses: Iterable[Response]) -> Iterable[Response]:
    return (response for response in responses if response.value == Answer.NO)


def _evidence(response: Response) -> Evidence:
    return Evidence(
        item=response.item,
        charge=response.charge,
        source=response.source,
        value=value_text(response.value),
        dated=response.dated,
        noted=bool(response.note),
        known=is_known(response.value),
    )
