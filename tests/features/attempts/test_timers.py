from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from mathvidya.attempts import service
from mathvidya.attempts.handlers import TIMERS
from mathvidya.attempts.models import ExamInstance, ExamState
from mathvidya.attempts.service import limits
from mathvidya.platform import db
from tests.factories import MONDAY_TEN, actor_of
from tests.sittings import ACCEPTS_UNTIL, UPLOAD_ENDS, add_sheet, at, make_exam, start, student_of
from workflows import timers
from workflows.timers import Outcome


def fire(session: Session, now: datetime) -> tuple[Outcome, ...]:
    session.flush()
    fired = timers.fire_due(db.transaction, TIMERS, now=now, batch=10)
    session.expire_all()
    return fired.outcomes


@pytest.fixture
def exam(session: Session) -> ExamInstance:
    return start(session, make_exam(session))


def test_time_takes_a_sitting_through_its_phases(session: Session, exam: ExamInstance) -> None:
    add_sheet(session, exam, 1, 4)
    assert fire(session, ACCEPTS_UNTIL - timedelta(microseconds=1)) == ()
    assert fire(session, ACCEPTS_UNTIL) == (Outcome.FIRED,)
    assert exam.state is ExamState.UPLOADING
    assert fire(session, UPLOAD_ENDS) == (Outcome.FIRED,)
    assert exam.state is ExamState.HANDED_IN


def test_two_limits_reached_at_once_end_in_one_hand_in(session: Session, exam: ExamInstance) -> None:
    add_sheet(session, exam, 1, 4)
    assert Outcome.FAILED not in fire(session, UPLOAD_ENDS + timedelta(days=1))
    assert exam.state is ExamState.HANDED_IN


def test_after_finishing_early_only_the_new_limits_count(session: Session, exam: ExamInstance) -> None:
    add_sheet(session, exam, 1, 4)
    service.finish_answering(session, actor=actor_of(student_of(session, exam)), exam_id=exam.id, now=at(20))
    fire(session, at(50) - timedelta(seconds=1))
    assert exam.state is ExamState.UPLOADING
    fire(session, at(50))
    assert (exam.state, exam.handed_in_at) == (ExamState.HANDED_IN, at(50))


def test_an_unstarted_exam_is_voided_after_a_day(session: Session) -> None:
    exam = make_exam(session)
    limits.await_start(session, exam, MONDAY_TEN)
    fire(session, MONDAY_TEN + timedelta(hours=24))
    assert exam.state is ExamState.VOIDED
