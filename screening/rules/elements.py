"""One element for people to read: its truth, what it rests on, what the law or the question leaves open, what would settle it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from screening.conditions import Values
from screening.conditions.settle import Limits, Settling, every, influence, settle, some, text_of
from screening.law.words import ElementKind
from screening.questionnaire.responses import Evidence
from screening.rules.facts import AGE_FACTS
from screening.rules.finding import ElementFinding, Reference, Settles
from screening.rules.prepared import PreparedElement
from screening.rules.results import BY_RANK, Result
from screening.rules.standing import ElementStanding, Matter, Standing
from screening.truth import NO, UNKNOWN, YES

KEEP = 8
"""So many of the smallest sets are carried along and shown for one finding; the rest is said to exist."""


References = Mapping[str | None, Mapping[str, tuple[Reference, ...]]]
"""The references to all responses by fact, for each charge they are about; those about the person stand under None."""


def references_of(evidence: Mapping[tuple[str, str | None], tuple[Evidence, ...]]) -> References:
    """References to the responses behind every fact, made once a case."""
    found: dict[str | None, dict[str, tuple[Reference, ...]]] = {}
    for (fact, charge), seen in evidence.items():
        found.setdefault(charge, {})[fact] = tuple(
            [Reference(one.item, one.charge, one.source) for one in seen]
        )
    return found


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the elements of one charge rest on: references by fact, and those to section or class, and to the mode.

    `silent` says that a text is silent on the mode charged, `question` what of the charge would tell more of its scope.
    """

    by_fact: Mapping[str, tuple[Reference, ...]]
    by_kind: Mapping[ElementKind, Reference]
    silent: str
    question: str
    _joined: dict[tuple[str, ...], tuple[Reference, ...]] = field(default_factory=dict)

    def of(self, element: PreparedElement) -> tuple[Reference, ...]:
        """What an element rests on, each reference once; elements that read the same facts share the answer."""
        facts = element.answered
        if facts not in self._joined:
            by_fact = self.by_fact
            found = [reference for fact in facts if fact in by_fact for reference in by_fact[fact]]
            self._joined[facts] = tuple(dict.fromkeys(found))
        own = self.by_kind.get(element.kind)
        return self._joined[facts] if own is None else (*self._joined[facts], own)


def grounds_of(matter: Matter, references: References) -> Grounds:
    """The grounds of one charge. Dated facts are worked out from birth and date, and point to both."""
    charge = matter.charge.id
    by_fact = dict(references.get(None, {}))
    for fact, own in references.get(charge, {}).items():
        by_fact[fact] = (*own, *by_fact.get(fact, ()))
    born, dated = Reference("person.born"), Reference("date", charge)
    by_fact.setdefault("exploitation.before_18", (born,))
    for fact in AGE_FACTS:
        by_fact[fact] = (born, dated, *by_fact.get(fact, ()))
    by_fact["date.offense"] = (dated, *by_fact.get("date.offense", ()))
    return Grounds(
        by_fact,
        {
            ElementKind.SCOPE: Reference("section" if matter.charge.section else "class", charge),
            ElementKind.MODE: Reference("mode", charge),
        },
        f"the text is silent on {_MODE_WORDS[matter.charge.mode]}.",
        _question(matter),
    )


def _question(matter: Matter) -> str:
    if matter.charge.section is None or not matter.offense.matched:
        return "section"
    graded = matter.charge.grade is None and any(len(option.grades) > 1 for option in matter.offense.options)
    return "grade" if graded else "subdivision"


_MODE_WORDS = {
    "principal": "those who do the act themselves",
    "accomplice": "accomplices; it would have to reach those who help in the offense",
    "conspiracy": "conspiracy; it would have to reach those who agree to the offense",
    "attempt": "attempts; it would have to reach an offense that was not completed",
    "solicitation": "solicitation; it would have to reach those who ask another to commit the offense",
}


