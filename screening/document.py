"""A file as read, which still knows the line of every value, so that a fault can be shown where it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from screening.errors import Fault, shortened

DEEPEST = 20
MOST_NODES = 50_000

Path = tuple[str | int, ...]

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LONGEST_SAID = 600


@dataclass(slots=True)
class Mark:
    """Where a value stands (from line 1, column 1), whether it had no quotes, and the marks inside it."""

    line: int
    column: int
    plain: bool = False
    keys: "dict[str, Mark] | None" = None
    entries: "list[Mark] | None" = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: `value` is made of dict, list, str and None (from JSON also bool, int and float)."""

    value: object
    file: str | None = None
    root: Mark | None = None

    def line(self, path: Path | str) -> int | None:
        """Line of the value at `path` (keys and positions, or `a.b.0`), its parent's where it is missing."""
        mark = self._mark(path)[0]
        return mark.line if mark else None

    def is_plain(self, path: Path | str) -> bool:
        """True where YAML has the value at `path` without quotes; False for JSON and for what is missing."""
        mark, found = self._mark(path)
        return found and mark is not None and mark.plain

    def fault(
        self, path: Path, message: str, expected: str | None = None, nearest: str | None = None
    ) -> Fault:
        """A fault at `path` of this file, with its line; what the file says in it is cut, so that it stays one line."""
        said, wanted = _one_line(message), expected and _one_line(expected)
        return Fault(path_text(path), said, wanted, nearest, self.file, self.line(path))

    def _mark(self, path: Path | str) -> tuple[Mark | None, bool]:
        mark = self.root
        rest: Sequence[str | int] = path.split(".") if isinstance(path, str) else path
        while mark is not None and rest:
            inner, taken = _step(mark, rest, joined=isinstance(path, str))
            if inner is None:
                return mark, False
            mark, rest = inner, rest[taken:]
        return mark, True


def path_text(path: Path) -> str:
    """A path as people write it: `charges[0].date.from`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{_key_text(part)}" for part in path)
    return text.removeprefix(".")


def unprintable(text: str) -> bool:
    """True where `text` holds a control character or half a character: no reader could see it."""
    return first_unprintable(text) is not None


def first_unprintable(text: str) -> int | None:
    """The position of the first control character or half character, None where all can be seen."""
    if (
        text.isprintable()
    ):  # true of most texts, and quicker to ask; line ends and tabs are left to the pattern
        return None
    found = _UNPRINTABLE.search(text)
    return found.start() if found else None


def _one_line(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_SAID else f"{plain[:_LONGEST_SAID]}…"


def _key_text(key: str) -> str:
    return key if re.fullmatch(r"[\w.-]{1,80}", key) else shortened(key)


def _step(mark: Mark, rest: Sequence[str | int], *, joined: bool) -> tuple[Mark | None, int]:
    """The mark one step inside; keys may hold dots, so a dotted string takes the longest key that fits."""
    if mark.entries is not None:
        place = int(rest[0]) if str(rest[0]).isascii() and str(rest[0]).isdecimal() else -1
        return (mark.entries[place], 1) if 0 <= place < len(mark.entries) else (None, 0)
    if mark.keys is None:
        return None, 0
    for length in range(len(rest) if joined else 1, 0, -1):
        key = ".".join(str(part) for part in rest[:length])
        if key in mark.keys:
            return mark.keys[key], length
    return None, 0
