"""Too many attempts in a short time are refused before any password is compared."""

import pytest
from pydantic import SecretStr, ValidationError
from starlette.requests import Request

from app.limits import client_of
from app.settings import Settings
from tests.record.browser import Door, hurry


@pytest.fixture
def settings(database, tmp_path):
    return Settings(
        _env_file=None,
        database_url=SecretStr(database),
        key_file=tmp_path / "voi.key",
        sign_in_limit="3/minute",
        sign_in_client_limit="5/minute",
        assess_limit="2/minute",
    )


@pytest.fixture
def door(app, clock, monkeypatch):
    hurry(monkeypatch)
    app.state.pace = 0
    return Door(app, clock)


def test_one_address_may_be_tried_so_often_whether_or_not_it_is_known(door):
    door.account("ann@office.example")
    for email in ("ann@office.example", "bob@office.example"):
        door.app.state.rates._counted.storage.reset()
        given = [door.browser().password(email, "wrong") for _ in range(4)]
        assert [one.status_code for one in given] == [401, 401, 401, 429]
        assert 1 <= int(given[-1].headers["Retry-After"]) <= 60


def test_one_client_may_try_so_often_whatever_the_address(door):
    given = [door.browser().password(f"{n}@office.example", "wrong").status_code for n in range(6)]
    assert given == [401] * 5 + [429]


def test_assessing_has_a_limit_of_its_own(client, case):
    given = [client.post("/api/v1/assess", json=case).status_code for _ in range(3)]
    assert given == [200, 200, 429]


@pytest.mark.parametrize(
    ("host", "whose"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("unix", "unix")],
)
def test_a_client_is_its_address_or_its_network(host, whose):
    assert client_of(Request({"type": "http", "client": (host, 1)})) == whose


def test_a_limit_that_cannot_be_read_is_refused():
    with pytest.raises(ValidationError, match="10/minute"):
        Settings(_env_file=None, sign_in_limit="often")


def test_a_provider_without_its_secret_is_refused():
    with pytest.raises(ValidationError, match="VOI_OIDC_CLIENT_SECRET"):
        Settings(_env_file=None, oidc_issuer="https://login.example")
