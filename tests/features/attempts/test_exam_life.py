import pytest

from mathvidya.attempts import policy
from mathvidya.attempts.models import ExamState
from mathvidya.attempts.rules.life import MACHINE, ExamEvent, ExamFacts
from mathvidya.platform.actors import SYSTEM, Actor, Role
from mathvidya.platform.errors import Forbidden, NotFound
from workflows.base import new_id
from workflows.machine import IllegalTransition

S, E = ExamState, ExamEvent

# Every state in which something can happen, and what it leads to: on a paper with written questions,
# on a paper of choices alone. What is not here is refused.
LEGAL: dict[tuple[ExamState, ExamEvent], tuple[ExamState | None, ExamState | None]] = {
    (S.CREATED, E.START): (S.IN_PROGRESS, S.IN_PROGRESS),
    (S.CREATED, E.DISCARD): (S.VOIDED, S.VOIDED),
    (S.CREATED, E.EXPIRE): (S.VOIDED, S.VOIDED),
    (S.CREATED, E.VOID): (S.VOIDED, S.VOIDED),
    (S.IN_PROGRESS, E.FINISH_ANSWERING): (S.UPLOADING, None),
    (S.IN_PROGRESS, E.TIME_UP): (S.UPLOADING, None),
    (S.IN_PROGRESS, E.HAND_IN): (S.HANDED_IN, S.HANDED_IN),
    (S.IN_PROGRESS, E.ABANDON): (S.ABANDONED, S.ABANDONED),
    (S.IN_PROGRESS, E.VOID): (S.VOIDED, S.VOIDED),
    (S.UPLOADING, E.HAND_IN): (S.HANDED_IN, S.HANDED_IN),
    (S.UPLOADING, E.ABANDON): (S.ABANDONED, S.ABANDONED),
    (S.UPLOADING, E.VOID): (S.VOIDED, S.VOIDED),
    (S.HANDED_IN, E.OPEN_EVALUATION): (S.UNDER_EVALUATION, None),
    (S.HANDED_IN, E.SCORE): (None, S.EVALUATED),
    (S.HANDED_IN, E.VOID): (S.VOIDED, S.VOIDED),
    (S.UNDER_EVALUATION, E.SCORE): (S.EVALUATED, S.EVALUATED),
    (S.UNDER_EVALUATION, E.VOID): (S.VOIDED, S.VOIDED),
    (S.EVALUATED, E.PUBLISH): (S.PUBLISHED, S.PUBLISHED),
    (S.EVALUATED, E.VOID): (S.VOIDED, S.VOIDED),
}

STUDENT, PARENT, TEACHER, ADMIN = Role
HOUSE = None

OPEN_TO: dict[ExamEvent, set[Role | None]] = {
    E.START: {STUDENT},
    E.FINISH_ANSWERING: {STUDENT},
    E.TIME_UP: {HOUSE},
    E.HAND_IN: {STUDENT, HOUSE},
    E.ABANDON: {HOUSE},
    E.DISCARD: {STUDENT},
    E.EXPIRE: {HOUSE},
    E.VOID: {ADMIN},
    E.OPEN_EVALUATION: {HOUSE},
    E.SCORE: {HOUSE},
    E.PUBLISH: {HOUSE},
}

EVERY_CELL = [(state, event) for state in ExamState for event in ExamEvent]
EVERYBODY: list[Role | None] = [*Role, HOUSE]


def outcome(state: ExamState, event: ExamEvent, *, has_written: bool) -> ExamState | None:
    try:
        return MACHINE.fire(state, event, ExamFacts(has_written)).target
    except IllegalTransition:
        return None


@pytest.mark.parametrize(("state", "event"), EVERY_CELL)
def test_every_event_in_every_state(state: ExamState, event: ExamEvent) -> None:
    written, choices_alone = LEGAL.get((state, event), (None, None))
    assert outcome(state, event, has_written=True) is written
    assert outcome(state, event, has_written=False) is choices_alone


@pytest.mark.parametrize("event", ExamEvent)
@pytest.mark.parametrize("role", EVERYBODY)
def test_every_event_for_everybody(event: ExamEvent, role: Role | None) -> None:
    actor = SYSTEM if role is None else Actor(id=new_id(), role=role)
    if role in OPEN_TO[event]:
        policy.may_fire(actor, event)
    else:
        with pytest.raises(Forbidden):
            policy.may_fire(actor, event)


def test_nothing_leaves_an_exam_that_is_published_abandoned_or_voided() -> None:
    assert set(MACHINE.finals()) == {S.PUBLISHED, S.ABANDONED, S.VOIDED}


@pytest.mark.parametrize("role", [PARENT, TEACHER, ADMIN])
def test_only_a_student_sits(role: Role) -> None:
    with pytest.raises(Forbidden):
        policy.sits(Actor(id=new_id(), role=role))


def test_an_exam_of_another_student_looks_like_none() -> None:
    with pytest.raises(NotFound):
        policy.owns(Actor(id=new_id(), role=STUDENT), student_id=new_id())
