"""Which round of an exam counts, and who has had it in hand."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from mathvidya.evaluation.models import Evaluation, EvaluationState


def published_round(session: Session, exam_id: UUID) -> UUID | None:
    """The evaluation whose marks count: the newest published round. None where no person marked anything."""
    return session.scalars(
        select(Evaluation.id)
        .where(Evaluation.exam_id == exam_id, Evaluation.state == EvaluationState.PUBLISHED)
        .order_by(Evaluation.round.desc())
        .limit(1)
    ).one_or_none()


def marks_or_marked(session: Session, teacher_id: UUID, exam_id: UUID) -> bool:
    """Whether a teacher has a script of this exam in hand, or finished one."""
    having = exists().where(Evaluation.exam_id == exam_id, Evaluation.teacher_id == teacher_id)
    return bool(session.scalar(select(having)))
