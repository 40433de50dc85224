"""The public pages: screen a case and read the packed law; nothing that is sent to them is kept."""

from typing import Annotated

import yaml
from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from app.access import Access, allow
from app.deps import LoadedPacks, Today
from app.errors import UnreadableError
from app.web.access_page import router as access_router
from app.web.account_page import router as account_router
from app.web.accounts_page import router as accounts_router
from app.web.demo import demos, find_demo
from app.web.enroll import router as enroll_router
from app.web.fields import Form, add_charge, read_form, remove_charge
from app.web.filled import empty_form, form_of
from app.web.law_routes import router as law_router
from app.web.plan import PROSECUTOR
from app.web.render import NO_STORE, draw, html, problem_page
from app.web.screen_page import live_parts, screen_page
from app.web.sign_in import router as sign_in_router
from app.web.sign_in_provider import router as provider_router
from screening import READERS, CaseError, Packs, load_case
from screening.errors import Fault
from screening.explanation.law import offense_rows

__all__ = ["problem_page", "router"]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
PAGES = (
    law_router,
    sign_in_router,
    provider_router,
    enroll_router,
    account_router,
    accounts_router,
    access_router,
)
for part in PAGES:
    router.include_router(part)

EMPTY = "empty"
LONGEST_SEARCH = 200


async def _posted(request: Request) -> Form:
    return read_form(await request.body())


async def _given_text(request: Request) -> tuple[str | bytes, str]:
    """The text of a case file, from the file chosen or from what was pasted, and the reader to open it for."""
    try:
        async with request.form(max_files=1, max_fields=5) as sent:
            file, text, reader = sent.get("file"), sent.get("text"), sent.get("reader")
            given = await file.read() if isinstance(file, UploadFile) and file.size else text
            return given if isinstance(given, str | bytes) else "", reader if isinstance(
                reader, str
            ) else PROSECUTOR
    except MultiPartException:
        raise UnreadableError("The form cannot be read.") from None


Posted = Annotated[Form, Depends(_posted)]
GivenText = Annotated[tuple[str | bytes, str], Depends(_given_text)]


@router.get("/")
@allow(Access.PUBLIC)
def start(packs: LoadedPacks, today: Today, demo: str = "", reader: str = PROSECUTOR) -> HTMLResponse:
    shown = find_demo(demo) or (None if demo == EMPTY else demos()[0])
    form = form_of(load_case(shown.text, packs=packs)) if shown else empty_form(today)
    page = screen_page(form.changed({"reader": reader if reader in READERS else PROSECUTOR}), packs, today)
    return html("screen.html", {**page.values(), "demo": shown, "blank": shown is None})


@router.post("/", response_model=None)
@allow(Access.PUBLIC)
def update(form: Posted, packs: LoadedPacks, today: Today, request: Request) -> Response:
    page = screen_page(_done(form), packs, today)
    status = 422 if page.faults else 200
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(live_parts(page), headers={**NO_STORE, "Vary": "Accept"})
    return html("screen.html", {**page.values(), "demo": None}, status=status)


@router.post("/case.yaml", response_model=None)
@allow(Access.PUBLIC)
def case_file(form: Posted, packs: LoadedPacks, today: Today) -> Response:
    page = screen_page(form, packs, today)
    if page.case is None:
        return html("screen.html", {**page.values(), "demo": None}, status=422)
    text = yaml.safe_dump(page.case.to_dict(), sort_keys=False, allow_unicode=True, width=100)
    headers = {**NO_STORE, "Content-Disposition": 'attachment; filename="case.yaml"'}
    return Response(text, media_type="application/yaml", headers=headers)


@router.post("/open")
@allow(Access.PUBLIC)
def open_file(given: GivenText, packs: LoadedPacks, today: Today) -> HTMLResponse:
    text, reader = given
    try:
        case = load_case(text, today=today, packs=packs)
    except CaseError as error:
        return _refused(text, reader, error.faults, packs, today)
    page = screen_page(form_of(case).changed({"reader": reader}), packs, today)
    return html("screen.html", {**page.values(), "demo": None}, status=422 if page.faults else 200)


@router.post("/sections")
@allow(Access.PUBLIC)
def sections(form: Posted, packs: LoadedPacks) -> HTMLResponse:
    """Posted, so that what somebody types stands in no address and in no log of addresses."""
    pack, text = packs.law.get(form.one("place")), form.one("q")[:LONGEST_SEARCH]
    rows = offense_rows(pack, text, most=10) if pack and text else []
    return HTMLResponse(
        draw("form/sections.html", {"rows": rows, "packed": pack is not None}), headers=NO_STORE
    )


def _done(form: Form) -> Form:
    """The form after what its button asks for."""
    action, _, rest = form.one("do").partition(":")
    match action:
        case "add":
            return add_charge(form)
        case "remove":
            return remove_charge(form, rest)
        case "talk":
            return form.changed({"g.opened": "yes", "g.stopped": ""})
        case "stop":
            return form.changed({"g.stopped": "yes", "g.opened": ""})
        case "resume" | "close":
            return form.changed({"g.stopped": "", "g.opened": ""})
        case "act":
            return form.changed({"act": rest})
    return form


def _refused(
    text: str | bytes, reader: str, faults: tuple[Fault, ...], packs: Packs, today: Today
) -> HTMLResponse:
    shown = text if isinstance(text, str) else text.decode("utf-8", "replace")
    page = screen_page(empty_form(today).changed({"reader": reader}), packs, today)
    return html(
        "screen.html",
        {**page.values(), "demo": None, "blank": True, "refused": faults, "refused_text": shown},
        status=422,
    )
