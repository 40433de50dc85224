"""The plain points said with a charge before its findings: how its section, class, mode, status and dates were read."""

from screening.case import Case, Mode
from screening.conditions.compiled import is_range
from screening.law.offenses_model import ActorAge
from screening.law.words import Confidence
from screening.rules.standing import AFTER, Matter


def points_said(case: Case, matter: Matter) -> tuple[dict[str, object], ...]:
    """Points as codes with what they need to be worded; words come from `screening.explanation`."""
    charge, offense = matter.charge, matter.offense
    points: list[dict[str, object]] = []
    reached = _age_reached(matter)
    if reached:
        points.append(reached)
    if charge.section and not offense.matched:
        points.append({"point": "unknown_class", "section": charge.section})
    if offense.matched and not offense.class_known:
        points.append({"point": "class_not_established", "section": charge.section})
    if offense.former:
        points.append({"point": "former_section", "section": charge.section, "now": offense.former})
    if offense.clash and offense.given_class:
        points.append({"point": "class_clash", "given": offense.given_class.value, "catalogued": sorted(item.value for option in offense.options for item in option.classes)})
    if not charge.mode_given:
        points.append({"point": "mode_left_out"})
    if charge.mode is not Mode.PRINCIPAL:
        points += _liability(matter)
    if charge.date is None:
        points.append({"point": "no_offense_date"})
    if charge.status_given and matter.stage.value in ("sentencing", "post_conviction") and matter.status not in AFTER:
        points.append({"point": "status_stage_clash", "status": matter.status.value, "stage": matter.stage.value})
    for option in offense.options:
        if option.entry and option.entry.repealed:
            points.append({"point": "repealed", "section": option.entry.section, "on": str(option.entry.repealed)})
    return tuple(points)


def _liability(matter: Matter) -> list[dict[str, object]]:
    return [
        {"point": "liability", "mode": rule.mode.value, "section": rule.section, "says": rule.says, "same_section": rule.same_section}
        for rule in matter.pack.index.catalog.liability
        if rule.mode is matter.charge.mode and rule.confidence is not Confidence.RECALL
    ]


def _age_reached(matter: Matter) -> dict[str, object] | None:
    """The section's own age of the actor, where this person is or may be outside it (semantics 27)."""
    rules = [option.entry.reaches_actor for option in matter.offense.options if option.entry and option.entry.reaches_actor]
    ages = matter.facts.get("age.offense")
    if not rules or len(rules) < len(matter.offense.options) or not is_range(ages):
        return None
    outside = [_outside(rule, ages) for rule in rules]
    if all(outside):
        return {"point": "does_not_reach_age", "from": rules[0].from_, "under": rules[0].under, "citation": rules[0].citation}
    if any(_maybe_outside(rule, ages) for rule in rules):
        return {"point": "may_not_reach_age", "from": rules[0].from_, "under": rules[0].under, "citation": rules[0].citation}
    return None


def _outside(rule: ActorAge, ages: tuple[int, int]) -> bool:
    return (rule.from_ is not None and ages[1] < rule.from_) or (rule.under is not None and ages[0] >= rule.under)


def _maybe_outside(rule: ActorAge, ages: tuple[int, int]) -> bool:
    return (rule.from_ is not None and ages[0] < rule.from_) or (rule.under is not None and ages[1] >= rule.under)
