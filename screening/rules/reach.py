"""How far the law behind a charge is known: which policy goals cover it, and whether *none found* could ever be said."""

from screening.case import OffenseClass
from screening.law.catalog import SEVERITIES, Offense, Option
from screening.law.words import ElementKind, Goal, Mechanism
from screening.rules.standing import AFTER, Matter, Standing
from screening.truth import NO

TOPIC_GOALS: dict[OffenseClass, Goal] = {
    OffenseClass.PROSTITUTION: Goal.PROSTITUTION,
    OffenseClass.CSE: Goal.TRAFFICKING,
    OffenseClass.SEX_TRAFFICKING: Goal.TRAFFICKING,
}
SEVERITY_GOALS: dict[OffenseClass, Goal] = {
    OffenseClass.STATUS: Goal.MINOR_OFFENSES,
    OffenseClass.MISDEMEANOR: Goal.MINOR_OFFENSES,
    OffenseClass.NONVIOLENT_FELONY: Goal.MINOR_OFFENSES,
    OffenseClass.VIOLENT_FELONY: Goal.VIOLENT,
}
ALL_GOALS = frozenset({Goal.PROSTITUTION, Goal.MINOR_OFFENSES, Goal.TRAFFICKING, Goal.VIOLENT})
FIRM = (ElementKind.SCOPE, ElementKind.MODE, ElementKind.PERIOD, ElementKind.AGE)
"""Elements that can rule out an entry whose wording nobody confirmed; its victim, nexus and other tests cannot."""


def goals_of(offense: Offense) -> frozenset[Goal]:
    """The policy goals that cover a charge's class: by topic, else by severity; an unknown class could be under any."""
    return frozenset().union(*(_goals(option) for option in offense.options))


def _goals(option: Option) -> frozenset[Goal]:
    if not option.established:
        return ALL_GOALS
    topical = frozenset(TOPIC_GOALS[topic] for topic in option.topics if topic in TOPIC_GOALS)
    return topical or frozenset(SEVERITY_GOALS[one] for one in option.severities & SEVERITIES)


def is_complete(matter: Matter, hidden: list[Standing]) -> bool:
    """True only where *none found* is an honest answer (semantics 9): the text was searched for every goal of the class,
    nothing says that it was not established, and no hidden entry could reach the charge."""
    reach = matter.pack.law.reach
    searched = {one.goal for one in (*reach.searched_without_result, *reach.without_protection)}
    goals = goals_of(matter.offense)
    gaps = any(
        gap.goal in goals and (not gap.classes or matter.offense.is_in_classes(gap.classes) is not NO)
        for gap in reach.not_established
    )
    return goals <= searched and not gaps and not any(could_reach(matter, one) for one in hidden)


def could_reach(matter: Matter, hidden: Standing) -> bool:
    """Whether an unconfirmed entry might still matter here: its better-known elements do not rule it out."""
    rule = hidden.protection.rule
    after = rule.opens_after_conviction or rule.mechanism is Mechanism.VACATUR
    if rule.is_route or rule.mechanism is Mechanism.PRESUMPTION or (after and matter.status not in AFTER):
        return False
    return all(one.truth is not NO for one in hidden.elements if one.element.kind in FIRM)
