"""The whole engine: a case and packs in, a screening out. Pure: the same case and packs give the same screening."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from screening.case import Case, Charge, OffenseClass
from screening.conditions import FactValue
from screening.indicators import Flag, flag
from screening.questionnaire.model import Questionnaire
from screening.questionnaire.responses import FactBase, facts_from
from screening.questionnaire.roles import RolePrompt, role_prompt
from screening.rules.asking import NextItem, next_items
from screening.rules.charge import charge_result, matters_of
from screening.rules.duties import duties_of
from screening.rules.elements import references_of
from screening.rules.facts import is_disputed, moments_of
from screening.rules.finding import ChargeResult, DutyFinding
from screening.rules.prepared import PreparedPack
from screening.rules.standing import Matter
from screening.rules.unpacked import unpacked_charge
from screening.truth import UNKNOWN, YES

FEDERAL = "US"


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of a case: flag, charges, duties and what to ask next; services and words are added outside."""

    flag: Flag
    charges: tuple[ChargeResult, ...]
    duties: tuple[DutyFinding, ...]
    next_items: tuple[NextItem, ...]
    facts: FactBase
    packs: tuple[PreparedPack, ...]
    unpacked: tuple[str, ...]
    matters: Mapping[str, Matter]
    role_prompt: RolePrompt


def judge(
    case: Case, law: Mapping[str, PreparedPack], questionnaire: Questionnaire, *, reader: str
) -> Judged:
    """Screens every charge against its own jurisdiction, with the other sovereign's law beside it (semantics 7).

    A jurisdiction without a pack is never an error: its charges are `law_not_established`. Charges never change each
    other's bounds (semantics 15).
    """
    base = facts_from(case, questionnaire, reader=reader)
    matters = matters_of(case, law, base)
    references = references_of(base.evidence)
    states = tuple(law[name] for name in _states(case) if name in law)
    judged = {
        charge.id: charge_result(matter, references, _beside(charge, law, states))
        for charge, matter in matters
    }
    charges = tuple(
        judged[charge.id] if charge.id in judged else unpacked_charge(charge) for charge in case.charges
    )
    used = _used(case, law)
    raised = flag(
        case, base, questionnaire, minor_prostitution_charge=any(_minor_sold(matter) for _, matter in matters)
    )
    duties = duties_of(used, _protective(case, matters, base), case.noticed)
    return Judged(
        raised,
        charges,
        duties,
        next_items(base, charges, questionnaire, reader=reader),
        base,
        used,
        tuple(
            dict.fromkeys(charge.jurisdiction for charge in case.charges if charge.jurisdiction not in law)
        ),
        {charge.id: matter for charge, matter in matters},
        role_prompt(case, base),
    )


def _beside(
    charge: Charge, law: Mapping[str, PreparedPack], states: tuple[PreparedPack, ...]
) -> tuple[PreparedPack, ...]:
    if charge.jurisdiction == FEDERAL:
        return states
    return (law[FEDERAL],) if charge.jurisdiction.startswith("US-") and FEDERAL in law else ()


def _states(case: Case) -> tuple[str, ...]:
    """The states that stand beside a federal charge: those of the other charges and of the place."""
    names = [charge.jurisdiction for charge in case.charges if charge.jurisdiction.startswith("US-")]
    if case.place and case.place.state:
        names.append(case.place.state)
    return tuple(dict.fromkeys(names))


def _used(case: Case, law: Mapping[str, PreparedPack]) -> tuple[PreparedPack, ...]:
    names = [charge.jurisdiction for charge in case.charges]
    if case.place and case.place.state:
        names.append(case.place.state)
    if any(name == FEDERAL or name.startswith("US-") for name in names):
        names.append(FEDERAL)
    return tuple(law[name] for name in dict.fromkeys(names) if name in law)


def _minor_sold(matter: Matter) -> bool:
    """A prostitution charge against someone who may be under 18 at the act (semantics 22)."""
    ages = matter.facts.get("age.offense")
    young = not (isinstance(ages, tuple) and isinstance(ages[0], int) and ages[0] >= 18)
    return young and OffenseClass.PROSTITUTION in matter.offense.topics


def _protective(
    case: Case, matters: Iterable[tuple[Charge, Matter]], base: FactBase
) -> Mapping[str, Mapping[str, FactValue]]:
    """Facts read protectively for duties: where two sources clash on a yes or no, yes (semantics 16)."""
    clashes: dict[str | None, list[str]] = {}
    for clash in base.clashes:
        clashes.setdefault(clash.charge, []).append(clash.fact)
    rows: dict[str, Mapping[str, FactValue]] = {}
    for charge, matter in matters:
        about = (*clashes.get(None, ()), *clashes.get(charge.id, ()))
        rows[charge.id] = _yes_where_unknown(matter.facts, about)
    if not rows:
        person = {
            **base.person,
            **(moments_of(case, None, disputed=is_disputed(base)).facts() or {}),
            "stage": frozenset({case.stage.value}),
            "charge.classes": (frozenset[str](), frozenset[str]()),
        }
        rows[""] = _yes_where_unknown(person, clashes.get(None, ()))
    return rows


def _yes_where_unknown(facts: Mapping[str, FactValue], about: Iterable[str]) -> Mapping[str, FactValue]:
    yes = {fact: YES for fact in about if facts.get(fact) == UNKNOWN}
    return {**facts, **yes} if yes else facts
