"""Tables of the attempts slice: the exam instance with its frozen paper, answers, sheets."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from mathvidya.accounts.models import CLASS_LEVEL, ClassLevel
from mathvidya.plans.models import EXAM_TYPE, ExamType
from workflows.base import Base, Key, enum_of, partial_index


class ExamState(StrEnum):
    """The life of an exam instance."""

    CREATED = "created"
    IN_PROGRESS = "in_progress"
    UPLOADING = "uploading"
    HANDED_IN = "handed_in"
    UNDER_EVALUATION = "under_evaluation"
    EVALUATED = "evaluated"
    PUBLISHED = "published"
    ABANDONED = "abandoned"
    VOIDED = "voided"


class HandedInBy(StrEnum):
    """Who handed an exam in: the student, or the clock on the student's behalf."""

    STUDENT = "student"
    TIMER = "timer"


HANDED_IN_BY = enum_of(HandedInBy, "handed_in_by")

ACTIVE = (ExamState.CREATED, ExamState.IN_PROGRESS, ExamState.UPLOADING)
"""States in which an exam occupies its student; one at a time."""

HANDED_IN = (ExamState.HANDED_IN, ExamState.UNDER_EVALUATION, ExamState.EVALUATED, ExamState.PUBLISHED)
"""States that come after handing in."""

_ACTIVE = "state IN ('created', 'in_progress', 'uploading')"
_HANDED_IN = "state IN ('handed_in', 'under_evaluation', 'evaluated', 'published')"
_SCORED = "state IN ('evaluated', 'published')"


class ExamInstance(Base):
    """One student's sitting of one frozen paper. A trigger refuses any change to paper, key or hashes."""

    __tablename__ = "exam_instances"
    __table_args__ = (
        CheckConstraint(
            "(exam_type = 'unit_practice') = (unit IS NOT NULL)", name="unit_practice_names_unit"
        ),
        CheckConstraint("minutes > 0 AND extra_minutes >= 0", name="time_positive"),
        CheckConstraint("state <> 'created' OR started_at IS NULL", name="created_not_started"),
        CheckConstraint("state IN ('created', 'voided') OR started_at IS NOT NULL", name="started_has_time"),
        CheckConstraint(
            "(started_at IS NULL) = (answering_ends_at IS NULL) AND "
            "(started_at IS NULL) = (accepts_until IS NULL)",
            name="times_iff_started",
        ),
        CheckConstraint("accepts_until >= answering_ends_at", name="grace_after_end"),
        CheckConstraint("handed_in_at > started_at", name="handed_in_after_started"),
        CheckConstraint(
            f"state = 'voided' OR ({_HANDED_IN}) = (handed_in_at IS NOT NULL)",
            name="handed_in_iff_at",
        ),
        CheckConstraint("(handed_in_at IS NULL) = (handed_in_by IS NULL)", name="handed_in_iff_by"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_iff_at"),
        CheckConstraint("(state = 'voided') = (voided_at IS NOT NULL)", name="voided_iff_at"),
        CheckConstraint(f"NOT ({_SCORED}) OR total_score IS NOT NULL", name="scored_has_total"),
        CheckConstraint(
            "mcq_score >= 0 AND manual_score >= 0 AND total_score >= 0", name="scores_not_negative"
        ),
        CheckConstraint("total_score <= possible_score", name="total_within_possible"),
        CheckConstraint("percentage BETWEEN 0 AND 100", name="percentage_range"),
        CheckConstraint("(state = 'abandoned') = (abandoned_at IS NOT NULL)", name="abandoned_iff_at"),
        CheckConstraint("length(paper_sha256) = 32 AND length(key_sha256) = 32", name="hashes_whole"),
        partial_index("uq_exam_instances_active", "student_id", where=text(_ACTIVE), unique=True),
        Index("ix_exam_instances_student_id_id", "student_id", "id"),
        partial_index("ix_exam_instances_open_state", "state", "id", where=text("state <> 'published'")),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True, comment="short code that people read out")
    student_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    subscription_id: Mapped[UUID] = mapped_column(ForeignKey("subscriptions.id"))
    template_id: Mapped[UUID] = mapped_column(ForeignKey("exam_templates.id"))
    template_version: Mapped[int]
    exam_type: Mapped[ExamType] = mapped_column(EXAM_TYPE)
    class_level: Mapped[ClassLevel] = mapped_column(CLASS_LEVEL)
    unit: Mapped[str | None]
    seed: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[ExamState] = mapped_column(enum_of(ExamState, "exam_state"))
    sla_policy: Mapped[dict[str, Any]] = mapped_column(comment="the plan's promise on the day of the draw")

    exam_snapshot: Mapped[dict[str, Any]] = mapped_column(
        deferred=True, comment="the paper as the student sees it"
    )
    exam_key: Mapped[dict[str, Any]] = mapped_column(
        deferred=True, comment="key, solutions and schemes: never part of a student's response"
    )
    snapshot_schema: Mapped[int] = mapped_column(comment="schema version of paper and key")
    paper_sha256: Mapped[bytes] = mapped_column(LargeBinary, comment="of the paper's canonical JSON")
    key_sha256: Mapped[bytes] = mapped_column(LargeBinary, comment="of the key's canonical JSON")
    written_numbers: Mapped[list[int]] = mapped_column(
        ARRAY(Integer), comment="numbers of the questions that are answered on sheets"
    )
    choice_labels: Mapped[dict[str, Any]] = mapped_column(
        comment='{"1": ["A", "B", "C", "D"]}: what can be chosen where, without reading the paper'
    )

    minutes: Mapped[int]
    extra_minutes: Mapped[int] = mapped_column(server_default="0")
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    answering_ends_at: Mapped[datetime | None] = mapped_column(comment="start + minutes + extra minutes")
    accepts_until: Mapped[datetime | None] = mapped_column(comment="answering_ends_at + grace")
    upload_ends_at: Mapped[datetime | None]
    handed_in_at: Mapped[datetime | None]
    handed_in_by: Mapped[HandedInBy | None] = mapped_column(HANDED_IN_BY)
    evaluated_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    abandoned_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str | None]

    possible_score: Mapped[Decimal]
    mcq_score: Mapped[Decimal | None]
    manual_score: Mapped[Decimal | None]
    total_score: Mapped[Decimal | None]
    percentage: Mapped[Decimal | None]
    version: Mapped[int] = mapped_column(server_default="1")

    @property
    def published_score(self) -> Self | None:
        """The exam itself as the bearer of its scores, once they may be seen."""
        return self if self.state is ExamState.PUBLISHED else None


