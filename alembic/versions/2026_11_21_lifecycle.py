"""A clock is its ledger, state told by its moments; assignments are kept; a completed marking can be withdrawn."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "lifecycle"
down_revision: str | Sequence[str] | None = ("engine", "page_requests")
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CLOCK_STATE = postgresql.ENUM("running", "paused", "stopped", name="clock_state", create_type=False)
RETURN_REASON = postgresql.ENUM(
    "released", "lapsed", "reassigned", "overdue", "withdrawn", name="return_reason", create_type=False
)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _clocks_up()
    op.alter_column("sla_events", "due_after", nullable=False)
    op.alter_column("sla_events", "due_before", comment="NULL: there was no promise before")
    op.alter_column("sla_events", "reason", comment="in a word; of a warning, its threshold")
    op.alter_column(
        "sla_events",
        "kind",
        comment="of the ledger: started, paused, resumed, recomputed, stopped; beside it: warned, breached",
    )
    op.drop_constraint(op.f("ck_evaluations_completed_iff_at"), "evaluations")
    op.create_check_constraint(
        op.f("ck_evaluations_completed_iff_at"),
        "evaluations",
        "CASE WHEN state = 'withdrawn' THEN true "
        "ELSE (state IN ('completed', 'published')) = (completed_at IS NOT NULL) END",
    )
    op.drop_index("ix_evaluations_teacher_id_assigned_at", table_name="evaluations")
    op.create_index("ix_evaluations_teacher_id_id", "evaluations", ["teacher_id", "id"])
    op.create_check_constraint(op.f("ck_page_flags_answer_by_ahead"), "page_flags", "answer_by > raised_at")
    op.create_index("ix_page_flags_evaluation_id", "page_flags", ["evaluation_id"])
    _assignments_up()


def _clocks_up() -> None:
    op.drop_index("ix_sla_clocks_open_due_at", table_name="sla_clocks")
    op.drop_index("ix_sla_clocks_open_calendar", table_name="sla_clocks")
    for name in ("due_unless_paused", "running_iff_since", "stopped_iff_at"):
        op.drop_constraint(op.f(f"ck_sla_clocks_{name}"), "sla_clocks")
    op.drop_column("sla_clocks", "state")
    op.drop_column("sla_clocks", "promised_due_at")
    CLOCK_STATE.drop(op.get_bind())
    op.add_column(
        "sla_clocks",
        sa.Column("paused_at", MOMENT, nullable=True, comment="kept by a clock that stopped while paused"),
    )
    op.alter_column(
        "sla_clocks",
        "due_at",
        nullable=False,
        comment="the promise as last derived, never pulled earlier; a paused clock keeps its last one",
    )
    op.alter_column(
        "sla_clocks",
        "consumed",
        comment="working time used up to running_since, or for good when the clock does not run",
    )
    op.alter_column("sla_clocks", "started_at", comment="hand-in; it may begin to count later")
    op.alter_column(
        "sla_clocks", "calendar_version", comment="of the calendar under which due_at was derived"
    )
    op.alter_column("sla_clocks", "breached_at", comment="when the breach was noted, once")
    op.alter_column(
        "sla_clocks",
        "generation",
        server_default="0",
        comment="rises whenever its timers are set anew; older ones are void",
    )
    op.add_column(
        "sla_clocks",
        sa.Column(
            "log_length", sa.BigInteger(), server_default="0", nullable=False, comment="lines in sla_events"
        ),
    )
    op.create_check_constraint(
        op.f("ck_sla_clocks_runs_unless_paused_or_stopped"),
        "sla_clocks",
        "(running_since IS NOT NULL) = (paused_at IS NULL AND stopped_at IS NULL)",
    )
    open_only = sa.text("stopped_at IS NULL")
    op.create_index(
        "ix_sla_clocks_open_due_at", "sla_clocks", ["due_at", "subject_id"], postgresql_where=open_only
    )
    op.create_index("ix_sla_clocks_open_calendar", "sla_clocks", ["calendar_key"], postgresql_where=open_only)


def _assignments_up() -> None:
    RETURN_REASON.create(op.get_bind())
    op.create_table(
        "evaluation_assignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("assigned_at", MOMENT, nullable=False),
        sa.Column("returned_at", MOMENT, nullable=True),
        sa.Column("returned_because", RETURN_REASON, nullable=True),
        sa.CheckConstraint(
            "(returned_at IS NULL) = (returned_because IS NULL)",
            name=op.f("ck_evaluation_assignments_returned_iff_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluations.id"], name=op.f("fk_evaluation_assignments_evaluation_id")
        ),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["users.id"], name=op.f("fk_evaluation_assignments_teacher_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_assignments")),
    )
    op.create_index(
        "uq_evaluation_assignments_standing",
        "evaluation_assignments",
        ["evaluation_id"],
        unique=True,
        postgresql_where=sa.text("returned_at IS NULL"),
    )
    op.create_index("ix_evaluation_assignments_evaluation_id", "evaluation_assignments", ["evaluation_id"])
    op.create_index(
        "ix_evaluation_assignments_teacher_id_assigned_at",
        "evaluation_assignments",
        ["teacher_id", "assigned_at"],
    )


def downgrade() -> None:
    op.drop_table("evaluation_assignments")
    RETURN_REASON.drop(op.get_bind())
    op.drop_index("ix_page_flags_evaluation_id", table_name="page_flags")
    op.drop_constraint(op.f("ck_page_flags_answer_by_ahead"), "page_flags")
    op.drop_index("ix_evaluations_teacher_id_id", table_name="evaluations")
    op.create_index("ix_evaluations_teacher_id_assigned_at", "evaluations", ["teacher_id", "assigned_at"])
    op.drop_constraint(op.f("ck_evaluations_completed_iff_at"), "evaluations")
    op.create_check_constraint(
        op.f("ck_evaluations_completed_iff_at"),
        "evaluations",
        "(state IN ('completed', 'published')) = (completed_at IS NOT NULL)",
    )
    op.alter_column("sla_events", "due_after", nullable=True)
    _clocks_down()


def _clocks_down() -> None:
    op.drop_index("ix_sla_clocks_open_calendar", table_name="sla_clocks")
    op.drop_index("ix_sla_clocks_open_due_at", table_name="sla_clocks")
    op.drop_column("sla_clocks", "log_length")
    op.alter_column("sla_clocks", "generation", server_default="1")
    op.drop_constraint(op.f("ck_sla_clocks_runs_unless_paused_or_stopped"), "sla_clocks")
    op.add_column("sla_clocks", sa.Column("promised_due_at", MOMENT, nullable=True))
    op.execute("UPDATE sla_clocks SET promised_due_at = due_at")
    op.alter_column("sla_clocks", "promised_due_at", nullable=False)
    CLOCK_STATE.create(op.get_bind())
    op.add_column("sla_clocks", sa.Column("state", CLOCK_STATE, nullable=True))
    op.execute(
        "UPDATE sla_clocks SET state = (CASE WHEN stopped_at IS NOT NULL THEN 'stopped' "
        "WHEN paused_at IS NOT NULL THEN 'paused' ELSE 'running' END)::clock_state"
    )
    op.alter_column("sla_clocks", "state", nullable=False)
    op.alter_column("sla_clocks", "due_at", nullable=True)
    op.execute("UPDATE sla_clocks SET due_at = NULL WHERE state = 'paused'")
    op.drop_column("sla_clocks", "paused_at")
    op.create_check_constraint(
        op.f("ck_sla_clocks_due_unless_paused"), "sla_clocks", "(state = 'paused') = (due_at IS NULL)"
    )
    op.create_check_constraint(
        op.f("ck_sla_clocks_running_iff_since"),
        "sla_clocks",
        "(state = 'running') = (running_since IS NOT NULL)",
    )
    op.create_check_constraint(
        op.f("ck_sla_clocks_stopped_iff_at"),
        "sla_clocks",
        "(state = 'stopped') = (stopped_at IS NOT NULL)",
    )
    op.create_index(
        "ix_sla_clocks_open_calendar",
        "sla_clocks",
        ["calendar_key"],
        postgresql_where=sa.text("state <> 'stopped'"),
    )
    op.create_index(
        "ix_sla_clocks_open_due_at", "sla_clocks", ["due_at"], postgresql_where=sa.text("state = 'running'")
    )
