"""Wrong versions of the packed law, each one element away from the right one: what the golden examples have to notice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from screening.conditions import Open, walk
from screening.law.model import LawPack, Protection, Search
from screening.law.words import Confidence, Goal, Mechanism, Moment, Step, Who
from tests.law.condition_flips import of_tree
from tests.law.scope_flips import Done, changed, confirmed, of_scope, toggled

DAY = timedelta(days=1)
AFTER = ("adjudicated", "convicted")
BEFORE_CONVICTION = (Goal.PROSTITUTION, Goal.MINOR_OFFENSES, Goal.TRAFFICKING, Goal.VIOLENT)
NEXT = {
    Mechanism.EXCLUSION: Mechanism.IMMUNITY,
    Mechanism.IMMUNITY: Mechanism.MANDATORY_DIVERSION,
    Mechanism.MANDATORY_DIVERSION: Mechanism.DISCRETIONARY_DIVERSION,
    Mechanism.DISCRETIONARY_DIVERSION: Mechanism.AFFIRMATIVE_DEFENSE,
    Mechanism.AFFIRMATIVE_DEFENSE: Mechanism.MITIGATION,
    Mechanism.MITIGATION: Mechanism.VACATUR,
    Mechanism.VACATUR: Mechanism.EXCLUSION,
    Mechanism.PRESUMPTION: Mechanism.AFFIRMATIVE_DEFENSE,
}


@dataclass(frozen=True)
class Flip:
    """One wrong version: whose text, what was done to it, and the law of the jurisdiction with it inside."""

    of: str
    done: str
    law: LawPack

    @property
    def name(self) -> str:
        return f"{self.of}: {self.done}"


def flips(law: LawPack) -> Iterator[Flip]:
    """Every wrong version of one pack: its protections, duties, rules about statements, and what was searched."""
    for field, key, ways in (
        ("protections", "id", _of_protection),
        ("duties", "id", _of_duty),
        ("evidence_rules", "citation", _of_evidence),
    ):
        rows = getattr(law, field)
        for i, row in enumerate(rows):
            for done, wrong in ways(row):
                new = (*rows[:i], *([wrong] if wrong is not None else []), *rows[i + 1 :])
                yield Flip(getattr(row, key), done, changed(law, **{field: new}))
    for done, wrong in _of_reach(law):
        yield Flip(law.jurisdiction, done, wrong)


def _inside(model, field: str, ways: Iterator[Done], said: str = "") -> Iterator[Done]:
    """The wrong versions of a part as wrong versions of the whole."""
    yield from ((f"{said or field}: {done}", changed(model, **{field: wrong})) for done, wrong in ways)


def _of_protection(rule: Protection) -> Iterator[Done]:
    """An entry that is hidden bears on a result by its age, offenses and period alone, so only those are flipped."""
    if rule.age is not None:
        yield "age dropped", changed(rule, age=None)
        yield from _inside(rule, "age", _of_age(rule.age))
    yield from _inside(rule, "scope", of_scope(rule.scope))
    yield from _inside(rule, "period", _of_period(rule.period))
    yield from confirmed(rule)
    if not rule.is_hidden:
        yield from _of_mechanism(rule)
        yield from _of_elements(rule)


def _of_elements(rule: Protection) -> Iterator[Done]:
    for field in ("victim_status", "nexus"):
        part = getattr(rule, field)
        if part is not None:
            yield f"{field} dropped", changed(rule, **{field: None})
            yield from _inside(rule, field, _of_element(part))
    for i, part in enumerate(rule.elements):
        before, after = rule.elements[:i], rule.elements[i + 1 :]
        yield f"element {part.name!r} dropped", changed(rule, elements=(*before, *after))
        for done, wrong in _of_element(part):
            yield f"element {part.name!r}: {done}", changed(rule, elements=(*before, wrong, *after))


def _of_mechanism(rule: Protection) -> Iterator[Done]:
    yield f"mechanism {NEXT[rule.mechanism]}", changed(rule, mechanism=NEXT[rule.mechanism])
    other = "offense" if rule.tested_on == "screening" else "screening"
    yield f"tested on the day of {other}", changed(rule, tested_on=other)
    if rule.goals and not rule.is_bar:
        yield "no policy goal", changed(rule, goals=())
    if (
        rule.mechanism is not Mechanism.PRESUMPTION and not rule.is_route
    ):  # the others are lines without steps
        yield from _inside(rule, "bars", toggled(rule.bars, Step))
    if len(rule.relief_for) == 1:
        yield "relief for any disposition", changed(rule, relief_for=())
        yield from _inside(rule, "relief_for", toggled(rule.relief_for, AFTER, least=1))
    if rule.mechanism is Mechanism.MITIGATION and not rule.is_route:
        yield (
            "opens after conviction, or no longer",
            changed(rule, opens_after_conviction=not rule.opens_after_conviction),
        )


def _of_age(age) -> Iterator[Done]:
    for field, limit in (("under", age.under), ("from_", age.from_)):
        for moved in (limit - 1, limit + 1) if limit is not None else ():
            yield f"{field.strip('_')} {moved}", changed(age, **{field: moved})
        if age.under and age.from_:
            yield f"{field.strip('_')} dropped", changed(age, **{field: None})
    for moment in Moment:
        if moment is not age.at:
            yield f"measured at {moment}", changed(age, at=moment)
    yield from confirmed(age)


def _of_element(part) -> Iterator[Done]:
    yield from ((done, changed(part, test=test)) for done, test in of_tree(part.test))
    yield from confirmed(part)
    if part.presumed:
        yield "no longer presumed", changed(part, presumed=False)
    elif not any(isinstance(node, Open) for node in walk(part.test)):
        yield "presumed", changed(part, presumed=True)
    for done, names in toggled(part.presumed_by, part.presumed_by):
        yield f"presumed {done}", changed(part, presumed_by=names)


def _of_period(period) -> Iterator[Done]:
    for field in ("start", "text_seen_from", "end"):
        day = getattr(period, field)
        if day is None or (field == "text_seen_from" and period.start):
            continue
        yield f"{field} a day later", changed(period, **{field: day + DAY})
        yield f"{field} a day earlier", changed(period, **{field: day - DAY})
        yield f"{field} dropped", changed(period, **{field: None})
    if not period.start and period.text_seen_from:
        yield "start on the day the text was first seen", changed(period, start=period.text_seen_from)


def _of_duty(duty) -> Iterator[Done]:
    yield "dropped", None
    yield from confirmed(duty)
    if duty.confidence is Confidence.RECALL:
        return  # not shown
    yield from _inside(duty, "trigger", of_tree(duty.trigger))
    for hours in (duty.within_hours + 1, None) if duty.within_hours is not None else ():
        yield f"within {hours} hours", changed(duty, within_hours=hours)
    for who in Who:
        if who is not duty.who:
            yield f"owed by {who}", changed(duty, who=who)


def _of_evidence(rule) -> Iterator[Done]:
    yield "dropped", None
    yield from confirmed(rule)
    if rule.confidence is Confidence.RECALL:
        return  # not shown
    yield "gate or no gate", changed(rule, gate=not rule.gate)
    if rule.applies is not None:
        yield "whatever the facts", changed(rule, applies=None)
        yield from _inside(rule, "applies", of_tree(rule.applies))


def _of_reach(law: LawPack) -> Iterator[Done]:
    """Searched law taken for unsearched, and a gap for searched law: the two ways to a lost or a wrong *none found*."""
    reach = law.reach
    searched = (*reach.searched_without_result, *reach.without_protection)
    for goal in BEFORE_CONVICTION:
        gaps = [one for one in reach.not_established if one.goal is goal]
        rest = tuple(one for one in reach.not_established if one.goal is not goal)
        found = tuple(one for one in searched if one.goal is not goal)
        known = (*found, Search(goal=goal, text_as_of="never", what="nothing"))
        if not gaps and len(found) < len(searched):
            done = changed(reach, searched_without_result=found, without_protection=())
            yield f"{goal} taken for unsearched", changed(law, reach=done)
            continue
        done = changed(reach, not_established=rest, searched_without_result=known)
        yield f"{goal} taken for searched", changed(law, reach=done)
        for gap in gaps:
            for word, classes in toggled(gap.classes, gap.classes, least=1):
                less = changed(gap, classes=classes)
                done = changed(reach, not_established=(*rest, less), searched_without_result=known)
                yield f"{goal} taken for searched, {word}", changed(law, reach=done)
    if law.minority_presumed:
        yield "age in dispute not read as under 18", changed(law, minority_presumed=None)
