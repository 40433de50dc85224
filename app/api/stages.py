"""What happens to a screening after it is opened: submitted, reviewed, closed, re-opened, corrected and judged anew."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from app.access import Permission, allow
from app.actions import reading, stages
from app.actions.once import made_once
from app.actions.stages import FRAME_KEYS, OTHERS_KEYS, Correction
from app.api.cases import read_given_map
from app.api.documents import described, ref
from app.api.screenings import ClientKey, IfMatch, answer, answer_view, version_of
from app.deps import GivenCase, Guarded, OnDesk
from app.errors import CaseRefusedError
from screening import Fault
from screening.case.words import Source, Stage
from screening.errors import nearest

router = APIRouter(prefix="/api/v1", tags=["record"], default_response_class=Response, dependencies=[Guarded])

CHANGED = (400, 401, 403, 404, 409, 410, 412, 422, 428)

Alias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=4000)]
OpenPoint = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class GivenSubmission(BaseModel):
    """To which prosecutor's office; left out where it stays in the house."""

    model_config = ConfigDict(extra="forbid")

    to: UUID | None = None


class GivenClosing(BaseModel):
    """Reasons for what is left open, by the names that a refusal gives: `duty:…`, `assessment`."""

    model_config = ConfigDict(extra="forbid")

    reasons: dict[OpenPoint, Reason] = Field(default_factory=dict, max_length=200)


class GivenReopening(BaseModel):
    """The next stage, and its day where that is not today."""

    model_config = ConfigDict(extra="forbid")

    stage: Stage
    as_of: date | None = None


class GivenNotice(BaseModel):
    """When a credible indicator was first noted, and by what source."""

    model_config = ConfigDict(extra="forbid")

    at: AwareDatetime
    source: Source


class Days(BaseModel):
    """From when to when; an end that is not known is left out."""

    model_config = ConfigDict(extra="forbid")

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.from_ and self.to and self.to < self.from_:
            raise ValueError("the range runs backwards")
        return self


class Exploiter(BaseModel):
    """One who exploited the person, under an alias or the office's reference, and when."""

    model_config = ConfigDict(extra="forbid")

    alias: Alias
    dates: Days | None = None


class GivenOthers(BaseModel):
    """Who else was involved; kept sealed beside the case."""

    model_config = ConfigDict(extra="forbid")

    exploiters: list[Exploiter] | None = Field(default=None, max_length=50)
    other_victims: list[Alias] | None = Field(default=None, max_length=50)


@router.post(
    "/screenings/{screening_id}/submit",
    summary="Submit a screening",
    responses=described("kept", "It, as the caller sees it from now on.", *CHANGED),
)
@allow(Permission.SCREENING_SUBMIT)
def submit(screening_id: UUID, given: GivenSubmission, desk: OnDesk, if_match: IfMatch = None) -> Response:
    """A police office names the prosecutor's office. From then on its officers no longer see the person's own words."""
    with desk.work() as work:
        return answer_view(work, stages.submit(work, screening_id, given.to, version_of(if_match)))


@router.post(
    "/screenings/{screening_id}/review",
    summary="Mark a screening as reviewed",
    responses=described("kept", "It.", *CHANGED),
)
@allow(Permission.SCREENING_REVIEW)
def review(screening_id: UUID, desk: OnDesk, if_match: IfMatch = None) -> Response:
    """By the office that is in charge of it."""
    with desk.work() as work:
        return answer_view(work, stages.review(work, screening_id, version_of(if_match)))


@router.post(
    "/screenings/{screening_id}/close",
    summary="Close a screening",
    responses=described("kept", "It, closed for good.", *CHANGED),
)
@allow(Permission.SCREENING_CLOSE)
def close(screening_id: UUID, given: GivenClosing, desk: OnDesk, if_match: IfMatch = None) -> Response:
    """Refused while a duty or the required assessment is open without a reason; `errors` names each."""
    with desk.work() as work:
        return answer_view(work, stages.close(work, screening_id, given.reasons, version_of(if_match)))


@router.post(
    "/screenings/{screening_id}/reopen",
    status_code=201,
    summary="Re-open a closed screening at the next stage",
    responses=described("opened", "The new one.", 400, 401, 403, 404, 409, 410, 422, status=201),
)
@allow(Permission.SCREENING_OPEN)
def reopen(screening_id: UUID, given: GivenReopening, desk: OnDesk, key: ClientKey) -> Response:
    """A new screening in the chain of the same person and matter. Responses keep their source and author."""
    request = f"{screening_id}\0{given.model_dump_json()}".encode()
    with desk.work() as work:
        new, is_new = made_once(work, key, request, "screening")
        if is_new:
            stages.reopen(work, screening_id, new, given.stage, given.as_of)
        body = reading.as_opened(work, new)
    return answer(body, 201, location=f"/api/v1/screenings/{new}")


@router.patch(
    "/screenings/{screening_id}/case",
    summary="Correct the case",
    responses=described("kept", "It, judged anew.", *CHANGED, 413, 415),
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/json": {"schema": ref("correction")}}}
    },
)
@allow(Permission.SCREENING_RESPOND)
def correct(screening_id: UUID, given: GivenCase, desk: OnDesk, if_match: IfMatch = None) -> Response:
    """Takes the keys of a case file that are to change; null for what is no longer known. Earlier versions stay."""
    correction = _correction(read_given_map(given, "case"))
    with desk.work() as work:
        return answer_view(work, stages.correct(work, screening_id, correction, version_of(if_match)))


@router.post(
    "/screenings/{screening_id}/noticed",
    summary="Set when an indicator was first noted",
    responses=described("kept", "It, with the clocks of its duties running.", *CHANGED),
)
@allow(Permission.SCREENING_RESPOND)
def notice(screening_id: UUID, given: GivenNotice, desk: OnDesk, if_match: IfMatch = None) -> Response:
    """Once; it cannot be moved afterwards."""
    at: datetime = given.at
    with desk.work() as work:
        kept = stages.notice(work, screening_id, at, given.source.value, version_of(if_match))
        return answer_view(work, kept)


@router.post(
    "/screenings/{screening_id}/judge",
    summary="Judge a screening anew",
    responses=described("kept", "It, by the law of today.", *CHANGED),
)
@allow(Permission.SCREENING_RESPOND)
def judge(screening_id: UUID, desk: OnDesk, if_match: IfMatch = None) -> Response:
    """With the law, questions and engine of today, on the day of the screening. Earlier judgements stay."""
    with desk.work() as work:
        return answer_view(work, stages.judge_anew(work, screening_id, version_of(if_match)))


def _correction(given: Mapping[str, object]) -> Correction:
    known = (*FRAME_KEYS, *OTHERS_KEYS)
    faults = [
        Fault(key, "this cannot be corrected here", f"one of {', '.join(known)}", nearest(key, known))
        for key in given
        if key not in known
    ]
    if not given:
        faults = [Fault("", "nothing is to be corrected", f"one of {', '.join(known)}")]
    if faults:
        raise CaseRefusedError("The correction is refused.", faults=faults)
    others = {key: given[key] for key in OTHERS_KEYS if key in given}
    return Correction({key: value for key, value in given.items() if key in FRAME_KEYS}, _others(others))


def _others(given: Mapping[str, object]) -> Mapping[str, object]:
    try:
        read = GivenOthers.model_validate(given)
    except ValidationError as error:
        faults = [Fault(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
        raise CaseRefusedError("The correction is refused.", faults=faults) from None
    shape: dict[str, object] = read.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {key: shape.get(key, []) for key in given}
