"""Duties as tasks: what an office owes, until when, and that it was done."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from app.access import Permission, allow
from app.actions import duties
from app.actions.once import made_once
from app.api.documents import NO_STORE, described, json_response
from app.api.screenings import ClientKey, read_cursor, write_cursor
from app.deps import Guarded, OnDesk
from app.store.duties import DutyState

router = APIRouter(prefix="/api/v1", tags=["record"], default_response_class=Response, dependencies=[Guarded])

Proof = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=4000)]


class Asked(StrEnum):
    """Which duties are listed."""

    OPEN = "open"
    POSSIBLE = "possible"
    DONE = "done"
    ENDED = "ended"


STATES = {
    Asked.OPEN: [DutyState.DUE],
    Asked.POSSIBLE: [DutyState.IF],
    Asked.DONE: [DutyState.DONE],
    Asked.ENDED: [DutyState.ENDED],
}


class GivenProof(BaseModel):
    """What shows that the duty was done."""

    model_config = ConfigDict(extra="forbid")

    proof: Proof


@router.get("/duties", summary="List duties", responses=described("duties", "One page.", 401, 403, 422))
@allow(Permission.DUTY_READ)
def list_duties(
    desk: OnDesk,
    state: Asked = Asked.OPEN,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """What the caller's office is in charge of, soonest first; `open` are those that are due."""
    after = read_cursor(cursor) if cursor else None
    with desk.work() as work:
        items, last = duties.page(work, STATES[state], limit=limit, after=after)
    return json_response({"items": items, "next_cursor": write_cursor(last) if last else None}, NO_STORE)


@router.get(
    "/duties/{duty_id}",
    summary="Read a duty",
    responses=described("duty", "It.", 401, 403, 404, 410, 422),
)
@allow(Permission.DUTY_READ)
def read_duty(duty_id: UUID, desk: OnDesk) -> Response:
    """With the proof for the office that gave it."""
    with desk.work() as work:
        return json_response(duties.read_duty(work, duty_id), NO_STORE)


@router.post(
    "/duties/{duty_id}/done",
    status_code=201,
    summary="Record that a duty was done",
    responses=described("duty", "It, done.", 400, 401, 403, 404, 409, 410, 422, status=201),
)
@allow(Permission.DUTY_DO)
def do_duty(duty_id: UUID, given: GivenProof, desk: OnDesk, key: ClientKey) -> Response:
    """With what shows it. A report is sent by a person; this only keeps that it was."""
    request = f"{duty_id}\0{given.proof}".encode()
    with desk.work() as work:
        _, is_new = made_once(work, key, request, "duty")
        if is_new:
            duties.do_duty(work, duty_id, given.proof)
        answer = json_response(duties.read_duty(work, duty_id), NO_STORE)
    answer.status_code = 201
    return answer
