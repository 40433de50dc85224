"""Says what a change of law packs touches: jurisdictions, provisions with their periods, and the results of cases."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from screening.law.load import LoadedLaw, load_law
from screening.law.model import Protection


def law_diff(old: Path, new: Path | None = None) -> list[dict[str, object]]:
    """One row a change between two folders of law packs (`new` left out: the packs shipped), in a fixed order.

    Each row names jurisdiction, protection, what changed (added, removed, or the changed fields) and the period from
    which screenings can differ. Raises PackError where a folder cannot be loaded.
    """
    before, _ = load_law(old)
    after, _ = load_law(new)
    return [
        row
        for name in sorted({*before, *after})
        for row in _jurisdiction(name, before.get(name), after.get(name))
    ]


def _jurisdiction(name: str, old: LoadedLaw | None, new: LoadedLaw | None) -> Iterator[dict[str, object]]:
    before, after = _rules(old), _rules(new)
    for rule in sorted({*before, *after}):
        yield from _protection(name, before.get(rule), after.get(rule))
    for kind in ("duties", "evidence_rules", "reach", "minority_presumed"):
        if old and new and getattr(old.law, kind) != getattr(new.law, kind):
            yield {
                "jurisdiction": name,
                "protection": None,
                "change": "changed",
                "fields": [kind],
                "from": None,
                "to": None,
            }
    if old and new and old.offenses != new.offenses:
        yield {
            "jurisdiction": name,
            "protection": None,
            "change": "changed",
            "fields": ["offenses"],
            "from": None,
            "to": None,
        }


def _rules(loaded: LoadedLaw | None) -> Mapping[str, Protection]:
    return {rule.id: rule for rule in loaded.law.protections} if loaded else {}


def _protection(name: str, old: Protection | None, new: Protection | None) -> Iterator[dict[str, object]]:
    rule = new or old
    if rule is None or old == new:
        return
    change = "added" if old is None else "removed" if new is None else "changed"
    fields = [
        key for key in type(rule).model_fields if old and new and getattr(old, key) != getattr(new, key)
    ]
    starts = [one.period.start or one.period.text_seen_from for one in (old, new) if one]
    ends = [one.period.end for one in (old, new) if one]
    yield {
        "jurisdiction": name,
        "protection": rule.id,
        "change": change,
        "fields": fields,
        "from": _word(None if None in starts else min(day for day in starts if day)),
        "to": _word(None if None in ends else max(day for day in ends if day)),
    }


def _word(day: date | None) -> str | None:
    return str(day) if day else None


def diff_text(rows: list[dict[str, object]]) -> str:
    """The same to read: one line a change."""
    if not rows:
        return "no difference"
    return "\n".join(_line(row) for row in rows)


def _line(row: Mapping[str, object]) -> str:
    fields = row["fields"]
    what = f": {', '.join(str(one) for one in fields)}" if isinstance(fields, list) and fields else ""
    period = f" (acts from {row['from'] or 'any day'} to {row['to'] or 'now'})" if row["protection"] else ""
    return f"{row['jurisdiction']} {row['protection'] or 'pack'} {row['change']}{what}{period}"
