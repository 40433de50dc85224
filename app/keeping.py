"""What keeps a record over the years, from the command line: backups, restores, new keys, and the audit log shown whole."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from typer import Exit, echo

from app import keys
from app.actions import backups, rotating, verifying
from app.actions.backups import BackupRefusedError
from app.opening import key_files
from app.operating import leave, open_sides, read_settings
from app.store.accounts import list_offices
from app.store.compartments import Compartment, Side

BROKEN = 1


def backup(folder: Path) -> None:
    """Backs up both compartments into a folder and names the files."""
    with open_sides() as sides:
        for side in sides.each():
            for path in backups.backup(side, folder, datetime.now(UTC)):
                echo(str(path))
    echo(
        "The keys files are replaced by every backup: keep only the newest, apart from the records.", err=True
    )


def restore(record: Path, keys_file: Path, side_name: str) -> None:
    """Fills an empty database from a backup, then checks its audit log."""
    with open_sides() as sides:
        side = {one.side.value: one for one in sides.each()}.get(side_name)
        if side is None:
            leave(f"side: {side_name} is none of {', '.join(Side)}")
        try:
            done = backups.restore(side, record, keys_file)
        except BackupRefusedError as error:
            leave(str(error))
        except OSError as error:
            leave(f"{error.filename} cannot be read ({type(error).__name__}).")
        breaks = verifying.verify(side)
    echo(f"Restored {done.rows} rows; {done.erased} rows of erased screenings stay gone.", err=True)
    _report(breaks)


def rotate_keys() -> None:
    """Makes a new key for each compartment and wraps all data keys with it. The service may go on meanwhile."""
    files = key_files(read_settings())
    with open_sides() as sides:
        for side in sides.each():
            fresh = rotating.with_new_key(side)
            keys.replace_file(files[side.side], fresh.ring)
            echo(
                f"{files[side.side]}: {rotating.rewrap(fresh)} data keys wrapped with {fresh.ring.current}.",
                err=True,
            )
    echo("Restart every service so that it reads the new key files.", err=True)


def verify_audit(anchors: Path | None) -> None:
    """Checks every chain, also against anchors that were kept elsewhere; ends with 1 where one does not hold."""
    kept = [_anchor(line) for line in anchors.read_text().splitlines() if line.strip()] if anchors else []
    with open_sides() as sides:
        community = _offices(sides.community)
        theirs = [one for one in kept if one.office_id in community]
        ours = [one for one in kept if one.office_id not in community]
        breaks = [*verifying.verify(sides.justice, ours), *verifying.verify(sides.community, theirs)]
    _report(breaks)


def anchor_audit(file: Path) -> None:
    """Signs where every chain stands and adds it to a file, which is to be kept on another machine."""
    with open_sides() as sides:
        made = [one for side in sides.each() for one in verifying.anchor(side, datetime.now(UTC))]
    with file.open("a", encoding="utf-8") as out:
        out.writelines(json.dumps(one.to_dict()) + "\n" for one in made)
    echo(f"{len(made)} anchors were added to {file}.", err=True)


def _report(breaks: list[verifying.Break]) -> None:
    for one in breaks:
        echo(f"Office {one.office_id}, event {one.number}: {one.what}.")
    if breaks:
        raise Exit(BROKEN)
    echo("The audit log holds: no event was changed, removed, moved or cut off.", err=True)


def _offices(side: Compartment) -> set[UUID]:
    with side.look() as db:
        return {office.id for office in list_offices(db)}


def _anchor(line: str) -> verifying.Anchor:
    try:
        return verifying.read_anchor(line)
    except ValueError as error:
        leave(str(error))
