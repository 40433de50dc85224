"""The packed law and its offense catalogues for people to read, search and compare."""

from dataclasses import dataclass
from datetime import date

from screening.case import OffenseClass
from screening.case.model import Case, Charge, Person
from screening.conditions.nodes import to_json
from screening.dates import DateRange
from screening.explanation.terms import CLASSES, CONFIDENCE, MECHANISMS, listed, sentence
from screening.law.model import Protection
from screening.law.offenses_model import OffenseEntry
from screening.packs import Packs
from screening.result import screen
from screening.rules.prepared import PreparedPack, element_rows

FOUND = 20


def law_rows(packs: Packs) -> list[dict[str, object]]:
    """One row a jurisdiction: what is packed, when it was checked, and from which text."""
    return [
        {
            "jurisdiction": name,
            "name": pack.law.name,
            "version": pack.law.version,
            "digest": pack.digest,
            "checked": str(pack.law.checked),
            "text_as_of": pack.law.text_as_of,
            "protections": sum(not one.rule.is_hidden for one in pack.protections),
            "hidden": sum(one.rule.is_hidden for one in pack.protections),
            "offenses": len(pack.index.catalog.offenses),
        }
        for name, pack in packs.law.items()
    ]


@dataclass(frozen=True, slots=True)
class PackDescription:
    """One jurisdiction in full, without what nobody has confirmed."""

    pack: PreparedPack

    def to_dict(self) -> dict[str, object]:
        """Protections with elements and trees, duties, rules about statements, and what was not established."""
        law = self.pack.law
        return {
            "jurisdiction": law.jurisdiction,
            "name": law.name,
            "version": law.version,
            "digest": self.pack.digest,
            "checked": str(law.checked),
            "text_as_of": law.text_as_of,
            "protections": [
                protection_dict(one.rule) for one in self.pack.protections if not one.rule.is_hidden
            ],
            "hidden": sum(one.rule.is_hidden for one in self.pack.protections),
            "duties": [
                {
                    "id": duty.id,
                    "who": duty.who.value,
                    "says": duty.says,
                    "do": duty.do,
                    "within_hours": duty.within_hours,
                    "citation": duty.citation,
                    "confidence": duty.confidence.value,
                }
                for duty, _ in self.pack.duties
                if duty.confidence.value != "recall"
            ],
            "evidence_rules": [
                {
                    "citation": rule.citation,
                    "says": rule.says,
                    "scope": rule.scope,
                    "confidence": rule.confidence.value,
                }
                for rule, _ in self.pack.evidence_rules
                if rule.confidence.value != "recall"
            ],
            "searched_without_result": [
                {"goal": one.goal.value, "text_as_of": one.text_as_of, "what": one.what}
                for one in law.reach.searched_without_result
            ],
            "not_established": [
                {"goal": one.goal.value, "says": one.says, "classes": [item.value for item in one.classes]}
                for one in law.reach.not_established
            ],
            "open_questions": list(law.reach.open_questions),
        }

    def to_text(self) -> str:
        """The same for a terminal."""
        law = self.pack.law
        lines = [
            f"{law.name} ({law.jurisdiction}), version {law.version}, checked {law.checked}; {law.text_as_of}",
            "",
        ]
        for one in self.pack.protections:
            if not one.rule.is_hidden:
                lines += [*_protection_text(one.rule), ""]
        hidden = sum(one.rule.is_hidden for one in self.pack.protections)
        if hidden:
            lines.append(f"{hidden} entr{'y' if hidden == 1 else 'ies'} not confirmed and so hidden.")
        lines += [
            f"Not established for goal {gap.goal.value}: {gap.says}" for gap in law.reach.not_established
        ]
        lines += [f"Open: {text}" for text in law.reach.open_questions]
        return "\n".join(lines).rstrip()


def protection_dict(rule: Protection) -> dict[str, object]:
    """One protection with its elements, each with its words and its condition in JSON form."""
    return {
        "id": rule.id,
        "title": rule.title,
        "citation": rule.citation,
        "goals": [goal.value for goal in rule.goals],
        "mechanism": rule.mechanism.value,
        "bars": [step.value for step in rule.bars],
        "confidence": rule.confidence.value,
        "review": rule.review.status,
        "in_force_from": str(rule.period.start) if rule.period.start else None,
        "text_seen_from": str(rule.period.text_seen_from) if rule.period.text_seen_from else None,
        "in_force_to": str(rule.period.end) if rule.period.end else None,
        "elements": [
            {
                "name": row.name,
                "says": row.says,
                "kind": row.kind.value,
                "citation": row.citation,
                "condition": to_json(row.tree),
            }
            for row in element_rows(rule)
        ],
        "offenses": {
            "match": rule.scope.match.value,
            "classes": [item.value for item in rule.scope.classes],
            "sections": [part.section for part in rule.scope.sections],
            "excluded": [out.says for out in rule.scope.excluded],
        },
        "procedure": list(rule.procedure),
        "notes": list(rule.notes),
        "required_response": rule.required_response,
        "operative_words": rule.operative_words,
        "sources": [
            {"url": source.url, "version": source.version, "seen": source.seen.value}
            for source in rule.sources
        ],
    }


