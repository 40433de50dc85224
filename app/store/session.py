"""Opens the database, brings its tables up to date, and gives one transaction to one piece of work."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateSchema

import migrations
from app.errors import DatabaseAwayError
from app.store import audit

CONNECT_SECONDS = 3
"""So long a database may take to answer before it counts as away."""
BUSY_SECONDS = 10
"""So long one piece of work waits for another that writes."""
RETRY_SECONDS = 5
COMMUNITY = "community"
"""The name of the schema, or the end of the file name, of the community advocates' own database."""

READ_ONLY = {"voi_read_only": True}
"""Execution options of a connection that only reads: on SQLite it then waits for no writer."""


def is_own_file(url: str) -> bool:
    """Whether the database is an SQLite file, which no one but this service uses."""
    return make_url(url).get_backend_name() == "sqlite"


def community_url(url: str) -> str:
    """Where community advocates' content lies unless a setting says otherwise: a file, or a schema, of its own."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        path = Path(address.database or "voi.db")
        return _text(address.set(database=str(path.with_name(f"{path.stem}-{COMMUNITY}{path.suffix}"))))
    return _text(address.update_query_dict({"options": f"-csearch_path={COMMUNITY}"}))


def open_engine(url: str) -> Engine:
    """The engine for a URL. Nothing connects yet; the folder of an SQLite file is made. Values stay out of errors."""
    address = make_url(url)
    if is_own_file(url):
        _make_file(Path(address.database or ""))
        engine = create_engine(address, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _safe_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        address,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=CONNECT_SECONDS,
        connect_args={"connect_timeout": CONNECT_SECONDS},
    )


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One session, committed at the end with its audit events, or rolled back whole.

    DatabaseAwayError where the database does not answer, cannot be written to or is full: then nothing was kept.
    """
    try:
        with Session(engine, expire_on_commit=False) as session:
            yield session
            session.flush()
            audit.write_events(session)
            session.commit()
    except (DBAPIError, PoolTimeoutError) as error:
        raise _away(error) from None


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the database from beginning to end, and writes nothing."""
    level = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.execution_options(**READ_ONLY, **level).connect() as connection:
        yield connection


def revision_of(connection: Connection) -> str | None:
    """The version of the tables; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine, revision: str = "head") -> None:
    """Brings the tables up to `revision`; does nothing where they are."""
    command.upgrade(migration_config(engine), revision)


def migration_config(engine: Engine) -> Config:
    """The settings of the migrations, which need no file of their own."""
    folder = Path(str(migrations.__file__)).parent
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["engine"] = engine
    return config


def make_schema(connection: Connection) -> None:
    """Makes the schema that the address of a PostgreSQL database names, where there is none yet."""
    options = connection.engine.url.query.get("options")
    if connection.dialect.name == "postgresql" and isinstance(options, str) and "search_path=" in options:
        schema = options.partition("search_path=")[2].split(",")[0].strip()
        connection.execute(CreateSchema(schema, if_not_exists=True))


def away(detail: str) -> DatabaseAwayError:
    """The answer while the database cannot be used."""
    return DatabaseAwayError(detail, headers={"Retry-After": str(RETRY_SECONDS)})


def _away(error: DBAPIError | PoolTimeoutError) -> Exception:
    """Whether it is the database that cannot be used, or a statement that it rightly refuses."""
    if isinstance(error, PoolTimeoutError) or error.connection_invalidated:
        return away("The database does not answer. Nothing of this request was kept; try again.")
    kind = type(error).__name__
    if kind in {"OperationalError", "InterfaceError", "InternalError"}:
        return away(
            "The database cannot be read or written now. Nothing of this request was kept; try again."
        )
    return error


def _make_file(path: Path) -> None:
    """The folder of an SQLite file, and the file itself for its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _safe_sqlite(connection: object, _record: object) -> None:
    """A commit is on the disk before it is answered, readers do not wait for writers, and references are checked."""
    connection.isolation_level = None  # type: ignore[attr-defined]  # the driver's own transactions start too late
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Work that may write takes its turn at once: a lock taken later could fail after half of the work."""
    read_only = connection.get_execution_options().get("voi_read_only")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _text(address: URL) -> str:
    return address.render_as_string(hide_password=False)
