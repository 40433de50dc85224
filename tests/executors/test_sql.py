"""SQL and Python give every condition the same value, on SQLite and on a real PostgreSQL."""

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    insert,
    make_url,
    select,
    text,
)

from screening.conditions import Below, compile_conditions, walk
from screening.conditions.nodes import facts_of
from screening.executors.sql import column_names, every_value
from tests.screening.trees import BOOLS, CODES, facts, trees

COLUMNS: dict[str, Boolean | Integer | Text] = {
    **{name: Boolean() for name in BOOLS},
    "age.offense.low": Integer(),
    "age.offense.high": Integer(),
    "b.code": Text(),
    **{f"b.codes.{code}": Boolean() for code in CODES},
}
FACTS = Table(
    "facts",
    MetaData(),
    Column("id", Integer(), primary_key=True),
    *(Column(name, kind) for name, kind in COLUMNS.items()),
)


def row_of(known):
    """The facts as a row of typed columns; what SQL cannot hold (a code known only in part) is left out of the facts too."""
    row = {name: {0: False, 1: None, 2: True}[int(known.get(name, 1))] for name in BOOLS}
    low, high = known.get("age.offense", (None, None))
    code = known.get("b.code")
    sure, may = known.get("b.codes", (frozenset(), None))
    row |= {
        "age.offense.low": low,
        "age.offense.high": high,
        "b.code": next(iter(code)) if code and len(code) == 1 else None,
    }
    return row | {
        f"b.codes.{one}": True if one in sure else None if may is None or one in may else False
        for one in CODES
    }


def values_in(connection, tree, known):
    connection.execute(FACTS.delete())
    connection.execute(insert(FACTS), [{"id": 1, **row_of(known)}])
    found = connection.execute(select(*every_value(tree, lambda name: FACTS.c[name]))).one()
    return [1 if value is None else 2 if value else 0 for value in found]


def values_of(tree, known):
    whole = {name: value for name, value in known.items() if name != "b.code" or len(value) == 1}
    evaluate, _ = compile_conditions([tree])
    return list(evaluate(whole))


@pytest.fixture(scope="module")
def sqlite():
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        FACTS.metadata.create_all(connection)
        yield connection
    engine.dispose()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=trees, known=facts)
def test_sqlite_gives_every_condition_the_value_that_python_gives(sqlite, tree, known):
    assert values_in(sqlite, tree, known) == values_of(tree, known)


def test_the_columns_that_a_tree_reads_are_named(sqlite):
    assert column_names(Below("age.offense", 18)) == ("age.offense.high", "age.offense.low")
    assert len(every_value(Below("age.offense", 18), lambda name: FACTS.c[name])) == len(
        list(walk(Below("age.offense", 18)))
    )
    assert facts_of(Below("age.offense", 18)) == {"age.offense"}
    assert sqlite.execute(text("select 1")).scalar() == 1


@pytest.fixture(scope="module")
def postgres_facts(postgres_url):
    engine = create_engine(make_url(postgres_url).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        FACTS.metadata.create_all(connection)
        yield connection
        connection.rollback()
    engine.dispose()


@pytest.mark.postgres
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=trees, known=facts)
def test_postgres_gives_every_condition_the_value_that_python_gives(postgres_facts, tree, known):
    assert values_in(postgres_facts, tree, known) == values_of(tree, known)
