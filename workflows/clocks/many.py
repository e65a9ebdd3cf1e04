"""A calendar that changed, and every open clock under it: one query, one pass over arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflows.calendar import WorkingCalendar
from workflows.calendar.moments import span_to_ticks, to_moment, to_ticks
from workflows.calendar_vector import add_each
from workflows.clocks.rows import KeyedCalendar, ledger_of, not_before, write
from workflows.clocks.watch import set_timers
from workflows.models import SlaClockRow
from workflows.sla import ClockEvent, LedgerEvent, SlaClock
from workflows.sla.ledger import advanced


def recompute_open(session: Session, *, calendar: KeyedCalendar, at: datetime) -> list[SlaClockRow]:
    """Bring every open clock of a calendar under its current version; those whose promise moved.

    A holiday added extends promises, one withdrawn leaves them, finished clocks are not touched: the rules of
    ``sla.recompute``. The clocks stay locked until the transaction ends.
    """
    rows = _open_before(session, calendar)
    ledgers = [ledger_of(row) for row in rows]
    due_times = due_each(ledgers, calendar.calendar)
    for row, ledger, due in zip(rows, ledgers, due_times, strict=True):
        event = LedgerEvent(
            ClockEvent.RECOMPUTED,
            not_before(row, at),
            ledger.consumed,
            ledger.due_at,
            due,
            calendar.calendar.version,
        )
        write(session, row, advanced(ledger, event), reason="calendar changed")
    session.flush()
    set_timers(session, rows, calendar.calendar)
    return [row for row, ledger in zip(rows, ledgers, strict=True) if row.due_at != ledger.due_at]


@dataclass(frozen=True)
class Move:
    """What a calendar would do to the promise of one subject."""

    subject_id: UUID
    due_before: datetime
    due_after: datetime


@dataclass(frozen=True)
class Forecast:
    """How many clocks are open under a calendar, and whose promise another version of it would move."""

    open: int
    moves: Sequence[Move]


def forecast(session: Session, calendar: KeyedCalendar) -> Forecast:
    """What ``recompute_open`` would do if the calendar became this one, the earliest due first.

    Reads only: nothing is locked, and nothing is kept.
    """
    rows = (
        session.execute(_open(calendar).order_by(SlaClockRow.due_at, SlaClockRow.subject_id)).scalars().all()
    )
    due_times = due_each([ledger_of(row) for row in rows], calendar.calendar)
    pairs = zip(rows, due_times, strict=True)
    moves = [Move(row.subject_id, row.due_at, due) for row, due in pairs if row.due_at != due]
    return Forecast(len(rows), moves)


def due_each(clocks: Sequence[SlaClock], calendar: WorkingCalendar) -> list[datetime]:
    """``sla.due_at`` of each clock, by the calendar's own arrays."""
    due = [clock.due_at for clock in clocks]
    moving = [(place, since) for place, clock in enumerate(clocks) if (since := _counts_since(clock))]
    left = [span_to_ticks(clocks[place].budget - clocks[place].consumed) for place, _ in moving]
    ends = add_each(
        calendar,
        np.array([to_ticks(since) for _, since in moving], dtype="datetime64[us]"),
        np.array(left, dtype="timedelta64[us]"),
    )
    for (place, _), end in zip(moving, ends.astype(np.int64).tolist(), strict=True):
        due[place] = max(due[place], to_moment(end))
    return due


def _counts_since(clock: SlaClock) -> datetime | None:
    """Since when a promise still hangs on the calendar; None for one that stands, or was late by then."""
    since = clock.running_since
    return since if since is not None and clock.due_at >= since else None


def _open(calendar: KeyedCalendar) -> Select[SlaClockRow]:
    return select(SlaClockRow).where(
        SlaClockRow.calendar_key == calendar.key, SlaClockRow.stopped_at.is_(None)
    )


def _open_before(session: Session, calendar: KeyedCalendar) -> Sequence[SlaClockRow]:
    older = (
        _open(calendar)
        .where(SlaClockRow.calendar_version < calendar.calendar.version)
        .order_by(SlaClockRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.execute(older).scalars().all()
