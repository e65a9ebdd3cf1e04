"""A save that lost is kept; which alternative counts is told part by part; a page request is a notice."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "marking"
down_revision: str | Sequence[str] | None = ("lifecycle", "sitting")
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_COUNTED = "by part, the alternative that counts; the other is struck"


def upgrade() -> None:
    op.execute("ALTER TYPE notice_category ADD VALUE 'page_request'")
    op.alter_column("question_marks", "counted", server_default=None)
    op.alter_column(
        "question_marks",
        "counted",
        type_=postgresql.JSONB(),
        postgresql_using="'{}'::jsonb",
        server_default="{}",
        comment=_COUNTED,
    )
    op.create_table(
        "mark_conflicts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("question_number", sa.Integer(), nullable=False),
        sa.Column("sent", postgresql.JSONB(), nullable=False, comment="the save that lost, whole"),
        sa.Column(
            "stood_revision",
            sa.BigInteger(),
            nullable=False,
            comment="of the mark it lost to; shown while that stands",
        ),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluations.id"], name=op.f("fk_mark_conflicts_evaluation_id")
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["users.id"], name=op.f("fk_mark_conflicts_sent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark_conflicts")),
    )
    op.create_index(
        "ix_mark_conflicts_question",
        "mark_conflicts",
        ["evaluation_id", "question_number"],
    )


def downgrade() -> None:
    op.drop_table("mark_conflicts")
    op.alter_column("question_marks", "counted", server_default=None)
    op.alter_column(
        "question_marks",
        "counted",
        type_=sa.Text(),
        postgresql_using="''",
        server_default="",
        comment="per part, the alternative that counts; the other is struck",
    )
