"""In which order a reader meets the questions: topics, the sections of the questionnaire in each, and who sees them."""

from dataclasses import dataclass

from screening.questionnaire import Item, Questionnaire, Section

PROSECUTOR, OFFICER, ADVOCATE = "prosecutor", "officer", "advocate"
EVERY_READER = (PROSECUTOR, OFFICER, ADVOCATE)
WITH_FILE = (PROSECUTOR, ADVOCATE)


@dataclass(frozen=True, slots=True)
class Plan:
    """One topic: `sections` name a part and a section of the questionnaire; the rest of the page is drawn by `id`."""

    id: str
    title: str
    note: str
    sections: tuple[tuple[str, str], ...] = ()
    readers: tuple[str, ...] = EVERY_READER
    by_charge: bool = False


CHARGES = Plan(
    "charges",
    "Charges",
    "What the person is, or may be, accused of. Give the section, or its class where the section is not known.",
)
AGE = Plan("age", "Age", "A birth date, or the ages that are possible. Two sources may differ.")
DONE = Plan(
    "done",
    "What was done to the person",
    "First what other people did. Look, read and ask others; put no question to the young person here.",
    (("part1", "others"), ("part1", "exploitation"), ("prosecutor", "file_exploitation")),
)
CONTROL = Plan(
    "control",
    "Control by others",
    "What another person did to keep hold, from what was seen, records, devices or third parties.",
    (("part1", "control"), ("prosecutor", "file_control")),
)
STANDING = Plan(
    "standing",
    "What others have found",
    "Findings, papers and circumstances that a law may name.",
    (("part1", "standing"), ("prosecutor", "file_status"), ("trap", "roles")),
)
ACT = Plan(
    "act",
    "The act",
    "What the file shows about this act, one charge at a time. Silence in a file is not a no.",
    (("part1", "exploitation"), ("prosecutor", "act_facts"), ("prosecutor", "act_toward")),
    WITH_FILE,
    by_charge=True,
)
OTHER = Plan(
    "other",
    "What points the other way",
    "The same care for the other side. A finding that leaves this out will not stand.",
    (("prosecutor", "act_other_way"),),
    WITH_FILE,
    by_charge=True,
)
COURT = Plan(
    "court",
    "Court and history",
    "Asked only because one named law asks. None of it counts against the person elsewhere.",
    (("prosecutor", "file_forum"), ("prosecutor", "file_steps")),
    WITH_FILE,
    by_charge=True,
)
PERSON = Plan(
    "person",
    "Questions for the young person",
    "Closed unless one of five ways opens it. The findings do not wait for it.",
    (("part2", "them"), ("part2", "how"), ("part2", "fear"), ("part2", "body")),
)
NEEDS = Plan(
    "needs",
    "Needs and place",
    "What the person asks for, and where. Help never hangs on a case or on an answer.",
)
SAFETY = Plan(
    "safety",
    "Safety and wishes",
    "Safety first, then what the young person wants. It is shown to no officer and no prosecutor.",
    (("advocate", "safety"), ("advocate", "wishes"), ("advocate", "needs")),
    (ADVOCATE,),
)

ORDER = (CHARGES, AGE, DONE, CONTROL, STANDING, ACT, OTHER, COURT, PERSON, NEEDS)
ADVOCATE_ORDER = (SAFETY, NEEDS, CHARGES, AGE, DONE, CONTROL, STANDING, ACT, OTHER, COURT, PERSON)
AGE_ITEM = "age.disputed"
"""The one question of the questionnaire that stands with the birth date."""


def plans_for(reader: str) -> tuple[Plan, ...]:
    """The topics of a reader, in order."""
    return tuple(plan for plan in (ADVOCATE_ORDER if reader == ADVOCATE else ORDER) if reader in plan.readers)


def sections_of(
    plan: Plan, reader: str, questionnaire: Questionnaire
) -> tuple[tuple[Section, tuple[Item, ...]], ...]:
    """The sections of a topic, each with those of its items that this reader works with there."""
    if plan is AGE:
        return tuple((section, (item,)) for section, item in _all(questionnaire) if item.id == AGE_ITEM)
    parts = {part.part.value: part for part in questionnaire.parts}
    named = [
        (part, section)
        for part, name in plan.sections
        for section in parts[part].sections
        if section.id == name and (part == "part1" or reader != OFFICER or plan is PERSON)
    ]
    rows = [
        (section, tuple(item for item in section.items if _belongs(plan, item, part)))
        for part, section in named
    ]
    return tuple((section, items) for section, items in rows if items)


def _all(questionnaire: Questionnaire) -> tuple[tuple[Section, Item], ...]:
    return tuple(
        (section, item) for part in questionnaire.parts for section in part.sections for item in section.items
    )


def _belongs(plan: Plan, item: Item, part: str) -> bool:
    if item.id == AGE_ITEM:
        return False
    return item.per_charge == plan.by_charge if part == "part1" else True
