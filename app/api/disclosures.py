"""The disclosure register, and exports for one recipient."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from app.access import Permission, allow
from app.actions import disclosing
from app.actions.once import made_once
from app.api.documents import NO_STORE, described, json_response
from app.api.screenings import ClientKey
from app.deps import Guarded, OnDesk
from app.documents.export import export_pdf

router = APIRouter(prefix="/api/v1", tags=["record"], default_response_class=Response, dependencies=[Guarded])

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]


class GivenExport(BaseModel):
    """For whom, on what basis, and in which form."""

    model_config = ConfigDict(extra="forbid")

    recipient: Line
    basis: Line
    format: Literal["json", "pdf"] = "json"


class GivenDisclosure(BaseModel):
    """One entry of the register."""

    model_config = ConfigDict(extra="forbid")

    item: Line
    decision: Literal["produced", "withheld"]
    basis: Line
    recipient: Line


@router.post(
    "/screenings/{screening_id}/disclosures",
    status_code=201,
    summary="Register a disclosure",
    responses=described("disclosure", "The entry.", 400, 401, 403, 404, 410, 422, status=201),
)
@allow(Permission.DISCLOSURE_KEEP)
def disclose(screening_id: UUID, given: GivenDisclosure, desk: OnDesk, key: ClientKey) -> Response:
    """What was produced or withheld, on what basis and to whom."""
    with desk.work() as work:
        request = f"{screening_id}/{given.model_dump_json()}".encode()
        entry_id, is_new = made_once(work, key, request, "disclosure")
        if is_new:
            disclosing.disclose(work, screening_id, entry_id, given.model_dump())
        answer = json_response(disclosing.entry(work, screening_id, entry_id), NO_STORE)
    answer.status_code = 201
    return answer


@router.get(
    "/screenings/{screening_id}/disclosures",
    summary="Read the disclosure register",
    responses=described("disclosures", "Its entries.", 401, 403, 404, 410, 422),
)
@allow(Permission.DISCLOSURE_KEEP)
def read_register(screening_id: UUID, desk: OnDesk) -> Response:
    """The entries of the caller's office."""
    with desk.work() as work:
        return json_response({"items": disclosing.register(work, screening_id)}, NO_STORE)


@router.post(
    "/screenings/{screening_id}/export",
    summary="Export a screening",
    responses=described(
        "export", "It, whole as far as the caller may see, with traces.", 400, 401, 403, 404, 410, 422
    ),
)
@allow(Permission.EXPORT)
def export(screening_id: UUID, given: GivenExport, desk: OnDesk) -> Response:
    """As JSON or PDF, marked with the recipient. Every export is an entry of the register."""
    with desk.work() as work:
        made = disclosing.export(work, screening_id, given.recipient, given.basis)
    if given.format == "json":
        return json_response(made.shape, NO_STORE)
    headers = {**NO_STORE, "Content-Disposition": f'attachment; filename="screening-{screening_id}.pdf"'}
    return Response(
        export_pdf(made.mark, made.shape, made.text), headers=headers, media_type="application/pdf"
    )
