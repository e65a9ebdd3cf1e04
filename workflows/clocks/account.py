"""The account of a clock: why it is due when it is, rebuilt from its log."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.calendar import ClosedDay, Segment, WorkingCalendar, closed_days
from workflows.clocks.rows import ledger_of
from workflows.models import SlaClockRow, SlaEvent
from workflows.sla import (
    ClockEvent,
    ClockState,
    ClockWarning,
    LedgerEvent,
    SlaClock,
    due_at,
    paused_time,
    remaining,
    replay,
    warnings,
)

_LEDGER = {kind.value for kind in ClockEvent}


@dataclass(frozen=True)
class Pause:
    """A stretch during which the clock stood still; ``end`` is None while it lasts."""

    start: datetime
    end: datetime | None
    reason: str


@dataclass(frozen=True)
class Account:
    """A clock with everything that led to its due time, under the calendar as it stands.

    ``segments`` are the working time that was used, and of a running clock that which its promise still
    covers; ``closed`` the days on which nobody worked from its start to its promise.
    """

    state: ClockState
    budget: timedelta
    remaining: timedelta
    paused: timedelta
    started_at: datetime
    stopped_at: datetime | None
    due_at: datetime
    breached_at: datetime | None
    segments: tuple[Segment, ...]
    pauses: tuple[Pause, ...]
    warnings: tuple[ClockWarning, ...]
    closed: tuple[ClosedDay, ...]
    log: Sequence[SlaEvent]


def account_of(session: Session, row: SlaClockRow, *, calendar: WorkingCalendar, at: datetime) -> Account:
    """The account of a clock at a moment."""
    log = log_of(session, row)
    ledger, events = ledger_of(row), _ledger_events(log)
    due = due_at(ledger, calendar)
    return Account(
        state=ledger.state,
        budget=ledger.budget,
        remaining=remaining(ledger, calendar=calendar, at=at),
        paused=paused_time(events, calendar=calendar, at=at),
        started_at=row.started_at,
        stopped_at=row.stopped_at,
        due_at=due,
        breached_at=row.breached_at,
        segments=tuple(_segments(events, due, calendar)),
        pauses=tuple(_pauses(log)),
        warnings=warnings(ledger, calendar=calendar),
        closed=tuple(closed_days(calendar.rules, row.started_at, due)),
        log=log,
    )


def replayed(session: Session, row: SlaClockRow) -> SlaClock:
    """The ledger that the log of a clock adds up to: equal to its row, or one of the two is wrong."""
    return replay(row.budget, _ledger_events(log_of(session, row)))


def log_of(session: Session, row: SlaClockRow) -> Sequence[SlaEvent]:
    """Everything that happened to a clock, oldest first."""
    lines = select(SlaEvent).where(SlaEvent.clock_id == row.id).order_by(SlaEvent.position)
    return session.execute(lines).scalars().all()


def _ledger_events(log: Iterable[SlaEvent]) -> list[LedgerEvent]:
    return [
        LedgerEvent(
            ClockEvent(line.kind),
            line.at,
            line.consumed,
            line.due_before,
            line.due_after,
            line.calendar_version,
        )
        for line in log
        if line.kind in _LEDGER
    ]


def _segments(events: Iterable[LedgerEvent], due: datetime, calendar: WorkingCalendar) -> Iterator[Segment]:
    for start, end in _runs(events, due):
        yield from calendar.explain(start, calendar.between(start, end)).segments


def _runs(events: Iterable[LedgerEvent], due: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The stretches during which it ran; one that has no end yet is promised to end when it is due."""
    since: datetime | None = None
    for event in events:
        if event.kind in {ClockEvent.STARTED, ClockEvent.RESUMED}:
            since = event.at
        elif since is not None and event.kind is not ClockEvent.RECOMPUTED:
            yield since, event.at
            since = None
    if since is not None and since < due:
        yield since, due


def _pauses(log: Iterable[SlaEvent]) -> Iterator[Pause]:
    begun: SlaEvent | None = None
    for line in log:
        if line.kind == ClockEvent.PAUSED:
            begun = line
        elif begun is not None and line.kind in {ClockEvent.RESUMED, ClockEvent.STOPPED}:
            yield Pause(begun.at, line.at, begun.reason)
            begun = None
    if begun is not None:
        yield Pause(begun.at, None, begun.reason)
