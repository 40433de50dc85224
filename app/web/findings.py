"""What a page shows of a screening: every charge with its scale, elements and sources, in the words of one place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from screening import Packs, Screening
from screening.case import Answer, Source
from screening.explanation.facts import FactWords, day_words
from screening.explanation.page import (
    ANSWERS,
    FINDING_MARKS,
    GIVEN,
    OTHER_ANSWERS,
    POINTS,
    Cell,
    known_by,
    scale_cells,
    scale_sentences,
    short_result,
)
from screening.explanation.sentences import case_sentence, point_sentence, settles_sentence
from screening.explanation.terms import CLASSES, SAID_FIRST, SOURCES, listed, sentence
from screening.questionnaire import Item, role_prompt
from screening.questionnaire.responses import Evidence
from screening.questionnaire.words import PartName, Points
from screening.rules.asking import NextItem
from screening.rules.finding import ChargeResult, ElementFinding, Finding
from screening.rules.results import RANK, Result
from screening.services.needs import NeedKind
from screening.services.referrals import NoneAvailable, Offer

MOST_SETTLES = 6
MOST_NEXT = 8

UNKNOWN = {ANSWERS["not_known"], *(ANSWERS[one] for one in OTHER_ANSWERS)}
PLAIN = {"scope", "mode", "period"}
STOPS = {"arrest", "charge"}

_LEAD = re.compile(r"(?:.*?(?:\)|yet)\.)(?= [A-Z])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer beside its question: what was said, from where, and when."""

    question: str
    answer: str
    source: str
    dated: str | None
    item: str
    charge: str | None
    clause: str = ""
    """The same as one clause, for a list of what an element rests on."""


@dataclass(frozen=True, slots=True)
class NextView:
    """A question to ask next, where to find it, and who could know."""

    text: str
    why: str
    knowers: str
    item: str | None
    number: str | None
    charge: str | None


@dataclass(frozen=True, slots=True)
class NeedView:
    """One need with the services that can be offered for it, or with what to do where there is none."""

    kind: NeedKind
    offers: tuple[Offer, ...]
    none_available: tuple[NoneAvailable, ...]


