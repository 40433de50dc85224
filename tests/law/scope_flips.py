"""Wrong versions of the offenses that a text reaches: a section, class, grade, mode or exclusion more, less or wider."""

from collections.abc import Iterable, Iterator
from typing import Any

from screening.case import Mode, OffenseClass
from screening.law.model import Exclusion, ListedSection, Scope
from screening.law.words import Confidence, Covers, Match
from tests.law.condition_flips import of_tree

Done = tuple[str, Any]
"""What was done, and the model with that done to it."""


def changed(model, **fields):
    """The model with some fields changed, unchecked."""
    return model.model_copy(update=fields)


def confirmed(model) -> Iterator[Done]:
    """What nobody confirmed, shown as if the text had been seen."""
    if model.confidence is Confidence.RECALL:
        yield "shown as confirmed", changed(model, confidence=Confidence.PRIMARY)


def toggled(items: tuple[Any, ...], universe: Iterable[Any], *, least: int = 0) -> Iterator[Done]:
    """The items with one of `universe` more or less; at least `least` stay."""
    for one in universe:
        less = tuple(item for item in items if item != one)
        if one not in items:
            yield f"with {one}", (*items, one)
        elif len(less) >= least:
            yield f"without {one}", less


def of_scope(scope: Scope) -> Iterator[Done]:
    """Every wrong version of a scope; an exclusion that names only what is off a closed list anyway is left alone."""
    yield from confirmed(scope)
    if scope.match is not Match.ANY:
        yield "any offense", changed(scope, match=Match.ANY)
        least = 1 if scope.match is Match.LISTED else 0
        for done, sections in _of_sections(scope.sections, least=least):
            yield f"listed: {done}", changed(scope, sections=sections)
    if scope.match is Match.CLASS:
        for done, classes in toggled(scope.classes, OffenseClass, least=1):
            yield f"class {done}", changed(scope, classes=classes)
    yield from _of_excluded(scope)
    for mode, covers in scope.modes.items():
        for other in set(Covers) - {covers}:
            yield f"mode {mode}: {other}", changed(scope, modes={**scope.modes, mode: other})


def _of_excluded(scope: Scope) -> Iterator[Done]:
    for i, out in enumerate(scope.excluded):
        if scope.match is Match.LISTED and _numbers(out.sections).isdisjoint(_numbers(scope.sections)):
            continue
        before, after = scope.excluded[:i], scope.excluded[i + 1 :]
        yield f"exclusion dropped: {out.says[:60]}", changed(scope, excluded=(*before, *after))
        for done, wrong in _of_exclusion(out):
            yield f"exclusion {out.says[:50]!r}: {done}", changed(scope, excluded=(*before, wrong, *after))


def _numbers(sections: tuple[ListedSection, ...]) -> set[str]:
    return {one.section.partition("(")[0] for one in sections}


def _of_sections(sections: tuple[ListedSection, ...], *, least: int) -> Iterator[Done]:
    for i, one in enumerate(sections):
        before, after = sections[:i], sections[i + 1 :]
        if len(sections) > least:
            yield f"without {one.section} {', '.join(one.grades)}".strip(), (*before, *after)
        yield from ((done, (*before, wrong, *after)) for done, wrong in _of_listed(one))


def _of_listed(one: ListedSection) -> Iterator[Done]:
    wider = one.section.rpartition("(")[0].strip()
    if any(char.isdigit() for char in wider):
        yield f"{wider} for {one.section}", changed(one, section=wider)
    if one.grades:
        yield f"{one.section} of any grade", changed(one, grades=())
        for done, grades in toggled(one.grades, one.grades, least=1):
            yield f"{one.section} {done}", changed(one, grades=grades)
    if one.when is not None:
        yield f"{one.section} whenever charged", changed(one, when=None)
        yield from ((f"{one.section}: {done}", changed(one, when=test)) for done, test in of_tree(one.when))


def _of_exclusion(out: Exclusion) -> Iterator[Done]:
    yield from _of_offenses(out)
    if out.modes:
        yield "in every mode", changed(out, modes=())
        for done, modes in toggled(out.modes, Mode, least=1):
            yield f"mode {done}", changed(out, modes=modes)
    if out.when is not None:
        yield "whatever the facts", changed(out, when=None)
        yield from ((f"when {done}", changed(out, when=test)) for done, test in of_tree(out.when))
    yield from confirmed(out)


def _of_offenses(out: Exclusion) -> Iterator[Done]:
    kinds = sum(map(bool, (out.sections, out.on_list, out.classes, out.violent, out.every_offense)))
    least = 0 if kinds > 1 else 1
    for done, sections in _of_sections(out.sections, least=least):
        yield done, changed(out, sections=sections)
    if kinds > 1 and out.on_list:
        yield f"without the list {out.on_list}", changed(out, on_list=None)
    if kinds > 1 and out.violent:
        yield "without the violent mark", changed(out, violent=False)
    for done, classes in toggled(out.classes, OffenseClass if out.classes else (), least=least):
        yield f"class {done}", changed(out, classes=classes)
    for done, classes in toggled(out.could_hold, out.could_hold, least=1):
        yield f"could hold {done}", changed(out, could_hold=classes)
