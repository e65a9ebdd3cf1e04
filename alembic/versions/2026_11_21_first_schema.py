"""The first schema: every table, type, constraint, index and guard of the main job."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


ANNOTATION_KIND = postgresql.ENUM(
    "tick", "cross", "half", "circle", "star", "ink", "text", name="annotation_kind", create_type=False
)
CLASS_LEVEL = postgresql.ENUM("X", "XII", name="class_level", create_type=False)
COGNITIVE_LEVEL = postgresql.ENUM(
    "remember_understand", "apply", "analyse_evaluate_create", name="cognitive_level", create_type=False
)
COURSE_LEVEL = postgresql.ENUM("standard", "basic", name="course_level", create_type=False)
DIFFICULTY = postgresql.ENUM("easy", "medium", "hard", name="difficulty", create_type=False)
EVALUATION_STATE = postgresql.ENUM(
    "queued",
    "assigned",
    "in_progress",
    "on_hold",
    "completed",
    "published",
    "withdrawn",
    name="evaluation_state",
    create_type=False,
)
EXAM_STATE = postgresql.ENUM(
    "created",
    "in_progress",
    "uploading",
    "handed_in",
    "under_evaluation",
    "evaluated",
    "published",
    "abandoned",
    "voided",
    name="exam_state",
    create_type=False,
)
EXAM_TYPE = postgresql.ENUM(
    "board_exam",
    "section_mcq",
    "section_vsa",
    "section_sa",
    "unit_practice",
    name="exam_type",
    create_type=False,
)
FLAG_REASON = postgresql.ENUM("unreadable", "wrong_page", name="flag_reason", create_type=False)
HANDED_IN_BY = postgresql.ENUM("student", "timer", name="handed_in_by", create_type=False)
HOLIDAY_TYPE = postgresql.ENUM(
    "national", "regional", "system_maintenance", name="holiday_type", create_type=False
)
NOTICE_CATEGORY = postgresql.ENUM(
    "evaluation_complete",
    "sla_reminder",
    "sla_breach",
    "subscription_expiring",
    "subscription_expired",
    "exam_limit_warning",
    "performance_report",
    "teacher_assignment",
    "parent_update",
    "page_request",
    "system_announcement",
    name="notice_category",
    create_type=False,
)
PLAN_NAME = postgresql.ENUM("basic", "premium_mcq", "premium", "centum", name="plan_name", create_type=False)
QUESTION_STATUS = postgresql.ENUM(
    "draft", "in_review", "active", "archived", name="question_status", create_type=False
)
QUESTION_TYPE = postgresql.ENUM(
    "MCQ", "ASSERTION_REASON", "VSA", "SA", "LA", "CASE_STUDY", name="question_type", create_type=False
)
RELATIONSHIP = postgresql.ENUM(
    "father", "mother", "guardian", "other", name="relationship", create_type=False
)
RETURN_REASON = postgresql.ENUM(
    "released", "lapsed", "reassigned", "overdue", "withdrawn", name="return_reason", create_type=False
)
ROLE = postgresql.ENUM("student", "parent", "teacher", "admin", name="role", create_type=False)
SUBSCRIPTION_STATE = postgresql.ENUM(
    "pending", "active", "expired", "cancelled", name="subscription_state", create_type=False
)
TIMER_STATE = postgresql.ENUM(
    "pending", "fired", "cancelled", "quarantined", name="timer_state", create_type=False
)

ENUMS = (
    ANNOTATION_KIND,
    CLASS_LEVEL,
    COGNITIVE_LEVEL,
    COURSE_LEVEL,
    DIFFICULTY,
    EVALUATION_STATE,
    EXAM_STATE,
    EXAM_TYPE,
    FLAG_REASON,
    HANDED_IN_BY,
    HOLIDAY_TYPE,
    NOTICE_CATEGORY,
    PLAN_NAME,
    QUESTION_STATUS,
    QUESTION_TYPE,
    RELATIONSHIP,
    RETURN_REASON,
    ROLE,
    SUBSCRIPTION_STATE,
    TIMER_STATE,
)

GUARD_FUNCTIONS = ("refuse_change", "guard_paper", "guard_question")

GUARDS = (
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'rows of % are append only', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ck_' || TG_TABLE_NAME || '_append_only';
    END $$
    """,
    """
    CREATE FUNCTION guard_paper() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR (NEW.exam_snapshot, NEW.exam_key, NEW.snapshot_schema, NEW.paper_sha256,
            NEW.key_sha256, NEW.written_numbers, NEW.choice_labels, NEW.seed, NEW.template_id, NEW.template_version, NEW.student_id)
            IS DISTINCT FROM (OLD.exam_snapshot, OLD.exam_key, OLD.snapshot_schema, OLD.paper_sha256,
            OLD.key_sha256, OLD.written_numbers, OLD.choice_labels, OLD.seed, OLD.template_id, OLD.template_version, OLD.student_id)
        THEN
            RAISE EXCEPTION 'a paper is frozen when it is drawn'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ck_exam_instances_paper_frozen';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION guard_question() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        moving CONSTANT text[] := ARRAY['status', 'is_current', 'uses', 'approved_by', 'approved_at', 'search'];
    BEGIN
        IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving) THEN
            RAISE EXCEPTION 'a version of a question never changes; an edit makes the next'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ck_questions_version_frozen';
        END IF;
        RETURN NEW;
    END $$
    """,
    *(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        for table in ("audit_logs", "audit_seals", "sla_events", "quota_ledger")
    ),
    *(
        f"CREATE TRIGGER {table}_not_truncated BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        for table in ("audit_logs", "audit_seals", "sla_events", "quota_ledger")
    ),
    # OF: saving a state must not read and compare the paper each time
    "CREATE TRIGGER exam_instances_paper_frozen BEFORE DELETE OR UPDATE OF exam_snapshot, exam_key, "
    "snapshot_schema, paper_sha256, key_sha256, written_numbers, choice_labels, seed, template_id, template_version, student_id "
    "ON exam_instances FOR EACH ROW EXECUTE FUNCTION guard_paper()",
    "CREATE TRIGGER questions_version_frozen BEFORE UPDATE OR DELETE ON questions "
    "FOR EACH ROW EXECUTE FUNCTION guard_question()",
)


