"""Writes the reference page of the questionnaire, so that what people read and what the program asks are one thing."""

from collections.abc import Iterable, Iterator

from screening.case import ItemKind
from screening.questionnaire.gate import ExtraRow, GateRules, ProtectionRow
from screening.questionnaire.groups import FlagRules
from screening.questionnaire.model import Fact, Item, Part, Questionnaire

_KINDS = {
    ItemKind.BOOL: "yes or no",
    ItemKind.NUMBER: "a number or a range",
    ItemKind.DATE: "a day or a range of days",
    ItemKind.CODE: "one of",
    ItemKind.CODES: "any of",
}
_INTRO = """\
# The questionnaire

Made from `screening/questionnaire/packs/` by `screening.questionnaire.reference`; a test checks that it is current.

Every item also takes *not known*, *not asked*, *declined* and *not applicable*: unknown to the rules, different in the
record. Answers with the source *own statement*, and all of Part 2, reach no finding and no flag of an officer or
prosecutor until they are cleared one by one. Sources that contradict each other make a fact unknown, and both stay
visible. The items are a structured way to gather facts. They are not a validated test, and there is no score.
"""


def reference(questionnaire: Questionnaire) -> str:
    """The reference page as Markdown: every item with its reason and anchor, every fact, the flag, and the gate."""
    lines = [_INTRO, f"Version {questionnaire.version}: {len(questionnaire.items)} items.", ""]
    for part in questionnaire.parts:
        lines.extend(_part(part))
    lines.extend(_facts(questionnaire.facts.values()))
    lines.extend(_flag(questionnaire.flag))
    lines.extend(_gate(questionnaire.gate))
    return "\n".join(lines).rstrip() + "\n"


def _part(part: Part) -> Iterator[str]:
    yield from (f"## {part.title} (`{part.part}`)", "", part.note, "")
    for section in part.sections:
        yield from (f"### {section.title}", "")
        for item in section.items:
            yield from _item(item)


def _item(item: Item) -> Iterator[str]:
    kind = _KINDS[item.kind]
    if item.codes:
        kind = f"{kind}: {'; '.join(f'`{code}` {words}' for code, words in item.codes.items())}"
    scope = ", for each charge" if item.per_charge else ""
    scope += f", asked in {', '.join(item.places)} alone" if item.places else ""
    feeds = f"feeds `{item.fact}`" if item.fact else "feeds no fact"
    yield from (
        f"#### {item.text}",
        "",
        f"- `{item.id}`: {kind}{scope}; {feeds}; points {_plain(item.points)}; {_plain(item.sensitivity)}",
        f"- Answered by {item.answered_by}; sources {_list(item.sources)}; seen by {_list(item.visible_to)}",
        f"- Why: {item.why}",
        f"- Means: {item.anchor.means}",
        f"- Counts: {item.anchor.counts}",
        f"- Does not: {item.anchor.does_not}",
        "",
    )


def _facts(facts: Iterable[Fact]) -> Iterator[str]:
    yield from (
        "## Facts",
        "",
        "| Fact | About | Says | Known by | Settled by |",
        "| --- | --- | --- | --- | --- |",
    )
    for fact in facts:
        yield f"| `{fact.name}` | {fact.scope} | {fact.label} | {_list(fact.known_by)} | {fact.settled_by} |"
    yield ""


def _flag(rules: FlagRules) -> Iterator[str]:
    yield from (
        "## The flag",
        "",
        f"*Indicators present:* one strong group, or {rules.two_groups.count} groups. {rules.two_groups.why}",
        "",
        f"*Possible:* one group, sources that contradict, or the accusation itself. {rules.accusation.why}",
        "",
        f"*Not enough recorded:* less than {rules.minimum_share.percent} percent known. {rules.minimum_share.why}",
        "",
        "*None recorded:* says what was written down, and nothing about what happened to the person.",
        "",
    )
    for group in rules.groups:
        strength = (
            "strong" if group.strong else "strong under a condition" if group.strong_when else "one group"
        )
        yield from (f"### {group.label.capitalize()} ({strength})", "", group.why, "")
        yield from (f"- {row.label}" for row in group.indicators)
        yield ""


def _gate(rules: GateRules) -> Iterator[str]:
    yield from ("## The gate of Part 2", "", rules.closed.default, "")
    yield from (f"- {row.label}. {row.why}" for row in rules.ways.values())
    yield from ("", "### Law of the place", "", "| Place | Rule | Seen | Ages | What it does |")
    yield "| --- | --- | --- | --- | --- |"
    rows: tuple[ProtectionRow | ExtraRow, ...] = (*rules.protections, *rules.extras)
    for row in rows:
        says = f"opens for {row.covers}" if isinstance(row, ProtectionRow) else row.says
        top = "any age" if row.under is None else f"{row.from_age} to {row.under - 1}"
        yield f"| {row.jurisdiction} | {row.citation} | {row.confidence} | {top} | {says} |"
    yield from ("", "What rests on recall is listed and applied nowhere.", "", "### Read out first", "")
    yield from (f"- ({asker.replace('_', ' ')}) {words}" for asker, words in rules.notice.who.items())
    yield from (f"- {line}" for line in rules.notice.lines)


def _list(words: Iterable[str]) -> str:
    return ", ".join(map(_plain, words))


def _plain(word: str) -> str:
    return str(word).replace("_", " ")
