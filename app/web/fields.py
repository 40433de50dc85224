"""The form of the screening page: names of its fields, and the case file that the fields make."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from urllib.parse import parse_qsl

from app.errors import UnreadableError
from screening import Packs
from screening.case import ASSUMABLE, ItemKind, ItemShape

MOST_FIELDS = 20_000
MOST_CHARGES = 40
"""More charges than a page can hold; the command line and the API take more."""

CHARGE_KEYS = (
    "id",
    "jurisdiction",
    "section",
    "class",
    "grade",
    "date",
    "date_from",
    "date_to",
    "mode",
    "status",
)
WORD_KEYS = {"src": "source", "on": "dated", "note": "note", "au": "author", "cu": "custody", "wa": "warned"}
PERSON = "-"
"""Stands where the number of a charge stands, for an answer about the person."""

_CHARGE = re.compile(r"c\.([0-9]{1,4})\.([a-z_]+)")
_RESPONSE = re.compile(r"r\.([a-z0-9_.]+)\.(-|[0-9]{1,4})\.([0-9]{1,3})\.([a-z]+)")

Entry = tuple[str, str, int]
"""An answer: the item, the number of the charge (or PERSON), and which source."""


@dataclass(frozen=True)
class Form:
    """The fields as sent, several values a name allowed; a field that is missing is empty."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def one(self, name: str, default: str = "") -> str:
        """The first value of a field without blanks around it."""
        values = self.fields.get(name)
        return (values[0].strip() if values else "") or default

    def many(self, name: str) -> tuple[str, ...]:
        """All values of a field that are not empty."""
        return tuple(value for value in self.fields.get(name, ()) if value.strip())

    def changed(self, changes: Mapping[str, str | tuple[str, ...]]) -> "Form":
        """The same with some fields set anew."""
        new = {name: (value,) if isinstance(value, str) else value for name, value in changes.items()}
        return Form({**self.fields, **new})

    @cached_property
    def charges(self) -> tuple[str, ...]:
        """The numbers of the charges on the form, in order; they stay the same when another charge is taken out."""
        found = {match.group(1) for name in self.fields if (match := _CHARGE.fullmatch(name))}
        return tuple(sorted(found, key=int))

    @cached_property
    def started(self) -> tuple[str, ...]:
        """The numbers of the charges about which anything is said yet."""
        keys = tuple(key for key in CHARGE_KEYS if key != "id")
        return tuple(one for one in self.charges if any(self.one(f"c.{one}.{key}") for key in keys))

    def charge_id(self, number: str) -> str:
        """The id of a charge in the case file."""
        return self.one(f"c.{number}.id", f"c{int(number) + 1}")

    @cached_property
    def entries(self) -> Mapping[Entry, Mapping[str, tuple[str, ...]]]:
        """The answers on the form that say anything, each with its fields."""
        found: dict[Entry, dict[str, tuple[str, ...]]] = {}
        for name in self.fields:
            match = _RESPONSE.fullmatch(name)
            if match and (values := self.many(name)):
                item, charge, source, key = match.groups()
                found.setdefault((item, charge, int(source)), {})[key] = values
        return {entry: keys for entry, keys in found.items() if set(keys) - {"src"}}


def read_form(body: bytes) -> Form:
    """The fields of a posted form. Raises UnreadableError where it is none or has more fields than any page sends."""
    try:
        pairs = parse_qsl(
            body.decode(),
            keep_blank_values=True,
            max_num_fields=MOST_FIELDS,
            errors="strict",
            strict_parsing=bool(body),
        )
    except ValueError:
        raise UnreadableError("The form cannot be read.") from None
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        fields[name] = (*fields.get(name, ()), value.replace("\r\n", "\n"))
    return Form(fields)


def add_charge(form: Form) -> Form:
    """One more charge, in the jurisdiction of the last one; none where the numbers that a form can hold have run out."""
    number = str(max((int(one) for one in form.charges), default=-1) + 1)
    if not _CHARGE.fullmatch(f"c.{number}.id"):
        return form
    taken = {form.charge_id(one) for one in form.charges}
    name = next(f"c{i}" for i in count(int(number) + 1) if f"c{i}" not in taken)
    last = form.charges[-1] if form.charges else None
    place = form.one(f"c.{last}.jurisdiction") if last else ""
    return form.changed({f"c.{number}.id": name, f"c.{number}.jurisdiction": place})


