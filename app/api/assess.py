"""Screens a case that is sent in, and keeps nothing of it."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.access import Access, allow
from app.api.documents import NO_STORE, described, json_response, ref
from app.deps import CaseText, GivenCase, LoadedPacks, Today
from app.errors import AppError, CaseRefusedError, UnreadableError
from screening import CaseError, load_case, screen
from screening.questionnaire import Reader
from screening.reading import CASE_BYTES, read_json, read_yaml

router = APIRouter(prefix="/api/v1", tags=["screening"], default_response_class=Response)

_READS = {"json": read_json, "yaml": read_yaml}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": ref("case.v1")},
            "application/yaml": {"schema": ref("case.v1")},
        },
    }
}


@router.post(
    "/assess",
    summary="Screen a case",
    responses=described("screening.v1", "The screening.", 400, 413, 415, 422),
    openapi_extra=_BODY,
)
@allow(Access.PUBLIC)
def assess(
    case: GivenCase,
    packs: LoadedPacks,
    today: Today,
    reader: Annotated[Reader, Query(description="For whom the result is written.")] = Reader.PROSECUTOR,
) -> Response:
    """Takes a `case.v1` and gives back a `screening.v1`. Nothing is stored, neither here nor on the way back."""
    try:
        read = load_case(case.body, today=today, packs=packs, file=_file(case))
    except CaseError as error:
        raise _refusal(case, error) from None
    return json_response(screen(read, packs, reader=reader.value).to_dict(), NO_STORE)


def _file(case: CaseText) -> str | None:
    """The name that makes the reader hold JSON to the rules of JSON; YAML may look like it."""
    return "case.json" if case.form == "json" else None


def _refusal(case: CaseText, error: CaseError) -> AppError:
    """Whether the text cannot be read at all, or was read and refused; every fault is named in both."""
    try:
        _READS[case.form](case.body, max_bytes=CASE_BYTES, error=CaseError)
    except CaseError:
        return UnreadableError("The case cannot be read.", faults=error.faults)
    return CaseRefusedError("The case is refused.", faults=error.faults)
