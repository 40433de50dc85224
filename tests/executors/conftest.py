"""A connection to a real PostgreSQL with the table of facts in a database of its own."""

import pytest
from sqlalchemy import create_engine

from tests.executors.test_sql import FACTS
from tests.store.conftest import postgres_url

__all__ = ["postgres_url"]


@pytest.fixture(scope="module")
def postgres_facts(postgres_url):
    engine = create_engine(postgres_url.replace("postgres://", "postgresql://", 1))
    with engine.connect() as connection:
        FACTS.metadata.create_all(connection)
        yield connection
        connection.rollback()
    engine.dispose()
