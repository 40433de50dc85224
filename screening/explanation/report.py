"""A screening as plain text for a file, a narrow terminal or paper, in the words of one reader."""

from collections.abc import Iterator
from textwrap import wrap

from screening.explanation.facts import FactWords, day_words
from screening.explanation.sentences import case_sentence, finding_heading, point_sentence, settles_sentence
from screening.explanation.terms import (
    CLASSES,
    CONFIDENCE,
    FLAG_MEANINGS,
    FLAGS,
    LOOK_FIRST,
    MARKS,
    MODES,
    NOT_ADVICE,
    NOT_RESOLVED,
    RESTS_ON_ACCUSATION,
    SAID_FIRST,
    SOURCES,
    TRUTHS,
    WHO,
    WITHHELD_MORE,
    WITHHELD_ONE,
    listed,
    sentence,
)
from screening.packs import Packs
from screening.result import Screening
from screening.rules.finding import Beside, ChargeResult, ElementFinding, Finding
from screening.rules.results import Result

TITLES = {"prosecutor": "for the prosecutor", "officer": "for the officer", "advocate": "for the advocate"}


def report(screening: Screening, packs: Packs, *, width: int = 78) -> str:
    """The text that can be pasted into a file: no colour, no line over `width`, every mark also in words."""
    words = FactWords(packs.questionnaire)
    lines: list[str] = []
    for block in _blocks(screening, words):
        lines += [line for text, indent in block for line in _wrapped(text, indent, width)] + [""]
    return "\n".join(lines).rstrip() + "\n"


Line = tuple[str, int]


def _wrapped(text: str, indent: int, width: int) -> list[str]:
    lead = " " * indent
    return wrap(
        text,
        max(width, 30),
        initial_indent=lead,
        subsequent_indent=lead + ("  " if indent else ""),
        break_on_hyphens=False,
    ) or [""]


def _blocks(screening: Screening, words: FactWords) -> Iterator[list[Line]]:
    yield [(f"Screening on {day_words(screening.case.as_of)}, {TITLES[screening.reader]}", 0)]
    if screening.case.assume:
        shown = [
            f"{kind.replace('_', ' ')} {'shown' if value else 'not shown'}"
            for kind, value in screening.case.assume.items()
        ]
        yield [(f"What-if: {listed(shown)}, as each law defines it. Lines that rest on this say assumed.", 0)]
    if screening.reader == "officer":
        yield from _officer(screening, words)
        return
    if screening.reader == "advocate":
        yield _needs(screening)
    yield _flag(screening)
    for charge in screening.charges:
        yield from _charge(charge, words)
    yield from _around(screening, words)
    if screening.reader != "advocate":
        yield _needs(screening)
    yield _foot(screening)


def _officer(screening: Screening, words: FactWords) -> Iterator[list[Line]]:
    """What to do now, whom to call, what not to book, and by when."""
    yield [
        ("What to do now", 0),
        *_duties(screening, state="due"),
        *((one.says, 2) for one in screening.alternatives if one.mark.value == "non_punitive"),
    ]
    closed = [
        one for one in screening.charges if one.at_least in (Result.BARRED, Result.PRESUMPTIVELY_BARRED)
    ]
    stops = [
        one
        for one in closed
        if {"arrest", "charge"}
        & {step for finding in one.findings if finding.result is one.at_least for step in finding.bars}
    ]
    if stops:
        yield [
            (f"Do not book: {listed([_name(one) for one in stops])}", 0),
            *((one.sentence, 2) for one in stops),
        ]
    rest = [one for one in screening.charges if one not in stops]
    if rest:
        yield [
            ("Before anything is decided on the rest", 0),
            *((f"{_name(one)}: {one.sentence}", 2) for one in rest),
        ]
    yield _flag(screening)
    asked = screening.next_items[:5]
    if asked:
        yield [
            ("Worth finding out next, without asking the person about the act", 0),
            *((f"{one.item} ({words.label(one.fact)})", 2) for one in asked),
        ]
    yield _needs(screening)
    yield _foot(screening)


def _flag(screening: Screening) -> list[Line]:
    found = screening.judged.flag
    lines: list[Line] = [(sentence(FLAGS[found.state.value]), 0), (FLAG_MEANINGS[found.state.value], 2)]
    if found.rests_on_accusation:
        lines.append((RESTS_ON_ACCUSATION, 2))
    lines += [(f"- {one.label}", 2) for one in found.indicators]
    if screening.judged.role_prompt.look_first:
        lines.append((LOOK_FIRST, 2))
    withheld = screening.judged.facts.withheld
    if withheld:
        lines.append((WITHHELD_ONE if withheld == 1 else f"{withheld} {WITHHELD_MORE}", 2))
    return lines


def _name(charge: ChargeResult) -> str:
    what = charge.section or listed([CLASSES[name] for name in charge.offense_class]) or "offense not given"
    return f"{charge.id}: {charge.jurisdiction} {what}, {MODES[charge.mode]}, {charge.status}"


