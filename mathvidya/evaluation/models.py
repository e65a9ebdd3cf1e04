"""Tables of the evaluation slice: evaluations, marks, annotations, flags."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Double,
    ForeignKey,
    Index,
    Integer,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from mathvidya.accounts.models import CLASS_LEVEL, ClassLevel
from workflows.base import Base, Key, enum_of, partial_index


class EvaluationState(StrEnum):
    """The life of an evaluation."""

    QUEUED = "queued"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    COMPLETED = "completed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ReturnReason(StrEnum):
    """Why an evaluation left its teacher unfinished."""

    RELEASED = "released"
    LAPSED = "lapsed"
    REASSIGNED = "reassigned"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"


class AnnotationKind(StrEnum):
    """What a teacher leaves on a page."""

    TICK = "tick"
    CROSS = "cross"
    HALF = "half"
    CIRCLE = "circle"
    STAR = "star"
    INK = "ink"
    TEXT = "text"


class FlagReason(StrEnum):
    """What is wrong with a page."""

    UNREADABLE = "unreadable"
    WRONG_PAGE = "wrong_page"


_OPEN = "state IN ('queued', 'assigned', 'in_progress', 'on_hold')"


class Evaluation(Base):
    """One marking of one handed-in exam, by one teacher, in one round; no round overwrites another."""

    __tablename__ = "evaluations"
    __table_args__ = (
        UniqueConstraint("exam_id", "round"),
        CheckConstraint("round > 0", name="round_positive"),
        partial_index("uq_evaluations_open", "exam_id", "round", where=text(_OPEN), unique=True),
        CheckConstraint("state NOT IN ('queued') OR teacher_id IS NULL", name="queued_has_no_teacher"),
        CheckConstraint(
            "state IN ('queued', 'withdrawn') OR teacher_id IS NOT NULL",
            name="worked_on_has_teacher",
        ),
        CheckConstraint(
            "CASE WHEN state = 'withdrawn' THEN true "
            "ELSE (state IN ('completed', 'published')) = (completed_at IS NOT NULL) END",
            name="completed_iff_at",
        ),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_iff_at"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_iff_at"),
        CheckConstraint("(state = 'on_hold') = (held_at IS NOT NULL)", name="on_hold_iff_at"),
        CheckConstraint("expected_minutes > 0", name="expected_minutes_positive"),
        Index(
            "ix_evaluations_queue",
            "class_level",
            "due_at",
            "id",
            postgresql_where=text("state = 'queued'"),
        ),
        partial_index("ix_evaluations_open_due_at", "due_at", "id", where=text(_OPEN)),
        Index("ix_evaluations_teacher_id_id", "teacher_id", "id"),
    )

    id: Mapped[Key]
    exam_id: Mapped[UUID] = mapped_column(ForeignKey("exam_instances.id"))
    round: Mapped[int] = mapped_column(Integer, server_default="1")
    class_level: Mapped[ClassLevel] = mapped_column(CLASS_LEVEL)
    state: Mapped[EvaluationState] = mapped_column(enum_of(EvaluationState, "evaluation_state"))
    teacher_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    due_at: Mapped[datetime | None] = mapped_column(comment="mirror of the SLA clock's; NULL while it stands")
    expected_minutes: Mapped[int] = mapped_column(Integer, comment="of a teacher's work")
    opened_at: Mapped[datetime]
    assigned_at: Mapped[datetime | None]
    begun_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    total: Mapped[Decimal | None] = mapped_column(comment="sum of the question marks, at completion")
    version: Mapped[int] = mapped_column(server_default="1")


class Assignment(Base):
    """That a teacher got an evaluation: what a day's cap counts, also when the work was given back."""

    __tablename__ = "evaluation_assignments"
    __table_args__ = (
        partial_index(
            "uq_evaluation_assignments_standing",
            "evaluation_id",
            where=text("returned_at IS NULL"),
            unique=True,
        ),
        CheckConstraint("(returned_at IS NULL) = (returned_because IS NULL)", name="returned_iff_reason"),
        Index("ix_evaluation_assignments_evaluation_id", "evaluation_id"),
        Index("ix_evaluation_assignments_teacher_id_assigned_at", "teacher_id", "assigned_at"),
    )

    id: Mapped[Key]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"))
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    assigned_at: Mapped[datetime]
    returned_at: Mapped[datetime | None]
    returned_because: Mapped[ReturnReason | None] = mapped_column(enum_of(ReturnReason, "return_reason"))


class QuestionMark(Base):
    """The mark of one written question in one evaluation, with the steps it was made of."""

    __tablename__ = "question_marks"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "question_number"),
        CheckConstraint("awarded BETWEEN 0 AND possible", name="awarded_within_possible"),
        CheckConstraint("possible > 0", name="possible_positive"),
        CheckConstraint("awarded * 2 = trunc(awarded * 2)", name="halves_only"),
        CheckConstraint("NOT not_attempted OR awarded = 0", name="not_attempted_scores_zero"),
    )

    id: Mapped[Key]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"))
    question_number: Mapped[int] = mapped_column(Integer)
    awarded: Mapped[Decimal] = mapped_column(comment="of the better alternative when both were attempted")
    possible: Mapped[Decimal]
    not_attempted: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="nothing there, not a zero"
    )
    counted: Mapped[dict[str, Any]] = mapped_column(
        server_default="{}", comment="by part, the alternative that counts; the other is struck"
    )
    remark: Mapped[str] = mapped_column(server_default="")
    marked_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id"), comment="NULL: declared unanswered"
    )
    marked_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(server_default="1")


