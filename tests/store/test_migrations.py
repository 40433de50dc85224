"""The migrations lead to the tables that the code expects, back, and there again, on both databases."""

from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect
from sqlalchemy.exc import IntegrityError

from app.errors import DatabaseAwayError
from app.store.base import Base
from app.store.installation import Installation, require_installation
from app.store.session import migrate, migration_config, open_engine


@pytest.fixture
def sqlite(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/folder/voi.db")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request):
    return request.getfixturevalue(request.param)


def tables(engine):
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_up_down_and_up_again(engine):
    migrate(engine)
    after_first = tables(engine)
    command.downgrade(migration_config(engine), "base")
    assert tables(engine) == set()
    migrate(engine)
    migrate(engine)
    assert tables(engine) == after_first == set(Base.metadata.tables)


def test_the_tables_are_those_of_the_code(engine):
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_are_one_row(sqlite):
    script = ScriptDirectory.from_config(migration_config(sqlite))
    names = [one.revision for one in script.walk_revisions()]
    assert names == [f"{number:04}" for number in range(len(names), 0, -1)]


def test_an_installation_begins_with_its_first_migration(engine):
    before = datetime.now(UTC).replace(microsecond=0)
    migrate(engine)
    began = require_installation(engine)
    migrate(engine)
    assert before <= began <= datetime.now(UTC)
    assert require_installation(engine) == began


def test_there_is_one_installation(engine):
    migrate(engine)
    for number in (1, 2):
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(insert(Installation).values(id=number))


def test_a_time_without_its_zone_is_not_stored(engine):
    migrate(engine)
    naive = datetime(2026, 11, 24)  # noqa: DTZ001 - the fault that is refused
    with pytest.raises(Exception, match="without its zone"), engine.begin() as connection:
        connection.execute(insert(Installation).values(id=1, created_at=naive))


def test_a_database_that_was_never_set_up_says_so(engine):
    with pytest.raises(DatabaseAwayError, match="voi migrate"):
        require_installation(engine)


def test_a_database_that_is_away_says_so_and_keeps_the_account_to_itself():
    engine = open_engine("postgresql://officer:secret-word@127.0.0.1:1/voi")
    with pytest.raises(DatabaseAwayError) as away:
        require_installation(engine)
    problem = away.value.problem
    assert problem.detail == "The database does not answer."
    assert problem.headers == {"Retry-After": "5"}
    assert "secret-word" not in repr(engine)
    engine.dispose()
