"""Says what is wrong in a file of law in words that its editor can act on, from what the models report."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel, ValidationError

from screening.conditions import Condition, ConditionReader
from screening.document import Document, Path
from screening.errors import Fault, Suggestions, shortened

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_CONDITION_KEYS = frozenset({"test", "when", "trigger", "applies"})
_NODES = ("all", "any", "not", "at_least", "fact", "block", "open")
_TESTS = ("below", "from", "before", "on_or_after", "in", "has")
_PATTERNS = {
    "jurisdiction": "a code such as US-TN",
    "id": "letters, digits, dots and hyphens, such as us-tn-39-13-513-d",
    "name": "small letters joined by _, such as direct_result",
    "key": "small letters and digits, such as hs",
}
_CHOICES = {"status": ("researched", "confirmed", "withdrawn"), "tested_on": ("offense", "screening")}
_NEEDED = {
    "checked": "the day on which somebody last checked the sources",
    "cite_prefix": "the words before a section number, such as Tenn. Code Ann.",
    "citation": "the section of law, such as Tenn. Code Ann. § 39-13-513(d)",
    "do": "what has to be done",
    "from": "the authority in which the wording was read",
    "goals": 'policy goals such as ["2.5"], or [] for a general route',
    "id": "an id of its own, such as us-tn-39-13-513-d",
    "jurisdiction": "a code such as US-TN",
    "offenses": "at least one section of law",
    "period": "start, text_seen_from or end, as far as they are known",
    "protections": "at least one protection",
    "reach": "which goals were searched and which were not established",
    "reading": "what shows it, as we read it",
    "says": "the rule in plain words",
    "scope": "match, with its sections or classes",
    "section": "a section number",
    "sources": "at least one source with url, version and seen",
    "test": "a condition over facts",
    "text_as_of": "the date or edition of the text that was read",
    "title": "a sentence that says what the protection does",
    "trigger": "a condition over facts",
    "url": "where the text was read",
    "version": "the edition or the date of what was read",
}
_MENDS = {
    "age": "under, from or both",
    "excluded": "at least one of these",
    "period": "an end on or after the beginning",
    "scope": "sections where match is listed, classes where match is class",
}
_SHAPES = {
    "int": ("is not a whole number", "a whole number such as 18"),
    "bool": ("is neither true nor false", "true or false"),
    "string": ("stands where text is needed", "text"),
    "tuple": ("stands where a list is needed", "a list, each entry after a dash"),
    "model": ("stands where a group of keys is needed", "keys, each with a colon and its value"),
    "mapping": ("stands where a group of keys is needed", "keys, each with a colon and its value"),
}


def faults_of(
    problem: ValidationError, kind: type[BaseModel], document: Document, blocks: Mapping[str, Condition]
) -> list[Fault]:
    """The faults of a `kind` that could not be read from `document`, in the order of the file.

    `blocks` are the building blocks that its conditions may name. A misspelt key is one fault, not also a missing one.
    """
    errors = problem.errors(include_url=False)
    missing = {_path(error) for error in errors if error["type"] == "missing"}
    found: dict[Fault, None] = {}
    suggestions = Suggestions()
    for error in errors:
        if error["type"] == "extra_forbidden":
            fault = _unknown_key(_path(error), kind, document, missing, suggestions)
            missing.discard((*_path(error)[:-1], fault.nearest or ""))
            found[fault] = None
    for error in errors:
        if error["type"] != "missing" or _path(error) in missing:
            found.update(dict.fromkeys(_faults(error, kind, document, blocks, suggestions)))
    return sorted(found, key=lambda fault: fault.line or 0)


def _path(error: "ErrorDetails") -> Path:
    """Where the error lies in the file, without the marks that the models add; a condition is one place."""
    steps = tuple(step for step in error["loc"] if step != "[key]" and not str(step).startswith("function-"))
    ends = [i for i, step in enumerate(steps) if step in _CONDITION_KEYS]
    return steps[: ends[0] + 1] if ends and error["type"] != "extra_forbidden" else steps


def _faults(
    error: "ErrorDetails",
    kind: type[BaseModel],
    document: Document,
    blocks: Mapping[str, Condition],
    suggestions: Suggestions,
) -> Iterator[Fault]:
    path = _path(error)
    last = str(path[-1]) if path else ""
    sort = error["type"]
    if sort == "extra_forbidden" or (sort == "too_short" and value_at(document.value, path)):
        return  # said already; a list is called short where its entries are at fault
    if sort == "missing":
        yield document.fault(path, f"{last} is missing", _needed(kind, path))
    elif last in _CONDITION_KEYS and not (last == "when" and sort.startswith("string")):
        yield from _condition(document, path, blocks, suggestions)
    elif error["input"] is None or sort in {"string_too_short", "too_short"}:
        yield document.fault(path, f"{last or 'the file'} is empty", _needed(kind, path))
    elif sort == "value_error":
        mend = _MENDS.get(next((str(step) for step in reversed(path) if isinstance(step, str)), ""))
        yield document.fault(path, error["msg"].removeprefix("Value error, "), mend)
    else:
        yield document.fault(path, *_wrong_value(error, last, suggestions))


def _wrong_value(
    error: "ErrorDetails", last: str, suggestions: Suggestions
) -> tuple[str, str | None, str | None]:
    """What was found, what was expected, and the nearest right word."""
    given, sort, context = _shown(error["input"]), error["type"], error.get("ctx", {})
    if sort == "enum":
        words = str(context.get("expected", "")).replace("'", "")
        options = words.replace(" or ", ", ").split(", ")
        near = None if given.strip('"0123456789.') == "" else suggestions.near(str(error["input"]), options)
        return f"{given} is not a word that can stand here", words, near
    if sort == "string_pattern_mismatch":
        options = list(_CHOICES.get(last, ()))
        expected = " or ".join(options) or _PATTERNS.get(last)
        return (
            f"{given} is not written as it must be",
            expected,
            suggestions.near(str(error["input"]), options),
        )
    if sort.startswith("date"):
        written = re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(error["input"]))
        message = "is no day of the calendar" if written else "is not a date"
        return f"{given} {message}", "a date written 2026-01-31", None
    if sort.startswith(("greater", "less")):
        limits = {"ge": "or more", "le": "or less"}
        expected = next((f"{context[key]} {words}" for key, words in limits.items() if key in context), None)
        return f"{given} cannot stand here", expected, None
    message, expected = _SHAPES.get(sort.partition("_")[0], ("cannot stand here", None))
    return f"{given} {message}", expected, None


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "a group of keys"
    return "a list" if isinstance(value, list | tuple) else shortened(value)


def _unknown_key(
    path: Path, kind: type[BaseModel], document: Document, missing: set[Path], suggestions: Suggestions
) -> Fault:
    keys = _keys(kind, path[:-1])
    absent = [key for key in keys if (*path[:-1], key) in missing]
    near = suggestions.near(str(path[-1]), absent) or suggestions.near(str(path[-1]), keys)
    expected = None if near else f"one of {', '.join(keys)}"
    return document.fault(path, f"unknown key {shortened(path[-1])}", expected, near)


def _keys(kind: type[BaseModel], path: Path) -> list[str]:
    """The keys that the group at `path` may hold."""
    model = _model_at(kind, path)
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _needed(kind: type[BaseModel], path: Path) -> str | None:
    """What belongs at `path`: the words that can stand there, else a description."""
    last = str(path[-1]) if path else ""
    annotation = _annotation(_model_at(kind, path[:-1]), last) if path else None
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return " or ".join(annotation)
    return _NEEDED.get(last)


def _model_at(kind: type[BaseModel], path: Path) -> type[BaseModel] | None:
    model: type[BaseModel] | None = kind
    for step in path:
        if isinstance(step, str) and model is not None:
            model = _model_in(_annotation(model, step))
    return model


def _annotation(model: type[BaseModel] | None, key: str) -> object:
    if model is None:
        return None
    fields = model.model_fields.items()
    return next((field.annotation for name, field in fields if key in (field.alias, name)), None)


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _condition(
    document: Document, path: Path, blocks: Mapping[str, Condition], suggestions: Suggestions
) -> Iterator[Fault]:
    """The faults inside a condition, each where it stands."""
    value = value_at(document.value, path)
    if value is None:
        yield document.fault(path, f"{path[-1]} is empty", "a condition over facts")
        return
    reader = ConditionReader(blocks)
    reader.read(value, "")
    for fault in reader.faults:
        place = (*path, *_steps(fault.path))
        said = _of_condition(fault, str(place[-1]), value_at(document.value, place), blocks, suggestions)
        yield document.fault(place, *said)


def _of_condition(
    fault: Fault, last: str, found: object, blocks: Mapping[str, Condition], suggestions: Suggestions
) -> tuple[str, str | None, str | None]:
    """What a fault of a condition says of the value `found` under the key `last`, with the mend and the nearest word."""
    if last == "block":
        return no_block(found), fault.expected, suggestions.near(str(found), blocks)
    if fault.message.startswith("unknown or empty test"):
        if last not in _TESTS:
            return f"{shortened(last)} is no comparison", fault.expected, suggestions.near(last, _TESTS)
        form = "a list of codes between [ and ]" if last == "in" else "one code"
        return f"{last} has no code to compare with", form, None
    if fault.message.startswith("a comparison names"):
        return fault.message, "one test, or two comparisons under all", None
    if isinstance(found, Mapping) and fault.message.startswith("unknown kind"):
        near = next((word for key in found if (word := suggestions.near(str(key), _NODES))), None)
        return fault.message, fault.expected, near
    return fault.message, fault.expected, None


def no_block(name: object) -> str:
    """What is said where a condition names a building block that does not exist."""
    return f"no building block is called {shortened(name)}"


def _steps(path: str) -> Path:
    return tuple(int(place) if place else key for place, key in re.findall(r"\[(\d+)\]|\.([^.\[]+)", path))


def value_at(value: object, path: Path) -> object:
    """The value at `path` of what was read, None where there is none."""
    for step in path:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value
