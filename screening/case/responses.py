"""Reads the responses of a case file: a value, a value with its evidence, several sources, each per charge or not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from screening.case.fields import Fields, read_yes_no
from screening.case.model import RESERVED_IDS, Charge, Cleared, ItemShape, Response, Value, Vocabulary
from screening.case.words import Answer, ItemKind, Source
from screening.document import Path
from screening.errors import shortened

MOST_SOURCES = 50
LONGEST_NOTE = 10_000

_EVIDENCE_KEYS = ("value", "source", "dated", "note", "cleared", "author", "custody", "warned")
_RANGE_KEYS = frozenset({"from", "to"})
_ANSWERS = tuple(answer.value for answer in Answer)
_UNKNOWNS = _ANSWERS[2:]
_EXPECTED = {
    ItemKind.BOOL: "yes or no",
    ItemKind.NUMBER: "a whole number, or {from, to}",
    ItemKind.DATE: "a date as YYYY-MM-DD, or {from, to}",
    ItemKind.CODE: "one of its words",
    ItemKind.CODES: "a list of its words",
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the file, for which item and charge, a response is read."""

    path: Path
    item: str
    shape: ItemShape
    charge: str | None = None


def read_responses(
    fields: Fields, value: object, charges: Mapping[str, Charge], vocabulary: Vocabulary
) -> dict[str, tuple[Response, ...]]:
    """The responses by item. An item that is empty is left out: it was not asked."""
    given = fields.open_mapping(value, ("responses",), "a map from items to answers")
    responses: dict[str, tuple[Response, ...]] = {}
    for item, answer in given.items():
        path = ("responses", item)
        shape = vocabulary.items.get(item)
        if shape is None:
            fields.add(path, "unknown item", "an item of the questionnaire", (item, vocabulary.items))
        elif answer is not None:
            read = _item(fields, answer, _Place(path, item, shape), charges)
            if read:
                responses[item] = tuple(read)
    return responses


def _item(fields: Fields, answer: object, place: _Place, charges: Mapping[str, Charge]) -> list[Response]:
    keys = set(answer) if isinstance(answer, Mapping) else set(RESERVED_IDS)
    if not place.shape.per_charge:
        if not keys or not keys <= charges.keys():
            return _sources(fields, answer, place)
        fields.add(place.path, "this item is about the person, not about one charge", _expected(place.shape))
    elif keys.isdisjoint(RESERVED_IDS):
        return _each_charge(fields, answer, place, charges)
    elif len(charges) == 1:
        return _sources(fields, answer, replace(place, charge=next(iter(charges))))
    else:
        example = f"a map from charges to answers, such as {{{next(iter(charges), 'c1')}: yes}}"
        fields.add(place.path, "this item is about one charge, and it is not said which", example)
    return []


def _each_charge(
    fields: Fields, answer: object, place: _Place, charges: Mapping[str, Charge]
) -> list[Response]:
    """The answers in the order of the charges, however the map is ordered."""
    given = fields.open_mapping(answer, place.path, "a map from charges to answers")
    for charge in given:
        if charge not in charges:
            expected = f"one of {', '.join(list(charges)[:12])}" if charges else "a charge of this file"
            fields.add((*place.path, charge), "there is no charge with this id", expected, (charge, charges))
    read: list[Response] = []
    for charge in charges:
        if given.get(charge) is not None:
            read += _sources(fields, given[charge], replace(place, path=(*place.path, charge), charge=charge))
    return read


def _sources(fields: Fields, answer: object, place: _Place) -> list[Response]:
    """One response, or one for each source where they stand in a list."""
    is_list = isinstance(answer, list | tuple)
    if not is_list or (place.shape.kind is ItemKind.CODES and not _holds_groups(answer)):
        read = [_response(fields, answer, place)]
    else:
        entries = fields.entries(answer, place.path, MOST_SOURCES, "a list of sources")
        if not entries:
            fields.add(place.path, "the list is empty", "an answer for each source")
        read = [
            _response(fields, entry, replace(place, path=(*place.path, i))) for i, entry in enumerate(entries)
        ]
    return [one for one in read if one]


def _holds_groups(answer: object) -> bool:
    return isinstance(answer, list | tuple) and any(isinstance(entry, Mapping) for entry in answer)


