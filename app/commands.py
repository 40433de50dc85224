"""All commands of `voi`: those that need no service, and those that run it."""

from typer import echo

from screening.cli import app

# The two commands import what they need when they are called: the others start in half the time without it.


__all__ = ["app"]


@app.command("serve")
def serve_command() -> None:
    """Run the service: pages and API, on VOI_HOST and VOI_PORT."""
    from app.serving import serve  # noqa: PLC0415

    serve()


@app.command("migrate")
def migrate_command() -> None:
    """Bring the tables of the database up to date."""
    from app.serving import migrate_database  # noqa: PLC0415

    migrate_database()
    echo("The database is up to date.", err=True)