def upgrade() -> None:
    op.execute("CREATE TYPE uuid_range AS RANGE (subtype = uuid)")
    for enum in ENUMS:
        enum.create(op.get_bind())
    op.create_table(
        "audit_logs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "transaction_id",
            sa.BigInteger(),
            server_default=sa.text("(pg_current_xact_id()::text)::bigint"),
            nullable=False,
            comment="of the act: sealing takes only transactions older than every running one",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True, comment="pseudonymous; NULL is the house itself"),
        sa.Column("actor_role", sa.Text(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("address", postgresql.INET(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False, comment="such as evaluation.completed"),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column(
            "changes",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="what was and what is, without personal data",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_logs")),
    )
    op.create_index("ix_audit_logs_action_id", "audit_logs", ["action", "id"], unique=False)
    op.create_index("ix_audit_logs_actor_id_id", "audit_logs", ["actor_id", "id"], unique=False)
    op.create_index("ix_audit_logs_subject", "audit_logs", ["subject_type", "subject_id", "id"], unique=False)
    op.create_index("ix_audit_logs_transaction", "audit_logs", ["transaction_id", "id"], unique=False)
    op.create_table(
        "audit_seals",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("from_transaction", sa.BigInteger(), nullable=False, comment="first transaction covered"),
        sa.Column("to_transaction", sa.BigInteger(), nullable=False, comment="first transaction not covered"),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("previous_digest", sa.LargeBinary(), nullable=False),
        sa.Column(
            "digest",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 over previous_digest and the rows in order",
        ),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("to_transaction > from_transaction", name=op.f("ck_audit_seals_range_not_empty")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_seals")),
        sa.UniqueConstraint("from_transaction", name=op.f("uq_audit_seals_from_transaction")),
        sa.UniqueConstraint("to_transaction", name=op.f("uq_audit_seals_to_transaction")),
    )
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_sha256", sa.LargeBinary(), nullable=False, comment="of method, path and body"),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True, comment="the answer, word for word"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("actor_id", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"], unique=False)
    op.create_table(
        "leases",
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("token", sa.BigInteger(), nullable=False, comment="rises with every claim and never falls"),
        sa.Column(
            "expires_at", sa.DateTime(timezone=True), nullable=False, comment="by the clock of the database"
        ),
        sa.CheckConstraint("token > 0", name=op.f("ck_leases_token_positive")),
        sa.PrimaryKeyConstraint("subject_type", "subject_id", name=op.f("pk_leases")),
    )
    op.create_index(
        "ix_leases_held_expires_at",
        "leases",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("holder_id IS NOT NULL"),
    )
    op.create_index("ix_leases_holder_id", "leases", ["holder_id"], unique=False)
    op.create_table(
        "outbox_messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "topic", sa.Text(), nullable=False, comment="a fact in the past tense, such as exam.handed_in"
        ),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "available_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="not before; moved on by back-off",
        ),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quarantined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "done_at IS NULL OR quarantined_at IS NULL", name=op.f("ck_outbox_messages_one_end")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_messages")),
    )
    op.create_index(
        "ix_outbox_messages_done_at",
        "outbox_messages",
        ["done_at"],
        unique=False,
        postgresql_where=sa.text("done_at IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_messages_open",
        "outbox_messages",
        ["available_at", "id"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL AND quarantined_at IS NULL"),
    )
    op.create_table(
        "sla_clocks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("budget", sa.Interval(), nullable=False, comment="working time promised"),
        sa.Column(
            "consumed",
            sa.Interval(),
            nullable=False,
            comment="working time used up to running_since, or for good when the clock does not run",
        ),
        sa.Column(
            "started_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="hand-in; it may begin to count later",
        ),
        sa.Column("running_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "paused_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="kept by a clock that stopped while paused",
        ),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "due_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="the promise as last derived, never pulled earlier; a paused clock keeps its last one",
        ),
        sa.Column("calendar_key", sa.Text(), nullable=False),
        sa.Column(
            "calendar_version",
            sa.BigInteger(),
            nullable=False,
            comment="of the calendar under which due_at was derived",
        ),
        sa.Column(
            "breached_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the breach was noted, once",
        ),
        sa.Column(
            "generation",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="rises whenever its timers are set anew; older ones are void",
        ),
        sa.Column(
            "log_length", sa.BigInteger(), server_default="0", nullable=False, comment="lines in sla_events"
        ),
        sa.CheckConstraint("budget > interval '0'", name=op.f("ck_sla_clocks_budget_positive")),
        sa.CheckConstraint("consumed >= interval '0'", name=op.f("ck_sla_clocks_consumed_not_negative")),
        sa.CheckConstraint(
            "(running_since IS NOT NULL) = (paused_at IS NULL AND stopped_at IS NULL)",
            name=op.f("ck_sla_clocks_runs_unless_paused_or_stopped"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_clocks")),
        sa.UniqueConstraint("subject_type", "subject_id", name=op.f("uq_sla_clocks_subject_type_subject_id")),
    )
    op.create_index(
        "ix_sla_clocks_open_calendar",
        "sla_clocks",
        ["calendar_key"],
        unique=False,
        postgresql_where=sa.text("stopped_at IS NULL"),
    )
    op.create_index(
        "ix_sla_clocks_open_due_at",
        "sla_clocks",
        ["due_at", "subject_id"],
        unique=False,
        postgresql_where=sa.text("stopped_at IS NULL"),
    )
    op.create_table(
        "subscription_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", PLAN_NAME, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("exams_per_month", sa.BigInteger(), nullable=False),
        sa.Column(
            "teacher_hours",
            sa.Numeric(precision=6, scale=2),
            nullable=True,
            comment="hours of a teacher a month; NULL: unlimited",
        ),
        sa.Column("exam_types", sa.ARRAY(EXAM_TYPE), nullable=False),
        sa.Column("mcq_only", sa.Boolean(), nullable=False),
        sa.Column("leaderboard", sa.Boolean(), nullable=False),
        sa.Column(
            "sla_policy",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment='{"unit": "working_day", "amount": 1}: the working time within which marks are owed',
        ),
        sa.Column("monthly_paise", sa.BigInteger(), nullable=False),
        sa.Column("yearly_paise", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(sla_policy ->> 'amount')::numeric > 0", name=op.f("ck_subscription_plans_sla_budget_positive")
        ),
        sa.CheckConstraint("exams_per_month >= 0", name=op.f("ck_subscription_plans_exams_not_negative")),
        sa.CheckConstraint(
            "monthly_paise >= 0 AND yearly_paise >= 0", name=op.f("ck_subscription_plans_prices_not_negative")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_plans")),
        sa.UniqueConstraint("name", name=op.f("uq_subscription_plans_name")),
    )
    op.create_table(
        "timers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("generation", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column(
            "due_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="the moment that was asked for; never moved",
        ),
        sa.Column(
            "available_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="not before; due_at, moved on by back-off",
        ),
        sa.Column("state", TIMER_STATE, server_default="pending", nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("fired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'fired') = (fired_at IS NOT NULL)", name=op.f("ck_timers_fired_iff_at")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_timers_attempts_not_negative")),
        sa.CheckConstraint("available_at >= due_at", name=op.f("ck_timers_available_when_due")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timers")),
        sa.UniqueConstraint(
            "subject_id", "kind", "generation", name=op.f("uq_timers_subject_id_kind_generation")
        ),
    )
    op.create_index(
        "ix_timers_pending_available_at",
        "timers",
        ["available_at"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("role", ROLE, nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("class_level", CLASS_LEVEL, nullable=True),
        sa.Column("course_level", COURSE_LEVEL, nullable=True),
        sa.Column(
            "extra_time_percent",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="of the paper's duration, for a student who is owed it",
        ),
        sa.Column(
            "may_mark",
            sa.ARRAY(CLASS_LEVEL),
            server_default="{}",
            nullable=False,
            comment="the classes a teacher may mark",
        ),
        sa.Column(
            "daily_cap",
            sa.BigInteger(),
            nullable=True,
            comment="scripts a day; NULL takes the configured cap",
        ),
        sa.Column("failed_sign_ins", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(class_level IS NOT DISTINCT FROM 'X') = (course_level IS NOT NULL)",
            name=op.f("ck_users_class_x_has_level"),
        ),
        sa.CheckConstraint(
            "(role = 'student') = (class_level IS NOT NULL)", name=op.f("ck_users_student_has_class")
        ),
        sa.CheckConstraint("role = 'teacher' OR may_mark = '{}'", name=op.f("ck_users_only_teachers_mark")),
        sa.CheckConstraint("extra_time_percent BETWEEN 0 AND 100", name=op.f("ck_users_extra_time_bounded")),
        sa.CheckConstraint("failed_sign_ins >= 0", name=op.f("ck_users_failed_sign_ins_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("id", "role", name=op.f("uq_users_id_role")),
    )
    op.create_index("ix_users_role_id", "users", ["role", "id"], unique=False)
    op.create_index("uq_users_email_lower", "users", [sa.literal_column("lower(email)")], unique=True)
    op.create_table(
        "working_calendars",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False, comment="national, or the state's, such as in-mh"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False, comment="IANA name"),
        sa.Column(
            "weekly_hours",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment='{"monday": [["09:00", "18:00"]], …}',
        ),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_working_calendars_version_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_calendars")),
        sa.UniqueConstraint("code", name=op.f("uq_working_calendars_code")),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("notice_version", sa.Text(), nullable=False, comment="which wording was shown"),
        sa.Column(
            "method", sa.Text(), nullable=False, comment="how the parent was verified, such as link_code"
        ),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= given_at", name=op.f("ck_consents_withdrawn_after_given")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["users.id"], name=op.f("fk_consents_parent_id")),
        sa.ForeignKeyConstraint(["student_id"], ["users.id"], name=op.f("fk_consents_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(
        "ix_consents_open_student_id",
        "consents",
        ["student_id"],
        unique=False,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index(
        "uq_consents_open",
        "consents",
        ["parent_id", "student_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "date_overrides",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column(
            "hours",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment='[["09:00", "13:00"]]; an empty list closes the day',
        ),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["working_calendars.id"], name=op.f("fk_date_overrides_calendar_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_overrides")),
        sa.UniqueConstraint("calendar_id", "date", name=op.f("uq_date_overrides_calendar_id_date")),
    )
    op.create_table(
        "exam_templates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False, comment="natural key, such as cbse-xii-board"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("exam_type", EXAM_TYPE, nullable=False),
        sa.Column("class_level", CLASS_LEVEL, nullable=False),
        sa.Column("course_level", COURSE_LEVEL, nullable=True),
        sa.Column("minutes", sa.BigInteger(), nullable=False, comment="time to answer"),
        sa.Column(
            "spec",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="the whole blueprint; see exams/assembly/spec.py",
        ),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(class_level = 'X') = (course_level IS NOT NULL)",
            name=op.f("ck_exam_templates_class_x_has_level"),
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_exam_templates_minutes_positive")),
        sa.CheckConstraint("version > 0", name=op.f("ck_exam_templates_version_positive")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_exam_templates_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_templates")),
        sa.UniqueConstraint("code", name=op.f("uq_exam_templates_code")),
    )
    op.create_table(
        "holidays",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", HOLIDAY_TYPE, nullable=False),
        sa.Column(
            "is_working_day",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="declares work on a day that is weekly off",
        ),
        sa.Column(
            "is_estimate",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="the date hangs on the moon and may move by a day",
        ),
        sa.Column("source", sa.Text(), nullable=False, comment="reference, admin, or an importer's name"),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL) OR source = 'reference'",
            name=op.f("ck_holidays_confirmed"),
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_holidays_name_given")),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["working_calendars.id"], name=op.f("fk_holidays_calendar_id")
        ),
        sa.ForeignKeyConstraint(["confirmed_by"], ["users.id"], name=op.f("fk_holidays_confirmed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holidays")),
        sa.UniqueConstraint("calendar_id", "date", "name", name=op.f("uq_holidays_calendar_id_date_name")),
    )
    op.create_table(
        "notifications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("category", NOTICE_CATEGORY, nullable=False),
        sa.Column("event_key", sa.Text(), nullable=False, comment="names the event; tells a person once"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notifications_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint("user_id", "event_key", name=op.f("uq_notifications_user_id_event_key")),
    )
    op.create_index("ix_notifications_user_id_id", "notifications", ["user_id", "id"], unique=False)
    op.create_table(
        "outbox_receipts",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox_messages.id"], name=op.f("fk_outbox_receipts_message_id")
        ),
        sa.PrimaryKeyConstraint("message_id", "consumer", name=op.f("pk_outbox_receipts")),
    )
    op.create_table(
        "parent_link_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(used_at IS NULL) = (used_by IS NULL)", name=op.f("ck_parent_link_codes_used_iff_by")
        ),
        sa.CheckConstraint("expires_at > issued_at", name=op.f("ck_parent_link_codes_ends_after_start")),
        sa.ForeignKeyConstraint(["student_id"], ["users.id"], name=op.f("fk_parent_link_codes_student_id")),
        sa.ForeignKeyConstraint(["used_by"], ["users.id"], name=op.f("fk_parent_link_codes_used_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parent_link_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_parent_link_codes_code_hash")),
    )
    op.create_index("ix_parent_link_codes_student_id", "parent_link_codes", ["student_id"], unique=False)
    op.create_table(
        "parent_student_mappings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=False),
        sa.Column("parent_role", ROLE, server_default="parent", nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("student_role", ROLE, server_default="student", nullable=False),
        sa.Column("relationship", RELATIONSHIP, nullable=False),
        sa.Column("is_primary", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "parent_role = 'parent'", name=op.f("ck_parent_student_mappings_parent_is_parent")
        ),
        sa.CheckConstraint(
            "student_role = 'student'", name=op.f("ck_parent_student_mappings_student_is_student")
        ),
        sa.CheckConstraint("parent_id <> student_id", name=op.f("ck_parent_student_mappings_no_self_link")),
        sa.ForeignKeyConstraint(
            ["parent_id", "parent_role"], ["users.id", "users.role"], name="fk_parent_student_mappings_parent"
        ),
        sa.ForeignKeyConstraint(
            ["student_id", "student_role"],
            ["users.id", "users.role"],
            name="fk_parent_student_mappings_student",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parent_student_mappings")),
        sa.UniqueConstraint(
            "parent_id", "student_id", name=op.f("uq_parent_student_mappings_parent_id_student_id")
        ),
    )
    op.create_index(
        "ix_parent_student_mappings_student_id", "parent_student_mappings", ["student_id"], unique=False
    )
    op.create_index(
        "uq_parent_student_mappings_primary",
        "parent_student_mappings",
        ["student_id"],
        unique=True,
        postgresql_where=sa.text("is_primary"),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False, comment="shared by all versions of one question"),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("is_current", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("code", sa.Text(), nullable=True, comment="natural key of an imported question"),
        sa.Column("type", QUESTION_TYPE, nullable=False),
        sa.Column("class_level", CLASS_LEVEL, nullable=False),
        sa.Column(
            "levels",
            postgresql.ARRAY(COURSE_LEVEL),
            server_default="{}",
            nullable=False,
            comment="class X: the papers it suits",
        ),
        sa.Column("unit", sa.Text(), nullable=False, comment="the board gives marks to units"),
        sa.Column("chapter", sa.Text(), nullable=False, comment="the board gives no marks to chapters"),
        sa.Column("marks", sa.BigInteger(), nullable=False),
        sa.Column("cognitive_level", COGNITIVE_LEVEL, nullable=False),
        sa.Column("difficulty", DIFFICULTY, nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("status", QUESTION_STATUS, server_default="draft", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False, comment="LaTeX between $ signs"),
        sa.Column("image_key", sa.Text(), nullable=True, comment="object storage key of a figure"),
        sa.Column(
            "choices",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
            comment='MCQ: [{"label": "A", "text": "…"}]',
        ),
        sa.Column("correct_choices", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("assertion", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("solution", sa.Text(), server_default="", nullable=False, comment="the model solution"),
        sa.Column(
            "scheme",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
            comment="steps with marks, alternative methods, follow-through",
        ),
        sa.Column(
            "parts",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
            comment="case study: label, marks, text, solution, scheme, alternative",
        ),
        sa.Column(
            "pattern",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="case study: marks of its parts, such as 1+1+2",
        ),
        sa.Column(
            "uses",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="papers it has been drawn into",
        ),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed(
                "to_tsvector('english', coalesce(code, '') || ' ' || unit || ' ' || chapter || ' ' || text || ' ' || coalesce(assertion, '') || ' ' || coalesce(reason, ''))",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(class_level = 'X') = (cardinality(levels) > 0)", name=op.f("ck_questions_class_x_has_levels")
        ),
        sa.CheckConstraint(
            "(status = 'active') <= (approved_at IS NOT NULL)", name=op.f("ck_questions_active_is_approved")
        ),
        sa.CheckConstraint(
            "(type = 'CASE_STUDY') = (jsonb_array_length(parts) > 0)",
            name=op.f("ck_questions_case_study_has_parts"),
        ),
        sa.CheckConstraint(
            "text <> '' OR image_key IS NOT NULL OR assertion IS NOT NULL",
            name=op.f("ck_questions_text_or_image"),
        ),
        sa.CheckConstraint(
            "type <> 'ASSERTION_REASON' OR (assertion IS NOT NULL AND reason IS NOT NULL AND cardinality(correct_choices) = 1 AND correct_choices <@ ARRAY['A', 'B', 'C', 'D'])",
            name=op.f("ck_questions_assertion_has_reason"),
        ),
        sa.CheckConstraint(
            "type <> 'MCQ' OR (jsonb_array_length(choices) >= 2 AND cardinality(correct_choices) >= 1 AND jsonb_path_query_array(choices, '$[*].label') @> to_jsonb(correct_choices))",
            name=op.f("ck_questions_key_among_choices"),
        ),
        sa.CheckConstraint("marks BETWEEN 1 AND 6", name=op.f("ck_questions_marks_known")),
        sa.CheckConstraint("uses >= 0", name=op.f("ck_questions_uses_not_negative")),
        sa.CheckConstraint("version > 0", name=op.f("ck_questions_version_positive")),
        sa.ForeignKeyConstraint(["approved_by"], ["users.id"], name=op.f("fk_questions_approved_by")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_questions_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("question_id", "version", name=op.f("uq_questions_question_id_version")),
    )
    op.create_index(
        "ix_questions_cell",
        "questions",
        ["class_level", "type", "unit", "uses", "id"],
        unique=False,
        postgresql_where=sa.text("is_current AND status = 'active'"),
    )
    op.create_index(
        "ix_questions_current_id", "questions", ["id"], unique=False, postgresql_where=sa.text("is_current")
    )
    op.create_index(
        "ix_questions_current_status",
        "questions",
        ["class_level", "status", "id"],
        unique=False,
        postgresql_where=sa.text("is_current"),
    )
    op.create_index("ix_questions_search", "questions", ["search"], unique=False, postgresql_using="gin")
    op.create_index("ix_questions_tags", "questions", ["tags"], unique=False, postgresql_using="gin")
    op.create_index(
        "uq_questions_code_current",
        "questions",
        ["code"],
        unique=True,
        postgresql_where=sa.text("is_current AND code IS NOT NULL"),
    )
    op.create_index(
        "uq_questions_current",
        "questions",
        ["question_id"],
        unique=True,
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "sla_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False, comment="1, 2, 3 … within the clock"),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="of the ledger: started, paused, resumed, recomputed, stopped; beside it: warned, breached",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consumed", sa.Interval(), nullable=False, comment="working time used after this event"),
        sa.Column(
            "due_before",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL: there was no promise before",
        ),
        sa.Column("due_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("calendar_version", sa.BigInteger(), nullable=False),
        sa.Column(
            "reason",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="in a word; of a warning, its threshold",
        ),
        sa.ForeignKeyConstraint(["clock_id"], ["sla_clocks.id"], name=op.f("fk_sla_events_clock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_events")),
        sa.UniqueConstraint("clock_id", "position", name=op.f("uq_sla_events_clock_id_position")),
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("state", SUBSCRIPTION_STATE, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False, comment="the first day that is not covered"),
        sa.Column("billing_day", sa.BigInteger(), nullable=False, comment="of the month, in Asia/Kolkata"),
        sa.Column(
            "price_paise",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="agreed at subscribing",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        postgresql.ExcludeConstraint(
            (sa.literal_column("uuid_range(student_id, student_id, '[]')"), "&&"),
            (sa.literal_column("daterange(starts_on, ends_on)"), "&&"),
            where=sa.text("state IN ('pending', 'active')"),
            using="gist",
            name="ex_subscriptions_no_overlap",
        ),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)",
            name=op.f("ck_subscriptions_cancelled_iff_at"),
        ),
        sa.CheckConstraint(
            "billing_day BETWEEN 1 AND 28", name=op.f("ck_subscriptions_billing_day_in_every_month")
        ),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_subscriptions_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["subscription_plans.id"], name=op.f("fk_subscriptions_plan_id")
        ),
        sa.ForeignKeyConstraint(["student_id"], ["users.id"], name=op.f("fk_subscriptions_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
    )
    op.create_index(
        "ix_subscriptions_active_ends_on",
        "subscriptions",
        ["ends_on"],
        unique=False,
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_index("ix_subscriptions_student_id_id", "subscriptions", ["student_id", "id"], unique=False)
    op.create_table(
        "system_config",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("version > 0", name=op.f("ck_system_config_version_positive")),
        sa.ForeignKeyConstraint(["updated_by"], ["users.id"], name=op.f("fk_system_config_updated_by")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_system_config")),
    )
    op.create_table(
        "user_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "revoke_reason", sa.Text(), nullable=True, comment="signed_out, reuse, by_user, by_admin, locked"
        ),
        sa.Column("user_agent", sa.Text(), server_default="", nullable=False),
        sa.Column("address", postgresql.INET(), nullable=True),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_user_sessions_ends_after_start")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_sessions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_sessions")),
    )
    op.create_index(
        "ix_user_sessions_open_user_id",
        "user_sessions",
        ["user_id"],
        unique=False,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "exam_instances",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False, comment="short code that people read out"),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("template_version", sa.BigInteger(), nullable=False),
        sa.Column("exam_type", EXAM_TYPE, nullable=False),
        sa.Column("class_level", CLASS_LEVEL, nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("state", EXAM_STATE, nullable=False),
        sa.Column(
            "sla_policy",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="the plan's promise on the day of the draw",
        ),
        sa.Column(
            "exam_snapshot",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="the paper as the student sees it",
        ),
        sa.Column(
            "exam_key",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="key, solutions and schemes: never part of a student's response",
        ),
        sa.Column(
            "snapshot_schema", sa.BigInteger(), nullable=False, comment="schema version of paper and key"
        ),
        sa.Column("paper_sha256", sa.LargeBinary(), nullable=False, comment="of the paper's canonical JSON"),
        sa.Column("key_sha256", sa.LargeBinary(), nullable=False, comment="of the key's canonical JSON"),
        sa.Column(
            "written_numbers",
            sa.ARRAY(sa.Integer()),
            nullable=False,
            comment="numbers of the questions that are answered on sheets",
        ),
        sa.Column(
            "choice_labels",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment='{"1": ["A", "B", "C", "D"]}: what can be chosen where, without reading the paper',
        ),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("extra_minutes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "answering_ends_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="start + minutes + extra minutes",
        ),
        sa.Column(
            "accepts_until", sa.DateTime(timezone=True), nullable=True, comment="answering_ends_at + grace"
        ),
        sa.Column("upload_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_in_by", HANDED_IN_BY, nullable=True),
        sa.Column("evaluated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("abandoned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("possible_score", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("mcq_score", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("manual_score", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("total_score", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("percentage", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(exam_type = 'unit_practice') = (unit IS NOT NULL)",
            name=op.f("ck_exam_instances_unit_practice_names_unit"),
        ),
        sa.CheckConstraint(
            "(state = 'abandoned') = (abandoned_at IS NOT NULL)",
            name=op.f("ck_exam_instances_abandoned_iff_at"),
        ),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)",
            name=op.f("ck_exam_instances_published_iff_at"),
        ),
        sa.CheckConstraint(
            "(state = 'voided') = (voided_at IS NOT NULL)", name=op.f("ck_exam_instances_voided_iff_at")
        ),
        sa.CheckConstraint(
            "NOT (state IN ('evaluated', 'published')) OR total_score IS NOT NULL",
            name=op.f("ck_exam_instances_scored_has_total"),
        ),
        sa.CheckConstraint(
            "state <> 'created' OR started_at IS NULL", name=op.f("ck_exam_instances_created_not_started")
        ),
        sa.CheckConstraint(
            "state = 'voided' OR (state IN ('handed_in', 'under_evaluation', 'evaluated', 'published')) = (handed_in_at IS NOT NULL)",
            name=op.f("ck_exam_instances_handed_in_iff_at"),
        ),
        sa.CheckConstraint(
            "state IN ('created', 'voided') OR started_at IS NOT NULL",
            name=op.f("ck_exam_instances_started_has_time"),
        ),
        sa.CheckConstraint(
            "(handed_in_at IS NULL) = (handed_in_by IS NULL)", name=op.f("ck_exam_instances_handed_in_iff_by")
        ),
        sa.CheckConstraint(
            "(started_at IS NULL) = (answering_ends_at IS NULL) AND (started_at IS NULL) = (accepts_until IS NULL)",
            name=op.f("ck_exam_instances_times_iff_started"),
        ),
        sa.CheckConstraint(
            "accepts_until >= answering_ends_at", name=op.f("ck_exam_instances_grace_after_end")
        ),
        sa.CheckConstraint(
            "handed_in_at > started_at", name=op.f("ck_exam_instances_handed_in_after_started")
        ),
        sa.CheckConstraint(
            "length(paper_sha256) = 32 AND length(key_sha256) = 32",
            name=op.f("ck_exam_instances_hashes_whole"),
        ),
        sa.CheckConstraint(
            "mcq_score >= 0 AND manual_score >= 0 AND total_score >= 0",
            name=op.f("ck_exam_instances_scores_not_negative"),
        ),
        sa.CheckConstraint(
            "minutes > 0 AND extra_minutes >= 0", name=op.f("ck_exam_instances_time_positive")
        ),
        sa.CheckConstraint("percentage BETWEEN 0 AND 100", name=op.f("ck_exam_instances_percentage_range")),
        sa.CheckConstraint(
            "total_score <= possible_score", name=op.f("ck_exam_instances_total_within_possible")
        ),
        sa.ForeignKeyConstraint(["student_id"], ["users.id"], name=op.f("fk_exam_instances_student_id")),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name=op.f("fk_exam_instances_subscription_id")
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["exam_templates.id"], name=op.f("fk_exam_instances_template_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_instances")),
        sa.UniqueConstraint("code", name=op.f("uq_exam_instances_code")),
    )
    op.create_index(
        "ix_exam_instances_open_state",
        "exam_instances",
        ["state", "id"],
        unique=False,
        postgresql_where=sa.text("state <> 'published'"),
    )
    op.create_index("ix_exam_instances_student_id_id", "exam_instances", ["student_id", "id"], unique=False)
    op.create_index(
        "uq_exam_instances_active",
        "exam_instances",
        ["student_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('created', 'in_progress', 'uploading')"),
    )
    op.create_table(
        "quota_periods",
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("allowed", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("period_end > period_start", name=op.f("ck_quota_periods_ends_after_start")),
        sa.CheckConstraint("used BETWEEN 0 AND allowed", name=op.f("ck_quota_periods_used_within_allowed")),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name=op.f("fk_quota_periods_subscription_id")
        ),
        sa.PrimaryKeyConstraint("subscription_id", "period_start", name=op.f("pk_quota_periods")),
    )
    op.create_table(
        "refresh_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, comment="SHA-256"),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["user_sessions.id"], name=op.f("fk_refresh_tokens_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_refresh_tokens_token_hash")),
    )
    op.create_index("ix_refresh_tokens_session_id", "refresh_tokens", ["session_id"], unique=False)
    op.create_table(
        "evaluations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), server_default="1", nullable=False),
        sa.Column("class_level", CLASS_LEVEL, nullable=False),
        sa.Column("state", EVALUATION_STATE, nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column(
            "due_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="mirror of the SLA clock's; NULL while it stands",
        ),
        sa.Column("expected_minutes", sa.Integer(), nullable=False, comment="of a teacher's work"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "total",
            sa.Numeric(precision=6, scale=2),
            nullable=True,
            comment="sum of the question marks, at completion",
        ),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(state = 'on_hold') = (held_at IS NOT NULL)", name=op.f("ck_evaluations_on_hold_iff_at")
        ),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_evaluations_published_iff_at")
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f("ck_evaluations_withdrawn_iff_at")
        ),
        sa.CheckConstraint(
            "CASE WHEN state = 'withdrawn' THEN true ELSE (state IN ('completed', 'published')) = (completed_at IS NOT NULL) END",
            name=op.f("ck_evaluations_completed_iff_at"),
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'withdrawn') OR teacher_id IS NOT NULL",
            name=op.f("ck_evaluations_worked_on_has_teacher"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('queued') OR teacher_id IS NULL", name=op.f("ck_evaluations_queued_has_no_teacher")
        ),
        sa.CheckConstraint("expected_minutes > 0", name=op.f("ck_evaluations_expected_minutes_positive")),
        sa.CheckConstraint("round > 0", name=op.f("ck_evaluations_round_positive")),
        sa.ForeignKeyConstraint(["exam_id"], ["exam_instances.id"], name=op.f("fk_evaluations_exam_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["users.id"], name=op.f("fk_evaluations_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluations")),
        sa.UniqueConstraint("exam_id", "round", name=op.f("uq_evaluations_exam_id_round")),
    )
    op.create_index(
        "ix_evaluations_open_due_at",
        "evaluations",
        ["due_at", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('queued', 'assigned', 'in_progress', 'on_hold')"),
    )
    op.create_index(
        "ix_evaluations_queue",
        "evaluations",
        ["class_level", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index("ix_evaluations_teacher_id_id", "evaluations", ["teacher_id", "id"], unique=False)
    op.create_index(
        "uq_evaluations_open",
        "evaluations",
        ["exam_id", "round"],
        unique=True,
        postgresql_where=sa.text("state IN ('queued', 'assigned', 'in_progress', 'on_hold')"),
    )
    op.create_table(
        "exam_questions",
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_alternative", sa.Boolean(), nullable=False, comment="the OR partner"),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["exam_id"], ["exam_instances.id"], name=op.f("fk_exam_questions_exam_id")),
        sa.PrimaryKeyConstraint("exam_id", "number", "is_alternative", name=op.f("pk_exam_questions")),
    )
    op.create_index(
        "ix_exam_questions_question_id_version", "exam_questions", ["question_id", "version"], unique=False
    )
    op.create_index(
        "ix_exam_questions_student_id_question_id",
        "exam_questions",
        ["student_id", "question_id"],
        unique=False,
    )
    op.create_table(
        "quota_ledger",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("exam_id", sa.Uuid(), nullable=False, comment="the exam instance that it was taken for"),
        sa.Column("delta", sa.BigInteger(), nullable=False, comment="1 taken, -1 given back"),
        sa.Column("reason", sa.Text(), nullable=False, comment="started, voided, breached"),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("delta IN (-1, 1)", name=op.f("ck_quota_ledger_delta_is_one")),
        sa.ForeignKeyConstraint(
            ["subscription_id", "period_start"],
            ["quota_periods.subscription_id", "quota_periods.period_start"],
            name="fk_quota_ledger_period",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_ledger")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_quota_ledger_idempotency_key")),
    )
    op.create_index("ix_quota_ledger_exam_id", "quota_ledger", ["exam_id"], unique=False)
    op.create_index(
        "ix_quota_ledger_period", "quota_ledger", ["subscription_id", "period_start"], unique=False
    )
    op.create_table(
        "student_mcq_answers",
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("question_number", sa.Integer(), nullable=False),
        sa.Column(
            "choices", sa.ARRAY(sa.Text()), nullable=False, comment="empty: the student took the answer back"
        ),
        sa.Column("marked_for_review", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "sequence",
            sa.BigInteger(),
            nullable=False,
            comment="rises with each change on the student's device",
        ),
        sa.Column(
            "answered_at", sa.DateTime(timezone=True), nullable=False, comment="when the student made it"
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False, comment="when the server took it"),
        sa.Column("marks_awarded", sa.Numeric(precision=6, scale=2), nullable=True, comment="set at hand-in"),
        sa.CheckConstraint(
            "marks_awarded BETWEEN 0 AND 6", name=op.f("ck_student_mcq_answers_marks_bounded")
        ),
        sa.CheckConstraint("sequence > 0", name=op.f("ck_student_mcq_answers_sequence_positive")),
        sa.ForeignKeyConstraint(
            ["exam_id"], ["exam_instances.id"], name=op.f("fk_student_mcq_answers_exam_id")
        ),
        sa.PrimaryKeyConstraint("exam_id", "question_number", name=op.f("pk_student_mcq_answers")),
    )
    op.create_table(
        "unanswered_questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("question_number", sa.Integer(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "declared_by",
            HANDED_IN_BY,
            server_default="student",
            nullable=False,
            comment="timer: found on no sheet at the end",
        ),
        sa.ForeignKeyConstraint(
            ["exam_id"], ["exam_instances.id"], name=op.f("fk_unanswered_questions_exam_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered_questions")),
        sa.UniqueConstraint(
            "exam_id", "question_number", name=op.f("uq_unanswered_questions_exam_id_question_number")
        ),
    )
    op.create_table(
        "upload_slots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column(
            "page_request_id",
            sa.Uuid(),
            nullable=True,
            comment="the request that the file answers, after hand-in",
        ),
        sa.Column("page_number", sa.Integer(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(sha256) = 32", name=op.f("ck_upload_slots_hash_whole")),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_upload_slots_size_positive")),
        sa.ForeignKeyConstraint(["exam_id"], ["exam_instances.id"], name=op.f("fk_upload_slots_exam_id")),
        sa.ForeignKeyConstraint(
            ["page_request_id"],
            ["page_requests.id"],
            name=op.f("fk_upload_slots_page_request_id"),
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_slots")),
        sa.UniqueConstraint("object_key", name=op.f("uq_upload_slots_object_key")),
    )
    op.create_index("ix_upload_slots_exam_id", "upload_slots", ["exam_id"], unique=False)
    op.create_table(
        "answer_sheet_uploads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("slot_id", sa.Uuid(), nullable=False),
        sa.Column("page_number", sa.Integer(), nullable=False, comment="order in which the teacher reads"),
        sa.Column("page_in_file", sa.Integer(), nullable=False, comment="1, or the page of a PDF"),
        sa.Column(
            "question_numbers",
            sa.ARRAY(sa.Integer()),
            server_default="{}",
            nullable=False,
            comment="the questions answered on this page",
        ),
        sa.Column("original_key", sa.Text(), nullable=False, comment="the bytes as they came"),
        sa.Column("media_type", sa.Text(), nullable=False, comment="as sniffed, never as claimed"),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False, comment="of the original bytes"),
        sa.Column(
            "view_sha256", sa.LargeBinary(), nullable=False, comment="of the full view: names duplicates"
        ),
        sa.Column("full_key", sa.Text(), nullable=False),
        sa.Column("half_key", sa.Text(), nullable=False),
        sa.Column("thumbnail_key", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False, comment="of the full view, pixels"),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("sharpness", sa.Double(), nullable=False, comment="variance of the Laplacian"),
        sa.Column("brightness", sa.Double(), nullable=False, comment="mean, 0 to 255"),
        sa.Column("is_blurred", sa.Boolean(), nullable=False),
        sa.Column("is_dark", sa.Boolean(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "superseded_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when another page took its place",
        ),
        sa.CheckConstraint("length(sha256) = 32", name=op.f("ck_answer_sheet_uploads_hash_whole")),
        sa.CheckConstraint("page_number > 0", name=op.f("ck_answer_sheet_uploads_page_positive")),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_answer_sheet_uploads_size_positive")),
        sa.CheckConstraint(
            "width > 0 AND height > 0", name=op.f("ck_answer_sheet_uploads_dimensions_positive")
        ),
        sa.ForeignKeyConstraint(
            ["exam_id"], ["exam_instances.id"], name=op.f("fk_answer_sheet_uploads_exam_id")
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["upload_slots.id"], name=op.f("fk_answer_sheet_uploads_slot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_sheet_uploads")),
    )
    op.create_index("ix_answer_sheet_uploads_exam_id", "answer_sheet_uploads", ["exam_id"], unique=False)
    op.create_index(
        "uq_answer_sheet_uploads_page",
        "answer_sheet_uploads",
        ["exam_id", "page_number"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "evaluation_assignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
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
        "ix_evaluation_assignments_evaluation_id", "evaluation_assignments", ["evaluation_id"], unique=False
    )
    op.create_index(
        "ix_evaluation_assignments_teacher_id_assigned_at",
        "evaluation_assignments",
        ["teacher_id", "assigned_at"],
        unique=False,
    )
    op.create_index(
        "uq_evaluation_assignments_standing",
        "evaluation_assignments",
        ["evaluation_id"],
        unique=True,
        postgresql_where=sa.text("returned_at IS NULL"),
    )
    op.create_table(
        "mark_conflicts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("question_number", sa.Integer(), nullable=False),
        sa.Column(
            "sent",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="the save that lost, whole",
        ),
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
        "ix_mark_conflicts_question", "mark_conflicts", ["evaluation_id", "question_number"], unique=False
    )
    op.create_table(
        "question_marks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("question_number", sa.Integer(), nullable=False),
        sa.Column(
            "awarded",
            sa.Numeric(precision=6, scale=2),
            nullable=False,
            comment="of the better alternative when both were attempted",
        ),
        sa.Column("possible", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column(
            "not_attempted",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="nothing there, not a zero",
        ),
        sa.Column(
            "counted",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
            comment="by part, the alternative that counts; the other is struck",
        ),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=True, comment="NULL: declared unanswered"),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "NOT not_attempted OR awarded = 0", name=op.f("ck_question_marks_not_attempted_scores_zero")
        ),
        sa.CheckConstraint("awarded * 2 = trunc(awarded * 2)", name=op.f("ck_question_marks_halves_only")),
        sa.CheckConstraint(
            "awarded BETWEEN 0 AND possible", name=op.f("ck_question_marks_awarded_within_possible")
        ),
        sa.CheckConstraint("possible > 0", name=op.f("ck_question_marks_possible_positive")),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluations.id"], name=op.f("fk_question_marks_evaluation_id")
        ),
        sa.ForeignKeyConstraint(["marked_by"], ["users.id"], name=op.f("fk_question_marks_marked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_marks")),
        sa.UniqueConstraint(
            "evaluation_id", "question_number", name=op.f("uq_question_marks_evaluation_id_question_number")
        ),
    )
    op.create_table(
        "annotations",
        sa.Column("id", sa.Uuid(), nullable=False, comment="made by the client: saving twice is harmless"),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("kind", ANNOTATION_KIND, nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.Column(
            "points",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
            comment="ink: strokes of integers on a 0..10000 grid of the page",
        ),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("question_number", sa.Integer(), nullable=True),
        sa.Column(
            "marks",
            sa.Numeric(precision=6, scale=2),
            nullable=True,
            comment="what the stamp stands for, when it carries marks",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "kind <> 'ink' OR jsonb_array_length(points) > 0", name=op.f("ck_annotations_ink_has_points")
        ),
        sa.CheckConstraint("kind <> 'text' OR text <> ''", name=op.f("ck_annotations_text_has_words")),
        sa.CheckConstraint(
            "x BETWEEN 0 AND 1 AND y BETWEEN 0 AND 1", name=op.f("ck_annotations_on_the_page")
        ),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluations.id"], name=op.f("fk_annotations_evaluation_id")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["answer_sheet_uploads.id"], name=op.f("fk_annotations_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotations")),
    )
    op.create_index(
        "ix_annotations_live",
        "annotations",
        ["evaluation_id", "sheet_id"],
        unique=False,
        postgresql_where=sa.text("erased_at IS NULL"),
    )
    op.create_table(
        "page_flags",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("reason", FLAG_REASON, nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answer_by",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="seven days on, marking goes on without the page",
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "settled_sheet_id",
            sa.Uuid(),
            nullable=True,
            comment="the page that came instead; NULL: none came",
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) <= (settled_sheet_id IS NULL)", name=op.f("ck_page_flags_settled_has_time")
        ),
        sa.CheckConstraint("answer_by > raised_at", name=op.f("ck_page_flags_answer_by_ahead")),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluations.id"], name=op.f("fk_page_flags_evaluation_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_sheet_id"], ["answer_sheet_uploads.id"], name=op.f("fk_page_flags_settled_sheet_id")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["answer_sheet_uploads.id"], name=op.f("fk_page_flags_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_flags")),
    )
    op.create_index("ix_page_flags_evaluation_id", "page_flags", ["evaluation_id"], unique=False)
    op.create_index(
        "uq_page_flags_open",
        "page_flags",
        ["evaluation_id", "sheet_id"],
        unique=True,
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "page_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replacement_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (replacement_id IS NULL)",
            name=op.f("ck_page_requests_answered_iff_replaced"),
        ),
        sa.CheckConstraint("answer_by > requested_at", name=op.f("ck_page_requests_time_to_answer")),
        sa.CheckConstraint("replacement_id <> sheet_id", name=op.f("ck_page_requests_replaced_by_another")),
        sa.ForeignKeyConstraint(["exam_id"], ["exam_instances.id"], name=op.f("fk_page_requests_exam_id")),
        sa.ForeignKeyConstraint(
            ["replacement_id"], ["answer_sheet_uploads.id"], name=op.f("fk_page_requests_replacement_id")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["answer_sheet_uploads.id"], name=op.f("fk_page_requests_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_requests")),
    )
    op.create_index("ix_page_requests_exam_id", "page_requests", ["exam_id"], unique=False)
    op.create_index(
        "uq_page_requests_open_sheet",
        "page_requests",
        ["sheet_id"],
        unique=True,
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.create_table(
        "step_marks",
        sa.Column("question_mark_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False, comment="label of a case-study part, else empty"),
        sa.Column("alternative", sa.Text(), nullable=False, comment="first or second of an OR"),
        sa.Column(
            "method",
            sa.Integer(),
            nullable=False,
            comment="0: the scheme's own method; n: its n-th alternative method",
        ),
        sa.Column("step", sa.Integer(), nullable=False, comment="1, 2, 3 … in the scheme"),
        sa.Column("awarded", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("possible", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.CheckConstraint("awarded * 2 = trunc(awarded * 2)", name=op.f("ck_step_marks_halves_only")),
        sa.CheckConstraint(
            "awarded BETWEEN 0 AND possible", name=op.f("ck_step_marks_awarded_within_possible")
        ),
        sa.ForeignKeyConstraint(
            ["question_mark_id"],
            ["question_marks.id"],
            name=op.f("fk_step_marks_question_mark_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "question_mark_id", "part", "alternative", "method", "step", name=op.f("pk_step_marks")
        ),
    )
    # slots, sheets and page requests point at each other in a ring: one link is tied last
    op.create_foreign_key(
        "fk_upload_slots_page_request_id", "upload_slots", "page_requests", ["page_request_id"], ["id"]
    )
    for statement in GUARDS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_constraint("fk_upload_slots_page_request_id", "upload_slots")
    op.drop_table("step_marks")
    op.drop_index(
        "uq_page_requests_open_sheet",
        table_name="page_requests",
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.drop_index("ix_page_requests_exam_id", table_name="page_requests")
    op.drop_table("page_requests")
    op.drop_index(
        "uq_page_flags_open", table_name="page_flags", postgresql_where=sa.text("settled_at IS NULL")
    )
    op.drop_index("ix_page_flags_evaluation_id", table_name="page_flags")
    op.drop_table("page_flags")
    op.drop_index(
        "ix_annotations_live", table_name="annotations", postgresql_where=sa.text("erased_at IS NULL")
    )
    op.drop_table("annotations")
    op.drop_table("question_marks")
    op.drop_index("ix_mark_conflicts_question", table_name="mark_conflicts")
    op.drop_table("mark_conflicts")
    op.drop_index(
        "uq_evaluation_assignments_standing",
        table_name="evaluation_assignments",
        postgresql_where=sa.text("returned_at IS NULL"),
    )
    op.drop_index("ix_evaluation_assignments_teacher_id_assigned_at", table_name="evaluation_assignments")
    op.drop_index("ix_evaluation_assignments_evaluation_id", table_name="evaluation_assignments")
    op.drop_table("evaluation_assignments")
    op.drop_index(
        "uq_answer_sheet_uploads_page",
        table_name="answer_sheet_uploads",
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.drop_index("ix_answer_sheet_uploads_exam_id", table_name="answer_sheet_uploads")
    op.drop_table("answer_sheet_uploads")
    op.drop_index("ix_upload_slots_exam_id", table_name="upload_slots")
    op.drop_table("upload_slots")
    op.drop_table("unanswered_questions")
    op.drop_table("student_mcq_answers")
    op.drop_index("ix_quota_ledger_period", table_name="quota_ledger")
    op.drop_index("ix_quota_ledger_exam_id", table_name="quota_ledger")
    op.drop_table("quota_ledger")
    op.drop_index("ix_exam_questions_student_id_question_id", table_name="exam_questions")
    op.drop_index("ix_exam_questions_question_id_version", table_name="exam_questions")
    op.drop_table("exam_questions")
    op.drop_index(
        "uq_evaluations_open",
        table_name="evaluations",
        postgresql_where=sa.text("state IN ('queued', 'assigned', 'in_progress', 'on_hold')"),
    )
    op.drop_index("ix_evaluations_teacher_id_id", table_name="evaluations")
    op.drop_index(
        "ix_evaluations_queue", table_name="evaluations", postgresql_where=sa.text("state = 'queued'")
    )
    op.drop_index(
        "ix_evaluations_open_due_at",
        table_name="evaluations",
        postgresql_where=sa.text("state IN ('queued', 'assigned', 'in_progress', 'on_hold')"),
    )
    op.drop_table("evaluations")
    op.drop_index("ix_refresh_tokens_session_id", table_name="refresh_tokens")
    op.drop_table("refresh_tokens")
    op.drop_table("quota_periods")
    op.drop_index(
        "uq_exam_instances_active",
        table_name="exam_instances",
        postgresql_where=sa.text("state IN ('created', 'in_progress', 'uploading')"),
    )
    op.drop_index("ix_exam_instances_student_id_id", table_name="exam_instances")
    op.drop_index(
        "ix_exam_instances_open_state",
        table_name="exam_instances",
        postgresql_where=sa.text("state <> 'published'"),
    )
    op.drop_table("exam_instances")
    op.drop_index(
        "ix_user_sessions_open_user_id",
        table_name="user_sessions",
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.drop_table("user_sessions")
    op.drop_table("system_config")
    op.drop_index("ix_subscriptions_student_id_id", table_name="subscriptions")
    op.drop_index(
        "ix_subscriptions_active_ends_on",
        table_name="subscriptions",
        postgresql_where=sa.text("state = 'active'"),
    )
    op.drop_table("subscriptions")
    op.drop_table("sla_events")
    op.drop_index("uq_questions_current", table_name="questions", postgresql_where=sa.text("is_current"))
    op.drop_index(
        "uq_questions_code_current",
        table_name="questions",
        postgresql_where=sa.text("is_current AND code IS NOT NULL"),
    )
    op.drop_index("ix_questions_tags", table_name="questions", postgresql_using="gin")
    op.drop_index("ix_questions_search", table_name="questions", postgresql_using="gin")
    op.drop_index(
        "ix_questions_current_status", table_name="questions", postgresql_where=sa.text("is_current")
    )
    op.drop_index("ix_questions_current_id", table_name="questions", postgresql_where=sa.text("is_current"))
    op.drop_index(
        "ix_questions_cell",
        table_name="questions",
        postgresql_where=sa.text("is_current AND status = 'active'"),
    )
    op.drop_table("questions")
    op.drop_index(
        "uq_parent_student_mappings_primary",
        table_name="parent_student_mappings",
        postgresql_where=sa.text("is_primary"),
    )
    op.drop_index("ix_parent_student_mappings_student_id", table_name="parent_student_mappings")
    op.drop_table("parent_student_mappings")
    op.drop_index("ix_parent_link_codes_student_id", table_name="parent_link_codes")
    op.drop_table("parent_link_codes")
    op.drop_table("outbox_receipts")
    op.drop_index("ix_notifications_user_id_id", table_name="notifications")
    op.drop_table("notifications")
    op.drop_table("holidays")
    op.drop_table("exam_templates")
    op.drop_table("date_overrides")
    op.drop_index("uq_consents_open", table_name="consents", postgresql_where=sa.text("withdrawn_at IS NULL"))
    op.drop_index(
        "ix_consents_open_student_id", table_name="consents", postgresql_where=sa.text("withdrawn_at IS NULL")
    )
    op.drop_table("consents")
    op.drop_table("working_calendars")
    op.drop_index("uq_users_email_lower", table_name="users")
    op.drop_index("ix_users_role_id", table_name="users")
    op.drop_table("users")
    op.drop_index(
        "ix_timers_pending_available_at", table_name="timers", postgresql_where=sa.text("state = 'pending'")
    )
    op.drop_table("timers")
    op.drop_table("subscription_plans")
    op.drop_index(
        "ix_sla_clocks_open_due_at", table_name="sla_clocks", postgresql_where=sa.text("stopped_at IS NULL")
    )
    op.drop_index(
        "ix_sla_clocks_open_calendar", table_name="sla_clocks", postgresql_where=sa.text("stopped_at IS NULL")
    )
    op.drop_table("sla_clocks")
    op.drop_index(
        "ix_outbox_messages_open",
        table_name="outbox_messages",
        postgresql_where=sa.text("done_at IS NULL AND quarantined_at IS NULL"),
    )
    op.drop_index(
        "ix_outbox_messages_done_at",
        table_name="outbox_messages",
        postgresql_where=sa.text("done_at IS NOT NULL"),
    )
    op.drop_table("outbox_messages")
    op.drop_index("ix_leases_holder_id", table_name="leases")
    op.drop_index(
        "ix_leases_held_expires_at", table_name="leases", postgresql_where=sa.text("holder_id IS NOT NULL")
    )
    op.drop_table("leases")
    op.drop_index("ix_idempotency_keys_created_at", table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_table("heartbeats")
    op.drop_table("audit_seals")
    op.drop_index("ix_audit_logs_transaction", table_name="audit_logs")
    op.drop_index("ix_audit_logs_subject", table_name="audit_logs")
    op.drop_index("ix_audit_logs_actor_id_id", table_name="audit_logs")
    op.drop_index("ix_audit_logs_action_id", table_name="audit_logs")
    op.drop_table("audit_logs")
    for function in GUARD_FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}()")
    for enum in ENUMS:
        enum.drop(op.get_bind())
    op.execute("DROP TYPE uuid_range")
