"""Says why input was refused: every fault at once, each with its place and what was expected there."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from difflib import get_close_matches

_LONGEST_WORD = 100
_MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `path` is empty for the whole file, `line` counts from 1, None: not known."""

    path: str
    message: str
    expected: str | None = None
    nearest: str | None = None
    file: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        if self.file is None and self.line is not None:
            place = f"line {self.line}"
        text = ": ".join(part for part in (place, self.path, self.message) if part)
        if self.expected:
            text += f"; expected {self.expected}"
        if self.nearest:
            text += f"; did you mean {self.nearest}?"
        return text

    def to_dict(self) -> dict[str, str | int | None]:
        """The same as a mapping, for JSON; what is not known is left out."""
        return {key: value for key, value in asdict(self).items() if value is not None}


class VoiError(Exception):
    """Input that cannot be used; `faults` holds the first hundred, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        found = tuple(faults)
        more = len(found) - _MOST_FAULTS
        self.faults = (
            found if more <= 0 else (*found[:_MOST_FAULTS], Fault("", f"and {more} more like these"))
        )
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class PackError(VoiError):
    """A pack of law, questions or services that is refused."""


class CaseError(VoiError):
    """A case file that is refused."""


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option that `word` likely stands for, None where none is close; case, -, _ and blank are alike."""
    if not 0 < len(word) <= _LONGEST_WORD:
        return None
    wanted = _folded(word)
    plain = (option for option in options if len(option) <= _LONGEST_WORD and "\n" not in option)
    folded = {_folded(option): option for option in sorted(plain, reverse=True)}
    close = get_close_matches(wanted, folded, n=1) or sorted(option for option in folded if wanted in option)
    return folded[close[0]] if close and len(wanted) > 1 else None


class Suggestions:
    """The nearest right words for the first few faults of a file: later ones nobody reads, and finding them costs most."""

    def __init__(self, most: int = 50) -> None:
        self._left = most

    def near(self, word: str, options: Iterable[str]) -> str | None:
        """What `nearest` gives; None once enough has been suggested."""
        self._left -= 1
        return nearest(word, options) if self._left >= 0 else None


def shortened(word: object, longest: int = 60) -> str:
    """`word` on one line, quoted and cut, so that a message stays readable whatever was typed."""
    text = " ".join(str(word).split())
    return f'"{text}"' if len(text) <= longest else f'"{text[:longest]}…"'


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
