"""Accounts, screenings and the audit log."""

from alembic import op
from sqlalchemy import Connection, inspect, text
from sqlalchemy.schema import CreateSchema, DropSchema

from app.jobs.on_postgres import SCHEMA, schema_sql
from app.store import tables  # noqa: F401
from app.store.base import POSTGRES_FUNCTIONS, Base, guards

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for one in POSTGRES_FUNCTIONS:
            op.execute(one)
        if not inspect(connection).has_schema(SCHEMA):
            _make_queue(connection)
    made = [table for table in Base.metadata.sorted_tables if table.name != "installation"]
    Base.metadata.create_all(connection, tables=made)
    for table in made:
        if table.info.get("insert_only"):
            for one in guards(table, connection.dialect.name):
                op.execute(one)


def _make_queue(connection: Connection) -> None:
    """The tables of the job queue, in a schema of their own."""
    here = connection.scalar(text("SHOW search_path"))
    connection.execute(CreateSchema(SCHEMA))
    connection.execute(text("SELECT set_config('search_path', :path, true)"), {"path": SCHEMA})
    cursor = connection.connection.cursor()
    cursor.execute(schema_sql())  # many statements at once, which only the driver itself takes
    cursor.close()
    connection.execute(text("SELECT set_config('search_path', :path, true)"), {"path": here})


def downgrade() -> None:
    made = [table for table in Base.metadata.sorted_tables if table.name != "installation"]
    Base.metadata.drop_all(op.get_bind(), tables=made)
    if op.get_bind().dialect.name == "postgresql":
        for one in ("refuse_change", "refuse_unless_erased"):
            op.execute(f"DROP FUNCTION {one}()")
        op.get_bind().execute(DropSchema(SCHEMA, cascade=True, if_exists=True))
