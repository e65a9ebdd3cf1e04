"""What can be done to a clock. Each verb says in its event what it did to time."""

from dataclasses import replace
from datetime import datetime, timedelta

from workflows.calendar import WorkingCalendar
from workflows.sla.ledger import (
    ClockError,
    ClockEvent,
    ClockState,
    LedgerEvent,
    SlaClock,
    Step,
    advanced,
    begun,
)
from workflows.sla.reading import breached, due_at, remaining


def start(budget: timedelta, *, calendar: WorkingCalendar, at: datetime) -> Step:
    """Begin a clock; outside working hours it begins to count at the next opening.

    Raises ClockError for a budget that is not positive, and what the calendar raises.
    """
    if budget <= timedelta():
        raise ClockError(f"budget must be positive, not {budget}")
    due = calendar.add(at, budget)
    event = LedgerEvent(ClockEvent.STARTED, at, timedelta(), None, due, calendar.version)
    return Step(begun(budget, event), event)


def pause(clock: SlaClock, *, calendar: WorkingCalendar, at: datetime) -> Step:
    """Let the clock stand still. Raises IllegalTransition unless it runs."""
    return advanced(clock, _event(clock, ClockEvent.PAUSED, calendar, at))


def resume(clock: SlaClock, *, calendar: WorkingCalendar, at: datetime) -> Step:
    """Let the clock run on with what was left. Raises IllegalTransition unless it is paused.

    A clock that was late before it was paused stays late: its promise does not move.
    """
    event = _event(clock, ClockEvent.RESUMED, calendar, at)
    if not breached(clock, calendar=calendar, at=at):
        due = calendar.add(at, remaining(clock, calendar=calendar, at=at))
        event = replace(event, due_after=max(clock.due_at, due))
    return advanced(clock, event)


def stop(clock: SlaClock, *, calendar: WorkingCalendar, at: datetime) -> Step:
    """End the clock, running or paused: the work is done, or withdrawn."""
    return advanced(clock, _event(clock, ClockEvent.STOPPED, calendar, at))


def recompute(clock: SlaClock, *, calendar: WorkingCalendar, at: datetime) -> Step | None:
    """Bring an open clock under a calendar that changed; None where that touches nothing.

    A holiday added before the promise extends it; one withdrawn leaves it. A paused clock keeps
    what it consumed and its floor. A stopped one is never touched.
    """
    if clock.state is ClockState.STOPPED or clock.calendar_version == calendar.version:
        return None
    event = _event(clock, ClockEvent.RECOMPUTED, calendar, at)
    return advanced(clock, replace(event, consumed=clock.consumed))


def _event(clock: SlaClock, kind: ClockEvent, calendar: WorkingCalendar, at: datetime) -> LedgerEvent:
    """What a verb does by itself to time: account for what was used, keep the promise."""
    used = clock.budget - remaining(clock, calendar=calendar, at=at)
    due = due_at(clock, calendar)
    return LedgerEvent(kind, at, used, clock.due_at, due, calendar.version)
