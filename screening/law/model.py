"""The schema of a law pack: what one jurisdiction's protections, duties and rules about statements look like."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from screening.case import Mode, OffenseClass
from screening.conditions import Condition, ConditionReader, Open, walk
from screening.law.words import (
    BAR_MECHANISMS,
    Confidence,
    Covers,
    ElementKind,
    Goal,
    Match,
    Mechanism,
    Moment,
    Step,
    Who,
)

Words = Annotated[str, Field(min_length=1)]


def read_condition(value: object, info: ValidationInfo[object]) -> object:
    """Turns the YAML form of a condition into its tree; building blocks come from the validation context."""
    if not isinstance(value, str | list | Mapping):
        return value
    blocks = info.context.get("blocks", {}) if isinstance(info.context, Mapping) else {}
    reader = ConditionReader(blocks)
    node = reader.read(value, "")
    if reader.faults:
        raise ValueError(
            "; ".join(
                f"{fault.path or 'condition'}: {fault.message} (expected {fault.expected})"
                for fault in reader.faults
            )
        )
    return node


Test = Annotated[Condition, BeforeValidator(read_condition)]
"""A condition tree in a pack; see `screening.conditions`."""


class Model(BaseModel):
    """Frozen, and refuses unknown keys: a misspelt key in a pack is a fault, never silence."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid", arbitrary_types_allowed=True)


class Source(Model):
    """Where a statement of law was read, in which version, and whether the text itself was seen."""

    url: str
    version: str
    seen: Confidence


class Review(Model):
    """Who confirmed an entry against its sources and when; packs ship as researched until an editor confirms them."""

    status: str = Field(default="researched", pattern="^(researched|confirmed|withdrawn)$")
    by: str | None = None
    on: date | None = None


class Period(Model):
    """When a text is in force. An unknown `start` is unknown before `text_seen_from` (the oldest text that shows the
    wording) and never no; `end` is the last day in force."""

    start: date | None = None
    text_seen_from: date | None = None
    end: date | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        begins = self.start or self.text_seen_from
        if begins and self.end and self.end < begins:
            raise ValueError(f"the period ends ({self.end}) before it begins ({begins})")
        return self


class AgeRule(Model):
    """The age that a text asks for: below `under` and at least `from`, in whole years, at the moment it names."""

    under: int | None = Field(default=None, ge=1, le=120)
    from_: int | None = Field(default=None, alias="from", ge=1, le=120)
    at: Moment = Moment.OFFENSE
    says: str | None = None
    confidence: Confidence = Confidence.PRIMARY

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.under is None and self.from_ is None:
            raise ValueError("an age rule needs under or from")
        return self


class Element(Model):
    """One further element of a text: a condition over facts with its words. `kind` decides whether a what-if may assume it.

    `presumed` marks what the text itself takes as given until a fact shows the contrary (an exit of the prosecutor, a
    presumption that can be lost); `presumed_by` names presumptions of the pack that may stand in for it.
    """

    name: Words
    says: Words
    test: Test
    kind: ElementKind = ElementKind.CONDITIONS
    citation: str | None = None
    confidence: Confidence = Confidence.PRIMARY
    presumed: bool = False
    presumed_by: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _by_facts_alone(self) -> Self:
        if self.presumed and any(isinstance(node, Open) for node in walk(self.test)):
            raise ValueError(
                "what the law leaves open cannot be presumed; presume only what a fact can contradict"
            )
        return self


class ListedSection(Model):
    """A section on a list, perhaps only in some grades or on some facts."""

    section: Words
    grades: tuple[str, ...] = ()
    when: Test | None = None
    says: str | None = None


def _listed(value: object) -> object:
    return {"section": value} if isinstance(value, str) else value


Listed = Annotated[ListedSection, BeforeValidator(_listed)]


class Exclusion(Model):
    """Offenses that a text leaves out: any of its sections, the sections of a list of the catalogue, classes or the
    catalogue's violent mark, and then only for `modes` and only `when` the condition holds, if given."""

    says: Words
    sections: tuple[Listed, ...] = ()
    on_list: str | None = None
    classes: tuple[OffenseClass, ...] = ()
    violent: bool = False
    every_offense: bool = False
    could_hold: tuple[OffenseClass, ...] = ()
    modes: tuple[Mode, ...] = ()
    when: Test | None = None
    citation: str | None = None
    confidence: Confidence = Confidence.PRIMARY

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not (self.sections or self.on_list or self.classes or self.violent or self.every_offense):
            raise ValueError("an exclusion names sections, on_list, classes, violent or every_offense")
        return self


