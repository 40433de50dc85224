"""The flag: which observations of what was done to the person are recorded, in four states and with no score."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from screening.case import Answer, Case, Source
from screening.conditions import FactValue
from screening.dates import DateRange, age_range
from screening.questionnaire.groups import Group
from screening.questionnaire.model import Item, Questionnaire
from screening.questionnaire.responses import Clash, Evidence, FactBase
from screening.questionnaire.words import PartName
from screening.truth import UNKNOWN, YES, Truth, disjunction

ACCUSATION = "accusation"
"""The id of the observation that a charge itself makes about someone who may be under 18."""

_COMMERCIAL_SEX = "exploitation.commercial_sex"
_BEFORE_18 = "exploitation.before_18"


Known = Mapping[str, Sequence[Evidence]]


class FlagState(StrEnum):
    """What the recorded observations amount to; none of the four says that someone is not a victim."""

    INDICATORS_PRESENT = "indicators_present"
    POSSIBLE = "possible"
    NOT_ENOUGH_RECORDED = "not_enough_recorded"
    NONE_RECORDED = "none_recorded"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One observation and the responses it rests on. `disputed`: sources contradict each other on it, so it counts as
    possible. The accusation rests on a charge and has no responses."""

    id: str
    group: str
    label: str
    because: tuple[Evidence, ...] = ()
    disputed: bool = False

    def to_dict(self) -> dict[str, object]:
        """As in `flag.indicators[]`; responses as references, never as text."""
        refs = [
            {"item": one.item, "charge": one.charge, "source": one.source.value if one.source else None}
            for one in self.because
        ]
        return {
            "id": self.id,
            "group": self.group,
            "label": self.label,
            "disputed": self.disputed,
            "because": refs,
        }


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the Part 1 items behind the flag have a known answer, and how many there are."""

    known: int
    of: int


@dataclass(frozen=True, slots=True)
class Flag:
    """The state, the observations behind it, how much was looked at, and whether it rests on the accusation alone."""

    state: FlagState
    indicators: tuple[Indicator, ...]
    asked_share: Share
    rests_on_accusation: bool

    def to_dict(self) -> dict[str, object]:
        """As `flag` in `screening.v1`."""
        return {
            "state": self.state.value,
            "indicators": [one.to_dict() for one in self.indicators],
            "asked": {"known": self.asked_share.known, "of": self.asked_share.of},
            "rests_on_accusation": self.rests_on_accusation,
        }


def flag(
    case: Case, base: FactBase, questionnaire: Questionnaire, *, minor_prostitution_charge: bool = False
) -> Flag:
    """The flag for the reader for whom `base` was made. Unknown facts neither raise nor lower it.

    A child in a commercial sex act is a victim by federal definition (22 U.S.C. 7102), whoever profits; so a charge of
    prostitution against someone who may be under 18 (`minor_prostitution_charge`) is at least *possible*. Sources that
    contradict each other count as *possible*. A person's own no never counts: denial is no input, and neither are
    needs, referrals, cooperation, record, sex or gender, nor anything the person is said to have done.
    """
    rules = questionnaire.flag
    denied = frozenset(clash.fact for clash in base.clashes if _denied_only(clash, questionnaire))
    clashing = frozenset(clash.fact for clash in base.clashes) - denied
    evaluate, tops = questionnaire.flag_compiled
    values = evaluate(_facts(case, base, questionnaire, denied))
    truths = iter([values[top] for top in tops])
    reads = iter(questionnaire.flag_reads)
    known = _known(base)
    seen = [_seen(group, truths, reads, known, clashing) for group in rules.groups]
    found = tuple(indicator for one in seen for indicator in one.indicators)
    share = _share(case, known, questionnaire)
    groups = sum(one.present for one in seen)
    if any(one.strong for one in seen) or groups >= rules.two_groups.count:
        state = FlagState.INDICATORS_PRESENT
    elif found or minor_prostitution_charge:
        state = FlagState.POSSIBLE
    elif share.known * 100 < rules.minimum_share.percent * share.of:
        state = FlagState.NOT_ENOUGH_RECORDED
    else:
        state = FlagState.NONE_RECORDED
    accusation = Indicator(ACCUSATION, ACCUSATION, rules.accusation.label)
    indicators = (*found, accusation) if minor_prostitution_charge else found
    return Flag(state, indicators, share, rests_on_accusation=minor_prostitution_charge and not found)


@dataclass(frozen=True, slots=True)
class _Seen:
    """One group as recorded: its present or disputed indicators, whether one is sure, whether that is strong."""

    indicators: tuple[Indicator, ...]
    present: bool
    strong: bool


def _seen(
    group: Group,
    truths: Iterator[int],
    reads: Iterator[frozenset[str]],
    known: Known,
    clashing: frozenset[str],
) -> _Seen:
    found: list[Indicator] = []
    present = False
    for row in group.indicators:
        truth, facts = next(truths), next(reads)
        if truth == YES:
            present = True
            found.append(Indicator(row.id, group.id, row.label, _because(facts, known)))
        elif truth == UNKNOWN and not facts.isdisjoint(clashing):
            found.append(Indicator(row.id, group.id, row.label, _because(facts, known), disputed=True))
    strong = group.strong if group.strong_when is None else next(truths) == YES
    return _Seen(tuple(found), present, strong and present)


def _facts(
    case: Case, base: FactBase, questionnaire: Questionnaire, denied: frozenset[str]
) -> Mapping[str, FactValue]:
    """The facts about the person, those of any charge that indicators read, and what follows from birth or denial."""
    facts = dict(base.person)
    for item in questionnaire.flag_items:
        if item.per_charge and item.fact and base.charges:
            facts[item.fact] = disjunction(_truth(charge.get(item.fact)) for charge in base.charges.values())
    facts.update(dict.fromkeys(denied, YES))
    if facts.get(_BEFORE_18, UNKNOWN) == UNKNOWN and facts.get(_COMMERCIAL_SEX) == YES:
        facts[_BEFORE_18] = YES if _is_minor_today(case) else UNKNOWN
    return facts


def _is_minor_today(case: Case) -> bool:
    """True where every birth date that is possible makes the person under 18 on the day of screening."""
    if case.person.born is None:
        return False
    oldest = age_range(case.person.born, DateRange(case.as_of, case.as_of)).high
    return oldest is not None and oldest < 18


def _truth(value: FactValue | None) -> Truth:
    return Truth(value) if isinstance(value, int) else UNKNOWN


def _denied_only(clash: Clash, questionnaire: Questionnaire) -> bool:
    """True where yes is contradicted by nothing but the person's own no."""
    noes = [one for one in clash.evidence if one.value == Answer.NO]
    return bool(noes) and all(_is_own(one, questionnaire) for one in noes)


