"""What can be chosen is kept beside the paper; a left-out question says who declared it."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "sitting"
down_revision: str | None = "engine"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_FROZEN = (
    "exam_snapshot",
    "exam_key",
    "snapshot_schema",
    "paper_sha256",
    "key_sha256",
    "written_numbers",
    "seed",
    "template_id",
    "template_version",
    "student_id",
)


def upgrade() -> None:
    op.add_column(
        "exam_instances",
        sa.Column(
            "choice_labels",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment='{"1": ["A", "B", "C", "D"]}: what can be chosen where, without reading the paper',
        ),
    )
    op.create_check_constraint(
        op.f("ck_exam_instances_abandoned_iff_at"),
        "exam_instances",
        "(state = 'abandoned') = (abandoned_at IS NOT NULL)",
    )
    op.add_column(
        "unanswered_questions",
        sa.Column(
            "declared_by",
            postgresql.ENUM(name="handed_in_by", create_type=False),
            server_default="student",
            nullable=False,
            comment="timer: found on no sheet at the end",
        ),
    )
    _freeze((*_FROZEN, "choice_labels"))


def downgrade() -> None:
    _freeze(_FROZEN)
    op.drop_column("unanswered_questions", "declared_by")
    op.drop_constraint(op.f("ck_exam_instances_abandoned_iff_at"), "exam_instances")
    op.drop_column("exam_instances", "choice_labels")


def _freeze(columns: Sequence[str]) -> None:
    """Let the guard of papers watch over ``columns``."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    op.execute(f"""
    CREATE OR REPLACE FUNCTION guard_paper() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR ({new}) IS DISTINCT FROM ({old}) THEN
            RAISE EXCEPTION 'a paper is frozen when it is drawn'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ck_exam_instances_paper_frozen';
        END IF;
        RETURN NEW;
    END $$
    """)
    op.execute("DROP TRIGGER exam_instances_paper_frozen ON exam_instances")
    op.execute(
        f"CREATE TRIGGER exam_instances_paper_frozen BEFORE DELETE OR UPDATE OF {', '.join(columns)} "
        "ON exam_instances FOR EACH ROW EXECUTE FUNCTION guard_paper()"
    )
