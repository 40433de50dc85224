"""Gives out the JSON Schemas of what goes in and comes out, and the OpenAPI document of all routes."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.access import Access, allow
from app.api.documents import JSON, SCHEMA_JSON, described, json_response
from app.api.openapi import openapi
from app.deps import LoadedPacks
from app.errors import NotFoundError
from screening.errors import Fault, nearest
from screening.schemas import case_schema, screening_schema

router = APIRouter(prefix="/api/v1", tags=["reference"], default_response_class=Response)

NAMES = ("case.v1", "screening.v1")


@router.get(
    "/schemas/{name}",
    summary="A JSON Schema",
    responses=described("schema", "A JSON Schema, draft 2020-12.", 404, 422, media_type=SCHEMA_JSON),
)
@allow(Access.PUBLIC)
def schema(
    name: Annotated[str, Path(description=f"One of {', '.join(NAMES)}.", examples=list(NAMES))],
    packs: LoadedPacks,
) -> Response:
    """The schema of the case file, with the items and jurisdictions of these packs, or of the screening."""
    if name not in NAMES:
        fault = Fault(
            "path.name", "no schema has this name", f"one of {', '.join(NAMES)}", nearest(name, NAMES)
        )
        raise NotFoundError("There is no such schema.", faults=[fault])
    shape = case_schema(packs.vocabulary) if name == "case.v1" else screening_schema()
    return json_response(shape, media_type=SCHEMA_JSON)


@router.get(
    "/openapi.json",
    summary="This description",
    responses=described("openapi", "OpenAPI 3.1.", media_type=JSON),
)
@allow(Access.PUBLIC)
def openapi_document(request: Request, packs: LoadedPacks) -> Response:
    """All routes of the API with their parameters and answers."""
    return json_response(openapi(request.app, packs))
