"""Judgements read again as they were made, their traces, and what would be found today."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.access import Permission, allow
from app.actions import judged
from app.api.documents import NO_STORE, described, json_response
from app.deps import Guarded, OnDesk

router = APIRouter(prefix="/api/v1", tags=["record"], default_response_class=Response, dependencies=[Guarded])

READ = (401, 403, 404, 410, 422)
Name = Annotated[str, Query(min_length=1, max_length=200)]


@router.get(
    "/screenings/{screening_id}/judgements",
    summary="List judgements",
    responses=described("judgements", "All of them, oldest first.", *READ),
)
@allow(Permission.SCREENING_READ)
def list_judgements(screening_id: UUID, desk: OnDesk) -> Response:
    """Each with its day, packs, engine and bounds."""
    with desk.work() as work:
        return json_response({"items": judged.judgements(work, screening_id)}, NO_STORE)


@router.get(
    "/screenings/{screening_id}/judgements/{judgement_id}",
    summary="Read a judgement",
    responses=described("judgement", "It, as it was made.", *READ),
)
@allow(Permission.SCREENING_READ)
def read_judgement(screening_id: UUID, judgement_id: UUID, desk: OnDesk) -> Response:
    """The same whenever it is read, whatever has changed since."""
    with desk.work() as work:
        return json_response(judged.judgement(work, screening_id, judgement_id), NO_STORE)


@router.get(
    "/screenings/{screening_id}/judgements/{judgement_id}/trace",
    summary="Read the trace of a finding",
    responses=described("trace.v1", "Every condition with its truth.", *READ),
)
@allow(Permission.SCREENING_READ)
def read_trace(
    screening_id: UUID, judgement_id: UUID, desk: OnDesk, charge: Name, protection: Name
) -> Response:
    """Rebuilt from the truths that were stored, with the packs of that day."""
    with desk.work() as work:
        return json_response(judged.traced(work, screening_id, judgement_id, charge, protection), NO_STORE)


@router.get(
    "/screenings/{screening_id}/difference",
    summary="What would be found today",
    responses=described("difference", "The newest judgement beside it.", *READ),
)
@allow(Permission.SCREENING_READ)
def read_difference(screening_id: UUID, desk: OnDesk) -> Response:
    """By the law, questions and engine of today, on the facts and the day of the screening. Nothing is changed by it."""
    with desk.work() as work:
        return json_response(judged.difference(work, screening_id), NO_STORE)
