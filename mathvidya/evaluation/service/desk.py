"""The teacher's desk: an evaluation locked for the one who holds it, whose lease the work itself renews."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.evaluation import policy
from mathvidya.evaluation.errors import LeaseLapsed
from mathvidya.evaluation.models import Evaluation, EvaluationState
from mathvidya.evaluation.service.moving import SUBJECT, locked
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import WrongState
from mathvidya.system.queries import setting
from workflows import leases

__all__ = ["SUBJECT", "at_desk"]


def at_desk(
    session: Session,
    *,
    actor: Actor,
    evaluation_id: UUID,
    lease_token: int,
    states: Collection[EvaluationState] = (EvaluationState.IN_PROGRESS,),
) -> Evaluation:
    """The evaluation, locked, in one of ``states``, in the hands of the teacher who acts; renews the lease.

    Raises NotFound for everybody else, WrongState, LeaseLapsed when another claim may have come in between.
    """
    evaluation = locked(session, evaluation_id)
    policy.must_hold(actor, evaluation)
    if evaluation.state not in states:
        allowed = " or ".join(_words(state) for state in states)
        raise WrongState(
            f"this script is {_words(evaluation.state)}: that is done while it is {allowed}",
            state=evaluation.state.value,
        )
    try:
        leases.renew(
            session,
            subject_type=SUBJECT,
            subject_id=evaluation.id,
            token=lease_token,
            minutes=setting(session, "marker_lease_minutes"),
        )
    except leases.Lapsed as lapsed:
        raise LeaseLapsed(
            "your hold on this script has ended; claim it again to go on, everything you saved is still there"
        ) from lapsed
    return evaluation


def _words(state: EvaluationState) -> str:
    return state.value.replace("_", " ")
