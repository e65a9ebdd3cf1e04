from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mathvidya.accounts.models import User
from mathvidya.plans import queries, service
from mathvidya.plans.errors import NoSubscription, NotInPlan, QuotaExceeded
from mathvidya.plans.models import (
    ExamType,
    PlanName,
    QuotaEntry,
    QuotaPeriod,
    SubscriptionState,
)
from mathvidya.plans.queries import CounterMismatch
from mathvidya.plans.service import Reservation
from mathvidya.platform.errors import Forbidden, Invalid, NotFound
from tests.factories import (
    MONDAY_TEN,
    actor_of,
    link_parent,
    make_admin,
    make_parent,
    make_plan,
    make_student,
    make_subscription,
    make_teacher,
)
from workflows.base import new_id

MCQ_ONLY: dict[str, Any] = {
    "name": PlanName.PREMIUM_MCQ,
    "mcq_only": True,
    "exam_types": [ExamType.SECTION_MCQ, ExamType.UNIT_PRACTICE],
}


@pytest.fixture
def student(session: Session) -> User:
    return make_student(session)


def subscribed(session: Session, student: User, exams: int = 3, **values: Any) -> UUID:
    plan = make_plan(session, exams_per_month=exams, **values)
    return make_subscription(session, student, plan, starts_on=date(2026, 1, 1), billing_day=10).id


def reserve(session: Session, student: User, **values: Any) -> Reservation:
    exam_id = values.pop("exam_id", None) or new_id()
    return service.reserve_exam(
        session,
        **{
            "actor": actor_of(student),
            "student_id": student.id,
            "exam_id": exam_id,
            "exam_type": ExamType.SECTION_MCQ,
            "key": f"start:{exam_id}",
            "now": MONDAY_TEN,
            **values,
        },
    )


def used(session: Session, student: User, now: datetime = MONDAY_TEN) -> int:
    return queries.allowance(session, actor_of(student), None, now=now).used


def test_a_reservation_says_what_the_plan_promises_today(session: Session, student: User) -> None:
    subscription = subscribed(session, student)
    assert reserve(session, student) == Reservation(
        subscription, PlanName.CENTUM, {"unit": "working_day", "amount": 1}, mcq_only=False
    )


def test_each_exam_of_the_period_is_counted_until_none_is_left(session: Session, student: User) -> None:
    subscribed(session, student, exams=2)
    reserve(session, student)
    reserve(session, student)
    with pytest.raises(QuotaExceeded) as refusal:
        reserve(session, student)
    assert refusal.value.extra == {"used": 2, "allowed": 2, "next_period_start": date(2026, 1, 10)}
    assert "2 of 2" in refusal.value.detail
    assert used(session, student) == 2


def test_a_plan_without_exams_grants_not_even_the_first(session: Session, student: User) -> None:
    subscribed(session, student, exams=0)
    with pytest.raises(QuotaExceeded) as refusal:
        reserve(session, student)
    assert (refusal.value.extra["used"], refusal.value.extra["allowed"]) == (0, 0)
    assert session.scalars(select(QuotaPeriod)).all() == []


def test_the_next_period_begins_anew_at_midnight_in_india(session: Session, student: User) -> None:
    subscribed(session, student, exams=1)
    midnight = datetime.fromisoformat("2026-01-10T00:00:00+05:30")
    reserve(session, student, now=midnight - timedelta(microseconds=1))
    with pytest.raises(QuotaExceeded):
        reserve(session, student, now=midnight - timedelta(microseconds=1))
    reserve(session, student, now=midnight)
    starts = session.scalars(select(QuotaPeriod.period_start).order_by(QuotaPeriod.period_start)).all()
    assert starts == [date(2026, 1, 1), date(2026, 1, 10)]


def test_in_the_last_period_a_refusal_names_the_end_instead_of_a_next_start(
    session: Session, student: User
) -> None:
    plan = make_plan(session, exams_per_month=1)
    make_subscription(session, student, plan, ends_on=date(2026, 2, 1))
    reserve(session, student)
    with pytest.raises(QuotaExceeded, match="ends on 2026-02-01") as refusal:
        reserve(session, student)
    assert refusal.value.extra["next_period_start"] is None


def test_the_same_key_takes_one_exam_however_often_it_comes(session: Session, student: User) -> None:
    subscribed(session, student, exams=1)
    exam = new_id()
    assert reserve(session, student, exam_id=exam) == reserve(session, student, exam_id=exam)
    assert used(session, student) == 1


def test_a_key_cannot_take_another_exam(session: Session, student: User) -> None:
    subscribed(session, student)
    reserve(session, student, key="same")
    with pytest.raises(IntegrityError, match="uq_quota_ledger_idempotency_key"), session.begin_nested():
        reserve(session, student, key="same")
    assert used(session, student) == 1


@pytest.mark.parametrize(
    ("state", "starts_on", "ends_on"),
    [
        (SubscriptionState.ACTIVE, date(2026, 1, 6), date(2026, 2, 6)),
        (SubscriptionState.ACTIVE, date(2025, 12, 5), date(2026, 1, 5)),
        (SubscriptionState.EXPIRED, date(2026, 1, 1), date(2026, 2, 1)),
        (SubscriptionState.PENDING, date(2026, 1, 1), date(2026, 2, 1)),
        (SubscriptionState.CANCELLED, date(2026, 1, 1), date(2026, 2, 1)),
    ],
)
def test_only_an_active_subscription_that_covers_today_gives_exams(
    session: Session, student: User, state: SubscriptionState, starts_on: date, ends_on: date
) -> None:
    cancelled_at = MONDAY_TEN if state is SubscriptionState.CANCELLED else None
    make_subscription(
        session,
        student,
        make_plan(session),
        state=state,
        starts_on=starts_on,
        ends_on=ends_on,
        cancelled_at=cancelled_at,
    )
    with pytest.raises(NoSubscription):
        reserve(session, student)


