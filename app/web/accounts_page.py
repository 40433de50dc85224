"""The accounts of an office, for its administrator, and the page that an invitation opens."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response
from starlette.requests import Request

from app import security
from app.access import Access, OfficeKind, Permission, Role, allow
from app.actions import accounts, invitations
from app.actions.invitations import Invited, Wanted
from app.actions.signing_in import Given
from app.cookies import origin_of
from app.deps import AtDoor, Desk, Guarded, OnDesk
from app.errors import AppError, ConflictError, UnprocessableError
from app.web.render import html
from app.web.sign_in import Limited, OwnSite, come_in, go
from app.web.signed import HOME, ROLES, Fields, signed_html

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
keeping = APIRouter(prefix="/accounts", default_response_class=HTMLResponse, dependencies=[Guarded])

STATES = {
    "invited": "Invited",
    "active": "Active",
    "locked_out": "Waits after failed attempts",
    "disabled": "Closed",
}
PAGE = 100

OfOffice = Annotated[UUID | None, Query()]


@keeping.get("")
@allow(Permission.ACCOUNT_KEEP)
def show(
    request: Request, desk: OnDesk, office: OfOffice = None, cursor: Annotated[UUID | None, Query()] = None
) -> HTMLResponse:
    return _page(request, desk, office, cursor=cursor)


@keeping.post("/invite")
@allow(Permission.ACCOUNT_KEEP)
def invite(request: Request, desk: OnDesk, fields: Fields) -> HTMLResponse:
    office = _id(fields.get("office"))
    try:
        wanted = Wanted(fields.get("email", ""), _role(fields.get("role")), office)
        with desk.work() as work:
            made = invitations.invite(work, wanted, _key(fields))
    except (ConflictError, UnprocessableError) as error:
        return _page(request, desk, office, error=error)
    return _page(request, desk, office, made=made)


@keeping.post("/{account_id}/reset")
@allow(Permission.ACCOUNT_KEEP)
def reset(account_id: UUID, request: Request, desk: OnDesk, fields: Fields) -> HTMLResponse:
    office = _id(fields.get("office"))
    try:
        with desk.work() as work:
            made = invitations.reset(work, account_id, _key(fields))
    except ConflictError as error:
        return _page(request, desk, office, error=error)
    return _page(request, desk, office, made=made)


@keeping.post("/{account_id}/role", response_model=None)
@allow(Permission.ACCOUNT_KEEP)
def change_role(account_id: UUID, request: Request, desk: OnDesk, fields: Fields) -> Response:
    return _changed(request, desk, account_id, fields)


@keeping.post("/{account_id}/disable", response_model=None)
@allow(Permission.ACCOUNT_KEEP)
def disable(account_id: UUID, request: Request, desk: OnDesk, fields: Fields) -> Response:
    return _changed(request, desk, account_id, fields, disabled=True)


@keeping.post("/{account_id}/enable", response_model=None)
@allow(Permission.ACCOUNT_KEEP)
def enable(account_id: UUID, request: Request, desk: OnDesk, fields: Fields) -> Response:
    return _changed(request, desk, account_id, fields, disabled=False)


@router.get("/invitation/{secret}")
@allow(Access.PUBLIC)
def show_invitation(secret: str, door: AtDoor) -> HTMLResponse:
    email, office = invitations.opened(door, secret)
    return _invitation(email, office)


@router.post("/invitation/{secret}", response_model=None, dependencies=[OwnSite, Limited])
@allow(Access.PUBLIC)
def accept_invitation(secret: str, request: Request, door: AtDoor, fields: Fields) -> Response:
    email, office = invitations.opened(door, secret)
    password = fields.get("password", "")
    try:
        if not security.same(password, fields.get("again", "")):
            raise UnprocessableError("The two passwords are not the same.")
        signed = invitations.accept(door, secret, password)
    except UnprocessableError as error:
        return _invitation(email, office, error)
    return come_in(request, Given(signed, has_factor=False), HOME)


router.include_router(keeping)


def _invitation(email: str, office: str, error: AppError | None = None) -> HTMLResponse:
    values = {
        "here": "",
        "email": email,
        "office": office,
        "refused": error.problem.detail if error else None,
    }
    return html("account/invitation.html", values, status=error.problem.status if error else 200)


def _changed(
    request: Request,
    desk: Desk,
    account_id: UUID,
    fields: Fields,
    *,
    disabled: bool | None = None,
) -> Response:
    office = _id(fields.get("office"))
    try:
        role = _role(fields.get("role")) if disabled is None else None
        with desk.work() as work:
            accounts.change_account(work, account_id, role=role, disabled=disabled)
    except (ConflictError, UnprocessableError) as error:
        return _page(request, desk, office, error=error)
    return go("/accounts", **({"office": str(office)} if office else {}))


def _page(
    request: Request,
    desk: Desk,
    office_id: UUID | None,
    *,
    cursor: UUID | None = None,
    made: Invited | None = None,
    error: AppError | None = None,
) -> HTMLResponse:
    with desk.work() as work:
        office = accounts.managed_office(work, office_id)
        items, last = accounts.page_of_accounts(work, office.id, limit=PAGE, after=cursor)
        offices = accounts.managed_offices(work)
    values = {
        "here": "accounts",
        "office": office,
        "offices": offices,
        "accounts": items,
        "next": last,
        "me": str(desk.actor.account_id),
        "roles": [one for one in Role if one in accounts.ROLES_OF[OfficeKind(office.kind)]],
        "role_words": ROLES,
        "states": STATES,
        "key": security.new_secret(),
        "invited": {"email": made.account.email, "expires_at": made.expires_at} if made else None,
        "link": f"{origin_of(request)}/invitation/{made.secret}" if made else None,
        "refused": error.problem.detail if error else None,
    }
    return signed_html(
        request, "account/accounts.html", values, status=error.problem.status if error else 200
    )


def _key(fields: Fields) -> str:
    """The key that a form brought, so that a form sent twice makes one link."""
    return fields.get("key", "")[:255] or security.new_secret()


def _role(text: str | None) -> Role:
    try:
        return Role(text or "")
    except ValueError:
        raise UnprocessableError("Choose a role from the list.") from None


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise UnprocessableError("There is no such office.") from None
