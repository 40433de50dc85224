"""The pages on which a second factor is set up, at the first sign-in or later."""

import segno
from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response
from starlette.requests import Request

from app import cookies, security
from app.access import Access, allow
from app.actions import enrollment
from app.actions.door import Door
from app.actions.enrollment import Enrolled
from app.actions.passkeys import Site
from app.deps import AtDoor, limited
from app.errors import AppError, NotSignedInError, UnprocessableError
from app.web.render import html
from app.web.sign_in import HalfForm, go
from app.web.signed import HOME, Fields, OnSite, who_of

router = APIRouter(prefix="/enroll", include_in_schema=False, default_response_class=HTMLResponse)

Limited = Depends(limited("client"))


@router.get("", response_model=None)
@allow(Access.PUBLIC)
def show(request: Request, door: AtDoor, site: OnSite) -> Response:
    secret = cookies.secret_in(request)
    if secret is None:
        raise NotSignedInError("Sign in first.", back="/enroll")
    return _page(door, secret, site)


@router.post("/code", response_model=None, dependencies=[Limited])
@allow(Access.PUBLIC)
def confirm_code(request: Request, door: AtDoor, secret: HalfForm, fields: Fields, site: OnSite) -> Response:
    try:
        done = enrollment.enroll_code(door, secret, fields.get("code", ""))
    except UnprocessableError as error:
        return _page(door, secret, site, error)
    return _enrolled(request, done)


@router.post("/passkey", response_model=None, dependencies=[Limited])
@allow(Access.PUBLIC)
def keep_passkey(request: Request, door: AtDoor, secret: HalfForm, fields: Fields, site: OnSite) -> Response:
    try:
        done = enrollment.enroll_passkey(
            door, secret, fields.get("passkey", ""), name=fields.get("name", ""), site=site
        )
    except UnprocessableError as error:
        return _page(door, secret, site, error)
    return _enrolled(request, done)


def codes_page(codes: tuple[str, ...]) -> HTMLResponse:
    """The recovery codes, shown once."""
    return html("account/codes.html", {"here": "", "codes": codes, "back": HOME})


def _page(door: Door, secret: str, site: Site, error: AppError | None = None) -> HTMLResponse:
    offer = enrollment.offer(door, secret, site)
    values: dict[str, object] = {
        "here": "",
        "offer": offer,
        "form_token": security.form_token(secret),
        "picture": _picture(offer.address),
        "seed": " ".join(offer.seed[at : at + 4] for at in range(0, len(offer.seed), 4)),
        "device": door.device,
        "with_passkeys": site.is_named,
        "refused": error.problem.detail if error else None,
    }
    if offer.person:
        values["who"] = who_of(offer.person)
    return html("account/enroll.html", values, status=error.problem.status if error else 200)


def _picture(address: str) -> str:
    """The address as a picture in the page itself: no other program ever sees it."""
    return segno.make(address, error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )


def _enrolled(request: Request, done: Enrolled) -> Response:
    answer: Response = codes_page(done.codes) if done.codes else go(HOME)
    if done.secret:
        cookies.give(request, answer, done.secret)
    return answer
