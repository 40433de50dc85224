"""The closed list of nodes of which every condition in the house is built, and how packs write them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from screening.errors import Fault


@dataclass(frozen=True, slots=True)
class All:
    """Yes when every part is yes. `label` names the shared building block the node came from."""

    of: tuple["Condition", ...]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Any:
    """Yes when some part is yes."""

    of: tuple["Condition", ...]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """Yes when the part is no; unknown stays unknown."""

    of: "Condition"
    label: str | None = None


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Yes when `count` of the parts are yes."""

    count: int
    of: tuple["Condition", ...]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Is:
    """A yes / no fact is yes."""

    fact: str


@dataclass(frozen=True, slots=True)
class Below:
    """A number is below `limit`, or a date before it (dates are held as proleptic ordinals, `is_date`)."""

    fact: str
    limit: int
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class From:
    """A number is `limit` or more, or a date on or after it."""

    fact: str
    limit: int
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class In:
    """A code is one of `codes`."""

    fact: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Has:
    """A set of codes holds `code`."""

    fact: str
    code: str


@dataclass(frozen=True, slots=True)
class Open:
    """A point that the law, as far as it was read, leaves open: always unknown, and no answer settles it."""

    reason: str


Comparison = Is | Below | From | In | Has
Condition = All | Any | Not | AtLeast | Comparison | Open


def parts(node: Condition) -> tuple[Condition, ...]:
    """The nodes directly below `node`, in the order written."""
    if isinstance(node, Not):
        return (node.of,)
    if isinstance(node, All | Any | AtLeast):
        return node.of
    return ()


def walk(node: Condition) -> Iterator[Condition]:
    """Every node of the tree, children before parents, in the order in which executors number them."""
    for part in parts(node):
        yield from walk(part)
    yield node


def facts_of(node: Condition) -> frozenset[str]:
    """The names of all facts that the condition reads."""
    return frozenset(part.fact for part in walk(node) if isinstance(part, Is | Below | From | In | Has))


def to_json(node: Condition) -> dict[str, object]:  # noqa: C901 - one arm a node of the closed list
    """The JSON form of a condition, the same for every executor; keys in a fixed order."""
    shape: dict[str, object]
    match node:
        case All(of=of):
            shape = {"all": [to_json(part) for part in of]}
        case Any(of=of):
            shape = {"any": [to_json(part) for part in of]}
        case Not(of=inner):
            shape = {"not": to_json(inner)}
        case AtLeast(count=count, of=of):
            shape = {"at_least": count, "of": [to_json(part) for part in of]}
        case Is(fact=fact):
            return {"fact": fact}
        case Below(fact=fact, limit=limit, is_date=is_date):
            return {"fact": fact, "before" if is_date else "below": _written(limit, is_date=is_date)}
        case From(fact=fact, limit=limit, is_date=is_date):
            return {"fact": fact, "on_or_after" if is_date else "from": _written(limit, is_date=is_date)}
        case In(fact=fact, codes=codes):
            return {"fact": fact, "in": sorted(codes)}
        case Has(fact=fact, code=code):
            return {"fact": fact, "has": code}
        case Open(reason=reason):
            return {"open": reason}
    return {"block": node.label, **shape} if node.label else shape


def written(test: Comparison) -> str:
    """A comparison as a text to order by, the same in every run and every executor."""
    if isinstance(test, In):
        codes = ", ".join(map(repr, sorted(test.codes)))
        return f"In(fact={test.fact!r}, codes=frozenset({{{codes}}}))"
    return repr(test)


def _written(limit: int, *, is_date: bool) -> int | str:
    return date.fromordinal(limit).isoformat() if is_date else limit


