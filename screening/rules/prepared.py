"""A law pack made ready to screen with: every protection as a row of element conditions, all compiled into one function."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from operator import itemgetter

from screening.conditions import (
    All,
    Any,
    Below,
    Condition,
    Evaluator,
    From,
    Is,
    Not,
    Open,
    Values,
    compile_conditions,
    facts_of,
    walk,
)
from screening.conditions.settle import QUESTION
from screening.law.catalog import CatalogIndex, index_catalog
from screening.law.load import LoadedLaw
from screening.law.model import (
    AgeRule,
    Duty,
    Element,
    EvidenceRule,
    Exclusion,
    LawPack,
    ListedSection,
    Period,
    Protection,
    Review,
    Scope,
)
from screening.law.sections import Section
from screening.law.words import Confidence, ElementKind, Match, Mechanism

MOMENT_WORDS = {"offense": "at the act", "charged": "when accused", "now": "on the day of screening"}


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One element of a protection as a condition, with its words and what it may be presumed from.

    `presumed` says that its own text takes it as given until a fact shows the contrary.
    """

    name: str
    says: str
    kind: ElementKind
    citation: str
    tree: Condition
    presumed_by: tuple[str, ...] = ()
    presumed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class PreparedElement:
    """An element and where its values lie in what the pack's function returns (`first` to `top`, inclusive).

    `nodes` are the identities of its nodes in the order of the values, `facts` the names it reads, in order, and
    `answered` those of them that do not belong to the question; `opens` are the places of open points of law with what
    is said of each, `asks` the places of facts that belong to the question. `kind_word` is its kind as results write it.
    """

    row: ElementRow
    kind: ElementKind
    kind_word: str
    first: int
    top: int
    nodes: tuple[int, ...]
    facts: tuple[str, ...]
    answered: tuple[str, ...]
    opens: tuple[tuple[int, str], ...]
    asks: tuple[int, ...]

    def own(self, values: Values) -> Values:
        """The values of this element among those of the pack."""
        return values[self.first : self.top + 1]

    def truths(self, values: Values) -> dict[int, int]:
        """The values of this element by node, as the functions on trees want them."""
        return dict(zip(self.nodes, values[self.first : self.top + 1], strict=True))

    @property
    def tree(self) -> Condition:
        """Its condition."""
        return self.row.tree


@dataclass(frozen=True, slots=True)
class ListedTest:
    """A listed section as parsed (None: any section), with the grades and condition that limit it."""

    section: Section | None
    rule: ListedSection


