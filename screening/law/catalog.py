"""Finds a charged section in its jurisdiction's offense catalogue, however it was typed, with all classes it may have."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from screening.case import OffenseClass
from screening.dates import DateRange
from screening.law.offenses_model import Grade, OffenseCatalog, OffenseEntry, Violent
from screening.law.sections import Inside, Section, inside, parse_section
from screening.law.words import Confidence
from screening.truth import Truth, agreed

SEVERITIES = frozenset(
    {
        OffenseClass.STATUS,
        OffenseClass.MISDEMEANOR,
        OffenseClass.NONVIOLENT_FELONY,
        OffenseClass.VIOLENT_FELONY,
    }
)
_GLUED = re.compile(r"(.*\d)([a-z])")
_SPACED = re.compile(r"(?<=\d) (?=\d)")
_VIOLENT = {
    Violent.YES: Truth.YES,
    Violent.NO: Truth.NO,
    Violent.DEPENDS: Truth.UNKNOWN,
    Violent.UNKNOWN: Truth.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Option:
    """One reading of a charge: its topic classes, the severities it may have, the grades that may apply, its violent mark.

    `established` is False where the catalogue knows the section but nobody confirmed its class: then class is unknown.
    """

    topics: frozenset[OffenseClass]
    severities: frozenset[OffenseClass]
    violent: Truth
    grades: tuple[Grade, ...] = ()
    entry: OffenseEntry | None = None
    established: bool = True

    @property
    def classes(self) -> frozenset[OffenseClass]:
        """Topics and possible severities together."""
        return self.topics | self.severities


@dataclass(frozen=True, slots=True)
class Offense:
    """A charge resolved against the catalogue. `matched` is False for a section that no catalogue knows or for none given.

    `options` holds every reading still possible and is never empty; an unknown class is one option that is not established.
    """

    section: Section | None
    matched: bool
    options: tuple[Option, ...]
    former: str | None = None
    clash: bool = False
    given_class: OffenseClass | None = None

    @property
    def class_known(self) -> bool:
        """True where every reading has an established class."""
        return all(option.established for option in self.options)

    @property
    def topics(self) -> frozenset[OffenseClass]:
        """All topic classes that some established reading has."""
        return frozenset().union(*(option.topics for option in self.options if option.established))

    @property
    def severities(self) -> frozenset[OffenseClass]:
        """All severities that some reading may have."""
        return frozenset().union(*(option.severities for option in self.options))

    def is_in_classes(self, classes: Iterable[OffenseClass]) -> Truth:
        """Whether the offense is of one of the classes: yes if every reading is, no if none can be (semantics 12)."""
        wanted = frozenset(classes)
        return agreed(_in_classes(option, wanted) for option in self.options)

    @property
    def violent(self) -> Truth:
        """The catalogue's violent mark; unknown where readings differ or it depends on what was done."""
        return agreed(option.violent for option in self.options)


def _in_classes(option: Option, wanted: frozenset[OffenseClass]) -> Truth:
    if not option.established:
        ruled_out = wanted <= SEVERITIES and option.severities.isdisjoint(wanted)
        return Truth.NO if ruled_out else Truth.UNKNOWN
    if option.topics & wanted or (option.severities and option.severities <= wanted):
        return Truth.YES
    return Truth.NO if option.severities.isdisjoint(wanted) else Truth.UNKNOWN