def element_outline(
    one: ElementStanding, values: Mapping[int, int], silent: str, question: str
) -> ElementFinding:
    """What is said of an element as it stands, before what it rests on is known.

    `values` hold at least those of its open points and of what it asks of the charge; `silent` and `question` are those
    of the `Grounds`.
    """
    part = one.element
    is_open = one.truth is UNKNOWN
    return ElementFinding(
        (),
        part.row.name,
        part.kind_word,
        part.row.says,
        one.word,
        part.row.citation,
        one.assumed,
        _open_law(part, values, silent) if is_open else (),
        _open_question(part, values, question) if is_open else (),
    )


def _open_law(part: PreparedElement, values: Mapping[int, int], silent: str) -> tuple[str, ...]:
    if part.kind is ElementKind.MODE:
        return (f"{part.row.citation}: {silent}",)
    return tuple(said for place, said in part.opens if values[place] == UNKNOWN)


def _open_question(part: PreparedElement, values: Mapping[int, int], question: str) -> tuple[str, ...]:
    if part.kind is ElementKind.SCOPE and any(values[place] == UNKNOWN for place in part.asks):
        return (question,)
    return ()


@dataclass(frozen=True, slots=True)
class OpenPoints:
    """What is open in a finding: sets that make it apply, sets that rule it out, and how much each unknown fact matters."""

    yes: Settling
    no: Settling
    weights: Mapping[str, float]


def open_points(one: Standing, values: Values, *, keep: int | None = KEEP) -> OpenPoints:
    """The smallest sets of facts that decide an open finding; the weights of all facts add up to at most one.

    `keep` None is exact up to four facts a set. Points where the law itself is open are never settled by facts.
    """
    parts = [
        (part.element, part.element.own(values))
        for part in one.elements
        if part.truth is UNKNOWN and not part.assumed
    ]
    weights: dict[str, float] = {}
    for element, own in parts:
        for fact, share in _shares(element, own, len(parts)):
            weights[fact] = weights.get(fact, 0.0) + share
    limits = Limits(keep, weights)
    settled = [
        _settled(element, own, keep, tuple([weights.get(fact) for fact in element.facts]))
        for element, own in parts
    ]
    yes = every([way for way, _ in settled], limits)
    no = some([way for _, way in settled], limits)
    return OpenPoints(yes, no, weights)


@lru_cache(maxsize=5_000)
def _shares(element: PreparedElement, own: Values, open_elements: int) -> tuple[tuple[str, float], ...]:
    """How much each open comparison of one element matters, in order. Keyed by yes, no and unknown alone."""
    return tuple(influence(element.tree, dict(zip(element.nodes, own, strict=True)), 1 / open_elements))


@lru_cache(maxsize=5_000)
def _settled(
    element: PreparedElement, own: Values, keep: int | None, weights: tuple[float | None, ...]
) -> tuple[Settling, Settling]:
    """What makes one element yes, and what makes it no. Keyed by yes, no and unknown alone, with the weight of each fact."""
    truths = dict(zip(element.nodes, own, strict=True))
    known = zip(element.facts, weights, strict=True)
    limits = Limits(keep, {fact: weight for fact, weight in known if weight is not None})
    return settle(element.tree, truths, YES, limits), settle(element.tree, truths, NO, limits)


def settles(one: Standing, found: OpenPoints, charge: str) -> tuple[Settles, ...]:
    """The sets with what each would give: the protective ones first, then those that rule the finding out."""
    gives = BY_RANK[one.rank]
    if gives is Result.BARRED and any(part.presumed for part in one.elements):
        gives = Result.PRESUMPTIVELY_BARRED
    return (*_as_settles(found.yes, gives, charge), *_as_settles(found.no, Result.DOES_NOT_APPLY, charge))


def _as_settles(found: Settling, then: Result, charge: str) -> Iterator[Settles]:
    for one in found.sets:
        if one:
            ordered = tuple(one) if len(one) == 1 else tuple(sorted(one, key=text_of))
            yield Settles(ordered, then, charge)
