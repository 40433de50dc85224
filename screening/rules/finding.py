"""What a screening finds: references, elements, findings and charges, frozen and ready to be written as screening.v1."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from screening.conditions.nodes import to_json
from screening.conditions.settle import Setting
from screening.rules.results import Result


class Reference(NamedTuple):
    """A pointer to what an element rests on: the item, the charge it was answered for, and the source; never prose."""

    item: str
    charge: str | None = None
    source: str | None = None

    def to_dict(self) -> dict[str, object]:
        """As in `because[]`."""
        return {"item": self.item, "charge": self.charge, "source": self.source}


class ElementFinding(NamedTuple):
    """One element of a protection: its truth (yes, no, unknown, presumed) and what that rests on."""

    because: tuple[Reference, ...]
    name: str
    kind: str
    says: str
    truth: str
    citation: str
    assumed: bool = False
    open_law: tuple[str, ...] = ()
    open_question: tuple[str, ...] = ()

    def resting_on(self, because: tuple[Reference, ...]) -> "ElementFinding":
        """The same, resting on these references."""
        return ElementFinding._make((because, *self[1:]))

    def to_dict(self) -> dict[str, object]:
        """As in `elements[]`."""
        return {
            "name": self.name,
            "kind": self.kind,
            "says": self.says,
            "truth": self.truth,
            "because": [one.to_dict() for one in self.because],
            "citation": self.citation,
            "assumed": self.assumed,
            "open_law": list(self.open_law),
            "open_question": list(self.open_question),
        }


class Settles(NamedTuple):
    """One smallest set of facts that would fix a result, with the charge they are asked for."""

    facts: tuple[Setting, ...]
    then: Result
    charge: str | None = None

    def to_dict(self) -> dict[str, object]:
        """As in `would_settle[]`."""
        return {"facts": [setting_dict(one) for one in self.facts], "then": self.then.value}


def setting_dict(one: Setting) -> dict[str, object]:
    """A fact and the value it would need: yes / no, below / from, in / not in."""
    shape = to_json(one.test)
    if set(shape) == {"fact"}:
        return {**shape, "value": "yes" if one.holds else "no"}
    return shape if one.holds else {**shape, "not": True}


class Finding(NamedTuple):
    """One protection against one charge. What the case alone brings stands first, then what the law says of the entry."""

    charge: str
    elements: tuple[ElementFinding, ...]
    would_settle: tuple[Settles, ...]
    more_needed: bool
    weights: tuple[tuple[str, float], ...]
    protection: str
    title: str
    mechanism: str
    bars: tuple[str, ...]
    result: Result
    gives: Result
    presumed: bool
    assumed: bool
    confidence: str
    citation: str
    law_as_of: str
    procedure: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    burden: str | None = None
    required_response: str | None = None
    sources: tuple[str, ...] = ()
    review: str = "researched"

    def about(
        self,
        charge: str,
        elements: tuple[ElementFinding, ...],
        settling: tuple[Settles, ...] = (),
        weights: tuple[tuple[str, float], ...] = (),
        *,
        more_needed: bool = False,
    ) -> "Finding":
        """The same entry of the law, for one charge."""
        return Finding._make((charge, elements, settling, more_needed, weights, *self[5:]))

    def to_dict(self) -> dict[str, object]:
        """As in `findings[]`."""
        return {
            "protection": self.protection,
            "title": self.title,
            "mechanism": self.mechanism,
            "bars": list(self.bars),
            "result": self.result.value,
            "gives": self.gives.value,
            "presumed": self.presumed,
            "assumed": self.assumed,
            "elements": [one.to_dict() for one in self.elements],
            "would_settle": [one.to_dict() for one in self.would_settle],
            "more_needed": self.more_needed,
            "confidence": self.confidence,
            "citation": self.citation,
            "law_as_of": self.law_as_of,
            "procedure": list(self.procedure),
            "notes": list(self.notes),
            "burden": self.burden,
            "required_response": self.required_response,
            "sources": list(self.sources),
            "review": self.review,
        }


@dataclass(frozen=True, slots=True)
class Beside:
    """A provision that stands beside the bounds: a route, later relief, later law, or the other sovereign's law."""

    protection: str
    title: str
    mechanism: str
    citation: str
    jurisdiction: str
    truth: str
    confidence: str
    gives: str | None = None
    in_force_from: str | None = None

    def to_dict(self) -> dict[str, object]:
        """As in `routes[]`, `beside[]`, `later_relief[]` and `later_law[]`."""
        shape: dict[str, object] = {
            "protection": self.protection,
            "title": self.title,
            "mechanism": self.mechanism,
            "citation": self.citation,
            "jurisdiction": self.jurisdiction,
            "truth": self.truth,
            "confidence": self.confidence,
        }
        if self.gives:
            shape["gives"] = self.gives
        return {**shape, "in_force_from": self.in_force_from} if self.in_force_from else shape