@dataclass(frozen=True, slots=True)
class CatalogIndex:
    """A catalogue made ready for look-ups; `entries` keeps each section as parsed."""

    catalog: OffenseCatalog
    default_code: str
    entries: tuple[tuple[Section, OffenseEntry, bool], ...]
    main_words: tuple[str, ...] = ()
    by_number: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def parse(self, text: str) -> Section | None:
        """The section as this jurisdiction writes it; blanks between numbers are read as its own separator."""
        section = parse_section(text, self.catalog.codes)
        if section is None:
            return None
        glued = _GLUED.fullmatch(section.number)
        if section.number not in self.by_number and glued and glued.group(1) in self.by_number:
            section = replace(section, number=glued.group(1), subs=(glued.group(2), *section.subs))
        if section.number not in self.by_number and _SPACED.search(text):
            for mark in "-.":
                other = parse_section(_SPACED.sub(mark, text), self.catalog.codes)
                if other and other.number in self.by_number:
                    section = other
        named = bool(section.code) or any(word in text.lower() for word in self.main_words)
        return Section(section.code or self.default_code, section.number, section.subs, named)

    @property
    def has_former(self) -> bool:
        """True where some section had an earlier number."""
        return any(row[2] for row in self.entries)

    @property
    def codes_are_named(self) -> bool:
        """True where every section stands in a code or Act of its own, so that a bare number says too little."""
        return all(row[0].code for row in self.entries)

    def find(self, section: Section) -> tuple[tuple[OffenseEntry, bool], ...]:
        """The entries of `located`, without the section."""
        return self.located(section)[1]

    def located(self, section: Section) -> tuple[Section, tuple[tuple[OffenseEntry, bool], ...]]:
        """The most exact entry for a section, or all entries inside it where only a higher subdivision is given.

        The flag says that the section is a former number. A section typed without its code gives way to the only code
        that has its number, and comes back with that code.
        """
        near = [self.entries[i] for i in self.by_number.get(section.number, ())]
        same = [row for row in near if row[0].code == section.code]
        if not same and not section.named and len({row[0].code for row in near}) == 1:
            same = near
            section = replace(section, code=near[0][0].code)
        above = [row for row in same if inside(section, row[0]) is Inside.YES]
        if above:
            deepest = max(len(row[0].subs) for row in above)
            return section, tuple((entry, former) for own, entry, former in above if len(own.subs) == deepest)
        return section, tuple(
            (entry, former) for own, entry, former in same if inside(section, own) is Inside.PARTLY
        )


def index_catalog(catalog: OffenseCatalog) -> CatalogIndex:
    """The index of a catalogue. Raises ValueError naming a section that cannot be read."""
    usc = re.match(r"(\d+) U\.?S\.?C", catalog.cite_prefix)
    default = f"{usc.group(1)} usc" if usc else ""
    rows: list[tuple[Section, OffenseEntry, bool]] = []
    for entry in catalog.offenses:
        for text, former in ((entry.section, False), *((old.section, True) for old in entry.former)):
            section = parse_section(text, catalog.codes)
            if section is None:
                raise ValueError(f"the section {text!r} of {entry.name} cannot be read")
            rows.append((Section(section.code or default, section.number, section.subs), entry, former))
    by_number: dict[str, tuple[int, ...]] = {}
    for i, (section, _, _) in enumerate(rows):
        by_number[section.number] = (*by_number.get(section.number, ()), i)
    main = ("penal code", "pen. code", "p.c.", " pc ") if "penal" in catalog.cite_prefix.lower() else ()
    return CatalogIndex(catalog, default, tuple(rows), main, by_number)


def resolve(
    index: CatalogIndex,
    section: str | None,
    *,
    given: OffenseClass | None,
    grade: str | None,
    on: DateRange | None,
) -> Offense:
    """The offense that a charge means. Given and catalogued class are both kept; the catalogue decides and a clash is said.

    `on` is the offense date: a former number counts only for acts up to its last day, where that day is known.
    """
    parsed = index.parse(section) if section else None
    located, rows = index.located(parsed) if parsed else (None, ())
    found = [(entry, former) for entry, former in rows if _in_use(entry, located, former, on, index)]
    if not found:
        return Offense(parsed, False, (_given_option(given, index),), given_class=given)
    options = tuple(_option(entry, grade) for entry, _ in found)
    known = frozenset().union(*(option.classes for option in options))
    clash = (
        given is not None
        and all(option.established for option in options)
        and given not in known
        and given is not OffenseClass.OTHER
    )
    former_of = next((entry.section for entry, former in found if former), None)
    return Offense(located, True, options, former=former_of, clash=clash, given_class=given)


