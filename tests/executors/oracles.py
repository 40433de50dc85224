"""Condition trees in the words of strangers, FHIRPath, CEL and plain SQL, which all know the unknown in their own way."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations

from cel_expr_python import cel
from fhirpathpy import compile as compile_fhirpath

from screening.conditions import All, Any, AtLeast, Below, From, Has, In, Is, Not, Open
from tests.screening.trees import BOOLS, CODES

TYPES = {
    **{name.replace(".", "_"): "boolean" for name in BOOLS},
    "age": "integer",
    "acted": "text",
    "code": "text",
    **{f"holds_{code}": "boolean" for code in CODES},
}
"""The names of a row of facts, with their types in SQL. A name that a row does not have is unknown."""


def flat(known):
    """Facts as plain values under plain names; what is unknown or not exact is left out."""
    row = {name.replace(".", "_"): known[name] == 2 for name in BOOLS if known.get(name, 1) != 1}
    ages = known.get("age.offense")
    if ages and ages[0] == ages[1]:
        row["age"] = ages[0]
    code = known.get("b.code")
    if code and len(code) == 1:
        row["code"] = next(iter(code))
    sure, may = known.get("b.codes", (frozenset(), None))
    return row | {
        f"holds_{one}": one in sure for one in CODES if one in sure or (may is not None and one not in may)
    }


def exact(known):
    """The same facts for our executors: only what `flat` can say."""
    kept = dict(known)
    if "age.offense" in kept:
        kept["age.offense"] = (kept["age.offense"][0],) * 2
    if len(kept.get("b.code", "x")) != 1:
        del kept["b.code"]
    return kept


@dataclass(frozen=True)
class Language:
    """The words of one of the strangers."""

    both: str
    either: str
    negated: str
    equal: str
    quote: str
    never_known: str


FHIRPATH = Language(" and ", " or ", "({}).not()", "=", "'", "never_known")
CEL = Language(" && ", " || ", "!({})", "==", '"', "never_known")
SQL = Language(" AND ", " OR ", "(NOT {})", "=", "'", "CAST(NULL AS BOOLEAN)")


def written(node, words):
    """A tree in the words of a language; *at least n* is spelled out, since none of them has it."""

    def joined(by, parts, empty):
        return "(" + by.join(parts) + ")" if parts else empty

    match node:
        case All(of=of):
            return joined(words.both, [written(part, words) for part in of], "true")
        case Any(of=of):
            return joined(words.either, [written(part, words) for part in of], "false")
        case Not(of=inner):
            return words.negated.format(written(inner, words))
        case AtLeast(count=count, of=of):
            ways = combinations([written(part, words) for part in of], count)
            return joined(words.either, [joined(words.both, way, "true") for way in ways], "false")
    return _comparison(node, words)


def _comparison(node, words):
    def quoted(text):
        return f"{words.quote}{text}{words.quote}"

    match node:
        case Is(fact=fact):
            return fact.replace(".", "_")
        case Below(limit=limit, is_date=is_date) | From(limit=limit, is_date=is_date):
            sign = "<" if isinstance(node, Below) else ">="
            day = quoted(date.fromordinal(limit).isoformat()) if is_date else ""
            return f"(acted {sign} {day})" if is_date else f"(age {sign} {limit})"
        case In(codes=codes):
            alike = [f"code {words.equal} {quoted(code)}" for code in sorted(codes)]
            return "(" + words.either.join(alike) + ")"
        case Has(code=code):
            return f"holds_{code}"
        case Open():
            return words.never_known
    raise AssertionError(node)


class FhirPath:
    """FHIRPath: an empty collection is unknown."""

    name = "fhirpathpy"

    def answers(self, trees, rows):
        """For each tree the truth (0, 1, 2) on each row."""
        return [self._of(compile_fhirpath(written(tree, FHIRPATH)), rows) for tree in trees]

    def _of(self, ask, rows):
        found = [ask(row) for row in rows]
        return [1 if one == [] else 2 if one[0] else 0 for one in found]


class Cel:
    """CEL: an error that nothing absorbs is unknown."""

    name = "cel-expr-python"

    def __init__(self):
        variables = dict.fromkeys([*TYPES, CEL.never_known], cel.Type.DYN)
        self._environment = cel.NewEnv(variables=variables)

    def answers(self, trees, rows):
        """For each tree the truth (0, 1, 2) on each row."""
        asked = [self._environment.compile(written(tree, CEL)) for tree in trees]
        return [[self._of(ask.eval(data=row).plain_value()) for row in rows] for ask in asked]

    def _of(self, value):
        return 2 if value is True else 0 if value is False else 1


class Database:
    """A database: NULL is unknown. The trees are columns of one SELECT, the facts are rows of one table."""

    WIDEST = 50

    def __init__(self, name, cursor, mark):
        self.name, self._cursor, self._mark = name, cursor, mark
        columns = ", ".join(f"{column} {kind}" for column, kind in TYPES.items())
        cursor.execute(f"CREATE TEMPORARY TABLE given (number integer PRIMARY KEY, {columns})")

    def answers(self, trees, rows):
        """For each tree the truth (0, 1, 2) on each row."""
        self._cursor.execute("DELETE FROM given")
        marks = ", ".join([self._mark] * (len(TYPES) + 1))
        values = [(number, *(row.get(name) for name in TYPES)) for number, row in enumerate(rows)]
        self._cursor.executemany(f"INSERT INTO given VALUES ({marks})", values)  # noqa: S608 - marks alone
        found = []
        for start in range(0, len(trees), self.WIDEST):
            found += self._columns([written(tree, SQL) for tree in trees[start : start + self.WIDEST]])
        return found

    def _columns(self, texts):
        self._cursor.execute(f"SELECT {', '.join(texts)} FROM given ORDER BY number")  # noqa: S608 - our own trees
        columns = zip(*self._cursor.fetchall(), strict=True)
        return [[1 if value is None else 2 if value else 0 for value in column] for column in columns]
