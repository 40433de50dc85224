"""One's own account: browsers, second factors, password, and the programs that work for it."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from starlette.requests import Request

from app import cookies
from app.access import Access, allow
from app.actions import enrollment, sign_ins, signing_in, tokens
from app.deps import AtDoor, Desk, Guarded, OnDesk
from app.errors import AppError, NotSignedInError, UnprocessableError
from app.web.enroll import codes_page
from app.web.sign_in import go
from app.web.signed import HOME, Fields, secret_of, signed_html

router = APIRouter(
    prefix=HOME, include_in_schema=False, default_response_class=HTMLResponse, dependencies=[Guarded]
)

DONE = {
    "device": "That browser is signed out.",
    "password": "The password is changed, and your other browsers are signed out.",
    "factor": "The second factor is removed.",
}


@router.get("")
@allow(Access.SIGNED_IN)
def show(request: Request, desk: OnDesk, door: AtDoor, done: str = "") -> HTMLResponse:
    return _page(request, desk, door, done=done)


@router.post("/devices/{sign_in_id}/end", response_model=None)
@allow(Access.SIGNED_IN)
def end_device(sign_in_id: UUID, desk: OnDesk) -> Response:
    with desk.work() as work:
        sign_ins.end_device(work, sign_in_id)
    return go(HOME, done="device")


@router.post("/everywhere", response_model=None)
@allow(Access.SIGNED_IN)
def end_everywhere(request: Request, desk: OnDesk) -> Response:
    with desk.work() as work:
        sign_ins.end_everywhere(work)
    answer = go("/sign-in")
    cookies.take(request, answer)
    return answer


@router.post("/password", response_model=None)
@allow(Access.SIGNED_IN)
def change_password(request: Request, desk: OnDesk, door: AtDoor, fields: Fields) -> Response:
    try:
        signing_in.change_password(door, secret_of(request), fields.get("old", ""), fields.get("new", ""))
    except (NotSignedInError, UnprocessableError) as error:
        return _page(request, desk, door, error=error)
    return go(HOME, done="password")


@router.post("/code/remove", response_model=None)
@allow(Access.SIGNED_IN)
def remove_code(request: Request, desk: OnDesk, door: AtDoor) -> Response:
    return _removed(request, desk, door, None)


@router.post("/passkeys/{passkey_id}/remove", response_model=None)
@allow(Access.SIGNED_IN)
def remove_passkey(passkey_id: UUID, request: Request, desk: OnDesk, door: AtDoor) -> Response:
    return _removed(request, desk, door, passkey_id)


@router.post("/recovery-codes")
@allow(Access.SIGNED_IN)
def new_codes(request: Request, door: AtDoor) -> HTMLResponse:
    return codes_page(tuple(enrollment.new_recovery_codes(door, secret_of(request))))


def _removed(request: Request, desk: Desk, door: AtDoor, passkey_id: UUID | None) -> Response:
    try:
        enrollment.remove_factor(door, secret_of(request), passkey_id)
    except UnprocessableError as error:
        return _page(request, desk, door, error=error)
    return go(HOME, done="factor")


def _page(
    request: Request, desk: Desk, door: AtDoor, *, done: str = "", error: AppError | None = None
) -> HTMLResponse:
    factors = enrollment.factors(door, secret_of(request))
    with desk.work() as work:
        values = {
            "here": "account",
            "devices": sign_ins.devices(work),
            "factors": factors,
            "tokens": tokens.of_account(work),
            "done": DONE.get(done),
            "refused": error.problem.detail if error else None,
        }
    return signed_html(request, "account/account.html", values, status=error.problem.status if error else 200)
