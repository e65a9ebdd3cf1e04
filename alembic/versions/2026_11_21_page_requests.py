"""A page of a handed-in exam can be asked for again, and a slot be opened to answer."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "page_requests"
down_revision: str | None = "sitting"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "page_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replacement_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("answer_by > requested_at", name=op.f("ck_page_requests_time_to_answer")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (replacement_id IS NULL)",
            name=op.f("ck_page_requests_answered_iff_replaced"),
        ),
        sa.CheckConstraint("replacement_id <> sheet_id", name=op.f("ck_page_requests_replaced_by_another")),
        sa.ForeignKeyConstraint(["exam_id"], ["exam_instances.id"], name=op.f("fk_page_requests_exam_id")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["answer_sheet_uploads.id"], name=op.f("fk_page_requests_sheet_id")
        ),
        sa.ForeignKeyConstraint(
            ["replacement_id"], ["answer_sheet_uploads.id"], name=op.f("fk_page_requests_replacement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_requests")),
    )
    op.create_index(
        "uq_page_requests_open_sheet",
        "page_requests",
        ["sheet_id"],
        unique=True,
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.create_index("ix_page_requests_exam_id", "page_requests", ["exam_id"])
    op.add_column(
        "upload_slots",
        sa.Column(
            "page_request_id",
            sa.Uuid(),
            nullable=True,
            comment="the request that the file answers, after hand-in",
        ),
    )
    op.create_foreign_key(
        op.f("fk_upload_slots_page_request_id"), "upload_slots", "page_requests", ["page_request_id"], ["id"]
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk_upload_slots_page_request_id"), "upload_slots")
    op.drop_column("upload_slots", "page_request_id")
    op.drop_table("page_requests")
