"""Verbs on the quota: reserve an exam of the billing period, give one back.

The ledger is the truth and the period's counter a cache of it; both change in the caller's transaction, so an
exam that does not come into being costs nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from mathvidya.plans import policy, queries, rules
from mathvidya.plans.errors import NoSubscription, NotInPlan, QuotaExceeded
from mathvidya.plans.models import (
    ExamType,
    PlanName,
    QuotaEntry,
    QuotaPeriod,
    Subscription,
    SubscriptionPlan,
)
from mathvidya.plans.rules import Period
from mathvidya.platform.actors import Actor
from mathvidya.platform.ids import new_id
from workflows.base import JsonObject


@dataclass(frozen=True)
class Reservation:
    """On which subscription an exam was taken, and what its plan promises on this day."""

    subscription_id: UUID
    plan_name: PlanName
    sla_policy: JsonObject
    mcq_only: bool


def reserve_exam(
    session: Session,
    *,
    actor: Actor,
    student_id: UUID,
    exam_id: UUID,
    exam_type: ExamType,
    key: str,
    now: datetime,
) -> Reservation:
    """Take one of the period's exams for ``exam_id``; a second call with the same key takes nothing.

    Raises Forbidden, NoSubscription, NotInPlan, QuotaExceeded.
    """
    policy.must_be_the_student(actor, student_id)
    subscription = _covering(session, student_id, now)
    _require_exam_type(session, subscription.plan, exam_type)
    if not _is_taken(session, key, exam_id):
        _take(session, subscription, exam_id=exam_id, key=key, now=now)
    plan = subscription.plan
    return Reservation(subscription.id, plan.name, plan.sla_policy, plan.mcq_only)


def require_paper_in_plan(session: Session, reservation: Reservation, *, has_written: bool) -> None:
    """Refuse a drawn paper with written questions on a plan without a teacher's marking: NotInPlan.

    The kind of exam does not tell (a unit's practice may be either); the paper does.
    """
    if reservation.mcq_only and has_written:
        with_teacher = [plan.name for plan in queries.all_plans(session) if not plan.mcq_only]
        raise NotInPlan(
            f"the plan {reservation.plan_name} has no marking by a teacher, and this paper has written "
            f"questions; choose a paper without them, or one of: {', '.join(with_teacher)}",
            plans=with_teacher,
        )


def _covering(session: Session, student_id: UUID, now: datetime) -> Subscription:
    """The subscription of today, held against cancelling until the exam is taken."""
    row = queries.covering(student_id, rules.billing_date(now)).with_for_update(read=True, of=Subscription)
    subscription = session.scalars(row, execution_options={"populate_existing": True}).one_or_none()
    if subscription is None:
        raise NoSubscription("no subscription covers today: ask for one, then start the exam")
    return subscription


def _require_exam_type(session: Session, plan: SubscriptionPlan, exam_type: ExamType) -> None:
    if rules.allows(plan.exam_types, mcq_only=plan.mcq_only, exam_type=exam_type):
        return
    allowing = queries.plans_allowing(session, exam_type)
    raise NotInPlan(
        f"the plan {plan.name} does not include {exam_type}; these do: {', '.join(allowing) or 'none'}",
        plans=allowing,
    )


def _is_taken(session: Session, key: str, exam_id: UUID) -> bool:
    taken = select(QuotaEntry.id).where(QuotaEntry.idempotency_key == key, QuotaEntry.exam_id == exam_id)
    return session.scalars(taken).one_or_none() is not None


def _take(session: Session, subscription: Subscription, *, exam_id: UUID, key: str, now: datetime) -> None:
    period = rules.period_of(rules.billing_date(now), subscription.billing_day, subscription.starts_on)
    if not _count_one(session, subscription, period):
        raise _exceeded(session, subscription, period)
    entry = QuotaEntry(
        id=new_id(),
        subscription_id=subscription.id,
        period_start=period.start,
        exam_id=exam_id,
        delta=1,
        reason="started",
        idempotency_key=key,
        recorded_at=now,
    )
    session.add(entry)
    session.flush()


def _count_one(session: Session, subscription: Subscription, period: Period) -> bool:
    """Raise the counter if it is below its limit, in one statement: of two who see the last one, one gets it.

    A period keeps the number of exams with which it was opened.
    """
    allowed = subscription.plan.exams_per_month
    opening = select(
        literal(subscription.id), literal(period.start), literal(period.end), literal(allowed), literal(1)
    ).where(literal(allowed) > 0)  # the condition below does not see the row that opens a period
    statement = (
        insert(QuotaPeriod)
        .from_select(["subscription_id", "period_start", "period_end", "allowed", "used"], opening)
        .on_conflict_do_update(
            index_elements=[QuotaPeriod.subscription_id, QuotaPeriod.period_start],
            set_={"used": QuotaPeriod.used + 1},
            where=QuotaPeriod.used < QuotaPeriod.allowed,
        )
        .returning(QuotaPeriod.used)
    )
    return session.execute(statement).first() is not None


def _exceeded(session: Session, subscription: Subscription, period: Period) -> QuotaExceeded:
    used, allowed = queries.usage(session, subscription, period)
    following = rules.next_period_start(period, subscription.ends_on)
    remedy = (
        f"the next period starts on {following}"
        if following
        else f"the subscription ends on {subscription.ends_on}; the next one brings new exams"
    )
    return QuotaExceeded(
        f"{used} of {allowed} exams of this period are used; {remedy}",
        used=used,
        allowed=allowed,
        next_period_start=following,
    )


def give_back_exam(session: Session, *, exam_id: UUID, reason: str, now: datetime) -> bool:
    """Give the exam back to the period that it was taken from, once; False when there is nothing to give."""
    taken = session.execute(
        select(QuotaEntry.subscription_id, QuotaEntry.period_start).where(
            QuotaEntry.exam_id == exam_id, QuotaEntry.delta == 1
        )
    ).one_or_none()
    if taken is None:
        return False
    compensation = (
        insert(QuotaEntry)
        .values(
            id=new_id(),
            subscription_id=taken.subscription_id,
            period_start=taken.period_start,
            exam_id=exam_id,
            delta=-1,
            reason=reason,
            idempotency_key=f"give-back:{exam_id}",
            recorded_at=now,
        )
        .on_conflict_do_nothing(index_elements=[QuotaEntry.idempotency_key])
        .returning(QuotaEntry.id)
    )
    if session.execute(compensation).first() is None:
        return False
    session.execute(
        update(QuotaPeriod)
        .where(
            QuotaPeriod.subscription_id == taken.subscription_id,
            QuotaPeriod.period_start == taken.period_start,
        )
        .values(used=QuotaPeriod.used - 1)
    )
    return True
