"""The service in this process, on an SQLite file of its own, and a client that speaks to it."""

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.store.session import migrate


def settings_for(folder):
    return Settings(_env_file=None, database_url=SecretStr(f"sqlite:///{folder}/voi.db"))


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    """The whole service, its database brought up to date."""
    service = create_app(settings_for(tmp_path_factory.mktemp("service")))
    migrate(service.state.engine)
    yield service
    service.state.engine.dispose()


@pytest.fixture(scope="session")
def client(app):
    with TestClient(app) as client:
        yield client


@pytest.fixture
def case():
    """A case in which one more fact would change much."""
    return {
        "case": "v1",
        "as_of": "2026-11-24",
        "person": {"born": "2010-01-01"},
        "charges": [{"id": "c1", "jurisdiction": "US-TN", "section": "39-13-513", "date": "2024-05-01"}],
    }
