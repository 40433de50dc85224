"""Offices, accounts, invitations, tokens of machines, and the browsers that one is signed in with."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field
from starlette.requests import Request

from app.access import Access, Permission, Role, allow
from app.actions import accounts, invitations, sign_ins, tokens
from app.api.bodies import Body, read_body
from app.api.documents import NO_STORE, described, json_response, nothing, ref
from app.api.screenings import ClientKey
from app.cookies import origin_of
from app.deps import GivenCase, Guarded, OnDesk
from app.store.accounts import Account

router = APIRouter(
    prefix="/api/v1", tags=["accounts"], default_response_class=Response, dependencies=[Guarded]
)

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[UUID | None, Query(description="The `next_cursor` of the page before.")]
OfOffice = Annotated[UUID | None, Query(description="Left out: the caller's own.")]


def _body(name: str) -> dict[str, object]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": ref(name)}}}}


_BAD = (400, 401, 403, 413, 415, 422)


class InvitationBody(Body):
    """Whom to invite."""

    email: str = Field(min_length=3, max_length=254)
    role: Role
    office: UUID | None = None


class ChangeBody(Body):
    """What to change of an account; what is left out stays."""

    role: Role | None = None
    disabled: bool | None = None


class TokenBody(Body):
    """A token to make."""

    account: UUID
    scopes: frozenset[Permission] = Field(min_length=1)
    days: int = Field(90, ge=1, le=tokens.MOST_DAYS)
    name: str = Field("", max_length=tokens.NAME_LENGTH)


@router.get("/offices", summary="List offices", responses=described("offices", "All of them.", 401, 403))
@allow(Permission.OFFICE_READ)
def list_offices(desk: OnDesk) -> Response:
    """Names and kinds, so that a screening is sent to the right one."""
    with desk.work() as work:
        items = accounts.offices(work)
    return json_response({"items": items}, NO_STORE)


@router.get(
    "/accounts", summary="List accounts", responses=described("accounts", "One page.", 401, 403, 404, 422)
)
@allow(Permission.ACCOUNT_KEEP)
def list_accounts(
    desk: OnDesk, office: OfOffice = None, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """The accounts of an office that the caller keeps."""
    with desk.work() as work:
        items, last = accounts.page_of_accounts(work, office, limit=limit, after=cursor)
    return json_response({"items": items, "next_cursor": str(last) if last else None}, NO_STORE)


@router.patch(
    "/accounts/{account_id}",
    summary="Change role, close or re-open an account",
    responses=described("account", "It.", *_BAD, 404, 409),
    openapi_extra=_body("account_change"),
)
@allow(Permission.ACCOUNT_KEEP)
def change_account(account_id: UUID, given: GivenCase, desk: OnDesk) -> Response:
    """Closing ends every sign-in of the account at once, and its tokens with it."""
    wanted = read_body(given, ChangeBody)
    with desk.work() as work:
        account = accounts.change_account(work, account_id, role=wanted.role, disabled=wanted.disabled)
        body = accounts.shown_account(work, account)
    return json_response(body, NO_STORE)


@router.post(
    "/invitations",
    status_code=201,
    summary="Invite a person",
    responses=described("invitation", "The link, shown once.", *_BAD, 404, 409, status=201),
    openapi_extra=_body("invitation_new"),
)
@allow(Permission.ACCOUNT_KEEP)
def invite(given: GivenCase, desk: OnDesk, key: ClientKey, request: Request) -> Response:
    """Makes an account, and the link by which its owner sets a password within 72 hours."""
    wanted = read_body(given, InvitationBody)
    with desk.work() as work:
        made = invitations.invite(work, invitations.Wanted(wanted.email, wanted.role, wanted.office), key)
    return _invited(made, request)


@router.post(
    "/accounts/{account_id}/reset",
    status_code=201,
    summary="Give an account a new beginning",
    responses=described("invitation", "The link, shown once.", 401, 403, 404, 409, 422, status=201),
)
@allow(Permission.ACCOUNT_KEEP)
def reset(account_id: UUID, desk: OnDesk, key: ClientKey, request: Request) -> Response:
    """For a lost second factor: takes away password, factors and sign-ins, and gives a new link."""
    with desk.work() as work:
        made = invitations.reset(work, account_id, key)
    return _invited(made, request)


@router.get("/tokens", summary="List tokens", responses=described("tokens", "One page.", 401, 403, 404, 422))
@allow(Permission.ACCOUNT_KEEP)
def list_tokens(desk: OnDesk, office: OfOffice = None, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """The tokens of an office that the caller keeps, ended ones included, never their secrets."""
    with desk.work() as work:
        items, last = tokens.page(work, office, limit=limit, after=cursor)
    return json_response({"items": items, "next_cursor": str(last) if last else None}, NO_STORE)


@router.post(
    "/tokens",
    status_code=201,
    summary="Make a token",
    responses=described("token_made", "It, with its secret.", *_BAD, 404, 409, status=201),
    openapi_extra=_body("token_new"),
)
@allow(Permission.ACCOUNT_KEEP)
def make_token(given: GivenCase, desk: OnDesk, key: ClientKey) -> Response:
    """For a machine that works for an account, within what the role of the account may do."""
    wanted = read_body(given, TokenBody)
    asked = tokens.Wanted(wanted.account, wanted.scopes, wanted.days, wanted.name)
    with desk.work() as work:
        line, secret = tokens.make(work, asked, key)
    return _created({**line, "secret": secret})


@router.delete(
    "/tokens/{token_id}",
    status_code=204,
    summary="End a token",
    responses=nothing("Ended.", 401, 403, 404, 422),
)
@allow(Permission.ACCOUNT_KEEP)
def revoke_token(token_id: UUID, desk: OnDesk) -> Response:
    """From now on it is good for nothing."""
    with desk.work() as work:
        tokens.revoke(work, token_id)
    return Response(status_code=204, headers=NO_STORE)


@router.get("/sign-ins", summary="List one's browsers", responses=described("sign_ins", "All.", 401, 403))
@allow(Access.SIGNED_IN)
def list_sign_ins(desk: OnDesk) -> Response:
    """The browsers in which the caller is signed in, the one used last first."""
    with desk.work() as work:
        items = sign_ins.devices(work)
    return json_response({"items": items}, NO_STORE)


@router.delete(
    "/sign-ins/{sign_in_id}",
    status_code=204,
    summary="End one browser's sign-in",
    responses=nothing("Ended.", 401, 403, 404, 422),
)
@allow(Access.SIGNED_IN)
def end_sign_in(sign_in_id: UUID, desk: OnDesk) -> Response:
    """It is signed out with its next request."""
    with desk.work() as work:
        sign_ins.end_device(work, sign_in_id)
    return Response(status_code=204, headers=NO_STORE)


def _invited(made: invitations.Invited, request: Request) -> Response:
    account: Account = made.account
    body: dict[str, object] = {
        "account": str(account.id),
        "email": account.email,
        "role": Role(account.role).value,
        "office": {"id": str(made.office.id), "name": made.office.name},
        "secret": made.secret,
        "link": f"{origin_of(request)}/invitation/{made.secret}",
        "expires_at": made.expires_at,
    }
    return _created(body)


def _created(body: dict[str, object]) -> Response:
    answer = json_response(body, NO_STORE)
    answer.status_code = 201
    return answer