@dataclass(frozen=True)
class ChargeView:
    """One charge as the page shows it; `number` is its number on the form."""

    number: str
    place: int
    result: ChargeResult
    name: str
    where: str
    words: FactWords
    answered: Mapping[tuple[str, str | None], tuple[Answered, ...]]
    sides: Mapping[str, tuple[Answered, ...]]

    @property
    def title(self) -> str:
        """The charge in a few words."""
        return f"Charge {self.place}" + (f": {self.name}" if self.name else "")

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The steps of its scale."""
        return scale_cells(self.result)

    @property
    def scale(self) -> tuple[tuple[str, str], ...]:
        """The scale in words."""
        return scale_sentences(self.result)

    @property
    def short(self) -> str:
        """The result in a few words."""
        return short_result(self.result)

    @property
    def lead(self) -> str:
        """The first sentence: what stands."""
        found = _LEAD.match(self.result.sentence)
        return found.group() if found else self.result.sentence

    @property
    def rest(self) -> str:
        """What is still possible, and how."""
        return self.result.sentence[len(self.lead) :].strip()

    @property
    def first_said(self) -> tuple[str, ...]:
        """What has to be read before the findings."""
        return tuple(point_sentence(one) for one in self.result.said if one["point"] in SAID_FIRST)

    @property
    def said(self) -> tuple[str, ...]:
        """How section, class, mode and dates were read."""
        return tuple(point_sentence(one) for one in self.result.said if one["point"] not in SAID_FIRST)

    @property
    def classes(self) -> str:
        """The classes of the offense in words."""
        known = self.result.class_known and self.result.offense_class
        return listed([CLASSES[one] for one in self.result.offense_class]) if known else "class not known"

    @property
    def cases(self) -> tuple[str, ...]:
        """The result by cases, one sentence each."""
        return tuple(dict.fromkeys(case_sentence(one, self.words) for one in self.result.by_cases))

    @property
    def standing(self) -> tuple[Finding, ...]:
        """Findings that hold or may hold."""
        return tuple(one for one in self.result.findings if one.result is not Result.DOES_NOT_APPLY)

    @property
    def ruled_out(self) -> tuple[Finding, ...]:
        """Findings with an element that is not so."""
        return tuple(one for one in self.result.findings if one.result is Result.DOES_NOT_APPLY)

    @property
    def settles(self) -> tuple[str, ...]:
        """What would settle it, the most protective and shortest first."""
        open_ones = sorted(
            self.result.would_settle,
            key=lambda one: (-RANK[one.then] if one.then in RANK else 1, len(one.facts)),
        )
        return tuple(dict.fromkeys(settles_sentence(one, self.words) for one in open_ones))[:MOST_SETTLES]

    def mark(self, finding: Finding) -> str:
        """Which mark a finding carries: yes, no, unknown or presumed."""
        return "presumed" if finding.presumed else FINDING_MARKS.get(finding.result, "yes")

    def telling(self, finding: Finding) -> tuple[ElementFinding, ...]:
        """The elements that somebody has to look at."""
        return tuple(one for one in finding.elements if not _is_plain(one))

    def plain(self, finding: Finding) -> str:
        """The elements met by section, mode and day alone, in one sentence."""
        return listed(
            [
                f"{one.says} ({self.given(one)})" if self.given(one) else one.says
                for one in finding.elements
                if _is_plain(one)
            ]
        )

    def rests_on(self, element: ElementFinding) -> tuple[Answered, ...]:
        """The answers an element rests on; where it is settled, those alone that say something."""
        keys = dict.fromkeys((one.item, one.charge) for one in element.because)
        rows = tuple(answer for key in keys for answer in self.answered.get(key, ()))
        return rows if element.truth == "unknown" else tuple(one for one in rows if one.answer not in UNKNOWN)

    def given(self, element: ElementFinding) -> str:
        """What it rests on besides answers: the birth date, the section, the day."""
        return listed(
            [POINTS[one] for one in dict.fromkeys(ref.item for ref in element.because) if one in POINTS]
        )

    def is_stop(self) -> bool:
        """True where arrest or a formal accusation is closed: then, and only then, *do not book* is said."""
        if self.result.at_least not in (Result.BARRED, Result.PRESUMPTIVELY_BARRED):
            return False
        certain = (one for one in self.result.findings if one.result is self.result.at_least)
        return bool(STOPS & {step for one in certain for step in one.bars})


class View:
    """A screening for one page."""

    def __init__(self, screening: Screening, packs: Packs, numbers: tuple[str, ...]) -> None:
        self.screening = screening
        self.reader = screening.reader
        self.packs = packs
        self.words = FactWords(packs.questionnaire)
        self._answered = dict(_answered(screening, packs, self.words))
        pairs = zip(numbers, screening.charges, strict=True)
        self.charges = tuple(self._charge(place, number, one) for place, (number, one) in enumerate(pairs, 1))
        self._numbers = {one.result.id: one.number for one in self.charges}

    def _charge(self, place: int, number: str, result: ChargeResult) -> ChargeView:
        pack = self.packs.law.get(result.jurisdiction)
        where = pack.law.name if pack else result.jurisdiction
        matter = self.screening.judged.matters.get(result.id)
        names = {option.entry.name for option in matter.offense.options if option.entry} if matter else set()
        name = (
            names.pop()
            if len(names) == 1
            else (result.section or listed([CLASSES[one] for one in result.offense_class]))
        )
        sides = _sides(self._answered, self.packs.questionnaire.items, result.id)
        return ChargeView(number, place, result, name, where, self.words, self._answered, sides)

    @property
    def next_items(self) -> tuple[NextView, ...]:
        """What to ask next, without the questions that are for the young person."""
        items = self.packs.questionnaire.items
        asked = [
            one
            for one in self.screening.next_items
            if one.item not in items or items[one.item].part is not PartName.PART2
        ]
        return tuple(self._next(one) for one in asked[:MOST_NEXT])

    def _next(self, one: NextItem) -> NextView:
        item = self.packs.questionnaire.items.get(one.item)
        number = self._numbers.get(one.charge) if one.charge else None
        place = next((view.place for view in self.charges if view.number == number), None)
        charge = f"Charge {place}" if place and len(self.charges) > 1 else None
        if item is None:
            return NextView(GIVEN[one.item], "", known_by(one.asked_of), None, number, charge)
        return NextView(item.text, item.why, known_by(one.asked_of), item.id, number, charge)

    @property
    def look_first(self) -> str | None:
        """A reminder where the file alleges a role into which victims are often put, and nobody has looked yet."""
        asked = role_prompt(self.screening.case, self.screening.judged.facts)
        return self.packs.questionnaire.part(PartName.TRAP).note if asked.look_first else None

    @cached_property
    def needs(self) -> tuple[NeedView, ...]:
        """The needs that this reader sees: those that tell of health are not for prosecutors."""
        return tuple(
            NeedView(
                need.kind,
                tuple(one for one in self.screening.referrals.offers if one.need is need.code),
                tuple(one for one in self.screening.referrals.none_available if one.need is need.code),
            )
            for need in self.screening.needs
            if self.reader != "prosecutor" or not need.kind.health
        )

    @property
    def needs_kept_back(self) -> int:
        """How many needs this reader does not see."""
        return len(self.screening.needs) - len(self.needs)

    @property
    def stops(self) -> tuple[ChargeView, ...]:
        """Charges for which nobody may be booked."""
        return tuple(one for one in self.charges if one.is_stop())

    @property
    def going_on(self) -> tuple[ChargeView, ...]:
        """The other charges."""
        return tuple(one for one in self.charges if not one.is_stop())

    def answers_in(self, part: str, section: str) -> tuple[Answered, ...]:
        """The answers to one section, for a reader that may see them."""
        found = next(
            one for one in self.packs.questionnaire.part(PartName(part)).sections if one.id == section
        )
        return tuple(
            Answered(item.text, _words_of(item, str(one.value)), SOURCES[one.source], None, item.id, None)
            for item in found.items
            for one in self.screening.case.responses.get(item.id, ())
            if isinstance(one.value, Answer | str)
        )


def _is_plain(element: ElementFinding) -> bool:
    return element.kind in PLAIN and element.truth == "yes" and not element.assumed


def _answered(
    screening: Screening, packs: Packs, words: FactWords
) -> Iterator[tuple[tuple[str, str | None], tuple[Answered, ...]]]:
    """The answers that this reader's rules may see, by item and charge."""
    found: dict[tuple[str, str | None], list[Answered]] = {}
    for given in screening.judged.facts.evidence.values():
        for one in given:
            said = _said(one, packs.questionnaire.items[one.item], words)
            found.setdefault((one.item, one.charge), []).append(said)
    for key, answers in found.items():
        yield key, tuple(answers)


