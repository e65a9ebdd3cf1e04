"""Reads of the plans slice, scoped by the actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Select, and_, cast, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from mathvidya.accounts.models import ParentStudentMapping, User
from mathvidya.plans import rules
from mathvidya.plans.errors import NoSubscription
from mathvidya.plans.models import (
    ExamType,
    PlanName,
    QuotaEntry,
    QuotaPeriod,
    Subscription,
    SubscriptionPlan,
    SubscriptionState,
)
from mathvidya.plans.rules import Period
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import Invalid, NotFound
from mathvidya.platform.http.pages import Page, newest_first


@dataclass(frozen=True)
class Allowance:
    """What is left to a student of the present billing period."""

    subscription_id: UUID
    plan: PlanName
    allowed: int
    used: int
    period_start: date
    period_end: date
    next_period_start: date | None

    @property
    def left(self) -> int:
        """How many exams can still be started."""
        return self.allowed - self.used


@dataclass(frozen=True)
class CounterMismatch:
    """A period whose counter does not say what its ledger says."""

    subscription_id: UUID
    period_start: date
    counted: int
    in_ledger: int


def all_plans(session: Session) -> Sequence[SubscriptionPlan]:
    """What can be bought, cheapest first."""
    plans = select(SubscriptionPlan).order_by(SubscriptionPlan.monthly_paise, SubscriptionPlan.name)
    return session.scalars(plans).all()


def plan_named(session: Session, name: PlanName) -> SubscriptionPlan:
    """One plan. Raises NotFound before the plans are planted."""
    plan = session.scalars(select(SubscriptionPlan).where(SubscriptionPlan.name == name)).one_or_none()
    if plan is None:
        raise NotFound(f"there is no plan {name}")
    return plan


def plans_allowing(session: Session, exam_type: ExamType) -> list[PlanName]:
    """The plans that hold this kind of exam, cheapest first."""
    return [
        plan.name
        for plan in all_plans(session)
        if rules.allows(plan.exam_types, mcq_only=plan.mcq_only, exam_type=exam_type)
    ]


def subscription_in_reach(session: Session, actor: Actor, subscription_id: UUID) -> Subscription:
    """One subscription. Raises NotFound when it is not the actor's to see."""
    found = session.scalars(_subscriptions(actor).where(Subscription.id == subscription_id)).one_or_none()
    if found is None:
        raise NotFound("there is no such subscription in your reach")
    return found


def subscriptions_in_reach(
    session: Session, actor: Actor, *, student_id: UUID | None, limit: int, after: UUID | None
) -> Page[Subscription]:
    """An admin's all, a student's own, a parent's children's; newest first."""
    rows = _subscriptions(actor)
    if student_id is not None:
        rows = rows.where(Subscription.student_id == student_id)
    return newest_first(session, rows, Subscription.id, limit=limit, after=after)


def _subscriptions(actor: Actor) -> Select[Subscription]:
    within = _reach(actor, Subscription.student_id)
    return select(Subscription).where(within).options(joinedload(Subscription.plan))


def _reach(actor: Actor, student_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Whose plans an actor may see; a teacher, nobody's."""
    if actor.has_role(Role.ADMIN):
        return true()
    if actor.has_role(Role.PARENT):
        children = select(ParentStudentMapping.student_id).where(ParentStudentMapping.parent_id == actor.id)
        return student_id.in_(children)
    return student_id == actor.id


def is_student(session: Session, user_id: UUID) -> bool:
    """Whether there is a student of this id."""
    found = select(User.id).where(User.id == user_id, User.role == Role.STUDENT)
    return session.scalars(found).one_or_none() is not None


def covering(student_id: UUID, day: date) -> Select[Subscription]:
    """The subscription that covers a day, with its plan; there is at most one.

    The dates decide, not the tick that marks what has expired: it may be late.
    """
    return (
        select(Subscription)
        .where(
            Subscription.student_id == student_id,
            Subscription.state == SubscriptionState.ACTIVE,
            Subscription.starts_on <= day,
            Subscription.ends_on > day,
        )
        .options(joinedload(Subscription.plan))
    )


def allowance(session: Session, actor: Actor, student_id: UUID | None, *, now: datetime) -> Allowance:
    """What is left to a student today: one's own, a child's, for an admin anybody's.

    Raises Invalid when an admin or a parent does not say whose, NotFound out of reach, NoSubscription.
    """
    student = _student_in_reach(session, actor, student_id)
    today = rules.billing_date(now)
    subscription = session.scalars(covering(student, today)).one_or_none()
    if subscription is None:
        raise NoSubscription("no subscription covers today")
    period = rules.period_of(today, subscription.billing_day, subscription.starts_on)
    used, allowed = usage(session, subscription, period)
    return Allowance(
        subscription_id=subscription.id,
        plan=subscription.plan.name,
        allowed=allowed,
        used=used,
        period_start=period.start,
        period_end=period.end,
        next_period_start=rules.next_period_start(period, subscription.ends_on),
    )


def _student_in_reach(session: Session, actor: Actor, student_id: UUID | None) -> UUID:
    if student_id is None and actor.has_role(Role.ADMIN, Role.PARENT):
        raise Invalid("say whose quota is meant", {"student_id": ["give the student's id"]})
    wanted = student_id or actor.id
    found = select(User.id).where(User.id == wanted, User.role == Role.STUDENT, _reach(actor, User.id))
    student = session.scalars(found).one_or_none()
    if student is None:
        raise NotFound("there is no such student in your reach")
    return student


def usage(session: Session, subscription: Subscription, period: Period) -> tuple[int, int]:
    """Exams used and allowed in a period; one in which nothing was started has the plan's present number."""
    opened = session.execute(
        select(QuotaPeriod.used, QuotaPeriod.allowed).where(
            QuotaPeriod.subscription_id == subscription.id, QuotaPeriod.period_start == period.start
        )
    ).one_or_none()
    return (opened.used, opened.allowed) if opened else (0, subscription.plan.exams_per_month)


def check_counters(session: Session) -> Sequence[CounterMismatch]:
    """Every period whose counter and ledger disagree: none, unless somebody wrote past the service."""
    in_ledger = cast(func.coalesce(func.sum(QuotaEntry.delta), 0), BigInteger)
    same_period = and_(
        QuotaEntry.subscription_id == QuotaPeriod.subscription_id,
        QuotaEntry.period_start == QuotaPeriod.period_start,
    )
    found = (
        select(QuotaPeriod.subscription_id, QuotaPeriod.period_start, QuotaPeriod.used, in_ledger)
        .outerjoin(QuotaEntry, same_period)
        .group_by(QuotaPeriod.subscription_id, QuotaPeriod.period_start)
        .having(QuotaPeriod.used != in_ledger)
        .order_by(QuotaPeriod.subscription_id, QuotaPeriod.period_start)
    )
    return [
        CounterMismatch(subscription_id, start, counted, summed)
        for subscription_id, start, counted, summed in session.execute(found)
    ]
