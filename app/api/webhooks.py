"""Webhooks: where an office's own programs are told of events."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from app.access import Permission, allow
from app.actions import webhooks
from app.actions.once import made_once
from app.api.documents import NO_STORE, described, json_response, nothing
from app.api.screenings import ClientKey
from app.deps import Guarded, OnDesk
from app.store import webhooks as store
from app.store.webhooks import Webhook

router = APIRouter(
    prefix="/api/v1", tags=["operations"], default_response_class=Response, dependencies=[Guarded]
)


class GivenWebhook(BaseModel):
    """An address, and the kinds of event it is told of."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, Field(min_length=8, max_length=1000)]
    events: Annotated[
        list[Literal["finding-changed", "duty-due", "referral-offered", "break-glass"]], Field(min_length=1)
    ]


@router.post(
    "/webhooks",
    status_code=201,
    summary="Add a webhook",
    responses=described("webhook", "It, with the secret that signs.", 400, 401, 403, 422, status=201),
)
@allow(Permission.WEBHOOK_KEEP)
def add(given: GivenWebhook, desk: OnDesk, key: ClientKey) -> Response:
    """Events come as a POST with `VOI-Signature: t=<seconds>,v1=<HMAC-SHA256 of "t.body">`, and hold no content."""
    with desk.work() as work:
        webhook_id, is_new = made_once(work, key, given.model_dump_json().encode(), "webhook")
        if is_new:
            webhooks.add_webhook(work, webhook_id, given.url, given.events)
        row = webhooks.own_webhook(work, webhook_id)
        answer = json_response({**_shape(row), "secret": webhooks.secret_of(work.own, row.id)}, NO_STORE)
    answer.status_code = 201
    return answer


@router.get(
    "/webhooks", summary="List webhooks", responses=described("webhooks", "Those that are told.", 401, 403)
)
@allow(Permission.WEBHOOK_KEEP)
def read(desk: OnDesk) -> Response:
    """The addresses of the caller's office."""
    with desk.work() as work:
        return json_response(
            {"items": [_shape(one) for one in store.list_webhooks(work.db, work.actor.office_id)]}, NO_STORE
        )


@router.delete(
    "/webhooks/{webhook_id}",
    status_code=204,
    summary="End a webhook",
    responses=nothing("It is told nothing more.", 401, 403, 404, 422),
)
@allow(Permission.WEBHOOK_KEEP)
def end(webhook_id: UUID, desk: OnDesk) -> Response:
    """Nothing more is sent to it."""
    with desk.work() as work:
        webhooks.end_webhook(work, webhook_id)
    return Response(status_code=204)


def _shape(row: Webhook) -> dict[str, object]:
    return {"id": str(row.id), "url": row.url, "events": row.kinds, "created_at": row.created_at.isoformat()}
