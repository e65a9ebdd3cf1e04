"""Facts that the evaluation slice tells upwards."""

from dataclasses import dataclass
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
