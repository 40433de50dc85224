"""Reads the questionnaire packs from YAML; every mistake is refused with file, line, path and the mend."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from screening.document import Document
from screening.errors import Fault, PackError, Suggestions
from screening.questionnaire.base import Model
from screening.questionnaire.check import Read, check
from screening.questionnaire.expand import expanded, with_keys
from screening.questionnaire.gate import GateRules
from screening.questionnaire.groups import FlagRules
from screening.questionnaire.levels import levels_of
from screening.questionnaire.model import FactsFile, Item, Part, Questionnaire, Route
from screening.questionnaire.words import PartName
from screening.reading import read_yaml

SHIPPED = Path(__file__).parent / "packs"

M = TypeVar("M", bound=Model)


def load_questionnaire(folder: Path | None = None) -> Questionnaire:
    """The questionnaire under `folder` (default: the one shipped): facts, six parts, indicator groups and the gate.

    `folder` holds facts.yaml, one file a part (part1.yaml …), indicators.yaml and gate.yaml. Raises PackError with
    every fault of every file. The digest is over the bytes of all files, in the order of their names.
    """
    root = folder or SHIPPED
    faults: list[Fault] = []
    names = ("facts", *(str(part) for part in PartName), "indicators", "gate")
    documents = {name: _document(root / f"{name}.yaml", faults) for name in names}
    read = _models(documents, faults)
    if read is not None:
        faults.extend(check(read, documents))
    if faults or read is None:
        raise PackError(faults)
    return _assembled(read, _digest(root, names))


def _document(file: Path, faults: list[Fault]) -> Document:
    if not file.is_file():
        faults.append(Fault("", "the file is missing", f"a file {file.name}", file=str(file)))
        return Document(None, str(file))
    try:
        return read_yaml(file.read_bytes(), file=str(file))
    except PackError as error:
        faults.extend(error.faults)
        return Document(None, str(file))


def _models(documents: Mapping[str, Document], faults: list[Fault]) -> Read | None:
    """The models of all files, or None once one of them cannot be read; what is wrong goes to `faults`."""
    facts_file = _model(FactsFile, documents["facts"], _named_rows(documents["facts"].value), faults)
    rows = facts_file.rows if facts_file else {}
    parts = []
    for name in PartName:
        document = documents[str(name)]
        part = _model(Part, document, expanded(document, rows, faults), faults)
        if part:
            parts.append(part)
    flag = _model(FlagRules, documents["indicators"], documents["indicators"].value, faults)
    gate = _model(GateRules, documents["gate"], documents["gate"].value, faults)
    if facts_file is None or flag is None or gate is None or len(parts) < len(PartName):
        return None
    return Read(facts_file, tuple(parts), flag, gate)


def _model(kind: type[M], document: Document, value: object, faults: list[Fault]) -> M | None:
    if document.root is None:
        return None
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        suggestions = Suggestions()
        faults.extend(
            _fault(document, detail, suggestions)
            for detail in error.errors(include_url=False, include_context=False)
        )
        return None


def _fault(document: Document, detail: Mapping[str, object], suggestions: Suggestions) -> Fault:
    place = detail["loc"]
    path = tuple(part for part in place if isinstance(part, str | int)) if isinstance(place, tuple) else ()
    message = str(detail["msg"]).removeprefix("Value error, ")
    if detail["type"] == "extra_forbidden":
        known = {**Item.model_fields, **Part.model_fields, **FlagRules.model_fields, **GateRules.model_fields}
        return document.fault(path, f"unknown key {path[-1]!r}", None, suggestions.near(str(path[-1]), known))
    return document.fault(path, f"{path[-1]} is missing" if detail["type"] == "missing" else message)


def _named_rows(value: object) -> object:
    """The facts file with each row's own name put into it."""
    rows = value.get("rows") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or not isinstance(rows, Mapping):
        return value
    return {**value, "rows": {name: with_keys(row, name=name) for name, row in rows.items()}}


def _digest(root: Path, names: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for name in sorted(names):
        content = (root / f"{name}.yaml").read_bytes()
        digest.update(f"{name}.yaml {len(content)}\n".encode())
        digest.update(content)
    return f"sha256:{digest.hexdigest()}"


def _assembled(read: Read, digest: str) -> Questionnaire:
    return Questionnaire(
        version=read.facts_file.version,
        digest=digest,
        facts=read.facts_file.rows,
        parts=read.parts,
        flag=read.flag,
        gate=read.gate,
        levels=tuple(tuple(_routes(level)) for level in levels_of(read.items)),
    )


def _routes(items: Iterable[Item]) -> Iterator[Route]:
    for item in items:
        if item.fact is not None:
            own_words, viewers = item.part is PartName.PART2, frozenset(item.visible_to)
            yield Route(item.id, item.fact, item.kind, item.per_charge, own_words, viewers)
