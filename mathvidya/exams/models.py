"""The table of templates: blueprints from which papers are drawn."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from mathvidya.accounts.models import CLASS_LEVEL, COURSE_LEVEL, ClassLevel, CourseLevel
from mathvidya.plans.models import EXAM_TYPE, ExamType
from workflows.base import Base, Key


class ExamTemplate(Base):
    """What a paper must be: sections, counts, marks, choices, time, and what must hold of the whole."""

    __tablename__ = "exam_templates"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("(class_level = 'X') = (course_level IS NOT NULL)", name="class_x_has_level"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(comment="natural key, such as cbse-xii-board")
    title: Mapped[str]
    exam_type: Mapped[ExamType] = mapped_column(EXAM_TYPE)
    class_level: Mapped[ClassLevel] = mapped_column(CLASS_LEVEL)
    course_level: Mapped[CourseLevel | None] = mapped_column(COURSE_LEVEL)
    minutes: Mapped[int] = mapped_column(comment="time to answer")
    spec: Mapped[dict[str, Any]] = mapped_column(comment="the whole blueprint; see exams/assembly/spec.py")
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default="1")
