"""A reminder to look first at what was done to the person, where a file alleges a role victims are often put into."""

from collections.abc import Iterable
from dataclasses import dataclass

from screening.case import Answer, Case, Source
from screening.questionnaire.responses import FactBase
from screening.truth import Truth, disjunction

_RECRUITS = "trap.recruits"
_ADMINISTERS = "trap.administers"


@dataclass(frozen=True, slots=True)
class RolePrompt:
    """Four facts of the T.R.A.P. typology, used as a prompt and never as a type, a finding or an indicator.

    `look_first` is True where the file alleges recruiting or errands while it is not settled whether another sold the
    person or the person was sold: then nothing should be decided before that is looked into.
    """

    has_trafficker: Truth
    recruits: Truth
    administers: Truth
    own_commercial_sex: Truth
    look_first: bool


def role_prompt(case: Case, base: FactBase) -> RolePrompt:
    """The prompt for one case; the first and last fact come from what is recorded about others' acts, both may be
    unknown. The typology comes from a study of 399 female federal defendants, of whom more than half were sold too."""
    trafficker = disjunction(_fact(base, name) for name in ("exploitation.third_party", "exploiter.known"))
    own = _fact(base, "exploitation.commercial_sex")
    recruits, administers = _alleged(case, _RECRUITS), _alleged(case, _ADMINISTERS)
    alleged = Truth.YES in (recruits, administers)
    return RolePrompt(trafficker, recruits, administers, own, alleged and Truth.UNKNOWN in (trafficker, own))


def _fact(base: FactBase, name: str) -> Truth:
    value = base.person.get(name, Truth.UNKNOWN)
    return Truth(value) if isinstance(value, int) else Truth.UNKNOWN


def _alleged(case: Case, item: str) -> Truth:
    """What the file alleges; the person's own words never count as an allegation until they are cleared."""
    given = case.responses.get(item, ())
    return _one_answer(one.value for one in given if one.source is not Source.OWN_STATEMENT or one.cleared)


def _one_answer(values: Iterable[object]) -> Truth:
    said = set(values)
    if Answer.YES in said:
        return Truth.YES
    return Truth.NO if said == {Answer.NO} else Truth.UNKNOWN
