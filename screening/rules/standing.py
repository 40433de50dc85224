"""Where every protection of a pack stands for one charge on given facts: element truths, presumptions, verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from screening.case import Charge, Stage, Status
from screening.conditions import Facts, FactValue, Values
from screening.law.catalog import Offense
from screening.law.words import BAR_MECHANISMS, Confidence, ElementKind, Mechanism
from screening.rules.facts import Moments
from screening.rules.prepared import PreparedElement, PreparedPack, PreparedProtection
from screening.rules.results import GIVES, RANK, Result, Role
from screening.truth import Truth

ASSUMABLE = (ElementKind.VICTIM_STATUS, ElementKind.NEXUS, ElementKind.CONDITIONS)
TRUTHS = (Truth.NO, Truth.UNKNOWN, Truth.YES)
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


@dataclass(frozen=True, slots=True)
class ElementStanding:
    """The truth of one element; `presumed` and `assumed` say that it is not shown by a fact."""

    element: PreparedElement
    truth: Truth
    presumed: bool = False
    assumed: bool = False

    @property
    def word(self) -> str:
        """The word of the result format: yes, no, unknown or presumed."""
        return "presumed" if self.presumed else self.truth.word


@dataclass(frozen=True, slots=True)
class Standing:
    """One protection against one charge on given facts."""

    protection: PreparedProtection
    elements: tuple[ElementStanding, ...]
    verdict: Truth
    presumed: bool

    @property
    def rank(self) -> int:
        """The rank of the result that the protection gives once it applies."""
        return RANK[GIVES[self.protection.rule.mechanism]]

    @property
    def certain_rank(self) -> int:
        """The rank that is certain now: a bar on a presumed element is presumptive, and nothing is certain of an open one."""
        if self.verdict is not Truth.YES:
            return 0
        return (
            RANK[Result.PRESUMPTIVELY_BARRED]
            if self.presumed and self.rank == RANK[Result.BARRED]
            else self.rank
        )

    @property
    def possible_rank(self) -> int:
        """The rank that is still possible; zero for a protection that does not apply."""
        return 0 if self.verdict is Truth.NO else self.rank


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


def stand(
    matter: Matter, one: PreparedProtection, values: Values, facts: Mapping[str, FactValue]
) -> Standing:
    """The protection on the values of its conditions; `values` come from `matter.pack.evaluate(facts)`."""
    elements = tuple(_element(matter, element, one, values, facts) for element in one.elements)
    verdict = min((element.truth for element in elements), default=Truth.YES)
    presumed = verdict is Truth.YES and any(element.presumed for element in elements)
    return Standing(one, elements, verdict, presumed)


def _element(
    matter: Matter,
    element: PreparedElement,
    one: PreparedProtection,
    values: Values,
    facts: Mapping[str, FactValue],
) -> ElementStanding:
    if matter.assume and element.kind in ASSUMABLE and element.kind in matter.assume:
        return ElementStanding(element, Truth.YES if matter.assume[element.kind] else Truth.NO, assumed=True)
    truth = TRUTHS[values[element.top]]
    if truth is Truth.UNKNOWN and _is_presumed(matter, element, one, values, facts):
        return ElementStanding(element, Truth.YES, presumed=True)
    return _plain(element, truth)


@cache
def _plain(element: PreparedElement, truth: Truth) -> ElementStanding:
    """A standing that rests on facts alone: one object for each truth, whoever is screened."""
    return ElementStanding(element, truth)


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
        values[element.top] == Truth.YES or (element.row.presumed and values[element.top] == Truth.UNKNOWN)
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
        and facts.get("age.disputed") == Truth.YES
        and age.confidence is not Confidence.RECALL
    )
