"""Says facts in words: what is shown, what would have to be shown, and the cases of a split."""

from collections.abc import Mapping
from datetime import date

from screening.conditions.compiled import UNBOUNDED
from screening.conditions.nodes import Below, From, Has, In
from screening.conditions.settle import Setting
from screening.explanation.terms import listed
from screening.questionnaire.model import Questionnaire
from screening.rules.facts import OLDEST

MOMENTS = {"age.offense": "at the act", "age.charged": "when accused", "age.now": "on the day of screening"}


class FactWords:
    """Words for facts, drawn from the labels of the questionnaire pack."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._facts = questionnaire.facts

    def label(self, fact: str, *, holds: bool = True) -> str:
        """A short clause for a yes / no fact or its opposite; the bare name where no row describes it."""
        row = self._facts.get(fact)
        if row is None:
            return fact if holds else f"not {fact}"
        return row.label if holds or row.no_label is None else row.no_label

    def setting(self, one: Setting) -> str:
        """What would have to be shown, as a clause: "the person was under 18 at the act"."""
        test = one.test
        match test:
            case Below(is_date=True) | From(is_date=True):
                day = day_words(date.fromordinal(test.limit))
                return (
                    f"the act was before {day}"
                    if isinstance(test, Below)
                    else f"the act was on {day} or later"
                )
            case Below():
                return f"{self._number(test.fact)} was under {test.limit}{self._moment(test.fact)}"
            case From():
                return f"{self._number(test.fact)} was {test.limit} or over{self._moment(test.fact)}"
            case In():
                names = listed([self._code(test.fact, code) for code in sorted(test.codes)], "or")
                return f"{self.label(test.fact)}: {'' if one.holds else 'not '}{names}"
            case Has():
                return f"{self.label(test.fact)}: {'' if one.holds else 'not '}{test.code}"
        return self.label(test.fact, holds=one.holds)

    def _number(self, fact: str) -> str:
        return "the person" if fact in MOMENTS else self.label(fact)

    @staticmethod
    def _moment(fact: str) -> str:
        return f" {MOMENTS[fact]}" if fact in MOMENTS else ""

    def _code(self, fact: str, code: str) -> str:
        row = self._facts.get(fact)
        return row.codes.get(code, code.replace("_", " ")) if row else code

    def held(self, piece: Mapping[str, object]) -> str:
        """One piece of a case: "under 18 at the act", "18 or over when accused", a fact shown or ruled out."""
        fact = str(piece["fact"])
        if "value" in piece:
            return self.label(fact, holds=piece["value"] == "yes")
        if "in" in piece and isinstance(piece["in"], list):
            return (
                f"{self.label(fact)}: {listed([self._code(fact, str(code)) for code in piece['in']], 'or')}"
            )
        low, high = piece.get("from"), piece.get("to")
        if fact.startswith("date."):
            return _days(str(low) if low else None, str(high) if high else None)
        return (
            f"{_span(low, high)}{self._moment(fact)}"
            if fact in MOMENTS
            else f"{self.label(fact)}: {_span(low, high)}"
        )


def _span(low: object, high: object) -> str:
    bottom = low if isinstance(low, int) and low > 0 else None
    top = high if isinstance(high, int) and high < OLDEST and high < UNBOUNDED else None
    if bottom is None and top is None:
        return "any age"
    if bottom is None and top is not None:
        return f"under {top + 1}"
    return f"{bottom} or over" if top is None else f"{bottom} to {top}" if top != bottom else f"{bottom}"


def _days(low: str | None, high: str | None) -> str:
    if low is None and high is None:
        return "an act on any day"
    if low is None or date.fromisoformat(low).year < 1900:
        return f"an act up to {day_words(date.fromisoformat(high or '9999-12-31'))}"
    if high is None:
        return f"an act on or after {day_words(date.fromisoformat(low))}"
    return f"an act from {day_words(date.fromisoformat(low))} to {day_words(date.fromisoformat(high))}"


def day_words(day: date) -> str:
    """A date in full words: 24 November 2026."""
    return f"{day.day} {day:%B} {day.year}"
