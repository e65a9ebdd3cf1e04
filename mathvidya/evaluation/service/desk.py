"""The teacher's desk: an evaluation locked for the one who holds it, whose lease the work itself renews."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.evaluation import policy
from mathvidya.evaluation.errors import LeaseLapsed
from mathvidya.evaluation.models import Evaluation, EvaluationState
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound, WrongState
from mathvidya.system.queries import setting
from workflows import leases

SUBJECT = "evaluation"


def at_desk(session: Session, *, actor: Actor, evaluation_id: UUID, lease_token: int) -> Evaluation:
    """The evaluation, locked and in progress, in the hands of the teacher who acts; renews the lease.

    Raises NotFound for everybody else, WrongState, LeaseLapsed when another claim may have come in between.
    """
    evaluation = _locked(session, evaluation_id)
    policy.must_hold(actor, evaluation)
    if evaluation.state is not EvaluationState.IN_PROGRESS:
        raise WrongState(
            f"this script is {evaluation.state.value.replace('_', ' ')}: it is marked while in progress",
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


def _locked(session: Session, evaluation_id: UUID) -> Evaluation:
    row = session.execute(
        select(Evaluation).where(Evaluation.id == evaluation_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).scalar_one_or_none()
    if row is None:
        raise NotFound(policy.NOT_YOURS)
    return row
