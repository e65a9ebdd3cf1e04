"""From handed in to published: called by the slices above, and at once where no person marks anything."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.attempts.events import ExamPublished
from mathvidya.attempts.models import ExamInstance
from mathvidya.attempts.rules.life import ExamEvent
from mathvidya.attempts.rules.scoring import NOTHING, percentage
from mathvidya.attempts.service.moving import locked, move
from mathvidya.platform.actors import SYSTEM
from mathvidya.platform.events import tell
from mathvidya.system.service import record_act


def begin_evaluation(session: Session, *, exam_id: UUID, now: datetime) -> ExamInstance:
    """An evaluation has been opened for a handed-in exam. Raises WrongState for any other."""
    exam = locked(session, exam_id)
    move(exam, ExamEvent.OPEN_EVALUATION, SYSTEM)
    record_act(session, SYSTEM, "exam.evaluation_opened", subject=("exam", exam.id), now=now)
    return exam


def record_scores(session: Session, *, exam_id: UUID, manual: Decimal, now: datetime) -> ExamInstance:
    """The written part came to ``manual``: total and percentage follow.

    Raises WrongState unless it is under evaluation. The database refuses a total above what is possible.
    """
    exam = locked(session, exam_id)
    _total(session, exam, manual, now)
    return exam


def publish(session: Session, *, exam_id: UUID, now: datetime) -> ExamInstance:
    """Let the student and the linked parents see the scores. Raises WrongState unless evaluated."""
    exam = locked(session, exam_id)
    _publish(session, exam, now)
    return exam


def publish_choices_alone(session: Session, exam: ExamInstance, *, now: datetime) -> None:
    """Evaluate and publish a handed-in exam that holds nothing for a person to mark."""
    _total(session, exam, NOTHING, now)
    _publish(session, exam, now)


def _total(session: Session, exam: ExamInstance, manual: Decimal, now: datetime) -> None:
    move(exam, ExamEvent.SCORE, SYSTEM)
    exam.manual_score = manual
    exam.total_score = (exam.mcq_score or NOTHING) + manual
    exam.percentage = percentage(exam.total_score, exam.possible_score)
    exam.evaluated_at = now
    session.flush()
    record_act(
        session,
        SYSTEM,
        "exam.evaluated",
        subject=("exam", exam.id),
        now=now,
        changes={"mcq": str(exam.mcq_score), "manual": str(manual), "total": str(exam.total_score)},
    )


def _publish(session: Session, exam: ExamInstance, now: datetime) -> None:
    move(exam, ExamEvent.PUBLISH, SYSTEM)
    exam.published_at = now
    record_act(session, SYSTEM, "exam.published", subject=("exam", exam.id), now=now)
    tell(session, ExamPublished(exam.id, exam.student_id), now=now)
