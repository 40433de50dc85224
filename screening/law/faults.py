"""Says what is wrong in a file of law in words that its editor can act on, from what the models report."""

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import get_args

from pydantic import BaseModel, ValidationError

from screening.conditions import Condition, ConditionReader
from screening.document import Document, Path
from screening.errors import Fault, nearest, shortened

_CONDITIONS = frozenset({"test", "when", "trigger", "applies"})
_NODES = ("all", "any", "not", "at_least", "fact", "block", "open")
_TESTS = ("below", "from", "before", "on_or_after", "in", "has")
_DAY = "a date written 2026-01-31"
_PATTERNS = {
    "jurisdiction": "a code such as US-TN",
    "id": "letters, digits, dots and hyphens, such as us-tn-39-13-513-d",
    "name": "small letters joined by _, such as direct_result",
    "key": "small letters and digits, such as hs",
}
_CHOICES = {"status": ("researched", "confirmed", "withdrawn"), "tested_on": ("offense", "screening")}
_NEEDED = {
    "cite_prefix": "the words before a section number, such as Tenn. Code Ann.",
    "checked": "the day on which somebody last checked the sources",
    "citation": "the section of law, such as Tenn. Code Ann. § 39-13-513(d)",
    "do": "what has to be done",
    "from": "the authority in which the wording was read",
    "goals": 'policy goals such as ["2.5"], or [] for a general route',
    "id": "a name of its own, such as us-tn-39-13-513-d",
    "jurisdiction": "a code such as US-TN",
    "offenses": "a list of sections",
    "period": "start, text_seen_from or end, as far as known",
    "protections": "at least one protection",
    "reach": "what was searched and what was not established",
    "reading": "what shows it, in our reading",
    "says": "the rule in plain words",
    "scope": "match, with the sections or classes",
    "section": "a section number",
    "sources": "at least one source, each with url, version and seen",
    "test": "a condition over facts",
    "text_as_of": "the date or edition of the text that was read",
    "title": "a sentence that says what the protection does",
    "trigger": "a condition over facts",
    "url": "the address or the book where it was read",
    "version": "the edition or date of what was read",
}
_MENDS = {
    "age": "under: 18, from: 12, or both",
    "excluded": "at least one of these",
    "period": "an end on or after the beginning",
    "scope": "sections for match: listed, classes for match: class",
}


def faults_of(
    problem: ValidationError, kind: type[BaseModel], document: Document, blocks: Mapping[str, Condition]
) -> list[Fault]:
    """The faults of a `kind` that could not be read from the whole of `document`, in the order of the file.

    `blocks` are the building blocks that its conditions may name. A misspelt key is one fault, not also a missing one.
    """
    details = [
        _Detail(error["type"], _path(error["loc"]), error["input"], error["msg"], error.get("ctx", {}))
        for error in problem.errors(include_url=False)
    ]
    missing = {detail.path for detail in details if detail.kind == "missing"}
    faults: dict[Fault, None] = {}
    for detail in details:
        if detail.kind == "extra_forbidden":
            fault, meant = _unknown_key(detail, kind, document, missing)
            missing.discard((*detail.path[:-1], meant or ""))
            faults[fault] = None
    for detail in details:
        if detail.kind == "missing" and detail.path not in missing:
            continue
        faults.update(dict.fromkeys(_faults(detail, kind, document, blocks)))
    return sorted(faults, key=lambda fault: fault.line or 0)
