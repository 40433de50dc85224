"""The table of access as data, why somebody may do something, and what an office takes away for its own people."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict

from app.access import Access, Data, Permission, Sight, allow
from app.actions import explaining
from app.actions.access_table import access_table
from app.api.documents import NO_STORE, REVALIDATE, described, json_response
from app.deps import Guarded, OnDesk

router = APIRouter(
    prefix="/api/v1/access", tags=["access"], default_response_class=Response, dependencies=[Guarded]
)


class GivenQuestion(BaseModel):
    """Whose access, to do what, with which screening."""

    model_config = ConfigDict(extra="forbid")

    account: UUID
    permission: Permission
    screening: UUID | None = None


class GivenLimits(BaseModel):
    """By kind of content, how much the people of the office see at most; what is not named stays as in the table."""

    model_config = ConfigDict(extra="forbid")

    limits: dict[Data, Sight]


@router.get("", summary="Read the table of access", responses=described("access", "It.", 401, 403))
@allow(Permission.ACCESS_EXPLAIN)
def read_table(desk: OnDesk) -> Response:  # noqa: ARG001 - signed in
    """Who may do what, and who sees what, with words for every cell."""
    return json_response(access_table(), REVALIDATE)


@router.post(
    "/why",
    summary="Ask why somebody may or may not",
    responses=described("why", "Every step of the decision.", 400, 401, 403, 404, 422),
)
@allow(Permission.ACCESS_EXPLAIN)
def why(given: GivenQuestion, desk: OnDesk) -> Response:
    """Says each step and nothing of what stands in a screening."""
    with desk.work() as work:
        found = explaining.why(work, given.account, given.permission, given.screening)
    return json_response(found, NO_STORE)


@router.get("/limits", summary="Read the limits of the office", responses=described("limits", "Them.", 401))
@allow(Access.SIGNED_IN)
def read_limits(desk: OnDesk) -> Response:
    """What the caller's office takes away."""
    with desk.work() as work:
        return json_response({"limits": explaining.limits_of(work)}, NO_STORE)


@router.put(
    "/limits",
    summary="Limit what the office sees",
    responses=described("limits", "Them.", 400, 401, 403, 422),
)
@allow(Permission.ACCOUNT_KEEP)
def set_limits(given: GivenLimits, desk: OnDesk) -> Response:
    """A limit takes away from the table and adds nothing to it."""
    with desk.work() as work:
        return json_response({"limits": explaining.set_limits(work, given.limits)}, NO_STORE)