def _charge(charge: ChargeResult, words: FactWords) -> Iterator[list[Line]]:
    known = charge.class_known and charge.offense_class
    classes = listed([CLASSES[name] for name in charge.offense_class]) if known else "class not known"
    first = [point_sentence(point) for point in charge.said if point["point"] in SAID_FIRST]
    rest = [point_sentence(point) for point in charge.said if point["point"] not in SAID_FIRST]
    yield [
        (f"{_name(charge)} ({classes})", 0),
        *((text, 2) for text in (*first, charge.sentence, *rest)),
        *_by_cases(charge, words),
    ]
    for finding in charge.findings:
        yield list(_finding(finding, words))
    for title, rows in (
        ("Also open, outside the bounds", [_beside(one) for one in charge.routes]),
        ("Opens after judgment", [_beside(one) for one in charge.later_relief]),
        ("Later law, not counted for this act", [_beside(one) for one in charge.later_law]),
        ("Other law beside this charge", [_beside(one) for one in charge.beside]),
        (
            "Rules about statements and evidence",
            [f"{one['says']} ({one['citation']})" for one in charge.evidence_rules],
        ),
        ("Open in the law itself", charge.open_law),
        ("What else may follow from this charge", charge.collateral),
        ("Not considered", charge.not_considered),
    ):
        if rows:
            yield [(title, 2), *((f"- {row}", 4) for row in rows)]


def _by_cases(charge: ChargeResult, words: FactWords) -> Iterator[Line]:
    if charge.by_cases:
        yield ("By cases:", 2)
        yield from ((f"- {case_sentence(one, words)}", 4) for one in charge.by_cases[:12])
    if not charge.resolved:
        yield (NOT_RESOLVED, 2)


def _finding(finding: Finding, words: FactWords) -> Iterator[Line]:
    yield (finding_heading(finding), 2)
    if finding.result is Result.DOES_NOT_APPLY:
        yield from ((_element(element), 4) for element in finding.elements if element.truth == "no")
        return
    yield from ((_element(element), 4) for element in finding.elements)
    if finding.burden:
        yield (f"Burden: {finding.burden}.", 4)
    yield from ((f"To be done: {step}", 4) for step in finding.procedure)
    if finding.required_response:
        yield (f"The text asks for: {finding.required_response}", 4)
    yield from ((note, 4) for note in finding.notes)
    yield from ((settles_sentence(one, words), 4) for one in finding.would_settle[:4])
    if finding.more_needed or len(finding.would_settle) > 4:
        yield ("Other sets of facts would do too.", 4)


def _element(element: ElementFinding) -> str:
    rests = dict.fromkeys(
        f"{one.item} ({SOURCES.get(one.source, one.source)})" if one.source else one.item
        for one in element.because
    )
    basis = f"; rests on {listed(list(rests))}" if rests and element.truth != "unknown" else ""
    assumed = ", assumed" if element.assumed else ""
    return f"{MARKS[element.truth]} {element.name}: {TRUTHS[element.truth]}{assumed} - {element.says}{basis}"


def _beside(one: Beside) -> str:
    grade = "" if one.confidence == "primary" else f"; {CONFIDENCE[one.confidence]}"
    start = f"; in force from {one.in_force_from}" if one.in_force_from else ""
    return f"{one.title} ({one.citation}{start}{grade})"


def _duties(screening: Screening, *, state: str) -> Iterator[Line]:
    for one in screening.duties:
        if one.state == state:
            clock = (
                f" Due {one.due.replace('T', ' at ')}."
                if one.due
                else f" Within {one.within_hours} hours."
                if one.within_hours is not None
                else ""
            )
            yield (f"- {WHO[one.who]}: {one.do}{clock} ({one.citation})", 2)


def _around(screening: Screening, words: FactWords) -> Iterator[list[Line]]:
    due = list(_duties(screening, state="due"))
    if due:
        yield [("Duties due now", 0), *due]
    later = [
        (f"- If {one.says}: {one.do} ({one.citation})", 2) for one in screening.duties if one.state == "if"
    ]
    if later:
        yield [("Duties that fall due if shown", 0), *later]
    yield [
        ("Instead of arrest or prosecution", 0),
        *((f"- {one.says} [{one.mark.value.replace('_', '-')}]", 2) for one in screening.alternatives),
    ]
    if screening.next_items:
        yield [
            ("What to find out next", 0),
            *((f"- {one.item}: whether {words.label(one.fact)}", 2) for one in screening.next_items[:8]),
        ]
    else:
        yield [("No further fact can change these results.", 0)]


def _needs(screening: Screening) -> list[Line]:
    lines: list[Line] = [("Services that can be offered", 0)]
    lines += [(text, 2) for text in screening.referrals.before_you_call]
    for one in screening.referrals.offers:
        phones = listed([phone.number for phone in one.phones])
        lines.append(
            (
                f"- {one.need.value.replace('_', ' ')}: {one.service}, {one.provider}{f', {phones}' if phones else ''}",
                2,
            )
        )
        lines.append((f"{one.why} Non-punitive: {one.non_punitive}. {one.last_assured_words}", 4))
    lines += [
        (f"- {one.need.value.replace('_', ' ')}: {one.sentence}", 2)
        for one in screening.referrals.none_available
    ]
    if not screening.needs:
        lines.append(("No need is recorded. Ask what the person wants first.", 2))
    return lines


def _foot(screening: Screening) -> list[Line]:
    packs = [f"{one['id']} {one['version']} ({one['digest'][:19]})" for one in screening.packs]
    return [(NOT_ADVICE, 0), (f"Made with {listed(packs)}.", 0)]
