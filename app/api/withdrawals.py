"""Wrong entries of the law, taken out of every screening at once and put back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from app.access import Permission, allow
from app.actions import withdrawals
from app.actions.once import made_once
from app.actions.work import Work
from app.api.documents import NO_STORE, STORABLE, described, json_response
from app.api.screenings import ClientKey
from app.deps import Guarded, InForce, OnDesk

router = APIRouter(prefix="/api/v1", tags=["law"], default_response_class=Response, dependencies=[Guarded])

Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2000, pattern=STORABLE)
]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class GivenRestoring(BaseModel):
    """Why."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason


class GivenWithdrawal(GivenRestoring):
    """Which entry, and why."""

    jurisdiction: Name
    protection: Name


@router.get(
    "/law/withdrawals",
    summary="List withdrawals",
    responses=described("withdrawals", "All of them, newest first.", 401, 403),
)
@allow(Permission.LAW_WITHDRAW)
def list_withdrawals(desk: OnDesk) -> Response:
    """With how many screenings rest on each entry by their newest judgement."""
    with desk.work() as work:
        return _all(work)


@router.post(
    "/law/withdrawals",
    status_code=201,
    summary="Withdraw an entry of the law",
    responses=described("withdrawals", "All of them.", 400, 401, 403, 409, 422, status=201),
)
@allow(Permission.LAW_WITHDRAW)
def withdraw(given: GivenWithdrawal, desk: OnDesk, law: InForce, key: ClientKey) -> Response:
    """It is hidden at once, as what nobody confirmed; screenings that used it are stale."""
    with desk.work() as work:
        new, is_new = made_once(work, key, given.model_dump_json().encode(), "withdrawal")
        if is_new:
            withdrawals.withdraw(work, new, given.jurisdiction, given.protection, given.reason)
        answer = _all(work, 201)
    law.forget()
    return answer


@router.post(
    "/law/withdrawals/{withdrawal_id}/restore",
    status_code=201,
    summary="Put an entry back",
    responses=described("withdrawals", "All of them.", 400, 401, 403, 409, 422, status=201),
)
@allow(Permission.LAW_WITHDRAW)
def restore(
    withdrawal_id: UUID, given: GivenRestoring, desk: OnDesk, law: InForce, key: ClientKey
) -> Response:
    """It counts again from now on."""
    request = f"{withdrawal_id}\0{given.reason}".encode()
    with desk.work() as work:
        new, is_new = made_once(work, key, request, "withdrawal")
        if is_new:
            withdrawals.restore(work, new, withdrawal_id, given.reason)
        answer = _all(work, 201)
    law.forget()
    return answer


def _all(work: Work, status: int = 200) -> Response:
    answer = json_response({"items": withdrawals.withdrawals(work)}, NO_STORE)
    answer.status_code = status
    return answer