class ConditionReader:
    """Reads the YAML form of conditions; collects a fault with its path for every mistake instead of stopping."""

    def __init__(self, blocks: Mapping[str, Condition] | None = None) -> None:
        self.blocks = blocks or {}
        self.faults: list[Fault] = []

    def read(self, value: object, path: str) -> Condition:
        """One condition: a fact name, or a mapping with one of the node words. A fault yields an open node."""
        if isinstance(value, str):
            return Is(str(value))
        if not isinstance(value, Mapping):
            return self._fault(
                path,
                "this is not a condition",
                "a fact name or one of all, any, not, at_least, fact, block, open",
            )
        keys = {str(key) for key in value}
        for word, reader in (
            ("all", self._all),
            ("any", self._any),
            ("not", self._not),
            ("at_least", self._at_least),
            ("fact", self._comparison),
            ("block", self._block),
            ("open", self._open),
        ):
            if word in keys:
                return reader(cast(Mapping[str, object], value), keys, path)
        return self._fault(
            path,
            f"unknown kind of condition: {', '.join(sorted(keys)) or 'empty'}",
            "one of all, any, not, at_least, fact, block, open",
        )

    def _fault(self, path: str, message: str, expected: str) -> Open:
        self.faults.append(Fault(path=path, message=message, expected=expected))
        return Open("unreadable")

    def _only(self, keys: set[str], allowed: set[str], path: str) -> None:
        for key in sorted(keys - allowed):
            self._fault(f"{path}.{key}", f"unknown key {key!r}", f"only {', '.join(sorted(allowed))}")

    def _list(self, value: object, path: str) -> tuple[Condition, ...]:
        if not isinstance(value, list | tuple) or not value:
            self._fault(path, "an empty or missing list", "a list of at least one condition")
            return ()
        return tuple(self.read(part, f"{path}[{i}]") for i, part in enumerate(value))

    def _all(self, value: Mapping[str, object], keys: set[str], path: str) -> Condition:
        self._only(keys, {"all"}, path)
        return All(self._list(value["all"], f"{path}.all"))

    def _any(self, value: Mapping[str, object], keys: set[str], path: str) -> Condition:
        self._only(keys, {"any"}, path)
        return Any(self._list(value["any"], f"{path}.any"))

    def _not(self, value: Mapping[str, object], keys: set[str], path: str) -> Condition:
        self._only(keys, {"not"}, path)
        return Not(self.read(value["not"], f"{path}.not"))

    def _at_least(self, value: Mapping[str, object], keys: set[str], path: str) -> Condition:
        self._only(keys, {"at_least", "of"}, path)
        of = self._list(value.get("of"), f"{path}.of")
        count = _whole(value["at_least"])
        if count is None or not 1 <= count <= max(len(of), 1):
            return self._fault(
                f"{path}.at_least", "the count does not fit the list", f"a whole number from 1 to {len(of)}"
            )
        return AtLeast(count, of)

    def _block(self, value: Mapping[str, object], keys: set[str], path: str) -> Condition:
        self._only(keys, {"block"}, path)
        name = str(value["block"])
        if name not in self.blocks:
            return self._fault(
                f"{path}.block", f"no building block is called {name!r}", "the name of a building block"
            )
        return labelled(self.blocks[name], name)

    def _open(self, value: Mapping[str, object], keys: set[str], path: str) -> Condition:
        self._only(keys, {"open"}, path)
        if not isinstance(value["open"], str) or not value["open"].strip():
            return self._fault(
                f"{path}.open", "an open point needs words", "a sentence saying what was not established"
            )
        return Open(str(value["open"]))

    def _comparison(self, value: Mapping[str, object], keys: set[str], path: str) -> Condition:
        tests = keys - {"fact"}
        fact = value["fact"]
        if not isinstance(fact, str) or len(tests) > 1:
            return self._fault(
                path,
                "a comparison names one fact and one test",
                "fact with below, from, before, on_or_after, in or has",
            )
        if not tests:
            return Is(str(fact))
        return self._test(str(fact), tests.pop(), value, path)

    def _test(self, fact: str, word: str, value: Mapping[str, object], path: str) -> Condition:
        given = value[word]
        if word in ("below", "from"):
            limit = _whole(given)
            if limit is not None:
                return Below(fact, limit) if word == "below" else From(fact, limit)
            return self._fault(f"{path}.{word}", f"{given!r} is not a whole number", "a whole number")
        if word in ("before", "on_or_after"):
            day = _day(given)
            if day is not None:
                return Below(fact, day, is_date=True) if word == "before" else From(fact, day, is_date=True)
            return self._fault(f"{path}.{word}", f"{given!r} is not a date", "a date such as 2026-01-23")
        if word == "in" and isinstance(given, list | tuple) and given:
            return In(fact, frozenset(str(code) for code in given))
        if word == "has" and isinstance(given, str):
            return Has(fact, str(given))
        return self._fault(
            f"{path}.{word}", f"unknown or empty test {word!r}", "below, from, before, on_or_after, in or has"
        )


def labelled(node: Condition, name: str) -> Condition:
    """The same condition, carrying the name of the building block it is, so that explanations can say it."""
    if isinstance(node, All | Any | Not | AtLeast):
        return replace(node, label=name)
    return All((node,), label=name)


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else None


def _day(value: object) -> int | None:
    if isinstance(value, date):
        return value.toordinal()
    try:
        return date.fromisoformat(str(value)).toordinal() if isinstance(value, str) else None
    except ValueError:
        return None
