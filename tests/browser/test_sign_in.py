"""Sign-in in a real browser: a passkey of a virtual authenticator, a code, the lock, and pages that everybody can use."""

import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyotp
import pytest

from tests.browser.conftest import _serving, _wait_until_ready

pytestmark = pytest.mark.browser

PASSWORD = "blue river stone lamp"
WIDTHS = (390, 1360)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """The service with an empty record, by a name that browsers make passkeys for, and a way to make accounts in it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("sign-in")
    voi = Path(sys.executable).with_name("voi")

    def make(email, role, office, *more):
        command = [voi, "make-account", email, "--role", role, "--office", office, *more]
        made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        return made.stdout.splitlines()[-1]

    with _serving(port, folder) as process:
        _wait_until_ready(process, f"http://127.0.0.1:{port}")
        yield f"http://localhost:{port}", make


@pytest.fixture
def opened(chromium, service):
    """Opens the service in a browser of a given kind; closed at the end."""
    contexts = []

    def open_(path, width=1360, **kind):
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=service[0], **kind)
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()


def authenticator(page):
    """Gives the page a virtual security key that says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def give_password(page, email, password):
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Go on").click()


def code_of(page):
    """A code of the generator that the page offers."""
    page.get_by_text("No camera?").click()
    return pyotp.TOTP(page.locator(".seed").inner_text().replace(" ", ""))


def test_a_passkey_is_made_at_the_first_sign_in_and_used_at_the_next(opened, service):
    password = service[1]("ann@office.example", "prosecutor", "County prosecutor")
    page = opened("/account")
    session, key = authenticator(page)
    give_password(page, "ann@office.example", password)
    page.get_by_label("A name for it").fill("Office laptop")
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert page.locator(".codes li").count() == 10
    page.get_by_role("link", name="I have kept them").click()
    assert "Office laptop" in page.get_by_role("region", name="Second factors").inner_text()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto("/account")
    give_password(page, "ann@office.example", password)
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="My account").wait_for()
    assert "with password and passkey" in page.get_by_role("row", name="this one").inner_text()
    held = session.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    assert [one["rpId"] for one in held] == ["localhost"]
    assert held[0]["signCount"] >= 2
    assert page.faults == []


def test_a_passkey_of_another_account_does_not_open_this_one(opened, service):
    first = service[1]("one@office.example", "prosecutor", "County prosecutor")
    page = opened("/account")
    session, key = authenticator(page)
    give_password(page, "one@office.example", first)
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    session.send("WebAuthn.clearCredentials", {"authenticatorId": key})
    page.goto("/account")
    give_password(page, "one@office.example", first)
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("The browser did not go through with it").wait_for(timeout=90_000)
    page.goto("/account")
    assert page.get_by_role("heading", name="Sign in").is_visible()


def test_without_javascript_everything_but_passkeys_works(opened, service):
    password = service[1]("bob@office.example", "administrator", "Police", "--kind", "police")
    page = opened("/account", java_script_enabled=False)
    give_password(page, "bob@office.example", password)
    assert page.get_by_role("button", name="Make a passkey").is_hidden()
    generator = code_of(page)
    page.get_by_role("textbox", name="Code").fill(generator.now())
    page.get_by_role("button", name="Confirm the code").click()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("link", name="Accounts").click()
    page.get_by_label("E-mail address").fill("officer@office.example")
    page.get_by_label("Role", exact=True).select_option("officer")
    page.get_by_role("button", name="Make a link").click()
    link = page.locator(".link").inner_text()
    page.context.clear_cookies()
    page.goto(re.sub(r"^https?://[^/]+", "", link))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("The same once more").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    assert page.get_by_role("heading", name="Set up a second factor").is_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_everybody_can_use_the_pages(opened, service, accessibility_faults, width, tmp_path):
    email = f"lead{width}@shelter.example"
    kind = ("--kind", "community_advocacy")
    password = service[1](email, "administrator", "The shelter on the hill", *kind)
    page = opened("/account", width)
    seen = {}

    def look(name):
        page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth")
        seen[name] = (accessibility_faults(page), wide <= width)

    look("sign-in")
    give_password(page, email, "wrong")
    look("refused")
    give_password(page, email, password)
    generator = code_of(page)
    look("enroll")
    page.get_by_role("textbox", name="Code").fill(generator.now())
    page.get_by_role("button", name="Confirm the code").click()
    look("codes")
    page.get_by_role("link", name="I have kept them").click()
    look("account")
    page.get_by_role("link", name="Accounts").click()
    page.get_by_label("E-mail address").fill(f"eve{width}@shelter.example")
    page.get_by_role("button", name="Make a link").click()
    look("accounts")
    link = page.locator(".link").inner_text()
    page.goto("/enroll")
    look("another-factor")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto(link)
    look("invitation")
    page.goto("/sign-in")
    give_password(page, email, password)
    look("code")
    page.get_by_role("textbox", name="Code").fill(generator.at(time.time() + 30))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="My account").wait_for()
    assert {name: one for name, one in seen.items() if one != ([], True)} == {}
    assert page.faults == []
