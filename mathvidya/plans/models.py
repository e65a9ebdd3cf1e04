"""Tables of the plans slice: what can be bought, what has been, and the exams it allows."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    func,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.base import Base, Key, enum_of, partial_index


class PlanName(StrEnum):
    """The four plans."""

    BASIC = "basic"
    PREMIUM_MCQ = "premium_mcq"
    PREMIUM = "premium"
    CENTUM = "centum"


class ExamType(StrEnum):
    """What a student can choose to sit."""

    BOARD_EXAM = "board_exam"
    SECTION_MCQ = "section_mcq"
    SECTION_VSA = "section_vsa"
    SECTION_SA = "section_sa"
    UNIT_PRACTICE = "unit_practice"


class SubscriptionState(StrEnum):
    """The life of a subscription."""

    PENDING = "pending"
    ACTIVE = "active"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


EXAM_TYPE = enum_of(ExamType, "exam_type")


class SubscriptionPlan(Base):
    """What a plan allows and costs. Prices are in paise with GST inside."""

    __tablename__ = "subscription_plans"
    __table_args__ = (
        UniqueConstraint("name"),
        CheckConstraint("exams_per_month >= 0", name="exams_not_negative"),
        CheckConstraint("monthly_paise >= 0 AND yearly_paise >= 0", name="prices_not_negative"),
        CheckConstraint("(sla_policy ->> 'amount')::numeric > 0", name="sla_budget_positive"),
    )

    id: Mapped[Key]
    name: Mapped[PlanName] = mapped_column(enum_of(PlanName, "plan_name"))
    title: Mapped[str]
    exams_per_month: Mapped[int]
    teacher_hours: Mapped[Decimal | None] = mapped_column(
        comment="hours of a teacher a month; NULL: unlimited"
    )
    exam_types: Mapped[list[ExamType]] = mapped_column(ARRAY(EXAM_TYPE))
    mcq_only: Mapped[bool]
    leaderboard: Mapped[bool]
    sla_policy: Mapped[dict[str, Any]] = mapped_column(
        comment='{"unit": "working_day", "amount": 1}: the working time within which marks are owed'
    )
    monthly_paise: Mapped[int]
    yearly_paise: Mapped[int]
    version: Mapped[int] = mapped_column(server_default="1")


class Subscription(Base):
    """A student's plan over a stretch of days; two open ones of a student cannot overlap."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="ends_after_start"),
        CheckConstraint("billing_day BETWEEN 1 AND 28", name="billing_day_in_every_month"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_iff_at"),
        ExcludeConstraint(
            (literal_column("uuid_range(student_id, student_id, '[]')"), "&&"),
            (literal_column("daterange(starts_on, ends_on)"), "&&"),
            name="ex_subscriptions_no_overlap",
            where=text("state IN ('pending', 'active')"),
            using="gist",
        ),
        Index("ix_subscriptions_student_id_id", "student_id", "id"),
        partial_index("ix_subscriptions_active_ends_on", "ends_on", where=text("state = 'active'")),
    )

    id: Mapped[Key]
    student_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("subscription_plans.id"))
    state: Mapped[SubscriptionState] = mapped_column(enum_of(SubscriptionState, "subscription_state"))
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(comment="the first day that is not covered")
    billing_day: Mapped[int] = mapped_column(comment="of the month, in Asia/Kolkata")
    price_paise: Mapped[int] = mapped_column(server_default="0", comment="agreed at subscribing")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    cancelled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")

    plan: Mapped[SubscriptionPlan] = relationship(lazy="raise")
    """Asked for with the row, or not at all: a list must not ask for each."""


class QuotaPeriod(Base):
    """How many exams of one billing period are used: a checked cache of the ledger."""

    __tablename__ = "quota_periods"
    __table_args__ = (
        CheckConstraint("period_end > period_start", name="ends_after_start"),
        CheckConstraint("used BETWEEN 0 AND allowed", name="used_within_allowed"),
    )

    subscription_id: Mapped[UUID] = mapped_column(ForeignKey("subscriptions.id"), primary_key=True)
    period_start: Mapped[date] = mapped_column(primary_key=True)
    period_end: Mapped[date]
    allowed: Mapped[int]
    used: Mapped[int]


class QuotaEntry(Base):
    """One exam taken from or given back to a period: append only, once per idempotency key."""

    __tablename__ = "quota_ledger"
    __table_args__ = (
        ForeignKeyConstraint(
            ["subscription_id", "period_start"],
            ["quota_periods.subscription_id", "quota_periods.period_start"],
            name="fk_quota_ledger_period",
        ),
        UniqueConstraint("idempotency_key"),
        CheckConstraint("delta IN (-1, 1)", name="delta_is_one"),
        Index("ix_quota_ledger_exam_id", "exam_id"),
        Index("ix_quota_ledger_period", "subscription_id", "period_start"),
    )

    id: Mapped[Key]
    subscription_id: Mapped[UUID]
    period_start: Mapped[date]
    exam_id: Mapped[UUID] = mapped_column(comment="the exam instance that it was taken for")
    delta: Mapped[int] = mapped_column(comment="1 taken, -1 given back")
    reason: Mapped[str] = mapped_column(comment="started, voided, breached")
    idempotency_key: Mapped[str]
    recorded_at: Mapped[datetime]
