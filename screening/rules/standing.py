"""Where every protection of a pack stands for one charge on given facts: element truths, presumptions, verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from types import MappingProxyType

from screening.case import Charge, Stage, Status
from screening.conditions import Facts, FactValue, Values
from screening.law.catalog import Offense
from screening.law.words import BAR_MECHANISMS, Confidence, ElementKind, Mechanism
from screening.rules.facts import Moments
from screening.rules.prepared import PreparedElement, PreparedPack, PreparedProtection
from screening.rules.results import GIVES, RANK, Result, Role
from screening.truth import NO, UNKNOWN, YES, Truth

ASSUMABLE = (ElementKind.VICTIM_STATUS, ElementKind.NEXUS, ElementKind.CONDITIONS)
AFTER = (Status.ADJUDICATED, Status.CONVICTED)


@dataclass(frozen=True, slots=True)
class Matter:
    """One charge before one pack: everything that the question fixes, and the facts known when it is asked."""

    pack: PreparedPack
    charge: Charge
    offense: Offense
    status: Status
    stage: Stage
    facts: Facts
    moments: Moments
    assume: Mapping[str, bool]
    roles: Mapping[str, Role]
    clash: bool = False


class How(IntEnum):
    """How an element stands: the three truths as facts show them, then presumed, and assumed either way."""

    NO = 0
    UNKNOWN = 1
    YES = 2
    PRESUMED = 3
    ASSUMED_NO = 4
    ASSUMED_YES = 5


_TRUTH_OF = (NO, UNKNOWN, YES, YES, NO, YES)
_WORD_OF = ("no", "unknown", "yes", "presumed", "no", "yes")


@dataclass(frozen=True, slots=True, eq=False)
class ElementStanding:
    """The truth of one element and its `word` in results; `presumed` and `assumed` say that it is not shown by a fact."""

    element: PreparedElement
    truth: Truth
    word: str
    presumed: bool
    assumed: bool


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """One protection against one charge on given facts.

    `rank` is that of the result which the protection gives once it applies (0 for a presumption, which gives none).
    `certain_rank` is certain now: a bar on a presumed element is presumptive, and nothing is certain of an open one.
    `possible_rank` is still possible; zero for a protection that does not apply.
    """

    protection: PreparedProtection
    elements: tuple[ElementStanding, ...]
    verdict: Truth
    presumed: bool
    assumed: bool
    rank: int
    certain_rank: int
    possible_rank: int


def role_of(one: PreparedProtection, status: Status, stage: Stage) -> Role:
    """In or beside the bounds (semantics 5 and 6): status gates law, stage only the use of mitigation after conviction."""
    rule = one.rule
    if rule.is_hidden:
        return Role.HIDDEN
    if rule.mechanism is Mechanism.PRESUMPTION:
        return Role.PRESUMPTION
    if rule.is_route:
        return Role.ROUTE
    if rule.mechanism in BAR_MECHANISMS:
        return Role.BOUNDS
    after = rule.mechanism is Mechanism.VACATUR or rule.opens_after_conviction
    if status not in AFTER:
        return Role.LATER_RELIEF if after else Role.BOUNDS
    if rule.mechanism is Mechanism.VACATUR:
        return Role.BOUNDS if not rule.relief_for or status.value in rule.relief_for else Role.OUT
    if rule.mechanism is Mechanism.MITIGATION:
        return (
            Role.BOUNDS
            if stage is not Stage.POST_CONVICTION or rule.opens_after_conviction
            else Role.WAS_AVAILABLE
        )
    return Role.WAS_AVAILABLE


@lru_cache(maxsize=500)
def roles_in(pack: PreparedPack, status: Status, stage: Stage) -> Mapping[str, Role]:
    """The role of every protection of a pack, by its id."""
    return MappingProxyType({one.rule.id: role_of(one, status, stage) for one in pack.protections})


def stand(
    matter: Matter, one: PreparedProtection, values: Values, facts: Mapping[str, FactValue]
) -> Standing:
    """The protection on the values of its conditions; `values` come from `matter.pack.evaluate(facts)`."""
    hows = one.truths(values)
    if matter.assume or (one.may_be_presumed and UNKNOWN in hows):
        hows = tuple([_how(matter, element, one, values, facts) for element in one.elements])
    return _standing(one, hows)


@lru_cache(maxsize=20_000)
def _standing(one: PreparedProtection, hows: tuple[int, ...]) -> Standing:
    """One object for each pattern of truths, whoever is screened: it knows nothing of a person or a case."""
    elements = tuple(_element(element, how) for element, how in zip(one.elements, hows, strict=True))
    verdict = min((element.truth for element in elements), default=YES)
    presumed = verdict is YES and any(element.presumed for element in elements)
    gives = GIVES.get(one.rule.mechanism)
    rank = RANK[gives] if gives else 0
    certain = RANK[Result.PRESUMPTIVELY_BARRED] if presumed and gives is Result.BARRED else rank
    return Standing(
        one,
        elements,
        verdict,
        presumed,
        any(element.assumed for element in elements),
        rank,
        certain_rank=certain if verdict is YES else 0,
        possible_rank=0 if verdict is NO else rank,
    )


@lru_cache(maxsize=20_000)
def _element(element: PreparedElement, how: int) -> ElementStanding:
    return ElementStanding(
        element,
        _TRUTH_OF[how],
        _WORD_OF[how],
        presumed=how == How.PRESUMED,
        assumed=how in (How.ASSUMED_NO, How.ASSUMED_YES),
    )


def _how(
    matter: Matter,
    element: PreparedElement,
    one: PreparedProtection,
    values: Values,
    facts: Mapping[str, FactValue],
) -> int:
    if element.kind in ASSUMABLE and element.kind in matter.assume:
        return How.ASSUMED_YES if matter.assume[element.kind] else How.ASSUMED_NO
    truth = values[element.top]
    return How.PRESUMED if truth == UNKNOWN and _is_presumed(matter, element, one, values, facts) else truth


def _is_presumed(
    matter: Matter,
    element: PreparedElement,
    one: PreparedProtection,
    values: Values,
    facts: Mapping[str, FactValue],
) -> bool:
    if element.row.presumed:
        return True
    if element.kind is ElementKind.AGE:
        return _minority_presumed(matter, one, facts)
    return any(_holds(matter.pack.by_id[name], values) for name in element.row.presumed_by)


def _holds(presumption: PreparedProtection, values: Values) -> bool:
    """Whether a presumption stands: its elements are shown, and nothing shows that it was lost."""
    return not presumption.rule.is_hidden and all(
        values[element.top] == YES or (element.row.presumed and values[element.top] == UNKNOWN)
        for element in presumption.elements
    )


def _minority_presumed(matter: Matter, one: PreparedProtection, facts: Mapping[str, FactValue]) -> bool:
    """Age in dispute is read as under 18 where the law says so (semantics 14); it never presumes anyone older."""
    presumption, age = matter.pack.law.minority_presumed, one.rule.age
    if (
        presumption is None
        or presumption.confidence is Confidence.RECALL
        or age is None
        or age.from_ is not None
    ):
        return False
    return (
        age.under is not None
        and age.under >= 18
        and facts.get("age.disputed") == YES
        and age.confidence is not Confidence.RECALL
    )
