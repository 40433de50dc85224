"""Turns responses into facts for one reader: merged, with what differs, what is withheld and what is closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from screening.case import Answer, Case, ItemKind, Response, Source
from screening.conditions import FactValue
from screening.questionnaire.merging import is_known, merged, value_text
from screening.questionnaire.model import Questionnaire, Route
from screening.questionnaire.words import Reader, Viewer
from screening.truth import Truth

FactKey = tuple[str, str | None]
"""A fact's name and the charge it is about; None where it is about the person."""

_VIEWER = {
    Reader.PROSECUTOR: Viewer.PROSECUTOR,
    Reader.OFFICER: Viewer.OFFICER,
    Reader.ADVOCATE: Viewer.COMMUNITY_ADVOCATE,
}


class Evidence(NamedTuple):
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
        gathering.take(level, first=number == 0)
    return gathering.result()


class _Gathering:
    """Reads one case for one reader, level by level."""

    def __init__(self, case: Case, questionnaire: Questionnaire, reader: Reader) -> None:
        self.responses = case.responses
        self.questionnaire = questionnaire
        self.viewer = _VIEWER[reader]
        self.hears_own_words = reader is Reader.ADVOCATE
        self.only_charge = case.charges[0].id if len(case.charges) == 1 else None
        self.person: dict[str, FactValue] = {}
        self.charges: dict[str, dict[str, FactValue]] = {charge.id: {} for charge in case.charges}
        self.found: dict[FactKey, list[tuple[Route, Response]]] = {}
        self.clashing: dict[FactKey, bool] = {}
        self.withheld = 0
        self.closed_items: list[str] = []

    def take(self, level: Iterable[Route], *, first: bool) -> None:
        """Adds the responses to the items of one level, then merges the facts they touch. The first level is open."""
        given = [route for route in level if route.item in self.responses]
        closed = self._closed() if given and not first else {}
        touched: dict[FactKey, Route] = {}
        for route in given:
            for response in self.responses[route.item]:
                charge = (response.charge or self.only_charge) if route.per_charge else None
                if self._is_withheld(route, response):
                    self.withheld += 1
                elif closed and route.item in closed.get(charge, ()):
                    self.closed_items.append(route.item)
                else:
                    key = (route.fact, charge)
                    self.found.setdefault(key, []).append((route, response))
                    touched[key] = route
        for key, route in touched.items():
            self._merge(key, route.kind)

    def result(self) -> FactBase:
        """All that was gathered, in the order of the questionnaire."""
        evidence = {
            key: tuple([_evidence(response, key[1]) for _, response in found])
            for key, found in self.found.items()
        }
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
        """The facts without those that only the person's own words rule out."""
        return {
            name: value
            for name, value in facts.items()
            if value != Truth.NO or not _is_denial(self.found[name, charge])
        }

    def _is_withheld(self, route: Route, response: Response) -> bool:
        if response.cleared is not None:
            return False
        own = route.own_words or response.source is Source.OWN_STATEMENT
        return (own and not self.hears_own_words) or self.viewer not in route.viewers

    def _merge(self, key: FactKey, kind: ItemKind) -> None:
        name, charge = key
        value, self.clashing[key] = merged(kind, [response.value for _, response in self.found[key]])
        if value is not None:
            facts = self.person if charge is None else self.charges.setdefault(charge, {})
            facts[name] = value


def _is_denial(found: Iterable[tuple[Route, Response]]) -> bool:
    """True where nothing but the person's own words says no."""
    noes = ((route, response) for route, response in found if response.value == Answer.NO)
    return all(route.own_words or response.source is Source.OWN_STATEMENT for route, response in noes)


def _evidence(response: Response, charge: str | None) -> Evidence:
    value = response.value
    return Evidence(
        response.item,
        charge,
        response.source,
        value_text(value),
        response.dated,
        bool(response.note),
        is_known(value),
    )
