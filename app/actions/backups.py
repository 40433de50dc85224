"""Backups that an erased screening cannot be read from, and restores that refuse what does not belong together.

A backup is two files. The record holds every row; content of a screening is sealed in it by the screening's own key. The
keys file holds those keys and nothing else, and each backup replaces it. So a key that was destroyed is gone from every
backup as soon as the next one is made.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Table

from app.errors import ConflictError
from app.keys import DataKey, UnreadableContentError, Wrapped, new_data_key, unwrap, wrap
from app.store import dump
from app.store.compartments import Compartment
from app.store.screenings import DataKeyRow, Erasure, ScreeningHead, State, forget_aliases
from app.store.session import revision_of, snapshot

FORM = "voi backup v1"
KEYS: Table = DataKeyRow.__table__  # type: ignore[assignment]
STUBS: Table = Erasure.__table__  # type: ignore[assignment]
HEADS: Table = ScreeningHead.__table__  # type: ignore[assignment]


class BackupRefusedError(Exception):
    """The backup cannot be restored here: what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought back. `erased` counts rows of screenings whose key is gone: they stay gone."""

    rows: int
    erased: int


def backup(side: Compartment, folder: Path, at: datetime) -> tuple[Path, Path]:
    """Writes the record and the keys of one side, from one moment of its database."""
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / f"voi-{side.side.value}-{at:%Y%m%dT%H%M%SZ}.backup"
    keys = folder / f"voi-{side.side.value}.keys"
    with snapshot(side.engine) as connection:
        held = {row["screening_id"]: row for row in dump.rows_of(connection, KEYS)}
        stubs = list(dump.rows_of(connection, STUBS))
        _write_record(side, connection, record, held, at)
    _write_keys(side, keys, [*held.values()], stubs, at)
    return record, keys


def restore(side: Compartment, record: Path, keys: Path) -> Restored:
    """Fills an empty database of the same version.

    BackupRefusedError where the files do not fit the database or each other, ConflictError where it is not empty; then
    nothing is written.
    """
    held, stubs = _read_keys(side, keys)
    with zipfile.ZipFile(record) as archive, side.engine.begin() as connection:
        seal, manifest = _manifest(side, archive)
        if manifest["revision"] != revision_of(connection):
            raise BackupRefusedError(
                f"The backup has tables of version {manifest['revision']}, the database {revision_of(connection)}. "
                f"Bring the database to {manifest['revision']} first (voi migrate --to), restore, then migrate."
            )
        if not dump.is_empty(connection):
            raise ConflictError("The database is not empty. Restore into a new one.")
        rows = erased = 0
        for table in dump.all_tables():
            found, lost = _rows(side, archive, table, seal, held)
            rows += dump.fill(connection, table, _settled(table, found, held, stubs))
            erased += lost
        forget_aliases(connection)
    return Restored(rows, erased)


def _write_record(
    side: Compartment,
    connection: Connection,
    path: Path,
    held: Mapping[object, Mapping[str, object]],
    at: datetime,
) -> None:
    key, raw = new_data_key(FORM)
    wrapped = wrap(side.ring, raw, FORM)
    digests: dict[str, str] = {}
    with _private(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in dump.all_tables():
            if table is KEYS:
                continue
            lines = _sealed_lines(side, connection, table, held)
            text = key.seal("\n".join(lines), table.name)
            digests[table.name] = hashlib.sha256(text).hexdigest()
            archive.writestr(table.name, text)
        manifest = {
            "form": FORM,
            "side": side.side.value,
            "at": at.isoformat(),
            "revision": revision_of(connection),
            "key": wrapped.key,
            "data": wrapped.data.hex(),
            "digests": digests,
        }
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))


def _sealed_lines(
    side: Compartment, connection: Connection, table: Table, held: Mapping[object, Mapping[str, object]]
) -> Iterator[str]:
    """The rows of a table; those that are content of a screening are sealed by its key, and named by its id alone."""
    opened: dict[object, DataKey] = {}
    for row in dump.rows_of(connection, table):
        if not dump.is_content(table):
            yield dump.written(row)
            continue
        screening_id = row["screening_id"]
        if screening_id not in opened:
            opened[screening_id] = _unwrapped(side, held[screening_id])
        sealed = opened[screening_id].seal(dump.written(row), f"backup/{table.name}")
        yield dump.written({"screening_id": screening_id, "sealed": sealed})


def _rows(
    side: Compartment,
    archive: zipfile.ZipFile,
    table: Table,
    seal: DataKey,
    held: Mapping[object, Mapping[str, object]],
) -> tuple[list[dict[str, object]], int]:
    """The rows of a table, and how many of them no key opens any more."""
    if table is KEYS or table.name not in archive.namelist():
        return [], 0
    lines = [line for line in seal.open(archive.read(table.name), table.name).split("\n") if line]
    rows = [dump.read(line) for line in lines]
    if not dump.is_content(table):
        return rows, 0
    readable = [row for row in rows if row["screening_id"] in held]
    opened = {screening_id: _unwrapped(side, row) for screening_id, row in held.items()}
    found = [
        dump.read(opened[row["screening_id"]].open(_bytes(row["sealed"]), f"backup/{table.name}"))
        for row in readable
    ]
    return found, len(rows) - len(readable)


def _settled(
    table: Table,
    rows: list[dict[str, object]],
    held: Mapping[object, Mapping[str, object]],
    stubs: list[dict[str, object]],
) -> list[dict[str, object]]:
    """Keys come from the keys file, and so do the stubs of what was erased since the record was written.

    Of a screening without a key nothing is left but that it was there: no flag, no finding, no alias.
    """
    if table is KEYS:
        return [dict(row) for row in held.values()]
    if table is STUBS:
        return list({row["screening_id"]: row for row in [*rows, *stubs]}.values())
    if table is HEADS:
        gone = {"state": State.CLOSED.value, "judgement_id": None, "flag": None}
        return [row if row["screening_id"] in held else {**row, **gone} for row in rows]
    return rows


def _write_keys(
    side: Compartment,
    path: Path,
    held: list[Mapping[str, object]],
    stubs: list[dict[str, object]],
    at: datetime,
) -> None:
    key, raw = new_data_key(FORM)
    wrapped = wrap(side.ring, raw, FORM)
    body = {"keys": [dump.written(row) for row in held], "stubs": [dump.written(row) for row in stubs]}
    shape = {
        "form": FORM,
        "side": side.side.value,
        "at": at.isoformat(),
        "key": wrapped.key,
        "data": wrapped.data.hex(),
        "body": key.seal(json.dumps(body), "keys").hex(),
    }
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with _private(fresh) as file:
        file.write(json.dumps(shape).encode())
    fresh.replace(path)


def _read_keys(
    side: Compartment, path: Path
) -> tuple[dict[object, dict[str, object]], list[dict[str, object]]]:
    try:
        shape = json.loads(path.read_bytes())
        key = unwrap(side.ring, Wrapped(shape["key"], bytes.fromhex(shape["data"])), FORM)
        body = json.loads(key.open(bytes.fromhex(shape["body"]), "keys"))
    except (ValueError, KeyError, TypeError):
        raise BackupRefusedError(f"{path} is no keys file of a backup.") from None
    except UnreadableContentError:
        raise BackupRefusedError(
            f"{path} was made with another key file (VOI_KEY_FILE), or for the other side."
        ) from None
    rows = [dump.read(line) for line in body["keys"]]
    return {row["screening_id"]: row for row in rows}, [dump.read(line) for line in body["stubs"]]


def _manifest(side: Compartment, archive: zipfile.ZipFile) -> tuple[DataKey, dict[str, str]]:
    """The key and the manifest of a record; refused where it is another side's, was changed, or needs another key file."""
    try:
        manifest = json.loads(archive.read("manifest.json"))
        digests = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in manifest["digests"]}
        seal = unwrap(side.ring, Wrapped(manifest["key"], bytes.fromhex(manifest["data"])), FORM)
    except (ValueError, KeyError, TypeError):
        raise BackupRefusedError("This is no backup that voi backup wrote.") from None
    except UnreadableContentError:
        raise BackupRefusedError(
            "The backup was made with another key file (VOI_KEY_FILE), or for the other side."
        ) from None
    if manifest["form"] != FORM or manifest["side"] != side.side.value or digests != manifest["digests"]:
        raise BackupRefusedError(
            "The backup is of another form or side, or was changed after it was written."
        )
    return seal, manifest


def _unwrapped(side: Compartment, row: Mapping[str, object]) -> DataKey:
    return unwrap(side.ring, Wrapped(str(row["key"]), _bytes(row["data"])), str(row["screening_id"]))


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else bytes(str(value), "ascii")


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
