from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from mathvidya.attempts import service
from mathvidya.attempts.errors import AlreadyHandedIn
from mathvidya.attempts.handlers import TIMERS
from mathvidya.attempts.models import ExamInstance, ExamState
from mathvidya.platform import db
from mathvidya.platform.actors import Actor
from tests.concurrency.racing import race
from tests.factories import actor_of
from tests.sittings import UPLOAD_ENDS, add_sheet, at, make_exam, start, student_of
from workflows import timers
from workflows.models import OutboxMessage

THREADS = 32


@pytest.fixture
def sitting(committed_database: object) -> tuple[UUID, Actor]:
    with db.transaction() as session:
        exam = start(session, make_exam(session))
        add_sheet(session, exam, 1, 4, 5)
        return exam.id, actor_of(student_of(session, exam))


def hand_in(sitting: tuple[UUID, Actor], now: datetime) -> bool:
    exam_id, actor = sitting
    try:
        with db.transaction() as session:
            service.hand_in(session, actor=actor, exam_id=exam_id, now=now)
    except AlreadyHandedIn:
        return False
    return True


def told() -> list[str]:
    with db.reading() as session:
        return list(session.scalars(select(OutboxMessage.topic)))


def test_of_32_hand_ins_at_once_one_is_taken_and_told(sitting: tuple[UUID, Actor]) -> None:
    assert race(THREADS, lambda _: hand_in(sitting, at(50))).count(True) == 1
    assert told() == ["exam.handed_in"]


def test_student_and_time_hand_in_once_between_them(sitting: tuple[UUID, Actor]) -> None:
    def act(thread: int) -> bool:
        if thread % 4:
            return hand_in(sitting, UPLOAD_ENDS)
        timers.fire_due(db.transaction, TIMERS, now=UPLOAD_ENDS, batch=5)
        return False

    by_student = race(THREADS, act).count(True)
    with db.reading() as session:
        exam = session.scalars(select(ExamInstance)).one()
    assert exam.state is ExamState.HANDED_IN
    assert exam.handed_in_by is not None
    assert (exam.handed_in_by.value == "student") == (by_student == 1)
    assert told() == ["exam.handed_in"]
