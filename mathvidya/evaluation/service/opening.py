"""Where an evaluation begins, at hand-in, and where it ends without a mark, when its exam is voided."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts import service as attempts
from mathvidya.attempts.models import ExamInstance, ExamState
from mathvidya.attempts.queries import declared_unanswered
from mathvidya.evaluation.models import Evaluation, EvaluationState, PageFlag
from mathvidya.evaluation.rules.lifecycle import EvaluationEvent, expected_minutes
from mathvidya.evaluation.service.moving import SUBJECT, locked, take_away
from mathvidya.evaluation.service.promises import stop_promise
from mathvidya.exams.papers import questions_of
from mathvidya.platform.actors import SYSTEM
from mathvidya.platform.ids import new_id
from mathvidya.system.queries import working_calendar
from mathvidya.system.service import record_act
from workflows import clocks
from workflows.sla import Policy, PolicyUnit

FIRST_ROUND = 1


def open_evaluation(
    session: Session, *, exam_id: UUID, handed_in_at: datetime, now: datetime
) -> Evaluation | None:
    """Put a handed-in exam into the queue; its clock starts at the moment of hand-in, however late this runs.

    None when nothing is owed any more: the exam was voided meanwhile, or has its evaluation.
    Raises what the calendar raises when the promise would lie beyond the holidays that are known.
    """
    exam = session.get(ExamInstance, exam_id, populate_existing=True)
    if exam is None or exam.state is not ExamState.HANDED_IN:
        return None
    attempts.begin_evaluation(session, exam_id=exam_id, now=now)
    evaluation = Evaluation(
        id=new_id(),
        exam_id=exam_id,
        round=FIRST_ROUND,
        class_level=exam.class_level,
        state=EvaluationState.QUEUED,
        expected_minutes=expected_minutes(_written_marks(session, exam)),
        opened_at=now,
        version=1,
    )
    session.add(evaluation)
    evaluation.due_at = clocks.start_clock(
        session,
        subject_type=SUBJECT,
        subject_id=evaluation.id,
        policy=Policy(PolicyUnit(exam.sla_policy["unit"]), exam.sla_policy["amount"]),
        calendar=working_calendar(session),
        at=handed_in_at,
    ).due_at
    _audit(session, evaluation, "evaluation.opened", now)
    return evaluation


def _written_marks(session: Session, exam: ExamInstance) -> Decimal:
    """The marks that a person can give: those of the written questions that were not declared unanswered."""
    key = session.scalars(select(ExamInstance.exam_key).where(ExamInstance.id == exam.id)).one()
    left_out = declared_unanswered(session, exam.id)
    answered = [q for q in questions_of(key) if q.is_written and q.number not in left_out]
    return sum((question.marks for question in answered), Decimal(0))


def withdraw_evaluations(session: Session, *, exam_id: UUID, now: datetime) -> None:
    """End whatever was owed for an exam that was voided; what has been published or withdrawn stays so."""
    owed = select(Evaluation.id).where(
        Evaluation.exam_id == exam_id,
        Evaluation.state.not_in([EvaluationState.PUBLISHED, EvaluationState.WITHDRAWN]),
    )
    for evaluation_id in session.scalars(owed.order_by(Evaluation.id)):
        _withdraw(session, evaluation_id, now)


def _withdraw(session: Session, evaluation_id: UUID, now: datetime) -> None:
    evaluation = locked(session, evaluation_id)
    take_away(session, evaluation, EvaluationEvent.WITHDRAW, now)
    evaluation.withdrawn_at, evaluation.held_at = now, None
    stop_promise(session, evaluation, now=now, reason="withdrawn")
    asked = select(PageFlag).where(PageFlag.evaluation_id == evaluation.id, PageFlag.settled_at.is_(None))
    for flag in session.scalars(asked):
        flag.settled_at = now
    _audit(session, evaluation, "evaluation.withdrawn", now)


def _audit(session: Session, evaluation: Evaluation, action: str, now: datetime) -> None:
    due_at = evaluation.due_at.isoformat() if evaluation.due_at else None
    changes = {"state": evaluation.state.value, "due_at": due_at}
    record_act(session, SYSTEM, action, subject=(SUBJECT, evaluation.id), now=now, changes=changes)
