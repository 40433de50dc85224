"""Accounts, screenings and the audit log."""

from alembic import op

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
    made = [table for table in Base.metadata.sorted_tables if table.name != "installation"]
    Base.metadata.create_all(connection, tables=made)
    for table in made:
        if table.info.get("insert_only"):
            for one in guards(table, connection.dialect.name):
                op.execute(one)


def downgrade() -> None:
    made = [table for table in Base.metadata.sorted_tables if table.name != "installation"]
    Base.metadata.drop_all(op.get_bind(), tables=made)
    if op.get_bind().dialect.name == "postgresql":
        for one in ("refuse_change", "refuse_unless_erased"):
            op.execute(f"DROP FUNCTION {one}()")
