"""How an exam instance moves: locked first, then by the table of its life, never by hand."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts import policy
from mathvidya.attempts.errors import ExamNotStarted
from mathvidya.attempts.models import ExamInstance, ExamState
from mathvidya.attempts.rules.life import MACHINE, ExamEvent, ExamFacts
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound, WrongState
from workflows.machine import IllegalTransition, Transition


def locked(session: Session, exam_id: UUID) -> ExamInstance:
    """The exam as it is now, locked until the transaction ends. Raises NotFound."""
    exam = session.execute(
        select(ExamInstance)
        .where(ExamInstance.id == exam_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if exam is None:
        raise NotFound("there is no exam of yours with this id")
    return exam


def locked_own(session: Session, actor: Actor, exam_id: UUID) -> ExamInstance:
    """The student's own exam, locked. Raises Forbidden to other roles, NotFound for another's exam."""
    policy.sits(actor)
    exam = locked(session, exam_id)
    policy.owns(actor, exam.student_id)
    return exam


def check(exam: ExamInstance, event: ExamEvent, actor: Actor) -> Transition[ExamState, ExamEvent]:
    """The transition that the event would make. Raises Forbidden, ExamNotStarted or WrongState."""
    policy.may_fire(actor, event)
    try:
        return MACHINE.fire(exam.state, event, ExamFacts(has_written=bool(exam.written_numbers)))
    except IllegalTransition as refusal:
        raise _as_problem(refusal, exam) from refusal


def move(exam: ExamInstance, event: ExamEvent, actor: Actor) -> None:
    """Let the event happen to a locked exam; its version rises. Raises what ``check`` raises."""
    exam.state = check(exam, event, actor).target
    exam.version += 1


def _as_problem(refusal: IllegalTransition, exam: ExamInstance) -> WrongState:
    if exam.state is ExamState.CREATED:
        return ExamNotStarted("start the exam first; nothing can be done with it before")
    event = refusal.event.value.replace("_", " ")
    why = f"its state is {exam.state.value}"
    if refusal.refused_by:
        why = f"that is only for papers where {refusal.refused_by}"
    return WrongState(f"{event} is not possible: {why}", state=exam.state.value)
