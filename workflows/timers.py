"""Timers: rows that say when something must be looked at again, each fired once.

A timer carries no decision. When its moment comes, the handler of its kind locks the subject, looks at it as
it is *now*, and does what is due, which may be nothing: the exam was handed in, the clock was paused.
Effects and the mark "fired" commit together, so a process that dies in between leaves a pending timer.

Locks are taken in one order only, the timer's row before its subject's. A verb that already holds a subject
therefore never waits for a timer: ``schedule`` and ``cancel`` pass over one that is being fired at that
moment, whose handler finds the change when it has the subject's lock.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import Select, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from workflows.base import Transaction, new_id
from workflows.models import Timer, TimerState
from workflows.retries import USUAL, Backoff, reason_of

TimerHandler: TypeAlias = Callable[[Session, Timer, datetime], None]
"""Looks at a subject whose moment has come, re-reading its state: (session, timer, now)."""

_log = logging.getLogger(__name__)

_CHUNK = 1000
"""Rows of one statement: far below the 65,535 parameters that PostgreSQL takes."""


class Outcome(StrEnum):
    """What became of one due timer."""

    FIRED = "fired"
    CANCELLED = "cancelled"
    FAILED = "failed"
    QUARANTINED = "quarantined"


@dataclass(frozen=True)
class Fired:
    """What one call of ``fire_due`` did; ``more`` when it stopped because its batch was full."""

    outcomes: tuple[Outcome, ...]
    more: bool


@dataclass(frozen=True)
class Ask:
    """A look that is wanted at a subject: its kind, its moment, and which asking it is."""

    subject_type: str
    subject_id: UUID
    kind: str
    due_at: datetime
    generation: int = 1


def schedule(
    session: Session, *, subject_type: str, subject_id: UUID, kind: str, due_at: datetime, generation: int = 1
) -> None:
    """Ask for a look at the subject at ``due_at``; older generations of the same kind will not act any more.

    Asking twice for one generation is asking once: the first due time stands. To move a timer, raise the
    generation.
    """
    schedule_all(session, [Ask(subject_type, subject_id, kind, due_at, generation)])


def schedule_all(session: Session, asked: Sequence[Ask]) -> None:
    """``schedule`` for many at once: a holiday moves the timers of every open clock."""
    for start in range(0, len(asked), _CHUNK):
        chunk = asked[start : start + _CHUNK]
        rows = [{"id": new_id(), "available_at": ask.due_at, **vars(ask)} for ask in chunk]
        session.execute(
            insert(Timer)
            .values(rows)
            .on_conflict_do_nothing(index_elements=[Timer.subject_id, Timer.kind, Timer.generation])
        )
        newer = aliased(Timer)
        _cancel(
            session,
            Timer.subject_id.in_({ask.subject_id for ask in chunk}),
            exists().where(
                newer.id.in_([row["id"] for row in rows]),
                newer.subject_id == Timer.subject_id,
                newer.kind == Timer.kind,
                newer.generation > Timer.generation,
            ),
        )


def cancel(session: Session, *, subject_id: UUID, kinds: Collection[str] | None = None) -> None:
    """Take back what is pending for the subject: all of it, or only these kinds."""
    of_kind = [] if kinds is None else [Timer.kind.in_(kinds)]
    _cancel(session, Timer.subject_id == subject_id, *of_kind)


def _cancel(session: Session, *which: ColumnElement[bool]) -> None:
    free = select(Timer.id).where(Timer.state == TimerState.PENDING, *which).with_for_update(skip_locked=True)
    session.execute(update(Timer).where(Timer.id.in_(free)).values(state=TimerState.CANCELLED))


def fire_due(
    transaction: Transaction,
    handlers: Mapping[str, TimerHandler],
    *,
    now: datetime,
    batch: int,
    backoff: Backoff = USUAL,
) -> Fired:
    """Fire at most ``batch`` timers that are due at ``now``, by kind, each in a transaction of its own.

    Any number of processes may call this at once: a claimed row is passed over by the others. A handler that
    raises undoes its own work and is tried again later; one that keeps raising, and a kind that nobody
    handles, is quarantined with the reason.
    """
    outcomes: list[Outcome] = []
    while len(outcomes) < batch:
        with transaction() as session:
            timer = session.execute(_next_due(now)).scalar_one_or_none()
            if timer is None:
                return Fired(tuple(outcomes), more=False)
            outcomes.append(_fire(session, timer, handlers, now, backoff))
    return Fired(tuple(outcomes), more=True)


def _next_due(now: datetime) -> Select[Timer]:
    return (
        select(Timer)
        .where(Timer.state == TimerState.PENDING, Timer.available_at <= now)
        .order_by(Timer.available_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _fire(
    session: Session, timer: Timer, handlers: Mapping[str, TimerHandler], now: datetime, backoff: Backoff
) -> Outcome:
    if _is_superseded(session, timer):
        timer.state = TimerState.CANCELLED
        return Outcome.CANCELLED
    handler = handlers.get(timer.kind)
    if handler is None:
        return _quarantine(timer, f"nobody handles timers of kind {timer.kind!r}")
    try:
        with session.begin_nested():
            handler(session, timer, now)
    except Exception as error:  # noqa: BLE001 - whatever it dies of is noted and tried again
        _log.exception("timer %s of kind %s failed", timer.id, timer.kind)
        return _note_failure(timer, error, now, backoff)
    timer.state, timer.fired_at = TimerState.FIRED, now
    return Outcome.FIRED


def _is_superseded(session: Session, timer: Timer) -> bool:
    newer = aliased(Timer)
    found = select(newer.id).where(
        newer.subject_id == timer.subject_id, newer.kind == timer.kind, newer.generation > timer.generation
    )
    return bool(session.execute(select(found.exists())).scalar_one())


def _note_failure(timer: Timer, error: Exception, now: datetime, backoff: Backoff) -> Outcome:
    timer.attempts += 1
    if backoff.is_exhausted(timer.attempts):
        return _quarantine(timer, reason_of(error))
    timer.last_error = reason_of(error)
    timer.available_at = now + backoff.delay(timer.attempts)
    return Outcome.FAILED


def _quarantine(timer: Timer, reason: str) -> Outcome:
    _log.error("timer %s of kind %s is set aside: %s", timer.id, timer.kind, reason)
    timer.state, timer.last_error = TimerState.QUARANTINED, reason
    return Outcome.QUARANTINED
