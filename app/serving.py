"""Runs the service for the command line."""

import gc
from contextlib import AbstractContextManager

import uvicorn
from fastapi import FastAPI
from typer import echo

from app.jobs.in_process import Thread
from app.jobs.on_postgres import Worker
from app.jobs.tasks import Place
from app.keys import KeyFileError
from app.logs import configure_logs
from app.main import create_app
from app.operating import leave, migrate_databases, read_settings
from app.settings import Settings
from app.store.session import is_own_file
from screening import PackError

STOP_SECONDS = 10


def serve() -> None:
    """Serves until it is told to stop. An SQLite file is brought up to date first; a server's database never is."""
    settings = read_settings()
    configure_logs(settings.log_level)
    if is_own_file(settings.database_url.get_secret_value()):
        migrate_databases(settings)
    try:
        app = create_app(settings)
    except KeyFileError as error:
        leave(str(error))
    except PackError as error:
        leave(f"The packs are refused:\n{error}")
    gc.freeze()  # packs and code stay as long as the service: no collection need look through them again
    with _jobs(settings, app):
        _listen(settings, app)


def _listen(settings: Settings, app: FastAPI) -> None:
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
            forwarded_allow_ips=settings.trusted_proxies,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
    except SystemExit:
        leave(f"Nothing is served: {host}:{settings.port} cannot be listened on. Is another program there?")


def _jobs(settings: Settings, app: FastAPI) -> AbstractContextManager[object]:
    """What is done by the clock: by a thread of the one service with an SQLite file, by one of many with PostgreSQL."""
    state, url = app.state, settings.database_url.get_secret_value()
    place = Place(state.sides, state.packs, state.archive, state.clock, settings.anchor_file)
    return Thread(place) if is_own_file(url) else Worker(url, place)