class Scope(Model):
    """Which offenses a protection reaches. `sections` is the closed list where match is `listed`, an illustration
    otherwise; `modes` says what the text covers beyond principals (silent where it does not speak)."""

    match: Match
    classes: tuple[OffenseClass, ...] = ()
    sections: tuple[Listed, ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    modes: Mapping[Mode, Covers] = Field(default_factory=dict)
    confidence: Confidence = Confidence.PRIMARY
    says: str | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.match is Match.LISTED and not self.sections:
            raise ValueError("a closed list needs sections")
        if self.match is Match.CLASS and not self.classes:
            raise ValueError("a scope by class needs classes")
        return self

    def covers(self, mode: Mode) -> Covers:
        """What the text says of a mode: as written, else yes for principals and for any-offense texts, else silent."""
        if mode in self.modes:
            return self.modes[mode]
        return Covers.YES if mode is Mode.PRINCIPAL or self.match is Match.ANY else Covers.SILENT


class Burden(Model):
    """Three separate levels: who must raise the point, who must persuade, and to what degree; unknown is null."""

    raises: str | None = None
    persuades: str | None = None
    standard: str | None = None
    says: str | None = None
    confidence: Confidence = Confidence.PRIMARY


class Protection(Model):
    """One provision that bars, answers, diverts or mitigates a charge, or clears a record, with all its elements."""

    id: str = Field(pattern=r"^[a-z0-9A-Z][a-z0-9A-Z.-]+$")
    title: Words
    citation: Words
    goals: tuple[Goal, ...]
    mechanism: Mechanism
    bars: tuple[Step, ...] = ()
    scope: Scope
    age: AgeRule | None = None
    victim_status: Element | None = None
    nexus: Element | None = None
    elements: tuple[Element, ...] = ()
    procedure: tuple[Words, ...] = ()
    notes: tuple[Words, ...] = ()
    burden: Burden | None = None
    decided_by: tuple[str, ...] = ()
    required_response: str | None = None
    period: Period
    tested_on: str = Field(default="offense", pattern="^(offense|screening)$")
    relief_for: tuple[str, ...] = ()
    opens_after_conviction: bool = False
    confidence: Confidence
    sources: tuple[Source, ...] = Field(min_length=1)
    operative_words: str | None = None
    review: Review = Field(default_factory=Review)

    @property
    def is_bar(self) -> bool:
        """True for an exclusion or immunity that closes at least one step."""
        return self.mechanism in BAR_MECHANISMS and bool(self.bars)

    @property
    def is_route(self) -> bool:
        """True for a general route: no policy goal and no bar, so it is listed beside the bounds, never inside."""
        return not self.goals and not self.is_bar

    @property
    def is_hidden(self) -> bool:
        """Recall-grade entries stay hidden until an editor confirms them; a withdrawn entry always is."""
        if self.review.status == "withdrawn":
            return True
        return self.confidence is Confidence.RECALL and self.review.status != "confirmed"


class Duty(Model):
    """A step that officials owe, never a condition the person must meet. `trigger` is a condition over facts."""

    id: Words
    who: Who
    says: Words
    trigger: Test
    do: Words
    within_hours: int | None = Field(default=None, ge=0)
    citation: Words
    sources: tuple[Source, ...] = Field(min_length=1)
    confidence: Confidence


class EvidenceRule(Model):
    """A rule about statements or evidence, shown per charge, unranked. `gate` marks one that protects answers to Part 2."""

    citation: Words
    says: Words
    scope: str | None = None
    applies: Test | None = None
    gate: bool = False
    sources: tuple[Source, ...] = Field(min_length=1)
    confidence: Confidence


class Search(Model):
    """A goal for which the text was searched whole and nothing was found, with what was read and as of when."""

    goal: Goal
    text_as_of: Words
    what: Words


class Gap(Model):
    """A goal for which the law was not established, wholly or for some classes; it wins over every search."""

    goal: Goal
    says: Words
    classes: tuple[OffenseClass, ...] = ()


class LawReach(Model):
    """What is known about the law as a whole: goals searched without result, goals known to have no protection, gaps."""

    searched_without_result: tuple[Search, ...] = ()
    without_protection: tuple[Search, ...] = ()
    partial_searches: tuple[Search, ...] = ()
    not_established: tuple[Gap, ...] = ()
    open_questions: tuple[Words, ...] = ()
    pending: tuple[Words, ...] = ()


class JuvenileCourtAge(Model):
    """The last age, in whole years, at which an act belongs to the juvenile court."""

    upper: int
    citation: Words
    confidence: Confidence


class MinorityPresumed(Model):
    """A rule by which a person whose age is in dispute is treated as under 18 meanwhile, and for what."""

    citation: Words
    says: Words
    sources: tuple[Source, ...]
    confidence: Confidence


class LawPack(Model):
    """The law of one jurisdiction as this product holds it."""

    jurisdiction: str = Field(pattern=r"^[A-Z]{2}(-[A-Z]{2,3})?$")
    name: Words
    version: Words
    checked: date
    text_as_of: Words
    juvenile_court_age: JuvenileCourtAge | None = None
    minority_presumed: MinorityPresumed | None = None
    reach: LawReach
    protections: tuple[Protection, ...] = Field(min_length=1)
    duties: tuple[Duty, ...] = ()
    evidence_rules: tuple[EvidenceRule, ...] = ()
    collateral: tuple[Words, ...] = ()
    notes: tuple[Words, ...] = ()


class Block(Model):
    """A shared, documented building block: what it says, the authority it was read in, and our reading of what shows it."""

    name: str = Field(pattern=r"^[a-z_]+$")
    kind: ElementKind
    says: Words
    from_: tuple[Words, ...] = Field(alias="from", min_length=1)
    reading: Words
    test: Test
