"""Screenings handed on and taken back, broken open in imminent danger, and what defense counsel clears and submits."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.access import Data, Permission, allow
from app.actions import counsel, sharing
from app.actions.once import made_once
from app.actions.sharing import Agreement, Wanted
from app.actions.work import Work
from app.api.cases import read_given_map
from app.api.documents import NO_STORE, described, json_response
from app.api.screenings import ClientKey, IfMatch, answer_view, version_of
from app.deps import GivenCase, Guarded, OnDesk
from app.store.consents import SignedBy
from app.store.grants import Reach

router = APIRouter(prefix="/api/v1", tags=["record"], default_response_class=Response, dependencies=[Guarded])

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=2000)]
Use = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2000)]


class GivenAgreement(BaseModel):
    """That the person agreed to a release of their own words or health, and who signed."""

    model_config = ConfigDict(extra="forbid")

    signed_by: SignedBy
    guardian_conflict: bool
    signer_is_exploiter: bool = False


class GivenGrant(BaseModel):
    """To whom a screening is handed on, which kinds of content (left out: the whole), why, and until when."""

    model_config = ConfigDict(extra="forbid")

    reach: Literal[Reach.NEED_TO_KNOW, Reach.RELEASED, Reach.DISCLOSED, Reach.FILED]
    purpose: Words
    office: UUID | None = None
    account: UUID | None = None
    fields: frozenset[Data] = Field(default_factory=frozenset)
    expires_at: AwareDatetime | None = None
    agreement: GivenAgreement | None = None


class GivenDanger(BaseModel):
    """Who is in what danger now. It is for imminent danger and nothing else."""

    model_config = ConfigDict(extra="forbid")

    imminent_danger: Literal[True]
    reason: Reason


class GivenClearance(BaseModel):
    """Whether a statement may count in findings, and what it may be used for."""

    model_config = ConfigDict(extra="forbid")

    cleared: bool
    use_restriction: Use | None = None

    @model_validator(mode="after")
    def _only_where_cleared(self) -> Self:
        if self.use_restriction and not self.cleared:
            raise ValueError("a statement that is withheld has no use")
        return self


@router.post(
    "/screenings/{screening_id}/grants",
    status_code=201,
    summary="Hand a screening on",
    responses=described("grants", "All its grants.", 400, 401, 403, 404, 410, 422, status=201),
)
@allow(Permission.SCREENING_SHARE)
def hand_on(screening_id: UUID, given: GivenGrant, desk: OnDesk, key: ClientKey) -> Response:
    """To a person of the own office, to advocates, to the defense or to a court."""
    wanted = Wanted(
        reach=Reach(given.reach),
        purpose=given.purpose,
        office_id=given.office,
        account_id=given.account,
        fields=given.fields,
        expires_at=given.expires_at,
        agreement=Agreement(**given.agreement.model_dump()) if given.agreement else None,
    )
    with desk.work() as work:
        asked = repr((screening_id, sorted(given.fields), given.model_dump(exclude={"fields"})))
        grant_id, is_new = made_once(work, key, asked.encode(), "grant")
        if is_new:
            sharing.grant(work, screening_id, grant_id, wanted)
        return _grants(work, screening_id, 201)


@router.get(
    "/screenings/{screening_id}/grants",
    summary="List who a screening was handed to",
    responses=described("grants", "All its grants.", 401, 403, 404, 410, 422),
)
@allow(Permission.SCREENING_SHARE)
def read_grants(screening_id: UUID, desk: OnDesk) -> Response:
    """Every grant, ended ones and broken glass included."""
    with desk.work() as work:
        return _grants(work, screening_id)


@router.post(
    "/screenings/{screening_id}/grants/{grant_id}/end",
    summary="Take a grant back",
    responses=described("grants", "All its grants.", 401, 403, 404, 410, 422),
)
@allow(Permission.SCREENING_SHARE)
def take_back(screening_id: UUID, grant_id: UUID, desk: OnDesk) -> Response:
    """From this moment it gives nothing."""
    with desk.work() as work:
        sharing.end(work, screening_id, grant_id)
        return _grants(work, screening_id)


@router.post(
    "/screenings/{screening_id}/break-glass",
    status_code=201,
    summary="Open a screening in imminent danger",
    responses=described("broken", "What was opened, until when.", 400, 401, 403, 404, 410, 422, status=201),
)
@allow(Permission.BREAK_GLASS)
def break_glass(screening_id: UUID, given: GivenDanger, desk: OnDesk, key: ClientKey) -> Response:
    """For a day, what helps to find somebody. The own supervisor and the office whose screening it is are told at once."""
    with desk.work() as work:
        asked = repr((screening_id, given.reason))
        grant_id, is_new = made_once(work, key, asked.encode(), "break_glass")
        if is_new:
            sharing.break_glass(work, screening_id, grant_id, given.reason)
        until = sharing.broken_until(work, grant_id)
    return _created({"grant": str(grant_id), "screening": str(screening_id), "expires_at": _text(until)})


@router.post(
    "/screenings/{screening_id}/responses/{response_id}/clearance",
    summary="Clear or withhold a statement",
    responses=described("kept", "It, judged anew.", 400, 401, 403, 404, 409, 410, 412, 422, 428),
)
@allow(Permission.STATEMENT_CLEAR)
def decide_statement(
    screening_id: UUID,
    response_id: UUID,
    given: GivenClearance,
    desk: OnDesk,
    *,
    if_match: IfMatch = None,
) -> Response:
    """Defense counsel's word on a statement of the client. The newest one stands, and the use goes with every copy."""
    use = counsel.use_of(given.cleared, given.use_restriction)
    with desk.work() as work:
        return answer_view(work, counsel.decide(work, screening_id, response_id, use, version_of(if_match)))


@router.post(
    "/screenings/{screening_id}/facts",
    summary="Submit facts for the defense",
    responses=described("kept", "It, judged anew.", 400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 428),
)
@allow(Permission.FACT_SUBMIT)
def submit_facts(screening_id: UUID, given: GivenCase, desk: OnDesk, if_match: IfMatch = None) -> Response:
    """Takes the `responses` map of a case file, every response with its source. Nothing is overwritten."""
    responses = read_given_map(given, "responses")
    with desk.work() as work:
        kept = counsel.submit_facts(work, screening_id, responses, version_of(if_match))
        return answer_view(work, kept)


def _grants(work: Work, screening_id: UUID, status: int = 200) -> Response:
    answer = json_response({"items": sharing.grants_of(work, screening_id)}, NO_STORE)
    answer.status_code = status
    return answer


def _created(shape: dict[str, object]) -> Response:
    answer = json_response(shape, NO_STORE)
    answer.status_code = 201
    return answer


def _text(moment: datetime) -> str:
    return moment.isoformat()
