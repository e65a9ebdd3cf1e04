from datetime import date, timedelta

import pytest
import structlog
from sqlalchemy import select, update

from mathvidya.accounts.models import User
from mathvidya.plans import rules, tasks
from mathvidya.plans.models import ExamType, QuotaPeriod, Subscription, SubscriptionState
from mathvidya.plans.service import reserve_exam
from mathvidya.platform import clock, db
from tests.factories import actor_of, make_plan, make_student, make_subscription
from workflows.base import new_id

pytestmark = pytest.mark.usefixtures("connection")


def subscribed(ends_on: date) -> User:
    with db.transaction() as session:
        student = make_student(session)
        starts_on = ends_on - timedelta(days=30)
        make_subscription(session, student, make_plan(session), starts_on=starts_on, ends_on=ends_on)
    return student


def test_the_tick_notes_what_ended_by_the_clock_of_the_house() -> None:
    subscribed(rules.billing_date(clock.now()))
    tasks.expire()
    with db.reading() as session:
        assert session.scalars(select(Subscription.state)).all() == [SubscriptionState.EXPIRED]


def test_the_tick_leaves_what_still_covers_today() -> None:
    subscribed(rules.billing_date(clock.now()) + timedelta(days=1))
    tasks.expire()
    with db.reading() as session:
        assert session.scalars(select(Subscription.state)).all() == [SubscriptionState.ACTIVE]


def test_the_check_rings_for_a_counter_that_disagrees_with_its_ledger() -> None:
    student = subscribed(rules.billing_date(clock.now()) + timedelta(days=1))
    with db.transaction() as session:
        reserve_exam(
            session,
            actor=actor_of(student),
            student_id=student.id,
            exam_id=new_id(),
            exam_type=ExamType.BOARD_EXAM,
            key="start",
            now=clock.now(),
        )
    with structlog.testing.capture_logs() as quiet:
        tasks.check_quota()
    assert quiet == []
    with db.transaction() as session:
        session.execute(update(QuotaPeriod).values(used=0))
    with structlog.testing.capture_logs() as rung:
        tasks.check_quota()
    assert [entry["log_level"] for entry in rung] == ["error"]
