"""What one person sees of one screening: the table of `app.access` applied to what is kept, field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.access import BREAK_GLASS_OPENS, NAMED_ONLY, Data, OfficeKind, Sight, sight, viewer
from app.actions.responses import Given, is_own_statement
from app.actions.work import Actor
from app.store.grants import Grant, Reach
from app.store.screenings import Screening, State
from screening.questionnaire import Questionnaire
from screening.questionnaire.words import Viewer

LOCATION_ITEMS = ("safety.", "wish.no_contact")
"""Items, or their beginnings, whose answers tell where somebody is, or would lead there."""


@dataclass(frozen=True, slots=True)
class Share:
    """One grant: why the screening is within reach, and the kinds of content that it names (none named: the whole)."""

    reach: Reach
    fields: frozenset[str] = frozenset()

    def names(self, data: Data) -> bool:
        return data.value in self.fields

    def hands_over(self, data: Data) -> bool:
        """A screening of the own office is there whole; any other as far as the grant goes."""
        return self.reach is Reach.OWN or not self.fields or self.names(data)


@dataclass(frozen=True, slots=True)
class Eyes:
    """How one person looks at one screening: the column of the table, and what was handed to them."""

    viewer: Viewer | None
    shares: tuple[Share, ...]
    is_author: bool
    is_draft: bool
    is_own_compartment: bool
    limits: Mapping[str, object] = field(default_factory=dict)

    @property
    def reach(self) -> frozenset[Reach]:
        """Why this person reaches the screening."""
        return frozenset(one.reach for one in self.shares)

    def sees(self, data: Data, *, cleared: bool = False) -> bool:
        """Whether content of this kind is shown in full to this person."""
        if self.viewer is None:
            return False
        if self.is_own_compartment:
            return True
        if Reach.BREAK_GLASS in self.reach and data in BREAK_GLASS_OPENS:
            return True
        if not any(one.hands_over(data) for one in self.shares):
            return False
        named = any(one.names(data) for one in self.shares)
        open_to = {
            Sight.FULL: True,
            Sight.OWN: self.is_author,
            Sight.UNTIL_SUBMITTED: self.is_author and self.is_draft,
            Sight.IF_CLEARED: cleared,
            Sight.IF_RELEASED: named,
            Sight.WITH_CONSENT: named,
            Sight.IF_SHARED: named or data not in NAMED_ONLY,
            Sight.OWN_OFFICE: Reach.OWN in self.reach,
        }
        return open_to.get(self.sight(data), False)

    def sight(self, data: Data) -> Sight:
        """The cell of the table for this person, as far as their office leaves it."""
        return sight(data, self.viewer, self.limits) if self.viewer else Sight.NONE

    @property
    def sees_place(self) -> bool:
        """Where services are looked for: location, and what one has written oneself is no secret from oneself."""
        return self.sees(Data.LOCATION) or (self.is_author and Reach.OWN in self.reach)

    @property
    def sees_needs(self) -> bool:
        """Needs that tell of health: where health is seen, and by the office that stated them."""
        return self.sees(Data.HEALTH) or Reach.OWN in self.reach

    @property
    def reader(self) -> str:
        """For whom the rules are run: own statements count where this person sees them."""
        if self.is_own_compartment or self.sees(Data.OWN_STATEMENTS, cleared=False):
            return "officer" if self.viewer is Viewer.OFFICER else "advocate"
        return "officer" if self.viewer in (Viewer.OFFICER, Viewer.POLICE) else "prosecutor"

    @property
    def findings(self) -> Sight:
        """How much of the findings is shown: full, a summary, a certificate or none."""
        if self.viewer is None:
            return Sight.NONE
        if self.is_own_compartment:
            return Sight.FULL
        handed = any(one.hands_over(Data.FINDINGS) for one in self.shares)
        return self.sight(Data.FINDINGS) if handed else Sight.NONE

    @property
    def sees_flag(self) -> bool:
        """The flag is a finding; a certificate does not tell it."""
        return self.findings in (Sight.FULL, Sight.SUMMARY)


def eyes_of(
    actor: Actor,
    screening: Screening,
    state: State,
    grants: Iterable[Grant],
    limits: Mapping[str, object] | None = None,
) -> Eyes:
    """How this person looks at this screening by these grants, within the limits of their office."""
    shares = tuple(Share(Reach(one.reach), frozenset(one.fields)) for one in grants)
    is_author = screening.opened_by == actor.account_id
    own = any(one.reach is Reach.OWN for one in shares)
    column = viewer(actor.role, actor.kind, is_author=is_author)
    return Eyes(
        column,
        shares,
        is_author,
        state is State.DRAFT,
        own and column is Viewer.COMMUNITY_ADVOCATE and actor.kind is OfficeKind.COMMUNITY_ADVOCACY,
        limits or {},
    )


def visible(given: Iterable[Given], eyes: Eyes, questionnaire: Questionnaire) -> list[Given]:
    """The responses that this person sees."""
    return [one for one in given if _is_visible(one, eyes, questionnaire)]


def data_of(one: Given, questionnaire: Questionnaire) -> Data:
    """The kind of content that a response is. What the questionnaire keeps from the prosecutor counts as health."""
    if is_own_statement(one, questionnaire):
        return Data.OWN_STATEMENTS
    if one.row.item.startswith(LOCATION_ITEMS):
        return Data.LOCATION
    item = questionnaire.items.get(one.row.item)
    hidden = item is None or Viewer.PROSECUTOR not in item.visible_to
    return Data.HEALTH if hidden else Data.OBSERVATIONS


def _is_visible(one: Given, eyes: Eyes, questionnaire: Questionnaire) -> bool:
    if eyes.is_own_compartment:
        return True
    data = data_of(one, questionnaire)
    if data is Data.OBSERVATIONS and eyes.viewer not in questionnaire.items[one.row.item].visible_to:
        return False
    return eyes.sees(data, cleared=one.is_cleared)


def shown_screening(whole: dict[str, object], eyes: Eyes) -> dict[str, object] | None:
    """A `screening.v1` as far as it is shown: whole; as a summary without findings; or as a certificate."""
    if eyes.findings is Sight.CERTIFICATE:
        kept = ("screening", "as_of", "packs", "engine")
        charges = [
            {key: one[key] for key in ("id", "jurisdiction", "section")} for one in _dicts(whole["charges"])
        ]
        return {**{key: whole[key] for key in kept}, "certificate": True, "charges": charges}
    if not eyes.sees_flag:
        return None
    shown = whole if eyes.sees_needs else {**whole, **_without_health(whole)}
    if eyes.findings is Sight.SUMMARY:
        return {**shown, "charges": [_summary(one) for one in _dicts(shown["charges"])]}
    return shown


_REASONS = ("findings", "routes", "beside", "later_relief", "later_law", "open_law", "by_cases")


def _summary(charge: dict[str, object]) -> dict[str, object]:
    return {key: [] if key in _REASONS else value for key, value in charge.items()}


def _without_health(whole: dict[str, object]) -> dict[str, object]:
    """Needs, and what is offered for them, without those that tell of health."""
    needs = _dicts(whole["needs"])
    health = {one["code"] for one in needs if one["health"]}
    referrals = whole["referrals"]
    if not health or not isinstance(referrals, dict):
        return {}
    lists = {
        name: [one for one in value if not (isinstance(one, dict) and one.get("need") in health)]
        for name, value in referrals.items()
        if isinstance(value, list)
    }
    return {
        "needs": [one for one in needs if one["code"] not in health],
        "referrals": {**referrals, **lists},
    }


def _dicts(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
