"""Facts that a slice tells upwards: recorded in the outbox with the change that made them true."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.base import JsonObject, new_id
from workflows.models import OutboxMessage, Timer


@dataclass(frozen=True)
class Event:
    """Base of the facts in each slice's events.py: a topic in the past tense and plain fields."""

    topic: ClassVar[str]


Consumer = Callable[[Session, JsonObject, datetime], None]
"""Reacts to one fact in the transaction that marks it as handled: (session, payload, now)."""

TimerHandler = Callable[[Session, Timer, datetime], None]
"""Looks at a subject whose moment has come, re-reading its state: (session, timer, now)."""


def tell(session: Session, event: Event, *, now: datetime) -> UUID:
    """Record ``event`` in the transaction at hand; the relay delivers it at least once."""
    message = OutboxMessage(
        id=new_id(), topic=event.topic, payload=_payload(event), recorded_at=now, available_at=now
    )
    session.add(message)
    return message.id


def _payload(event: Event) -> JsonObject:
    return {field.name: _plain(getattr(event, field.name)) for field in fields(event)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | list | dict):
        return value
    return str(value)
