"""The pages on which people read the packed law: what is packed, one place in full, a search, and what is covered."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from app.access import Access, allow
from app.deps import Coverage, LoadedPacks, Today
from app.errors import NotFoundError
from app.web.law_view import coverage_table, found_protections, pack_values
from app.web.render import html
from screening.explanation.law import law_rows, offense_rows

router = APIRouter(prefix="/law", include_in_schema=False, default_response_class=HTMLResponse)

Words = Annotated[str, Query(max_length=200)]


@router.get("")
@allow(Access.PUBLIC)
def law(packs: LoadedPacks, q: Words = "") -> HTMLResponse:
    found = found_protections(packs, q) if q.strip() else []
    return html("law/index.html", {"here": "law", "rows": law_rows(packs), "q": q, "found": found}, kept=True)


@router.get("/coverage")
@allow(Access.PUBLIC)
def covered(rows: Coverage, packs: LoadedPacks, today: Today) -> HTMLResponse:
    table = coverage_table(rows(today), packs)
    return html("law/coverage.html", {"here": "law", "table": table, "today": today}, kept=True)


@router.get("/{jurisdiction}")
@allow(Access.PUBLIC)
def one_place(jurisdiction: str, packs: LoadedPacks, q: Words = "") -> HTMLResponse:
    pack = packs.law.get(jurisdiction.upper())
    if pack is None:
        raise NotFoundError(
            "The law of this place is not packed. That says nothing about whether it protects anyone."
        )
    offenses = offense_rows(pack, q) if q.strip() else []
    return html(
        "law/place.html", {"here": "law", **pack_values(pack), "q": q, "offenses": offenses}, kept=True
    )
