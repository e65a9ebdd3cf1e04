"""The clock as a value, the events that it is made of, and the table of what may follow what."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from workflows.calendar.moments import to_ticks
from workflows.machine import Machine, Transition


class ClockError(ValueError):
    """Something that no clock can do, such as running before it started."""


class ClockState(StrEnum):
    """Where a clock stands."""

    UNSTARTED = "unstarted"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class ClockEvent(StrEnum):
    """What can happen to a clock."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    RECOMPUTED = "recomputed"
    STOPPED = "stopped"


CLOCK = Machine(
    states=ClockState,
    events=ClockEvent,
    initial=ClockState.UNSTARTED,
    transitions=(
        Transition(ClockState.UNSTARTED, ClockEvent.STARTED, ClockState.RUNNING),
        Transition(ClockState.RUNNING, ClockEvent.PAUSED, ClockState.PAUSED),
        Transition(ClockState.RUNNING, ClockEvent.RECOMPUTED, ClockState.RUNNING),
        Transition(ClockState.RUNNING, ClockEvent.STOPPED, ClockState.STOPPED),
        Transition(ClockState.PAUSED, ClockEvent.RESUMED, ClockState.RUNNING),
        Transition(ClockState.PAUSED, ClockEvent.RECOMPUTED, ClockState.PAUSED),
        Transition(ClockState.PAUSED, ClockEvent.STOPPED, ClockState.STOPPED),
    ),
)


@dataclass(frozen=True)
class SlaClock:
    """The ledger as it stands.

    ``consumed`` is the working time used of ``budget`` up to ``running_since``, or for good when
    the clock does not run. ``due_at`` is the promise as last derived, under the calendar of
    ``calendar_version``; a paused clock keeps its last promise as the floor of the next.
    """

    budget: timedelta
    consumed: timedelta
    due_at: datetime
    calendar_version: int
    running_since: datetime | None = None
    paused_at: datetime | None = None
    stopped_at: datetime | None = None

    @property
    def state(self) -> ClockState:
        """Where it stands, told from its moments."""
        if self.stopped_at:
            return ClockState.STOPPED
        return ClockState.PAUSED if self.paused_at else ClockState.RUNNING


@dataclass(frozen=True)
class LedgerEvent:
    """What happened to a clock, when, and what it changed; enough to rebuild the clock."""

    kind: ClockEvent
    at: datetime
    consumed: timedelta
    due_before: datetime | None
    due_after: datetime
    calendar_version: int


class Step(NamedTuple):
    """A clock after a verb, and the event to log."""

    clock: SlaClock
    event: LedgerEvent


def replay(budget: timedelta, events: Iterable[LedgerEvent]) -> SlaClock:
    """The clock that these events, oldest first, add up to.

    Raises ClockError when they do not begin with a start, IllegalTransition when one of them
    cannot follow the one before.
    """
    log = iter(events)
    first = next(log, None)
    if first is None or first.kind is not ClockEvent.STARTED:
        raise ClockError(f"a ledger begins with {ClockEvent.STARTED}, not with {first}")
    clock = begun(budget, first)
    for event in log:
        clock = advanced(clock, event).clock
    return clock


def begun(budget: timedelta, event: LedgerEvent) -> SlaClock:
    """The clock that a start makes."""
    return SlaClock(
        budget=budget,
        consumed=event.consumed,
        due_at=event.due_after,
        calendar_version=event.calendar_version,
        running_since=event.at,
    )


def advanced(clock: SlaClock, event: LedgerEvent) -> Step:
    """Carry an event out on the ledger, once the table and the order of time allow it."""
    CLOCK.next(clock.state, event.kind)
    _demand_order(clock, event)
    ledger = replace(
        clock,
        consumed=event.consumed,
        due_at=event.due_after,
        calendar_version=event.calendar_version,
    )
    return Step(_with_moment(ledger, event), event)


def _with_moment(clock: SlaClock, event: LedgerEvent) -> SlaClock:
    match event.kind:
        case ClockEvent.PAUSED:
            return replace(clock, running_since=None, paused_at=event.at)
        case ClockEvent.RESUMED:
            return replace(clock, running_since=event.at, paused_at=None)
        case ClockEvent.STOPPED:
            return replace(clock, running_since=None, stopped_at=event.at)
        case _:
            return clock


def _demand_order(clock: SlaClock, event: LedgerEvent) -> None:
    last = clock.running_since or clock.paused_at
    if last and to_ticks(event.at) < to_ticks(last):
        raise ClockError(f"{event.kind} at {event.at} would precede {last}, the event before it")