def remove_charge(form: Form, number: str) -> Form:
    """The form without one charge and without the answers about it."""
    gone = re.compile(rf"c\.{re.escape(number)}\..*|r\.[a-z0-9_.]+\.{re.escape(number)}\.[0-9]+\.[a-z]+")
    return Form({name: values for name, values in form.fields.items() if not gone.fullmatch(name)})


def case_mapping(form: Form, packs: Packs) -> dict[str, object]:
    """The case file that the form makes; what is wrong in it is for the reader of case files to say."""
    case: dict[str, object] = {
        "case": "v1",
        "as_of": form.one("as_of"),
        "stage": form.one("stage"),
        "person": _person(form),
        "charges": [_charge(form, number) for number in form.started],
        "responses": _responses(form, packs.questionnaire.vocabulary_items()),
        "noticed": form.one("noticed"),
        "needs": list(form.many("need")),
        "place": _filled({"county": form.one("county"), "state": form.one("state")}),
        "assume": _filled({kind: form.one(f"assume.{kind}") for kind in ASSUMABLE}),
    }
    return {key: value for key, value in case.items() if value}


def _filled(mapping: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in mapping.items() if value not in ("", None)}


def _person(form: Form) -> dict[str, object]:
    match form.one("age"):
        case "born":
            return _filled({"born": form.one("born")})
        case "between":
            return _filled(
                {"born": _filled({"from": form.one("born_from"), "to": form.one("born_to")}) or None}
            )
        case "about":
            ages = _filled({"from": form.one("age_from"), "to": form.one("age_to")})
            return (
                {"age_on": _filled({"date": form.one("age_on") or form.one("as_of"), **ages})} if ages else {}
            )
    return {}


def _charge(form: Form, number: str) -> dict[str, object]:
    row = {key: form.one(f"c.{number}.{key}") for key in CHARGE_KEYS}
    ends = _filled({"from": row.pop("date_from"), "to": row.pop("date_to")})
    return _filled({**row, "id": form.charge_id(number), "date": row["date"] or ends or None})


def _responses(form: Form, shapes: Mapping[str, ItemShape]) -> dict[str, object]:
    found: dict[str, dict[str, list[object]]] = {}
    for (item, charge, _), keys in sorted(form.entries.items(), key=_order):
        shape = shapes.get(item)
        scope = form.charge_id(charge) if charge != PERSON else PERSON
        if charge == PERSON or charge in form.started:
            found.setdefault(item, {}).setdefault(scope, []).append(_response(keys, shape))
    return {item: _scoped(by_charge) for item, by_charge in found.items()}


def _order(row: tuple[Entry, object]) -> tuple[int, int]:
    (_, charge, source), _ = row
    return (-1 if charge == PERSON else int(charge)), source


def _scoped(by_charge: Mapping[str, list[object]]) -> object:
    scoped = {charge: given[0] if len(given) == 1 else given for charge, given in by_charge.items()}
    return scoped.get(PERSON, scoped)


def _response(keys: Mapping[str, tuple[str, ...]], shape: ItemShape | None) -> object:
    words = {word: keys[key][0].strip() for key, word in WORD_KEYS.items() if key in keys}
    cleared = _filled({"by": keys.get("by", ("",))[0], "dated": keys.get("bd", ("",))[0]})
    return {"value": _value(keys, shape), **words, **({"cleared": cleared} if cleared else {})}


def _value(keys: Mapping[str, tuple[str, ...]], shape: ItemShape | None) -> object:
    ends = {word: keys[key][0].strip() for key, word in (("lo", "from"), ("hi", "to")) if key in keys}
    if "ex" in keys or ends:
        return keys["ex"][0].strip() if "ex" in keys else ends
    given = keys.get("v", ("not_asked",))
    several = (
        shape is not None
        and shape.kind is ItemKind.CODES
        and not {"not_known", "declined", "not_asked", "not_applicable"} & set(given)
    )
    return list(given) if several else given[0]


def places_of(form: Form) -> Iterator[tuple[str, str]]:
    """For each path of a case file that a fault may name, the start of the path and the field to mend it in."""
    for place, number in enumerate(form.started):
        yield f"charges[{place}]", f"charge-{number}"
    yield from (("person", "t-age"), ("as_of", "as_of"), ("stage", "stage"), ("noticed", "noticed"))
    yield from (("needs", "t-needs"), ("place", "t-needs"), ("assume", "what-if"))
    for item, charge, _ in form.entries:
        yield f"responses.{item}", item_anchor(item, charge)


def item_anchor(item: str, charge: str) -> str:
    """The id on the page of a question."""
    return f"i-{item.replace('.', '-')}-{charge if charge != PERSON else 'p'}"
