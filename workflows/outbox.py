"""The outbox: facts recorded with the change that made them true, and told afterwards to whoever reacts.

Why a table beside the broker: a message sent after a commit is lost when the process dies in between, and one
sent before it tells what may never have happened. A row commits with the change or not at all.

Delivery is at least once. For consumers that only change the database the *effect* is exactly once, because
a receipt is written in the same transaction. Messages are taken roughly in the order in which they were
recorded; a failing one does not hold up the others, so consumers must not count on order.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from workflows.base import JsonObject, Transaction, new_id
from workflows.models import OutboxMessage, OutboxReceipt
from workflows.retries import USUAL, Backoff, reason_of

Consumer: TypeAlias = Callable[[Session, JsonObject, datetime], None]
"""Reacts to one fact in the transaction that marks it as handled: (session, payload, now)."""

_log = logging.getLogger(__name__)


class NamedConsumer(NamedTuple):
    """A consumer under the name that its receipts carry; a renamed one is a new one."""

    name: str
    consume: Consumer


Consumers: TypeAlias = Mapping[str, Sequence[NamedConsumer]]
"""By topic, who is told."""


class Outcome(StrEnum):
    """What became of one message."""

    DONE = "done"
    FAILED = "failed"
    QUARANTINED = "quarantined"


@dataclass(frozen=True)
class Relayed:
    """What one call of ``relay`` did; ``more`` when it stopped because its batch was full."""

    outcomes: tuple[Outcome, ...]
    more: bool


def record(session: Session, *, topic: str, payload: JsonObject, now: datetime) -> UUID:
    """Record a fact in the transaction at hand; the relay tells it once that has committed."""
    message = OutboxMessage(id=new_id(), topic=topic, payload=payload, recorded_at=now, available_at=now)
    session.add(message)
    return message.id


def relay(
    transaction: Transaction, consumers: Consumers, *, now: datetime, batch: int, backoff: Backoff = USUAL
) -> Relayed:
    """Tell at most ``batch`` recorded facts to their consumers, each fact in a transaction of its own.

    A consumer that raises undoes its own work, not that of the others, and alone is told again later; a
    message that keeps failing is quarantined with the reason. Any number of processes may call this at once.
    """
    outcomes: list[Outcome] = []
    while len(outcomes) < batch:
        with transaction() as session:
            message = session.execute(_next_open(now)).scalar_one_or_none()
            if message is None:
                return Relayed(tuple(outcomes), more=False)
            outcomes.append(_deliver(session, message, consumers.get(message.topic, ()), now, backoff))
    return Relayed(tuple(outcomes), more=True)


def _next_open(now: datetime) -> Select[OutboxMessage]:
    return (
        select(OutboxMessage)
        .where(
            OutboxMessage.done_at.is_(None),
            OutboxMessage.quarantined_at.is_(None),
            OutboxMessage.available_at <= now,
        )
        .order_by(OutboxMessage.available_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _deliver(
    session: Session,
    message: OutboxMessage,
    consumers: Sequence[NamedConsumer],
    now: datetime,
    backoff: Backoff,
) -> Outcome:
    told = _already_told(session, message.id)
    errors = [
        error
        for consumer in consumers
        if consumer.name not in told and (error := _tell(session, message, consumer, now)) is not None
    ]
    if errors:
        return _note_failure(message, errors[0], now, backoff)
    message.done_at = now
    return Outcome.DONE


def _already_told(session: Session, message_id: UUID) -> set[str]:
    receipts = select(OutboxReceipt.consumer).where(OutboxReceipt.message_id == message_id)
    return set(session.execute(receipts).scalars())


def _tell(
    session: Session, message: OutboxMessage, consumer: NamedConsumer, now: datetime
) -> Exception | None:
    try:
        with session.begin_nested():
            consumer.consume(session, message.payload, now)
            session.add(OutboxReceipt(message_id=message.id, consumer=consumer.name, handled_at=now))
    except Exception as error:  # noqa: BLE001 - whatever it dies of is noted and tried again
        _log.exception("consumer %s failed on message %s", consumer.name, message.id)
        return error
    return None


def _note_failure(message: OutboxMessage, error: Exception, now: datetime, backoff: Backoff) -> Outcome:
    message.attempts += 1
    message.last_error = reason_of(error)
    if backoff.is_exhausted(message.attempts):
        _log.error("message %s of topic %s is set aside", message.id, message.topic)
        message.quarantined_at = now
        return Outcome.QUARANTINED
    message.available_at = now + backoff.delay(message.attempts)
    return Outcome.FAILED


def prune(transaction: Transaction, *, before: datetime, batch: int) -> int:
    """Delete messages that were done before a moment, with their receipts; how many went.

    ``batch`` at a time, so that a backlog of months stays inside the statement's time limit. Quarantined
    messages stay until a person has dealt with them.
    """
    pruned = 0
    while True:
        with transaction() as session:
            gone = _prune_batch(session, before, batch)
        pruned += gone
        if gone < batch:
            return pruned


def _prune_batch(session: Session, before: datetime, batch: int) -> int:
    old = session.scalars(
        select(OutboxMessage.id)
        .where(OutboxMessage.done_at < before)
        .order_by(OutboxMessage.done_at)
        .limit(batch)
        .with_for_update(skip_locked=True)
    ).all()
    session.execute(delete(OutboxReceipt).where(OutboxReceipt.message_id.in_(old)))
    session.execute(delete(OutboxMessage).where(OutboxMessage.id.in_(old)))
    return len(old)
