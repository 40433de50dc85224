"""What must hold across the questionnaire files: nothing dangling, nothing unanswerable, nothing that asks too much."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from screening.case import ItemKind, Source
from screening.conditions import Below, Comparison, Condition, From, Has, In, Is, facts_of, walk
from screening.document import Document, Path
from screening.errors import Fault, nearest
from screening.questionnaire.gate import AskedBy, GateRules, Need, Way
from screening.questionnaire.groups import FlagRules
from screening.questionnaire.levels import circle_of
from screening.questionnaire.model import Fact, FactsFile, Item, Part, Questionnaire
from screening.questionnaire.words import AnsweredBy, PartName, Scope, Serves, Viewer

PART1_ITEMS = 30
"""Part 1 takes about five minutes; an office that needs more has to leave something out."""

_NEVER_INDICATORS = (
    "act.",
    "forum.",
    "history.",
    "cooperation.",
    "court.",
    "prosecutor.",
    "report.",
    "imprisoned.",
)
_TESTS: Mapping[type[Comparison], frozenset[ItemKind]] = {
    Is: frozenset({ItemKind.BOOL}),
    Below: frozenset({ItemKind.NUMBER, ItemKind.DATE}),
    From: frozenset({ItemKind.NUMBER, ItemKind.DATE}),
    In: frozenset({ItemKind.CODE}),
    Has: frozenset({ItemKind.CODES}),
}


@dataclass(frozen=True)
class Read:
    """All files of a questionnaire as read, before they are put together."""

    facts_file: FactsFile
    parts: tuple[Part, ...]
    flag: FlagRules
    gate: GateRules

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item of every part."""
        return tuple(item for part in self.parts for item in part.items)

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Every fact by its name."""
        return self.facts_file.rows


def check(read: Read, documents: Mapping[str, Document]) -> Iterator[Fault]:
    """Every fault that one file alone does not show."""
    yield from _versions(read, documents)
    yield from _parts_in_place(read, documents)
    yield from _facts_asked(read, documents["facts"])
    for item, document, path in _placed(read, documents):
        yield from _item_faults(read, item, document, path)
    yield from _doubles(read, documents)
    circle = circle_of(read.items)
    if circle:
        yield Fault(
            "", f"these items wait for one another: {', '.join(circle)}", "conditions without a circle"
        )
    yield from _flag_faults(read, documents["indicators"])
    yield from _gate_faults(read.gate, documents["gate"])


def unread_facts(questionnaire: Questionnaire, read_elsewhere: Collection[str]) -> tuple[str, ...]:
    """The facts that items ask about and nothing uses: no law (`read_elsewhere`), indicator, branch or file record."""
    used = set(read_elsewhere)
    for group in questionnaire.flag.groups:
        used.update(*(facts_of(row.when) for row in group.indicators))
    for item in questionnaire.items.values():
        if item.shown_when is not None:
            used |= facts_of(item.shown_when)
        if item.fact and Serves.RECORD in item.serves:
            used.add(item.fact)
    return tuple(name for name in questionnaire.facts if name not in used)


def _placed(read: Read, documents: Mapping[str, Document]) -> Iterator[tuple[Item, Document, Path]]:
    for part in read.parts:
        for i, section in enumerate(part.sections):
            for j, item in enumerate(section.items):
                yield item, documents[str(part.part)], ("sections", i, "items", j)


def _versions(read: Read, documents: Mapping[str, Document]) -> Iterator[Fault]:
    version = read.facts_file.version
    others = {str(part.part): part.version for part in read.parts}
    others |= {"indicators": read.flag.version, "gate": read.gate.version}
    for name, other in others.items():
        if other != version:
            yield documents[name].fault(("version",), f"version {other} differs from facts.yaml", version)


def _parts_in_place(read: Read, documents: Mapping[str, Document]) -> Iterator[Fault]:
    for name, part in zip(PartName, read.parts, strict=True):
        if part.part is not name:
            yield documents[str(name)].fault(("part",), f"this file holds {part.part}", str(name))
        if part.part is PartName.PART1 and len(part.items) > PART1_ITEMS:
            yield documents[str(name)].fault(
                ("sections",), f"{len(part.items)} items", f"at most {PART1_ITEMS}"
            )


def _facts_asked(read: Read, document: Document) -> Iterator[Fault]:
    asked = {item.fact for item in read.items}
    for name, fact in read.facts.items():
        if name not in asked:
            yield document.fault(
                ("rows", name), "no item can establish this fact", "an item that asks it, or no row"
            )
        if name.startswith("age.") and fact.kind is not ItemKind.BOOL:
            yield document.fault(("rows", name), "ages are worked out from birth and dates", "no row")


def _doubles(read: Read, documents: Mapping[str, Document]) -> Iterator[Fault]:
    seen: set[str] = set()
    for item, document, path in _placed(read, documents):
        if item.id in seen:
            yield document.fault((*path, "id"), f"the item {item.id} stands twice", "each id once")
        seen.add(item.id)


def _item_faults(read: Read, item: Item, document: Document, path: Path) -> Iterator[Fault]:
    fact = read.facts.get(item.fact) if item.fact else None
    if fact and item.per_charge != (fact.scope is Scope.CHARGE):
        yield document.fault(
            (*path, "per_charge"),
            f"the item is {_scope_word(item.per_charge)}, its fact {item.fact} is about the {fact.scope}",
            "item and fact of one scope",
        )
    if item.shown_when is not None:
        for fault in _condition_faults(read, item.shown_when, person_only=not item.per_charge):
            yield document.fault((*path, "shown_when"), *fault)
    for message, expected in _part_faults(item):
        yield document.fault((*path, "id"), message, expected)


def _scope_word(per_charge: bool) -> str:
    return "per charge" if per_charge else "about the person"


def _condition_faults(
    read: Read, condition: Condition, *, person_only: bool
) -> Iterator[tuple[str, str, str | None]]:
    for node in walk(condition):
        if not isinstance(node, Is | Below | From | In | Has):
            continue
        fact = read.facts.get(node.fact)
        if fact is None:
            yield f"no fact is called {node.fact!r}", "a row of facts.yaml", nearest(node.fact, read.facts)
        elif fact.kind not in _TESTS[type(node)]:
            yield (
                f"{node.fact} is of kind {fact.kind} and cannot be tested like this",
                "a test that fits",
                None,
            )
        elif person_only and fact.scope is Scope.CHARGE:
            yield f"{node.fact} differs from charge to charge", "a fact about the person", None
        elif isinstance(node, In) and not node.codes <= set(fact.codes):
            yield f"{node.fact} knows no {', '.join(sorted(node.codes - set(fact.codes)))}", "its codes", None


def _part_faults(item: Item) -> Iterator[tuple[str, str]]:
    if (item.answered_by is AnsweredBy.PERSON) != (item.part is PartName.PART2):
        yield "only items of Part 2 are put to the person, and all of them are", "an item in its place"
    if (item.part is PartName.NAMED_LAW) != bool(item.places):
        yield "items for some places alone stand in named_law.yaml, and each names its places", "places"
    if item.part is PartName.PART2:
        yield from _part2_faults(item)
    elif item.part is PartName.NAMED_LAW and Serves.FLAG in item.serves:
        yield "what one law asks is no input of the flag", "serves without flag"
    elif item.part in (PartName.ADVOCATE, PartName.TRAP):
        yield from _apart_faults(item)


def _part2_faults(item: Item) -> Iterator[tuple[str, str]]:
    if item.per_charge or (item.fact or "").startswith(_NEVER_INDICATORS):
        yield "no question about the act may be put to the person", "an item about what others did"
    if set(item.sources) != {Source.OWN_STATEMENT}:
        yield "what the person says is an own statement", "sources: [own_statement]"
    if {Viewer.PROSECUTOR, Viewer.OFFICER, Viewer.POLICE} & set(item.visible_to):
        yield "own statements are withheld from officers and prosecutors", "visible_to without them"


def _apart_faults(item: Item) -> Iterator[tuple[str, str]]:
    if item.part is PartName.ADVOCATE and set(item.visible_to) - {Viewer.COMMUNITY_ADVOCATE, Viewer.DEFENSE}:
        yield "the advocate's section is for the advocate", "visible_to: [community_advocate]"
    if item.fact is not None:
        yield f"an item of the part {item.part} feeds no fact", "fact: null"


def _flag_faults(read: Read, document: Document) -> Iterator[Fault]:
    used: set[str] = set()
    for path, test in _flag_tests(read.flag):
        used |= facts_of(test)
        for fault in _condition_faults(read, test, person_only=False):
            yield document.fault(path, *fault)
        for name in sorted(facts_of(test)):
            if name.startswith(_NEVER_INDICATORS):
                yield document.fault(path, f"{name} is no input of the flag", "what was done to the person")
    rows = [row.id for group in read.flag.groups for row in group.indicators]
    for name in sorted({name for name in rows if rows.count(name) > 1}):
        yield document.fault(("groups",), f"the indicator {name} stands twice", "each id once")
    serving = {str(item.fact) for item in read.items if Serves.FLAG in item.serves}
    for name in sorted(used - serving):
        yield document.fault(
            ("groups",), f"no item that asks {name} says that it serves the flag", "serves: [flag]"
        )
    for name in sorted(serving - used):
        yield document.fault(("groups",), f"items say that {name} serves the flag, and no indicator reads it")


def _flag_tests(rules: FlagRules) -> Iterator[tuple[Path, Condition]]:
    for i, group in enumerate(rules.groups):
        for j, row in enumerate(group.indicators):
            yield ("groups", i, "indicators", j, "when"), row.when
        if group.strong_when is not None:
            yield ("groups", i, "strong_when"), group.strong_when


def _gate_faults(rules: GateRules, document: Document) -> Iterator[Fault]:
    for key, words, given in (("ways", Way, rules.ways), ("needs", Need, rules.needs)):
        for word in words:
            if word not in given:
                yield document.fault((key,), f"{word} is missing")
    for asker in AskedBy:
        if asker not in rules.notice.who:
            yield document.fault(("notice", "who"), f"{asker} is missing")
    both = sorted(set(rules.custody_stages) & set(rules.free_stages))
    if both:
        yield document.fault(("free_stages",), f"{', '.join(both)} stands in both lists", "one list each")