class StepMark(Base):
    """Marks of one step of the scheme; both alternatives keep theirs though one counts."""

    __tablename__ = "step_marks"
    __table_args__ = (
        CheckConstraint("awarded BETWEEN 0 AND possible", name="awarded_within_possible"),
        CheckConstraint("awarded * 2 = trunc(awarded * 2)", name="halves_only"),
    )

    question_mark_id: Mapped[UUID] = mapped_column(
        ForeignKey("question_marks.id", ondelete="CASCADE"), primary_key=True
    )
    part: Mapped[str] = mapped_column(primary_key=True, comment="label of a case-study part, else empty")
    alternative: Mapped[str] = mapped_column(primary_key=True, comment="first or second of an OR")
    method: Mapped[int] = mapped_column(
        Integer,
        primary_key=True,
        comment="0: the scheme's own method; n: its n-th alternative method",
    )
    step: Mapped[int] = mapped_column(Integer, primary_key=True, comment="1, 2, 3 … in the scheme")
    awarded: Mapped[Decimal]
    possible: Mapped[Decimal]


class MarkConflict(Base):
    """A save that came too late: another had changed the mark since. Kept and shown, never dropped."""

    __tablename__ = "mark_conflicts"
    __table_args__ = (Index("ix_mark_conflicts_question", "evaluation_id", "question_number"),)

    id: Mapped[Key]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"))
    question_number: Mapped[int] = mapped_column(Integer)
    sent: Mapped[dict[str, Any]] = mapped_column(comment="the save that lost, whole")
    stood_revision: Mapped[int] = mapped_column(comment="of the mark it lost to; shown while that stands")
    sent_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    sent_at: Mapped[datetime]


class Annotation(Base):
    """A stamp, ink or words on a sheet, in 0..1 of its upright page; erasing keeps the row."""

    __tablename__ = "annotations"
    __table_args__ = (
        CheckConstraint("x BETWEEN 0 AND 1 AND y BETWEEN 0 AND 1", name="on_the_page"),
        CheckConstraint("kind <> 'ink' OR jsonb_array_length(points) > 0", name="ink_has_points"),
        CheckConstraint("kind <> 'text' OR text <> ''", name="text_has_words"),
        partial_index("ix_annotations_live", "evaluation_id", "sheet_id", where=text("erased_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="made by the client: saving twice is harmless")
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"))
    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("answer_sheet_uploads.id"))
    kind: Mapped[AnnotationKind] = mapped_column(enum_of(AnnotationKind, "annotation_kind"))
    x: Mapped[float] = mapped_column(Double)
    y: Mapped[float] = mapped_column(Double)
    points: Mapped[list[Any]] = mapped_column(
        JSONB,
        server_default="[]",
        comment="ink: strokes of integers on a 0..10000 grid of the page",
    )
    text: Mapped[str] = mapped_column(server_default="")
    question_number: Mapped[int | None] = mapped_column(Integer)
    marks: Mapped[Decimal | None] = mapped_column(comment="what the stamp stands for, when it carries marks")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    erased_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(server_default="1")


class MarginalNote(Base):
    """What a teacher notes at one question for themselves: to come back to it, and where it goes on."""

    __tablename__ = "marginal_notes"
    __table_args__ = (
        CheckConstraint("come_back OR words <> '' OR cardinality(sheet_ids) > 0", name="says_something"),
    )

    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"), primary_key=True)
    question_number: Mapped[int] = mapped_column(Integer, primary_key=True)
    come_back: Mapped[bool] = mapped_column(server_default=text("false"))
    words: Mapped[str] = mapped_column(server_default="")
    sheet_ids: Mapped[list[UUID]] = mapped_column(
        ARRAY(Uuid), server_default="{}", comment="pages on which the answer goes on, beside those declared"
    )
    noted_at: Mapped[datetime]


class Consultation(Base):
    """A question about one answer to any colleague who may mark the class; neither knows who the other is."""

    __tablename__ = "consultations"
    __table_args__ = (
        CheckConstraint("question <> ''", name="asks_something"),
        CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name="answered_iff_by"),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answered_iff_words"),
        CheckConstraint("answered_by <> asked_by", name="another_answers"),
        Index("ix_consultations_evaluation_id", "evaluation_id"),
        partial_index("ix_consultations_open_id", "id", where=text("answered_at IS NULL")),
    )

    id: Mapped[Key]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"))
    question_number: Mapped[int] = mapped_column(Integer)
    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("answer_sheet_uploads.id"))
    question: Mapped[str]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(server_default="")
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]


class PageFlag(Base):
    """A page that cannot be marked as it is; the SLA clock stands from raising until it is settled."""

    __tablename__ = "page_flags"
    __table_args__ = (
        CheckConstraint("(settled_at IS NULL) <= (settled_sheet_id IS NULL)", name="settled_has_time"),
        CheckConstraint("answer_by > raised_at", name="answer_by_ahead"),
        Index("ix_page_flags_evaluation_id", "evaluation_id"),
        partial_index(
            "uq_page_flags_open",
            "evaluation_id",
            "sheet_id",
            where=text("settled_at IS NULL"),
            unique=True,
        ),
    )

    id: Mapped[Key]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"))
    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("answer_sheet_uploads.id"))
    reason: Mapped[FlagReason] = mapped_column(enum_of(FlagReason, "flag_reason"))
    note: Mapped[str] = mapped_column(server_default="")
    raised_at: Mapped[datetime]
    answer_by: Mapped[datetime] = mapped_column(comment="seven days on, marking goes on without the page")
    settled_at: Mapped[datetime | None]
    settled_sheet_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("answer_sheet_uploads.id"), comment="the page that came instead; NULL: none came"
    )
