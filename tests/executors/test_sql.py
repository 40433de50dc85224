"""SQL and Python give every condition the same value, on SQLite and on a real PostgreSQL."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, make_url

from screening.conditions import Below
from screening.executors.sql import column_names
from tests.conformance.answers import fact_value
from tests.conformance.test_conformance import rows
from tests.executors.sql_facts import FACTS, fill, held, values_in, values_of
from tests.prove.databases import conformance
from tests.screening.trees import facts, trees

QUIET = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
some_facts = st.lists(facts, min_size=1, max_size=8)


@pytest.fixture(scope="module")
def sqlite():
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        FACTS.metadata.create_all(connection)
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def postgres_facts(postgres_url):
    engine = create_engine(make_url(postgres_url).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        FACTS.metadata.create_all(connection)
        yield connection
        connection.rollback()
    engine.dispose()


def same(connection, tree, known):
    fill(connection, known)
    return values_in(connection, tree) == values_of(tree, known)


@QUIET
@given(tree=trees, known=some_facts)
def test_sqlite_gives_every_condition_the_value_that_python_gives(sqlite, tree, known):
    assert same(sqlite, tree, known)


@pytest.mark.postgres
@QUIET
@given(tree=trees, known=some_facts)
def test_postgres_gives_every_condition_the_value_that_python_gives(postgres_facts, tree, known):
    assert same(postgres_facts, tree, known)


def test_sqlite_gives_the_values_of_the_conformance_file(sqlite):
    assert conformance("SQLite", sqlite).shown == []


@pytest.mark.postgres
def test_postgres_gives_the_values_of_the_conformance_file(postgres_facts):
    assert conformance("PostgreSQL", postgres_facts).shown == []


def test_most_rows_of_the_conformance_file_can_be_held_whole():
    known = [
        {name: fact_value(name, value) for name, value in row["facts"].items()} for row in rows("trees.json")
    ]
    assert sum(held(one) == one for one in known) > len(known) / 3


def test_the_columns_that_a_tree_reads_are_named():
    assert column_names(Below("age.offense", 18)) == ("age.offense.high", "age.offense.low")
