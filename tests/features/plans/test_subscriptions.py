from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mathvidya.accounts.models import User
from mathvidya.plans import queries, service
from mathvidya.plans.models import PlanName, Subscription, SubscriptionState
from mathvidya.platform.constraints import as_domain_error
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, WrongState
from mathvidya.system.models import AuditLog
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
from workflows.models import OutboxMessage


@pytest.fixture
def admin(session: Session) -> User:
    make_plan(session)
    return make_admin(session)


def subscribe(session: Session, admin: User, student: User, **values: Any) -> Subscription:
    return service.subscribe(
        session,
        **{
            "actor": actor_of(admin),
            "plan_name": PlanName.CENTUM,
            "student_id": student.id,
            "starts_on": None,
            "months": 1,
            "now": MONDAY_TEN,
            **values,
        },
    )


def topics(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.topic).order_by(OutboxMessage.id)))


def acts(session: Session) -> list[str]:
    return list(session.scalars(select(AuditLog.action).order_by(AuditLog.id)))


def test_a_subscription_starts_today_in_india_unless_a_day_is_named(session: Session, admin: User) -> None:
    late_in_the_evening_in_london = datetime.fromisoformat("2026-01-09T20:00:00+00:00")
    subscription = subscribe(session, admin, make_student(session), now=late_in_the_evening_in_london)
    assert (subscription.starts_on, subscription.ends_on) == (date(2026, 1, 10), date(2026, 2, 10))
    assert (subscription.billing_day, subscription.state) == (10, SubscriptionState.ACTIVE)


def test_a_start_late_in_the_month_bills_on_the_28th(session: Session, admin: User) -> None:
    subscription = subscribe(session, admin, make_student(session), starts_on=date(2026, 1, 31), months=2)
    assert (subscription.billing_day, subscription.ends_on) == (28, date(2026, 3, 28))


def test_the_price_is_agreed_at_subscribing(session: Session, admin: User) -> None:
    subscription = subscribe(session, admin, make_student(session), months=13)
    assert subscription.price_paise == 1499900 + 149900
    subscription.plan.monthly_paise = 1
    session.flush()
    session.expire(subscription, ["price_paise"])
    assert subscription.price_paise == 1499900 + 149900


def test_subscribing_is_told_and_audited(session: Session, admin: User) -> None:
    subscribe(session, admin, make_student(session))
    session.flush()
    assert topics(session) == ["subscription.created"]
    assert acts(session) == ["subscription.created"]


@pytest.mark.parametrize("make", [make_teacher, make_parent, make_admin])
def test_only_a_student_can_be_subscribed(
    session: Session, admin: User, make: Callable[[Session], User]
) -> None:
    with pytest.raises(Invalid) as refusal:
        subscribe(session, admin, make(session))
    assert "student_id" in refusal.value.extra["errors"]


def test_a_subscription_that_would_be_over_already_is_refused(session: Session, admin: User) -> None:
    student = make_student(session)
    with pytest.raises(Invalid) as refusal:
        subscribe(session, admin, student, starts_on=date(2025, 12, 5), months=1)
    assert "2026-01-05" in refusal.value.extra["errors"]["starts_on"][0]
    assert subscribe(session, admin, student, starts_on=date(2025, 12, 6), months=1).ends_on > date(
        2026, 1, 5
    )


@pytest.mark.parametrize("make", [make_student, make_parent, make_teacher])
def test_only_an_admin_subscribes(session: Session, admin: User, make: Callable[[Session], User]) -> None:
    with pytest.raises(Forbidden):
        subscribe(session, make(session), make_student(session))


def test_subscriptions_of_one_student_never_overlap(session: Session, admin: User) -> None:
    student = make_student(session)
    subscribe(session, admin, student, starts_on=date(2026, 1, 10), months=1)
    with pytest.raises(IntegrityError) as violation, session.begin_nested():
        subscribe(session, admin, student, starts_on=date(2026, 2, 9))
    assert as_domain_error(violation.value).slug == "subscription-overlap"
    subscribe(session, admin, student, starts_on=date(2026, 2, 10))
    subscribe(session, admin, make_student(session), starts_on=date(2026, 1, 10))


def test_a_cancelled_subscription_leaves_its_days_free(session: Session, admin: User) -> None:
    student = make_student(session)
    first = subscribe(session, admin, student)
    service.cancel_subscription(session, actor=actor_of(admin), subscription_id=first.id, now=MONDAY_TEN)
    assert (first.state, first.cancelled_at, first.version) == (SubscriptionState.CANCELLED, MONDAY_TEN, 2)
    subscribe(session, admin, student)
    assert topics(session)[:2] == ["subscription.created", "subscription.cancelled"]
    assert "subscription.cancelled" in acts(session)


