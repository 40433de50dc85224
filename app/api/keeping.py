"""Legal holds, sealing and expunction, and the rules by which an office lets go of screenings."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.access import Permission, allow
from app.actions import erasing, retention
from app.actions.once import made_once
from app.actions.work import Work
from app.api.documents import NO_STORE, described, json_response
from app.api.screenings import ClientKey
from app.deps import Guarded, OnDesk
from app.store import holds

router = APIRouter(prefix="/api/v1", tags=["record"], default_response_class=Response, dependencies=[Guarded])

Basis = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2000)]


class Given(BaseModel):
    """Why it is done: the order, the statute or the request."""

    model_config = ConfigDict(extra="forbid")

    basis: Basis


class GivenErasure(Given):
    """What is done."""

    kind: Literal["sealed", "expunged"]


class GivenRule(Given):
    """One rule of retention; `*` stands for any jurisdiction or outcome."""

    jurisdiction: Annotated[str, StringConstraints(pattern=r"^(\*|[A-Z]{2}(-[A-Z]{2,3})?)$")]
    outcome: Annotated[str, StringConstraints(pattern=r"^(\*|[a-z_]{3,40})$")]
    days: Annotated[int, Field(ge=1, le=36500)]


@router.post(
    "/screenings/{screening_id}/holds",
    status_code=201,
    summary="Put a legal hold on a screening",
    responses=described("holds", "All its holds.", 400, 401, 403, 404, 410, 422, status=201),
)
@allow(Permission.HOLD)
def put_hold(screening_id: UUID, given: Given, desk: OnDesk, key: ClientKey) -> Response:
    """Nothing of the screening is erased while a hold stands."""
    with desk.work() as work:
        hold_id, is_new = made_once(work, key, f"{screening_id}/{given.basis}".encode(), "hold")
        if is_new:
            erasing.hold(work, screening_id, hold_id, given.basis)
        return _holds(work, screening_id, 201)


@router.get(
    "/screenings/{screening_id}/holds",
    summary="List legal holds",
    responses=described("holds", "All its holds.", 401, 403, 404, 422),
)
@allow(Permission.HOLD)
def read_holds(screening_id: UUID, desk: OnDesk) -> Response:
    """Every hold, lifted ones included."""
    with desk.work() as work:
        erasing.own_screening(work, screening_id)
        return _holds(work, screening_id)


@router.post(
    "/screenings/{screening_id}/holds/{hold_id}/end",
    summary="Lift a legal hold",
    responses=described("holds", "All its holds.", 400, 401, 403, 404, 409, 422),
)
@allow(Permission.HOLD)
def lift_hold(screening_id: UUID, hold_id: UUID, given: Given, desk: OnDesk) -> Response:
    """From then on it no longer keeps anything from being erased."""
    with desk.work() as work:
        erasing.lift(work, screening_id, hold_id, given.basis)
        return _holds(work, screening_id)


@router.post(
    "/screenings/{screening_id}/erasure",
    status_code=201,
    summary="Seal or expunge a screening",
    responses=described("erasure", "What is left of it.", 400, 401, 403, 404, 409, 410, 422, status=201),
)
@allow(Permission.ERASE)
def erase(screening_id: UUID, given: GivenErasure, desk: OnDesk) -> Response:
    """Destroys its key and its content. Nobody can undo it."""
    with desk.work() as work:
        stub = erasing.erase(work, screening_id, given.kind, given.basis)
        shape = {
            "screening": str(stub.screening_id),
            "kind": stub.kind,
            "basis": stub.basis,
            "key_digest": stub.key_digest.hex(),
            "at": stub.at.isoformat(),
        }
    answer = json_response(shape, NO_STORE)
    answer.status_code = 201
    return answer


@router.get(
    "/retention",
    summary="List rules of retention",
    responses=described("retention", "The office's rules.", 401, 403),
)
@allow(Permission.ERASE)
def read_rules(desk: OnDesk) -> Response:
    """The rules of the caller's office."""
    with desk.work() as work:
        return json_response({"items": retention.rules(work)}, NO_STORE)


@router.put(
    "/retention",
    summary="Set a rule of retention",
    responses=described("retention", "The office's rules.", 400, 401, 403, 422),
)
@allow(Permission.ERASE)
def set_rule(given: GivenRule, desk: OnDesk) -> Response:
    """Closed screenings go after so many days, by the most particular rule that fits; a legal hold comes first."""
    with desk.work() as work:
        retention.set_rule(work, given.jurisdiction, given.outcome, given.days, given.basis)
        return json_response({"items": retention.rules(work)}, NO_STORE)


def _holds(work: Work, screening_id: UUID, status: int = 200) -> Response:
    rows = [
        {
            "id": str(one.id),
            "basis": one.basis,
            "at": one.at.isoformat(),
            "lifted": {"basis": end.basis, "at": end.at.isoformat()} if end else None,
        }
        for one, end in holds.list_holds(work.db, screening_id)
    ]
    answer = json_response({"items": rows}, NO_STORE)
    answer.status_code = status
    return answer
