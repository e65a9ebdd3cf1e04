"""SLA clocks as rows: the ledger of ``workflows.sla`` kept in the database, with its log and its timers.

The arithmetic is in ``workflows.sla`` and nowhere here. A verb takes a locked clock, lets the pure verb work,
writes the ledger back, appends what happened to the log, and sets the timers of the next generation. A row is
therefore never anything but what its log adds up to (``replayed``), and a due time never anything but what a
person can be shown (``account_of``).

One clock a subject. Its timers carry the subject's id, so that their handlers lock the subject first and the
clock after it; every verb that holds a subject does the same.
"""

from workflows.clocks.account import Account, account_of, log_of, replayed
from workflows.clocks.many import Forecast, Move, forecast, recompute_open
from workflows.clocks.rows import KeyedCalendar, LogKind, clock_of, ledger_of, locked
from workflows.clocks.verbs import (
    note_breach,
    note_warning,
    pause_clock,
    recompute_clock,
    resume_clock,
    start_clock,
    stop_clock,
)
from workflows.clocks.watch import overdue_kind, warning_kind, warning_of

__all__ = [
    "Account",
    "Forecast",
    "KeyedCalendar",
    "LogKind",
    "Move",
    "account_of",
    "clock_of",
    "forecast",
    "ledger_of",
    "locked",
    "log_of",
    "note_breach",
    "note_warning",
    "overdue_kind",
    "pause_clock",
    "recompute_clock",
    "recompute_open",
    "replayed",
    "resume_clock",
    "start_clock",
    "stop_clock",
    "warning_kind",
    "warning_of",
]
