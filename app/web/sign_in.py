"""The pages of the way in and out: password, second factor, unlocking, and signing out."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.requests import Request

from app import cookies, security
from app.access import Access, allow
from app.actions import passkeys, sign_ins, signing_in
from app.actions.door import Door
from app.actions.sign_ins import Standing
from app.actions.signing_in import Given
from app.deps import AtDoor, limited
from app.errors import AppError, NotSignedInError
from app.web.render import NO_STORE, html
from app.web.signed import Fields, OnSite, refusal, safe_back

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Back = Annotated[str, Query(max_length=500)]
Limited = Depends(limited("client"))


async def own_site(request: Request) -> None:
    """For forms of people who are not signed in: they have no token yet, and still come from our own pages."""
    cookies.require_own_site(request)


async def half_form(request: Request) -> str:
    """The secret of a browser on its way in, whose form carries the token that belongs to it."""
    secret = cookies.secret_in(request)
    if secret is None:
        raise NotSignedInError("Sign in first.", back="/account")
    await cookies.require_own_form(request, secret)
    return secret


OwnSite = Depends(own_site)
HalfForm = Annotated[str, Depends(half_form)]


def go(address: str, **query: str) -> RedirectResponse:
    """Sends the browser on; nothing of the way is kept in a cache."""
    full = f"{address}?{urlencode(query)}" if query else address
    return RedirectResponse(full, 303, headers=NO_STORE)


def come_in(request: Request, given: Given, back: str) -> RedirectResponse:
    """After the password: to the second factor, or to setting one up."""
    answer = go("/sign-in/code", back=back) if given.has_factor else go("/enroll")
    cookies.give(request, answer, given.secret)
    return answer


@router.get("/sign-in", response_model=None)
@allow(Access.PUBLIC)
def show_sign_in(request: Request, door: AtDoor, back: Back = "") -> Response:
    secret = cookies.secret_in(request)
    held = sign_ins.read(door.sides, secret, door.now) if secret else None
    if held and held.standing is Standing.OPEN:
        return go(safe_back(back))
    return _sign_in(request, back)


@router.post("/sign-in", response_model=None, dependencies=[OwnSite, Limited])
@allow(Access.PUBLIC)
def sign_in(request: Request, door: AtDoor, fields: Fields) -> Response:
    email, back = fields.get("email", "")[:254], safe_back(fields.get("back"))
    request.app.state.rates.count("address", security.digest(email.strip().lower()).hex())
    try:
        given = signing_in.give_password(door, email, fields.get("password", ""))
    except NotSignedInError as error:
        return _sign_in(request, back, email=email, error=error)
    if before := cookies.secret_in(request):
        sign_ins.sign_out(door, before)
    return come_in(request, given, back)


@router.get("/sign-in/code", response_model=None)
@allow(Access.PUBLIC)
def show_code(request: Request, door: AtDoor, site: OnSite, back: Back = "") -> Response:
    secret = cookies.secret_in(request)
    if secret is None or signing_in.half(door, secret) is None:
        return go("/sign-in", back=safe_back(back))
    return _code(door, secret, site, safe_back(back))


@router.post("/sign-in/code", response_model=None, dependencies=[Limited])
@allow(Access.PUBLIC)
def give_code(request: Request, door: AtDoor, secret: HalfForm, fields: Fields, site: OnSite) -> Response:
    back = safe_back(fields.get("back"))
    try:
        whole = signing_in.give_code(door, secret, fields.get("code", ""))
    except NotSignedInError as error:
        return _code_again(request, door, secret, site, error)
    return _signed_in(request, whole, back)


@router.post("/sign-in/passkey", response_model=None, dependencies=[Limited])
@allow(Access.PUBLIC)
def give_passkey(request: Request, door: AtDoor, secret: HalfForm, fields: Fields, site: OnSite) -> Response:
    back = safe_back(fields.get("back"))
    try:
        whole = passkeys.give_passkey(door, secret, fields.get("passkey", ""), site)
    except NotSignedInError as error:
        return _code_again(request, door, secret, site, error)
    return _signed_in(request, whole, back)


@router.get("/unlock", response_model=None)
@allow(Access.PUBLIC)
def show_unlock(request: Request, door: AtDoor, back: Back = "") -> Response:
    secret = cookies.secret_in(request)
    held = sign_ins.read(door.sides, secret, door.now) if secret else None
    if held and held.standing is Standing.LOCKED:
        return html("account/unlock.html", {"here": "", "back": safe_back(back), "refused": None})
    return go(safe_back(back))


@router.post("/unlock", response_model=None, dependencies=[OwnSite, Limited])
@allow(Access.PUBLIC)
def unlock(request: Request, door: AtDoor, fields: Fields) -> Response:
    back = safe_back(fields.get("back"))
    try:
        sign_ins.unlock(door, cookies.secret_in(request) or "", fields.get("password", ""))
    except NotSignedInError as error:
        shown = {"here": "", "back": back, **refusal(error)}
        return html("account/unlock.html", shown, status=401)
    return go(back)


@router.post("/sign-out", response_model=None, dependencies=[OwnSite])
@allow(Access.PUBLIC)
def sign_out(request: Request, door: AtDoor) -> Response:
    """Needs no token: whoever made somebody sign out has won nothing, and a locked browser can do it too."""
    if secret := cookies.secret_in(request):
        sign_ins.sign_out(door, secret)
    answer = go("/sign-in")
    cookies.take(request, answer)
    return answer


def _sign_in(request: Request, back: str, *, email: str = "", error: AppError | None = None) -> HTMLResponse:
    values = {
        "here": "sign-in",
        "back": back,
        "email": email,
        "provider": request.app.state.provider is not None,
        "refused": error.problem.detail if error else None,
    }
    return html("account/sign_in.html", values, status=401 if error else 200)


def _code(
    door: Door, secret: str, site: passkeys.Site, back: str, error: AppError | None = None
) -> HTMLResponse:
    values = {
        "here": "",
        "back": back,
        "form_token": security.form_token(secret),
        "passkey": passkeys.request(door, secret, site),
        "refused": error.problem.detail if error else None,
    }
    return html("account/code.html", values, status=401 if error else 200)


def _code_again(
    request: Request, door: Door, secret: str, site: passkeys.Site, error: NotSignedInError
) -> Response:
    """The same page again, or the beginning where this way in has ended."""
    if signing_in.half(door, secret) is None:
        return _sign_in(request, "", error=error)
    return _code(door, secret, site, "", error)


def _signed_in(request: Request, secret: str, back: str) -> RedirectResponse:
    answer = go(back)
    cookies.give(request, answer, secret)
    return answer
