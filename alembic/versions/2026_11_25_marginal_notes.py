"""What teachers note for themselves at a question, and what they ask their colleagues."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "marginal_notes"
down_revision: str | None = "invitations"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "marginal_notes",
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("question_number", sa.Integer(), nullable=False),
        sa.Column("come_back", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "sheet_ids",
            sa.ARRAY(sa.Uuid()),
            server_default="{}",
            nullable=False,
            comment="pages on which the answer goes on, beside those declared",
        ),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "come_back OR words <> '' OR cardinality(sheet_ids) > 0",
            name=op.f("ck_marginal_notes_says_something"),
        ),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluations.id"], name=op.f("fk_marginal_notes_evaluation_id")
        ),
        sa.PrimaryKeyConstraint("evaluation_id", "question_number", name=op.f("pk_marginal_notes")),
    )
    op.create_table(
        "consultations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("question_number", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("question <> ''", name=op.f("ck_consultations_asks_something")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)", name=op.f("ck_consultations_answered_iff_by")
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer = '')", name=op.f("ck_consultations_answered_iff_words")
        ),
        sa.CheckConstraint("answered_by <> asked_by", name=op.f("ck_consultations_another_answers")),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluations.id"], name=op.f("fk_consultations_evaluation_id")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["answer_sheet_uploads.id"], name=op.f("fk_consultations_sheet_id")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_consultations_asked_by")),
        sa.ForeignKeyConstraint(["answered_by"], ["users.id"], name=op.f("fk_consultations_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
    )
    op.create_index("ix_consultations_evaluation_id", "consultations", ["evaluation_id"], unique=False)
    op.create_index(
        "ix_consultations_open_id",
        "consultations",
        ["id"],
        unique=False,
        postgresql_where=sa.text("answered_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("consultations")
    op.drop_table("marginal_notes")
