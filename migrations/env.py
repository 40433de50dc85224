"""Runs the migrations on the engine that the service or a test hands over."""

from alembic import context

from app.store.base import Base
from app.store.session import make_schema
from app.store.tables import ALL

engine = context.config.attributes["engine"]
tables = ALL

with engine.begin() as connection:
    make_schema(connection)
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
