"""Verbs of the plans slice."""

from mathvidya.plans.service.plans import edit_plan, plant_plans
from mathvidya.plans.service.quota import Reservation, give_back_exam, require_paper_in_plan, reserve_exam
from mathvidya.plans.service.subscriptions import cancel_subscription, expire_subscriptions, subscribe

__all__ = [
    "Reservation",
    "cancel_subscription",
    "edit_plan",
    "expire_subscriptions",
    "give_back_exam",
    "plant_plans",
    "require_paper_in_plan",
    "reserve_exam",
    "subscribe",
]
