"""What the engine has still to do: counted for the health page and for the metrics alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from workflows.models import Heartbeat, OutboxMessage, SlaClockRow, Timer, TimerState

BEAT = "beat"
"""The name under which beat notes that it ticked."""


@dataclass(frozen=True)
class Backlog:
    """Work that waits, and work that was given up until a person looks at it."""

    waiting: int
    quarantined: int


@dataclass(frozen=True)
class OpenClocks:
    """The promises that are still open. ``overdue`` counts those of the running ones that are past due."""

    running: int
    paused: int
    overdue: int


def outbox_backlog(session: Session) -> Backlog:
    """The messages that nobody has dealt with yet."""
    return Backlog(
        waiting=_count(session, OutboxMessage.done_at.is_(None), OutboxMessage.quarantined_at.is_(None)),
        quarantined=_count(session, OutboxMessage.quarantined_at.is_not(None)),
    )


def timers_backlog(session: Session, *, now: datetime) -> Backlog:
    """The timers that are past due; those whose moment is still to come wait for nobody."""
    return Backlog(
        waiting=_count(session, Timer.state == TimerState.PENDING, Timer.due_at <= now),
        quarantined=_count(session, Timer.state == TimerState.QUARANTINED),
    )


def open_clocks(session: Session, *, now: datetime) -> OpenClocks:
    """How the open SLA clocks stand. A paused one is not overdue: its promise moves on when it resumes."""
    runs = SlaClockRow.running_since.is_not(None)
    running, paused, overdue = session.execute(
        select(
            func.count().filter(runs),
            func.count().filter(~runs),
            func.count().filter(runs, SlaClockRow.due_at < now),
        ).where(SlaClockRow.stopped_at.is_(None))
    ).one()
    return OpenClocks(running, paused, overdue)


def last_tick(session: Session) -> datetime | None:
    """When a tick of beat last came to its end, on the database's clock."""
    return session.execute(select(Heartbeat.at).where(Heartbeat.name == BEAT)).scalar_one_or_none()


def beat_age(session: Session) -> timedelta | None:
    """How long ago that was, by the database's clock, which no story moves; None before the first tick."""
    age = func.clock_timestamp() - Heartbeat.at
    return session.execute(select(age).where(Heartbeat.name == BEAT)).scalar_one_or_none()


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.execute(select(func.count()).where(*conditions)).scalar_one()
