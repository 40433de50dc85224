"""Signing in with the office's own account, against a real OpenID Connect server on this machine."""

import logging
import re
import warnings
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr

from app.access import OfficeKind
from app.settings import Settings
from tests.record.browser import SITE, Door, hurry, shown, tags

with warnings.catch_warnings(record=True):  # its libraries announce what they will drop
    from oidc_provider_mock import User, run_server_in_thread

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib")

PEOPLE = [
    User(sub="u1", claims={"email": "ann@office.example", "email_verified": True, "acr": "two"}),
    User(sub="u2", claims={"email": "ann@office.example", "email_verified": False, "acr": "two"}),
    User(sub="u3", claims={"email": "bob@office.example", "email_verified": True, "acr": "one"}),
    User(sub="u4", claims={"email": "eve@shelter.example", "email_verified": True, "acr": "two"}),
]


@pytest.fixture(scope="module")
def issuer():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with run_server_in_thread(user_claims=PEOPLE) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def acr():
    return "two"


@pytest.fixture
def settings(database, tmp_path, issuer, acr):
    return Settings(
        _env_file=None,
        database_url=SecretStr(database),
        key_file=tmp_path / "voi.key",
        oidc_issuer=issuer,
        oidc_client_id="screening",
        oidc_client_secret=SecretStr("not guessed"),
        oidc_required_acr=acr,
    )


@pytest.fixture
def door(app, clock, monkeypatch):
    hurry(monkeypatch)
    app.state.pace = 0
    clock.now = datetime.now(UTC)
    return Door(app, clock)


def left(browser):
    """The address that the browser is sent to."""
    answer = browser.get("/sign-in/oidc?back=/accounts")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def came_back(address, sub):
    """Where the provider sends the browser back, once somebody has said who they are."""
    answer = httpx.post(address, data={"sub": sub, "action": "authorize"})
    assert answer.status_code == 302, answer.text
    return answer.headers["location"].removeprefix(SITE)


def whole(browser, sub):
    return browser.get(came_back(left(browser), sub))


def test_a_person_is_found_by_verified_address_first_and_by_subject_then(door, app):
    _, office, side = door.account("ann@office.example")
    browser = door.browser()
    answer = whole(browser, "u1")
    assert answer.status_code == 200
    assert 'content="0;url=/accounts"' in answer.text
    assert browser.get("/account").status_code == 200
    assert [tag for tag, _ in tags(side, office.id)][-2:] == ["account:provider", "account:sign_in"]
    from app.store.accounts import find_account

    with side.work() as db:
        find_account(db, "ann@office.example").email = "renamed@office.example"
    again = door.browser()
    assert whole(again, "u1").status_code == 200
    assert again.get("/account").status_code == 200


def test_the_provider_is_asked_with_pkce_and_a_fresh_state(door):
    first, second = (parse_qs(urlsplit(left(door.browser())).query) for _ in range(2))
    assert first["code_challenge_method"] == ["S256"]
    assert first["redirect_uri"] == [f"{SITE}/sign-in/oidc/back"]
    assert first["acr_values"] == ["two"]
    assert all(first[name] != second[name] for name in ("state", "nonce", "code_challenge"))


@pytest.mark.parametrize("sub", ["u2", "u3", "u4", "unknown"])
def test_nobody_else_is_let_in(door, sub):
    door.account("ann@office.example")
    door.account("bob@office.example")
    browser = door.browser()
    answer = whole(browser, sub)
    assert answer.status_code == 401
    assert "no open account for you" in shown(answer)
    assert browser.get("/account").status_code == 303


def test_a_closed_account_stays_out(door, app, clock):
    account, _, side = door.account("ann@office.example")
    from app.store.accounts import find_account

    with side.work() as db:
        find_account(db, account.email).disabled_at = clock()
    assert whole(door.browser(), "u1").status_code == 401


def test_a_community_advocate_comes_to_their_own_side(door):
    door.account("eve@shelter.example", "advocate", "Shelter", kind=OfficeKind.COMMUNITY_ADVOCACY)
    browser = door.browser()
    assert whole(browser, "u4").status_code == 200
    assert browser.http.cookies["__Host-voi"].startswith("voic_")


def test_an_answer_for_another_browser_is_refused(door):
    door.account("ann@office.example")
    mine, other = door.browser(), door.browser()
    address = came_back(left(mine), "u1")
    left(other)
    assert other.get(address).status_code == 401
    assert door.browser().get(address).status_code == 401


def test_a_way_back_is_good_for_ten_minutes_and_once(door, clock):
    door.account("ann@office.example")
    browser = door.browser()
    address = came_back(left(browser), "u1")
    flow = browser.http.cookies["voi-flow"]
    assert browser.get(address).status_code == 200
    browser.http.cookies.set("voi-flow", flow, domain="screening.example", path="/sign-in/oidc")
    assert browser.get(address).status_code == 401
    late = door.browser()
    address = came_back(left(late), "u1")
    clock.turn(minutes=11)
    assert late.get(address).status_code == 401


def test_a_token_signed_by_another_key_or_for_another_is_refused(door, app, monkeypatch):
    from joserfc import jwt
    from joserfc.jwk import RSAKey

    from app.actions import signing_in_oidc as oidc

    door.account("ann@office.example")
    key, other = RSAKey.generate_key(2048, {"kid": "k"}), RSAKey.generate_key(2048, {"kid": "k"})
    provider = app.state.provider
    now = int(door.clock().timestamp())
    good = {
        "iss": provider.issuer,
        "aud": "screening",
        "sub": "u1",
        "iat": now,
        "exp": now + 60,
        "nonce": "n",
    }
    flow = oidc.Flow("s", "n", "v", now, "/account")
    at = oidc.Door(app.state.sides, door.clock(), None, "")
    monkeypatch.setattr(oidc.Provider, "keys", lambda self, fresh=False: oidc.KeySet([key]))

    def claims(changed, signed_by=key):
        token = jwt.encode({"alg": "RS256", "kid": "k"}, {**good, **changed}, signed_by)
        return oidc._claims(provider, token, flow, at)

    assert claims({})["sub"] == "u1"
    assert claims({"aud": ["screening", "x"], "azp": "screening"})["sub"] == "u1"
    for wrong in (
        {"iss": "https://other.example"},
        {"aud": "other"},
        {"aud": ["screening", "x"]},
        {"azp": "other"},
        {"nonce": "m"},
        {"exp": now - 61},
    ):
        with pytest.raises(oidc.NotSignedInError):
            claims(wrong)
    with pytest.raises(oidc.NotSignedInError):
        claims({}, other)
    for text in ("", "x", "e30.e30.", "eyJhbGciOiJub25lIn0.e30."):
        with pytest.raises(oidc.NotSignedInError):
            oidc._claims(provider, text, flow, at)


def test_a_provider_that_does_not_answer_is_said_so(door, app):
    app.state.provider.issuer = "http://localhost:9"
    answer = door.browser().get("/sign-in/oidc")
    assert answer.status_code == 502
    assert "does not answer" in shown(answer)


class TestWithoutAcr:
    """Where the provider says nothing of a second factor, ours is asked for."""

    @pytest.fixture
    def acr(self):
        return None

    def test_ours_is_asked_for_as_well(self, door):
        door.account("ann@office.example")
        browser = door.browser()
        answer = whole(browser, "u1")
        assert re.search(r'content="0;url=/enroll"', answer.text)
        assert browser.get("/account").status_code == 303
        browser.enroll()
        assert browser.get("/account").status_code == 200


def test_the_sign_in_page_offers_it(door):
    assert "Sign in with your office’s account" in shown(door.browser().get("/sign-in"))
