"""The gate of Part 2: whether questions may be put to the person here and now, and what would open it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pydantic import Field

from screening.case import Stage
from screening.questionnaire.base import Model, Words
from screening.truth import Truth


class AskedBy(StrEnum):
    """Who would put the questions. A system advocate works for police, prosecution or court."""

    OFFICER = "officer"
    PROSECUTOR = "prosecutor"
    SYSTEM_ADVOCATE = "system_advocate"
    COMMUNITY_ADVOCATE = "community_advocate"
    FORENSIC_INTERVIEWER = "forensic_interviewer"


class Way(StrEnum):
    """The five ways in which the gate opens."""

    INDEPENDENT_INTERVIEWER = "independent_interviewer"
    USE_AGREEMENT = "use_agreement"
    STATUTORY_PROTECTION = "statutory_protection"
    WARNED_AND_COUNSEL = "warned_and_counsel"
    NOT_IN_CUSTODY = "not_in_custody"


class Need(StrEnum):
    """What must be so before the person is asked."""

    WARNED = "warned"
    COUNSEL_CONSULTED = "counsel_consulted"
    COUNSEL_PRESENT = "counsel_present"
    GUARDIAN_PRESENT = "guardian_present"
    GUARDIAN_TOLD = "guardian_told"


class Confidence(StrEnum):
    """How well a rule of law was seen; what rests on recall is applied nowhere."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    RECALL = "recall"


class WayRow(Model):
    """One way of opening, in words."""

    label: Words
    why: Words


class LawRow(Model):
    """A rule of one jurisdiction for ages from `from` up to, not including, `under` (null: any age)."""

    jurisdiction: Words
    citation: Words
    confidence: Confidence
    from_age: int = Field(default=0, alias="from", ge=0)
    under: int | None

    def reaches(self, age: tuple[int, int] | None) -> bool:
        """True unless the age is known and outside; an unknown age is treated as inside."""
        if self.confidence is Confidence.RECALL:
            return False
        low, high = age or (0, 200)
        return high >= self.from_age and (self.under is None or low < self.under)

    def surely_covers(self, age: tuple[int, int] | None) -> bool:
        """True where every age that is possible is inside; an unknown age is covered by a rule for any age alone."""
        if self.confidence is Confidence.RECALL:
            return False
        low, high = age or (0, 200)
        return low >= self.from_age and (self.under is None or high < self.under)


class ProtectionRow(LawRow):
    """A statute that keeps answers given in certain talks out of the case."""

    covers: Words


class ExtraRow(LawRow):
    """What a jurisdiction asks for beyond the way itself: one need of every inner list."""

    custody_only: bool
    needs: tuple[tuple[Need, ...], ...]
    says: Words


class Closed(Model):
    """Why the gate is closed, in words."""

    disclosure_begun: Words
    declined: Words
    default: Words


class Notice(Model):
    """What is read out to the young person before the first question."""

    who: Mapping[AskedBy, str]
    lines: tuple[Words, ...]


class GateRules(Model):
    """The file gate.yaml."""

    gate: Literal["v1"]
    version: Words
    custody_stages: tuple[Stage, ...]
    free_stages: tuple[Stage, ...]
    ways: Mapping[Way, WayRow]
    closed: Closed
    needs: Mapping[Need, str]
    protections: tuple[ProtectionRow, ...]
    extras: tuple[ExtraRow, ...]
    notice: Notice


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How the talk would take place. `age` is the range of ages possible now, None = not known; `protection` is the
    citation of the statute relied on. Whatever is left out is taken as not so, and custody as possible."""

    asked_by: AskedBy = AskedBy.OFFICER
    in_custody: Truth = Truth.UNKNOWN
    age: tuple[int, int] | None = None
    met: frozenset[Need] = frozenset()
    use_agreement: bool = False
    protection: str | None = None
    declined: bool = False
    disclosure_begun: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether Part 2 may be asked. `why` is a sentence; `citations` are the rules of law applied; `missing` says what
    the place's law still asks for. A closed gate is no fault and counts against nobody."""

    open: bool
    why: str
    way: Way | None = None
    citations: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def gate(stage: Stage, jurisdiction: str, circumstances: Circumstances, rules: GateRules) -> Gate:
    """Whether questions may be put to the person at this stage, under the law of this jurisdiction.

    Closed unless one of five ways opens it; a disclosure that has begun, or a person who declines, closes it whatever
    else is so. The rules are the product's own (practice on screening court-involved youth), with the extra conditions
    and use bars of the jurisdiction's researched law; rules known by recall alone are not applied.
    """
    if circumstances.disclosure_begun:
        return Gate(open=False, why=rules.closed.disclosure_begun)
    if circumstances.declined:
        return Gate(open=False, why=rules.closed.declined)
    for way, citations in _ways(stage, jurisdiction, circumstances, rules):
        extras = _extras(way, stage, jurisdiction, circumstances, rules)
        if not _missing(extras, circumstances):
            cited = (*citations, *(extra.citation for extra in extras))
            return Gate(open=True, why=rules.ways[way].why, way=way, citations=tuple(dict.fromkeys(cited)))
    extras = _extras(Way.WARNED_AND_COUNSEL, stage, jurisdiction, circumstances, rules)
    return Gate(
        open=False,
        why=rules.closed.default,
        citations=tuple(dict.fromkeys(extra.citation for extra in extras)),
        missing=tuple(
            " or ".join(rules.needs[need] for need in needs) for needs in _missing(extras, circumstances)
        ),
    )


def notice(asked_by: AskedBy, rules: GateRules) -> tuple[str, ...]:
    """What is read to the young person before Part 2: who asks, who may see it, and that all may be skipped."""
    return (rules.notice.who[asked_by], *rules.notice.lines)


def _ways(
    stage: Stage, jurisdiction: str, so: Circumstances, rules: GateRules
) -> Iterator[tuple[Way, tuple[str, ...]]]:
    """The ways that the circumstances meet, most protective first, each with the statute it rests on."""
    if so.asked_by in (AskedBy.COMMUNITY_ADVOCATE, AskedBy.FORENSIC_INTERVIEWER):
        yield Way.INDEPENDENT_INTERVIEWER, ()
    if so.use_agreement:
        yield Way.USE_AGREEMENT, ()
    for row in rules.protections:
        named = row.jurisdiction == jurisdiction and row.citation == so.protection
        if named and row.surely_covers(so.age):
            yield Way.STATUTORY_PROTECTION, (row.citation,)
    if {Need.WARNED, Need.COUNSEL_CONSULTED} <= so.met:
        yield Way.WARNED_AND_COUNSEL, ()
    if so.in_custody is Truth.NO and stage in rules.free_stages:
        yield Way.NOT_IN_CUSTODY, ()


def _extras(
    way: Way, stage: Stage, jurisdiction: str, so: Circumstances, rules: GateRules
) -> tuple[ExtraRow, ...]:
    """The conditions that the place's law adds to a talk held in this way; the other three ways answer them already."""
    if way not in (Way.WARNED_AND_COUNSEL, Way.NOT_IN_CUSTODY):
        return ()
    free = so.in_custody is Truth.NO and stage not in rules.custody_stages
    return tuple(
        extra
        for extra in rules.extras
        if extra.jurisdiction == jurisdiction and extra.reaches(so.age) and not (extra.custody_only and free)
    )


def _missing(extras: tuple[ExtraRow, ...], so: Circumstances) -> tuple[tuple[Need, ...], ...]:
    return tuple(
        dict.fromkeys(needs for extra in extras for needs in extra.needs if so.met.isdisjoint(needs))
    )
