"""Completing an evaluation: nothing unmarked or contradictory, then summed, closed and published at once."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mathvidya.attempts import service as attempts
from mathvidya.attempts.queries import marking_pack
from mathvidya.bank.schemes import marks_text
from mathvidya.evaluation.errors import EvaluationIncomplete
from mathvidya.evaluation.events import EvaluationCompleted, EvaluationPublished
from mathvidya.evaluation.models import Evaluation, QuestionMark
from mathvidya.evaluation.queries.marks import marked_so_far, schemes_of, stamps_of
from mathvidya.evaluation.rules.completeness import unfinished
from mathvidya.evaluation.rules.lifecycle import EvaluationEvent
from mathvidya.evaluation.rules.marks import QuestionScheme
from mathvidya.evaluation.service.desk import at_desk
from mathvidya.evaluation.service.moving import SUBJECT, move
from mathvidya.evaluation.service.promises import stop_promise
from mathvidya.platform.actors import Actor
from mathvidya.platform.events import tell
from mathvidya.platform.versions import check_version
from mathvidya.system.service import record_act
from workflows import leases


def complete(
    session: Session,
    *,
    actor: Actor,
    evaluation_id: UUID,
    expected_version: int,
    lease_token: int,
    now: datetime,
) -> Evaluation:
    """Finish a script: its total is recorded, its clock stops, and student and parents see it at once.

    Raises NotFound, WrongState, LeaseLapsed, StaleVersion, and EvaluationIncomplete with all that is missing.
    """
    evaluation = at_desk(session, actor=actor, evaluation_id=evaluation_id, lease_token=lease_token)
    check_version(evaluation.version, expected_version)
    _settle_marks(session, evaluation, now)
    total = _total(session, evaluation.id)
    _close(session, evaluation, total, lease_token, now)
    record_act(
        session,
        actor,
        "evaluation.completed",
        subject=("evaluation", evaluation.id),
        now=now,
        changes={"total": marks_text(total), "round": evaluation.round},
    )
    tell(session, EvaluationCompleted(evaluation.id, evaluation.exam_id, total), now=now)
    attempts.record_scores(session, exam_id=evaluation.exam_id, manual=total, now=now)
    _publish(session, evaluation, now)
    return evaluation


def _settle_marks(session: Session, evaluation: Evaluation, now: datetime) -> None:
    """Give what was declared unanswered its mark, then refuse unless every question has one that holds.

    Only here, not when the marking begins: until then a teacher who finds an answer after all just marks it.
    """
    pack = marking_pack(session, evaluation.exam_id)
    schemes = {scheme.number: scheme for scheme in schemes_of(pack.key)}
    marked = marked_so_far(session, evaluation.id)
    left_out = [schemes[number] for number in pack.unanswered if number in schemes and number not in marked]
    session.add_all(_not_attempted(evaluation, scheme, now) for scheme in left_out)
    session.flush()
    problems = unfinished(
        schemes.values(), marked_so_far(session, evaluation.id), stamps_of(session, evaluation.id)
    )
    if problems:
        numbers = ", ".join(str(number) for number in problems)
        raise EvaluationIncomplete(f"look at question {numbers} again, then complete", errors=problems)


def _not_attempted(evaluation: Evaluation, scheme: QuestionScheme, now: datetime) -> QuestionMark:
    return QuestionMark(
        evaluation_id=evaluation.id,
        question_number=scheme.number,
        awarded=Decimal(0),
        possible=scheme.possible,
        not_attempted=True,
        marked_at=now,
        counted={},
        remark="",
        revision=1,
    )


def _total(session: Session, evaluation_id: UUID) -> Decimal:
    return session.execute(
        select(func.coalesce(func.sum(QuestionMark.awarded), Decimal(0))).where(
            QuestionMark.evaluation_id == evaluation_id
        )
    ).scalar_one()


def _close(session: Session, evaluation: Evaluation, total: Decimal, lease_token: int, now: datetime) -> None:
    move(evaluation, EvaluationEvent.COMPLETE)
    evaluation.completed_at, evaluation.total = now, total
    stop_promise(session, evaluation, now=now, reason="completed")
    leases.release(session, subject_type=SUBJECT, subject_id=evaluation.id, token=lease_token)
    session.flush()


def _publish(session: Session, evaluation: Evaluation, now: datetime) -> None:
    attempts.publish(session, exam_id=evaluation.exam_id, now=now)
    move(evaluation, EvaluationEvent.PUBLISH)
    evaluation.published_at = now
    tell(session, EvaluationPublished(evaluation.id, evaluation.exam_id), now=now)
    session.flush()
