"""The JSON Schemas of the two shapes that other programs rely on, `case.v1` and `screening.v1`, from the words in the code."""

from collections.abc import Iterable, Mapping

from screening.case import ASSUMABLE, Mode, OffenseClass, Source, Stage, Status, case_schema
from screening.indicators import FlagState
from screening.law.alternatives import Mark
from screening.law.words import Confidence, ElementKind, Mechanism, Step, Who
from screening.questionnaire.words import Knower, Sensitivity
from screening.rules.results import Result
from screening.services import Check, NeedCode, Urgency, Why

__all__ = ["case_schema", "screening_schema"]

Schema = dict[str, object]

READERS = ("prosecutor", "officer", "advocate")
OWN = (Result.DOES_NOT_APPLY, Result.WAS_AVAILABLE)
"""Results that one finding can have and a whole charge cannot."""


def screening_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of `screening.v1`. Every object is closed; a key that is not optional is always there."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "screening.v1",
        **closed(
            {
                "screening": {"const": "v1"},
                "as_of": DAY,
                "reader": words_of(READERS),
                "flag": _flag(),
                "charges": list_of(_ref("charge")),
                "duties": list_of(_ref("duty")),
                "alternatives": list_of(closed({"id": NAME, "says": TEXT, "mark": words_of(Mark)})),
                "needs": list_of(_ref("need")),
                "referrals": _referrals(),
                "next_items": list_of(_ref("next_item")),
                "look_first": BOOL,
                "withheld": COUNT,
                "clashes": list_of(closed({"fact": NAME, "charge": or_null(NAME)})),
                "assume": closed(dict.fromkeys(ASSUMABLE, words_of(("yes", "no"))), optional=ASSUMABLE),
                "packs": list_of(_pack()),
                "engine": TEXT,
            }
        ),
        "$defs": {
            "charge": _charge(),
            "finding": _finding(),
            "element": _element(),
            "reference": closed({"item": NAME, "charge": or_null(NAME), "source": or_null(words_of(Source))}),
            "settles": closed({"facts": list_of(_setting()), "then": words_of(Result)}),
            "beside": _beside(),
            "duty": _duty(),
            "need": _need(),
            "next_item": _next_item(),
            "offer": _offer(),
        },
    }


def _pack() -> Schema:
    """The law packs say from which text they are; the questionnaire has none."""
    stamp: Schema = {"id": NAME, "version": TEXT, "digest": TEXT, "text_as_of": TEXT}
    return closed(stamp, optional=("text_as_of",))


def _charge() -> Schema:
    whole = [result for result in Result if result not in OWN]
    bound = words_of(result for result in whole if result is not Result.CANNOT_TELL)
    lines = list_of(_ref("beside"))
    return closed(
        {
            "id": NAME,
            "jurisdiction": NAME,
            "section": or_null(TEXT),
            "status": words_of(Status),
            "mode": words_of(Mode),
            "offense_class": list_of(words_of(OffenseClass)),
            "class_known": BOOL,
            "result": words_of(whole),
            "at_least": bound,
            "at_most": bound,
            "at_least_confidence": or_null(SHOWN),
            "at_most_confidence": or_null(SHOWN),
            "law_complete": BOOL,
            "resolved": BOOL,
            "sentence": TEXT,
            "said": list_of(_said()),
            "findings": list_of(_ref("finding")),
            "routes": lines,
            "beside": lines,
            "later_relief": lines,
            "later_law": lines,
            "evidence_rules": list_of(_evidence_rule()),
            "open_law": list_of(TEXT),
            "not_considered": list_of(TEXT),
            "collateral": list_of(TEXT),
            "by_cases": list_of(
                closed(
                    {"when": list_of(_held()), "result": words_of(whole), "at_least": bound, "at_most": bound}
                )
            ),
            "would_settle": list_of(_ref("settles")),
        }
    )


