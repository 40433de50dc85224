"""Reads YAML and JSON strictly: the program gets what a person sees in the file, and no file can stall it."""

import json
import re
from math import isfinite

from screening.document import (
    DEEPEST,
    MOST_NODES,
    Document,
    Mark,
    Path,
    first_unprintable,
    path_text,
    unprintable,
)
from screening.errors import Fault, PackError, VoiError

__all__ = ["CASE_BYTES", "PACK_BYTES", "Document", "Mark", "Path", "path_text", "read_json", "read_yaml"]

CASE_BYTES = 256 * 1024
PACK_BYTES = 4 * 1024 * 1024

_LONGEST_NUMBER = 15
_MARKS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)


def read_yaml(
    source: str | bytes,
    *,
    file: str | None = None,
    max_bytes: int = PACK_BYTES,
    error: type[VoiError] = PackError,
) -> Document:
    """One YAML document in which every scalar is text and null is None.

    Refused with `error`: more than `max_bytes`, not UTF-8, nothing in it, several documents, tags, anchors,
    aliases, merge keys, doubled keys (all of them, with both lines), too deep or too many values, unprintable
    characters.
    """
    from screening.yaml_events import build  # noqa: PLC0415 - a case in JSON needs no YAML, which takes long to import

    builder = build(decoded(source, file=file, max_bytes=max_bytes, error=error), file)
    if not builder.faults and builder.root is None:
        builder.faults.append(Fault("", "the file is empty", file=file))
    if builder.faults:
        raise error(builder.faults)
    return Document(builder.value, file, builder.root)


def decoded(source: str | bytes, *, file: str | None, max_bytes: int, error: type[VoiError]) -> str:
    """The text of a file; `error` where it is too large, not UTF-8, or holds unprintable characters."""
    if len(source) > max_bytes:
        raise error([Fault("", f"the file is larger than {max_bytes // 1024} KiB", file=file)])
    try:
        raw = source.encode() if isinstance(source, str) else source
        text = raw.decode("utf-8-sig")
    except UnicodeError:
        raise error([Fault("", "the file is not UTF-8 text", "a file saved as UTF-8", file=file)]) from None
    if len(raw) > max_bytes:
        raise error([Fault("", f"the file is larger than {max_bytes // 1024} KiB", file=file)])
    place = first_unprintable(text)
    if place is not None:
        line = text.count("\n", 0, place) + 1
        message = f"an unprintable character (U+{ord(text[place]):04X}) stands in the text"
        raise error([Fault("", message, file=file, line=line)])
    return text


def read_json(
    source: str | bytes,
    *,
    file: str | None = None,
    max_bytes: int = PACK_BYTES,
    error: type[VoiError] = PackError,
) -> Document:
    """One JSON value, as strict as `read_yaml`; booleans and numbers keep their type, lines are not known."""
    text = decoded(source, file=file, max_bytes=max_bytes, error=error)
    try:
        _check_bulk(text)
        read: object = json.loads(
            text, object_pairs_hook=_Pairs, parse_int=_whole, parse_float=_broken, parse_constant=_no_number
        )
    except json.JSONDecodeError as problem:
        message = f"column {problem.colno}: not readable as JSON, {problem.msg[:1].lower()}{problem.msg[1:]}"
        raise error([Fault("", message, file=file, line=problem.lineno)]) from None
    except (ValueError, RecursionError) as problem:
        raise error([Fault("", str(problem), file=file)]) from None
    walk = _Walk(file)
    value = walk.value(read, ())
    if walk.faults:
        raise error(walk.faults)
    return Document(value, file)


class _Pairs(list[tuple[str, object]]):
    """A JSON object before doubled keys are lost."""


class _Walk:
    """Turns pairs into dicts and keeps every doubled key."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self._nodes = 0

    def value(self, read: object, path: Path) -> object:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            if self._nodes == MOST_NODES + 1:
                self._add(path, f"the file holds more than {MOST_NODES:,} values")
            return None
        if isinstance(read, _Pairs):
            return self._mapping(read, path)
        if isinstance(read, list):
            return [self.value(inner, (*path, place)) for place, inner in enumerate(read)]
        if isinstance(read, str) and unprintable(read):
            self._add(path, "an unprintable character stands in the text")
        return read

    def _mapping(self, pairs: _Pairs, path: Path) -> dict[str, object]:
        value: dict[str, object] = {}
        for key, inner in pairs:
            if key in value:
                self._add((*path, key), "the key stands twice", "each key once")
            if unprintable(key):
                self._add(path, "an unprintable character stands in a key")
            value.setdefault(key, self.value(inner, (*path, key)))
        return value

    def _add(self, path: Path, message: str, expected: str | None = None) -> None:
        self.faults.append(Fault(path_text(path), message, expected, file=self.file))


def _check_bulk(text: str) -> None:
    """Refuses nesting bombs and endless lists before the JSON parser sees them; strings are stepped over."""
    depth = 0
    for count, found in enumerate(_MARKS.finditer(text)):
        mark = found.group()[0]
        depth += (mark in "[{") - (mark in "]}")
        if depth > DEEPEST:
            raise ValueError(f"lists and groups are nested deeper than {DEEPEST}")
        if count > 4 * MOST_NODES:
            raise ValueError(f"the file holds more than {MOST_NODES:,} values")


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError(f"a number has more than {_LONGEST_NUMBER} digits")
    return int(digits)


def _broken(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError("a number is too large")
    return number


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is not a number that JSON knows")
