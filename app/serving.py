"""Runs the service for the command line."""

import uvicorn
from typer import echo

from app.commands import leave, migrate_databases, read_settings
from app.keys import KeyFileError
from app.logs import configure_logs
from app.main import create_app
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