def _said() -> Schema:
    """A plain point said with a charge: its code, and what is needed to word it."""
    points: dict[str, Schema] = {
        "does_not_reach_age": _AGES,
        "may_not_reach_age": _AGES,
        "unknown_class": {"section": TEXT},
        "class_not_established": {"section": or_null(TEXT)},
        "former_section": {"section": or_null(TEXT), "now": TEXT},
        "class_clash": {"given": words_of(OffenseClass), "catalogued": list_of(words_of(OffenseClass))},
        "mode_left_out": {},
        "no_offense_date": {},
        "liability": {"mode": words_of(Mode), "section": TEXT, "says": TEXT, "same_section": BOOL},
        "status_stage_clash": {"status": words_of(Status), "stage": words_of(Stage)},
        "repealed": {"section": TEXT, "on": DAY},
        "not_packed": {"jurisdiction": NAME},
    }
    return {"anyOf": [closed({"point": {"const": point}, **shape}) for point, shape in points.items()]}


def _finding() -> Schema:
    return closed(
        {
            "protection": NAME,
            "title": TEXT,
            "mechanism": words_of(Mechanism),
            "bars": list_of(words_of(Step)),
            "result": words_of(Result),
            "gives": words_of(Result),
            "presumed": BOOL,
            "assumed": BOOL,
            "elements": list_of(_ref("element")),
            "would_settle": list_of(_ref("settles")),
            "more_needed": BOOL,
            "confidence": SHOWN,
            "citation": TEXT,
            "law_as_of": DAY,
            "procedure": list_of(TEXT),
            "notes": list_of(TEXT),
            "burden": or_null(TEXT),
            "required_response": or_null(TEXT),
            "sources": list_of(TEXT),
            "review": REVIEW,
        }
    )


def _element() -> Schema:
    return closed(
        {
            "name": TEXT,
            "kind": words_of(ElementKind),
            "says": TEXT,
            "truth": words_of(("yes", "no", "unknown", "presumed")),
            "because": list_of(_ref("reference")),
            "citation": TEXT,
            "assumed": BOOL,
            "open_law": list_of(TEXT),
            "open_question": list_of(words_of(("section", "grade", "subdivision"))),
        }
    )


def _setting() -> Schema:
    """A fact and the value that it would need; `not` where it would need any other."""
    values: Schema = {
        "value": words_of(("yes", "no")),
        "below": {"type": "integer"},
        "from": {"type": "integer"},
        "before": DAY,
        "on_or_after": DAY,
        "in": list_of(NAME),
        "has": NAME,
        "not": {"const": True},
    }
    return closed({"fact": NAME, **values}, optional=values) | {"minProperties": 2, "maxProperties": 3}


def _held() -> Schema:
    """What a fact is held to in one case: a range, a set of codes, or yes or no."""
    end: Schema = {"anyOf": [{"type": "integer"}, DAY]}
    values: Schema = {"from": end, "to": end, "in": list_of(TEXT), "value": TRUTH}
    return closed({"fact": NAME, **values}, optional=values) | {"minProperties": 2, "maxProperties": 3}


def _beside() -> Schema:
    return closed(
        {
            "protection": NAME,
            "title": TEXT,
            "mechanism": words_of(Mechanism),
            "citation": TEXT,
            "jurisdiction": NAME,
            "truth": TRUTH,
            "confidence": SHOWN,
            "gives": words_of(Result),
            "in_force_from": DAY,
        },
        optional=("gives", "in_force_from"),
    )


def _evidence_rule() -> Schema:
    return closed(
        {
            "citation": TEXT,
            "says": TEXT,
            "scope": or_null(TEXT),
            "confidence": SHOWN,
            "gate": BOOL,
            "truth": TRUTH,
        }
    )


def _duty() -> Schema:
    return closed(
        {
            "id": NAME,
            "jurisdiction": NAME,
            "who": words_of(Who),
            "says": TEXT,
            "do": TEXT,
            "state": words_of(("due", "if")),
            "citation": TEXT,
            "confidence": SHOWN,
            "within_hours": or_null(COUNT),
            "due": or_null(TEXT),
            "charges": list_of(NAME),
        }
    )


