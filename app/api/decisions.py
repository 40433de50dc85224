"""What people hold and decide beside the findings: overrides, advocates' views, assessments and dispositions."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.access import Permission, allow
from app.actions import decided, decisions
from app.actions.decisions import Resting
from app.actions.once import made_once
from app.actions.reading import reach
from app.actions.work import Work
from app.api.documents import NO_STORE, described, json_response
from app.api.screenings import ClientKey
from app.deps import Desk, Guarded, OnDesk
from app.store.decisions import Assessed, Did, View

router = APIRouter(prefix="/api/v1", tags=["record"], default_response_class=Response, dependencies=[Guarded])

MADE = (400, 401, 403, 404, 409, 410, 422)

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=8000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class GivenDecision(BaseModel):
    """The judgement that was read; left out: the newest. One that is not the newest any more is refused."""

    model_config = ConfigDict(extra="forbid")

    judgement: UUID | None = None


class GivenOverride(GivenDecision):
    """Which finding, and why the person holds otherwise."""

    charge: Name
    protection: Name
    reason: Words


class GivenView(GivenDecision):
    """How an advocate stands to the findings, in their words."""

    view: View
    words: Words


class GivenAssessment(GivenDecision):
    """Who assessed the young person, when and with what outcome; or, for `not_done`, why nobody did."""

    outcome: Assessed
    on: date | None = None
    qualified: Short | None = None
    words: Words

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.outcome is not Assessed.NOT_DONE and not (self.on and self.qualified):
            raise ValueError("an assessment has a day (`on`) and somebody `qualified` who made it")
        return self


class GivenDisposition(GivenDecision):
    """What was done with a charge, what else was considered, and the reasons."""

    charge: Name
    did: Did
    alternatives: list[Short] = Field(default_factory=list, max_length=50)
    reasons: Words | None = None


class GivenSignature(GivenDecision):
    """Whether another person agrees, in their words."""

    agrees: bool
    words: Words


@router.get(
    "/screenings/{screening_id}/decisions",
    summary="Read what was decided",
    responses=described("decisions", "All of it, with what is out of date.", 401, 403, 404, 410, 422),
)
@allow(Permission.SCREENING_READ)
def read_decisions(screening_id: UUID, desk: OnDesk) -> Response:
    """Each names the judgement that it rests on, and is stale where a later one differs in that."""
    with desk.work() as work:
        kept = reach(work, screening_id)
        work.note("decision:list", "screening", screening_id)
        return json_response(decided.decisions(work, kept), NO_STORE)


@router.post(
    "/screenings/{screening_id}/overrides",
    status_code=201,
    summary="Disagree with a finding",
    responses=described("made", "Kept beside the finding, which stays.", *MADE, status=201),
)
@allow(Permission.FINDING_OVERRIDE)
def override(screening_id: UUID, given: GivenOverride, desk: OnDesk, key: ClientKey) -> Response:
    """The finding is not changed by it."""

    def keep(work: Work, new: UUID, on: Resting) -> None:
        decisions.override(work, new, on, given.charge, given.protection, reason=given.reason)

    return _made(desk, key, screening_id, given, keep)


@router.post(
    "/screenings/{screening_id}/advocate-views",
    status_code=201,
    summary="Say how an advocate stands to the findings",
    responses=described("made", "Kept.", *MADE, status=201),
)
@allow(Permission.ADVOCATE_VIEW)
def advocate_view(screening_id: UUID, given: GivenView, desk: OnDesk, key: ClientKey) -> Response:
    """It is shown with the kind of the advocate's office: community or system."""

    def keep(work: Work, new: UUID, on: Resting) -> None:
        decisions.record_view(work, new, on, given.view, given.words)

    return _made(desk, key, screening_id, given, keep)


@router.post(
    "/screenings/{screening_id}/assessments",
    status_code=201,
    summary="Record the assessment by a qualified person",
    responses=described("made", "Kept.", *MADE, status=201),
)
@allow(Permission.ASSESSMENT_RECORD)
def assessment(screening_id: UUID, given: GivenAssessment, desk: OnDesk, key: ClientKey) -> Response:
    """Or why there was none."""

    def keep(work: Work, new: UUID, on: Resting) -> None:
        words = {"qualified": given.qualified, "words": given.words}
        decisions.record_assessment(work, new, on, given.outcome, day=given.on, words=words)

    return _made(desk, key, screening_id, given, keep)


@router.post(
    "/screenings/{screening_id}/dispositions",
    status_code=201,
    summary="Record what was done with a charge",
    responses=described("made", "Kept; perhaps waiting for another person's word.", *MADE, status=201),
)
@allow(Permission.DISPOSITION_RECORD)
def disposition(screening_id: UUID, given: GivenDisposition, desk: OnDesk, key: ClientKey) -> Response:
    """Going on with a charge that is barred needs written reasons, and counts once a supervisor has signed it off."""

    def keep(work: Work, new: UUID, on: Resting) -> None:
        words = {"alternatives": given.alternatives, "reasons": given.reasons}
        decisions.dispose(work, new, on, given.charge, given.did, words=words)

    return _made(desk, key, screening_id, given, keep)


@router.post(
    "/screenings/{screening_id}/dispositions/{disposition_id}/sign-off",
    status_code=201,
    summary="Give another person's word on a disposition",
    responses=described("made", "Kept.", *MADE, status=201),
)
@allow(Permission.DISPOSITION_SIGN)
def sign_off(
    screening_id: UUID, disposition_id: UUID, given: GivenSignature, desk: OnDesk, key: ClientKey
) -> Response:
    """Once, and never by who recorded the disposition."""

    def keep(work: Work, _new: UUID, on: Resting) -> None:
        decisions.sign(work, on, disposition_id, given.words, agrees=given.agrees)

    return _made(desk, key, screening_id, given, keep, about=disposition_id)


def _made(
    desk: Desk,
    key: str,
    screening_id: UUID,
    given: GivenDecision,
    keep: Callable[[Work, UUID, Resting], None],
    *,
    about: UUID | None = None,
) -> Response:
    """Keeps a decision once for its key, and answers with its id."""
    request = f"{screening_id}\0{about}\0{type(given).__name__}\0{given.model_dump_json()}".encode()
    with desk.work() as work:
        new, is_new = made_once(work, key, request, "decision")
        if is_new:
            keep(work, new, decisions.rest_on(work, screening_id, given.judgement))
        answer = json_response({"id": str(about or new), "screening": str(screening_id)}, NO_STORE)
    answer.status_code = 201
    return answer
