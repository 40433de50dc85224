"""Whole-house lint of packs: what one file alone cannot show, with file, line, path and the mend."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from screening.conditions import Condition, facts_of
from screening.document import Document
from screening.errors import Fault, PackError, nearest
from screening.law.load import LoadedLaw, load_law
from screening.law.model import Element, Exclusion, LawPack, Protection
from screening.law.sections import parse_section
from screening.law.words import BAR_MECHANISMS, Mechanism
from screening.questionnaire.load import load_questionnaire
from screening.questionnaire.model import Questionnaire
from screening.reading import read_yaml

BUILT_IN = frozenset(
    {
        "age.offense",
        "age.charged",
        "age.now",
        "date.offense",
        "date.screening",
        "charge.classes",
        "charge.status",
        "stage",
    }
)
REVIEW_AFTER = timedelta(days=730)
"""A pack that nobody checked for two years is refused: law that old must be looked at again."""


def check_law(folder: Path | None = None, *, today: date | None = None) -> tuple[Fault, ...]:
    """Every fault of the law packs under `folder` (default: those shipped), none for packs that are sound.

    Beside what loading refuses: facts no item can establish, dangling or unused presumptions, doubled ids, overlapping
    periods of one provision, bars without a step, empty lists, unreadable sections, packs not checked for two years.
    """
    try:
        questionnaire = load_questionnaire()
        loaded, _ = load_law(folder)
    except PackError as error:
        return error.faults
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for one in loaded.values():
        faults += _pack(one, questionnaire, today)
        for i, rule in enumerate(one.law.protections):
            if rule.id in seen:
                faults.append(
                    _fault(
                        one,
                        f"protections.{i}.id",
                        f"the id {rule.id} stands already in {seen[rule.id]}",
                        "an id of its own",
                    )
                )
            seen[rule.id] = one.file
    return tuple(faults)


def _pack(one: LoadedLaw, questionnaire: Questionnaire, today: date | None) -> Iterator[Fault]:
    law = one.law
    presumptions = {rule.id for rule in law.protections if rule.mechanism is Mechanism.PRESUMPTION}
    for i in range(len(law.protections)):
        yield from _protection(one, i, presumptions, questionnaire)
    for i, duty in enumerate(law.duties):
        yield from _facts(one, duty.trigger, f"duties.{i}.trigger", questionnaire)
    for i, rule in enumerate(law.evidence_rules):
        if rule.applies is not None:
            yield from _facts(one, rule.applies, f"evidence_rules.{i}.applies", questionnaire)
    yield from _overlaps(one, law)
    yield from _lists(one)
    yield from _sections(one)
    if today is not None and law.checked + REVIEW_AFTER < today:
        yield _fault(
            one,
            "checked",
            f"nobody has checked this pack since {law.checked}",
            "a check of every source, and its day",
        )


def _protection(
    one: LoadedLaw, place: int, presumptions: set[str], questionnaire: Questionnaire
) -> Iterator[Fault]:
    rule, path = one.law.protections[place], f"protections.{place}"
    if rule.mechanism in BAR_MECHANISMS and not rule.bars:
        yield _fault(
            one,
            f"{path}.bars",
            "an exclusion or immunity that closes no step protects nobody",
            "at least one step, or no entry",
        )
    for name, element in _elements(rule):
        yield from _facts(one, element.test, f"{path}.{name}", questionnaire)
        if name in ("victim_status", "nexus") and element.kind.value != name:
            yield _fault(one, f"{path}.{name}.kind", f"this element is of kind {element.kind.value}", name)
        for source in set(element.presumed_by) - presumptions:
            message = f"no presumption of this pack is called {source}"
            yield _fault(
                one,
                f"{path}.{name}.presumed_by",
                message,
                "the id of a presumption",
                nearest(source, presumptions),
            )
    for i, out in enumerate(rule.scope.excluded):
        yield from _exclusion(one, out, f"{path}.scope.excluded.{i}", questionnaire)


def _exclusion(one: LoadedLaw, out: Exclusion, path: str, questionnaire: Questionnaire) -> Iterator[Fault]:
    if out.when is not None:
        yield from _facts(one, out.when, f"{path}.when", questionnaire)
    names = {known.name for known in one.offenses.lists}
    if out.on_list is not None and out.on_list not in names:
        message = f"the catalogue has no list {out.on_list!r}"
        yield _fault(
            one,
            f"{path}.on_list",
            message,
            "the name of a list of the catalogue",
            nearest(out.on_list, names),
        )


def _elements(rule: Protection) -> Iterator[tuple[str, Element]]:
    if rule.victim_status:
        yield "victim_status", rule.victim_status
    if rule.nexus:
        yield "nexus", rule.nexus
    for i, element in enumerate(rule.elements):
        yield f"elements.{i}", element


def _facts(one: LoadedLaw, tree: Condition, path: str, questionnaire: Questionnaire) -> Iterator[Fault]:
    for fact in sorted(facts_of(tree) - BUILT_IN):
        if not questionnaire.items_for(fact):
            near = nearest(fact, (*questionnaire.facts, *BUILT_IN))
            yield Fault(
                path,
                f"no item can establish the fact {fact}",
                "a fact that an item asks for",
                near,
                one.file,
                _line(one.file, path),
            )


def _overlaps(one: LoadedLaw, law: LawPack) -> Iterator[Fault]:
    """Two versions of one provision (same citation and mechanism, both dated) may not be in force on one day."""
    for i, first in enumerate(law.protections):
        for j, second in enumerate(law.protections[:i]):
            if (
                first.citation.split(" (")[0] != second.citation.split(" (")[0]
                or first.mechanism is not second.mechanism
            ):
                continue
            if first.period.end is None and second.period.end is None:
                continue
            if _from(first) <= _to(second) and _from(second) <= _to(first):
                yield _fault(
                    one,
                    f"protections.{i}.period",
                    f"overlaps the period of {law.protections[j].id}",
                    "periods that follow each other",
                )


def _from(rule: Protection) -> date:
    return rule.period.start or rule.period.text_seen_from or date.min


def _to(rule: Protection) -> date:
    return rule.period.end or date.max


def _lists(one: LoadedLaw) -> Iterator[Fault]:
    used = {out.on_list for rule in one.law.protections for out in rule.scope.excluded}
    for i, known in enumerate(one.offenses.lists):
        if known.name in used and not known.sections:
            yield Fault(
                f"lists.{i}.sections",
                f"the list {known.name!r} is empty",
                "sections",
                file=_catalog(one.file),
            )


def _sections(one: LoadedLaw) -> Iterator[Fault]:
    for i, entry in enumerate(one.offenses.offenses):
        if parse_section(entry.section, one.offenses.codes) is None:
            yield Fault(
                f"offenses.{i}.section",
                f"the section {entry.section!r} cannot be read",
                "a section number",
                file=_catalog(one.file),
            )
    for i, rule in enumerate(one.law.protections):
        listed = [*rule.scope.sections, *(part for out in rule.scope.excluded for part in out.sections)]
        for part in listed:
            if part.section != "*" and parse_section(part.section, one.offenses.codes) is None:
                yield _fault(
                    one,
                    f"protections.{i}.scope",
                    f"the section {part.section!r} cannot be read",
                    "a section number",
                )


def _catalog(file: str) -> str:
    path = Path(file)
    return str(path.parent.parent / "offenses" / path.name)


def _fault(one: LoadedLaw, path: str, message: str, expected: str, near: str | None = None) -> Fault:
    return Fault(path, message, expected, near, one.file, _line(one.file, path))


def _line(file: str, path: str) -> int | None:
    return _document(file).line(path)


@cache
def _document(file: str) -> Document:
    return read_yaml(Path(file).read_bytes(), file=file)
