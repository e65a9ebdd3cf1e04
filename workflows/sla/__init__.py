"""The SLA clock: a ledger of working time owed and used, and the moment that it promises.

A clock runs, is paused while the work waits for somebody else, and stops when the work is done.
Every verb is pure: it takes a clock, a calendar and a moment, and gives back a ``Step``, the clock
as it is now and the event that says so. A clock is nothing but its events, one after another
(``replay``), so a log of them is a complete account of why something is due when it is.

Two rules decide every due time. The promise is the moment at which the budget is used up; and a
promise, once given, is never pulled earlier. Where the two part, because a holiday was withdrawn,
the working time that this gave is used first, so that a pause never costs whoever does the work.
"""

from workflows.sla.ledger import (
    CLOCK,
    ClockError,
    ClockEvent,
    ClockState,
    LedgerEvent,
    SlaClock,
    Step,
    replay,
)
from workflows.sla.policy import Policy, PolicyUnit
from workflows.sla.reading import (
    ClockWarning,
    WarningKind,
    breached,
    due_at,
    paused_time,
    remaining,
    warnings,
)
from workflows.sla.verbs import pause, recompute, resume, start, stop

__all__ = [
    "CLOCK",
    "ClockError",
    "ClockEvent",
    "ClockState",
    "ClockWarning",
    "LedgerEvent",
    "Policy",
    "PolicyUnit",
    "SlaClock",
    "Step",
    "WarningKind",
    "breached",
    "due_at",
    "pause",
    "paused_time",
    "recompute",
    "remaining",
    "replay",
    "resume",
    "start",
    "stop",
    "warnings",
]
