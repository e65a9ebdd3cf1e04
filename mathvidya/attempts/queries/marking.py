"""A handed-in exam as the evaluation slice needs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from mathvidya.attempts.models import AnswerSheetUpload, ExamInstance, StudentMcqAnswer
from mathvidya.attempts.queries.hand_in import declared_unanswered
from mathvidya.platform.errors import NotFound
from workflows.base import JsonObject


@dataclass(frozen=True)
class ChosenAnswer:
    """What the student chose for a question, and what the key gave for it."""

    number: int
    choices: Sequence[str]
    marks: Decimal | None


@dataclass(frozen=True)
class MarkingPack:
    """Paper, key, live sheets in reading order, what was declared unanswered, and the scored choices."""

    exam: ExamInstance
    snapshot: JsonObject
    key: JsonObject
    sheets: Sequence[AnswerSheetUpload]
    unanswered: frozenset[int]
    mcq: Sequence[ChosenAnswer]


def marking_pack(session: Session, exam_id: UUID) -> MarkingPack:
    """Everything that marking an exam needs. Raises NotFound.

    Not scoped by an actor: the evaluation slice decides who may see it, and shows no key to a student.
    """
    exam = session.scalars(
        select(ExamInstance)
        .where(ExamInstance.id == exam_id)
        .options(undefer(ExamInstance.exam_snapshot), undefer(ExamInstance.exam_key))
    ).one_or_none()
    if exam is None:
        raise NotFound("there is no exam with this id")
    return MarkingPack(
        exam=exam,
        snapshot=exam.exam_snapshot,
        key=exam.exam_key,
        sheets=_live_sheets(session, exam_id),
        unanswered=declared_unanswered(session, exam_id),
        mcq=_chosen(session, exam_id),
    )


def _live_sheets(session: Session, exam_id: UUID) -> Sequence[AnswerSheetUpload]:
    return session.scalars(
        select(AnswerSheetUpload)
        .where(AnswerSheetUpload.exam_id == exam_id, AnswerSheetUpload.superseded_at.is_(None))
        .order_by(AnswerSheetUpload.page_number)
    ).all()


def _chosen(session: Session, exam_id: UUID) -> list[ChosenAnswer]:
    rows = session.execute(
        select(StudentMcqAnswer.question_number, StudentMcqAnswer.choices, StudentMcqAnswer.marks_awarded)
        .where(StudentMcqAnswer.exam_id == exam_id)
        .order_by(StudentMcqAnswer.question_number)
    )
    return [ChosenAnswer(*row) for row in rows]
