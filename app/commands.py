"""All commands of `voi`: those that need no service, and those that run it."""

from pathlib import Path
from typing import Annotated

from typer import Option, echo

from screening.cli import app

# These commands import what they need when they are called: the others start in half the time without.


__all__ = ["app"]


@app.command("serve")
def serve_command() -> None:
    """Run the service: pages and API, on VOI_HOST and VOI_PORT."""
    from app.serving import serve  # noqa: PLC0415

    serve()


@app.command("migrate")
def migrate_command() -> None:
    """Bring the tables of the databases up to date."""
    from app.operating import migrate_databases  # noqa: PLC0415

    migrate_databases()
    echo("The databases are up to date.", err=True)


@app.command("make-keys")
def make_keys_command() -> None:
    """Make the key files that are missing; keys that are there stay."""
    from app.operating import write_keys  # noqa: PLC0415

    write_keys()


Office = Annotated[str, Option("--office", help="The name of the office; it is made where there is none.")]


@app.command("make-account")
def make_account_command(
    email: str,
    role: Annotated[
        str, Option("--role", help="officer, prosecutor, supervisor, advocate, defense, court, …")
    ],
    office: Office,
    kind: Annotated[str | None, Option("--kind", help="What a new office is: police, prosecutor, …")] = None,
) -> None:
    """Make an account and print its first password alone on the last line."""
    from app.operating import make_account  # noqa: PLC0415

    make_account(email, role, office, kind)


@app.command("make-admin")
def make_admin_command(email: str, office: Office = "Administration") -> None:
    """Make the first administrator and print the first password alone on the last line."""
    from app.operating import make_account  # noqa: PLC0415

    make_account(email, "administrator", office, None)


@app.command("make-token")
def make_token_command(
    account: Annotated[str, Option("--account", help="The address of the account it works for.")],
    scope: Annotated[
        list[str] | None, Option("--scope", help="What it may do; all that the account may if left out.")
    ] = None,
) -> None:
    """Make a token for a machine and print it alone on the last line."""
    from app.operating import make_token  # noqa: PLC0415

    make_token(account, scope or [])


@app.command("verify-audit")
def verify_audit_command(
    anchors: Annotated[
        Path | None, Option("--anchors", help="A file of anchors that was kept elsewhere.")
    ] = None,
) -> None:
    """Check that no event of the audit log was changed, removed, moved or cut off (exit 1 if so)."""
    from app.keeping import verify_audit  # noqa: PLC0415

    verify_audit(anchors)


@app.command("anchor-audit")
def anchor_audit_command(file: Path) -> None:
    """Sign where the audit log stands, and add it to FILE, which is to be kept on another machine."""
    from app.keeping import anchor_audit  # noqa: PLC0415

    anchor_audit(file)


@app.command("backup")
def backup_command(folder: Path) -> None:
    """Back up both compartments into FOLDER: for each a record, and a keys file that replaces the one before."""
    from app.keeping import backup  # noqa: PLC0415

    backup(folder)


@app.command("restore")
def restore_command(
    record: Path,
    keys: Annotated[Path, Option("--keys", help="The newest keys file of the same side.")],
    side: Annotated[str, Option("--side", help="justice or community")] = "justice",
) -> None:
    """Fill an empty database from a backup, and check its audit log."""
    from app.keeping import restore  # noqa: PLC0415

    restore(record, keys, side)


@app.command("rotate-keys")
def rotate_keys_command() -> None:
    """Make a new key for each compartment and wrap all data keys with it."""
    from app.keeping import rotate_keys  # noqa: PLC0415

    rotate_keys()
