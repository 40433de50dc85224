"""The record in this process, on both engines: a service with both compartments, a clock to turn, and people in offices."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import make_url, text
from starlette.testclient import TestClient

from app.main import create_app
from app.opening import database_urls
from app.settings import Settings
from app.store.base import Base
from app.store.session import migrate, open_engine
from tests.record.people import People
from tests.store.conftest import postgres_url

__all__ = ["postgres_url"]

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


class Clock:
    """The time as the service sees it."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now

    def turn(self, **by):
        self.now += timedelta(**by)


@pytest.fixture(scope="session")
def postgres_database(postgres_url):
    """A database with all tables of both compartments, emptied after every test that used it."""
    name = f"voi_record_{uuid.uuid4().hex[:8]}"
    _run(postgres_url, f"CREATE DATABASE {name}")
    url = _text(make_url(postgres_url).set(database=name))
    for address in database_urls(_settings(url)).values():
        engine = open_engine(address)
        migrate(engine)
        engine.dispose()
    yield url
    _run(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory):
    """The two SQLite files with all tables, to be copied for every test."""
    folder = tmp_path_factory.mktemp("template")
    for address in database_urls(_settings(f"sqlite:///{folder}/voi.db")).values():
        engine = open_engine(address)
        migrate(engine)
        engine.dispose()
    return folder


@pytest.fixture(params=ENGINES)
def database(request, tmp_path):
    """The address of a fresh database with all tables."""
    if request.param == "sqlite":
        folder = request.getfixturevalue("filled_file")
        for file in folder.glob("*.db"):
            (tmp_path / file.name).write_bytes(file.read_bytes())
        yield f"sqlite:///{tmp_path}/voi.db"
        return
    url = request.getfixturevalue("postgres_database")
    yield url
    _empty(url)


@pytest.fixture
def settings(database, tmp_path):
    return Settings(_env_file=None, database_url=SecretStr(database), key_file=tmp_path / "voi.key")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def app(settings, clock):
    from app.opening import make_keys

    make_keys(settings)
    service = create_app(settings)
    service.state.clock = clock
    yield service
    for side in service.state.sides.each():
        side.engine.dispose()


@pytest.fixture
def client(app):
    with TestClient(app) as client:
        yield client


@pytest.fixture
def people(app, client, clock):
    """People in offices, each with a client that speaks for them."""
    return People(app, client, clock)


@pytest.fixture
def case():
    """A case with a record, a private word, and a charge that one more fact would change."""
    return {
        "case": "v1",
        "as_of": "2026-11-24",
        "stage": "charging",
        "person": {"born": "2009-05-01"},
        "charges": [{"id": "c1", "jurisdiction": "US-TN", "section": "39-13-513", "date": "2024-03-01"}],
        "responses": {
            "control.threats": {"value": "yes", "source": "record"},
            "life.threatened": {"value": "yes", "source": "own_statement"},
        },
    }


def _settings(url):
    return Settings(_env_file=None, database_url=SecretStr(url))


def _text(url):
    return url.render_as_string(hide_password=False)


def _empty(url):
    """Takes out all rows, past the triggers that keep them: only a superuser can, and only in tests anyone does."""
    names = [table.name for table in Base.metadata.sorted_tables if table.name != "installation"]
    for address in database_urls(_settings(url)).values():
        engine = open_engine(address)
        with engine.begin() as connection:
            connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text(f"TRUNCATE {', '.join(names)}"))
        engine.dispose()


def _run(server, statement):
    engine = open_engine(server).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
