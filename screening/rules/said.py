"""The plain points said with a charge before its findings: how its section, class, mode, status and dates were read."""

from collections.abc import Iterator

from screening.case import Mode
from screening.conditions.compiled import is_range
from screening.law.offenses_model import ActorAge
from screening.law.words import Confidence
from screening.rules.standing import Matter

Point = dict[str, object]


def points_said(matter: Matter) -> tuple[Point, ...]:
    """Points as codes with what they need to be worded; words come from `screening.explanation`."""
    return (*_age_reached(matter), *_section(matter), *_taking_part(matter), *_dates_and_status(matter))


def _section(matter: Matter) -> Iterator[Point]:
    charge, offense = matter.charge, matter.offense
    if charge.section and not offense.matched:
        yield {"point": "unknown_class", "section": charge.section}
    if offense.matched and not offense.class_known:
        yield {"point": "class_not_established", "section": charge.section}
    if offense.former:
        yield {"point": "former_section", "section": charge.section, "now": offense.former}
    if offense.clash and offense.given_class:
        catalogued = sorted(item.value for option in offense.options for item in option.classes)
        yield {"point": "class_clash", "given": offense.given_class.value, "catalogued": catalogued}
    for option in offense.options:
        if option.entry and option.entry.repealed:
            yield {"point": "repealed", "section": option.entry.section, "on": str(option.entry.repealed)}


def _taking_part(matter: Matter) -> Iterator[Point]:
    if not matter.charge.mode_given:
        yield {"point": "mode_left_out"}
    if matter.charge.mode is not Mode.PRINCIPAL:
        yield from _liability(matter)


def _dates_and_status(matter: Matter) -> Iterator[Point]:
    if matter.charge.date is None:
        yield {"point": "no_offense_date"}
    if matter.clash:
        yield {"point": "status_stage_clash", "status": matter.status.value, "stage": matter.stage.value}


def _liability(matter: Matter) -> list[Point]:
    return [
        {
            "point": "liability",
            "mode": rule.mode.value,
            "section": rule.section,
            "says": rule.says,
            "same_section": rule.same_section,
        }
        for rule in matter.pack.index.catalog.liability
        if rule.mode is matter.charge.mode and rule.confidence is not Confidence.RECALL
    ]


def _age_reached(matter: Matter) -> Iterator[Point]:
    """The section's own age of the actor, where this person is or may be outside it (semantics 27)."""
    rules = [
        option.entry.reaches_actor
        for option in matter.offense.options
        if option.entry and option.entry.reaches_actor
    ]
    ages = matter.facts.get("age.offense")
    if not rules or len(rules) < len(matter.offense.options) or not is_range(ages):
        return
    shape = {"from": rules[0].from_, "under": rules[0].under, "citation": rules[0].citation}
    if all(_outside(rule, ages) for rule in rules):
        yield {"point": "does_not_reach_age", **shape}
    elif any(_maybe_outside(rule, ages) for rule in rules):
        yield {"point": "may_not_reach_age", **shape}


def _outside(rule: ActorAge, ages: tuple[int, int]) -> bool:
    return (rule.from_ is not None and ages[1] < rule.from_) or (
        rule.under is not None and ages[0] >= rule.under
    )


def _maybe_outside(rule: ActorAge, ages: tuple[int, int]) -> bool:
    return (rule.from_ is not None and ages[0] < rule.from_) or (
        rule.under is not None and ages[1] >= rule.under
    )
