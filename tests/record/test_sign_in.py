"""The way in: both factors are asked for, guessing does not pay, and nothing tells who has an account."""

import re
import time

import pytest

from app import security
from app.access import OfficeKind
from tests.record.browser import PASSWORD, SITE, Door, hurry, shown, tags


@pytest.fixture
def door(app, clock, monkeypatch):
    hurry(monkeypatch)
    app.state.pace = 0
    return Door(app, clock)


@pytest.fixture
def signed(door):
    return door.signed_in("ann@office.example")


def test_passwords_are_kept_as_argon2id_at_a_cost_that_guessing_feels():
    kept = security.password_hash("Café au lait matin")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=2$")
    assert security.password_fits(kept, "Cafe\u0301 au lait matin")
    assert not security.password_fits(None, "Café au lait matin")


def test_the_first_sign_in_leads_through_enrollment(door):
    door.account("ann@office.example")
    browser = door.browser()
    answer = browser.password("Ann@office.example ")
    assert answer.headers["location"] == "/enroll"
    assert browser.get("/account").headers["location"] == "/sign-in?back=%2Faccount"
    codes = browser.enroll()
    assert len(set(codes)) == 10
    page = browser.get("/account")
    assert page.status_code == 200
    assert "An office · Prosecutor" in shown(page)
    assert "10 left" in shown(page)


def test_the_cookie_is_for_this_host_over_tls_and_out_of_reach_of_scripts(door):
    door.account("ann@office.example")
    given = door.browser().password("ann@office.example").headers["set-cookie"]
    assert given.startswith("__Host-voi=voij_")
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= set(given.split("; "))


def test_the_second_time_a_code_is_asked_for_and_is_good_once(door, signed, clock):
    clock.turn(seconds=60)
    browser = door.browser()
    assert browser.password("ann@office.example").headers["location"].startswith("/sign-in/code")
    browser.seed = signed.seed
    code = browser.next_code()
    assert browser.code(code).headers["location"] == "/account"
    assert browser.get("/account").status_code == 200
    other = door.browser()
    other.password("ann@office.example")
    assert other.code(code).status_code == 401
    assert other.get("/account").status_code == 303


def test_half_a_sign_in_is_worth_nothing_and_cannot_set_up_a_factor(door, signed, client):
    browser = door.browser()
    browser.password("ann@office.example")
    assert browser.get("/enroll").status_code == 303
    assert browser.http.get("/api/v1/offices").status_code == 401
    assert browser.get("/account").status_code == 303


def test_half_a_sign_in_ends_after_ten_minutes(door, signed, clock):
    browser = door.browser()
    browser.password("ann@office.example")
    token = browser.form_token("/sign-in/code")
    clock.turn(minutes=10)
    browser.seed = signed.seed
    answer = browser.post("/sign-in/code", {"code": browser.next_code(), "form_token": token})
    assert answer.status_code == 401
    assert browser.get("/account").status_code == 303


def test_a_recovery_code_is_good_once(door, signed):
    browser = door.browser()
    browser.password("ann@office.example")
    assert browser.code(signed.recovery[3].upper()).status_code == 303
    assert "9 left" in shown(browser.get("/account"))
    other = door.browser()
    other.password("ann@office.example")
    assert other.code(signed.recovery[3]).status_code == 401


def test_five_failures_make_an_account_wait_ten_minutes_even_for_the_right_password(door, signed, clock):
    browser = door.browser()
    for _ in range(5):
        assert browser.password("ann@office.example", "wrong").status_code == 401
    assert browser.password("ann@office.example").status_code == 401
    clock.turn(minutes=9, seconds=59)
    assert browser.password("ann@office.example").status_code == 401
    clock.turn(seconds=1)
    assert browser.password("ann@office.example").status_code == 303


def test_wrong_codes_count_with_wrong_passwords_and_a_right_password_forgets_none(door, signed, app):
    browser = door.browser()
    browser.seed = signed.seed
    for wrong in ("000000", "not-a-code"):
        browser.password("ann@office.example")
        assert browser.code(wrong).status_code == 401
    for _ in range(2):
        browser.password("ann@office.example", "wrong")
    browser.password("ann@office.example")
    token = browser.form_token("/sign-in/code")
    assert browser.post("/sign-in/code", {"code": "000000", "form_token": token}).status_code == 401
    door.clock.turn(seconds=60)
    again = browser.post("/sign-in/code", {"code": browser.next_code(), "form_token": token})
    assert again.status_code == 401
    assert browser.password("ann@office.example").status_code == 401


