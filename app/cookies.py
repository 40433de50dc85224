"""The cookie of a signed-in browser, and the two things that show that a request comes from our own pages."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from app import security
from app.errors import NotPermittedError

PLAIN = "voi"
UNDER_TLS = "__Host-voi"
"""A browser takes a cookie of this name only over TLS, from this host, for all of it."""
FLOW = "voi-flow"
FLOW_PATH = "/sign-in/oidc"
FLOW_SECONDS = 600
FIELD = "form_token"
HEADER = "X-Form-Token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")

_OTHER_SITE = (
    "This request does not come from a page of this service. Open the page again and send it from there."
)


def origin_of(request: Request) -> str:
    """The name that browsers know the service by: the setting, or else what the request says."""
    given: str | None = request.app.state.public_url
    return given or f"{request.url.scheme}://{request.headers.get('host', '')}"


def host_of(origin: str) -> str:
    """The host of an origin, without its port."""
    return urlsplit(origin).hostname or ""


def is_tls(request: Request) -> bool:
    return origin_of(request).startswith("https://")


def secret_in(request: Request) -> str | None:
    """The secret of the sign-in, where the browser has one."""
    return request.cookies.get(UNDER_TLS if is_tls(request) else PLAIN)


def give(request: Request, answer: Response, secret: str) -> None:
    """Gives the browser the secret of a sign-in; it ends with the browser, or before."""
    tls = is_tls(request)
    answer.set_cookie(
        UNDER_TLS if tls else PLAIN, secret, path="/", secure=tls, httponly=True, samesite="strict"
    )


def take(request: Request, answer: Response) -> None:
    """Takes the cookie away again."""
    tls = is_tls(request)
    answer.delete_cookie(UNDER_TLS if tls else PLAIN, path="/", secure=tls, httponly=True, samesite="strict")


def give_flow(request: Request, answer: Response, sealed: str) -> None:
    """What comes back with the browser from another site, so it cannot be as strict; it is sealed and short-lived."""
    answer.set_cookie(
        FLOW,
        sealed,
        path=FLOW_PATH,
        max_age=FLOW_SECONDS,
        secure=is_tls(request),
        httponly=True,
        samesite="lax",
    )


def take_flow(request: Request, answer: Response) -> None:
    answer.delete_cookie(FLOW, path=FLOW_PATH, secure=is_tls(request), httponly=True, samesite="lax")


def require_own_site(request: Request) -> None:
    """NotPermittedError unless the browser says that the request comes from our own pages."""
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        if fetched not in {"same-origin", "none"}:
            raise NotPermittedError(_OTHER_SITE)
        return
    origin = request.headers.get("origin", "")
    if not origin or urlsplit(origin).netloc != urlsplit(origin_of(request)).netloc:
        raise NotPermittedError(_OTHER_SITE)


async def require_own_form(request: Request, secret: str) -> None:
    """The same, and that the request carries the token that only our own forms have."""
    require_own_site(request)
    given = request.headers.get(HEADER)
    if given is None and request.headers.get("content-type", "").startswith(FORMS):
        sent = (await request.form()).get(FIELD)
        given = sent if isinstance(sent, str) else None
    if given is None or not security.same(given, security.form_token(secret)):
        raise NotPermittedError(_OTHER_SITE)
