from typing import Any

import pytest
from sqlalchemy import func, select

from mathvidya.accounts.models import User
from mathvidya.attempts import service
from mathvidya.attempts.errors import ExamAlreadyActive
from mathvidya.attempts.models import ExamInstance, ExamState
from mathvidya.plans.models import QuotaPeriod
from mathvidya.platform import db
from mathvidya.platform.errors import WrongState
from tests.concurrency.racing import race
from tests.factories import MONDAY_TEN, actor_of, make_student
from tests.sittings import consent, make_exam, plant_bank, start, student_of, subscribe
from workflows.models import Timer, TimerState

pytestmark = pytest.mark.usefixtures("committed_database")

THREADS = 32


@pytest.fixture
def student(committed_database: object) -> User:
    with db.transaction() as session:
        plant_bank(session)
        drawing = make_student(session)
        subscribe(session, drawing)
        consent(session, drawing)
    return drawing


def count(*conditions: Any) -> int:
    with db.reading() as session:
        return session.scalars(select(func.count()).select_from(ExamInstance).where(*conditions)).one()


def test_of_32_draws_at_once_one_is_granted_and_one_exam_is_taken(student: User) -> None:
    def draw(seed: int) -> bool:
        try:
            with db.transaction() as session:
                service.create_exam(
                    session,
                    actor=actor_of(student),
                    template="small-mixed",
                    unit=None,
                    seed=seed,
                    now=MONDAY_TEN,
                )
        except ExamAlreadyActive:
            return False
        return True

    assert race(THREADS, draw).count(True) == 1
    assert count() == 1
    with db.reading() as session:
        assert session.scalars(select(QuotaPeriod.used)).one() == 1


def test_of_32_starts_at_once_one_starts_the_time() -> None:
    with db.transaction() as session:
        exam = make_exam(session)

    def begin(_thread: int) -> bool:
        try:
            with db.transaction() as session:
                start(session, exam)
        except WrongState:
            return False
        return True

    assert race(THREADS, begin).count(True) == 1
    with db.reading() as session:
        pending = select(Timer.kind).where(Timer.state == TimerState.PENDING)
        assert sorted(session.scalars(pending)) == ["exam.answering_ends", "exam.upload_ends"]


def test_an_exam_is_either_started_or_discarded() -> None:
    with db.transaction() as session:
        exam = make_exam(session)
        owner = actor_of(student_of(session, exam))

    def act(thread: int) -> str:
        verb = service.start_exam if thread % 2 else service.discard_exam
        try:
            with db.transaction() as session:
                return verb(session, actor=owner, exam_id=exam.id, now=MONDAY_TEN).state.value
        except WrongState:
            return "refused"

    outcomes = [outcome for outcome in race(THREADS, act) if outcome != "refused"]
    assert len(outcomes) == 1
    assert count(ExamInstance.state == ExamState(outcomes[0])) == 1
