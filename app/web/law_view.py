"""What the law pages show: protections with their elements in words, and the table of coverage."""

from collections.abc import Mapping
from dataclasses import dataclass

from screening import Packs
from screening.explanation.law import COVERED, describe_pack, period_words
from screening.explanation.terms import CLASSES, RESULTS
from screening.law.model import Protection
from screening.rules.prepared import PreparedPack, element_rows


@dataclass(frozen=True, slots=True)
class ProtectionView:
    """One protection: the entry as packed, its elements in words, and when it is in force."""

    rule: Protection
    elements: tuple[tuple[str, str, str], ...]
    period: str
    place: str
    place_name: str


def protection_views(pack: PreparedPack) -> tuple[ProtectionView, ...]:
    """The protections of a place; what nobody has confirmed stays out."""
    return tuple(_view(one.rule, pack) for one in pack.protections if not one.rule.is_hidden)


def _view(rule: Protection, pack: PreparedPack) -> ProtectionView:
    elements = tuple((row.name, row.says, row.citation) for row in element_rows(rule))
    return ProtectionView(rule, elements, period_words(rule), pack.law.jurisdiction, pack.law.name)


def found_protections(packs: Packs, text: str) -> list[ProtectionView]:
    """The protections of every place that hold all the words."""
    words = text.lower().split()
    views = [view for pack in packs.law.values() for view in protection_views(pack)]
    return [view for view in views if all(word in _searched(view) for word in words)]


def _searched(view: ProtectionView) -> str:
    rule = view.rule
    said = [says for _, says, _ in view.elements]
    parts = (
        rule.title,
        rule.citation,
        rule.operative_words or "",
        view.place_name,
        view.place,
        *said,
        *rule.notes,
        *rule.procedure,
    )
    return " ".join(parts).lower()


def pack_values(pack: PreparedPack) -> dict[str, object]:
    """What the page of one place reads."""
    return {"pack": describe_pack(pack).to_dict(), "law": pack.law, "protections": protection_views(pack)}


def coverage_table(rows: list[dict[str, object]], packs: Packs) -> Mapping[str, object]:
    """Places down, classes across; each cell says the least and the most that may stand."""
    cells: dict[str, dict[str, str]] = {}
    for row in rows:
        cells.setdefault(str(row["jurisdiction"]), {})[str(row["class"])] = _cell(row)
    return {
        "classes": [(one.value, CLASSES[one.value]) for one in COVERED],
        "places": [(code, pack.law.name, cells[code]) for code, pack in packs.law.items()],
    }


def _cell(row: Mapping[str, object]) -> str:
    low, high = RESULTS[str(row["at_least"])], RESULTS[str(row["at_most"])]
    words = low if low == high else f"{low} to {high.lower()}"
    return words if row["law_complete"] else f"{words}; not read whole"
