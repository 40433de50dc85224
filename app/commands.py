"""What an operator does from the command line: keys, tables, accounts and tokens."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from typer import Exit, echo

from app.access import OfficeKind, Permission, Role
from app.actions import accounts, verifying
from app.errors import AppError
from app.keys import KeyFileError
from app.opening import database_urls, make_keys, open_compartments
from app.settings import Settings
from app.store.accounts import list_offices
from app.store.compartments import Compartment, Compartments
from app.store.session import is_own_file, migrate, open_engine

REFUSED = 2
BROKEN = 1

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
    with _sides() as sides:
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
    with _sides() as sides:
        secret = accounts.make_token(sides, email, scopes, datetime.now(UTC))
        echo("The token is shown once:", err=True)
        echo(secret)


def verify_audit(anchors: Path | None) -> None:
    """Checks every chain, also against anchors that were kept elsewhere; ends with 1 where one does not hold."""
    kept = [_anchor(line) for line in anchors.read_text().splitlines() if line.strip()] if anchors else []
    with _sides() as sides:
        community = _offices(sides.community)
        theirs = [one for one in kept if one.office_id in community]
        ours = [one for one in kept if one.office_id not in community]
        breaks = [*verifying.verify(sides.justice, ours), *verifying.verify(sides.community, theirs)]
    for one in breaks:
        echo(f"Office {one.office_id}, event {one.number}: {one.what}.")
    if breaks:
        raise Exit(BROKEN)
    echo("The audit log holds: no event was changed, removed, moved or cut off.", err=True)


def anchor_audit(file: Path) -> None:
    """Signs where every chain stands and adds it to a file, which is to be kept on another machine."""
    with _sides() as sides:
        made = [one for side in sides.each() for one in verifying.anchor(side, datetime.now(UTC))]
    with file.open("a", encoding="utf-8") as out:
        out.writelines(json.dumps(one.to_dict()) + "\n" for one in made)
    echo(f"{len(made)} anchors were added to {file}.", err=True)


def _offices(side: Compartment) -> set[UUID]:
    with side.look() as db:
        return {office.id for office in list_offices(db)}


def _anchor(line: str) -> verifying.Anchor:
    try:
        return verifying.read_anchor(line)
    except ValueError as error:
        leave(str(error))


@contextmanager
def _sides() -> Iterator[Compartments]:
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
