"""A browser for tests: it keeps cookies, sends forms with the token they hold, and says where it comes from."""

import re
from html import unescape

import pyotp
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from app import security
from app.actions import accounts

SITE = "https://screening.example"
PASSWORD = "blue river stone lamp"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


def hurry(monkeypatch):
    """Passwords cost next to nothing, so that tests of what happens around them are fast."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(security, "_hasher", quick)
    monkeypatch.setattr(security, "_NOBODY", quick.hash("nobody"))


class Browser:
    """One person's browser."""

    def __init__(self, app, clock):
        self.app, self.clock = app, clock
        self.http = TestClient(app, base_url=SITE, follow_redirects=False, headers={"User-Agent": AGENT})
        self.seed = None

    def get(self, path, **more):
        return self.http.get(path, headers={"Accept": "text/html"}, **more)

    def form_token(self, path):
        return re.search(r'name="form_token" value="([^"]+)"', self.get(path).text)[1]

    def post(self, path, fields=None, *, token=None, headers=None):
        """Sends a form from our own pages; `token` names the page that the form stands on."""
        sent = {**(fields or {}), **({"form_token": self.form_token(token)} if token else {})}
        return self.http.post(
            path, data=sent, headers={"Accept": "text/html", "Origin": SITE, **(headers or {})}
        )

    def password(self, email, password=PASSWORD, **fields):
        return self.post("/sign-in", {"email": email, "password": password, **fields})

    def code(self, code=None):
        return self.post("/sign-in/code", {"code": code or self.next_code()}, token="/sign-in/code")

    def next_code(self):
        return pyotp.TOTP(self.seed).at(self.clock())

    def enroll(self):
        """Sets up a code generator; gives the recovery codes that are shown."""
        page = self.get("/enroll")
        assert page.status_code == 200, page.text
        self.seed = re.search(r'class="seed">([^<]+)<', page.text)[1].replace(" ", "")
        answer = self.post("/enroll/code", {"code": self.next_code()}, token="/enroll")
        assert answer.status_code == 200, answer.text
        return re.findall(r"<li>([a-z0-9-]{14})</li>", answer.text)

    def sign_in(self, email, password=PASSWORD):
        """A whole sign-in of somebody who has a code generator; the clock is turned so that the code is a new one."""
        self.clock.turn(seconds=60)
        assert self.password(email, password).status_code == 303
        answer = self.code()
        assert answer.status_code == 303, answer.text
        return answer


class Door:
    """Makes accounts with a password, and browsers to sign in with."""

    def __init__(self, app, clock):
        self.app, self.clock = app, clock

    def account(self, email, role="prosecutor", office="An office", kind=None, password=PASSWORD):
        from app.access import Role
        from app.store.accounts import find_account

        sides = self.app.state.sides
        account, place, side = accounts.make_account(
            sides, email, Role(role), office=office, kind=kind, now=self.clock()
        )
        with side.work() as db:
            find_account(db, email).password_hash = security.password_hash(password)
        return account, place, side

    def browser(self):
        return Browser(self.app, self.clock)

    def signed_in(self, email, **more):
        """A browser in which a fresh account is signed in with both factors."""
        self.account(email, **more)
        browser = self.browser()
        assert browser.password(email, more.get("password", PASSWORD)).headers["location"] == "/enroll"
        browser.recovery = browser.enroll()
        return browser


def shown(answer):
    """What a person reads of a page."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def tags(side, office_id):
    """The audit events of an office, in order, as tag and detail."""
    from app.store import audit

    with side.look() as db:
        return [(one.tag, one.detail) for one in audit.chain(db, office_id)]
