"""The table of questions. A row is one version of a question and its content never changes."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from mathvidya.accounts.models import CLASS_LEVEL, COURSE_LEVEL, ClassLevel, CourseLevel
from workflows.base import Base, Key, enum_of, partial_index


class QuestionType(StrEnum):
    """What kind of answer a question asks for."""

    MCQ = "MCQ"
    ASSERTION_REASON = "ASSERTION_REASON"
    VSA = "VSA"
    SA = "SA"
    LA = "LA"
    CASE_STUDY = "CASE_STUDY"


class Difficulty(StrEnum):
    """How hard a question is for those it is meant for."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class CognitiveLevel(StrEnum):
    """The board's three bands of what a question asks of the mind."""

    REMEMBER_UNDERSTAND = "remember_understand"
    APPLY = "apply"
    ANALYSE_EVALUATE_CREATE = "analyse_evaluate_create"


class QuestionStatus(StrEnum):
    """Where a version stands in review; only an active one is drawn."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    ACTIVE = "active"
    ARCHIVED = "archived"


QUESTION_TYPE = enum_of(QuestionType, "question_type")

MARKED_BY_KEY = frozenset({QuestionType.MCQ, QuestionType.ASSERTION_REASON})
"""Types that the key marks; every other type is marked by a teacher against its scheme."""


class Question(Base):
    """One immutable version of a question; an edit makes the next. Only status, currency and uses move."""

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("question_id", "version"),
        partial_index("uq_questions_current", "question_id", where=text("is_current"), unique=True),
        partial_index(
            "uq_questions_code_current",
            "code",
            where=text("is_current AND code IS NOT NULL"),
            unique=True,
        ),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("marks BETWEEN 1 AND 6", name="marks_known"),
        CheckConstraint("text <> '' OR image_key IS NOT NULL OR assertion IS NOT NULL", name="text_or_image"),
        CheckConstraint(
            "type <> 'MCQ' OR (jsonb_array_length(choices) >= 2 AND cardinality(correct_choices) >= 1 "
            "AND jsonb_path_query_array(choices, '$[*].label') @> to_jsonb(correct_choices))",
            name="key_among_choices",
        ),
        CheckConstraint(
            "type <> 'ASSERTION_REASON' OR (assertion IS NOT NULL AND reason IS NOT NULL AND "
            "cardinality(correct_choices) = 1 AND correct_choices <@ ARRAY['A', 'B', 'C', 'D'])",
            name="assertion_has_reason",
        ),
        CheckConstraint(
            "(type = 'CASE_STUDY') = (jsonb_array_length(parts) > 0)", name="case_study_has_parts"
        ),
        CheckConstraint("(class_level = 'X') = (cardinality(levels) > 0)", name="class_x_has_levels"),
        CheckConstraint("uses >= 0", name="uses_not_negative"),
        CheckConstraint("(status = 'active') <= (approved_at IS NOT NULL)", name="active_is_approved"),
        Index(
            "ix_questions_cell",
            "class_level",
            "type",
            "unit",
            "uses",
            "id",
            postgresql_where=text("is_current AND status = 'active'"),
        ),
        Index("ix_questions_tags", "tags", postgresql_using="gin"),
        Index("ix_questions_search", "search", postgresql_using="gin"),
        partial_index("ix_questions_current_id", "id", where=text("is_current")),
        partial_index("ix_questions_current_status", "class_level", "status", "id", where=text("is_current")),
    )

    id: Mapped[Key]
    question_id: Mapped[UUID] = mapped_column(comment="shared by all versions of one question")
    version: Mapped[int]
    is_current: Mapped[bool] = mapped_column(server_default=text("true"))
    code: Mapped[str | None] = mapped_column(comment="natural key of an imported question")
    type: Mapped[QuestionType] = mapped_column(QUESTION_TYPE)
    class_level: Mapped[ClassLevel] = mapped_column(CLASS_LEVEL)
    levels: Mapped[list[CourseLevel]] = mapped_column(
        ARRAY(COURSE_LEVEL), server_default="{}", comment="class X: the papers it suits"
    )
    unit: Mapped[str] = mapped_column(comment="the board gives marks to units")
    chapter: Mapped[str] = mapped_column(comment="the board gives no marks to chapters")
    marks: Mapped[int]
    cognitive_level: Mapped[CognitiveLevel] = mapped_column(enum_of(CognitiveLevel, "cognitive_level"))
    difficulty: Mapped[Difficulty] = mapped_column(enum_of(Difficulty, "difficulty"))
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    status: Mapped[QuestionStatus] = mapped_column(
        enum_of(QuestionStatus, "question_status"), server_default=QuestionStatus.DRAFT.value
    )
    text: Mapped[str] = mapped_column(server_default="", comment="LaTeX between $ signs")
    image_key: Mapped[str | None] = mapped_column(comment="object storage key of a figure")
    choices: Mapped[list[Any]] = mapped_column(
        JSONB, server_default="[]", comment='MCQ: [{"label": "A", "text": "…"}]'
    )
    correct_choices: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    assertion: Mapped[str | None]
    reason: Mapped[str | None]
    solution: Mapped[str] = mapped_column(server_default="", comment="the model solution")
    scheme: Mapped[dict[str, Any]] = mapped_column(
        server_default="{}", comment="steps with marks, alternative methods, follow-through"
    )
    parts: Mapped[list[Any]] = mapped_column(
        JSONB,
        server_default="[]",
        comment="case study: label, marks, text, solution, scheme, alternative",
    )
    pattern: Mapped[str] = mapped_column(
        server_default="", comment="case study: marks of its parts, such as 1+1+2"
    )
    uses: Mapped[int] = mapped_column(server_default="0", comment="papers it has been drawn into")
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None]
    search: Mapped[Any] = mapped_column(
        TSVECTOR,
        Computed(
            "to_tsvector('english', coalesce(code, '') || ' ' || unit || ' ' || chapter || ' ' || text "
            "|| ' ' || coalesce(assertion, '') || ' ' || coalesce(reason, ''))",
            persisted=True,
        ),
        deferred=True,
    )
