"""Runs the service and its migrations for the command line."""

import gc
from typing import NoReturn

import uvicorn
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from typer import Exit, echo

from app.logs import configure_logs
from app.main import create_app
from app.settings import Settings
from app.store.session import is_own_file, migrate, open_engine
from screening import PackError

REFUSED = 2
STOP_SECONDS = 10


def serve() -> None:
    """Serves until it is told to stop. An SQLite file is brought up to date first; a server's database never is."""
    settings = read_settings()
    configure_logs(settings.log_level)
    if is_own_file(settings.database_url.get_secret_value()):
        migrate_database(settings)
    try:
        app = create_app(settings)
    except PackError as error:
        _leave(f"The packs are refused:\n{error}")
    gc.freeze()  # packs and code stay as long as the service: no collection need look through them again
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    echo(f"Serving on http://{host}:{settings.port} (end it with Ctrl-C).", err=True)
    echo("Try first: open that address in a browser, or POST a case to /api/v1/assess.", err=True)
    try:
        uvicorn.run(
            app,
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,  # it would write addresses; our own log has the route's template
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
    except SystemExit:
        _leave(f"Nothing is served: {host}:{settings.port} cannot be listened on. Is another program there?")


def migrate_database(settings: Settings | None = None) -> None:
    """Brings the tables up to date. What the driver says is kept back: it may name the account."""
    settings = settings or read_settings()
    engine = open_engine(settings.database_url.get_secret_value())
    try:
        migrate(engine)
    except SQLAlchemyError as error:
        kind = type(error).__name__
        _leave(
            f"The database could not be brought up to date ({kind}). Does it run, and is VOI_DATABASE_URL right?"
        )
    finally:
        engine.dispose()


def read_settings() -> Settings:
    """The settings; one that cannot be read ends the command with its name and what was expected."""
    try:
        settings = Settings()
        is_own_file(settings.database_url.get_secret_value())
    except ValidationError as error:
        faults = [
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_input=False)
        ]
        _leave("\n".join(["The settings are refused:", *faults]))
    except (ArgumentError, ValueError):
        _leave("The settings are refused:\ndatabase_url: this is no address of a database")
    return settings


def _leave(message: str) -> NoReturn:
    echo(message, err=True)
    raise Exit(REFUSED)
