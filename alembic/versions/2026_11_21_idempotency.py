"""Keep answers word for word."""

import sqlalchemy as sa

from alembic import op

revision: str = "idempotency"
down_revision: str | None = "marking"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("idempotency_keys", "body")
    op.add_column(
        "idempotency_keys",
        sa.Column("body", sa.LargeBinary(), nullable=True, comment="the answer, word for word"),
    )


def downgrade() -> None:
    op.drop_column("idempotency_keys", "body")
    op.add_column("idempotency_keys", sa.Column("body", sa.JSON(), nullable=True))
