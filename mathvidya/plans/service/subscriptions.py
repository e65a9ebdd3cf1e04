"""Verbs on subscriptions: subscribe, cancel, note that one has expired."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mathvidya.plans import policy, queries, rules
from mathvidya.plans.events import SubscriptionCancelled, SubscriptionCreated, SubscriptionExpired
from mathvidya.plans.models import PlanName, Subscription, SubscriptionState
from mathvidya.platform import events
from mathvidya.platform.actors import SYSTEM, Actor
from mathvidya.platform.errors import Invalid, NotFound, WrongState
from mathvidya.platform.ids import new_id
from mathvidya.system.service import record_act

_OPEN = (SubscriptionState.PENDING, SubscriptionState.ACTIVE)


def subscribe(
    session: Session,
    *,
    actor: Actor,
    plan_name: PlanName,
    student_id: UUID,
    starts_on: date | None,
    months: int,
    now: datetime,
) -> Subscription:
    """Give a student a plan for so many months from a day on; today when none is named.

    The price is agreed here and stays. Raises Forbidden, Invalid, and SubscriptionOverlap at the flush's
    constraint when another one covers some of these days.
    """
    policy.must_be_admin(actor, "subscribe a student")
    first_day = starts_on or rules.billing_date(now)
    ends_on = rules.end_of_term(first_day, months)
    _check_subscribing(session, student_id, ends_on, now)
    plan = queries.plan_named(session, plan_name)
    subscription = Subscription(
        id=new_id(),
        student_id=student_id,
        plan_id=plan.id,
        plan=plan,
        state=SubscriptionState.ACTIVE,
        starts_on=first_day,
        ends_on=ends_on,
        billing_day=rules.billing_day_of(first_day),
        price_paise=rules.price_of(months, monthly_paise=plan.monthly_paise, yearly_paise=plan.yearly_paise),
        created_at=now,
    )
    session.add(subscription)
    session.flush()
    _record_created(session, actor, subscription, now)
    return subscription


def _check_subscribing(session: Session, student_id: UUID, ends_on: date, now: datetime) -> None:
    if not queries.is_student(session, student_id):
        raise Invalid("a plan is for a student", {"student_id": ["there is no such student"]})
    if ends_on <= rules.billing_date(now):
        raise Invalid(
            "the subscription would be over already",
            {"starts_on": [f"it would end on {ends_on}: start later, or take more months"]},
        )


def _record_created(session: Session, actor: Actor, subscription: Subscription, now: datetime) -> None:
    terms = {
        "plan": subscription.plan.name.value,
        "starts_on": subscription.starts_on.isoformat(),
        "ends_on": subscription.ends_on.isoformat(),
        "price_paise": subscription.price_paise,
    }
    subject = ("subscription", subscription.id)
    record_act(session, actor, "subscription.created", subject=subject, now=now, changes=terms)
    told = SubscriptionCreated(
        subscription.id, subscription.student_id, subscription.starts_on, subscription.ends_on
    )
    events.tell(session, told, now=now)


def cancel_subscription(
    session: Session, *, actor: Actor, subscription_id: UUID, now: datetime
) -> Subscription:
    """End a subscription at once; exams that were started go on. Raises NotFound, Forbidden, WrongState."""
    queries.subscription_in_reach(session, actor, subscription_id)
    policy.must_be_admin(actor, "cancel a subscription")
    subscription = _locked(session, subscription_id)
    if subscription.state not in _OPEN:
        raise WrongState(f"the subscription is {subscription.state} already")
    subscription.state = SubscriptionState.CANCELLED
    subscription.cancelled_at = now
    subscription.version += 1
    session.flush()
    subject = ("subscription", subscription.id)
    record_act(session, actor, "subscription.cancelled", subject=subject, now=now)
    events.tell(session, SubscriptionCancelled(subscription.id, subscription.student_id), now=now)
    return subscription


def _locked(session: Session, subscription_id: UUID) -> Subscription:
    row = (
        select(Subscription)
        .where(Subscription.id == subscription_id)
        .options(joinedload(Subscription.plan))
        .with_for_update(of=Subscription)
    )
    subscription = session.scalars(row, execution_options={"populate_existing": True}).one_or_none()
    if subscription is None:
        raise NotFound("there is no such subscription")
    return subscription


def expire_subscriptions(session: Session, *, now: datetime, limit: int) -> int:
    """Mark at most ``limit`` subscriptions whose last day has passed; how many there were.

    Nothing waits for this: whether a day is covered is asked of the dates. It tells the family.
    """
    over = (
        select(Subscription)
        .where(
            Subscription.state == SubscriptionState.ACTIVE,
            Subscription.ends_on <= rules.billing_date(now),
        )
        .order_by(Subscription.ends_on)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = session.scalars(over, execution_options={"populate_existing": True}).all()
    for subscription in found:
        _expire(session, subscription, now)
    return len(found)


def _expire(session: Session, subscription: Subscription, now: datetime) -> None:
    subscription.state = SubscriptionState.EXPIRED
    subscription.version += 1
    subject = ("subscription", subscription.id)
    record_act(session, SYSTEM, "subscription.expired", subject=subject, now=now)
    told = SubscriptionExpired(subscription.id, subscription.student_id, subscription.ends_on)
    events.tell(session, told, now=now)