@dataclass(frozen=True, slots=True)
class ScopeTests:
    """What a scope asks of a charged section; each answer becomes a question fact named after the protection."""

    listed: tuple[ListedTest, ...]
    excluded: tuple[tuple[ListedTest, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class PreparedProtection:
    """A protection with its elements in the order in which they are shown.

    `truths` takes the truth of each element out of the values of the pack; `may_be_presumed` is False where nothing is
    ever presumed of any element; `open_places` are where its open points of law, and what it asks of the charge, lie in
    the values; `start` is the day (ordinal) on which it came into force, None where that was not established.
    """

    rule: Protection
    elements: tuple[PreparedElement, ...]
    tests: ScopeTests
    truths: Callable[[Values], tuple[int, ...]]
    may_be_presumed: bool
    open_places: tuple[int, ...]
    start: int | None


@dataclass(frozen=True, slots=True, eq=False)
class PreparedPack:
    """One jurisdiction ready to screen with.

    `evaluate` gives the values of every condition of every protection in one pass, `evaluate_around` those of duties and
    rules about statements, `evaluate_person` those of the age and victim status of the provisions in `general`, which
    may stand beside another sovereign's charge.
    """

    law: LawPack
    index: CatalogIndex
    digest: str
    protections: tuple[PreparedProtection, ...]
    evaluate: Evaluator
    evaluate_around: Evaluator
    evaluate_person: Evaluator
    general: tuple[tuple[PreparedProtection, int], ...]
    duties: tuple[tuple[Duty, int], ...]
    evidence_rules: tuple[tuple[EvidenceRule, int | None], ...]
    by_id: Mapping[str, PreparedProtection]


def prepare(loaded: LoadedLaw) -> PreparedPack:
    """The pack compiled. Raises ValueError naming the entry where a section cannot be read."""
    index = index_catalog(loaded.offenses)
    rules = loaded.law.protections
    rows = [element_rows(rule) for rule in rules]
    evaluate, tops = compile_conditions([row.tree for group in rows for row in group])
    spans = iter(zip((0, *(top + 1 for top in tops)), tops, strict=False))
    protections = tuple(
        _protection(rule, tuple(_element(row, *next(spans)) for row in group), index)
        for rule, group in zip(rules, rows, strict=True)
    )
    triggers = [duty.trigger for duty in loaded.law.duties]
    applies = [rule.applies for rule in loaded.law.evidence_rules if rule.applies is not None]
    evaluate_around, around = compile_conditions(triggers + applies)
    at = iter(around)
    duties = tuple((duty, next(at)) for duty in loaded.law.duties)
    evidence = tuple(
        (rule, next(at) if rule.applies is not None else None) for rule in loaded.law.evidence_rules
    )
    evaluate_person, general = _general(protections)
    return PreparedPack(
        law=loaded.law,
        index=index,
        digest=loaded.digest,
        protections=protections,
        evaluate=evaluate,
        evaluate_around=evaluate_around,
        evaluate_person=evaluate_person,
        general=general,
        duties=duties,
        evidence_rules=evidence,
        by_id={one.rule.id: one for one in protections},
    )


def hide(pack: PreparedPack, entries: Set[str]) -> PreparedPack:
    """The pack with these entries withdrawn. Nothing is compiled anew: conditions keep their places and values."""

    def hidden(one: PreparedProtection) -> PreparedProtection:
        gone = one.rule.model_copy(update={"review": Review(status="withdrawn")})
        return replace(one, rule=gone) if one.rule.id in entries else one

    protections = tuple(hidden(one) for one in pack.protections)
    return replace(
        pack,
        law=pack.law.model_copy(update={"protections": tuple(one.rule for one in protections)}),
        protections=protections,
        general=tuple(row for row in pack.general if row[0].rule.id not in entries),
        by_id={one.rule.id: one for one in protections},
    )


def _general(
    protections: tuple[PreparedProtection, ...],
) -> tuple[Evaluator, tuple[tuple[PreparedProtection, int], ...]]:
    """Visible provisions open to any offense, with the place of their age and victim status together in the values.

    One that asks for neither is unknown to stand beside another sovereign's charge.
    """
    visible = [
        one
        for one in protections
        if not one.rule.is_hidden
        and one.rule.mechanism is not Mechanism.PRESUMPTION
        and one.rule.scope.match is Match.ANY
    ]
    evaluate, tops = compile_conditions([_personal(one) for one in visible])
    return evaluate, tuple(zip(visible, tops, strict=True))


def _personal(one: PreparedProtection) -> Condition:
    parts = [part.tree for part in one.elements if part.kind in (ElementKind.AGE, ElementKind.VICTIM_STATUS)]
    return All(tuple(parts)) if parts else Open("nothing is asked of the person")


def _protection(
    rule: Protection, elements: tuple[PreparedElement, ...], index: CatalogIndex
) -> PreparedProtection:
    return PreparedProtection(
        rule,
        elements,
        _tests(rule.scope, index, rule.id),
        itemgetter(*(part.top for part in elements)),
        may_be_presumed=any(
            part.row.presumed or part.row.presumed_by or part.kind is ElementKind.AGE for part in elements
        ),
        open_places=tuple(
            place for part in elements for place in (*(place for place, _ in part.opens), *part.asks)
        ),
        start=rule.period.start.toordinal() if rule.period.start else None,
    )


def _element(row: ElementRow, first: int, top: int) -> PreparedElement:
    nodes = tuple(walk(row.tree))
    facts = tuple(sorted(facts_of(row.tree)))
    return PreparedElement(
        row=row,
        kind=row.kind,
        kind_word=row.kind.value,
        first=first,
        top=top,
        nodes=tuple(id(node) for node in nodes),
        facts=facts,
        answered=tuple(fact for fact in facts if not fact.startswith(QUESTION)),
        opens=tuple(
            (first + i, f"{row.citation}: {node.reason}.")
            for i, node in enumerate(nodes)
            if isinstance(node, Open)
        ),
        asks=tuple(
            first + i
            for i, node in enumerate(nodes)
            if isinstance(node, Is) and node.fact.startswith(QUESTION)
        ),
    )


def element_rows(rule: Protection) -> list[ElementRow]:
    """The elements of a protection in the order shown: age, status, offense, mode, nexus, further elements, period."""
    tested = "date.screening" if rule.tested_on == "screening" else "date.offense"
    reaches = rule.scope.says or "the offense is one this provision reaches"
    mode = Is(f"q.{rule.id}.mode")
    age = (
        [ElementRow("age", _age_says(rule.age), ElementKind.AGE, rule.citation, _age_tree(rule.age))]
        if rule.age
        else []
    )
    return [
        *age,
        *([_row(rule.victim_status, rule)] if rule.victim_status else []),
        ElementRow("offense", reaches, ElementKind.SCOPE, rule.citation, _scope_tree(rule)),
        ElementRow(
            "mode", "the provision reaches this way of taking part", ElementKind.MODE, rule.citation, mode
        ),
        *([_row(rule.nexus, rule)] if rule.nexus else []),
        *(_row(element, rule) for element in rule.elements),
        ElementRow(
            "in force",
            "the provision was in force",
            ElementKind.PERIOD,
            rule.citation,
            period_tree(rule.period, tested),
        ),
    ]


def _row(element: Element, rule: Protection) -> ElementRow:
    tree, presumed = element.test, element.presumed
    if element.confidence is Confidence.RECALL:
        tree = Open(f"{element.says}: the wording of this element was not confirmed")
        presumed = False
    return ElementRow(
        element.name,
        element.says,
        element.kind,
        element.citation or rule.citation,
        tree,
        element.presumed_by,
        presumed,
    )


def _age_says(age: AgeRule) -> str:
    if age.says:
        return age.says
    limits = [f"under {age.under}" if age.under else "", f"{age.from_} or over" if age.from_ else ""]
    return f"{' and '.join(part for part in reversed(limits) if part)} {MOMENT_WORDS[age.at]}"


def _age_tree(age: AgeRule) -> Condition:
    if age.confidence is Confidence.RECALL:
        return Open(f"{_age_says(age)}: the age limit was not confirmed")
    fact = f"age.{age.at}"
    tests = [Below(fact, age.under)] if age.under else []
    return All((*tests, *([From(fact, age.from_)] if age.from_ else [])))


def period_tree(period: Period, fact: str) -> Condition:
    """In force on the day of `fact`: an unknown start is unknown before the oldest text seen, never no (semantics 10)."""
    parts: list[Condition] = []
    if period.start:
        parts.append(From(fact, period.start.toordinal(), is_date=True))
    else:
        unknown = Open("the day on which this text came into force was not established")
        seen = period.text_seen_from
        parts.append(Any((From(fact, seen.toordinal(), is_date=True), unknown)) if seen else unknown)
    if period.end:
        parts.append(Below(fact, period.end.toordinal() + 1, is_date=True))
    return All(tuple(parts))


def _scope_tree(rule: Protection) -> Condition:
    scope = rule.scope
    parts: list[Condition] = [
        Not(_exclusion(out, f"q.{rule.id}.x{i}")) for i, out in enumerate(scope.excluded)
    ]
    if scope.confidence is Confidence.RECALL:
        parts.append(Open("which offenses this provision reaches was not confirmed"))
    elif scope.match is not Match.ANY:
        reached: list[Condition] = [
            _listed(one, f"q.{rule.id}.in{i}") for i, one in enumerate(scope.sections)
        ]
        if scope.match is Match.CLASS:
            reached.append(Is(f"q.{rule.id}.class"))
        parts.append(Any(tuple(reached)))
    return All(tuple(parts))


def _exclusion(out: Exclusion, fact: str) -> Condition:
    parts: list[Condition] = [Is(fact)]
    if out.when is not None:
        parts.append(out.when)
    if out.confidence is Confidence.RECALL:
        parts.append(Open(f"{out.says}: this exclusion was not confirmed"))
    return All(tuple(parts))


def _listed(one: ListedSection, fact: str) -> Condition:
    return Is(fact) if one.when is None else All((Is(fact), one.when))


def _tests(scope: Scope, index: CatalogIndex, protection: str) -> ScopeTests:
    lists = {one.name: one for one in index.catalog.lists}
    excluded: list[tuple[ListedTest, ...]] = []
    for out in scope.excluded:
        tests = [_test(one, index, protection) for one in out.sections]
        if out.on_list is not None:
            if out.on_list not in lists:
                raise ValueError(
                    f"{protection}: the catalogue has no list called {out.on_list!r}; it has {', '.join(lists) or 'none'}"
                )
            tests += [
                _test(ListedSection(section=text), index, protection) for text in lists[out.on_list].sections
            ]
        excluded.append(tuple(tests))
    return ScopeTests(tuple(_test(one, index, protection) for one in scope.sections), tuple(excluded))


def _test(one: ListedSection, index: CatalogIndex, protection: str) -> ListedTest:
    if one.section == "*":
        return ListedTest(None, one)
    section = index.parse(one.section)
    if section is None:
        raise ValueError(f"{protection}: the section {one.section!r} cannot be read")
    return ListedTest(section, one)
