"""Between the ledger and its row: reading one from the other, and appending to the log."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflows.calendar import WorkingCalendar
from workflows.models import SlaClockRow, SlaEvent
from workflows.sla import ClockEvent, LedgerEvent, SlaClock, Step


class KeyedCalendar(Protocol):
    """A compiled calendar under the key by which clocks remember it."""

    @property
    def key(self) -> str:
        """Which calendar it is."""

    @property
    def calendar(self) -> WorkingCalendar:
        """Its working time, in the version that is current."""


class LogKind(StrEnum):
    """Lines of the log that are no events of the ledger: they leave working time as it was."""

    WARNED = "warned"
    BREACHED = "breached"


def clock_of(session: Session, *, subject_type: str, subject_id: UUID) -> SlaClockRow | None:
    """The clock of a subject, or None; not locked."""
    return session.execute(_of(subject_type, subject_id)).scalar_one_or_none()


def locked(session: Session, *, subject_type: str, subject_id: UUID) -> SlaClockRow:
    """The clock of a subject as it is now, locked until the transaction ends; every subject here has one."""
    fresh = _of(subject_type, subject_id).with_for_update().execution_options(populate_existing=True)
    return session.execute(fresh).scalar_one()


def _of(subject_type: str, subject_id: UUID) -> Select[SlaClockRow]:
    return select(SlaClockRow).where(
        SlaClockRow.subject_type == subject_type, SlaClockRow.subject_id == subject_id
    )


def ledger_of(row: SlaClockRow) -> SlaClock:
    """The ledger that a row holds."""
    return SlaClock(
        budget=row.budget,
        consumed=row.consumed,
        due_at=row.due_at,
        calendar_version=row.calendar_version,
        running_since=row.running_since,
        paused_at=row.paused_at,
        stopped_at=row.stopped_at,
    )


def not_before(row: SlaClockRow, at: datetime) -> datetime:
    """``at``, or the last event's moment if that is later.

    A moment is read once, before a lock is waited for; whoever held the lock may have read a later one.
    """
    return max(at, row.running_since or row.paused_at or at)


def write(session: Session, row: SlaClockRow, step: Step, *, reason: str = "") -> None:
    """Carry a step of the ledger over to its row, and append it to the log."""
    clock, event = step
    row.consumed, row.due_at, row.calendar_version = clock.consumed, clock.due_at, clock.calendar_version
    row.running_since, row.paused_at, row.stopped_at = clock.running_since, clock.paused_at, clock.stopped_at
    _append(session, row, event, kind=event.kind.value, reason=reason)


def note(session: Session, row: SlaClockRow, kind: LogKind, *, at: datetime, reason: str = "") -> None:
    """Append a line that leaves the ledger as it is."""
    unchanged = LedgerEvent(
        ClockEvent.RECOMPUTED, at, row.consumed, row.due_at, row.due_at, row.calendar_version
    )
    _append(session, row, unchanged, kind=kind.value, reason=reason)


def _append(session: Session, row: SlaClockRow, event: LedgerEvent, *, kind: str, reason: str) -> None:
    row.log_length += 1
    session.add(
        SlaEvent(
            clock_id=row.id,
            position=row.log_length,
            kind=kind,
            at=event.at,
            consumed=event.consumed,
            due_before=event.due_before,
            due_after=event.due_after,
            calendar_version=event.calendar_version,
            reason=reason,
        )
    )
