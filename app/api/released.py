"""What was released to an advocacy organisation, read as far as it was released."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.access import Permission, allow
from app.actions import released
from app.api.documents import NO_STORE, described, json_response
from app.deps import Guarded, OnDesk

router = APIRouter(prefix="/api/v1", tags=["record"], default_response_class=Response, dependencies=[Guarded])


@router.get(
    "/released", summary="List what was released", responses=described("releases", "All in force.", 401, 403)
)
@allow(Permission.SCREENING_READ)
def list_released(desk: OnDesk) -> Response:
    """The releases to the caller's organisation, newest first."""
    with desk.work() as work:
        return json_response({"items": released.released(work)}, NO_STORE)


@router.get(
    "/released/{grant_id}",
    summary="Read a released screening",
    responses=described("released", "It, as far as it was released.", 401, 403, 404, 410, 422),
)
@allow(Permission.SCREENING_READ)
def read_released(grant_id: UUID, desk: OnDesk) -> Response:
    """The office whose screening it is learns that this organisation read it, and nothing else."""
    with desk.work() as work:
        return json_response(released.read_released(work, grant_id), NO_STORE)
