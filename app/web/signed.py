"""Draws pages for somebody who is signed in: who they are at the top, and in every form the token that shows it is ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from fastapi.responses import HTMLResponse
from starlette.requests import Request

from app import cookies, security
from app.access import OfficeKind, Permission, Role
from app.actions.passkeys import Site
from app.actions.work import Actor
from app.errors import AppError
from app.web.render import html

HOME = "/account"
ROLES = {
    Role.OFFICER: "Officer",
    Role.PROSECUTOR: "Prosecutor",
    Role.SUPERVISOR: "Supervisor",
    Role.ADVOCATE: "Advocate",
    Role.DEFENSE: "Defense counsel",
    Role.COURT: "Court",
    Role.LAW_EDITOR: "Law editor",
    Role.ADMINISTRATOR: "Administrator",
    Role.AUDITOR: "Auditor",
}
LABELS = {
    True: (
        "Community advocate",
        "Your organization is independent. What a person tells you stays with it unless the person agrees in writing.",
    ),
    False: (
        "System advocate",
        "You work for a public office. Do not promise a person that what they tell you stays secret.",
    ),
}


@dataclass(frozen=True, slots=True)
class Who:
    """Who is signed in, in words for the top of the page."""

    office: str
    role: str
    label: str | None
    meaning: str | None
    keeps_accounts: bool


def who_of(actor: Actor) -> Who:
    """An advocate is always shown as community or system, and what that means for the person they help."""
    is_advocate = actor.role is Role.ADVOCATE
    label, meaning = LABELS[actor.kind is OfficeKind.COMMUNITY_ADVOCACY] if is_advocate else (None, None)
    return Who(actor.office, ROLES[actor.role], label, meaning, actor.may(Permission.ACCOUNT_KEEP))


def signed_html(
    request: Request, template: str, values: Mapping[str, object], *, status: int = 200
) -> HTMLResponse:
    """A page for the person who is signed in; its forms have to hold `form_token`."""
    shown = {"here": "", "who": who_of(request.state.actor), "form_token": token_of(request), **values}
    return html(template, shown, status=status)


def token_of(request: Request) -> str:
    """The token of this browser's forms; empty for a program, which needs none."""
    secret = cookies.secret_in(request)
    return security.form_token(secret) if secret else ""


def secret_of(request: Request) -> str:
    """The secret of the sign-in of a guarded page; a program that works with a token has none."""
    secret: str | None = request.state.secret
    return secret or ""


async def _fields(request: Request) -> Mapping[str, str]:
    sent = await request.form(max_files=0, max_fields=40)
    return {name: value for name, value in sent.items() if isinstance(value, str)}


async def _site(request: Request) -> Site:
    origin = cookies.origin_of(request)
    return Site(origin, cookies.host_of(origin))


def safe_back(path: str | None) -> str:
    """The page to go on with: one of ours, or the start."""
    good = path and path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if good and path else HOME


def refusal(error: AppError) -> dict[str, object]:
    """What a page that is shown again says of the attempt."""
    return {"refused": error.problem.detail}


Fields = Annotated[Mapping[str, str], Depends(_fields)]
OnSite = Annotated[Site, Depends(_site)]
