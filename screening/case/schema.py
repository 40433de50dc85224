"""The JSON Schema of the case file, for editors and other programs; reading a file checks more than it can say."""

from collections.abc import Iterable

from screening.case.fields import LARGEST_NUMBER
from screening.case.model import ASSUMABLE, RESERVED_IDS, ItemShape, Vocabulary
from screening.case.parsing import MOST_CHARGES, OLDEST
from screening.case.responses import LONGEST_NOTE, MOST_SOURCES
from screening.case.words import Answer, ItemKind, Mode, OffenseClass, Source, Stage, Status

Schema = dict[str, object]

_DAY: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_UNKNOWNS = [answer.value for answer in Answer if answer not in {Answer.YES, Answer.NO}]


def case_schema(vocabulary: Vocabulary) -> Schema:
    """The JSON Schema (draft 2020-12) of `case.v1` with the items, jurisdictions and needs of `vocabulary`.

    A file that the schema refuses is refused by `parse_case` too, save for text where JSON has numbers (`"16"`) and
    other spellings of yes and no; the reverse does not hold (dates that exist, ids that match, births before offenses).
    """
    schema = _group(
        {
            "case": {"const": "v1"},
            "as_of": _ref("day"),
            "stage": _words(Stage),
            "person": _group({"born": _ref("days"), "age_on": _age_on()}),
            "charges": {"type": "array", "maxItems": MOST_CHARGES, "items": _charge(vocabulary)},
            "responses": _group(
                {item: _ref(_name(item, shape)) for item, shape in sorted(vocabulary.items.items())}
            ),
            "noticed": {
                "type": "string",
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9:]+)?)?$",
            },
            "needs": {"type": "array", "items": _words(sorted(vocabulary.needs))},
            "place": _group({"county": _text(100), "state": _words(sorted(vocabulary.places))}),
            "assume": _group(dict.fromkeys(ASSUMABLE, _ref("yes_no"))),
        },
        required=("case",),
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "case.v1",
        **schema,
        "$defs": {**_definitions(), **_items(vocabulary)},
    }


def _charge(vocabulary: Vocabulary) -> Schema:
    return _group(
        {
            "id": _ref("charge_id"),
            "jurisdiction": _words(sorted(vocabulary.jurisdictions)),
            "section": _text(200),
            "class": _words(OffenseClass),
            "grade": _text(100),
            "date": _ref("days"),
            "mode": _words(Mode),
            "status": _words(Status),
        },
        required=("id", "jurisdiction"),
    )


def _age_on() -> Schema:
    age: Schema = {"type": "integer", "minimum": 0, "maximum": OLDEST}
    return _group({"date": _ref("day"), "from": age, "to": age}, required=("date",))


def _definitions() -> Schema:
    number: Schema = {"type": "integer", "minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER}
    cleared = _group({"by": _text(100), "dated": _ref("day")}, required=("by", "dated"))
    return {
        "day": _DAY,
        "days": _any(_ref("day"), _group({"from": _ref("day"), "to": _ref("day")}) | {"minProperties": 1}),
        "numbers": _any(number, _group({"from": number, "to": number}) | {"minProperties": 1}),
        "yes_no": _any({"type": "boolean"}, {"enum": ["yes", "no"]}),
        "charge_id": {**_text(100), "not": {"enum": list(RESERVED_IDS)}},
        "evidence": _group(
            {
                "value": True,
                "source": _words(Source),
                "dated": _ref("day"),
                "note": _text(LONGEST_NOTE),
                "cleared": cleared,
                "author": _text(100),
                "custody": _ref("yes_no"),
                "warned": _ref("yes_no"),
            },
            required=("value",),
        ),
    }


def _items(vocabulary: Vocabulary) -> Schema:
    """One definition for each shape that items have, and one for each item with codes of its own."""
    return {_name(item, shape): _item(shape) for item, shape in sorted(vocabulary.items.items())}


def _name(item: str, shape: ItemShape) -> str:
    name = f"item.{item}" if shape.codes else shape.kind.value
    return f"{name}.by_charge" if shape.per_charge else name


def _item(shape: ItemShape) -> Schema:
    value = _any(_value(shape), _words(_UNKNOWNS))
    answer = _any(value, {"allOf": [_ref("evidence")], "properties": {"value": value}})
    sources: Schema = {"type": "array", "minItems": 1, "maxItems": MOST_SOURCES, "items": answer}
    answers = _any(answer, sources)
    if not shape.per_charge:
        return answers
    names = _ref("charge_id")
    return _any(
        answers, {"type": "object", "propertyNames": names, "additionalProperties": _optional(answers)}
    )


def _value(shape: ItemShape) -> Schema:
    word = _words(sorted(shape.codes))
    match shape.kind:
        case ItemKind.BOOL:
            return _ref("yes_no")
        case ItemKind.NUMBER:
            return _ref("numbers")
        case ItemKind.DATE:
            return _ref("days")
        case ItemKind.CODE:
            return word
    return _any(word, {"type": "array", "minItems": 1, "items": word})


def _group(properties: dict[str, object], required: tuple[str, ...] = ()) -> Schema:
    """A group of known keys; a key that is not required may also be null, which means left out."""
    optional = {key: inner if key in required else _optional(inner) for key, inner in properties.items()}
    group: Schema = {"type": "object", "properties": optional, "additionalProperties": False}
    return {**group, "required": list(required)} if required else group


def _optional(schema: object) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _any(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _words(words: Iterable[str]) -> Schema:
    return {"enum": [str(word) for word in words]}


def _text(longest: int) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": longest}
