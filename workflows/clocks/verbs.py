"""What can be done to a clock that is a row. All but ``start_clock`` take one that ``locked`` gave."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from workflows import sla
from workflows.base import new_id
from workflows.calendar import WorkingCalendar
from workflows.clocks.rows import KeyedCalendar, LogKind, ledger_of, not_before, note, write
from workflows.clocks.watch import cancel_timers, set_timers
from workflows.models import SlaClockRow
from workflows.sla import Policy, WarningKind


def start_clock(
    session: Session,
    *,
    subject_type: str,
    subject_id: UUID,
    policy: Policy,
    calendar: KeyedCalendar,
    at: datetime,
) -> SlaClockRow:
    """Begin the clock of a subject, at a moment that may have passed: messages take time.

    Raises what the calendar raises when the promise would lie beyond the holidays that are known.
    """
    step = sla.start(policy.budget(calendar.calendar.rules), calendar=calendar.calendar, at=at)
    row = SlaClockRow(
        id=new_id(),
        subject_type=subject_type,
        subject_id=subject_id,
        budget=step.clock.budget,
        started_at=at,
        calendar_key=calendar.key,
        generation=0,
        log_length=0,
    )
    write(session, row, step)
    session.add(row)
    session.flush()
    set_timers(session, [row], calendar.calendar)
    return row


def pause_clock(
    session: Session, row: SlaClockRow, *, calendar: WorkingCalendar, at: datetime, reason: str
) -> None:
    """Let the clock stand still while the work waits for somebody else. Raises IllegalTransition."""
    at = not_before(row, at)
    write(session, row, sla.pause(ledger_of(row), calendar=calendar, at=at), reason=reason)
    _quieten(session, row, calendar, at)


def resume_clock(
    session: Session, row: SlaClockRow, *, calendar: WorkingCalendar, at: datetime, reason: str
) -> None:
    """Let the clock run on with what was left. Raises IllegalTransition unless it is paused."""
    at = not_before(row, at)
    write(session, row, sla.resume(ledger_of(row), calendar=calendar, at=at), reason=reason)
    set_timers(session, [row], calendar)


def stop_clock(
    session: Session, row: SlaClockRow, *, calendar: WorkingCalendar, at: datetime, reason: str
) -> None:
    """End the clock: the work is done, or withdrawn. Raises IllegalTransition when it has ended."""
    at = not_before(row, at)
    write(session, row, sla.stop(ledger_of(row), calendar=calendar, at=at), reason=reason)
    _quieten(session, row, calendar, at)


def recompute_clock(session: Session, row: SlaClockRow, *, calendar: WorkingCalendar, at: datetime) -> None:
    """Bring an open clock under the calendar as it stands; nothing happens when it is there already."""
    step = sla.recompute(ledger_of(row), calendar=calendar, at=not_before(row, at))
    if step is not None:
        write(session, row, step, reason="calendar changed")
        set_timers(session, [row], calendar)


def note_warning(session: Session, row: SlaClockRow, warning: WarningKind, *, at: datetime) -> bool:
    """Note that a running clock has reached a threshold; False when there is nothing to say.

    That is so when it does not run any more, or is late: then a warning only adds noise.
    """
    if row.running_since is None or row.breached_at is not None:
        return False
    note(session, row, LogKind.WARNED, at=at, reason=warning.value)
    return True


def note_breach(session: Session, row: SlaClockRow, *, calendar: WorkingCalendar, at: datetime) -> bool:
    """Note, once, that the promise is broken; False when it is not, or when that is known.

    A clock that stands or has ended is judged by the moment at which it last ran, so that marking which came
    late is known to be late also when the timer rings after it.
    """
    if row.breached_at is not None or not sla.breached(ledger_of(row), calendar=calendar, at=at):
        return False
    row.breached_at = at
    note(session, row, LogKind.BREACHED, at=at)
    return True


def _quieten(session: Session, row: SlaClockRow, calendar: WorkingCalendar, at: datetime) -> None:
    late = sla.breached(ledger_of(row), calendar=calendar, at=at)
    cancel_timers(session, row, late=late and row.breached_at is None)
