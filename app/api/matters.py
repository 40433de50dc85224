"""Matters and person files: what links the screenings of several persons, and those of one."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.access import Permission, allow
from app.actions import matters
from app.actions.once import made_once
from app.api.documents import NO_STORE, STORABLE, described, json_response
from app.api.screenings import ClientKey
from app.deps import Guarded, OnDesk
from screening.case.words import Source

router = APIRouter(prefix="/api/v1", tags=["record"], default_response_class=Response, dependencies=[Guarded])

Reference = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=STORABLE)
]


class GivenMatter(BaseModel):
    """The office's own reference of the matter."""

    model_config = ConfigDict(extra="forbid")

    reference: Reference


class GivenContact(BaseModel):
    """When the person was met before, as what, and by what source this is known."""

    model_config = ConfigDict(extra="forbid")

    date: date
    as_: Annotated[Literal["victim"], Field(alias="as")]
    source: Source


@router.post(
    "/matters",
    status_code=201,
    summary="Open a matter",
    responses=described("matter", "It.", 400, 401, 403, 422, status=201),
)
@allow(Permission.SCREENING_OPEN)
def open_matter(given: GivenMatter, desk: OnDesk, key: ClientKey) -> Response:
    """It links the screenings of several persons, each of whom is screened alone."""
    with desk.work() as work:
        new, is_new = made_once(work, key, given.reference.encode(), "matter")
        if is_new:
            matters.open_matter(work, new, given.reference)
        answer = json_response(matters.read_matter(work, new), NO_STORE)
    answer.status_code = 201
    answer.headers["Location"] = f"/api/v1/matters/{new}"
    return answer


@router.get(
    "/matters/{matter_id}",
    summary="Read a matter",
    responses=described("matter", "It, with its screenings within reach.", 401, 403, 404, 422),
)
@allow(Permission.SCREENING_READ)
def read_matter(matter_id: UUID, desk: OnDesk) -> Response:
    """Which screenings belong to it, as far as the caller reaches them."""
    with desk.work() as work:
        return json_response(matters.read_matter(work, matter_id), NO_STORE)


@router.get(
    "/person-files/{person_id}",
    summary="Read a person file",
    responses=described("person_file", "It, with its screenings within reach.", 401, 403, 404, 422),
)
@allow(Permission.SCREENING_READ)
def read_person(person_id: UUID, desk: OnDesk) -> Response:
    """The screenings of one person, and earlier contacts as a victim."""
    with desk.work() as work:
        return json_response(matters.read_person(work, person_id), NO_STORE)


@router.post(
    "/person-files/{person_id}/contacts",
    status_code=201,
    summary="Record an earlier contact as a victim",
    responses=described("person_file", "The file.", 400, 401, 403, 404, 422, status=201),
)
@allow(Permission.SCREENING_RESPOND)
def add_contact(person_id: UUID, given: GivenContact, desk: OnDesk, key: ClientKey) -> Response:
    """It shows with every screening of the person."""
    request = f"{person_id}\0{given.model_dump_json()}".encode()
    with desk.work() as work:
        new, is_new = made_once(work, key, request, "contact")
        if is_new:
            matters.add_contact(work, new, person_id, given.date, given.source)
        answer = json_response(matters.read_person(work, person_id), NO_STORE)
    answer.status_code = 201
    return answer
