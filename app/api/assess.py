"""Screens a case that is sent in, and keeps nothing of it."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar, TypeVarTuple

from fastapi import APIRouter, Depends, Query, Response
from starlette.concurrency import run_in_threadpool

from app.access import Access, allow
from app.api.documents import NO_STORE, described, json_response, ref
from app.deps import CaseText, GivenCase, LoadedPacks, Today, limited
from app.errors import AppError, CaseRefusedError, UnreadableError
from screening import Case, CaseError, Packs, load_case, screen
from screening.questionnaire import Reader
from screening.reading import CASE_BYTES, read_json, read_yaml

router = APIRouter(prefix="/api/v1", tags=["screening"], default_response_class=Response)

SMALL_BYTES = 16 * 1024
FEW_CHARGES = 4

Given = TypeVarTuple("Given")
Result = TypeVar("Result")

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
    responses=described("screening.v1", "The screening.", 400, 413, 415, 422, 429),
    openapi_extra=_BODY,
    dependencies=[Depends(limited("assess"))],
)
@allow(Access.PUBLIC)
async def assess(
    case: GivenCase,
    packs: LoadedPacks,
    today: Today,
    reader: Annotated[Reader, Query(description="For whom the result is written.")] = Reader.PROSECUTOR,
) -> Response:
    """Takes a `case.v1` and gives back a `screening.v1`. Nothing is stored, neither here nor on the way back."""
    read = await _run(_read, case, packs, today, small=len(case.body) <= SMALL_BYTES)
    return await _run(_answer, read, packs, reader, small=len(read.charges) <= FEW_CHARGES)


async def _run(work: Callable[[*Given], Result], *given: *Given, small: bool) -> Result:
    """Small work at once, since handing it to a thread takes longer; large work in a thread, so that no one waits for it."""
    return work(*given) if small else await run_in_threadpool(work, *given)


def _answer(case: Case, packs: Packs, reader: Reader) -> Response:
    return json_response(screen(case, packs, reader=reader.value).to_dict(), NO_STORE)


def _read(case: CaseText, packs: Packs, today: date) -> Case:
    try:
        return load_case(case.body, today=today, packs=packs, file=_file(case))
    except CaseError as error:
        raise _refusal(case, error) from None


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
