"""One jurisdiction as it goes into a bundle: element trees, scope tests with parsed sections, catalogue, duties, reach."""

from screening.conditions import to_json
from screening.law.model import Duty, EvidenceRule, Exclusion, Protection, Scope
from screening.law.offenses_model import OffenseEntry
from screening.law.sections import Section
from screening.law.words import Confidence
from screening.rules.prepared import ListedTest, PreparedElement, PreparedPack, PreparedProtection

Part = dict[str, object]


def law_part(pack: PreparedPack) -> Part:
    """The prepared law of one jurisdiction; reach and notes on the text are kept for what is said of them."""
    law = pack.law
    presumed = law.minority_presumed
    return {
        "jurisdiction": law.jurisdiction,
        "name": law.name,
        "version": law.version,
        "digest": pack.digest,
        "checked": str(law.checked),
        "text_as_of": law.text_as_of,
        "minority_presumed": presumed is not None and presumed.confidence is not Confidence.RECALL,
        "reach": {
            "searched": sorted(
                {
                    one.goal.value
                    for one in (*law.reach.searched_without_result, *law.reach.without_protection)
                }
            ),
            "not_established": [
                {"goal": gap.goal.value, "says": gap.says, "classes": [one.value for one in gap.classes]}
                for gap in law.reach.not_established
            ],
            "open_questions": list(law.reach.open_questions),
            "pending": list(law.reach.pending),
        },
        "protections": [_protection(one) for one in pack.protections],
        "duties": [_duty(duty) for duty, _ in pack.duties if duty.confidence is not Confidence.RECALL],
        "evidence_rules": [
            _evidence_rule(rule)
            for rule, _ in pack.evidence_rules
            if rule.confidence is not Confidence.RECALL
        ],
        "collateral": list(law.collateral),
        "catalog": _catalog(pack),
    }


def _protection(one: PreparedProtection) -> Part:
    rule = one.rule
    shape: Part = {
        "id": rule.id,
        "mechanism": rule.mechanism.value,
        "hidden": rule.is_hidden,
        "route": rule.is_route,
        "age": {"under": rule.age.under, "from": rule.age.from_, "confidence": rule.age.confidence.value}
        if rule.age
        else None,
        "scope": _scope(rule.scope, one),
        "relief_for": list(rule.relief_for),
        "opens_after_conviction": rule.opens_after_conviction,
        "elements": [_element(part, hidden=rule.is_hidden) for part in one.elements],
    }
    return shape if rule.is_hidden else {**shape, **_words(rule)}


def _words(rule: Protection) -> Part:
    """What is shown of a protection that may be shown."""
    burden = rule.burden
    return {
        "title": rule.title,
        "citation": rule.citation,
        "confidence": rule.confidence.value,
        "bars": [step.value for step in rule.bars],
        "in_force_from": str(rule.period.start) if rule.period.start else None,
        "procedure": list(rule.procedure),
        "notes": list(rule.notes),
        "burden": {
            "says": burden.says,
            "raises": burden.raises,
            "persuades": burden.persuades,
            "standard": burden.standard,
        }
        if burden
        else None,
        "required_response": rule.required_response,
        "sources": [source.url for source in rule.sources],
        "review": rule.review.status,
    }


def _element(part: PreparedElement, *, hidden: bool) -> Part:
    row = part.row
    return {
        "name": row.name,
        "kind": row.kind.value,
        "says": "" if hidden else row.says,
        "citation": "" if hidden else row.citation,
        "tree": to_json(row.tree),
        "presumed_by": list(row.presumed_by),
        "presumed": row.presumed,
    }


def _scope(scope: Scope, one: PreparedProtection) -> Part:
    return {
        "match": scope.match.value,
        "classes": [item.value for item in scope.classes],
        "modes": {mode.value: covers.value for mode, covers in scope.modes.items()},
        "listed": [_test(test) for test in one.tests.listed],
        "excluded": [
            _exclusion(out, tests) for out, tests in zip(scope.excluded, one.tests.excluded, strict=True)
        ],
    }


def _exclusion(out: Exclusion, tests: tuple[ListedTest, ...]) -> Part:
    return {
        "modes": [mode.value for mode in out.modes],
        "every_offense": out.every_offense,
        "classes": [item.value for item in out.classes],
        "violent": out.violent,
        "could_hold": [item.value for item in out.could_hold],
        "tests": [_test(test) for test in tests],
    }


def _test(test: ListedTest) -> Part:
    return {"section": section_part(test.section), "grades": list(test.rule.grades)}


def section_part(section: Section | None) -> Part | None:
    """A section as parsed, None for any section."""
    if section is None:
        return None
    return {
        "code": section.code,
        "number": section.number,
        "subs": list(section.subs),
        "named": section.named,
    }


def _duty(duty: Duty) -> Part:
    return {
        "id": duty.id,
        "who": duty.who.value,
        "says": duty.says,
        "do": duty.do,
        "within_hours": duty.within_hours,
        "citation": duty.citation,
        "confidence": duty.confidence.value,
        "trigger": to_json(duty.trigger),
    }


def _evidence_rule(rule: EvidenceRule) -> Part:
    return {
        "citation": rule.citation,
        "says": rule.says,
        "scope": rule.scope,
        "confidence": rule.confidence.value,
        "gate": rule.gate,
        "applies": to_json(rule.applies) if rule.applies is not None else None,
    }


def _catalog(pack: PreparedPack) -> Part:
    index = pack.index
    place = {id(entry): i for i, entry in enumerate(index.catalog.offenses)}
    return {
        "default_code": index.default_code,
        "main_words": list(index.main_words),
        "codes": [{"key": code.key, "says": list(code.says)} for code in index.catalog.codes],
        "offenses": [_offense(entry, pack) for entry in index.catalog.offenses],
        "rows": [
            {"section": section_part(section), "offense": place[id(entry)], "former": former}
            for section, entry, former in index.entries
        ],
        "liability": [
            {
                "mode": rule.mode.value,
                "section": rule.section,
                "says": rule.says,
                "same_section": rule.same_section,
            }
            for rule in index.catalog.liability
            if rule.confidence is not Confidence.RECALL
        ],
    }


def _offense(entry: OffenseEntry, pack: PreparedPack) -> Part:
    reaches = entry.reaches_actor
    return {
        "section": entry.section,
        "name": entry.name,
        "also": list(entry.also),
        "classes": [item.value for item in entry.classes],
        "grades": [
            {
                "grade": one.grade,
                "severity": one.severity.value if one.severity else None,
                "confidence": one.confidence.value,
            }
            for one in entry.grades
        ],
        "violent": entry.violent.value,
        "former": [
            {
                "section": section_part(pack.index.parse(old.section)),
                "until": str(old.until) if old.until else None,
            }
            for old in entry.former
        ],
        "includes": [mode.value for mode in entry.includes],
        "reaches_actor": {"from": reaches.from_, "under": reaches.under, "citation": reaches.citation}
        if reaches
        else None,
        "repealed": str(entry.repealed) if entry.repealed else None,
        "confidence": entry.confidence.value,
    }
