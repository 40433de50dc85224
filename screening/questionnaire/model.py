"""What the questionnaire consists of: facts that can be known, items that ask them, parts that hold the items."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, Self

from pydantic import Field, model_validator

from screening.case import ItemKind, ItemShape, Source
from screening.conditions import Evaluator, Facts, compile_conditions, facts_of
from screening.questionnaire.base import Model, Test, Words
from screening.questionnaire.gate import GateRules
from screening.questionnaire.groups import FlagRules
from screening.questionnaire.words import (
    AnsweredBy,
    Knower,
    PartName,
    Points,
    Scope,
    Sensitivity,
    Serves,
    Viewer,
)
from screening.truth import Truth

_WITH_CODES = frozenset({ItemKind.CODE, ItemKind.CODES})


class Fact(Model):
    """A statement that responses can show, rule out or leave open, with the words that explanations use for it.

    `label` and `no_label` are clauses that fit into a sentence; only a yes / no fact has a `no_label`.
    """

    name: Words
    kind: ItemKind = ItemKind.BOOL
    scope: Scope = Scope.PERSON
    codes: Mapping[str, str] = Field(default_factory=dict)
    label: Words
    no_label: Words | None = None
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    known_by: tuple[Knower, ...] = Field(min_length=1)
    settled_by: Words

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if (self.kind is ItemKind.BOOL) != (self.no_label is not None):
            raise ValueError("a yes / no fact needs a no_label, and only such a fact has one")
        _check_codes(self.kind, self.codes)
        return self


class FactsFile(Model):
    """The file facts.yaml."""

    facts: Literal["v1"]
    version: Words
    rows: Mapping[str, Fact] = Field(min_length=1)


class Anchor(Model):
    """What makes two people answer alike: the meaning, one example that counts, and one that does not."""

    means: Words
    counts: Words
    does_not: Words


class Item(Model):
    """One question, with why it is asked, whom it may be put to, and the fact that a response to it bears on.

    `fact` None: the answer is kept and decides nothing. `shown_when` None: always shown; an item is closed only where
    its condition is surely no. `places` empty: asked everywhere; else only where one of these jurisdictions is in play.
    """

    id: Words = Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")
    part: PartName
    section: Words
    text: Words
    why: Words
    fact: str | None
    kind: ItemKind = ItemKind.BOOL
    codes: Mapping[str, str] = Field(default_factory=dict)
    serves: tuple[Serves, ...] = Field(min_length=1)
    sources: tuple[Source, ...] = Field(min_length=1)
    answered_by: AnsweredBy
    visible_to: tuple[Viewer, ...] = Field(min_length=1)
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    per_charge: bool = False
    shown_when: Test | None = None
    places: tuple[str, ...] = ()
    anchor: Anchor
    points: Points

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        _check_codes(self.kind, self.codes)
        return self


class Section(Model):
    """Items on one topic, asked together."""

    id: Words
    title: Words
    note: str | None = None
    items: tuple[Item, ...] = Field(min_length=1)


class Part(Model):
    """One file of items."""

    questionnaire: Literal["v1"]
    version: Words
    part: PartName
    title: Words
    note: Words
    sections: tuple[Section, ...] = Field(min_length=1)

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of all sections, in the order asked."""
        return tuple(item for section in self.sections for item in section.items)


class Route(NamedTuple):
    """What reading a response needs to know of its item, laid out flat because every screening walks all of them."""

    item: str
    fact: str
    kind: ItemKind
    per_charge: bool
    own_words: bool
    viewers: frozenset[Viewer]


@dataclass(frozen=True)
class Questionnaire:
    """All parts, facts, indicator groups and the gate, read together, with the digest of the bytes they came from.

    `levels` gives the items that bear on facts in the order in which their branches can be decided: what a level's
    conditions read is known once the levels before it are.
    """

    version: str
    digest: str
    facts: Mapping[str, Fact]
    parts: tuple[Part, ...]
    flag: FlagRules
    gate: GateRules
    levels: tuple[tuple[Route, ...], ...]

    @cached_property
    def flag_compiled(self) -> tuple[Evaluator, tuple[int, ...]]:
        """The tests of the flag as one function, and the place of each in what it returns."""
        return compile_conditions(self.flag.tests())

    @cached_property
    def _branches(self) -> tuple[tuple[str, ...], Evaluator, tuple[int, ...]]:
        """The items with a condition, the conditions as one function, and the place of each in what it returns."""
        conditions = {item.id: item.shown_when for item in self.items.values() if item.shown_when is not None}
        return tuple(conditions), *compile_conditions(tuple(conditions.values()))

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by its id, in the order of the parts."""
        return {item.id: item for part in self.parts for item in part.items}

    @cached_property
    def _by_fact(self) -> Mapping[str, tuple[Item, ...]]:
        found: dict[str, tuple[Item, ...]] = {}
        for item in sorted(self.items.values(), key=lambda item: item.answered_by is AnsweredBy.PERSON):
            if item.fact:
                found[item.fact] = (*found.get(item.fact, ()), item)
        return found

    @cached_property
    def flag_items(self) -> tuple[Item, ...]:
        """The Part 1 items behind the flag: what has to be looked at before *none recorded* may be said."""
        return tuple(item for item in self.part(PartName.PART1).items if Serves.FLAG in item.serves)

    @cached_property
    def flag_reads(self) -> tuple[frozenset[str], ...]:
        """The facts that each indicator reads, in the order of the groups."""
        return tuple(facts_of(row.when) for group in self.flag.groups for row in group.indicators)

    def items_for(self, fact: str) -> tuple[Item, ...]:
        """The items that can establish `fact`, those not put to the person first; empty for a fact never asked."""
        return self._by_fact.get(fact, ())

    def known_by(self, fact: str) -> tuple[str, ...]:
        """The words of those who could know `fact`; empty for a fact without a row."""
        row = self.facts.get(fact)
        return tuple(knower.value for knower in row.known_by) if row else ()

    def part(self, name: PartName) -> Part:
        """The part called `name`."""
        return next(part for part in self.parts if part.part is name)

    def vocabulary_items(self) -> Mapping[str, ItemShape]:
        """What each item may be answered with, for reading case files; the six answers fit every item besides."""
        return {
            item.id: ItemShape(item.kind, item.per_charge, frozenset(item.codes))
            for item in self.items.values()
        }

    def closed(self, facts: Facts) -> frozenset[str]:
        """The items whose branch is surely closed under `facts` (for a per-charge item those of person and charge).

        Unknown keeps a branch open, so that no answer is lost to a question nobody has answered yet.
        """
        names, evaluate, tops = self._branches
        values = evaluate(facts)
        return frozenset(name for name, top in zip(names, tops, strict=True) if values[top] == Truth.NO)

    def shown(self, facts: Facts, places: Collection[str] | None = None) -> tuple[Item, ...]:
        """The items to show under `facts`, in order: all but those whose branch is surely closed.

        `places` are the jurisdictions in play; items that only other places ask are left out. None: all are kept.
        """
        closed = self.closed(facts)
        return tuple(
            item
            for item in self.items.values()
            if item.id not in closed
            and (places is None or not item.places or not set(item.places).isdisjoint(places))
        )


def _check_codes(kind: ItemKind, codes: Mapping[str, str]) -> None:
    if (kind in _WITH_CODES) != bool(codes):
        raise ValueError("codes stand where, and only where, the kind is code or codes")
