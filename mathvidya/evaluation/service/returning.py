"""How a script comes back to the queue unfinished: released by its teacher, or after a lease that lapsed.

Marks and stamps stay with the evaluation, whoever goes on.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.evaluation.models import Evaluation, EvaluationState
from mathvidya.evaluation.rules.lifecycle import EvaluationEvent
from mathvidya.evaluation.service.desk import at_desk
from mathvidya.evaluation.service.moving import SUBJECT, locked, take_away
from mathvidya.platform.actors import SYSTEM, Actor
from mathvidya.system.service import record_act
from workflows import leases

_AT_HAND = (EvaluationState.ASSIGNED, EvaluationState.IN_PROGRESS)


def release(
    session: Session, *, actor: Actor, evaluation_id: UUID, lease_token: int, now: datetime
) -> Evaluation:
    """Give a script back to the queue. Raises NotFound, WrongState, LeaseLapsed."""
    evaluation = at_desk(
        session, actor=actor, evaluation_id=evaluation_id, lease_token=lease_token, states=_AT_HAND
    )
    _back_to_queue(session, actor, evaluation, EvaluationEvent.RELEASE, now)
    return evaluation


def return_lapsed(session: Session, *, now: datetime, limit: int) -> int:
    """Put scripts whose teacher has not come back into the queue; how many.

    Scripts on hold stay with their teacher, who gets a new lease when the page comes.
    """
    over = leases.lapsed(session, subject_type=SUBJECT, limit=limit)
    return sum(_return_one(session, lease, now) for lease in sorted(over, key=lambda lease: lease.subject_id))


def _return_one(session: Session, lease: leases.LapsedLease, now: datetime) -> bool:
    evaluation = locked(session, lease.subject_id)
    if not leases.release(session, subject_type=SUBJECT, subject_id=evaluation.id, token=lease.token):
        return False
    if evaluation.state not in _AT_HAND:
        return False
    _back_to_queue(session, SYSTEM, evaluation, EvaluationEvent.LAPSE, now)
    return True


def _back_to_queue(
    session: Session, actor: Actor, evaluation: Evaluation, event: EvaluationEvent, now: datetime
) -> None:
    was = str(evaluation.teacher_id)
    take_away(session, evaluation, event, now)
    changes = {"because": event.value, "teacher": {"was": was, "is": None}}
    record_act(
        session, actor, "evaluation.returned", subject=(SUBJECT, evaluation.id), now=now, changes=changes
    )
