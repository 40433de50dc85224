"""The questions as a page shows them: what was answered, what still matters and why, and what is kept out of sight."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.web.fields import PERSON, Entry, Form, item_anchor
from app.web.plan import AGE, CHARGES, NEEDS, Plan, plans_for, sections_of
from app.web.plan import PERSON as TALK
from screening import Packs, Screening
from screening.explanation.page import OTHER_ANSWERS
from screening.questionnaire import Item, PartName
from screening.questionnaire.words import Serves

MARKED = 5
"""How many questions are marked as settling most."""

KNOWN = {"yes", "no"}
Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Source:
    """What one source says to a question: `name` begins the names of its fields."""

    name: str
    keys: Mapping[str, tuple[str, ...]]

    def one(self, key: str) -> str:
        """The value of one of its fields."""
        return self.keys.get(key, ("",))[0]

    def has(self, value: str) -> bool:
        """True where this is (among) what the source says."""
        return value in self.keys.get("v", ())


@dataclass(frozen=True, slots=True)
class Question:
    """One item for the person or for one charge. `state`: settles (a result), flag (the first line only), record
    (kept, changes no result), answered, or back (can change nothing now)."""

    item: Item
    anchor: str
    sources: tuple[Source, ...]
    state: str
    settles_most: bool
    answered: bool

    @property
    def opened(self) -> bool:
        """True where the chosen answer stands a step back, so that it is seen."""
        return any(source.one("v") in OTHER_ANSWERS for source in self.sources)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one section; those that can change nothing stand apart, and stay within reach."""

    title: str
    note: str | None
    front: tuple[Question, ...]
    back: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic with its groups and counts."""

    plan: Plan
    groups: tuple[Group, ...] = ()
    answered: int = 0
    total: int = 0
    matter: int = 0
    standing: str = ""
    """How a topic without questions stands, in a word."""


class Openness:
    """What each question can still change, drawn from a screening; without one, everything counts as open."""

    def __init__(self, form: Form, packs: Packs, screening: Screening | None) -> None:
        self._packs = packs
        self._screening = screening
        self._ids = {number: form.charge_id(number) for number in form.started}
        self._answered = {
            (item, charge) for (item, charge, _), keys in form.entries.items() if _is_known(keys)
        }
        self.weights: dict[Key, float] = {}
        for one in screening.next_items if screening else ():
            key = (one.item, one.charge)
            self.weights[key] = self.weights.get(key, 0.0) + one.settles
        ranked = [
            key
            for key in sorted(self.weights, key=lambda key: -self.weights[key])
            if key[0] in packs.questionnaire.items
        ]
        own_words = {item.id for item in packs.questionnaire.part(PartName.PART2).items}
        self.most = frozenset([key for key in ranked if key[0] not in own_words][:MARKED])
        self._flag_open = screening is None or screening.judged.flag.state.value != "indicators_present"
        self._closed = self._closed_items()

    def key(self, item: Item, number: str) -> Key:
        """How the engine names this question."""
        return item.id, (self._ids.get(number) if item.per_charge else None)

    def is_answered(self, item: Item, number: str) -> bool:
        """True where a source says more than *not known* and the like."""
        return (item.id, number) in self._answered

    def state(self, item: Item, number: str) -> str:
        """The state of one question, see `Question`."""
        if self.is_answered(item, number):
            return "answered"
        if self._screening is None or self.key(item, number) in self.weights:
            return "settles"
        if self.key(item, number) in self._closed:
            return "back"
        if self._flag_open and Serves.FLAG in item.serves and item.part is PartName.PART1:
            return "flag"
        return "record" if item.fact is None else "back"

    def _closed_items(self) -> frozenset[Key]:
        if self._screening is None:
            return frozenset()
        facts, closed = self._screening.judged.facts, self._packs.questionnaire.closed
        found: set[Key] = {(item, None) for item in closed(facts.person)}
        for charge in self._ids.values():
            found |= {(item, charge) for item in closed(facts.for_charge(charge))}
        return frozenset(found)


def _is_known(keys: Mapping[str, tuple[str, ...]]) -> bool:
    if set(keys) & {"ex", "lo", "hi"}:
        return True
    return any(
        value not in {"not_known", "not_asked", "declined", "not_applicable"} for value in keys.get("v", ())
    )


def topics_for(
    form: Form, packs: Packs, reader: str, openness: Openness, *, talk_open: bool
) -> tuple[Topic, ...]:
    """The topics of a reader with their questions; Part 2 has none while its gate is closed."""
    act = shown_charge(form)
    by_item: dict[tuple[str, str], list[int]] = {}
    for item, charge, source in form.entries:
        by_item.setdefault((item, charge), []).append(source)
    found = []
    for plan in plans_for(reader):
        if plan is TALK and not talk_open:
            found.append(Topic(plan, standing="closed"))
            continue
        groups = tuple(
            _group(
                "" if plan.by_charge and plan.sections[0] == ("part1", section.id) else section.title,
                section.note,
                [
                    _question(item, act, form, by_item, openness)
                    for item in items
                    if act or not item.per_charge
                ],
            )
            for section, items in sections_of(plan, reader, packs.questionnaire)
        )
        found.append(
            _counted(plan, tuple(group for group in groups if group.front or group.back), form, openness)
        )
    return tuple(found)


def _counted(plan: Plan, groups: tuple[Group, ...], form: Form, openness: Openness) -> Topic:
    every = [one for group in groups for one in (*group.front, *group.back)]
    if plan is CHARGES:
        return Topic(plan, groups, standing=str(len(form.started)))
    if plan is AGE:
        return Topic(plan, groups, standing=_age_standing(form, openness))
    if plan is NEEDS:
        return Topic(plan, groups, standing=str(len(form.many("need")) or ""))
    if not every:
        return Topic(plan, groups)
    matter = sum(one.state in ("settles", "flag") for one in every)
    return Topic(plan, groups, sum(one.answered for one in every), len(every), matter)


def _age_standing(form: Form, openness: Openness) -> str:
    if ("person.born", None) in openness.weights:
        return "can settle"
    return "given" if form.one("age") in ("born", "between", "about") else "not known"


def _group(title: str, note: str | None, questions: list[Question]) -> Group:
    front = tuple(one for one in questions if one.state != "back")
    return Group(title, note, front, tuple(one for one in questions if one.state == "back"))


def _question(
    item: Item, act: str | None, form: Form, by_item: Mapping[tuple[str, str], list[int]], openness: Openness
) -> Question:
    number = (act or PERSON) if item.per_charge else PERSON
    given = sorted(by_item.get((item.id, number), [])) or [0]
    if form.one("do") == f"source:{item.id}:{number}":
        given.append(given[-1] + 1)
    sources = tuple(
        Source(
            f"r.{item.id}.{number}.{n}",
            form.entries.get((item.id, number, n)) or _source_alone(form, item.id, number, n),
        )
        for n in given
    )
    most = openness.key(item, number) in openness.most
    return Question(
        item,
        item_anchor(item.id, number),
        sources,
        openness.state(item, number),
        most,
        openness.is_answered(item, number),
    )


def _source_alone(form: Form, item: str, number: str, source: int) -> Mapping[str, tuple[str, ...]]:
    given = form.many(f"r.{item}.{number}.{source}.src")
    return {"src": given} if given else {}


def shown_charge(form: Form) -> str | None:
    """The number of the charge whose act is shown."""
    chosen = form.one("act", form.one("act_now"))
    started = form.started
    return chosen if chosen in started else (started[0] if started else None)


def carried(form: Form, topics: tuple[Topic, ...]) -> tuple[tuple[str, str], ...]:
    """The fields of answers that this view does not show; they travel on unseen, so that nothing is lost."""
    shown: set[Entry] = set()
    for question in (
        one for topic in topics for group in topic.groups for one in (*group.front, *group.back)
    ):
        for source in question.sources:
            shown.add(_entry(source.name))
    return tuple(_carried(form, shown))


def _entry(name: str) -> Entry:
    item, charge, source = name.removeprefix("r.").rsplit(".", 2)
    return item, charge, int(source)


def _carried(form: Form, shown: set[Entry]) -> Iterator[tuple[str, str]]:
    for entry, keys in form.entries.items():
        if entry not in shown:
            item, charge, source = entry
            yield from (
                (f"r.{item}.{charge}.{source}.{key}", value)
                for key, values in keys.items()
                for value in values
            )


def changes_left(topics: tuple[Topic, ...], openness: Openness) -> tuple[int, int]:
    """How many questions can still change a result, over all charges, and how many only the flag."""
    asked = {key for key in openness.weights if not key[0].startswith("told.")}
    flag = sum(one.state == "flag" for topic in topics for group in topic.groups for one in group.front)
    return len(asked), flag
