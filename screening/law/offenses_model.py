"""The schema of an offense catalogue: sections of one jurisdiction with their classes, grades, former numbers and lists."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from screening.case import Mode, OffenseClass
from screening.law.model import Model, Source, Words
from screening.law.words import Confidence


class Violent(StrEnum):
    """The catalogue's violent mark: yes, no, depends (on the facts charged) or unknown (not established)."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"
    UNKNOWN = "unknown"


class Grade(Model):
    """One grade of a section: the words as printed, when it applies, and the severity class it means (null: unknown)."""

    grade: Words
    when: str | None = None
    severity: OffenseClass | None = None
    confidence: Confidence = Confidence.PRIMARY


class Former(Model):
    """An earlier number of a section and the last day on which it was used; an unknown day is null."""

    section: Words
    until: date | None = None


class ActorAge(Model):
    """The age of the actor that the offense itself asks for, where it reaches only some ages (semantics 27)."""

    from_: int | None = Field(default=None, alias="from")
    under: int | None = None
    citation: Words


class OffenseEntry(Model):
    """One section, or one subsection where classes differ, with everything that protections may ask about it."""

    section: Words
    name: Words
    classes: tuple[OffenseClass, ...] = ()
    grades: tuple[Grade, ...] = ()
    violent: Violent = Violent.UNKNOWN
    violent_basis: str | None = None
    former: tuple[Former, ...] = ()
    includes: tuple[Mode, ...] = ()
    reaches_actor: ActorAge | None = None
    in_force_from: date | None = None
    repealed: date | None = None
    also: tuple[Words, ...] = ()
    note: str | None = None
    confidence: Confidence
    sources: tuple[Source, ...] = ()


class Code(Model):
    """A code of law whose sections stand beside the main one, with the words by which people name it."""

    key: str = Field(pattern=r"^[a-z0-9 .-]+$")
    says: tuple[Words, ...] = Field(min_length=1)


class OffenseList(Model):
    """A statutory list that protections refer to, by section."""

    name: Words
    citation: Words
    sections: tuple[Words, ...]
    complete: bool = True
    confidence: Confidence = Confidence.PRIMARY


class Liability(Model):
    """Where the general law of a mode stands and whether it is charged under the same section as the offense."""

    mode: Mode
    section: Words
    says: Words
    same_section: bool = False
    confidence: Confidence


class OffenseCatalog(Model):
    """The offense catalogue of one jurisdiction."""

    jurisdiction: str
    cite_prefix: str
    text_as_of: Words
    codes: tuple[Code, ...] = ()
    offenses: tuple[OffenseEntry, ...] = Field(min_length=1)
    lists: tuple[OffenseList, ...] = ()
    liability: tuple[Liability, ...] = ()