def test_nothing_tells_who_has_an_account(door, signed):
    known, unknown = door.browser(), door.browser()
    for _ in range(7):
        one = known.password("ann@office.example", "wrong", back="/account")
        two = unknown.password("bob@office.example", "wrong", back="/account")
        assert one.status_code == two.status_code == 401
        assert one.text.replace("ann@", "bob@") == two.text
        assert sorted(one.headers) == sorted(two.headers)


def test_an_answer_takes_a_whole_number_of_steps(door, signed, app):
    app.state.pace = 1.0
    spent = []
    for email in ("ann@office.example", "bob@office.example"):
        begun = time.monotonic()
        door.browser().password(email, "wrong")
        spent.append(time.monotonic() - begun)
    assert all(one >= 1.0 for one in spent)


def test_both_sides_are_asked_and_each_knows_its_own_secrets(door):
    office = OfficeKind.COMMUNITY_ADVOCACY
    browser = door.signed_in("eve@shelter.example", role="advocate", office="A shelter", kind=office)
    page = shown(browser.get("/account"))
    assert "A shelter · Community advocate" in page
    assert "stays with it unless the person agrees" in page
    assert browser.http.cookies["__Host-voi"].startswith("voic_")


def test_a_system_advocate_is_told_what_the_label_means(door):
    browser = door.signed_in(
        "sam@county.example", role="advocate", office="County", kind=OfficeKind.SYSTEM_ADVOCACY
    )
    assert "System advocate You work for a public office. Do not promise" in shown(browser.get("/account"))


def test_left_alone_for_half_an_hour_a_browser_is_locked_everywhere_until_the_password_is_given(
    signed, clock
):
    clock.turn(minutes=29)
    assert signed.get("/account").status_code == 200
    token = signed.form_token("/account")
    clock.turn(minutes=30)
    locked = signed.get("/account")
    assert locked.status_code == 423
    assert "Locked" in shown(locked)
    assert signed.get("/enroll").status_code == 423
    answer = signed.http.get("/api/v1/sign-ins")
    assert (answer.status_code, answer.json()["title"]) == (423, "Locked")
    sent = signed.post("/account/everywhere", {"form_token": token})
    assert sent.status_code == 423
    assert signed.post("/unlock", {"password": "wrong", "back": "/account"}).status_code == 401
    assert signed.get("/account").status_code == 423
    opened = signed.post("/unlock", {"password": PASSWORD, "back": "/account"})
    assert opened.headers["location"] == "/account"
    assert "Chrome on Linux" in shown(signed.get("/account"))


def test_wrong_passwords_at_the_lock_count_too(signed, clock):
    clock.turn(minutes=31)
    for _ in range(5):
        signed.post("/unlock", {"password": "wrong"})
    assert signed.post("/unlock", {"password": PASSWORD}).status_code == 401
    clock.turn(minutes=10)
    assert signed.post("/unlock", {"password": PASSWORD}).status_code == 303


def test_a_sign_in_ends_after_twelve_hours_however_it_is_used(signed, clock):
    for _ in range(26):
        assert signed.get("/account").status_code == 200
        clock.turn(minutes=27)
    clock.turn(minutes=18)
    assert signed.get("/account").headers["location"].startswith("/sign-in")
    assert signed.post("/unlock", {"password": PASSWORD}).status_code == 401


def test_signing_out_ends_it_for_good(signed):
    cookie = signed.http.cookies["__Host-voi"]
    answer = signed.post("/sign-out")
    assert answer.headers["location"] == "/sign-in"
    assert 'voi=""' in answer.headers["set-cookie"]
    signed.http.cookies.set("__Host-voi", cookie, domain="screening.example")
    assert signed.get("/account").status_code == 303


def test_another_browser_is_seen_and_ended(door, signed):
    other = door.browser()
    other.seed = signed.seed
    other.sign_in("ann@office.example")
    rows = other.http.get("/api/v1/sign-ins").json()["items"]
    assert [one["current"] for one in rows] == [True, False]
    assert rows[0]["factors"] == ["password", "code"]
    token = other.form_token("/account")
    first = f"/api/v1/sign-ins/{rows[1]['id']}"
    refused = other.http.delete(first, headers={"Origin": SITE})
    assert refused.status_code == 403
    headers = {"Origin": SITE, "X-Form-Token": token}
    assert other.http.delete(first, headers=headers).status_code == 204
    assert signed.get("/account").status_code == 303
    assert other.http.delete(first, headers=headers).status_code == 404


