"""Facts as rows of a table of typed columns, and the values that the SQL executor gives on them."""

from sqlalchemy import Boolean, Column, Integer, MetaData, Table, Text, insert, select

from screening.conditions import compile_conditions
from screening.executors.sql import every_value
from tests.screening.trees import BOOLS, CODES

COLUMNS: dict[str, Boolean | Integer | Text] = {
    **{name: Boolean() for name in BOOLS},
    **{f"{name}.{end}": Integer() for name in ("age.offense", "date.offense") for end in ("low", "high")},
    "b.code": Text(),
    **{f"b.codes.{code}": Boolean() for code in CODES},
}
FACTS = Table(
    "facts",
    MetaData(),
    Column("id", Integer(), primary_key=True),
    *(Column(name, kind) for name, kind in COLUMNS.items()),
    prefixes=["TEMPORARY"],
)


def held(known):
    """The facts that a row can hold: all but a code that is known only in part."""
    return {name: value for name, value in known.items() if name != "b.code" or len(value) == 1}


def row_of(known):
    """The facts as a row of typed columns."""
    row = {name: {0: False, 1: None, 2: True}[int(known.get(name, 1))] for name in BOOLS}
    for name in ("age.offense", "date.offense"):
        row[f"{name}.low"], row[f"{name}.high"] = known.get(name, (None, None))
    row["b.code"] = next(iter(held(known).get("b.code", {None})))
    sure, may = known.get("b.codes", (frozenset(), None))
    return row | {
        f"b.codes.{one}": True if one in sure else None if may is None or one in may else False
        for one in CODES
    }


def fill(connection, facts):
    """Puts these facts into the table, in place of those that were there."""
    connection.execute(FACTS.delete())
    connection.execute(insert(FACTS), [{"id": i, **row_of(known)} for i, known in enumerate(facts)])


def values_in(connection, tree):
    """For each row of the table the value (0, 1, 2) of every condition of the tree."""
    asked = select(*every_value(tree, lambda name: FACTS.c[name])).select_from(FACTS).order_by(FACTS.c.id)
    return [[1 if value is None else 2 if value else 0 for value in row] for row in connection.execute(asked)]


def values_of(tree, facts):
    """The same from the Python executor."""
    evaluate, _ = compile_conditions([tree])
    return [list(evaluate(held(known))) for known in facts]
