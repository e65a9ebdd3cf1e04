"""HTTP of the plans slice."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response

from mathvidya.plans import queries, service
from mathvidya.plans.errors import NoSubscription, SubscriptionOverlap
from mathvidya.plans.models import PlanName, Subscription, SubscriptionPlan
from mathvidya.plans.queries import Allowance
from mathvidya.plans.rules import PlanTerms
from mathvidya.plans.schemas import (
    PlanSchema,
    PlansSchema,
    PlanTermsSchema,
    QuotaArguments,
    QuotaSchema,
    SubscribeSchema,
    SubscriptionArguments,
    SubscriptionPageSchema,
    SubscriptionSchema,
)
from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, StaleVersion, VersionRequired, WrongState
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.idempotency import IdempotencyKeyReused, answer_once
from mathvidya.platform.http.pages import Page
from mathvidya.platform.http.versions import etag, expected_version

plans_blueprint = Blueprint("plans", __name__, url_prefix="/plans", description="What can be bought")
subscriptions_blueprint = Blueprint(
    "subscriptions", __name__, url_prefix="/subscriptions", description="What a family has bought"
)
quota_blueprint = Blueprint(
    "quota", __name__, url_prefix="/quota", description="The exams left in a billing period"
)


@plans_blueprint.get("")
@plans_blueprint.doc(security=[])
@plans_blueprint.response(200, PlansSchema)
def list_plans() -> dict[str, Sequence[SubscriptionPlan]]:
    """Every plan, cheapest first; for everybody."""
    with db.reading() as session:
        return {"items": queries.all_plans(session)}


@plans_blueprint.get("/<name>")
@plans_blueprint.doc(security=[])
@plans_blueprint.response(200, PlanSchema)
@plans_blueprint.problems(NotFound)
def read_plan(name: str) -> tuple[SubscriptionPlan, int, dict[str, str]]:
    """One plan; for everybody."""
    with db.reading() as session:
        plan = queries.plan_named(session, _plan_name(name))
    return plan, 200, etag(plan.version)


@plans_blueprint.put("/<name>")
@plans_blueprint.arguments(PlanTermsSchema)
@plans_blueprint.response(200, PlanSchema)
@plans_blueprint.problems(Forbidden, NotFound, Invalid, VersionRequired, StaleVersion)
def edit_plan(terms: PlanTerms, name: str) -> tuple[SubscriptionPlan, int, dict[str, str]]:
    """Give a plan new terms; for admins. Running subscriptions keep the price they agreed."""
    with db.transaction() as session:
        plan = service.edit_plan(
            session,
            actor=current_actor(),
            name=_plan_name(name),
            terms=terms,
            expected_version=expected_version(),
            now=request_now(),
        )
    return plan, 200, etag(plan.version)


def _plan_name(name: str) -> PlanName:
    try:
        return PlanName(name)
    except ValueError:
        raise NotFound(f"there is no such plan: choose one of {', '.join(PlanName)}") from None


@subscriptions_blueprint.get("")
@subscriptions_blueprint.arguments(SubscriptionArguments, location="query", as_kwargs=True)
@subscriptions_blueprint.response(200, SubscriptionPageSchema)
def list_subscriptions(limit: int, after: UUID | None, student_id: UUID | None) -> Page[Subscription]:
    """A student's own, a parent's children's, for admins all; newest first."""
    with db.reading() as session:
        return queries.subscriptions_in_reach(
            session, current_actor(), student_id=student_id, limit=limit, after=after
        )


@subscriptions_blueprint.post("")
@subscriptions_blueprint.arguments(SubscribeSchema)
@subscriptions_blueprint.response(201, SubscriptionSchema)
@subscriptions_blueprint.problems(Forbidden, Invalid, SubscriptionOverlap, IdempotencyKeyReused)
def subscribe_student(order: dict[str, Any]) -> Response:
    """Give a student a plan for a number of months; for admins."""
    with db.transaction() as session:
        return answer_once(
            session,
            SubscriptionSchema(),
            lambda: service.subscribe(session, actor=current_actor(), now=request_now(), **order),
        )


@subscriptions_blueprint.get("/<uuid:subscription_id>")
@subscriptions_blueprint.response(200, SubscriptionSchema)
@subscriptions_blueprint.problems(NotFound)
def read_subscription(subscription_id: UUID) -> tuple[Subscription, int, dict[str, str]]:
    """One subscription in reach."""
    with db.reading() as session:
        subscription = queries.subscription_in_reach(session, current_actor(), subscription_id)
    return subscription, 200, etag(subscription.version)


@subscriptions_blueprint.post("/<uuid:subscription_id>/cancel")
@subscriptions_blueprint.response(200, SubscriptionSchema)
@subscriptions_blueprint.problems(Forbidden, NotFound, WrongState)
def cancel_subscription(subscription_id: UUID) -> tuple[Subscription, int, dict[str, str]]:
    """End a subscription at once; for admins. Exams that were started go on."""
    with db.transaction() as session:
        subscription = service.cancel_subscription(
            session, actor=current_actor(), subscription_id=subscription_id, now=request_now()
        )
    return subscription, 200, etag(subscription.version)


@quota_blueprint.get("")
@quota_blueprint.arguments(QuotaArguments, location="query", as_kwargs=True)
@quota_blueprint.response(200, QuotaSchema)
@quota_blueprint.problems(NoSubscription, NotFound, Invalid)
def read_quota(student_id: UUID | None) -> Allowance:
    """What is left of the present billing period: one's own, a child's, for admins anybody's."""
    with db.reading() as session:
        return queries.allowance(session, current_actor(), student_id, now=request_now())


blueprints = (plans_blueprint, subscriptions_blueprint, quota_blueprint)