@pytest.mark.parametrize("state", [SubscriptionState.CANCELLED, SubscriptionState.EXPIRED])
def test_what_has_ended_cannot_be_cancelled(session: Session, admin: User, state: SubscriptionState) -> None:
    subscription = subscribe(session, admin, make_student(session))
    subscription.state = state
    subscription.cancelled_at = MONDAY_TEN if state is SubscriptionState.CANCELLED else None
    session.flush()
    with pytest.raises(WrongState, match=state.value):
        service.cancel_subscription(
            session, actor=actor_of(admin), subscription_id=subscription.id, now=MONDAY_TEN
        )


def test_a_student_sees_their_subscription_but_may_not_cancel_it(session: Session, admin: User) -> None:
    student, stranger = make_student(session), make_student(session)
    subscription = subscribe(session, admin, student)
    for person, kind in ((student, Forbidden), (stranger, NotFound)):
        with pytest.raises(kind):
            service.cancel_subscription(
                session, actor=actor_of(person), subscription_id=subscription.id, now=MONDAY_TEN
            )


def test_cancelling_what_does_not_exist_is_not_found(session: Session, admin: User) -> None:
    with pytest.raises(NotFound):
        service.cancel_subscription(session, actor=actor_of(admin), subscription_id=new_id(), now=MONDAY_TEN)


def test_a_subscription_expires_on_the_day_after_its_last(session: Session, admin: User) -> None:
    subscription = subscribe(session, admin, make_student(session))
    last_moment = datetime.fromisoformat("2026-02-04T23:59:59+05:30")
    assert service.expire_subscriptions(session, now=last_moment, limit=10) == 0
    assert service.expire_subscriptions(session, now=last_moment + timedelta(seconds=1), limit=10) == 1
    assert service.expire_subscriptions(session, now=last_moment + timedelta(days=9), limit=10) == 0
    session.flush()
    assert subscription.state is SubscriptionState.EXPIRED
    assert topics(session) == ["subscription.created", "subscription.expired"]
    assert acts(session) == ["subscription.created", "subscription.expired"]


def test_expiring_takes_no_more_than_its_limit(session: Session, admin: User) -> None:
    for _ in range(3):
        subscribe(session, admin, make_student(session))
    much_later = MONDAY_TEN + timedelta(days=60)
    assert service.expire_subscriptions(session, now=much_later, limit=2) == 2
    assert service.expire_subscriptions(session, now=much_later, limit=2) == 1


def test_each_person_sees_the_subscriptions_of_their_own(session: Session, admin: User) -> None:
    plan = queries.plan_named(session, PlanName.CENTUM)
    child, other = make_student(session), make_student(session)
    parent, stranger, teacher = make_parent(session), make_parent(session), make_teacher(session)
    link_parent(session, parent, child)
    of_child, of_other = make_subscription(session, child, plan), make_subscription(session, other, plan)
    expected = {
        child: {of_child.id},
        other: {of_other.id},
        parent: {of_child.id},
        stranger: set(),
        teacher: set(),
        admin: {of_child.id, of_other.id},
    }
    for person, visible in expected.items():
        page = queries.subscriptions_in_reach(session, actor_of(person), student_id=None, limit=9, after=None)
        assert {row.id for row in page.items} == visible
        for subscription in (of_child, of_other):
            if subscription.id in visible:
                found = queries.subscription_in_reach(session, actor_of(person), subscription.id)
                assert found.plan.name is PlanName.CENTUM
            else:
                with pytest.raises(NotFound):
                    queries.subscription_in_reach(session, actor_of(person), subscription.id)


def test_a_list_can_be_narrowed_to_one_student_within_reach(session: Session, admin: User) -> None:
    plan = queries.plan_named(session, PlanName.CENTUM)
    child, other = make_student(session), make_student(session)
    subscription = make_subscription(session, child, plan)
    make_subscription(session, other, plan)

    def seen_by(person: User, student: User) -> list[Any]:
        page = queries.subscriptions_in_reach(
            session, actor_of(person), student_id=student.id, limit=9, after=None
        )
        return [row.id for row in page.items]

    assert seen_by(admin, child) == [subscription.id]
    assert seen_by(child, other) == []