class ExamQuestion(Base):
    """Which question version stands where on a paper: what a student has seen, what an erratum touches."""

    __tablename__ = "exam_questions"
    __table_args__ = (
        Index("ix_exam_questions_student_id_question_id", "student_id", "question_id"),
        Index("ix_exam_questions_question_id_version", "question_id", "version"),
    )

    exam_id: Mapped[UUID] = mapped_column(ForeignKey("exam_instances.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    is_alternative: Mapped[bool] = mapped_column(primary_key=True, comment="the OR partner")
    student_id: Mapped[UUID]
    question_id: Mapped[UUID]
    version: Mapped[int]


class StudentMcqAnswer(Base):
    """The latest answer to one question: the highest client sequence number wins, in whatever order."""

    __tablename__ = "student_mcq_answers"
    __table_args__ = (
        CheckConstraint("sequence > 0", name="sequence_positive"),
        CheckConstraint("marks_awarded BETWEEN 0 AND 6", name="marks_bounded"),
    )

    exam_id: Mapped[UUID] = mapped_column(ForeignKey("exam_instances.id"), primary_key=True)
    question_number: Mapped[int] = mapped_column(Integer, primary_key=True)
    choices: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="empty: the student took the answer back")
    marked_for_review: Mapped[bool] = mapped_column(server_default=text("false"))
    sequence: Mapped[int] = mapped_column(comment="rises with each change on the student's device")
    answered_at: Mapped[datetime] = mapped_column(comment="when the student made it")
    saved_at: Mapped[datetime] = mapped_column(comment="when the server took it")
    marks_awarded: Mapped[Decimal | None] = mapped_column(comment="set at hand-in")


class UploadSlot(Base):
    """Leave to put one file into storage: exactly this key, type, size and checksum, until it expires."""

    __tablename__ = "upload_slots"
    __table_args__ = (
        UniqueConstraint("object_key"),
        CheckConstraint("size_bytes > 0", name="size_positive"),
        CheckConstraint("length(sha256) = 32", name="hash_whole"),
        Index("ix_upload_slots_exam_id", "exam_id"),
    )

    id: Mapped[Key]
    exam_id: Mapped[UUID] = mapped_column(ForeignKey("exam_instances.id"))
    page_request_id: Mapped[UUID | None] = mapped_column(
        # use_alter: a request names a sheet, a sheet its slot, and such a slot the request
        ForeignKey("page_requests.id", use_alter=True),
        comment="the request that the file answers, after hand-in",
    )
    page_number: Mapped[int] = mapped_column(Integer)
    object_key: Mapped[str]
    media_type: Mapped[str]
    size_bytes: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class AnswerSheetUpload(Base):
    """One sheet: an uploaded page, its untouched original and its upright views without metadata."""

    __tablename__ = "answer_sheet_uploads"
    __table_args__ = (
        partial_index(
            "uq_answer_sheet_uploads_page",
            "exam_id",
            "page_number",
            where=text("superseded_at IS NULL"),
            unique=True,
        ),
        CheckConstraint("page_number > 0", name="page_positive"),
        CheckConstraint("size_bytes > 0", name="size_positive"),
        CheckConstraint("width > 0 AND height > 0", name="dimensions_positive"),
        CheckConstraint("length(sha256) = 32", name="hash_whole"),
        Index("ix_answer_sheet_uploads_exam_id", "exam_id"),
    )

    id: Mapped[Key]
    exam_id: Mapped[UUID] = mapped_column(ForeignKey("exam_instances.id"))
    slot_id: Mapped[UUID] = mapped_column(ForeignKey("upload_slots.id"))
    page_number: Mapped[int] = mapped_column(Integer, comment="order in which the teacher reads")
    page_in_file: Mapped[int] = mapped_column(Integer, comment="1, or the page of a PDF")
    question_numbers: Mapped[list[int]] = mapped_column(
        ARRAY(Integer), server_default="{}", comment="the questions answered on this page"
    )
    original_key: Mapped[str] = mapped_column(comment="the bytes as they came")
    media_type: Mapped[str] = mapped_column(comment="as sniffed, never as claimed")
    size_bytes: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(LargeBinary, comment="of the original bytes")
    view_sha256: Mapped[bytes] = mapped_column(LargeBinary, comment="of the full view: names duplicates")
    full_key: Mapped[str]
    half_key: Mapped[str]
    thumbnail_key: Mapped[str]
    width: Mapped[int] = mapped_column(Integer, comment="of the full view, pixels")
    height: Mapped[int] = mapped_column(Integer)
    sharpness: Mapped[float] = mapped_column(Double, comment="variance of the Laplacian")
    brightness: Mapped[float] = mapped_column(Double, comment="mean, 0 to 255")
    is_blurred: Mapped[bool]
    is_dark: Mapped[bool]
    uploaded_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None] = mapped_column(comment="when another page took its place")


