"""The same trees as SQL: verdict and every condition value as columns, one text for SQLite and PostgreSQL."""

from collections.abc import Callable, Sequence

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    and_,
    case,
    false,
    literal,
    not_,
    null,
    or_,
    true,
    type_coerce,
)

from screening.conditions import (
    All,
    Any,
    AtLeast,
    Below,
    Comparison,
    Condition,
    From,
    Has,
    In,
    Is,
    Not,
    Open,
    walk,
)

Truth = ColumnElement[bool]
Columns = Callable[[str], ColumnElement[object]]
"""Gives the column of a name. A yes / no fact is one nullable boolean column of its own name; a number or date has two,
`<fact>.low` and `<fact>.high` (whole numbers, dates as ordinals, null: no limit known); a code is one nullable text
column; a set of codes has one nullable boolean column a code, `<fact>.<code>`."""


def verdict(node: Condition, columns: Columns) -> Truth:
    """The condition as an SQL boolean whose NULL is *unknown* (SQL's own three-valued logic is strong Kleene).

    Select it as a column and never filter by it: `WHERE` would read unknown as false.
    """
    match node:
        case All(of=of):
            return and_(true(), *(verdict(part, columns) for part in of))
        case Any(of=of):
            return or_(false(), *(verdict(part, columns) for part in of))
        case Not(of=inner):
            return not_(verdict(inner, columns))
        case AtLeast(count=count, of=of):
            return _at_least(count, [verdict(part, columns) for part in of])
        case Open():
            return type_coerce(null(), Boolean)
        case _:
            return _comparison(node, columns)


def _comparison(node: Comparison, columns: Columns) -> Truth:
    match node:
        case Is(fact=fact):
            return type_coerce(columns(fact), Boolean)
        case Below(fact=fact, limit=limit):
            low, high = columns(f"{fact}.low"), columns(f"{fact}.high")
            return _decided(yes=high < literal(limit), no=low >= literal(limit))
        case From(fact=fact, limit=limit):
            low, high = columns(f"{fact}.low"), columns(f"{fact}.high")
            return _decided(yes=low >= literal(limit), no=high < literal(limit))
        case In(fact=fact, codes=codes):
            given = columns(fact)
            return given == next(iter(codes)) if len(codes) == 1 else given.in_(sorted(codes))
        case Has(fact=fact, code=code):
            return type_coerce(columns(f"{fact}.{code}"), Boolean)


def _decided(*, yes: Truth, no: Truth) -> Truth:
    """Yes where all of a range passes, no where none of it does; a missing end decides nothing, and else it is unknown."""
    return case((yes, true()), (no, false()), else_=type_coerce(null(), Boolean))


def _at_least(count: int, below: Sequence[Truth]) -> Truth:
    sure: ColumnElement[int] = literal(0, Integer)
    possible: ColumnElement[int] = literal(0, Integer)
    for part in below:
        sure = sure + case((part, 1), else_=0)
        possible = possible + case((not_(part), 0), else_=1)
    return _decided(yes=sure >= count, no=possible < count)


def every_value(node: Condition, columns: Columns) -> list[ColumnElement[bool]]:
    """One labelled column `v0`, `v1`, … a node, in the order in which every executor numbers them; the last is the verdict."""
    return [verdict(part, columns).label(f"v{i}") for i, part in enumerate(walk(node))]


def column_names(node: Condition) -> tuple[str, ...]:
    """The names of all columns that the SQL form of a condition reads, in order."""
    names: dict[str, None] = {}
    for part in walk(node):
        match part:
            case Below(fact=fact) | From(fact=fact):
                names.update({f"{fact}.low": None, f"{fact}.high": None})
            case Is(fact=fact) | In(fact=fact):
                names[fact] = None
            case Has(fact=fact, code=code):
                names[f"{fact}.{code}"] = None
    return tuple(sorted(names))