def _in_use(
    entry: OffenseEntry, section: Section | None, former: bool, on: DateRange | None, index: CatalogIndex
) -> bool:
    if not former or on is None or on.start is None:
        return True
    until = [
        old.until
        for old in entry.former
        if section and (own := index.parse(old.section)) and inside(section, own) is not Inside.NO
    ]
    last: date | None = next((day for day in until if day), None)
    return last is None or on.start <= last


def _given_option(given: OffenseClass | None, index: CatalogIndex) -> Option:
    """A charge known by its class alone: its severities and violent mark are those of the catalogued offenses of the class."""
    if given is None or given is OffenseClass.OTHER:
        return Option(frozenset(), SEVERITIES - {OffenseClass.STATUS}, Truth.UNKNOWN, established=False)
    alike = [
        option
        for option in (_option(entry, None) for entry in index.catalog.offenses)
        if option.established and given in option.classes
    ]
    if given in SEVERITIES:
        alike = [option for option in alike if option.severities == {given}]
    violent = agreed(option.violent for option in alike) if alike else Truth.UNKNOWN
    if given in SEVERITIES:
        return Option(frozenset(), frozenset({given}), violent)
    severities = frozenset().union(*(option.severities for option in alike)) or SEVERITIES - {
        OffenseClass.STATUS
    }
    return Option(frozenset({given}), severities, violent)


def _option(entry: OffenseEntry, grade: str | None) -> Option:
    topics = frozenset(entry.classes) - SEVERITIES
    grades = _grades(entry, grade)
    stated = frozenset(entry.classes) & SEVERITIES
    possible: set[OffenseClass] = set()
    for one in grades:
        if one.severity and one.confidence is not Confidence.RECALL:
            possible.add(one.severity)
        else:
            possible |= _severity_of(one.grade) or stated or _unstated(entry)
    severities = frozenset(possible) or stated or _unstated(entry)
    narrowed = severities & stated if stated and severities & stated else severities
    return Option(
        topics,
        narrowed,
        _VIOLENT[entry.violent],
        grades,
        entry,
        established=entry.confidence is not Confidence.RECALL and bool(entry.classes),
    )


def _unstated(entry: OffenseEntry) -> frozenset[OffenseClass]:
    everything = SEVERITIES - {OffenseClass.STATUS}
    return everything - {OffenseClass.VIOLENT_FELONY} if entry.violent is Violent.NO else everything


def _grades(entry: OffenseEntry, grade: str | None) -> tuple[Grade, ...]:
    if grade is None:
        return entry.grades
    wanted = plain_grade(grade)
    exact = tuple(one for one in entry.grades if plain_grade(one.grade) == wanted)
    by_word = tuple(one for one in entry.grades if wanted in plain_grade(one.grade))
    severity = _severity_of(grade)
    by_severity = tuple(
        one for one in entry.grades if one.severity in severity or _severity_of(one.grade) & severity
    )
    return exact or by_word or by_severity or (Grade(grade=grade),)


@lru_cache(maxsize=5_000)
def plain_grade(text: str) -> str:
    """A grade in lower case without filler, so that `Class B Felony` and `class b felony` are alike."""
    return " ".join(
        word
        for word in re.sub(r"[^a-z0-9]+", " ", text.lower()).split()
        if word not in ("a", "the", "of", "degree") or text.lower() == "a"
    )


def _severity_of(grade: str) -> frozenset[OffenseClass]:
    words = grade.lower()
    found: set[OffenseClass] = set()
    if "misdemeanor" in words:
        found.add(OffenseClass.MISDEMEANOR)
    if "felony" in words:
        found |= {OffenseClass.NONVIOLENT_FELONY, OffenseClass.VIOLENT_FELONY}
    return frozenset(found)
