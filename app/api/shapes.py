"""The JSON Schemas of the reference answers: packed law, sections, coverage, health and problems."""

from screening.case import ItemKind, OffenseClass, Source
from screening.law.words import Confidence, ElementKind, Goal, Match, Mechanism, Step, Who
from screening.questionnaire.words import (
    AnsweredBy,
    Knower,
    PartName,
    Points,
    Scope,
    Sensitivity,
    Serves,
    Viewer,
)
from screening.rules.results import Result
from screening.schemas import (
    BOOL,
    COUNT,
    DAY,
    NAME,
    REVIEW,
    SHOWN,
    TEXT,
    Schema,
    closed,
    list_of,
    or_null,
    words_of,
)

_CONFIDENCE = words_of(Confidence)
_CLASSES = list_of(words_of(OffenseClass))
_BOUND = words_of(
    result
    for result in Result
    if result not in {Result.CANNOT_TELL, Result.DOES_NOT_APPLY, Result.WAS_AVAILABLE}
)
_GOAL = words_of(Goal)


def shapes() -> dict[str, Schema]:
    """Every schema by the name that the routes give it; references are to other names of the document."""
    return {
        "law": _items(_law_row()),
        "jurisdiction": _jurisdiction(),
        "protection": _protection(),
        "condition": _condition(),
        "offenses": _items(_offense()),
        "coverage": closed({"as_of": DAY, "items": list_of(_coverage_row())}),
        "health": closed({"status": words_of(("live", "ready"))}),
        "problem": _problem(),
        "schema": {"type": "object", "required": ["$schema", "title", "type"]},
        "openapi": {"type": "object", "required": ["openapi", "info", "paths"]},
        "questionnaire": _questionnaire(),
        "item": _item(),
    }


def _items(row: Schema) -> Schema:
    return closed({"items": list_of(row)})


def _pack() -> Schema:
    return {
        "jurisdiction": NAME,
        "name": TEXT,
        "version": TEXT,
        "digest": TEXT,
        "checked": DAY,
        "text_as_of": TEXT,
    }


def _law_row() -> Schema:
    return closed({**_pack(), "protections": COUNT, "hidden": COUNT, "offenses": COUNT})


def _jurisdiction() -> Schema:
    duty = {"id": NAME, "who": words_of(Who), "says": TEXT, "do": TEXT, "within_hours": or_null(COUNT)}
    rule = {"citation": TEXT, "says": TEXT, "scope": or_null(TEXT), "confidence": SHOWN}
    return closed(
        {
            **_pack(),
            "protections": list_of(_ref("protection")),
            "hidden": COUNT,
            "duties": list_of(closed({**duty, "citation": TEXT, "confidence": SHOWN})),
            "evidence_rules": list_of(closed(rule)),
            "searched_without_result": list_of(closed({"goal": _GOAL, "text_as_of": TEXT, "what": TEXT})),
            "not_established": list_of(closed({"goal": _GOAL, "says": TEXT, "classes": _CLASSES})),
            "open_questions": list_of(TEXT),
        }
    )


def _protection() -> Schema:
    element = {
        "name": TEXT,
        "says": TEXT,
        "kind": words_of(ElementKind),
        "citation": TEXT,
        "condition": _ref("condition"),
    }
    offenses = {
        "match": words_of(Match),
        "classes": _CLASSES,
        "sections": list_of(TEXT),
        "excluded": list_of(TEXT),
    }
    return closed(
        {
            "id": NAME,
            "title": TEXT,
            "citation": TEXT,
            "goals": list_of(_GOAL),
            "mechanism": words_of(Mechanism),
            "bars": list_of(words_of(Step)),
            "confidence": _CONFIDENCE,
            "review": REVIEW,
            "in_force_from": or_null(DAY),
            "text_seen_from": or_null(DAY),
            "in_force_to": or_null(DAY),
            "elements": list_of(closed(element)),
            "offenses": closed(offenses),
            "procedure": list_of(TEXT),
            "notes": list_of(TEXT),
            "required_response": or_null(TEXT),
            "operative_words": or_null(TEXT),
            "sources": list_of(closed({"url": TEXT, "version": TEXT, "seen": _CONFIDENCE})),
        }
    )


def _condition() -> Schema:
    """A condition over facts: a node with the conditions below it, one comparison, or a point that the law leaves open."""
    below = list_of(_ref("condition"))
    label: Schema = {"block": NAME}
    nodes: list[Schema] = [
        {"all": below},
        {"any": below},
        {"not": _ref("condition")},
        {"at_least": COUNT, "of": below},
        {"open": TEXT},
    ]
    integer: Schema = {"type": "integer"}
    limits: Schema = {
        "below": integer,
        "from": integer,
        "before": DAY,
        "on_or_after": DAY,
        "in": list_of(NAME),
        "has": NAME,
    }
    leaves = [closed({"fact": NAME})] + [closed({"fact": NAME, key: value}) for key, value in limits.items()]
    return {"anyOf": [closed({**label, **node}, optional=label) for node in nodes] + leaves}


def _offense() -> Schema:
    grade = {"grade": TEXT, "when": or_null(TEXT), "confidence": _CONFIDENCE}
    return closed(
        {
            "section": TEXT,
            "name": TEXT,
            "classes": _CLASSES,
            "classes_words": TEXT,
            "class_established": BOOL,
            "grades": list_of(closed(grade)),
            "former": list_of(closed({"section": TEXT, "until": or_null(DAY)})),
            "repealed": or_null(DAY),
            "confidence": _CONFIDENCE,
        }
    )


def _coverage_row() -> Schema:
    bounds = {"at_least": _BOUND, "at_most": _BOUND}
    return closed({"jurisdiction": NAME, "class": words_of(OffenseClass), **bounds, "law_complete": BOOL})


def _questionnaire() -> Schema:
    section = {"id": NAME, "title": TEXT, "note": or_null(TEXT), "items": list_of(_ref("item"))}
    part = {"part": words_of(PartName), "title": TEXT, "note": TEXT, "sections": list_of(closed(section))}
    fact = {
        "name": NAME,
        "kind": words_of(ItemKind),
        "scope": words_of(Scope),
        "label": TEXT,
        "no_label": or_null(TEXT),
        "sensitivity": words_of(Sensitivity),
        "known_by": list_of(words_of(Knower)),
        "settled_by": TEXT,
    }
    whole = {"questionnaire": {"const": "v1"}, "version": TEXT, "digest": TEXT}
    return closed({**whole, "parts": list_of(closed(part)), "facts": list_of(closed(fact))})


def _item() -> Schema:
    return closed(
        {
            "id": NAME,
            "text": TEXT,
            "why": TEXT,
            "fact": or_null(NAME),
            "serves": list_of(words_of(Serves)),
            "kind": words_of(ItemKind),
            "codes": {"type": "object", "additionalProperties": TEXT},
            "sources": list_of(words_of(Source)),
            "answered_by": words_of(AnsweredBy),
            "visible_to": list_of(words_of(Viewer)),
            "sensitivity": words_of(Sensitivity),
            "per_charge": BOOL,
            "shown_when": or_null(_ref("condition")),
            "anchor": closed({"means": TEXT, "counts": TEXT, "does_not": TEXT}),
            "points": words_of(Points),
        }
    )


def _problem() -> Schema:
    error = {
        "path": TEXT,
        "message": TEXT,
        "expected": or_null(TEXT),
        "nearest": or_null(TEXT),
        "line": COUNT,
    }
    shape = {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "errors": list_of(closed(error, optional=("line",))),
        "reference": TEXT,
    }
    return closed(shape, optional=("detail", "errors", "reference"))


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
