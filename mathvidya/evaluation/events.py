"""Facts that the evaluation slice tells upwards."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from mathvidya.platform.events import Event


@dataclass(frozen=True)
class EvaluationCompleted(Event):
    """Every question of a script is marked, and its marks are final for this round."""

    topic: ClassVar[str] = "evaluation.completed"
    evaluation_id: UUID
    exam_id: UUID
    total: Decimal


@dataclass(frozen=True)
class EvaluationPublished(Event):
    """The marks of an evaluation are what its student sees."""

    topic: ClassVar[str] = "evaluation.published"
    evaluation_id: UUID
    exam_id: UUID


@dataclass(frozen=True)
class PageFlagged(Event):
    """A page cannot be marked as it is; its student is asked for it until ``answer_by``."""

    topic: ClassVar[str] = "page.flagged"
    evaluation_id: UUID
    exam_id: UUID
    sheet_id: UUID
    student_id: UUID
    reason: str
    answer_by: datetime


@dataclass(frozen=True)
class SlaWarned(Event):
    """A promise has come closer by one threshold: half_used, four_fifths_used, two_hours_left."""

    topic: ClassVar[str] = "sla.warned"
    evaluation_id: UUID
    exam_id: UUID
    warning: str
    due_at: datetime


@dataclass(frozen=True)
class SlaBreached(Event):
    """A promise is broken. Told once for an evaluation, however late it becomes."""

    topic: ClassVar[str] = "sla.breached"
    evaluation_id: UUID
    exam_id: UUID
    due_at: datetime
