"""Completes the items of a part file: defaults filled in, and what the file or the fact decides put in its place."""

from collections.abc import Mapping

from screening.document import Document, Path
from screening.errors import Fault, Suggestions
from screening.questionnaire.model import Fact

_FROM_FILE = ("part", "section")
_FROM_FACT = ("kind", "codes", "sensitivity")


def expanded(document: Document, facts: Mapping[str, Fact], faults: list[Fault]) -> object:
    """A part as the models read it: every item complete, the defaults gone.

    An item that says nothing of a fact feeds the fact of its own name. What is not shaped as expected is left for the
    models to refuse; an unknown fact, and a key that only the file or the fact decides, are added to `faults`.
    """
    value = document.value
    sections = value.get("sections") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or not isinstance(sections, list):
        return value
    completer = _Completer(document, facts, faults, value)
    complete = [completer.section(section, ("sections", i)) for i, section in enumerate(sections)]
    kept = {key: part for key, part in value.items() if key != "defaults"}
    return {**kept, "sections": complete}


def with_keys(row: object, **extra: object) -> object:
    """The row with more keys; what is no mapping stays as it is."""
    return {**row, **extra} if isinstance(row, Mapping) else row


class _Completer:
    def __init__(
        self, document: Document, facts: Mapping[str, Fact], faults: list[Fault], part: Mapping[str, object]
    ) -> None:
        self.document = document
        self.facts = facts
        self.faults = faults
        self.suggestions = Suggestions()
        self.part = part.get("part")
        defaults = part.get("defaults")
        self.defaults = defaults if isinstance(defaults, Mapping) else {}

    def section(self, section: object, path: Path) -> object:
        items = section.get("items") if isinstance(section, Mapping) else None
        if not isinstance(section, Mapping) or not isinstance(items, list):
            return section
        complete = [self.item(item, section.get("id"), (*path, "items", i)) for i, item in enumerate(items)]
        return {**section, "items": complete}

    def item(self, item: object, section: object, path: Path) -> object:
        if not isinstance(item, Mapping):
            return item
        name = item.get("fact", self.defaults.get("fact", item.get("id")))
        fact = self.facts.get(str(name)) if name is not None else None
        self._refuse(item, _FROM_FILE if name is None else (*_FROM_FILE, *_FROM_FACT), path)
        if name is not None and fact is None and self.facts:
            message, likely = f"no fact is called {name!r}", self.suggestions.near(str(name), self.facts)
            self.faults.append(self.document.fault((*path, "fact"), message, "a row of facts.yaml", likely))
        given = {key: getattr(fact, key) for key in _FROM_FACT} if fact else {}
        return {**self.defaults, **item, **given, "fact": name, "part": self.part, "section": section}

    def _refuse(self, item: Mapping[str, object], keys: tuple[str, ...], path: Path) -> None:
        message = "is not written here: it follows from the file or the fact"
        self.faults.extend(
            self.document.fault((*path, key), f"{key} {message}") for key in keys if key in item
        )
