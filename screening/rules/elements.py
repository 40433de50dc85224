"""One element for people to read: its truth, what it rests on, what the law or the question leaves open, what would settle it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from screening.conditions.nodes import written
from screening.conditions.settle import Limits, Settling, every, influence, settle, some
from screening.law.words import ElementKind
from screening.questionnaire.responses import Evidence
from screening.rules.facts import AGE_FACTS
from screening.rules.finding import ElementFinding, Reference, Settles
from screening.rules.prepared import PreparedElement
from screening.rules.results import BY_RANK, Result
from screening.rules.standing import ElementStanding, Matter, Standing
from screening.truth import Truth

KEEP = 8
"""So many of the smallest sets are carried along and shown for one finding; the rest is said to exist."""


def element_finding(
    matter: Matter,
    one: ElementStanding,
    values: tuple[int, ...],
    evidence: Mapping[tuple[str, str | None], tuple[Evidence, ...]],
) -> ElementFinding:
    """The element with references to what it rests on. An assumed element keeps the responses that it overrides."""
    part = one.element
    because = tuple(dict.fromkeys(_references(matter, one, evidence)))
    unknown = one.truth is Truth.UNKNOWN
    return ElementFinding(
        part.row.name,
        part.kind.value,
        part.row.says,
        one.word,
        because,
        part.row.citation,
        one.assumed,
        open_law=tuple(_open_law(matter, one, values)) if unknown else (),
        open_question=tuple(_open_question(matter, one, values)) if unknown else (),
    )


def _references(
    matter: Matter, one: ElementStanding, evidence: Mapping[tuple[str, str | None], tuple[Evidence, ...]]
) -> Iterator[Reference]:
    charge = matter.charge.id
    for fact in one.element.facts:
        yield from _drawn_from(fact, charge)
        seen = [*evidence.get((fact, charge), ()), *evidence.get((fact, None), ())]
        yield from (Reference(part.item, part.charge, part.source) for part in seen)
        if fact == "exploitation.before_18" and not seen:
            yield Reference("person.born")
    if one.element.kind is ElementKind.SCOPE:
        yield Reference("section" if matter.charge.section else "class", charge)
    if one.element.kind is ElementKind.MODE:
        yield Reference("mode", charge)


def _drawn_from(fact: str, charge: str) -> Iterator[Reference]:
    """What a dated fact is worked out from."""
    if fact in AGE_FACTS:
        yield Reference("person.born")
    if fact in AGE_FACTS or fact == "date.offense":
        yield Reference("date", charge)


def _open_law(matter: Matter, one: ElementStanding, values: tuple[int, ...]) -> Iterator[str]:
    part = one.element
    if part.kind is ElementKind.MODE:
        yield f"{part.row.citation}: the text is silent on {_MODE_WORDS[matter.charge.mode]}."
        return
    yield from (
        f"{part.row.citation}: {reason}." for place, reason in part.opens if values[place] == Truth.UNKNOWN
    )


_MODE_WORDS = {
    "principal": "those who do the act themselves",
    "accomplice": "accomplices; it would have to reach those who help in the offense",
    "conspiracy": "conspiracy; it would have to reach those who agree to the offense",
    "attempt": "attempts; it would have to reach an offense that was not completed",
    "solicitation": "solicitation; it would have to reach those who ask another to commit the offense",
}


def _open_question(matter: Matter, one: ElementStanding, values: tuple[int, ...]) -> Iterator[str]:
    if one.element.kind is not ElementKind.SCOPE or all(
        values[place] != Truth.UNKNOWN for place in one.element.asks
    ):
        return
    if matter.charge.section is None or not matter.offense.matched:
        yield "section"
    elif matter.charge.grade is None and any(len(option.grades) > 1 for option in matter.offense.options):
        yield "grade"
    else:
        yield "subdivision"


@dataclass(frozen=True, slots=True)
class OpenPoints:
    """What is open in a finding: sets that make it apply, sets that rule it out, and how much each unknown fact matters."""

    yes: Settling
    no: Settling
    weights: Mapping[str, float]


def open_points(one: Standing, values: tuple[int, ...], *, keep: int | None = KEEP) -> OpenPoints:
    """The smallest sets of facts that decide an open finding; the weights of all facts add up to at most one.

    `keep` None is exact up to four facts a set. Points where the law itself is open are never settled by facts.
    """
    parts = [part.element for part in one.elements if part.truth is Truth.UNKNOWN and not part.assumed]
    return _open_points(tuple(parts), tuple(part.own(values) for part in parts), keep)


@lru_cache(maxsize=20_000)
def _open_points(
    parts: tuple[PreparedElement, ...], values: tuple[tuple[int, ...], ...], keep: int | None
) -> OpenPoints:
    """Remembered by the pattern of yes, no and unknown alone: it knows nothing of a person or a case."""
    trees = [
        (part.tree, dict(zip(part.nodes, own, strict=True))) for part, own in zip(parts, values, strict=True)
    ]
    weights: dict[str, float] = {}
    for tree, truths in trees:
        influence(tree, truths, 1 / len(trees), weights)
    limits = Limits(keep, weights)
    yes = every([settle(tree, truths, Truth.YES, limits) for tree, truths in trees], limits)
    no = some([settle(tree, truths, Truth.NO, limits) for tree, truths in trees], limits)
    return OpenPoints(yes, no, weights)


def settles(one: Standing, found: OpenPoints, charge: str) -> tuple[Settles, ...]:
    """The sets with what each would give: the protective ones first, then those that rule the finding out."""
    gives = BY_RANK[one.rank]
    if gives is Result.BARRED and any(part.presumed for part in one.elements):
        gives = Result.PRESUMPTIVELY_BARRED
    return (*_as_settles(found.yes, gives, charge), *_as_settles(found.no, Result.DOES_NOT_APPLY, charge))


def _as_settles(found: Settling, then: Result, charge: str) -> Iterator[Settles]:
    for one in found.sets:
        if one:
            yield Settles(tuple(sorted(one, key=lambda part: (part.fact, written(part.test)))), then, charge)