def test_a_kind_of_exam_that_the_plan_lacks_is_refused_naming_the_plans_that_have_it(
    session: Session, student: User
) -> None:
    make_plan(session, name=PlanName.PREMIUM)
    make_plan(session, name=PlanName.BASIC, exam_types=[ExamType.SECTION_MCQ])
    subscribed(session, student, **MCQ_ONLY)
    with pytest.raises(NotInPlan) as refusal:
        reserve(session, student, exam_type=ExamType.BOARD_EXAM)
    assert refusal.value.extra["plans"] == [PlanName.PREMIUM]
    assert used(session, student) == 0


def test_a_written_paper_is_refused_on_a_plan_without_a_teacher(session: Session, student: User) -> None:
    make_plan(session, name=PlanName.PREMIUM)
    subscribed(session, student, **MCQ_ONLY)
    reservation = reserve(session, student, exam_type=ExamType.UNIT_PRACTICE)
    service.require_paper_in_plan(session, reservation, has_written=False)
    with pytest.raises(NotInPlan) as refusal:
        service.require_paper_in_plan(session, reservation, has_written=True)
    assert refusal.value.extra["plans"] == [PlanName.PREMIUM]


def test_nobody_spends_an_exam_for_a_student(session: Session, student: User) -> None:
    subscribed(session, student)
    for person in (make_student(session), make_parent(session), make_teacher(session), make_admin(session)):
        with pytest.raises(Forbidden):
            reserve(session, student, actor=actor_of(person))


def test_an_exam_is_given_back_once_to_the_period_that_it_was_taken_from(
    session: Session, student: User
) -> None:
    subscribed(session, student, exams=1)
    exam = new_id()
    reserve(session, student, exam_id=exam)
    two_months_on = MONDAY_TEN + timedelta(days=60)
    assert service.give_back_exam(session, exam_id=exam, reason="voided", now=two_months_on)
    assert not service.give_back_exam(session, exam_id=exam, reason="breached", now=two_months_on)
    assert used(session, student) == 0
    entries = session.scalars(select(QuotaEntry).order_by(QuotaEntry.recorded_at)).all()
    assert [(entry.delta, entry.reason) for entry in entries] == [(1, "started"), (-1, "voided")]
    reserve(session, student)


def test_an_exam_that_was_never_taken_cannot_be_given_back(session: Session) -> None:
    assert not service.give_back_exam(session, exam_id=new_id(), reason="voided", now=MONDAY_TEN)


def test_a_begun_period_keeps_its_number_when_the_plan_changes(session: Session, student: User) -> None:
    subscription_id = subscribed(session, student, exams=2)
    reserve(session, student)
    subscription = queries.subscription_in_reach(session, actor_of(student), subscription_id)
    subscription.plan.exams_per_month = 9
    session.flush()
    assert queries.allowance(session, actor_of(student), None, now=MONDAY_TEN).allowed == 2
    later = MONDAY_TEN + timedelta(days=10)
    assert queries.allowance(session, actor_of(student), None, now=later).allowed == 9


def test_an_allowance_tells_the_period_and_what_is_left_of_it(session: Session, student: User) -> None:
    subscription = subscribed(session, student, exams=3)
    reserve(session, student)
    allowance = queries.allowance(session, actor_of(student), None, now=MONDAY_TEN)
    assert (allowance.subscription_id, allowance.plan) == (subscription, PlanName.CENTUM)
    assert (allowance.used, allowance.allowed, allowance.left) == (1, 3, 2)
    assert (allowance.period_start, allowance.period_end) == (date(2026, 1, 1), date(2026, 1, 10))
    assert allowance.next_period_start == date(2026, 1, 10)


def test_a_quota_is_seen_by_the_student_the_parent_and_admins(session: Session, student: User) -> None:
    subscribed(session, student)
    parent = make_parent(session)
    link_parent(session, parent, student)
    for person in (student, parent, make_admin(session)):
        assert queries.allowance(session, actor_of(person), student.id, now=MONDAY_TEN).allowed == 3
    for person in (make_student(session), make_parent(session), make_teacher(session)):
        with pytest.raises(NotFound):
            queries.allowance(session, actor_of(person), student.id, now=MONDAY_TEN)


def test_an_admin_or_a_parent_must_say_whose_quota_is_meant(session: Session) -> None:
    for person in (make_admin(session), make_parent(session)):
        with pytest.raises(Invalid) as refusal:
            queries.allowance(session, actor_of(person), None, now=MONDAY_TEN)
        assert "student_id" in refusal.value.extra["errors"]


def test_counters_agree_with_the_ledger_whatever_was_taken_and_given_back(
    session: Session, student: User
) -> None:
    subscribed(session, student)
    exams = [new_id(), new_id()]
    for exam in exams:
        reserve(session, student, exam_id=exam)
    service.give_back_exam(session, exam_id=exams[0], reason="voided", now=MONDAY_TEN)
    assert queries.check_counters(session) == []


def test_a_counter_that_somebody_changed_past_the_service_is_found(session: Session, student: User) -> None:
    subscription = subscribed(session, student)
    reserve(session, student)
    session.execute(update(QuotaPeriod).values(used=0))
    assert queries.check_counters(session) == [
        CounterMismatch(subscription, date(2026, 1, 1), counted=0, in_ledger=1)
    ]
