"""Accounts are kept by the administrators of an office: invited, changed, closed; and never across the wall."""

import pytest

from app.access import OfficeKind, Permission, Role
from app.actions.accounts import ROLES_OF
from tests.record.browser import PASSWORD, Door, hurry, shown, tags

COMMUNITY = OfficeKind.COMMUNITY_ADVOCACY


@pytest.fixture
def door(app, clock, monkeypatch):
    hurry(monkeypatch)
    app.state.pace = 0
    return Door(app, clock)


@pytest.fixture
def admin(people):
    return people.make("administrator", "The office", kind=OfficeKind.PROSECUTOR)


def invited(admin, email="new@office.example", role="prosecutor", **more):
    answer = admin.post("/invitations", {"email": email, "role": role, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def patch(admin, account_id, **change):
    return admin.request("PATCH", f"/accounts/{account_id}", json=change)


def states(admin, **query):
    items = admin.get("/accounts", params=query).json()["items"]
    return {one["email"]: one["state"] for one in items}


def test_an_invited_person_sets_a_password_and_a_factor_and_is_in(admin, door):
    made = invited(admin, "New@office.example")
    assert made["link"].endswith(f"/invitation/{made['secret']}")
    assert states(admin)["new@office.example"] == "invited"
    browser, path = door.browser(), f"/invitation/{made['secret']}"
    page = browser.get(path)
    assert "invited to The office with the address new@office.example" in shown(page)
    fields = {"password": PASSWORD, "again": PASSWORD}
    assert browser.post(path, fields).headers["location"] == "/enroll"
    browser.enroll()
    assert "The office · Prosecutor" in shown(browser.get("/account"))
    assert browser.get(path).status_code == 404
    assert browser.post(path, fields).status_code == 404
    assert states(admin)["new@office.example"] == "active"


def test_an_invitation_is_good_for_72_hours(admin, door, clock):
    made = invited(admin)
    clock.turn(hours=71, minutes=59)
    assert door.browser().get(f"/invitation/{made['secret']}").status_code == 200
    clock.turn(minutes=1)
    gone = door.browser().get(f"/invitation/{made['secret']}")
    assert gone.status_code == 404
    assert "Ask for a new one" in shown(gone)


@pytest.mark.parametrize(
    ("password", "again", "says"),
    [
        ("short", "short", "at least 12"),
        ("passwordpassword", "passwordpassword", "tried first"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "tried first"),
        ("new@office.example", "new@office.example", "e-mail address"),
        ("x" * 250 + "abcdefgh", "x" * 250 + "abcdefgh", "at most 256"),
        (PASSWORD, "blue river stone", "not the same"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_and_the_invitation_stays(
    admin, door, password, again, says
):
    path = f"/invitation/{invited(admin)['secret']}"
    answer = door.browser().post(path, {"password": password, "again": again})
    assert answer.status_code == 422
    assert says in shown(answer)
    assert door.browser().get(path).status_code == 200


def test_the_same_key_gives_the_same_link_and_another_request_under_it_is_refused(admin):
    body = {"email": "new@office.example", "role": "prosecutor"}
    first = admin.post("/invitations", body, key="one").json()
    assert admin.post("/invitations", body, key="one").json() == first
    assert admin.post("/invitations", {**body, "role": "auditor"}, key="one").status_code == 422
    assert admin.post("/invitations", body, key="two").status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        {"email": "no address", "role": "prosecutor"},
        {"email": "new@office.example", "role": "chief"},
        {"email": "new@office.example"},
        {"email": "new@office.example", "role": "prosecutor", "more": 1},
        {"email": "new@office.example", "role": "officer"},
        {"email": 7, "role": "prosecutor"},
    ],
)
def test_what_cannot_be_is_refused_and_makes_nothing(admin, body):
    assert admin.post("/invitations", body).status_code == 422
    assert len(states(admin)) == 1


def test_an_office_of_a_kind_has_the_roles_of_its_kind():
    assert Role.SUPERVISOR not in ROLES_OF[COMMUNITY]
    assert all(Role.ADMINISTRATOR in roles for roles in ROLES_OF.values())
    assert {role for roles in ROLES_OF.values() for role in roles} == set(Role)


def test_only_administrators_keep_accounts(people, admin):
    prosecutor = people.make("prosecutor", "The office")
    assert prosecutor.get("/accounts").status_code == 403
    assert prosecutor.post("/invitations", {"email": "a@b.example", "role": "auditor"}).status_code == 403
    assert patch(prosecutor, prosecutor.account.id, role="administrator").status_code == 403
    assert prosecutor.get("/offices").status_code == 200


def test_an_administrator_keeps_the_own_office_and_does_not_learn_of_others(people, admin):
    other = people.make("prosecutor", "Another office")
    foreign = other.account.id
    missing = patch(admin, admin.office.id, disabled=True)
    found = patch(admin, foreign, disabled=True)
    assert found.status_code == missing.status_code == 404
    assert found.json() == missing.json()
    assert admin.get("/accounts", params={"office": str(other.office.id)}).status_code == 404
    assert admin.post(f"/accounts/{foreign}/reset").status_code == 404
    body = {"email": "x@office.example", "role": "prosecutor", "office": str(other.office.id)}
    assert admin.post("/invitations", body).status_code == 404
    assert other.get("/screenings").status_code == 200


def test_oversight_keeps_the_justice_side_and_never_a_community_office(people):
    oversight = people.make("administrator", "Oversight", kind=OfficeKind.OVERSIGHT)
    police = people.make("officer", "Police")
    shelter = people.make("advocate", "Shelter", kind=COMMUNITY)
    assert patch(oversight, police.account.id, disabled=True).status_code == 200
    assert police.get("/screenings").status_code == 401
    assert patch(oversight, shelter.account.id, disabled=True).status_code == 404
    assert oversight.get("/accounts", params={"office": str(shelter.office.id)}).status_code == 404
    body = {"email": "x@shelter.example", "role": "advocate", "office": str(shelter.office.id)}
    assert oversight.post("/invitations", body).status_code == 404
    assert shelter.get("/screenings").status_code == 200


def test_a_community_office_has_its_own_administrator_who_reaches_nobody_else(people, door):
    own = people.make("administrator", "Shelter", kind=COMMUNITY)
    police = people.make("officer", "Police")
    made = invited(own, "eve@shelter.example", role="advocate")
    assert made["secret"].startswith("voic_")
    assert patch(own, police.account.id, disabled=True).status_code == 404
    browser = door.browser()
    fields = {"password": PASSWORD, "again": PASSWORD}
    assert browser.post(f"/invitation/{made['secret']}", fields).status_code == 303


def test_an_address_known_across_the_wall_is_answered_like_any_other(people, admin):
    shelter = people.make("administrator", "Shelter", kind=COMMUNITY)
    invited(shelter, "both@office.example", role="advocate")
    assert invited(admin, "both@office.example")["email"] == "both@office.example"


def test_a_closed_account_is_out_at_once_with_its_browsers_and_tokens(people, admin, door):
    door.account("ann@office.example", office="The office")
    browser = door.browser()
    browser.password("ann@office.example")
    browser.enroll()
    account = next(one for one in admin.get("/accounts").json()["items"] if one["email"].startswith("ann"))
    assert account["second_factors"] == ["code"]
    assert patch(admin, account["id"], disabled=True).json()["state"] == "disabled"
    assert browser.get("/account").status_code == 303
    assert door.browser().password("ann@office.example").status_code == 401
    assert patch(admin, account["id"], disabled=False).json()["state"] == "active"
    assert browser.get("/account").status_code == 303
    assert door.browser().password("ann@office.example").status_code == 303


def test_a_role_is_changed_within_the_kind_of_office(people, admin):
    prosecutor = people.make("prosecutor", "The office")
    assert patch(admin, prosecutor.account.id, role="officer").status_code == 422
    assert patch(admin, prosecutor.account.id, role="auditor").json()["role"] == "auditor"
    assert prosecutor.get("/screenings").status_code == 403


def test_nobody_closes_or_changes_their_own_account(admin):
    assert patch(admin, admin.account.id, disabled=True).status_code == 409
    assert patch(admin, admin.account.id, role="prosecutor").status_code == 409
    assert admin.post(f"/accounts/{admin.account.id}/reset").status_code == 409


def test_a_new_beginning_takes_away_all_that_was_lost(admin, door, clock):
    door.account("ann@office.example", office="The office")
    browser = door.browser()
    browser.password("ann@office.example")
    codes = browser.enroll()
    account = next(one for one in admin.get("/accounts").json()["items"] if one["email"].startswith("ann"))
    made = admin.post(f"/accounts/{account['id']}/reset").json()
    assert browser.get("/account").status_code == 303
    assert door.browser().password("ann@office.example").status_code == 401
    fields = {"password": "green hill far away", "again": "green hill far away"}
    assert browser.post(f"/invitation/{made['secret']}", fields).headers["location"] == "/enroll"
    assert not set(browser.enroll()) & set(codes)


def test_offices_are_listed_by_name_and_kind_and_nothing_else(people, admin):
    people.make("advocate", "A shelter", kind=COMMUNITY)
    items = admin.get("/offices").json()["items"]
    assert [(one["name"], one["kind"]) for one in items] == [
        ("A shelter", "community_advocacy"),
        ("The office", "prosecutor"),
    ]
    assert all(set(one) == {"id", "name", "kind"} for one in items)


def test_pages_of_accounts_are_whole(people, admin):
    emails = [invited(admin, f"p{n}@office.example")["email"] for n in range(4)]
    seen, cursor = [], None
    while True:
        query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        page = admin.get("/accounts", params=query).json()
        seen += [one["email"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted([admin.account.email, *emails])
    assert len(seen) == 5


def test_every_act_on_an_account_is_in_the_log_of_its_office(people, app):
    oversight = people.make("administrator", "Oversight", kind=OfficeKind.OVERSIGHT)
    prosecutor = people.make("prosecutor", "The office")
    patch(oversight, prosecutor.account.id, role="supervisor")
    patch(oversight, prosecutor.account.id, disabled=True)
    patch(oversight, prosecutor.account.id, disabled=False)
    oversight.post(f"/accounts/{prosecutor.account.id}/reset")
    expected = ["account:role", "account:disable", "account:enable", "account:reset"]
    side = app.state.sides.justice
    for office in (prosecutor.office, oversight.office):
        told = tags(side, office.id)
        assert [tag for tag, _ in told if tag in expected] == expected
    assert ("account:role", {"from": "prosecutor", "to": "supervisor"}) in told


def test_an_administrator_works_on_the_page_as_over_the_api(door, people):
    browser = door.signed_in(
        "chief@office.example", role="administrator", office="The office", kind=OfficeKind.PROSECUTOR
    )
    page = browser.get("/accounts")
    assert "Accounts of The office" in shown(page)
    sent = {"email": "new@office.example", "role": "prosecutor", "key": "once"}
    made = browser.post("/accounts/invite", sent, token="/accounts")
    assert "Hand this link to new@office.example" in shown(made)
    assert "https://screening.example/invitation/voij_" in shown(made)
    account = browser.http.get("/api/v1/accounts").json()["items"][-1]
    browser.post(f"/accounts/{account['id']}/role", {"role": "auditor"}, token="/accounts")
    browser.post(f"/accounts/{account['id']}/disable", token="/accounts")
    account = browser.http.get("/api/v1/accounts").json()["items"][-1]
    assert (account["role"], account["state"]) == ("auditor", "disabled")
    again = browser.post("/accounts/invite", {**sent, "key": "two"}, token="/accounts")
    assert again.status_code == 409
    assert "an account with this address already" in shown(again)


def token(admin, account_id, scopes=("screening:read",), **more):
    return admin.post("/tokens", {"account": str(account_id), "scopes": list(scopes), **more})


def test_a_token_works_within_its_scopes_until_it_ends(people, admin, client, clock):
    prosecutor = people.make("prosecutor", "The office")
    made = token(admin, prosecutor.account.id, days=2, name="Case system").json()
    bearer = {"Authorization": f"Bearer {made['secret']}"}
    assert client.get("/api/v1/screenings", headers=bearer).status_code == 200
    assert client.get("/api/v1/offices", headers=bearer).status_code == 403
    clock.turn(days=2)
    assert client.get("/api/v1/screenings", headers=bearer).status_code == 401


def test_a_revoked_token_is_good_for_nothing(people, admin, client):
    prosecutor = people.make("prosecutor", "The office")
    made = token(admin, prosecutor.account.id).json()
    assert admin.request("DELETE", f"/tokens/{made['id']}").status_code == 204
    bearer = {"Authorization": f"Bearer {made['secret']}"}
    assert client.get("/api/v1/screenings", headers=bearer).status_code == 401
    listed = next(one for one in admin.get("/tokens").json()["items"] if one["id"] == made["id"])
    assert listed["revoked_at"]
    assert made["secret"] not in admin.get("/tokens").text


def test_a_token_may_not_do_what_its_account_may_not(people, admin):
    prosecutor = people.make("prosecutor", "The office")
    answer = token(admin, prosecutor.account.id, ["screening:read", "account:keep"])
    assert answer.status_code == 422
    assert "account:keep" in answer.json()["detail"]
    assert token(admin, prosecutor.account.id, []).status_code == 422
    assert token(admin, prosecutor.account.id, ["anything"]).status_code == 422
    assert token(admin, prosecutor.account.id, days=367).status_code == 422


def test_tokens_of_other_offices_are_out_of_reach(people, admin):
    other = people.make("administrator", "Another office", kind=OfficeKind.PROSECUTOR)
    foreign = token(other, other.account.id, ["account:keep"]).json()
    assert token(admin, other.account.id).status_code == 404
    assert admin.request("DELETE", f"/tokens/{foreign['id']}").status_code == 404
    assert foreign["id"] not in admin.get("/tokens").text


def test_the_same_key_gives_the_same_token(people, admin):
    prosecutor = people.make("prosecutor", "The office")
    body = {"account": str(prosecutor.account.id), "scopes": ["duty:read", "screening:read"]}
    first = admin.post("/tokens", body, key="one").json()
    assert admin.post("/tokens", body, key="one").json() == first
    assert admin.post("/tokens", {**body, "days": 3}, key="one").status_code == 422


def test_a_person_sees_what_works_in_their_name(people, admin, door, app):
    browser = door.signed_in("ann@office.example", office="The office")
    account = next(one for one in admin.get("/accounts").json()["items"] if one["email"].startswith("ann"))
    token(admin, account["id"], name="Case system")
    assert "Case system, since 24 November 2026" in shown(browser.get("/account"))


def test_tokens_are_in_the_log(people, admin, app):
    made = token(admin, admin.account.id, [Permission.ACCOUNT_KEEP.value]).json()
    admin.request("DELETE", f"/tokens/{made['id']}")
    told = [tag for tag, _ in tags(app.state.sides.justice, admin.office.id)]
    assert told[-2:] == ["token:make", "token:revoke"]
