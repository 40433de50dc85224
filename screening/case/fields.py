"""Reads single fields of a case file and notes every fault, so that one reading finds them all."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from screening.dates import DateRange, NumberRange
from screening.document import Document, Path, unprintable
from screening.errors import Fault, nearest, shortened

EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
LARGEST_NUMBER = 999_999

_MOST_FAULTS = 100
_MOST_SUGGESTED = 20
_MOST_LISTED = 15
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9-]{10}([T ]HH:MM(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-]HH:MM)?)?".replace(
        "HH:MM", "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
    )
)
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_OTHER_THAN_TEXT = re.compile(
    r"[-+]?[0-9][0-9_]*\.?[0-9_]*(e[-+]?[0-9]+)?|[-+]?\.[0-9]+|[0-9]+(:[0-9]+)+|0x[0-9a-f]+|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|yes|no|true|false|on|off|y|n",
    re.IGNORECASE,
)
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}

Near = tuple[str, Iterable[str]]
Word = TypeVar("Word", bound=StrEnum)


class TooManyFaults(Exception):  # noqa: N818 - a stop sign, seen by the reader alone
    """Enough has been found: a file this wrong need not be read to its end."""


class Fields:
    """Each method gives the value of a field, or None with a fault noted; None (null) counts as left out."""

    def __init__(self, document: Document) -> None:
        self.faults: list[Fault] = []
        self._document = document

    def add(self, path: Path, message: str, expected: str | None = None, near: Near | None = None) -> None:
        """Notes a fault. `near` is the word that was given and the words it may have been meant to be."""
        close = nearest(*near) if near and len(self.faults) < _MOST_SUGGESTED else None
        self.faults.append(self._document.fault(path, message, expected, close))
        if len(self.faults) >= _MOST_FAULTS:
            raise TooManyFaults

    def mapping(self, value: object, path: Path, keys: Collection[str], what: str) -> dict[str, object]:
        """The keys of a group, without those that are empty; unknown keys are faults."""
        given = self.open_mapping(value, path, what)
        for key in given:
            if key not in keys:
                self.add((*path, key), "unknown key", f"one of {_listed(keys)}", (key, keys))
        return {key: inner for key, inner in given.items() if key in keys and inner is not None}

    def open_mapping(self, value: object, path: Path, what: str) -> dict[str, object]:
        """A group whose keys are not known beforehand."""
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.add(path, f"{_kind(value)} stands here", what)
            return {}
        for key in value:
            if not isinstance(key, str):
                self.add(path, f"the key {shortened(key)} is not text", "text keys")
        return {key: inner for key, inner in value.items() if isinstance(key, str)}

    def entries(self, value: object, path: Path, most: int, what: str) -> list[object]:
        """A list of at most `most` entries."""
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            self.add(path, f"{_kind(value)} stands here", what)
            return []
        if len(value) > most:
            self.add(path, f"the list has {len(value)} entries", f"at most {most}")
        for place, entry in enumerate(value[:most]):
            if entry is None:
                self.add((*path, place), "the entry is empty", what)
        return list(value[:most])

    def text(self, value: object, path: Path, longest: int) -> str | None:
        """Text of 1 to `longest` characters, without marks that cannot be seen."""
        if value is None:
            return None
        if not isinstance(value, str):
            self.add(path, f"{_kind(value)} stands here", "text in quotes")
        elif not value.strip():
            self.add(path, "the text is empty", f"text of 1 to {longest:,} characters")
        elif len(value) > longest:
            self.add(path, f"the text has {len(value):,} characters", f"at most {longest:,}")
        elif unprintable(value):
            self.add(path, "an unprintable character stands in the text", "text that can be seen")
        else:
            return str(value)
        return None

    def section(self, value: object, path: Path) -> str | None:
        """A section as printed. Without quotes 43.10 is a number to most programs, and becomes 43.1."""
        bare = isinstance(value, str) and self._document.is_plain(path) and _OTHER_THAN_TEXT.fullmatch(value)
        if bare or (value is not None and not isinstance(value, str)):
            self.add(path, "the section is not text", f'a section in quotes, as section: "{_bare(value)}"')
            return None
        return self.text(value, path, 200)

    def word(self, value: object, path: Path, words: Iterable[str]) -> str | None:
        """One word of a closed list."""
        if value is None:
            return None
        options = list(words)
        if isinstance(value, str) and value in options:
            return str(value)
        self.add(path, f"unknown word {shortened(value)}", _one_of(options), (str(value), options))
        return None

    def member(self, value: object, path: Path, words: type[Word]) -> Word | None:
        """One word of a closed list, as its enum."""
        word = self.word(value, path, [member.value for member in words])
        return None if word is None else words(word)

    def yes_no(self, value: object, path: Path) -> bool | None:
        """Yes or no; `true`, `Yes` and a JSON boolean are alike."""
        if value is None:
            return None
        shown = read_yes_no(value)
        if shown is None:
            self.add(path, f"{shortened(value)} is neither yes nor no", "yes or no")
        return shown

    def day(self, value: object, path: Path) -> date | None:
        """A day that exists, as YYYY-MM-DD or a `date`, in 1900 to 2199."""
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, str | date):
            self.add(path, f"{_kind(value)} stands here", "a date as YYYY-MM-DD")
            return None
        try:
            day = value if isinstance(value, date) else _parsed_day(value)
        except ValueError:
            day = None
        if day is None or not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            self.add(path, f"{shortened(value)} is no such date", "a date as YYYY-MM-DD that exists")
            return None
        return day

    def moment(self, value: object, path: Path) -> datetime | None:
        """A day and a time; a day alone is its beginning. Without a time zone it is local time, kept as given."""
        if value is None or isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - local time, as given
        try:
            if isinstance(value, str) and _MOMENT.fullmatch(value):
                moment = datetime.fromisoformat(value)
                if EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
                    return moment
        except ValueError:
            pass
        self.add(path, f"{shortened(value)} is no such time", "a time as YYYY-MM-DDTHH:MM that exists")
        return None

    def days(self, value: object, path: Path) -> DateRange | None:
        """A day, or `{from, to}` with at least one of the two."""
        if not isinstance(value, Mapping):
            day = self.day(value, path)
            return None if day is None else DateRange(day, day)
        ends = self._ends(value, path)
        start, end = self.day(ends.get("from"), (*path, "from")), self.day(ends.get("to"), (*path, "to"))
        if start and end and end < start:
            self.add(path, f"the range runs backwards, from {start} to {end}", "from before to")
            return None
        return DateRange(start, end) if start or end else None

    def number(self, value: object, path: Path) -> int | None:
        """A whole number; 16.0 is one, as in JSON and its schemas."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool):
            number = value
        elif isinstance(value, str) and _NUMBER.fullmatch(value):
            number = int(value)
        else:
            if value is not None:
                self.add(path, f"{shortened(value)} is not a whole number", "a whole number, or {from, to}")
            return None
        if abs(number) > LARGEST_NUMBER:
            self.add(path, "the number is too large", f"at most {LARGEST_NUMBER:,}")
            return None
        return number

    def numbers(self, value: object, path: Path) -> NumberRange | None:
        """A whole number, or `{from, to}` with at least one of the two."""
        if not isinstance(value, Mapping):
            number = self.number(value, path)
            return None if number is None else NumberRange(number, number)
        ends = self._ends(value, path)
        low, high = self.number(ends.get("from"), (*path, "from")), self.number(ends.get("to"), (*path, "to"))
        if low is not None and high is not None and high < low:
            self.add(path, f"the range runs backwards, from {low} to {high}", "from not above to")
            return None
        return None if low is None and high is None else NumberRange(low, high)

    def _ends(self, value: object, path: Path) -> dict[str, object]:
        ends = self.mapping(value, path, ("from", "to"), "a range {from, to}")
        if not ends:
            self.add(path, "the range is empty", "from, to, or both")
        return ends


def read_yes_no(value: object) -> bool | None:
    """True, False, or None where it says neither."""
    if isinstance(value, bool):
        return value
    return _YES_NO.get(value.lower()) if isinstance(value, str) else None


def _parsed_day(text: str) -> date | None:
    return date.fromisoformat(text) if _DAY.fullmatch(text) else None


def _bare(value: object) -> str:
    return shortened(value)[1:-1] if isinstance(value, str | int | float) else "…"


def _kind(value: object) -> str:
    if isinstance(value, Mapping):
        return "a group"
    if isinstance(value, list | tuple):
        return "a list"
    return shortened(value)


def _one_of(options: Collection[str]) -> str | None:
    """The options written out where they are few; of a long list, which helps nobody, the first three."""
    if len(options) > _MOST_LISTED:
        return f"one of {len(options)} words, such as {_listed(list(options)[:3])}"
    return f"one of {_listed(options)}" if options else None


def _listed(options: Collection[str]) -> str:
    return ", ".join(options)
