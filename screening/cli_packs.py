"""Keeps the shipped packs, checked and compiled, in a folder of the user, so that the next start need not make them again.

Whatever cannot be used is passed over in silence: then the packs are made from their own files. What is kept holds
compiled conditions, so it is read only from a folder that belongs to the user and is closed to all others: the same
trust as in the compiled files that Python keeps. Besides those it can name no more than the classes of this package.
"""

import hashlib
import marshal
import os
import pickle
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from io import BytesIO
from pathlib import Path
from types import CodeType, FunctionType
from typing import TypeVar

from pydantic import VERSION, BaseModel

from screening.conditions import walk
from screening.law.alternatives import Alternative
from screening.law.model import Block
from screening.packs import Packs, load_packs
from screening.questionnaire import Questionnaire
from screening.result import ENGINE
from screening.rules.prepared import PreparedElement, PreparedPack
from screening.services import Directory, NeedVocabulary

PACKAGE = Path(__file__).parent
FORM = "voi packs 1"
"""Changes with every change of how packs are kept."""

SOURCE = "<conditions>"
"""What the code of compiled conditions gives as its file."""

MOST_KEPT = 4
"""Of several versions on one machine each keeps its own packs; beyond these, the oldest go."""

_MAKERS = {__name__: {"_evaluator", "_element"}, "datetime": {"date"}, "operator": {"itemgetter"}}
_PLAIN = (BaseModel, Enum, tuple)
_OWN_NAME = re.compile(r"packs-[0-9a-f]{64}(\.[0-9a-f]{16})?")
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_Maker = (
    type | Callable[[bytes, dict[str, object]], FunctionType] | Callable[[PreparedElement], PreparedElement]
)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a screening needs beside the law of its places."""

    blocks: tuple[Block, ...]
    questionnaire: Questionnaire
    directory: Directory
    needs: NeedVocabulary
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class _Sections:
    """What a file holds: the law of each place and what stands beside, each by itself, so that each is read on demand."""

    law: Mapping[str, bytes]
    beside: bytes


def kept_in(given: str | None, environ: Mapping[str, str]) -> Path | None:
    """The folder for packs: `given`, else `voi` in the cache of the user ($XDG_CACHE_HOME, else ~/.cache).

    None, which keeps nothing, where that is no absolute path or where the system cannot say whose a folder is.
    """
    home = environ.get("HOME")
    cache = environ.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else "")
    folder = Path(given) if given else Path(cache, "voi")
    return folder / "packs" if folder.is_absolute() and _NO_LINK else None


def shipped_packs(folder: Path | None) -> Packs:
    """The same as `load_packs()`, from what `folder` keeps where that can be; else read, and then kept there."""
    if folder is None:
        return load_packs()
    key = _key()
    packs = _kept(folder, key)
    if packs is None:
        packs = load_packs()
        if key == _key():
            _keep(folder, key, _written(key, packs))
    return packs


def _key() -> str:
    """A digest of every file that these packs are made of and read by, with the versions of what reads them."""
    digest = hashlib.sha256(f"{FORM} {ENGINE} {sys.version} {VERSION}".encode())
    for base, folders, files in os.walk(PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            if name.endswith((".yaml", ".py")):
                content = Path(base, name).read_bytes()
                digest.update(f"\n{base[len(str(PACKAGE)) :]}/{name} {len(content)}\n".encode())
                digest.update(content)
    return f"packs-{digest.hexdigest()}"


def _written(key: str, packs: Packs) -> bytes:
    beside = _Beside(
        packs.blocks,
        replace(packs.questionnaire),  # without what it has compiled
        packs.directory,
        packs.needs,
        packs.alternatives,
    )
    law = {name: _dumped(pack) for name, pack in packs.law.items()}
    content = _dumped(_Sections(law, _dumped(beside)))
    return _first_line(key, content) + content


def _first_line(key: str, content: bytes) -> bytes:
    return f"{FORM} {key} {hashlib.sha256(content).hexdigest()}\n".encode()


def _kept(folder: Path, key: str) -> Packs | None:
    try:
        with _opened(folder) as place:
            line, _, content = _read(place, key).partition(b"\n")
        if line + b"\n" != _first_line(key, content):
            return None
        sections = _loaded(content, _Sections)
        rest = _loaded(sections.beside, _Beside)
        return Packs(
            _KeptLaw(sections.law),
            rest.blocks,
            rest.questionnaire,
            rest.directory,
            rest.needs,
            rest.alternatives,
        )
    except Exception:  # noqa: BLE001 - whatever is wrong with what was kept, the files of the packs are right
        return None


class _KeptLaw(Mapping[str, PreparedPack]):
    """The law of each place, read back when it is first asked for; two threads that ask at once get the same."""

    def __init__(self, kept: Mapping[str, bytes]) -> None:
        self._kept = kept
        self._read: dict[str, PreparedPack] = {}

    def __getitem__(self, name: str) -> PreparedPack:
        found = self._read.get(name)
        return found or self._read.setdefault(name, self._again(name))

    def _again(self, name: str) -> PreparedPack:
        kept = self._kept[name]
        try:
            return _loaded(kept, PreparedPack)
        except Exception:  # noqa: BLE001 - as above
            return load_packs().law[name]

    def __contains__(self, name: object) -> bool:
        return name in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def _evaluator(code: bytes, constants: dict[str, object]) -> FunctionType:
    """A compiled condition, which knows its constants and nothing else."""
    made: object = marshal.loads(code)  # noqa: S302 - from a folder that is the user's own
    if not isinstance(made, CodeType):
        raise TypeError("expected code")
    return FunctionType(made, constants, made.co_name)


def _element(kept: PreparedElement) -> PreparedElement:
    """An element of a protection with the identities that its nodes have in this process."""
    return replace(kept, nodes=tuple(id(node) for node in walk(kept.tree)))


class _Pickler(pickle.Pickler):
    """Writes our dataclasses as what they are made of, and compiled conditions as their code and constants."""

    def reducer_override(self, value: object) -> tuple[_Maker, tuple[object, ...]]:
        if isinstance(value, FunctionType) and value.__code__.co_filename == SOURCE:
            known = value.__globals__
            constants = {name: known[name] for name in value.__code__.co_names if name in known}
            return _evaluator, (marshal.dumps(value.__code__), constants)
        if isinstance(value, PreparedElement) and value.nodes:
            return _element, (replace(value, nodes=()),)
        if isinstance(value, type) or not is_dataclass(value):
            return NotImplemented  # type: ignore[no-any-return]
        return type(value), tuple(getattr(value, field.name) for field in fields(value))


class _Unpickler(pickle.Unpickler):
    """Reads plain values and those of our own classes; whatever else a file names is refused."""

    def find_class(self, module: str, name: str) -> object:
        if name in _MAKERS.get(module, ()):
            return super().find_class(module, name)
        found: object = super().find_class(module, name) if module.startswith("screening.") else None
        is_plain = isinstance(found, type) and (is_dataclass(found) or issubclass(found, _PLAIN))
        if "." in name or not is_plain:
            raise pickle.UnpicklingError(f"{module}.{name} is no class of packs")
        return found


def _dumped(value: object) -> bytes:
    out = BytesIO()
    _Pickler(out, protocol=5).dump(value)
    return out.getvalue()


def _loaded(content: bytes, kind: type[_Value]) -> _Value:
    value: object = _Unpickler(BytesIO(content)).load()
    if not isinstance(value, kind):
        raise TypeError(f"expected {kind.__name__}")
    return value


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """The open folder; PermissionError where others could have written there."""
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | _NO_LINK)
    try:
        _require_own(os.fstat(place), closed_to=stat.S_IRWXG | stat.S_IRWXO)
        yield place
    finally:
        os.close(place)


def _require_own(seen: os.stat_result, *, closed_to: int) -> None:
    if seen.st_uid != os.geteuid() or seen.st_mode & closed_to:
        raise PermissionError("this belongs to someone else, or others may write there")


def _read(place: int, name: str) -> bytes:
    with open(os.open(name, os.O_RDONLY | _NO_LINK, dir_fd=place), "rb") as stream:  # noqa: PTH123 - a descriptor
        _require_own(os.fstat(stream.fileno()), closed_to=stat.S_IWGRP | stat.S_IWOTH)
        return stream.read()


def _keep(folder: Path, name: str, content: bytes) -> None:
    """Writes the whole file under a name of its own and then gives it the one by which it is found."""
    draft = f"{name}.{os.urandom(8).hex()}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _opened(folder) as place:
            try:
                draft_file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=place)
                with open(draft_file, "wb") as stream:  # noqa: PTH123 - a descriptor
                    stream.write(content)
                os.replace(draft, name, src_dir_fd=place, dst_dir_fd=place)
            except OSError:
                os.unlink(draft, dir_fd=place)
                raise
            _tidy(place)


def _tidy(place: int) -> None:
    ours = [name for name in os.listdir(place) if _OWN_NAME.fullmatch(name)]
    ours.sort(key=lambda name: os.stat(name, dir_fd=place).st_mtime, reverse=True)
    for name in ours[MOST_KEPT:]:
        os.unlink(name, dir_fd=place)
