"""A calendar that changed, and every open clock under it: one query, one pass over arrays."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from sqlalchemy import select
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


def _open_before(session: Session, calendar: KeyedCalendar) -> Sequence[SlaClockRow]:
    older = (
        select(SlaClockRow)
        .where(
            SlaClockRow.calendar_key == calendar.key,
            SlaClockRow.stopped_at.is_(None),
            SlaClockRow.calendar_version < calendar.calendar.version,
        )
        .order_by(SlaClockRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.execute(older).scalars().all()
