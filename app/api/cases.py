"""Reads a case file, or a part of one, as it came in over HTTP; what cannot be read and what is refused differ."""

from collections.abc import Mapping
from datetime import date

from app.deps import CaseText
from app.errors import AppError, CaseRefusedError, UnreadableError
from screening import Case, CaseError, Packs, load_case
from screening.reading import CASE_BYTES, Document, read_json, read_yaml

_READS = {"json": read_json, "yaml": read_yaml}


def read_given_case(case: CaseText, packs: Packs, today: date) -> Case:
    """The case; an error names every fault."""
    try:
        return load_case(case.body, today=today, packs=packs, file=_file(case))
    except CaseError as error:
        raise _refusal(case, error) from None


def read_given_map(given: CaseText, name: str) -> Mapping[str, object]:
    """A map that may come by itself or under its name, as `{"responses": {…}}`."""
    document = _document(given)
    value = document.value
    if not isinstance(value, Mapping):
        raise CaseRefusedError(f"A map is expected, as under `{name}` of a case file.")
    inner = value.get(name)
    return inner if set(value) == {name} and isinstance(inner, Mapping) else value


def _document(given: CaseText) -> Document:
    try:
        return _READS[given.form](given.body, max_bytes=CASE_BYTES, error=CaseError)
    except CaseError as error:
        raise UnreadableError("The body cannot be read.", faults=error.faults) from None


def _file(case: CaseText) -> str | None:
    """The name that makes the reader hold JSON to the rules of JSON; YAML may look like it."""
    return "case.json" if case.form == "json" else None


def _refusal(case: CaseText, error: CaseError) -> AppError:
    """Whether the text cannot be read at all, or was read and refused; every fault is named in both."""
    try:
        _document(case)
    except UnreadableError:
        return UnreadableError("The case cannot be read.", faults=error.faults)
    return CaseRefusedError("The case is refused.", faults=error.faults)
