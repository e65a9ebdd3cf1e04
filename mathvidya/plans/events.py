"""Facts that the plans slice tells."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from mathvidya.platform.events import Event


@dataclass(frozen=True)
class SubscriptionCreated(Event):
    """A student has a plan from a day until the day before another."""

    topic: ClassVar[str] = "subscription.created"

    subscription_id: UUID
    student_id: UUID
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class SubscriptionCancelled(Event):
    """A subscription was ended before its time."""

    topic: ClassVar[str] = "subscription.cancelled"

    subscription_id: UUID
    student_id: UUID


@dataclass(frozen=True)
class SubscriptionExpired(Event):
    """The last day of a subscription has passed."""

    topic: ClassVar[str] = "subscription.expired"

    subscription_id: UUID
    student_id: UUID
    ended_on: date
