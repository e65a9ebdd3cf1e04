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


def assign(session: Session, evaluation: Evaluation, teacher_id: UUID, *, minutes: int, now: datetime) -> int:
    """Put an evaluation into a teacher's hands, and return the token of a lease of so many minutes.

    Raises ``leases.Held`` when another still has it.
    """
    evaluation.teacher_id, evaluation.assigned_at = teacher_id, now
    session.add(Assignment(evaluation_id=evaluation.id, teacher_id=teacher_id, assigned_at=now))
    return leases.claim(
        session, subject_type=SUBJECT, subject_id=evaluation.id, holder_id=teacher_id, minutes=minutes
    )


def take_from_teacher(
    session: Session, evaluation: Evaluation, event: EvaluationEvent, now: datetime
) -> None:
    """Take an evaluation out of its teacher's hands, if it is in any; everything marked so far stays."""
    standing = session.scalars(
        select(Assignment).where(Assignment.evaluation_id == evaluation.id, Assignment.returned_at.is_(None))
    ).one_or_none()
    if standing is not None:
        standing.returned_at, standing.returned_because = now, RETURNS[event]
    evaluation.teacher_id = evaluation.assigned_at = None
    leases.revoke(session, subject_type=SUBJECT, subject_id=evaluation.id)
    session.flush()
