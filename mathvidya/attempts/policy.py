"""Who may do what to an exam instance. Pure.

Role comes first and says nothing about the exam; an exam of somebody else looks like none at all.
"""

from collections.abc import Mapping
from uuid import UUID

from mathvidya.attempts.rules.life import ExamEvent
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import Forbidden, NotFound

HOUSE = None
"""The role of a timer, of an event that is being handled, or of a slice above."""

MAY_FIRE: Mapping[ExamEvent, frozenset[Role | None]] = {
    ExamEvent.START: frozenset({Role.STUDENT}),
    ExamEvent.FINISH_ANSWERING: frozenset({Role.STUDENT}),
    ExamEvent.TIME_UP: frozenset({HOUSE}),
    ExamEvent.HAND_IN: frozenset({Role.STUDENT, HOUSE}),
    ExamEvent.ABANDON: frozenset({HOUSE}),
    ExamEvent.DISCARD: frozenset({Role.STUDENT}),
    ExamEvent.EXPIRE: frozenset({HOUSE}),
    ExamEvent.VOID: frozenset({Role.ADMIN}),
    ExamEvent.OPEN_EVALUATION: frozenset({HOUSE}),
    ExamEvent.SCORE: frozenset({HOUSE}),
    ExamEvent.PUBLISH: frozenset({HOUSE}),
}
"""Which roles each event is open to; a student's only on an exam of their own."""


def may_fire(actor: Actor, event: ExamEvent) -> None:
    """Raise Forbidden unless the event is open to the actor's role."""
    if actor.role not in MAY_FIRE[event]:
        raise Forbidden(f"{event.value.replace('_', ' ')} is not open to {actor.role or 'the house'}")


def sits(actor: Actor) -> UUID:
    """The id of the student who acts; Forbidden to everybody else."""
    if actor.role is not Role.STUDENT or actor.id is None:
        raise Forbidden("only a student sits an exam")
    return actor.id


def owns(actor: Actor, student_id: UUID) -> None:
    """Raise NotFound when a student reaches for another student's exam."""
    if actor.role is Role.STUDENT and actor.id != student_id:
        raise NotFound("there is no exam of yours with this id")
