"""Says whether the service runs, whether it can work, and how much it has answered."""

from fastapi import APIRouter, Response

from app.access import Access, allow
from app.api.documents import NO_STORE, described, json_response
from app.deps import Counters, Database
from app.metrics import MEDIA_TYPE
from app.store.installation import require_installation

router = APIRouter(tags=["health"], default_response_class=Response)


@router.get("/health/live", summary="Does it run", responses=described("health", "It runs."))
@allow(Access.PUBLIC)
async def live() -> Response:
    """Answers as long as the process does, whatever the database does."""
    return json_response({"status": "live"}, NO_STORE)


@router.get("/health/ready", summary="Can it work", responses=described("health", "It can work.", 503))
@allow(Access.PUBLIC)
def ready(engine: Database) -> Response:
    """Answers once the database answers and is set up."""
    require_installation(engine)
    return json_response({"status": "ready"}, NO_STORE)


@router.get(
    "/metrics",
    summary="Counters",
    responses={
        200: {
            "description": "Counters for Prometheus.",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        }
    },
)
@allow(Access.PUBLIC)
def metrics(counters: Counters) -> Response:
    """How many requests were answered, by route and status."""
    return Response(counters.text(), headers=NO_STORE, media_type=MEDIA_TYPE)