@dataclass(frozen=True, slots=True)
class ByCase:
    """One case of a charge: what holds in it (facts held to a range, a yes or no, a code) and its bounds there."""

    when: tuple[dict[str, object], ...]
    result: Result
    at_least: Result
    at_most: Result

    def to_dict(self) -> dict[str, object]:
        """As in `by_cases[]`."""
        return {
            "when": [dict(one) for one in self.when],
            "result": self.result.value,
            "at_least": self.at_least.value,
            "at_most": self.at_most.value,
        }


@dataclass(frozen=True, slots=True)
class ChargeResult:
    """Everything found for one charge."""

    id: str
    jurisdiction: str
    section: str | None
    status: str
    mode: str
    offense_class: tuple[str, ...]
    class_known: bool
    result: Result
    at_least: Result
    at_most: Result
    at_least_confidence: str | None
    at_most_confidence: str | None
    law_complete: bool
    resolved: bool
    findings: tuple[Finding, ...]
    routes: tuple[Beside, ...] = ()
    beside: tuple[Beside, ...] = ()
    later_relief: tuple[Beside, ...] = ()
    later_law: tuple[Beside, ...] = ()
    evidence_rules: tuple[Mapping[str, object], ...] = ()
    open_law: tuple[str, ...] = ()
    not_considered: tuple[str, ...] = ()
    by_cases: tuple[ByCase, ...] = ()
    would_settle: tuple[Settles, ...] = ()
    said: tuple[dict[str, object], ...] = ()
    collateral: tuple[str, ...] = ()
    sentence: str = ""

    def to_dict(self) -> dict[str, object]:
        """As in `charges[]`."""
        return {
            "id": self.id,
            "jurisdiction": self.jurisdiction,
            "section": self.section,
            "status": self.status,
            "mode": self.mode,
            "offense_class": list(self.offense_class),
            "class_known": self.class_known,
            "result": self.result.value,
            "at_least": self.at_least.value,
            "at_most": self.at_most.value,
            "at_least_confidence": self.at_least_confidence,
            "at_most_confidence": self.at_most_confidence,
            "law_complete": self.law_complete,
            "resolved": self.resolved,
            "sentence": self.sentence,
            "said": [dict(one) for one in self.said],
            "findings": [one.to_dict() for one in self.findings],
            "routes": [one.to_dict() for one in self.routes],
            "beside": [one.to_dict() for one in self.beside],
            "later_relief": [one.to_dict() for one in self.later_relief],
            "later_law": [one.to_dict() for one in self.later_law],
            "evidence_rules": [dict(one) for one in self.evidence_rules],
            "open_law": list(self.open_law),
            "not_considered": list(self.not_considered),
            "collateral": list(self.collateral),
            "by_cases": [one.to_dict() for one in self.by_cases],
            "would_settle": [one.to_dict() for one in self.would_settle],
        }


@dataclass(frozen=True, slots=True)
class DutyFinding:
    """A duty that is due, or that falls due if its trigger is shown; hours run from when an indicator was first noted."""

    id: str
    jurisdiction: str
    who: str
    says: str
    do: str
    state: str
    citation: str
    confidence: str
    within_hours: int | None = None
    due: str | None = None
    charges: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, object]:
        """As in `duties[]`."""
        return {
            "id": self.id,
            "jurisdiction": self.jurisdiction,
            "who": self.who,
            "says": self.says,
            "do": self.do,
            "state": self.state,
            "citation": self.citation,
            "confidence": self.confidence,
            "within_hours": self.within_hours,
            "due": self.due,
            "charges": list(self.charges),
        }
