"""Shapes of the plans slice's requests and answers."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from mathvidya.plans.models import ExamType, PlanName, SubscriptionState
from mathvidya.plans.rules import PlanTerms
from mathvidya.platform.http.pages import PageArguments, page_schema
from workflows.sla import Policy, PolicyUnit

_LONGEST_TITLE = 100
_LONGEST_TERM_MONTHS = 36


def _count(**options: Any) -> fields.Integer:
    """Strict: 1.5 exams or "50" is a slip to be named, not to be rounded."""
    return fields.Integer(required=True, strict=True, validate=validate.Range(0, 10**9), **options)


class SlaPolicySchema(Schema):
    """The working time within which marks are owed."""

    unit = fields.String(required=True, validate=validate.OneOf(list(PolicyUnit)))
    amount = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100_000))

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> Policy:
        """The policy as the engine knows it."""
        return Policy(PolicyUnit(data["unit"]), data["amount"])


class PlanTermsSchema(Schema):
    """What an admin sets about a plan. Prices are in paise with GST inside."""

    title = fields.String(required=True, validate=validate.Length(1, _LONGEST_TITLE))
    exams_per_month = _count(metadata={"description": "exams of a billing period"})
    teacher_hours = fields.Decimal(
        places=2,
        as_string=True,
        required=True,
        allow_none=True,
        validate=validate.Range(0, 1000),
        metadata={"description": "hours of a teacher a month; null: unlimited"},
    )
    exam_types = fields.List(
        fields.Enum(ExamType, by_value=True), required=True, validate=validate.Length(1, len(ExamType))
    )
    mcq_only = fields.Boolean(required=True)
    leaderboard = fields.Boolean(required=True)
    sla_policy = fields.Nested(SlaPolicySchema, required=True)
    monthly_paise = _count()
    yearly_paise = _count()

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> PlanTerms:
        """One value for the service."""
        return PlanTerms(**{**data, "exam_types": tuple(data["exam_types"])})


class PlanSchema(PlanTermsSchema):
    """A plan."""

    name = fields.Enum(PlanName, by_value=True, required=True)
    version = fields.Integer(required=True)


class PlansSchema(Schema):
    """All of them."""

    items = fields.List(fields.Nested(PlanSchema), required=True)


class SubscribeSchema(Schema):
    """Which plan, for whom, from when, for how long."""

    plan_name = fields.Enum(PlanName, by_value=True, required=True, data_key="plan")
    student_id = fields.UUID(required=True)
    starts_on = fields.Date(load_default=None, metadata={"description": "today when it is left out"})
    months = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, _LONGEST_TERM_MONTHS),
        metadata={"description": "twelve are a year, at the yearly price"},
    )


class SubscriptionSchema(Schema):
    """A student's plan over a stretch of days."""

    id = fields.UUID(required=True)
    student_id = fields.UUID(required=True)
    plan = fields.Pluck("PlanSchema", "name", required=True)
    state = fields.Enum(SubscriptionState, by_value=True, required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True, metadata={"description": "the first day that is not covered"})
    billing_day = fields.Integer(required=True, metadata={"description": "of the month, in Asia/Kolkata"})
    price_paise = fields.Integer(required=True, metadata={"description": "agreed at subscribing"})
    created_at = fields.AwareDateTime(required=True)
    cancelled_at = fields.AwareDateTime(required=True, allow_none=True)
    version = fields.Integer(required=True)


SubscriptionPageSchema = page_schema(SubscriptionSchema)


class SubscriptionArguments(PageArguments):
    """Whose subscriptions to list."""

    student_id = fields.UUID(load_default=None)


class QuotaArguments(Schema):
    """Whose quota."""

    student_id = fields.UUID(load_default=None, metadata={"description": "for admins and parents"})


class QuotaSchema(Schema):
    """What is left of the present billing period."""

    subscription_id = fields.UUID(required=True)
    plan = fields.Enum(PlanName, by_value=True, required=True)
    allowed = fields.Integer(required=True)
    used = fields.Integer(required=True)
    left = fields.Integer(required=True)
    period_start = fields.Date(required=True)
    period_end = fields.Date(required=True, metadata={"description": "the first day of what follows"})
    next_period_start = fields.Date(
        required=True, allow_none=True, metadata={"description": "null: the subscription ends first"}
    )
