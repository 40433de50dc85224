"""What an operator does from the command line: keys, tables, accounts and tokens."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import NoReturn, TypeVar

from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from typer import Exit, echo

from app.access import OfficeKind, Permission, Role
from app.actions import accounts
from app.errors import AppError
from app.keys import KeyFileError
from app.opening import database_urls, make_keys, open_compartments
from app.settings import Settings
from app.store.compartments import Compartments
from app.store.session import is_own_file, migrate, open_engine

REFUSED = 2

Word = TypeVar("Word", bound=StrEnum)


def migrate_databases(settings: Settings | None = None) -> None:
    """Brings the tables of both compartments up to date. What the driver says is kept back: it may name the account."""
    for side, url in database_urls(settings or read_settings()).items():
        engine = open_engine(url)
        try:
            migrate(engine)
        except SQLAlchemyError as error:
            kind = type(error).__name__
            leave(
                f"The {side.value} database could not be brought up to date ({kind}). "
                "Does it run, and is VOI_DATABASE_URL right?"
            )
        finally:
            engine.dispose()


def write_keys() -> None:
    """Makes the key files that are missing and names them; keys that are there are never touched."""
    made = make_keys(read_settings())
    for path in made:
        echo(f"Made {path}. Keep a copy apart from the database: without it nothing can be read.", err=True)
    if not made:
        echo("The key files are there already; nothing was changed.", err=True)


def make_account(email: str, role: str, office: str, kind: str | None) -> None:
    """Makes an account, and prints its first password alone on the last line."""
    with open_sides() as sides:
        account, place, _ = accounts.make_account(
            sides,
            email,
            _word(Role, role, "role"),
            office=office,
            kind=_word(OfficeKind, kind, "kind") if kind else None,
            now=datetime.now(UTC),
        )
        secret = accounts.set_first_password(sides, account.email, datetime.now(UTC))
        echo(f"{account.email}: {account.role} of {place.name} ({place.kind}). First password:", err=True)
        echo(secret)


def make_token(email: str, scopes: list[str]) -> None:
    """Makes a token for a machine, and prints it alone on the last line."""
    for scope in scopes:
        _word(Permission, scope, "scope")
    with open_sides() as sides:
        secret = accounts.make_token(sides, email, scopes, datetime.now(UTC))
        echo("The token is shown once:", err=True)
        echo(secret)


@contextmanager
def open_sides() -> Iterator[Compartments]:
    """Both compartments for one command, whose refusals end it with their words."""
    settings = read_settings()
    if is_own_file(settings.database_url.get_secret_value()):
        migrate_databases(settings)
    try:
        sides = open_compartments(settings)
    except KeyFileError as error:
        leave(str(error))
    try:
        yield sides
    except AppError as error:
        leave(str(error.problem.detail))
    finally:
        for side in sides.each():
            side.engine.dispose()


def read_settings() -> Settings:
    """The settings; one that cannot be read ends the command with its name and what was expected."""
    try:
        settings = Settings()
        is_own_file(settings.database_url.get_secret_value())
    except ValidationError as error:
        faults = [
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_input=False)
        ]
        leave("\n".join(["The settings are refused:", *faults]))
    except (ArgumentError, ValueError):
        leave("The settings are refused:\ndatabase_url: this is no address of a database")
    return settings


def leave(message: str) -> NoReturn:
    """Ends the command with what is wrong."""
    echo(message, err=True)
    raise Exit(REFUSED)


def _word(words: type[Word], given: str, name: str) -> Word:
    try:
        return words(given)
    except ValueError:
        leave(f"{name}: {given} is none of {', '.join(one.value for one in words)}")
