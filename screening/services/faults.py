"""Says what is wrong with a pack in words its editor can act on, from what the models report."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel, ValidationError

from screening.errors import Fault, Suggestions, shortened
from screening.reading import Document
from screening.services.model import DirectoryHead, Organization
from screening.services.needs import NeedsPack

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_KEY_MARK = "[key]"
_EXPECTED = {
    "bool": "yes or no",
    "int": "a whole number",
    "date": "a date written 2026-01-31",
    "string": "text",
    "tuple": "a list",
    "model": "a group of keys",
    "mapping": "a group of keys",
    "dict": "a group of keys",
}
_PATTERNS = {
    "id": "small letters, digits and single hyphens, such as oak-house",
    "number": "a phone number of digits, blanks, hyphens and brackets",
    "url": "an address that begins with https://",
    "opens_at": "a time written 09:00",
    "closes_at": "a time written 17:00, at most 24:00",
    "state": "a state code such as US-TN",
    "country": "two capital letters such as US",
    "code": "two or three small letters such as es",
}


def faults_of(problem: ValidationError, document: Document, at: tuple[str | int, ...]) -> list[Fault]:
    """The faults of a model that could not be built from the value at `at`, in the order of the file.

    What was typed is quoted for single words only, never for an address.
    """
    suggestions = Suggestions()
    faults = [_fault(error, document, at, suggestions) for error in problem.errors(include_url=False)]
    return sorted(faults, key=lambda fault: fault.line or 0)


def _fault(
    error: "ErrorDetails", document: Document, at: tuple[str | int, ...], suggestions: Suggestions
) -> Fault:
    path = (*at, *(step for step in error["loc"] if step != _KEY_MARK))
    kind = error["type"]
    last = str(path[-1]) if path else ""
    if kind == "missing":
        return document.fault(path, "this key is missing")
    if kind == "extra_forbidden":
        return document.fault(path, "this key is not known", nearest=suggestions.near(last, _KNOWN_KEYS))
    if kind in {"enum", "literal_error"}:
        return _wrong_word(error, document, path, suggestions)
    if kind == "value_error":
        return document.fault(path, error["msg"].removeprefix("Value error, "))
    if kind == "string_pattern_mismatch":
        return document.fault(path, "this is not written as it must be", _PATTERNS.get(last))
    if kind == "string_too_short":
        return document.fault(path, "this is empty")
    expected = _EXPECTED.get(kind.partition("_")[0])
    return document.fault(path, "this is of the wrong kind" if expected else error["msg"], expected)


def _wrong_word(
    error: "ErrorDetails", document: Document, path: tuple[str | int, ...], suggestions: Suggestions
) -> Fault:
    expected = str(error.get("ctx", {}).get("expected", ""))
    options = expected.replace(" or ", ", ").replace("'", "").split(", ")
    given = error["input"]
    message = (
        f"{shortened(given)} is not a word that can stand here"
        if isinstance(given, str)
        else "one word is needed"
    )
    return document.fault(path, message, expected.replace("'", ""), suggestions.near(str(given), options))


def _keys(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    """Every key that may stand anywhere in a file of this model."""
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        yield name
        for inner in _models_in(field.annotation):
            yield from _keys(inner, seen)


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for part in get_args(annotation):
        yield from _models_in(part)


_KNOWN_KEYS = frozenset(
    key
    for model in (DirectoryHead, Organization, NeedsPack)
    for key in (*_keys(model, set()), "organizations")
)
