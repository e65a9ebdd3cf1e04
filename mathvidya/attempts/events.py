"""Facts that the attempts slice tells upwards."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from mathvidya.platform.events import Event
from workflows.base import JsonObject


@dataclass(frozen=True)
class ExamHandedIn(Event):
    """An exam was handed in, by its student or by time; the promise to mark it counts from then."""

    topic: ClassVar[str] = "exam.handed_in"
    exam_id: UUID
    student_id: UUID
    handed_in_at: datetime
    class_level: str
    has_written: bool
    sla_policy: JsonObject


@dataclass(frozen=True)
class ExamPublished(Event):
    """The scores of an exam can be seen by its student and the linked parents."""

    topic: ClassVar[str] = "exam.published"
    exam_id: UUID
    student_id: UUID


@dataclass(frozen=True)
class ExamVoided(Event):
    """An exam was declared void; whatever was owed for it is owed no more."""

    topic: ClassVar[str] = "exam.voided"
    exam_id: UUID
    student_id: UUID


@dataclass(frozen=True)
class PageReplaced(Event):
    """A page that was asked for again after hand-in has come: ``sheet_id`` takes the other one's place."""

    topic: ClassVar[str] = "exam.page_replaced"
    exam_id: UUID
    page_request_id: UUID
    sheet_id: UUID
    replaced_sheet_id: UUID
