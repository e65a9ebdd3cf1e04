"""What the tests of the engine's tables share: a moment, ways to make transactions, and handlers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from mathvidya.platform import db
from workflows.base import JsonObject
from workflows.models import Timer

NOON = datetime(2026, 1, 5, 6, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Boom(Exception):
    """What a broken handler raises."""


def broken(*_: Any) -> None:
    raise Boom("the part is away\nvalues: secret")


class Seen:
    """A timer handler and a consumer that remember what they were given."""

    def __init__(self) -> None:
        self.generations: list[int] = []
        self.payloads: list[JsonObject] = []

    def handle(self, _session: Session, timer: Timer, _now: datetime) -> None:
        self.generations.append(timer.generation)

    def consume(self, _session: Session, payload: JsonObject, _now: datetime) -> None:
        self.payloads.append(payload)


def doing(act: Callable[[Session], Any]) -> Any:
    """The result of ``act`` in a transaction of its own."""
    with db.transaction() as session:
        return act(session)