def _flag() -> Schema:
    indicator = closed(
        {"id": NAME, "group": NAME, "label": TEXT, "disputed": BOOL, "because": list_of(_ref("reference"))}
    )
    return closed(
        {
            "state": words_of(FlagState),
            "indicators": list_of(indicator),
            "asked": closed({"known": COUNT, "of": COUNT}),
            "rests_on_accusation": BOOL,
        }
    )


def _next_item() -> Schema:
    return closed(
        {
            "item": NAME,
            "fact": NAME,
            "charge": or_null(NAME),
            "settles": {"type": "number", "minimum": 0, "maximum": 1},
            "sensitivity": words_of(Sensitivity),
            "asked_of": list_of(words_of(Knower)),
        }
    )


def _need() -> Schema:
    return closed(
        {
            "code": words_of(NeedCode),
            "words": TEXT,
            "urgency": words_of(Urgency),
            "meaning": TEXT,
            "first": or_null(TEXT),
            "why": words_of(Why),
            "because": list_of(NAME),
            "health": BOOL,
        }
    )


def _referrals() -> Schema:
    none = closed({"need": words_of(NeedCode), "sentence": TEXT, "try_next": list_of(TEXT)})
    aside = closed(
        {"id": NAME, "need": words_of(NeedCode), "service": TEXT, "provider": TEXT, "reasons": list_of(TEXT)}
    )
    return closed(
        {
            "before_you_call": list_of(TEXT),
            "notes": list_of(TEXT),
            "offers": list_of(_ref("offer")),
            "none_available": list_of(none),
            "set_aside": list_of(aside),
        }
    )


def _offer() -> Schema:
    phone = closed(
        {
            "number": TEXT,
            "type": TEXT,
            "extension": or_null({"type": "integer"}),
            "description": or_null(TEXT),
        }
    )
    return closed(
        {
            "id": NAME,
            "need": words_of(NeedCode),
            "service": TEXT,
            "provider": TEXT,
            "non_punitive": words_of(("yes", "conditional")),
            "failed": list_of(words_of(Check)),
            "failed_words": list_of(TEXT),
            "why": TEXT,
            "caution": list_of(TEXT),
            "before_you_call": list_of(TEXT),
            "phones": list_of(phone),
            "url": or_null(TEXT),
            "address": or_null(TEXT),
            "hours": TEXT,
            "eligibility": or_null(TEXT),
            "how_to_start": or_null(TEXT),
            "last_assured": or_null(DAY),
            "last_assured_words": TEXT,
            "stale": BOOL,
            "backup": BOOL,
            "connects": BOOL,
            "fictional": BOOL,
        }
    )


def closed(properties: Mapping[str, object], optional: Iterable[str] = ()) -> Schema:
    """An object with these keys and no others; only the keys of `optional` may be left out."""
    left_out = set(optional)
    required = [key for key in properties if key not in left_out]
    return {
        "type": "object",
        "properties": {**properties},
        "required": required,
        "additionalProperties": False,
    }


def list_of(items: Schema) -> Schema:
    """An array of any length."""
    return {"type": "array", "items": items}


def or_null(schema: Schema) -> Schema:
    """A value, or null where there is none."""
    return {"anyOf": [schema, {"type": "null"}]}


def words_of(words: Iterable[str]) -> Schema:
    """One of the words, as they are written in results."""
    return {"enum": [str(word) for word in words]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


TEXT: Schema = {"type": "string"}
NAME: Schema = {"type": "string", "minLength": 1}
BOOL: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DAY: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
TRUTH: Schema = words_of(("yes", "no", "unknown"))
SHOWN: Schema = words_of(word for word in Confidence if word is not Confidence.RECALL)
"""How well an entry is known; what nobody confirmed is not shown."""

REVIEW: Schema = words_of(("researched", "confirmed"))
_AGES: Schema = {
    "from": or_null({"type": "integer"}),
    "under": or_null({"type": "integer"}),
    "citation": TEXT,
}