def _is_own(evidence: Evidence, questionnaire: Questionnaire) -> bool:
    return evidence.source is Source.OWN_STATEMENT or (
        questionnaire.items[evidence.item].part is PartName.PART2
    )


def _known(base: FactBase) -> Known:
    """The known responses by the fact they bear on."""
    known: dict[str, list[Evidence]] = {}
    for (fact, _), seen in base.evidence.items():
        for one in seen:
            if one.known:
                known.setdefault(fact, []).append(one)
    return known


def _because(facts: frozenset[str], known: Known) -> tuple[Evidence, ...]:
    if len(facts) == 1:
        return tuple(known.get(next(iter(facts)), ()))
    return tuple([one for fact in sorted(facts) for one in known.get(fact, ())])


def _share(case: Case, known: Known, questionnaire: Questionnaire) -> Share:
    """Part 1 items behind the flag, and those with a known answer that is not the person's own word."""
    asked = [item for item in questionnaire.flag_items if case.charges or not item.per_charge]
    return Share(sum(_is_looked_at(item, case, known) for item in asked), len(asked))


def _is_looked_at(item: Item, case: Case, known: Known) -> bool:
    """Known for the person, or for every charge where the item is about charges."""
    given = known.get(item.fact or "")
    if given is None:
        return False
    seen = {one.charge for one in given if one.item == item.id and one.source is not Source.OWN_STATEMENT}
    return seen.issuperset(charge.id for charge in case.charges) if item.per_charge else bool(seen)
