"""A community advocate's private notes on the people the agency helps."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from app.access import Permission, allow
from app.actions import notes
from app.actions.once import made_once
from app.api.documents import NO_STORE, described, json_response
from app.api.screenings import ClientKey
from app.deps import Guarded, OnDesk

router = APIRouter(prefix="/api/v1", tags=["record"], default_response_class=Response, dependencies=[Guarded])

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


class GivenNote(BaseModel):
    """About whom, and what."""

    model_config = ConfigDict(extra="forbid")

    person: UUID
    words: Words


@router.post(
    "/notes",
    status_code=201,
    summary="Keep a private note",
    responses=described("notes", "All on this person.", 400, 401, 403, 404, 422, status=201),
)
@allow(Permission.NOTE_KEEP)
def keep_note(given: GivenNote, desk: OnDesk, key: ClientKey) -> Response:
    """It stays in the agency."""
    with desk.work() as work:
        asked = repr((given.person, given.words)).encode()
        note_id, is_new = made_once(work, key, asked, "note")
        if is_new:
            notes.keep(work, note_id, given.person, given.words)
        answer = json_response({"items": notes.notes(work, given.person)}, NO_STORE)
    answer.status_code = 201
    return answer


@router.get("/notes", summary="Read private notes", responses=described("notes", "All.", 401, 403, 404, 422))
@allow(Permission.NOTE_KEEP)
def read_notes(person: UUID, desk: OnDesk) -> Response:
    """The agency's notes on a person, oldest first."""
    with desk.work() as work:
        return json_response({"items": notes.notes(work, person)}, NO_STORE)
