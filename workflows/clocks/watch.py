"""The timers of a clock: one for each warning, and one for the first moment at which it is late."""

from collections.abc import Iterator, Mapping, Sequence, Set
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import timers
from workflows.calendar import WorkingCalendar
from workflows.calendar.moments import TICK
from workflows.clocks.rows import LogKind, ledger_of
from workflows.models import SlaClockRow, SlaEvent
from workflows.sla import WarningKind, warnings

Warned = Mapping[UUID, Set[str]]


def warning_kind(subject_type: str, warning: WarningKind) -> str:
    """The kind of timer that rings at a warning of such subjects' clocks."""
    return f"{subject_type}.{warning.value}"


def overdue_kind(subject_type: str) -> str:
    """The kind of timer that rings when such a subject's clock is late."""
    return f"{subject_type}.overdue"


def warning_of(kind: str) -> WarningKind:
    """Which warning a kind made by ``warning_kind`` stands for."""
    return WarningKind(kind.rpartition(".")[2])


def set_timers(session: Session, rows: Sequence[SlaClockRow], calendar: WorkingCalendar) -> None:
    """Set the timers of running clocks anew, by a new generation; what was said already is not said again.

    A warning whose moment has passed is asked for all the same: nobody has heard it yet.
    """
    alive = [row for row in rows if row.running_since is not None and row.breached_at is None]
    warned = _warned(session, alive)
    for row in alive:
        row.generation += 1
    timers.schedule_all(session, [ask for row in alive for ask in _asks(row, calendar, warned)])


def cancel_timers(session: Session, row: SlaClockRow, *, late: bool) -> None:
    """Take back the timers of a clock that stands; one that was ``late`` keeps that which will note it."""
    kinds = [warning_kind(row.subject_type, warning) for warning in WarningKind]
    if not late:
        kinds.append(overdue_kind(row.subject_type))
    timers.cancel(session, subject_id=row.subject_id, kinds=kinds)


def _warned(session: Session, rows: Sequence[SlaClockRow]) -> Warned:
    found: dict[UUID, set[str]] = {row.id: set() for row in rows}
    said = select(SlaEvent.clock_id, SlaEvent.reason).where(
        SlaEvent.clock_id.in_(found), SlaEvent.kind == LogKind.WARNED.value
    )
    for clock_id, warning in session.execute(said):
        found[clock_id].add(warning)
    return found


def _asks(row: SlaClockRow, calendar: WorkingCalendar, warned: Warned) -> Iterator[timers.Ask]:
    for warning in warnings(ledger_of(row), calendar=calendar):
        if warning.kind.value not in warned[row.id]:
            kind = warning_kind(row.subject_type, warning.kind)
            yield timers.Ask(row.subject_type, row.subject_id, kind, warning.at, row.generation)
    # Late is later than due: a budget that ends at closing is kept by whoever is done at closing.
    overdue = overdue_kind(row.subject_type)
    yield timers.Ask(row.subject_type, row.subject_id, overdue, row.due_at + TICK, row.generation)
