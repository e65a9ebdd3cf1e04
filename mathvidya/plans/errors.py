"""Problem types of the plans slice."""

from mathvidya.platform.constraints import explain
from mathvidya.platform.errors import Conflict, Forbidden


class NoSubscription(Forbidden):
    """No subscription of the student covers today."""

    slug = "no-subscription"
    title = "There is no subscription for today"


class NotInPlan(Forbidden):
    """The student's plan does not hold this kind of exam; ``plans`` names those that do."""

    slug = "not-in-plan"
    title = "The plan does not include this"


class QuotaExceeded(Conflict):
    """The exams of the billing period are used; ``used``, ``allowed`` and ``next_period_start`` say how."""

    slug = "quota-exceeded"
    title = "The exams of this period are used up"


class SubscriptionOverlap(Conflict):
    """The student has an open subscription for some of these days."""

    slug = "subscription-overlap"
    title = "Subscriptions of one student cannot overlap"


explain(
    "ex_subscriptions_no_overlap",
    lambda: SubscriptionOverlap(
        "the student has a subscription for some of these days: start after it ends, or cancel it first"
    ),
)