def test_signing_out_everywhere_ends_this_one_too(door, signed):
    other = door.browser()
    other.seed = signed.seed
    other.sign_in("ann@office.example")
    assert other.post("/account/everywhere", token="/account").headers["location"] == "/sign-in"
    assert signed.get("/account").status_code == other.get("/account").status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_does_nothing(door, signed, headers):
    fields = {"form_token": signed.form_token("/account")}
    assert signed.post("/account/everywhere", fields, headers=headers).status_code == 403
    other = {"email": "ann@office.example", "password": PASSWORD}
    assert door.browser().post("/sign-in", other, headers=headers).status_code == 403
    assert signed.get("/account").status_code == 200


def test_a_form_without_its_token_does_nothing(door, signed):
    assert signed.post("/account/everywhere").status_code == 403
    assert signed.post("/account/everywhere", {"form_token": "x"}).status_code == 403
    other = door.signed_in("bob@office.example")
    foreign = {"form_token": other.form_token("/account")}
    assert signed.post("/account/everywhere", foreign).status_code == 403


def test_a_password_is_changed_with_the_old_one_and_ends_other_browsers(door, signed):
    other = door.browser()
    other.seed = signed.seed
    other.sign_in("ann@office.example")
    wrong = other.post("/account/password", {"old": "no", "new": "green hill far away"}, token="/account")
    assert wrong.status_code == 401
    weak = other.post("/account/password", {"old": PASSWORD, "new": "password1234"}, token="/account")
    assert weak.status_code == 422
    done = other.post("/account/password", {"old": PASSWORD, "new": "green hill far away"}, token="/account")
    assert done.headers["location"] == "/account?done=password"
    assert signed.get("/account").status_code == 303
    assert door.browser().password("ann@office.example").status_code == 401
    assert door.browser().password("ann@office.example", "green hill far away").status_code == 303


def test_the_last_second_factor_stays(signed):
    answer = signed.post("/account/code/remove", token="/account")
    assert answer.status_code == 422
    assert "only second factor" in shown(answer)


def test_new_recovery_codes_take_the_place_of_the_old(door, signed):
    answer = signed.post("/account/recovery-codes", token="/account")
    fresh = re.findall(r"<li>([a-z0-9-]{14})</li>", answer.text)
    assert len(set(fresh)) == 10
    browser = door.browser()
    browser.password("ann@office.example")
    assert browser.code(signed.recovery[0]).status_code == 401
    browser.password("ann@office.example")
    assert browser.code(fresh[0]).status_code == 303


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "x"])
def test_after_signing_in_nobody_is_sent_to_another_site(door, signed, back):
    browser = door.browser()
    browser.seed = signed.seed
    door.clock.turn(seconds=60)
    browser.password("ann@office.example")
    fields = {"code": browser.next_code(), "back": back}
    assert browser.post("/sign-in/code", fields, token="/sign-in/code").headers["location"] == "/account"


def test_what_happens_at_the_door_is_in_the_log_of_the_office(door, app):
    _, office, side = door.account("ann@office.example")
    browser = door.browser()
    browser.password("ann@office.example", "wrong")
    browser.password("ann@office.example")
    browser.enroll()
    browser.post("/sign-out")
    told = tags(side, office.id)
    assert [tag for tag, _ in told[1:]] == [
        "account:sign_in_failed",
        "account:enroll",
        "account:recovery_codes",
        "account:sign_in",
        "account:sign_out",
    ]
    assert told[1][1] == {"step": "password", "failed": 1}
    assert "ann@" not in str(told)


def test_the_lockout_is_in_the_log(door):
    _, office, side = door.account("ann@office.example")
    for _ in range(6):
        door.browser().password("ann@office.example", "wrong")
    told = [tag for tag, _ in tags(side, office.id)]
    assert told.count("account:sign_in_failed") == 6
    assert told.count("account:locked_out") == 1


def test_the_seed_of_a_generator_is_kept_sealed(door, signed, app):
    from app.store.accounts import find_account

    with app.state.sides.justice.look() as db:
        sealed = find_account(db, "ann@office.example").totp_sealed
    assert signed.seed.encode() not in sealed
    assert sealed.startswith(b"k1:")