class PageRequest(Base):
    """One sheet of a handed-in exam that is asked for again, because nobody can read it.

    Asking once more before an answer came moves ``answer_by``; an answered request stays as it was.
    """

    __tablename__ = "page_requests"
    __table_args__ = (
        CheckConstraint("answer_by > requested_at", name="time_to_answer"),
        CheckConstraint("(answered_at IS NULL) = (replacement_id IS NULL)", name="answered_iff_replaced"),
        CheckConstraint("replacement_id <> sheet_id", name="replaced_by_another"),
        partial_index(
            "uq_page_requests_open_sheet", "sheet_id", where=text("answered_at IS NULL"), unique=True
        ),
        Index("ix_page_requests_exam_id", "exam_id"),
    )

    id: Mapped[Key]
    exam_id: Mapped[UUID] = mapped_column(ForeignKey("exam_instances.id"))
    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("answer_sheet_uploads.id"))
    requested_at: Mapped[datetime]
    answer_by: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    replacement_id: Mapped[UUID | None] = mapped_column(ForeignKey("answer_sheet_uploads.id"))


class UnansweredQuestion(Base):
    """A written question that was left out: it scores 0 and no teacher hunts for it.

    The student declares it; an exam that time hands in gets one for each question found on no sheet.
    """

    __tablename__ = "unanswered_questions"
    __table_args__ = (UniqueConstraint("exam_id", "question_number"),)

    id: Mapped[Key]
    exam_id: Mapped[UUID] = mapped_column(ForeignKey("exam_instances.id"))
    question_number: Mapped[int] = mapped_column(Integer)
    declared_at: Mapped[datetime] = mapped_column(server_default=func.now())
    declared_by: Mapped[HandedInBy] = mapped_column(
        HANDED_IN_BY, server_default=HandedInBy.STUDENT.value, comment="timer: found on no sheet at the end"
    )
