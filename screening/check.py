"""Whole-house lint of packs: what one file alone cannot show, with file, line, path and the mend."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path as Folder

from screening.case import ItemKind, OffenseClass, Stage, Status
from screening.conditions import Below, Comparison, ConditionReader, From, Has, In, Is
from screening.document import Document, Path
from screening.errors import Fault, PackError, nearest
from screening.law.catalog import plain_grade
from screening.law.faults import value_at
from screening.law.load import ReadPack, read_law
from screening.law.model import Element, ListedSection, Protection
from screening.law.offenses_model import OffenseCatalog
from screening.law.sections import parse_section
from screening.law.words import BAR_MECHANISMS, ElementKind, Mechanism
from screening.questionnaire.load import load_questionnaire
from screening.questionnaire.model import Questionnaire

REVIEW_AFTER = timedelta(days=730)
"""A pack that nobody checked for two years is refused: law that old must be looked at again."""
RELIEF_FOR = (Status.ARRESTED, Status.ADJUDICATED, Status.CONVICTED)
SEVERITIES = ("status", "misdemeanor", "nonviolent_felony", "violent_felony")
_BESIDE_SCOPE = (ElementKind.SCOPE, ElementKind.MODE)


@dataclass(frozen=True, slots=True)
class Known:
    """What a fact can be compared with: its kind, and its codes where it has any."""

    kind: ItemKind
    codes: tuple[str, ...] = ()

    @property
    def tests(self) -> str:
        """The comparisons that fit it, as packs write them."""
        return {
            ItemKind.BOOL: "the fact alone, without a test",
            ItemKind.NUMBER: "below or from",
            ItemKind.DATE: "before or on_or_after",
            ItemKind.CODE: "in, with a list of codes",
            ItemKind.CODES: "has, with one code",
        }[self.kind]

    def fits(self, node: Comparison) -> bool:
        """Whether this comparison can be made with the fact."""
        if isinstance(node, Below | From):
            return self.kind is (ItemKind.DATE if node.is_date else ItemKind.NUMBER)
        kinds = {Is: ItemKind.BOOL, In: ItemKind.CODE, Has: ItemKind.CODES}
        return self.kind is kinds[type(node)]


BUILT_IN: Mapping[str, Known] = {
    "age.offense": Known(ItemKind.NUMBER),
    "age.charged": Known(ItemKind.NUMBER),
    "age.now": Known(ItemKind.NUMBER),
    "date.offense": Known(ItemKind.DATE),
    "date.screening": Known(ItemKind.DATE),
    "charge.classes": Known(ItemKind.CODES, tuple(OffenseClass)),
    "charge.status": Known(ItemKind.CODE, tuple(Status)),
    "stage": Known(ItemKind.CODE, tuple(Stage)),
}
"""The facts that come from the case itself; every other fact needs an item that asks for it."""


def check_law(
    folder: Folder | None = None, *, today: date | None = None, questionnaire: Questionnaire | None = None
) -> tuple[Fault, ...]:
    """Every fault of the law packs under `folder` (default: those shipped), none for packs that are sound.

    Beside what loading refuses: facts that no item of the `questionnaire` (default: the one shipped) can establish or
    that are compared as they cannot be, dangling presumptions, doubled ids, overlapping periods of one provision, bars
    without a step, empty lists, unreadable sections, unknown grades, packs not checked for two years before `today`
    (None: not looked at). A file that cannot be read hides no fault of the others.
    """
    try:
        asked = questionnaire or load_questionnaire()
    except PackError as error:
        return error.faults
    read = read_law(folder)
    facts = {
        **{
            name: Known(row.kind, tuple(row.codes))
            for name, row in asked.facts.items()
            if asked.items_for(name)
        },
        **BUILT_IN,
    }
    faults = list(read.faults)
    if read.blocks_document is not None and isinstance(read.blocks_document.value, list):
        for i in range(len(read.blocks_document.value)):
            faults += _facts(read.blocks_document, (i, "test"), facts)
    for one in read.packs:
        faults += _Checked(one, facts).faults(today)
    faults += _doubled_ids(read.packs)
    return tuple(faults)


def _facts(document: Document, path: Path, facts: Mapping[str, Known]) -> Iterator[Fault]:
    """Every comparison of the condition at `path` that nobody could ever answer, or only wrongly, each in its place."""
    for node, place in _comparisons(value_at(document.value, path), path):
        known = facts.get(node.fact)
        if known is None:
            message = f"no item can establish the fact {node.fact}"
            yield document.fault(place, message, "a fact that an item asks for", nearest(node.fact, facts))
        elif not known.fits(node):
            message = f"the fact {node.fact} cannot be compared like this"
            yield document.fault(place, message, known.tests)
        elif isinstance(node, In | Has):
            codes = node.codes if isinstance(node, In) else {node.code}
            for code in sorted(codes - set(known.codes)):
                message = f"the fact {node.fact} knows no code {code}"
                near = nearest(code, known.codes)
                yield document.fault(place, message, " or ".join(known.codes), near)


def _comparisons(value: object, path: Path) -> Iterator[tuple[Comparison, Path]]:
    """The comparisons of a sound condition as a file has it; those inside a building block belong to the block."""
    if isinstance(value, str):
        yield Is(value), path
    if not isinstance(value, Mapping):
        return
    for word in ("all", "any", "of"):
        parts = value.get(word)
        for i, part in enumerate(parts if isinstance(parts, list) else ()):
            yield from _comparisons(part, (*path, word, i))
    if "not" in value:
        yield from _comparisons(value["not"], (*path, "not"))
    if "fact" in value:
        node = ConditionReader().read(value, "")
        if isinstance(node, Comparison):
            yield node, path


def _doubled_ids(packs: tuple[ReadPack, ...]) -> Iterator[Fault]:
    seen: dict[str, tuple[str, int | None]] = {}
    for one in packs:
        law = one.loaded.law
        places: list[tuple[str, Path]] = [
            *((rule.id, ("protections", i, "id")) for i, rule in enumerate(law.protections)),
            *((duty.id, ("duties", i, "id")) for i, duty in enumerate(law.duties)),
        ]
        for name, path in places:
            if name in seen:
                file, line = seen[name]
                where = f"on line {line}" + (f" of {file}" if file != one.loaded.file else "")
                yield one.document.fault(path, f"the id {name} stands already {where}", "an id of its own")
            else:
                seen[name] = (one.loaded.file, one.document.line(path))


@dataclass(frozen=True)
class _Checked:
    """One pack under the lint, with the facts that the questionnaire can establish."""

    pack: ReadPack
    facts: Mapping[str, Known]

    @cached_property
    def presumptions(self) -> frozenset[str]:
        """The ids that an element may name under `presumed_by`."""
        rules = self.pack.loaded.law.protections
        return frozenset(rule.id for rule in rules if rule.mechanism is Mechanism.PRESUMPTION)

    @cached_property
    def grades(self) -> frozenset[str]:
        """Every grade that the catalogue prints, and the severity words."""
        printed = [grade.grade for entry in self.pack.loaded.offenses.offenses for grade in entry.grades]
        return frozenset(
            {*(plain_grade(word) for word in printed), *(plain_grade(word) for word in SEVERITIES)}
        )

    def faults(self, today: date | None) -> Iterator[Fault]:
        """Every fault of this pack and its catalogue."""
        law, document = self.pack.loaded.law, self.pack.document
        for i, rule in enumerate(law.protections):
            yield from self._protection(rule, ("protections", i))
        for i in range(len(law.duties)):
            yield from _facts(document, ("duties", i, "trigger"), self.facts)
        for i in range(len(law.evidence_rules)):
            yield from _facts(document, ("evidence_rules", i, "applies"), self.facts)
        yield from self._overlaps()
        yield from self._catalog()
        if today is not None and law.checked + REVIEW_AFTER < today:
            message = f"nobody has checked this pack since {law.checked}"
            yield document.fault(("checked",), message, "a check of every source, and the day of it")

    def _protection(self, rule: Protection, path: Path) -> Iterator[Fault]:
        document = self.pack.document
        if rule.mechanism in BAR_MECHANISMS and not rule.bars:
            message = f"an {rule.mechanism} that closes no step protects nobody"
            yield document.fault((*path, "bars"), message, "at least one step, such as prosecution")
        for place, element in _elements(rule, path):
            yield from self._element(element, place)
        for i, word in enumerate(rule.relief_for):
            if word not in RELIEF_FOR:
                near = nearest(word, RELIEF_FOR)
                message = f"relief cannot be for what is {word}"
                yield document.fault((*path, "relief_for", i), message, " or ".join(RELIEF_FOR), near)
        yield from self._scope(rule, (*path, "scope"))

    def _element(self, element: Element, path: Path) -> Iterator[Fault]:
        document = self.pack.document
        yield from _facts(document, (*path, "test"), self.facts)
        place = str(path[-1])
        if place in ("victim_status", "nexus") and element.kind != place:
            message = f"an element under {place} cannot be of kind {element.kind}"
            yield document.fault((*path, "kind"), message, f"kind: {place}")
        elif element.kind in _BESIDE_SCOPE:
            message = f"an element cannot be of kind {element.kind}; offenses and modes belong under scope"
            yield document.fault((*path, "kind"), message, "conditions, report or forum")
        for i, source in enumerate(element.presumed_by):
            if source not in self.presumptions:
                message = f"no presumption of this pack is called {source}"
                near = nearest(source, self.presumptions)
                yield document.fault((*path, "presumed_by", i), message, "the id of a presumption", near)

    def _scope(self, rule: Protection, path: Path) -> Iterator[Fault]:
        document = self.pack.document
        names = [known.name for known in self.pack.loaded.offenses.lists]
        yield from self._listed(rule.scope.sections, (*path, "sections"))
        for i, out in enumerate(rule.scope.excluded):
            place = (*path, "excluded", i)
            yield from _facts(document, (*place, "when"), self.facts)
            yield from self._listed(out.sections, (*place, "sections"))
            if out.on_list is not None and out.on_list not in names:
                message = f'the catalogue has no list "{out.on_list}"'
                near = nearest(out.on_list, names)
                yield document.fault((*place, "on_list"), message, " or ".join(names) or "a list there", near)

    def _listed(self, sections: tuple[ListedSection, ...], path: Path) -> Iterator[Fault]:
        document = self.pack.document
        for i, part in enumerate(sections):
            place = (*path, i)
            yield from _facts(document, (*place, "when"), self.facts)
            if part.section != "*" and not self._reads(part.section):
                yield document.fault(place, *_unreadable(part.section))
            for j, grade in enumerate(part.grades):
                if plain_grade(grade) not in self.grades:
                    message = f'no section of the catalogue has the grade "{grade}"'
                    expected = "a grade as the catalogue prints it, or a severity such as misdemeanor"
                    near = nearest(grade, self.grades)
                    yield document.fault((*place, "grades", j), message, expected, near)

    def _overlaps(self) -> Iterator[Fault]:
        """Two versions of one provision (same citation and mechanism, one of them ended) may not share a day."""
        rules = self.pack.loaded.law.protections
        for i, later in enumerate(rules):
            for earlier in rules[:i]:
                ended = later.period.end or earlier.period.end
                if ended and _versions(earlier, later) and _share_a_day(earlier, later):
                    message = f"overlaps the period of {earlier.id} ({_days(earlier)})"
                    path: Path = ("protections", i, "period")
                    yield self.pack.document.fault(path, message, "periods that follow each other")

    def _catalog(self) -> Iterator[Fault]:
        catalog, document = self.pack.loaded.offenses, self.pack.catalog
        used = {out.on_list for rule in self.pack.loaded.law.protections for out in rule.scope.excluded}
        for i, known in enumerate(catalog.lists):
            if known.name in used and not known.sections:
                message = f'the list "{known.name}" is empty, and a protection leaves out what stands on it'
                yield document.fault(("lists", i, "sections"), message, "its sections, one by one")
        for text, path in _catalog_sections(catalog):
            if not self._reads(text):
                yield document.fault(path, *_unreadable(text))

    def _reads(self, text: str) -> bool:
        return parse_section(text, self.pack.loaded.offenses.codes) is not None


def _unreadable(section: str) -> tuple[str, str]:
    return f'the section "{section}" cannot be read', "a section number such as 39-13-513(d)"


def _catalog_sections(catalog: OffenseCatalog) -> Iterator[tuple[str, Path]]:
    for i, entry in enumerate(catalog.offenses):
        yield entry.section, ("offenses", i, "section")
        for j, former in enumerate(entry.former):
            yield former.section, ("offenses", i, "former", j, "section")
    for i, known in enumerate(catalog.lists):
        for j, text in enumerate(known.sections):
            yield text, ("lists", i, "sections", j)


def _elements(rule: Protection, path: Path) -> Iterator[tuple[Path, Element]]:
    if rule.victim_status:
        yield (*path, "victim_status"), rule.victim_status
    if rule.nexus:
        yield (*path, "nexus"), rule.nexus
    for i, element in enumerate(rule.elements):
        yield (*path, "elements", i), element


def _versions(first: Protection, second: Protection) -> bool:
    same = first.citation.split(" (")[0] == second.citation.split(" (")[0]
    return same and first.mechanism is second.mechanism


def _share_a_day(first: Protection, second: Protection) -> bool:
    return _from(first) <= _to(second) and _from(second) <= _to(first)


def _from(rule: Protection) -> date:
    return rule.period.start or rule.period.text_seen_from or date.min


def _to(rule: Protection) -> date:
    return rule.period.end or date.max


def _days(rule: Protection) -> str:
    first, last = rule.period.start or rule.period.text_seen_from, rule.period.end
    return f"{first or 'an unknown day'} to {last or 'today'}"
