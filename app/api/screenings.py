"""The record: screenings opened, read, answered and listed, each as far as the caller may see."""

import base64
import binascii
import json
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response

from app.access import Permission, allow
from app.actions import reading, screenings
from app.actions.once import made_once
from app.actions.reading import Cursor, Kept
from app.actions.screenings import Opening
from app.actions.work import Work
from app.api.cases import read_given_case, read_given_map
from app.api.documents import NO_STORE, STORABLE, described, json_response
from app.deps import GivenCase, Guarded, OnDesk
from app.errors import UnprocessableError, VersionNeededError

router = APIRouter(prefix="/api/v1", tags=["record"], default_response_class=Response, dependencies=[Guarded])

ClientKey = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=255)]
IfMatch = Annotated[str | None, Header(alias="If-Match")]


@router.post(
    "/screenings",
    status_code=201,
    summary="Open a screening",
    responses=described("opened", "Kept.", 400, 401, 403, 413, 415, 422, status=201),
)
@allow(Permission.SCREENING_OPEN)
def open_screening(
    case: GivenCase,
    desk: OnDesk,
    key: ClientKey,
    *,
    alias: Annotated[str | None, Query(max_length=80, pattern=STORABLE)] = None,
    person: UUID | None = None,
    matter: UUID | None = None,
) -> Response:
    """Takes a `case.v1`. It is answered when it is kept; the same key gives the same answer."""
    read = read_given_case(case, desk.packs, desk.today)
    filed = Opening(alias=alias, person_id=person, matter_id=matter)
    request = b"\0".join([case.body, repr(filed).encode()])
    with desk.work() as work:
        screening_id, is_new = made_once(work, key, request, "screening")
        if is_new:
            screenings.open_screening(work, screening_id, read, filed)
        body = reading.as_opened(work, screening_id)
    return answer(body, 201, location=f"/api/v1/screenings/{screening_id}")


@router.get(
    "/screenings", summary="List screenings", responses=described("queue", "One page.", 401, 403, 422)
)
@allow(Permission.SCREENING_READ)
def list_screenings(
    desk: OnDesk,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """What the caller's office can see, newest first."""
    after = read_cursor(cursor) if cursor else None
    with desk.work() as work:
        items, last = reading.page(work, limit=limit, after=after)
    return json_response({"items": items, "next_cursor": write_cursor(last) if last else None}, NO_STORE)


@router.get(
    "/screenings/{screening_id}",
    summary="Read a screening",
    responses=described("kept", "It.", 401, 403, 404, 422),
)
@allow(Permission.SCREENING_READ)
def read_screening(screening_id: UUID, desk: OnDesk) -> Response:
    """The case and its findings as far as the caller may see them. Reading is noted like writing."""
    with desk.work() as work:
        return answer_view(work, reading.reach(work, screening_id))


@router.post(
    "/screenings/{screening_id}/responses",
    summary="Add responses",
    responses=described("kept", "It, judged anew.", 400, 401, 403, 404, 409, 412, 413, 415, 422, 428),
)
@allow(Permission.SCREENING_RESPOND)
def add_responses(screening_id: UUID, given: GivenCase, desk: OnDesk, if_match: IfMatch = None) -> Response:
    """Takes the `responses` map of a case file and the version it is meant for. Nothing is overwritten."""
    responses = read_given_map(given, "responses")
    with desk.work() as work:
        kept = screenings.record_responses(work, screening_id, responses, version_of(if_match))
        return answer_view(work, kept)


@router.get(
    "/screenings/{screening_id}/history",
    summary="Read the history",
    responses=described("history", "It.", 401, 403, 404, 422),
)
@allow(Permission.SCREENING_READ)
def read_history(screening_id: UUID, desk: OnDesk) -> Response:
    """Every step and every response that the caller may see, replaced ones included."""
    with desk.work() as work:
        kept = reading.reach(work, screening_id)
        work.note("screening:history", "screening", screening_id)
        return json_response(reading.history(work, kept), NO_STORE)


def version_of(if_match: str | None) -> int | None:
    """The version that a change is meant for; None for `*`, which is any."""
    if if_match is None:
        raise VersionNeededError('Say which version this is meant for: If-Match: "3".')
    text = if_match.strip().removeprefix("W/").strip('"')
    if text == "*":
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UnprocessableError('If-Match holds the version of the screening, as in If-Match: "3".')
    return int(text)


def answer_view(work: Work, kept: Kept) -> Response:
    work.note("screening:read", "screening", kept.screening.id, {"version": kept.head.version})
    return answer(reading.view(work, kept))


def answer(body: dict[str, object], status: int = 200, location: str | None = None) -> Response:
    headers = {**NO_STORE, "ETag": f'"{body["version"]}"', **({"Location": location} if location else {})}
    answer = json_response(body, headers)
    answer.status_code = status
    return answer


def write_cursor(last: Cursor) -> str:
    """Where a page ended, as a word to send back."""
    return base64.urlsafe_b64encode(json.dumps([last[0].isoformat(), str(last[1])]).encode()).decode()


def read_cursor(text: str) -> Cursor:
    """Where a page ended; UnprocessableError for a word that was not given out here."""
    try:
        at, screening_id = json.loads(base64.urlsafe_b64decode(text.encode()))
        return datetime.fromisoformat(at), UUID(screening_id)
    except (ValueError, TypeError, AttributeError, binascii.Error):
        raise UnprocessableError("This cursor is none that was given out here.") from None
