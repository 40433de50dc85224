"""The JSON Schemas of accounts: offices, people, invitations, tokens, and signed-in browsers."""

from app.access import OfficeKind, Permission, Role
from app.api.shapes_record import ID, MOMENT, page_of
from screening.schemas import BOOL, COUNT, TEXT, Schema, closed, list_of, or_null, words_of

ROLE = words_of(Role)


def account_shapes() -> dict[str, Schema]:
    """Every schema of accounts by the name that the routes give it."""
    office: Schema = closed({"id": ID, "name": TEXT, "kind": words_of(OfficeKind)})
    token = {
        "id": ID,
        "name": TEXT,
        "account": ID,
        "email": TEXT,
        "scopes": list_of(words_of(Permission)),
        "created_at": MOMENT,
        "expires_at": or_null(MOMENT),
        "revoked_at": or_null(MOMENT),
    }
    account = {
        "id": ID,
        "email": TEXT,
        "role": ROLE,
        "office": office,
        "state": words_of(("invited", "active", "locked_out", "disabled")),
        "second_factors": list_of(words_of(("code", "passkey"))),
        "created_at": MOMENT,
    }
    return {
        "offices": closed({"items": list_of(office)}),
        "account": closed(account),
        "accounts": page_of(closed(account)),
        "tokens": page_of(closed(token)),
        "token_made": closed({**token, "secret": TEXT}),
        **_asked(),
        **_shown(),
    }


def _asked() -> dict[str, Schema]:
    new_token = {"account": ID, "scopes": list_of(words_of(Permission)), "days": COUNT, "name": TEXT}
    change = {"role": or_null(ROLE), "disabled": or_null(BOOL)}
    return {
        "invitation_new": closed({"email": TEXT, "role": ROLE, "office": or_null(ID)}, optional=("office",)),
        "account_change": closed(change, optional=("role", "disabled")),
        "token_new": closed(new_token, optional=("days", "name")),
    }


def _shown() -> dict[str, Schema]:
    invitation = {
        "account": ID,
        "email": TEXT,
        "role": ROLE,
        "office": closed({"id": ID, "name": TEXT}),
        "secret": TEXT,
        "link": TEXT,
        "expires_at": MOMENT,
    }
    browser = {
        "id": ID,
        "device": TEXT,
        "factors": list_of(TEXT),
        "created_at": MOMENT,
        "seen_at": MOMENT,
        "locked": BOOL,
        "current": BOOL,
    }
    return {"invitation": closed(invitation), "sign_ins": closed({"items": list_of(closed(browser))})}
