"""Rows of any table as lines of JSON and back, for backups that both engines can read."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, Table, func, insert, select

from app.store import tables
from app.store.base import Base

BATCH = 500
LEFT_OUT = frozenset({"installation"})
"""Made by the migrations in every database."""

_READ: Mapping[str, Callable[[str], object]] = {
    "$uuid": UUID,
    "$at": datetime.fromisoformat,
    "$day": date.fromisoformat,
    "$bytes": lambda text: base64.b64decode(text, validate=True),
}


def all_tables() -> list[Table]:
    """The tables in the order in which they can be filled."""
    if not tables.ALL:
        raise RuntimeError("the tables are not loaded")
    return [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]


def is_content(table: Table) -> bool:
    """Whether a table holds content of screenings, which goes with the key of the screening."""
    return bool(table.info.get("erasable"))


def rows_of(connection: Connection, table: Table) -> Iterator[dict[str, object]]:
    """The rows of a table in the order of its key."""
    query = select(table).order_by(*table.primary_key.columns)
    with connection.execution_options(yield_per=BATCH).execute(query) as found:
        for row in found.mappings():
            yield dict(row)


def written(row: Mapping[str, object]) -> str:
    """A row as one line of JSON."""
    return json.dumps(
        {name: _shape(value) for name, value in row.items()}, ensure_ascii=False, separators=(",", ":")
    )


def read(line: str) -> dict[str, object]:
    """A row from its line; ValueError where it is none."""
    shape = json.loads(line)
    if not isinstance(shape, dict):
        raise ValueError("a line of a backup holds one row")
    return {name: _value(value) for name, value in shape.items()}


def fill(connection: Connection, table: Table, rows: Iterable[Mapping[str, object]]) -> int:
    """Inserts rows, some hundred at a time; gives their number."""
    count, batch = 0, []
    for row in rows:
        batch.append(dict(row))
        if len(batch) == BATCH:
            count += _insert(connection, table, batch)
            batch = []
    return count + (_insert(connection, table, batch) if batch else 0)


def is_empty(connection: Connection) -> bool:
    """Whether no table has a row."""
    return not any(connection.scalar(select(func.count()).select_from(table)) for table in all_tables())


def _insert(connection: Connection, table: Table, batch: list[dict[str, object]]) -> int:
    connection.execute(insert(table), batch)
    return len(batch)


def _shape(value: object) -> object:
    match value:
        case UUID():
            return {"$uuid": str(value)}
        case datetime():
            return {"$at": value.isoformat()}
        case date():
            return {"$day": value.isoformat()}
        case bytes() | memoryview():
            return {"$bytes": base64.b64encode(bytes(value)).decode()}
        case dict():
            return {"$json": value}
    return value


def _value(value: object) -> object:
    if not isinstance(value, dict):
        return value
    ((kind, inner),) = value.items()
    return inner if kind == "$json" else _READ[kind](inner)