def _said(one: Evidence, item: Item, words: FactWords) -> Answered:
    dated = day_words(one.dated) if one.dated else None
    answer = _words_of(item, one.value)
    return Answered(
        item.text,
        answer,
        SOURCES[one.source],
        dated,
        one.item,
        one.charge,
        _clause(item, one.value, answer, words),
    )


def _clause(item: Item, value: str, answer: str, words: FactWords) -> str:
    """What was said as one clause: "an exploiter can be described", "the tie to the exploiter: partner"."""
    if item.fact is None:
        return f"{item.text} {answer}"
    if value in ("yes", "no"):
        return sentence(words.label(item.fact, holds=value == "yes")).rstrip(".")
    return f"{sentence(words.label(item.fact)).rstrip('.')}: {answer.lower()}"


def _words_of(item: Item, value: str) -> str:
    if value in ANSWERS:
        return ANSWERS[value]
    return listed([item.codes.get(code, code) for code in value.split(", ")])


def _sides(
    answered: Mapping[tuple[str, str | None], tuple[Answered, ...]], items: Mapping[str, Item], charge: str
) -> dict[str, tuple[Answered, ...]]:
    """Both sides of the record for one charge. The person's own no is no point against the person."""
    sides: dict[str, list[Answered]] = {"toward": [], "other_way": [], "open": []}
    for (item, scope), answers in answered.items():
        if scope in (None, charge):
            for one in answers:
                sides[_side(items[item], one)].append(one)
    return {side: tuple(rows) for side, rows in sides.items()}


def _side(item: Item, one: Answered) -> str:
    own_no = one.answer == ANSWERS["no"] and (
        one.source == SOURCES[Source.OWN_STATEMENT] or item.part is PartName.PART2
    )
    if item.points is Points.NEUTRAL or one.answer not in (ANSWERS["yes"], ANSWERS["no"]) or own_no:
        return "open"
    yes = one.answer == ANSWERS["yes"]
    return "toward" if (item.points is Points.TOWARD) == yes else "other_way"
