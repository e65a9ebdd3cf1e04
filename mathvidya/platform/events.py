"""Facts that a slice tells upwards: recorded in the outbox with the change that made them true."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy.orm import Session

from workflows import outbox
from workflows.base import JsonObject
from workflows.outbox import Consumer
from workflows.timers import TimerHandler

__all__ = ["Consumer", "Event", "TimerHandler", "tell"]


@dataclass(frozen=True)
class Event:
    """Base of the facts in each slice's events.py: a topic in the past tense and plain fields."""

    topic: ClassVar[str]


def tell(session: Session, event: Event, *, now: datetime) -> UUID:
    """Record ``event`` in the transaction at hand; the relay delivers it at least once."""
    return outbox.record(session, topic=event.topic, payload=_payload(event), now=now)


def _payload(event: Event) -> JsonObject:
    return {field.name: _plain(getattr(event, field.name)) for field in fields(event)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | list | dict):
        return value
    return str(value)
