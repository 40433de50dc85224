"""Reads law packs, catalogues and building blocks from YAML; a mistake is refused with file, line, path and the mend."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from screening.conditions import Condition, Open, labelled
from screening.errors import Fault, PackError, nearest
from screening.law.faults import faults_of, no_block
from screening.law.model import Block, LawPack, Model
from screening.law.offenses_model import OffenseCatalog
from screening.reading import Document, read_yaml

SHIPPED = Path(__file__).parent
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class LoadedLaw:
    """One jurisdiction as read: its law, its offense catalogue, and a digest over the bytes of both files and the blocks."""

    law: LawPack
    offenses: OffenseCatalog
    digest: str
    file: str


@dataclass(frozen=True, slots=True)
class ReadPack:
    """One jurisdiction that could be read, with its two files as documents that know the line of every value."""

    loaded: LoadedLaw
    document: Document
    catalog: Document


@dataclass(frozen=True, slots=True)
class ReadLaw:
    """Everything under a folder of law that could be read, and every fault of what could not."""

    packs: tuple[ReadPack, ...]
    blocks: tuple[Block, ...]
    blocks_document: Document | None
    faults: tuple[Fault, ...]


def load_law(folder: Path | None = None) -> tuple[Mapping[str, LoadedLaw], tuple[Block, ...]]:
    """Every jurisdiction under `folder` (default: those shipped) by its code, and the building blocks.

    `folder` holds `blocks.yaml`, `packs/*.yaml` and `offenses/*.yaml`. Raises PackError with every fault of every file.
    """
    read = read_law(folder)
    if read.faults:
        raise PackError(read.faults)
    return {one.loaded.law.jurisdiction: one.loaded for one in read.packs}, read.blocks


def read_law(folder: Path | None = None) -> ReadLaw:
    """The same without an error: what could be read beside every fault of what could not, so that both can be checked."""
    root = folder or SHIPPED
    faults: list[Fault] = list(_stray(root))
    document = _document(root / "blocks.yaml", faults) if (root / "blocks.yaml").exists() else None
    blocks, conditions = _blocks(document, faults)
    if (root / "blocks.yaml").exists() and not isinstance(document and document.value, list):
        conditions = _Unread()
    salt = _bytes(root / "blocks.yaml")
    packs: dict[str, ReadPack] = {}
    files = sorted(file for file in (root / "packs").glob("*.yaml"))
    if not files:
        faults.append(_no_pack(root))
    for file in files:
        one = _jurisdiction(file, root / "offenses" / file.name, conditions, salt, faults)
        if one is None:
            continue
        name = one.loaded.law.jurisdiction
        if name in packs:
            message = f"{name} stands already in {packs[name].loaded.file}"
            faults.append(one.document.fault(("jurisdiction",), message, "one pack a jurisdiction"))
        else:
            packs[name] = one
    return ReadLaw(tuple(packs.values()), blocks, document, tuple(faults))


def read_model(
    kind: type[M], document: Document, conditions: Mapping[str, Condition], faults: list[Fault]
) -> M | None:
    """One model from a document; what is wrong is added to `faults` with its line, and then there is no model."""
    try:
        return kind.model_validate(document.value, context={"blocks": conditions})
    except ValidationError as error:
        faults.extend(faults_of(error, kind, document, conditions))
        return None


class _Unread(dict[str, Condition]):
    """Stands in for building blocks that could not be read: every name is taken as known, so that one mistake is said once."""

    def __init__(self) -> None:
        super().__init__({"": Open("unreadable")})

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Condition:
        return Open("unreadable")


def _stray(root: Path) -> Iterator[Fault]:
    """Files that an editor thinks are law and that nobody would read."""
    for folder in (root / "packs", root / "offenses"):
        for file in sorted(folder.glob("*.[yY]*")):
            if file.suffix != ".yaml" and file.suffix.lower() in {".yaml", ".yml"}:
                message = "a file with this ending is not read"
                yield Fault("", message, "a name that ends in .yaml", f"{file.stem}.yaml", str(file))


def _no_pack(root: Path) -> Fault:
    inner = root / "law"
    near = str(inner) if (inner / "packs").is_dir() else None
    message = "there is no law pack here" if root.is_dir() else "there is no such folder"
    return Fault("", message, "a folder with files under packs/", near, str(root))


def _jurisdiction(
    file: Path, catalog: Path, conditions: Mapping[str, Condition], salt: bytes, faults: list[Fault]
) -> ReadPack | None:
    document = _document(file, faults)
    law = read_model(LawPack, document, conditions, faults) if document else None
    if not catalog.is_file():
        near = nearest(catalog.name, [other.name for other in catalog.parent.glob("*.yaml")])
        message = "the offense catalogue of this jurisdiction is missing"
        faults.append(Fault("", message, f"a file offenses/{catalog.name}", near, str(file)))
        return None
    listed = _document(catalog, faults)
    offenses = read_model(OffenseCatalog, listed, conditions, faults) if listed else None
    if document is None or listed is None or law is None or offenses is None:
        return None
    if law.jurisdiction != offenses.jurisdiction:
        message = f"the catalogue is for {offenses.jurisdiction}, the pack beside it for {law.jurisdiction}"
        faults.append(listed.fault(("jurisdiction",), message, law.jurisdiction))
        return None
    digest = hashlib.sha256(salt + _bytes(file) + _bytes(catalog)).hexdigest()
    return ReadPack(LoadedLaw(law, offenses, f"sha256:{digest}", str(file)), document, listed)


def _document(file: Path, faults: list[Fault]) -> Document | None:
    try:
        return read_yaml(file.read_bytes(), file=str(file))
    except PackError as error:
        faults.extend(error.faults)
    except OSError as error:
        faults.append(Fault("", f"cannot be read: {error.strerror}", "a file of law", file=str(file)))
    return None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _blocks(document: Document | None, faults: list[Fault]) -> tuple[tuple[Block, ...], dict[str, Condition]]:
    """The building blocks and their conditions; one that is refused keeps its name, so that its users stay sound."""
    conditions: dict[str, Condition] = {}
    blocks: list[Block] = []
    if document is None:
        return (), conditions
    if not isinstance(document.value, list):
        faults.append(
            document.fault((), "the file holds no list of building blocks", "a list, each entry after a dash")
        )
    rows = document.value if isinstance(document.value, list) else []
    names = [str(row.get("name")) if isinstance(row, Mapping) else "" for row in rows]
    for i, (name, row) in enumerate(zip(names, rows, strict=True)):
        found: list[Fault] = []
        inner = document.root.entries[i] if document.root and document.root.entries else None
        block = read_model(Block, Document(row, document.file, inner), conditions, found)
        faults.extend(_block_fault(fault, i, names[i:]) for fault in found)
        if name in conditions:
            faults.append(document.fault((i, "name"), f"the block {name} stands twice", "each name once"))
            continue
        conditions[name] = labelled(block.test, block.name) if block else Open("unreadable")
        if block:
            blocks.append(block)
    return tuple(blocks), conditions


def _block_fault(fault: Fault, place: int, later: list[str]) -> Fault:
    """The fault of one building block with its path in the whole file; `later` are the names from it to the end."""
    whole = replace(fault, path=f"[{place}].{fault.path}" if fault.path else f"[{place}]")
    named = next((name for name in later if fault.message == no_block(name)), None)
    if named is None:
        return whole
    where = "is this one" if named == later[0] else "stands further down"
    return replace(
        whole, message=f"the building block {named} {where}", expected="a block above this one", nearest=None
    )
