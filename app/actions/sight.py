"""What one person sees of one screening: the table of `app.access` applied to what is kept, field by field."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.access import SEES, Data, OfficeKind, Role, Sight, viewer
from app.actions.responses import Given
from app.actions.work import Actor
from app.store.grants import Grant, Reach
from app.store.screenings import Screening, State
from screening.questionnaire import Questionnaire
from screening.questionnaire.words import Viewer

_CROSSED = frozenset({Reach.SUBMITTED, Reach.NEED_TO_KNOW, Reach.DISCLOSED, Reach.FILED, Reach.BREAK_GLASS})


@dataclass(frozen=True, slots=True)
class Eyes:
    """How one person looks at one screening: the column of the table, and what was released to them by name."""

    viewer: Viewer | None
    reach: frozenset[Reach]
    fields: frozenset[str]
    is_author: bool
    is_draft: bool
    is_own_compartment: bool
    supervises: bool

    def sees(self, data: Data, *, cleared: bool = False) -> bool:
        """Whether content of this kind is shown in full to this person."""
        if self.viewer is None:
            return False
        if self.is_own_compartment:
            return True
        open_to = {
            Sight.FULL: True,
            Sight.OWN: self.is_author,
            Sight.UNTIL_SUBMITTED: self.is_author and self.is_draft,
            Sight.IF_CLEARED: cleared,
            Sight.IF_RELEASED: data.value in self.fields,
            Sight.WITH_CONSENT: data.value in self.fields,
            Sight.IF_SHARED: self._was_shared(data),
            Sight.OWN_OFFICE: Reach.OWN in self.reach,
        }
        return open_to.get(SEES[data][self.viewer], False)

    def _was_shared(self, data: Data) -> bool:
        """What was handed over names its fields, or is handed over whole; a supervisor shares their own office's."""
        if self.supervises and Reach.OWN in self.reach:
            return data is not Data.OWN_STATEMENTS
        return bool(_CROSSED & self.reach) and (not self.fields or data.value in self.fields)

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
        sight = SEES[Data.FINDINGS][self.viewer]
        if self.viewer is Viewer.COMMUNITY_ADVOCATE and Data.FINDINGS.value not in self.fields:
            return Sight.NONE
        return sight


def eyes_of(actor: Actor, screening: Screening, state: State, grants: Iterable[Grant]) -> Eyes:
    """How this person looks at this screening by these grants."""
    held = tuple(grants)
    is_author = screening.opened_by == actor.account_id
    own = any(Reach(one.reach) is Reach.OWN for one in held)
    return Eyes(
        viewer(actor.role, actor.kind, is_author=is_author),
        frozenset(Reach(one.reach) for one in held),
        frozenset(field for one in held for field in one.fields),
        is_author,
        state is State.DRAFT,
        own and actor.kind is OfficeKind.COMMUNITY_ADVOCACY,
        actor.role is Role.SUPERVISOR,
    )


def visible(given: Iterable[Given], eyes: Eyes, questionnaire: Questionnaire) -> list[Given]:
    """The responses that this person sees."""
    return [one for one in given if _is_visible(one, eyes, questionnaire)]


def _is_visible(one: Given, eyes: Eyes, questionnaire: Questionnaire) -> bool:
    if eyes.is_own_compartment:
        return True
    item = questionnaire.items.get(one.row.item)
    if item is None or eyes.viewer not in item.visible_to:
        return False
    if one.is_own_statement:
        return eyes.sees(Data.OWN_STATEMENTS, cleared=one.is_cleared)
    return eyes.sees(Data.HEALTH if Viewer.PROSECUTOR not in item.visible_to else Data.OBSERVATIONS)


def shown_screening(whole: dict[str, object], sight: Sight) -> dict[str, object] | None:
    """A `screening.v1` as far as it is shown: whole; as a summary without findings; or as a certificate."""
    if sight is Sight.FULL:
        return whole
    if sight is Sight.SUMMARY:
        return {**whole, "charges": [_summary(one) for one in _dicts(whole["charges"])]}
    if sight is Sight.CERTIFICATE:
        kept = ("screening", "as_of", "packs", "engine")
        charges = [
            {key: one[key] for key in ("id", "jurisdiction", "section")} for one in _dicts(whole["charges"])
        ]
        return {**{key: whole[key] for key in kept}, "certificate": True, "charges": charges}
    return None


_REASONS = ("findings", "routes", "beside", "later_relief", "later_law", "open_law", "by_cases")


def _summary(charge: dict[str, object]) -> dict[str, object]:
    return {key: [] if key in _REASONS else value for key, value in charge.items()}


def _dicts(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
