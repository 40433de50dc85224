"""Keeps the files of the packs that findings were made with, and loads them again to read an old finding."""

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy.orm import Session

import screening
from app.errors import NotFoundError
from app.store.judgements import PackArchive, add_archive, archive_is_kept
from screening import Packs, load_packs

SHIPPED = Path(screening.__file__).parent
_STAMP = (2026, 1, 1, 0, 0, 0)
"""One time for all files, so that the same files make the same bytes."""


@dataclass(frozen=True, slots=True, repr=False)
class Archive:
    """The files of the packs that are loaded, and one digest over all of them."""

    digest: str
    files: Mapping[str, bytes]


def archive_of(folder: Path | None) -> Archive:
    """The files that `load_packs(folder)` reads."""
    files = pack_files(folder)
    return Archive(archive_digest(files), files)


def pack_files(folder: Path | None) -> Mapping[str, bytes]:
    """The files that `load_packs(folder)` reads, under the names by which a folder of packs has them."""
    law = _own(folder, "law") or SHIPPED / "law"
    questionnaire = _own(folder, "questionnaire") or SHIPPED / "questionnaire" / "packs"
    services = _own(folder, "services") or SHIPPED / "services" / "packs"
    found = {
        f"law/{file.relative_to(law).as_posix()}": file
        for pattern in ("*.yaml", "packs/*.yaml", "offenses/*.yaml")
        for file in law.glob(pattern)
    }
    found |= {f"questionnaire/{file.name}": file for file in questionnaire.glob("*.yaml")}
    found |= {f"services/{file.name}": file for file in services.glob("*.yaml")}
    return {name: found[name].read_bytes() for name in sorted(found)}


def archive_digest(files: Mapping[str, bytes]) -> str:
    """One digest over the names and bytes of all files."""
    whole = hashlib.sha256()
    for name, content in files.items():
        whole.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return whole.hexdigest()


def keep_archive(db: Session, archive: Archive, at: datetime) -> None:
    """Keeps the files once; the same files are never kept twice, even where two processes find them missing at once."""
    if not archive_is_kept(db, archive.digest):
        add_archive(db, archive.digest, _packed(archive.files), at)


def archived_packs(db: Session, digest: str) -> Packs:
    """The packs of an archive, ready to read old findings with. NotFoundError where the archive is not there."""
    row = db.get(PackArchive, digest)
    if row is None:
        raise NotFoundError("The packs of this finding are not in the archive.")
    return _loaded(digest, row.files)


@lru_cache(maxsize=4)
def _loaded(_digest: str, files: bytes) -> Packs:
    with (
        tempfile.TemporaryDirectory(prefix="voi-packs-") as folder,
        zipfile.ZipFile(io.BytesIO(files)) as archive,
    ):
        archive.extractall(folder)
        return load_packs(folder)


def _packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _own(folder: Path | None, name: str) -> Path | None:
    return folder / name if folder and (folder / name).is_dir() else None
