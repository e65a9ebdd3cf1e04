"""How an evaluation moves: locked first, then by the table of its life; and how teachers get and lose it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.evaluation import policy
from mathvidya.evaluation.models import Assignment, Evaluation
from mathvidya.evaluation.rules.lifecycle import MACHINE, RETURNS, EvaluationEvent
from mathvidya.platform.errors import NotFound, WrongState
from workflows import leases
from workflows.machine import IllegalTransition

SUBJECT = "evaluation"
"""What leases, clocks and timers call an evaluation."""


def locked(session: Session, evaluation_id: UUID) -> Evaluation:
    """The evaluation as it is now, locked until the transaction ends. Raises NotFound."""
    row = session.execute(
        select(Evaluation).where(Evaluation.id == evaluation_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).scalar_one_or_none()
    if row is None:
        raise NotFound(policy.NOT_YOURS)
    return row


def move(evaluation: Evaluation, event: EvaluationEvent) -> None:
    """Let the event happen to a locked evaluation; its version rises. Raises WrongState."""
    try:
        evaluation.state = MACHINE.fire(evaluation.state, event).target
    except IllegalTransition as refusal:
        state = evaluation.state.value
        act = event.value.replace("_", " ")
        raise WrongState(
            f"{act} is not possible: the script is {state.replace('_', ' ')}", state=state
        ) from refusal
    evaluation.version += 1


def hand_over(
    session: Session,
    evaluation: Evaluation,
    event: EvaluationEvent,
    teacher_id: UUID,
    *,
    minutes: int,
    now: datetime,
) -> int:
    """Put an evaluation into a teacher's hands, and return the token of a lease of so many minutes.

    Whoever had it has it no more. Raises WrongState.
    """
    _leave(session, evaluation, event, now)
    move(evaluation, event)
    evaluation.teacher_id, evaluation.assigned_at = teacher_id, now
    session.add(Assignment(evaluation_id=evaluation.id, teacher_id=teacher_id, assigned_at=now))
    session.flush()
    return leases.claim(
        session, subject_type=SUBJECT, subject_id=evaluation.id, holder_id=teacher_id, minutes=minutes
    )


def take_away(session: Session, evaluation: Evaluation, event: EvaluationEvent, now: datetime) -> None:
    """Take an evaluation out of its teacher's hands, if it is in any; everything marked so far stays.

    Raises WrongState. Does not flush: the caller sets what else the new state asks for.
    """
    _leave(session, evaluation, event, now)
    move(evaluation, event)
    evaluation.teacher_id = evaluation.assigned_at = None


def _leave(session: Session, evaluation: Evaluation, event: EvaluationEvent, now: datetime) -> None:
    standing = session.scalars(
        select(Assignment).where(Assignment.evaluation_id == evaluation.id, Assignment.returned_at.is_(None))
    ).one_or_none()
    if standing is not None:
        standing.returned_at, standing.returned_because = now, RETURNS[event]
    leases.revoke(session, subject_type=SUBJECT, subject_id=evaluation.id)