def _response(fields: Fields, answer: object, place: _Place) -> Response | None:
    if not isinstance(answer, Mapping) or (answer and _RANGE_KEYS.issuperset(answer)):
        value = _value(fields, answer, place.path, place.shape)
        return None if value is None else Response(place.item, value, place.charge)
    path = place.path
    given = fields.mapping(answer, path, _EVIDENCE_KEYS, "an answer")
    if "value" not in given:
        fields.add((*path, "value"), "the value of the answer is missing", _expected(place.shape))
    value = _value(fields, given.get("value"), (*path, "value"), place.shape) if "value" in given else None
    response = Response(
        item=place.item,
        value=Answer.NOT_ASKED if value is None else value,
        charge=place.charge,
        source=fields.member(given.get("source"), (*path, "source"), Source),
        dated=fields.day(given.get("dated"), (*path, "dated")),
        note=fields.text(given.get("note"), (*path, "note"), LONGEST_NOTE),
        cleared=_cleared(fields, given.get("cleared"), (*path, "cleared")),
        author=fields.text(given.get("author"), (*path, "author"), 100),
        custody=fields.yes_no(given.get("custody"), (*path, "custody")),
        warned=fields.yes_no(given.get("warned"), (*path, "warned")),
    )
    return None if value is None else response


def _cleared(fields: Fields, value: object, path: Path) -> Cleared | None:
    if value is None:
        return None
    given = fields.mapping(
        value, path, ("by", "dated"), "who cleared it and when, as {by: counsel, dated: 2024-03-06}"
    )
    for key, what in (("by", "who cleared it"), ("dated", "the day on which it was cleared")):
        if isinstance(value, Mapping) and key not in given:
            fields.add((*path, key), f"{what} is missing", "{by: counsel, dated: 2024-03-06}")
    by, dated = (
        fields.text(given.get("by"), (*path, "by"), 100),
        fields.day(given.get("dated"), (*path, "dated")),
    )
    return Cleared(by, dated) if by and dated else None


def _value(fields: Fields, value: object, path: Path, shape: ItemShape) -> Value | None:
    """The value of one response; None with a fault noted where it does not fit the item."""
    if isinstance(value, str) and value in _UNKNOWNS:
        return Answer(value)
    match shape.kind:
        case ItemKind.CODES:
            return _codes(fields, value, path, shape)
        case ItemKind.CODE:
            return _code(fields, value, path, shape)
        case ItemKind.NUMBER if _may_be_measure(value):
            return fields.numbers(value, path)
        case ItemKind.DATE if _may_be_measure(value):
            return fields.days(value, path)
        case ItemKind.BOOL if (shown := read_yes_no(value)) is not None:
            return Answer.YES if shown else Answer.NO
    fields.add(path, f"{_said(value)} is no answer to this item", _expected(shape), (str(value), _ANSWERS))
    return None


def _may_be_measure(value: object) -> bool:
    """False for lists and words, which no number or date begins with."""
    return not isinstance(value, list | tuple) and not (isinstance(value, str) and value[:1].isalpha())


def _code(fields: Fields, value: object, path: Path, shape: ItemShape) -> str | None:
    """One code of the item; the answers that fit every item count among the words expected."""
    return fields.word(value, path, [*sorted(shape.codes), *_UNKNOWNS])


def _codes(fields: Fields, value: object, path: Path, shape: ItemShape) -> frozenset[str] | None:
    """A set of codes. An empty list is refused: nobody can tell *none of these* from *left empty*."""
    if not isinstance(value, list | tuple):
        word = _code(fields, value, path, shape)
        return None if word is None else frozenset({word})
    if not 0 < len(value) <= len(shape.codes):
        fields.add(path, f"the list has {len(value)} words", _expected(shape))
        return None
    options = sorted(shape.codes)
    words = [fields.word(entry or "", (*path, place), options) for place, entry in enumerate(value)]
    return frozenset(word for word in words if word is not None)


def _said(value: object) -> str:
    """What was found, for a message: a sentence is never repeated, since it may be the person's own words."""
    if isinstance(value, Mapping):
        return "a group"
    if isinstance(value, list | tuple):
        return "a list"
    return "a text" if " " in str(value).strip() else shortened(value)


def _expected(shape: ItemShape) -> str:
    return f"{_EXPECTED[shape.kind]}, or {', '.join(_UNKNOWNS)}"
