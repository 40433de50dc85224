"""Runs the migrations on the engine that the service or a test hands over."""

from alembic import context

from app.store.base import Base
from app.store.installation import Installation

engine = context.config.attributes["engine"]
tables = (Installation.__table__,)  # every module with tables is imported here, so that the metadata is whole

with engine.begin() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