def period_words(rule: Protection) -> str:
    """When a text is in force, in words; an unknown start is said."""
    period = rule.period
    if period.start:
        start = f"in force from {period.start}"
    elif period.text_seen_from:
        start = f"start not known, the wording is shown from {period.text_seen_from}"
    else:
        start = "start not known"
    return f"{start}, to {period.end}" if period.end else start


def _protection_text(rule: Protection) -> list[str]:
    lines = [
        f"{rule.title} ({rule.citation})",
        f"  {MECHANISMS[rule.mechanism.value]}; {CONFIDENCE[rule.confidence.value]}; {period_words(rule)}",
    ]
    lines += [f"  - {row.name}: {sentence(row.says)}" for row in element_rows(rule)]
    sections = listed([part.section for part in rule.scope.sections])
    lines.append(f"  Offenses: {rule.scope.match.value}{f' ({sections})' if sections else ''}")
    lines += [f"  Not: {sentence(out.says)}" for out in rule.scope.excluded]
    lines += [f"  To be done: {step}" for step in rule.procedure]
    return lines


def entry_dict(entry: OffenseEntry) -> dict[str, object]:
    """One catalogue entry; an entry whose class was not confirmed says so."""
    return {
        "section": entry.section,
        "name": entry.name,
        "classes": [item.value for item in entry.classes],
        "classes_words": listed([CLASSES[item.value] for item in entry.classes])
        if entry.confidence.value != "recall"
        else "class not established",
        "class_established": entry.confidence.value != "recall",
        "grades": [
            {"grade": one.grade, "when": one.when, "confidence": one.confidence.value} for one in entry.grades
        ],
        "former": [
            {"section": old.section, "until": str(old.until) if old.until else None} for old in entry.former
        ],
        "repealed": str(entry.repealed) if entry.repealed else None,
        "confidence": entry.confidence.value,
    }


def offense_rows(pack: PreparedPack, text: str, *, most: int = FOUND) -> list[dict[str, object]]:
    """Catalogue entries for a section in any usual spelling, else those whose name or number holds every word of `text`."""
    index = pack.index
    section = index.parse(text) if any(sign.isdigit() for sign in text) else None
    exact = [entry for entry, _ in index.find(section)] if section else []
    words = [word for word in text.lower().replace("§", " ").split() if word]
    rest = [
        entry
        for entry in index.catalog.offenses
        if entry not in exact and words and all(word in _searched(entry) for word in words)
    ]
    return [entry_dict(entry) for entry in [*exact, *rest][:most]]


def _searched(entry: OffenseEntry) -> str:
    return " ".join(
        [entry.section, entry.name, *entry.also, *(CLASSES[item.value] for item in entry.classes)]
    ).lower()


COVERED = (
    OffenseClass.PROSTITUTION,
    OffenseClass.STATUS,
    OffenseClass.MISDEMEANOR,
    OffenseClass.NONVIOLENT_FELONY,
    OffenseClass.CSE,
    OffenseClass.SEX_TRAFFICKING,
    OffenseClass.VIOLENT_FELONY,
)


def coverage(packs: Packs, today: date, *, age: int = 15) -> list[dict[str, object]]:
    """By jurisdiction and class: the bounds for a person of `age` today with every assumable element taken as shown.

    The same call as any what-if (`assume`), one charge given by class alone for an act today.
    """
    born = today.replace(year=today.year - age, day=1)
    day = DateRange(today, today)
    assume = {"victim_status": True, "nexus": True, "conditions": True}
    rows: list[dict[str, object]] = []
    for name in packs.law:
        charges = tuple(
            Charge(one.value, name, offense_class=one, date=day, mode_given=True) for one in COVERED
        )
        result = screen(
            Case(as_of=today, person=Person(DateRange(born, born)), charges=charges, assume=assume), packs
        )
        rows += [
            {
                "jurisdiction": name,
                "class": one.id,
                "at_least": one.at_least.value,
                "at_most": one.at_most.value,
                "law_complete": one.law_complete,
            }
            for one in result.charges
        ]
    return rows


def describe_pack(pack: PreparedPack) -> PackDescription:
    """The description of one jurisdiction."""
    return PackDescription(pack)
