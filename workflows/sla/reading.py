"""What a clock says: when it is due, what is left, whether it is late, whom to warn and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from workflows.calendar import WorkingCalendar
from workflows.sla.ledger import ClockEvent, LedgerEvent, SlaClock

NOTHING = timedelta()
TWO_HOURS = timedelta(hours=2)


class WarningKind(StrEnum):
    """The thresholds at which people are told, before it is too late."""

    HALF_USED = "half_used"
    FOUR_FIFTHS_USED = "four_fifths_used"
    TWO_HOURS_LEFT = "two_hours_left"


@dataclass(frozen=True)
class ClockWarning:
    """A threshold and the moment at which a running clock reaches it."""

    kind: WarningKind
    at: datetime


def due_at(clock: SlaClock, calendar: WorkingCalendar) -> datetime:
    """The promise under this calendar: the last one, or where the budget ends, if that is later.

    A clock that does not run, or was late when it last began to, keeps its last promise.
    """
    since = clock.running_since
    if since is None or clock.due_at < since:
        return clock.due_at
    return max(clock.due_at, calendar.add(since, clock.budget - clock.consumed))


def remaining(clock: SlaClock, *, calendar: WorkingCalendar, at: datetime) -> timedelta:
    """The working time left at a moment, negative once it is late.

    What a withdrawn holiday gave on top of the budget is used first.
    """
    left, since = clock.budget - clock.consumed, clock.running_since
    if since is None:
        return left
    gift = max(NOTHING, calendar.between(since, due_at(clock, calendar)) - left)
    return left - max(NOTHING, calendar.between(since, at) - gift)


def breached(clock: SlaClock, *, calendar: WorkingCalendar, at: datetime) -> bool:
    """Whether the promise is broken: a moment later than due, and not at due itself.

    A clock that does not run is judged at the moment at which it last did.
    """
    judged = clock.paused_at or clock.stopped_at or at
    return judged > due_at(clock, calendar)


def warnings(clock: SlaClock, *, calendar: WorkingCalendar) -> tuple[ClockWarning, ...]:
    """The thresholds that a running clock has yet to reach since it last began, in their order.

    They are where the budget stands, so a pause or a holiday moves them with the promise. A
    threshold is an instant of working time or a closing; tell people at ``next_opening``.
    """
    since = clock.running_since
    if since is None:
        return ()
    ahead = calendar.between(since, due_at(clock, calendar))
    reached = (
        ClockWarning(kind, calendar.add(since, ahead - left))
        for kind, left in _thresholds(clock.budget)
        if left <= ahead
    )
    return tuple(sorted(reached, key=lambda warning: warning.at))


def paused_time(events: Iterable[LedgerEvent], *, calendar: WorkingCalendar, at: datetime) -> timedelta:
    """The working time during which the ledger of these events, oldest first, stood still.

    A pause that is not over counts up to ``at``.
    """
    total, since = NOTHING, None
    for event in events:
        if event.kind is ClockEvent.PAUSED:
            since = event.at
        elif since and event.kind is not ClockEvent.RECOMPUTED:
            total, since = total + calendar.between(since, event.at), None
    return total + calendar.between(since, at) if since else total


def _thresholds(budget: timedelta) -> tuple[tuple[WarningKind, timedelta], ...]:
    """Each kind with the working time that is left when it is reached."""
    return (
        (WarningKind.HALF_USED, budget / 2),
        (WarningKind.FOUR_FIFTHS_USED, budget / 5),
        (WarningKind.TWO_HOURS_LEFT, TWO_HOURS),
    )
