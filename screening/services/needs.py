"""What the person needs: the needs they state first, then those that recorded facts speak for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Self

from pydantic import model_validator

from screening.case import Response
from screening.services.directory import PackStamp
from screening.services.model import Frozen, Id, Text
from screening.services.terms import NeedCode, Urgency
from screening.truth import Truth

NEVER_RAISES = (
    "act.",
    "age.",
    "cooperation.",
    "court.",
    "date.",
    "forum.",
    "history.",
    "prosecutor.",
    "report.",
)
"""Facts about a case: no need may rest on them, so that help never depends on a case (hazards L6, L16)."""


class NeedKind(Frozen):
    """One need of the vocabulary: `meaning` in a sentence, what to do `first`, and `if_none` is found.

    `health` marks needs that tell of a person's health; by default they are not for prosecutors.
    """

    code: NeedCode
    words: Text
    urgency: Urgency
    meaning: Text
    first: Text | None = None
    if_none: Text
    waits_for_opening: bool = False
    health: bool = False
    raised_by: tuple[Text, ...]
    raised_by_no: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _raised_by_no_case(self) -> Self:
        for fact in (*self.raised_by, *self.raised_by_no):
            if fact.startswith(NEVER_RAISES):
                raise ValueError(f"{fact} is a fact about a case; a need never rests on one")
        return self

    @property
    def closed_is_no_help(self) -> bool:
        """True where a service that opens later comes too late."""
        return self.urgency.is_now and not self.waits_for_opening


class NeedsPack(Frozen):
    """The file of needs: every code once, in the order in which needs of one urgency are shown."""

    needs_vocabulary: Literal["v1"]
    id: Id
    version: Text
    needs: tuple[NeedKind, ...]

    @model_validator(mode="after")
    def _every_code_once(self) -> Self:
        given = [kind.code for kind in self.needs]
        missing = [code.value for code in NeedCode if code not in given]
        doubled = sorted({code.value for code in given if given.count(code) > 1})
        if missing:
            raise ValueError(f"needs without an entry: {', '.join(missing)}")
        if doubled:
            raise ValueError(f"needs that stand twice: {', '.join(doubled)}")
        return self


_ORDER = {urgency: place for place, urgency in enumerate(Urgency)}


@dataclass(frozen=True, slots=True)
class NeedVocabulary:
    """The needs of one pack, by code and in order."""

    kinds: tuple[NeedKind, ...]
    pack: PackStamp

    def kind(self, code: NeedCode) -> NeedKind:
        """The entry of a code; every code has one."""
        return next(kind for kind in self.kinds if kind.code is code)


class Why(StrEnum):
    """Where a need comes from."""

    STATED = "stated"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class Need:
    """A need, where it comes from, and the facts that speak for it (also where it was stated)."""

    kind: NeedKind
    why: Why
    because: tuple[str, ...] = ()

    @property
    def code(self) -> NeedCode:
        """The code of the need."""
        return self.kind.code

    def to_dict(self) -> dict[str, object]:
        """One entry of `needs[]`, ready for JSON."""
        return {
            "code": self.code.value,
            "words": self.kind.words,
            "urgency": self.kind.urgency.value,
            "meaning": self.kind.meaning,
            "first": self.kind.first,
            "why": self.why.value,
            "because": list(self.because),
            "health": self.kind.health,
        }


def needs_from(
    facts: Mapping[str, object], vocabulary: NeedVocabulary, *, stated: Sequence[str] = ()
) -> tuple[Need, ...]:
    """The needs of a person: stated ones first in their own order, then drawn ones, most urgent first.

    `facts` maps names of facts and items to values or to their `Response`s. A value is *yes* as `True`, `Truth.YES` or
    the word, and of several sources or charges one that says yes is enough. Everything else, unknown included, raises
    nothing. A stated code that is not in the vocabulary is a `ValueError`.
    """
    first = tuple(dict.fromkeys(NeedCode(code) for code in stated))
    kinds = {kind.code: kind for kind in sorted(vocabulary.kinds, key=_urgency)}
    needs = []
    for code in dict.fromkeys((*first, *kinds)):
        kind = kinds[code]
        because = (
            *[fact for fact in kind.raised_by if _says("yes", facts.get(fact))],
            *[fact for fact in kind.raised_by_no if _says("no", facts.get(fact))],
        )
        if code in first or because:
            needs.append(Need(kind, Why.STATED if code in first else Why.DRAWN, because))
    return tuple(needs)


def _urgency(kind: NeedKind) -> int:
    return _ORDER[kind.urgency]


_SPELLINGS: Mapping[str, tuple[bool, Truth, frozenset[str]]] = {
    "yes": (True, Truth.YES, frozenset({"yes", "true"})),
    "no": (False, Truth.NO, frozenset({"no", "false"})),
}


def _says(word: str, value: object) -> bool:
    """Whether a value, or any of several, says `word`. Numbers never do: they are no yes-or-no facts."""
    if value is None:
        return False
    plain, truth, words = _SPELLINGS[word]
    if isinstance(value, int):
        return value is plain or value is truth
    if isinstance(value, Response):
        return _says(word, value.value)
    if isinstance(value, Mapping):
        return _says(word, value["value"] if "value" in value else tuple(value.values()))
    if isinstance(value, list | tuple | set | frozenset):
        return any(_says(word, one) for one in value)
    return isinstance(value, str) and value.lower() in words
