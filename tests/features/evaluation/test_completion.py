from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts.models import ExamState
from mathvidya.evaluation.errors import EvaluationIncomplete, LeaseLapsed
from mathvidya.evaluation.models import AnnotationKind, Evaluation, EvaluationState
from mathvidya.evaluation.queries.marks import marks_of
from mathvidya.evaluation.service.annotations import Add, annotate
from mathvidya.evaluation.service.completion import complete
from mathvidya.evaluation.service.moving import SUBJECT
from mathvidya.platform.errors import NotFound, StaleVersion, WrongState
from mathvidya.system.models import AuditLog
from tests.factories import MONDAY_TEN, make_teacher
from tests.scripts import Script, make_script, mark_everything, save, sent
from workflows import clocks
from workflows.base import new_id
from workflows.models import Lease, OutboxMessage

LATER = MONDAY_TEN + timedelta(hours=1)


@pytest.fixture
def script(session: Session) -> Script:
    return make_script(session)


def finish(session: Session, script: Script, version: int = 1, now: datetime = LATER) -> Evaluation:
    return complete(
        session,
        actor=script.actor,
        evaluation_id=script.evaluation.id,
        expected_version=version,
        lease_token=script.token,
        now=now,
    )


def test_a_marked_script_is_summed_and_published_at_once(session: Session, script: Script) -> None:
    mark_everything(session, script)
    evaluation = finish(session, script)
    assert (evaluation.state, evaluation.total) == (EvaluationState.PUBLISHED, Decimal(9))
    assert (evaluation.completed_at, evaluation.published_at) == (LATER, LATER)
    session.refresh(script.exam)
    assert script.exam.state is ExamState.PUBLISHED
    assert (script.exam.manual_score, script.exam.total_score) == (Decimal(9), Decimal(10))
    assert script.exam.percentage == Decimal("83.33")


def test_what_was_declared_unanswered_is_marked_not_attempted_by_nobody(
    session: Session, script: Script
) -> None:
    mark_everything(session, script)
    finish(session, script)
    declared = marks_of(session, script.evaluation.id)[-1]
    assert (declared.question_number, declared.awarded, declared.not_attempted) == (5, 0, True)


def test_a_mark_on_a_declared_question_stands(session: Session, script: Script) -> None:
    mark_everything(session, script)
    save(session, script, 5, sent({"1": "1.5"}))
    assert finish(session, script).total == Decimal("10.5")


def test_everything_missing_is_named_by_its_question(session: Session, script: Script) -> None:
    save(session, script, 4, sent({"i/first/0/1": "1"}))
    with pytest.raises(EvaluationIncomplete) as refused:
        finish(session, script)
    assert refused.value.extra["errors"] == {
        2: ["has no mark; mark it, or say that it was not attempted"],
        3: ["has no mark; mark it, or say that it was not attempted"],
        4: ["part ii has no mark", "part iii has no mark"],
    }


def test_stamps_that_say_something_else_stop_completion(session: Session, script: Script) -> None:
    mark_everything(session, script)
    stamp = Add(new_id(), script.sheets[0].id, AnnotationKind.TICK, 0.1, 0.1, [], "", 2, Decimal("1.5"))
    annotate(
        session,
        actor=script.actor,
        evaluation_id=script.evaluation.id,
        operations=[stamp],
        lease_token=script.token,
        now=MONDAY_TEN,
    )
    with pytest.raises(EvaluationIncomplete) as refused:
        finish(session, script)
    assert refused.value.extra["errors"] == {2: ["stamps come to 1.5, the mark is 2"]}


def test_a_refused_completion_leaves_the_script_in_hand(session: Session, script: Script) -> None:
    with session.begin_nested() as savepoint, pytest.raises(EvaluationIncomplete):
        finish(session, script)
    assert not savepoint.is_active
    assert script.evaluation.state is EvaluationState.IN_PROGRESS
    assert script.evaluation.total is None


def test_a_completed_script_cannot_be_completed_again(session: Session, script: Script) -> None:
    mark_everything(session, script)
    evaluation = finish(session, script)
    with pytest.raises(WrongState):
        finish(session, script, version=evaluation.version)


def test_the_clock_stops_at_completion(session: Session, script: Script) -> None:
    mark_everything(session, script)
    finish(session, script)
    clock = clocks.clock_of(session, subject_type=SUBJECT, subject_id=script.evaluation.id)
    assert clock is not None
    assert clock.stopped_at == LATER


def test_the_lease_is_given_back(session: Session, script: Script) -> None:
    mark_everything(session, script)
    finish(session, script)
    lease = session.scalars(
        select(Lease).where(Lease.subject_id == script.evaluation.id),
        execution_options={"populate_existing": True},
    ).one()
    assert lease.holder_id is None


def test_completion_and_publication_are_told_and_audited(session: Session, script: Script) -> None:
    mark_everything(session, script)
    finish(session, script)
    topics = [message.topic for message in session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))]
    assert topics[-3:] == ["evaluation.completed", "exam.published", "evaluation.published"]
    actions = set(session.scalars(select(AuditLog.action)))
    assert {"evaluation.completed", "exam.evaluated", "exam.published"} <= actions


def test_another_version_than_the_one_read_is_refused(session: Session, script: Script) -> None:
    mark_everything(session, script)
    with pytest.raises(StaleVersion):
        finish(session, script, version=7)


def test_only_the_holder_completes(session: Session, script: Script) -> None:
    mark_everything(session, script)
    with pytest.raises(NotFound):
        finish(session, replace(script, teacher=make_teacher(session)))
    with pytest.raises(LeaseLapsed):
        finish(session, replace(script, token=script.token + 1))
