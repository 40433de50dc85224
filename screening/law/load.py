"""Reads law packs, catalogues and building blocks from YAML; a mistake is refused with file, line, path and the mend."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from screening.conditions import Condition, labelled
from screening.errors import Fault, PackError, nearest
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


def load_law(folder: Path | None = None) -> tuple[Mapping[str, LoadedLaw], tuple[Block, ...]]:
    """Every jurisdiction under `folder` (default: those shipped) by its code, and the building blocks.

    `folder` holds `blocks.yaml`, `packs/*.yaml` and `offenses/*.yaml`. Raises PackError with every fault of every file.
    """
    root = folder or SHIPPED
    faults: list[Fault] = []
    blocks, conditions = _blocks(root / "blocks.yaml", faults)
    salt = (root / "blocks.yaml").read_bytes() if (root / "blocks.yaml").is_file() else b""
    loaded: dict[str, LoadedLaw] = {}
    files = sorted((root / "packs").glob("*.yaml"))
    if not files:
        faults.append(Fault("", "there is no law pack here", "files under packs/", file=str(root)))
    for file in files:
        one = _jurisdiction(file, root / "offenses" / file.name, conditions, salt, faults)
        if one and one.law.jurisdiction in loaded:
            other = loaded[one.law.jurisdiction].file
            faults.append(
                Fault("jurisdiction", f"{one.law.jurisdiction} stands already in {other}", file=str(file))
            )
        elif one:
            loaded[one.law.jurisdiction] = one
    if faults:
        raise PackError(faults)
    return loaded, blocks


def read_model(
    kind: type[M], document: Document, conditions: Mapping[str, Condition], faults: list[Fault]
) -> M | None:
    """One model from a document; what is wrong is added to `faults` with its line, and then there is no model."""
    try:
        return kind.model_validate(document.value, context={"blocks": conditions})
    except ValidationError as error:
        faults.extend(_fault(document, kind, detail) for detail in error.errors(include_url=False))
        return None


def _jurisdiction(
    file: Path, catalog: Path, conditions: Mapping[str, Condition], salt: bytes, faults: list[Fault]
) -> LoadedLaw | None:
    if not catalog.is_file():
        faults.append(
            Fault(
                "",
                "the offense catalogue of this jurisdiction is missing",
                f"a file {catalog.name} under offenses/",
                file=str(file),
            )
        )
        return None
    law = _read(LawPack, file, conditions, faults)
    offenses = _read(OffenseCatalog, catalog, conditions, faults)
    if law is None or offenses is None:
        return None
    if law.jurisdiction != offenses.jurisdiction:
        faults.append(
            Fault(
                "jurisdiction",
                f"the catalogue is for {offenses.jurisdiction}",
                law.jurisdiction,
                file=str(catalog),
            )
        )
        return None
    digest = hashlib.sha256(salt + file.read_bytes() + catalog.read_bytes()).hexdigest()
    return LoadedLaw(law, offenses, f"sha256:{digest}", str(file))


def _read(kind: type[M], file: Path, conditions: Mapping[str, Condition], faults: list[Fault]) -> M | None:
    try:
        document = read_yaml(file.read_bytes(), file=str(file))
    except PackError as error:
        faults.extend(error.faults)
        return None
    return read_model(kind, document, conditions, faults)


def _blocks(file: Path, faults: list[Fault]) -> tuple[tuple[Block, ...], dict[str, Condition]]:
    conditions: dict[str, Condition] = {}
    blocks: list[Block] = []
    if not file.is_file():
        return (), conditions
    try:
        document = read_yaml(file.read_bytes(), file=str(file))
    except PackError as error:
        faults.extend(error.faults)
        return (), conditions
    rows = document.value if isinstance(document.value, list) else []
    for i, row in enumerate(rows):
        part = Document(
            row, document.file, document.root.entries[i] if document.root and document.root.entries else None
        )
        block = read_model(Block, part, conditions, faults)
        if block and block.name in conditions:
            faults.append(document.fault((i, "name"), f"the block {block.name} stands twice"))
        elif block:
            conditions[block.name] = labelled(block.test, block.name)
            blocks.append(block)
    return tuple(blocks), conditions


def _fault(document: Document, kind: type[Model], detail: Mapping[str, object]) -> Fault:
    place = detail["loc"]
    path = (
        tuple(part for part in place if not str(part).startswith("function-"))
        if isinstance(place, tuple)
        else ()
    )
    message = str(detail["msg"]).removeprefix("Value error, ")
    likely = (
        nearest(str(path[-1]), _field_names(kind, path))
        if detail["type"] == "extra_forbidden" and path
        else None
    )
    if detail["type"] == "extra_forbidden":
        message = f"unknown key {str(path[-1])!r}"
    if detail["type"] == "missing":
        message = f"{path[-1]} is missing"
    return document.fault(path, message, None, likely)


def _field_names(kind: type[Model], path: tuple[object, ...]) -> list[str]:
    """The keys allowed in the mapping that holds the unknown key, as far as the schema can be followed."""
    names: set[str] = set()
    known = {kind}
    for _ in path:
        for model in tuple(known):
            known.update(_inner(model))
    for model in known:
        names.update(field.alias or name for name, field in model.model_fields.items())
    return sorted(names)


def _inner(model: type[Model]) -> set[type[Model]]:
    found: set[type[Model]] = set()
    stack: list[object] = [field.annotation for field in model.model_fields.values()]
    while stack:
        annotation = stack.pop()
        stack.extend(getattr(annotation, "__args__", ()))
        if isinstance(annotation, type) and issubclass(annotation, Model):
            found.add(annotation)
    return found
