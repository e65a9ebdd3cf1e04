from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.accounts.models import User
from mathvidya.plans import queries, service
from mathvidya.plans.errors import QuotaExceeded
from mathvidya.plans.models import ExamType, QuotaEntry
from mathvidya.platform import db
from tests.concurrency.racing import race
from tests.factories import MONDAY_TEN, actor_of, make_plan, make_student, make_subscription
from workflows.base import new_id

pytestmark = pytest.mark.usefixtures("committed_database")

THREADS = 32
LIMIT = 10


@pytest.fixture
def student(committed_database: object) -> User:
    with db.transaction() as session:
        subscribed = make_student(session)
        make_subscription(session, subscribed, make_plan(session, exams_per_month=LIMIT))
    return subscribed


def reserve(session: Session, student: User, exam_id: UUID) -> None:
    service.reserve_exam(
        session,
        actor=actor_of(student),
        student_id=student.id,
        exam_id=exam_id,
        exam_type=ExamType.BOARD_EXAM,
        key=f"start:{exam_id}",
        now=MONDAY_TEN,
    )


def is_granted(student: User, exam_id: UUID) -> bool:
    try:
        with db.transaction() as session:
            reserve(session, student, exam_id)
    except QuotaExceeded:
        return False
    return True


def used(student: User) -> int:
    with db.reading() as session:
        assert queries.check_counters(session) == []
        return queries.allowance(session, actor_of(student), None, now=MONDAY_TEN).used


def test_of_32_who_start_at_once_just_as_many_as_the_plan_allows_are_granted(student: User) -> None:
    granted = race(THREADS, lambda _: is_granted(student, new_id()))
    assert granted.count(True) == LIMIT
    assert used(student) == LIMIT


def test_the_last_exam_of_a_period_goes_to_one_of_many(student: User) -> None:
    for _ in range(LIMIT - 1):
        assert is_granted(student, new_id())
    assert race(THREADS, lambda _: is_granted(student, new_id())).count(True) == 1


def test_of_many_who_give_one_exam_back_at_once_one_does(student: User) -> None:
    exam = new_id()
    assert is_granted(student, exam)

    def give_back(_thread: int) -> bool:
        with db.transaction() as session:
            return service.give_back_exam(session, exam_id=exam, reason="voided", now=MONDAY_TEN)

    assert race(THREADS, give_back).count(True) == 1
    assert used(student) == 0


def test_taking_and_giving_back_at_once_leaves_counter_and_ledger_agreed(student: User) -> None:
    taken = [new_id() for _ in range(LIMIT)]
    for exam in taken:
        assert is_granted(student, exam)

    def act(thread: int) -> bool:
        if thread % 2:
            return is_granted(student, new_id())
        with db.transaction() as session:
            exam = taken[thread // 2 % LIMIT]
            return service.give_back_exam(session, exam_id=exam, reason="voided", now=MONDAY_TEN)

    race(THREADS, act)
    assert 0 <= used(student) <= LIMIT
    with db.reading() as session:
        given_back = session.scalars(select(QuotaEntry.exam_id).where(QuotaEntry.delta == -1)).all()
    assert sorted(given_back) == sorted(taken)
