"""The way to the office's own sign-in (OpenID Connect) and back."""

from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from app import cookies
from app.access import Access, allow
from app.actions import signing_in_oidc
from app.actions.signing_in import Given
from app.actions.signing_in_oidc import Provider
from app.deps import AtDoor, limited
from app.errors import NotFoundError, NotSignedInError
from app.web.render import html
from app.web.sign_in import Back, go
from app.web.signed import safe_back

router = APIRouter(
    prefix="/sign-in/oidc",
    include_in_schema=False,
    default_response_class=HTMLResponse,
    dependencies=[Depends(limited("client"))],
)


@router.get("", response_model=None)
@allow(Access.PUBLIC)
def leave(request: Request, door: AtDoor, back: Back = "") -> Response:
    address, sealed = signing_in_oidc.leave(_provider(request), door, _redirect(request), safe_back(back))
    answer = go(address)
    cookies.give_flow(request, answer, sealed)
    return answer


@router.get("/back", response_model=None)
@allow(Access.PUBLIC)
async def come_back(request: Request, door: AtDoor) -> Response:
    sealed, given = request.cookies.get(cookies.FLOW, ""), dict(request.query_params)
    answer: Response
    try:
        provider, redirect = _provider(request), _redirect(request)
        signed, back = await run_in_threadpool(
            signing_in_oidc.come_back, provider, door, sealed, given, redirect
        )
    except NotSignedInError as error:
        values = {
            "here": "sign-in",
            "back": "",
            "email": "",
            "provider": True,
            "refused": error.problem.detail,
        }
        answer = html("account/sign_in.html", values, status=401)
    else:
        # A page of our own in between: a browser brings no strict cookie where another site has sent it.
        answer = html("account/arrived.html", {"here": "", "on": _on(signed, back)})
        cookies.give(request, answer, signed.secret)
    cookies.take_flow(request, answer)
    return answer


def _on(signed: Given, back: str) -> str:
    """Where to go on: the page wanted, or the second factor, or setting one up."""
    if not signed.has_factor:
        return "/enroll"
    return back if signed.is_whole else f"/sign-in/code?{urlencode({'back': back})}"


def _provider(request: Request) -> Provider:
    provider: Provider | None = request.app.state.provider
    if provider is None:
        raise NotFoundError("Sign-in with an office's own account is not set up here.")
    return provider


def _redirect(request: Request) -> str:
    return f"{cookies.origin_of(request)}/sign-in/oidc/back"
