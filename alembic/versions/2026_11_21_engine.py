"""Timers keep the moment that was asked for apart from the next attempt; done messages can be pruned."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "engine"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "timers",
        sa.Column(
            "available_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="not before; due_at, moved on by back-off",
        ),
    )
    op.execute("UPDATE timers SET available_at = due_at")
    op.alter_column("timers", "available_at", nullable=False)
    op.alter_column("timers", "due_at", comment="the moment that was asked for; never moved")
    op.create_check_constraint(op.f("ck_timers_available_when_due"), "timers", "available_at >= due_at")
    op.drop_index("ix_timers_pending_due_at", table_name="timers")
    op.create_index(
        "ix_timers_pending_available_at",
        "timers",
        ["available_at"],
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_outbox_messages_done_at",
        "outbox_messages",
        ["done_at"],
        postgresql_where=sa.text("done_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_messages_done_at", table_name="outbox_messages")
    op.drop_index("ix_timers_pending_available_at", table_name="timers")
    op.create_index(
        "ix_timers_pending_due_at", "timers", ["due_at"], postgresql_where=sa.text("state = 'pending'")
    )
    op.drop_constraint(op.f("ck_timers_available_when_due"), "timers")
    op.alter_column("timers", "due_at", comment=None)
    op.drop_column("timers", "available_at")
