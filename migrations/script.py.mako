"""${message}."""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    wait_briefly_for_locks()
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    wait_briefly_for_locks()
    ${downgrades if downgrades else "pass"}


def wait_briefly_for_locks() -> None:
    """A migration that waits for a lock stops everyone behind it, so it gives up soon and is run again."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text("SET LOCAL lock_timeout = '4s'"))
