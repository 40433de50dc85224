"""Answers what a protection's scope asks of a charged section: listed, excluded, of the class, and in which mode."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from screening.case import Charge, Mode, OffenseClass
from screening.conditions import FactValue
from screening.dates import DateRange
from screening.law.catalog import SEVERITIES, CatalogIndex, Offense, Option, plain_grade, resolve
from screening.law.model import Exclusion
from screening.law.offenses_model import Grade, OffenseEntry
from screening.law.sections import Inside, inside
from screening.law.words import Confidence, Covers, Match
from screening.rules.facts import class_facts
from screening.rules.prepared import ListedTest, PreparedPack, PreparedProtection
from screening.truth import NO, UNKNOWN, YES, Truth, agreed, conjunction, disjunction

_INSIDE = {Inside.YES: YES, Inside.NO: NO, Inside.PARTLY: UNKNOWN}


def question(pack: PreparedPack, charge: Charge) -> tuple[Offense, Mapping[str, FactValue]]:
    """The offense that a charge means, its classes and the question facts of every protection of the pack.

    Remembered by section, class, grade and mode, which say nothing of a person; the offense date counts only where the
    catalogue has former numbers whose last day it must be held against.
    """
    on = charge.date if _has_former(pack) else None
    return _question(pack, charge.section, charge.offense_class, charge.grade, on, charge.mode)


@lru_cache(maxsize=500)
def _has_former(pack: PreparedPack) -> bool:
    return pack.index.has_former


@lru_cache(maxsize=4_000)
def _question(  # noqa: PLR0917 - the parts of one question
    pack: PreparedPack,
    section: str | None,
    given: OffenseClass | None,
    grade: str | None,
    on: DateRange | None,
    mode: Mode,
) -> tuple[Offense, Mapping[str, FactValue]]:
    offense = resolve(pack.index, section, given=given, grade=grade, on=on)
    asked = {"charge.classes": class_facts(offense), **scope_facts(pack, offense, mode)}
    return offense, MappingProxyType(asked)


def scope_facts(pack: PreparedPack, offense: Offense, mode: Mode) -> dict[str, FactValue]:
    """The question facts of every protection of a pack for one charge (semantics 11 and 12).

    Excluded sections come first, then listed ones, then a closed list (a known section off it: no; only a class given:
    unknown), then classes. These facts are the question, so nobody is ever asked for them.
    """
    facts: dict[str, FactValue] = {}
    charged = _Charged(offense, mode, pack.index, _elsewhere(offense, pack.index))
    for one in pack.protections:
        name = f"q.{one.rule.id}"
        for i, (out, tests) in enumerate(zip(one.rule.scope.excluded, one.tests.excluded, strict=True)):
            facts[f"{name}.x{i}"] = _excluded(out, tests, charged)
        for i, test in enumerate(one.tests.listed):
            facts[f"{name}.in{i}"] = _on_list(test, charged)
        if one.rule.scope.match is Match.CLASS:
            facts[f"{name}.class"] = offense.is_in_classes(one.rule.scope.classes)
        facts[f"{name}.mode"] = mode_truth(one, offense, mode)
    return facts


@dataclass(frozen=True, slots=True)
class _Charged:
    """What is charged, and whether it could lie inside a section of another number (`elsewhere`: no, or unknown)."""

    offense: Offense
    mode: Mode
    index: CatalogIndex
    elsewhere: Truth


def _elsewhere(offense: Offense, index: CatalogIndex) -> Truth:
    """A number whose code or Act nobody named may mean any of them, where no catalogue knows it."""
    section = offense.section
    if section is None or offense.matched or section.named or section.code or not index.codes_are_named:
        return NO
    return UNKNOWN


def mode_truth(one: PreparedProtection, offense: Offense, mode: Mode) -> Truth:
    """Whether the text reaches the mode; silence is unknown, unless the section itself includes that mode."""
    covers = one.rule.scope.covers(mode)
    if covers is Covers.SILENT and all(
        option.entry and mode in option.entry.includes for option in offense.options
    ):
        return YES
    return {Covers.YES: YES, Covers.NO: NO, Covers.SILENT: UNKNOWN}[covers]


def _on_list(test: ListedTest, charged: _Charged) -> Truth:
    """Whether the charged section is this listed one: unknown where only a class is given or no catalogue knows it."""
    offense = charged.offense
    if offense.section is None:
        return UNKNOWN
    if test.section is None:
        return _graded(test, offense) if offense.matched else UNKNOWN
    place = _place(test, charged)
    if place is NO:
        return NO if offense.matched else UNKNOWN
    return conjunction((place, _graded(test, offense)))


def _place(test: ListedTest, charged: _Charged) -> Truth:
    """Whether the charged section lies inside a listed one. A number whose code or Act nobody named may mean any of them."""
    section = charged.offense.section
    if test.section is None or section is None:
        return YES if test.section is None else UNKNOWN
    if section.number != test.section.number:
        return charged.elsewhere
    direct = _INSIDE[inside(section, test.section)]
    if direct is not NO or charged.offense.matched or section.named:
        return direct
    return UNKNOWN if test.section.code != section.code else charged.elsewhere


def _graded(test: ListedTest, offense: Offense) -> Truth:
    if not test.rule.grades:
        return YES
    return agreed([_grade_truth(option, test.rule.grades) for option in offense.options])


def _grade_truth(option: Option, wanted: tuple[str, ...]) -> Truth:
    words, classes = _grade_words(wanted)
    by_class = (
        YES if option.severities <= classes else NO if option.severities.isdisjoint(classes) else UNKNOWN
    )
    if not option.grades or any(grade.confidence is Confidence.RECALL for grade in option.grades):
        by_words = UNKNOWN if words - {plain_grade(item.value) for item in classes} else NO
        return disjunction((by_class, by_words))
    return agreed([_one_grade(grade, words, classes) for grade in option.grades])


def _one_grade(grade: Grade, words: frozenset[str], classes: frozenset[OffenseClass]) -> Truth:
    if plain_grade(grade.grade) in words or (grade.severity is not None and grade.severity in classes):
        return YES
    return UNKNOWN if grade.severity is None and classes else NO


@lru_cache(maxsize=1_000)
def _grade_words(wanted: tuple[str, ...]) -> tuple[frozenset[str], frozenset[OffenseClass]]:
    return frozenset(plain_grade(word) for word in wanted), frozenset(
        item for item in SEVERITIES if item.value in wanted
    )


def _excluded(out: Exclusion, tests: tuple[ListedTest, ...], charged: _Charged) -> Truth:
    offense = charged.offense
    if out.modes and charged.mode not in out.modes:
        return NO
    if out.every_offense:
        return YES
    truths = [_out_of(test, out, charged) for test in tests]
    if out.classes:
        truths.append(offense.is_in_classes(out.classes))
    if out.violent:
        truths.append(offense.violent)
    return disjunction(truths)


def _out_of(test: ListedTest, out: Exclusion, charged: _Charged) -> Truth:
    """Whether this excluded section is the charged one. A class alone is unknown if it could hold the section."""
    if charged.offense.section is not None:
        place = _place(test, charged)
        return place if place is NO else conjunction((place, _graded(test, charged.offense)))
    return UNKNOWN if _could_hold(test, out, charged) else NO


def _could_hold(test: ListedTest, out: Exclusion, charged: _Charged) -> bool:
    """Whether a charge known by its class alone could be under this section; a section nobody catalogued could be."""
    option = charged.offense.options[0]
    if not option.established:
        return True
    reach = option.topics or option.severities
    if out.could_hold:
        return bool(reach & frozenset(out.could_hold))
    entries = [entry for entry, _ in charged.index.find(test.section)] if test.section else []
    return not entries or any(reach & _classes(entry) for entry in entries)


def _classes(entry: OffenseEntry) -> frozenset[OffenseClass]:
    return frozenset(entry.classes) | frozenset(grade.severity for grade in entry.grades if grade.severity)
