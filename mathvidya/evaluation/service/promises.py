"""The promise of an evaluation: its clock warned about, broken, moved by holidays, and ended.

The evaluation is locked before its clock, here as everywhere. ``Evaluation.due_at`` mirrors the clock's while
it runs, so that the queue is read from one table.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.evaluation.events import SlaBreached, SlaWarned
from mathvidya.evaluation.models import Evaluation, EvaluationState
from mathvidya.evaluation.rules.lifecycle import EvaluationEvent
from mathvidya.evaluation.service.moving import SUBJECT, locked, take_away
from mathvidya.plans import service as plans
from mathvidya.platform.actors import SYSTEM
from mathvidya.platform.events import tell
from mathvidya.system.queries import working_calendar
from mathvidya.system.service import record_act
from workflows import clocks
from workflows.calendar import WorkingCalendar
from workflows.models import SlaClockRow
from workflows.sla import WarningKind


def locked_clock(session: Session, evaluation: Evaluation) -> tuple[SlaClockRow, WorkingCalendar]:
    """The clock of a locked evaluation, locked as well, and its calendar as it stands."""
    clock = clocks.locked(session, subject_type=SUBJECT, subject_id=evaluation.id)
    return clock, working_calendar(session, clock.calendar_key).calendar


def warn(session: Session, *, evaluation_id: UUID, warning: WarningKind, now: datetime) -> None:
    """Tell that a threshold has been reached, unless the clock stands, has ended, or is late already."""
    evaluation = locked(session, evaluation_id)
    clock, _ = locked_clock(session, evaluation)
    if clocks.note_warning(session, clock, warning, at=now):
        told = SlaWarned(evaluation.id, evaluation.exam_id, warning.value, clock.due_at)
        tell(session, told, now=now)


def note_overdue(session: Session, *, evaluation_id: UUID, now: datetime) -> None:
    """Note a broken promise, once: it is told, audited, given back on the quota, and the work is moved.

    Looked at under the calendar as it stands: a holiday that was declared since the timer was set moves it.
    """
    evaluation = locked(session, evaluation_id)
    clock, calendar = locked_clock(session, evaluation)
    clocks.recompute_clock(session, clock, calendar=calendar, at=now)
    _mirror(evaluation, clock)
    if not clocks.note_breach(session, clock, calendar=calendar, at=now):
        return
    tell(session, SlaBreached(evaluation.id, evaluation.exam_id, clock.due_at), now=now)
    changes = {"due_at": clock.due_at.isoformat()}
    record_act(session, SYSTEM, "sla.breached", subject=(SUBJECT, evaluation.id), now=now, changes=changes)
    plans.give_back_exam(session, exam_id=evaluation.exam_id, reason="breached", now=now)
    _free_unbegun(session, evaluation, now)


def _free_unbegun(session: Session, evaluation: Evaluation, now: datetime) -> None:
    """Late work that its teacher has not begun goes to whoever is free, at the front of the queue."""
    if evaluation.state is EvaluationState.ASSIGNED:
        take_away(session, evaluation, EvaluationEvent.TAKE_BACK, now)


def move_promises(session: Session, *, calendar_code: str, now: datetime) -> int:
    """Bring every open promise under a calendar that changed; how many moved. Each is audited."""
    evaluations = _lock_open(session, calendar_code)
    promised = {identity: row.due_at for identity, row in evaluations.items()}
    calendar = working_calendar(session, calendar_code)
    moved = clocks.recompute_open(session, calendar=calendar, at=now)
    for clock in moved:
        evaluation = evaluations[clock.subject_id]
        _mirror(evaluation, clock)
        _audit_move(session, clock, promised[evaluation.id], now)
    return len(moved)


def _lock_open(session: Session, calendar_code: str) -> Mapping[UUID, Evaluation]:
    """In the order of their ids, as whoever locks several does: no two can wait for each other."""
    with_open_clock = (
        select(Evaluation)
        .join(SlaClockRow, SlaClockRow.subject_id == Evaluation.id)
        .where(
            SlaClockRow.subject_type == SUBJECT,
            SlaClockRow.calendar_key == calendar_code,
            SlaClockRow.stopped_at.is_(None),
        )
        .order_by(Evaluation.id)
        .with_for_update(of=Evaluation)
    )
    rows = session.scalars(with_open_clock, execution_options={"populate_existing": True})
    return {row.id: row for row in rows}


def _audit_move(session: Session, clock: SlaClockRow, was: datetime | None, now: datetime) -> None:
    due_at = {"was": was.isoformat() if was else None, "is": clock.due_at.isoformat()}
    changes = {"due_at": due_at, "calendar": clock.calendar_key, "calendar_version": clock.calendar_version}
    record_act(
        session, SYSTEM, "sla.recomputed", subject=(SUBJECT, clock.subject_id), now=now, changes=changes
    )


def pause_promise(session: Session, evaluation: Evaluation, *, now: datetime, reason: str) -> None:
    """Let the clock of a locked evaluation stand while somebody else is waited for."""
    clock, calendar = locked_clock(session, evaluation)
    clocks.pause_clock(session, clock, calendar=calendar, at=now, reason=reason)
    _mirror(evaluation, clock)


def resume_promise(session: Session, evaluation: Evaluation, *, now: datetime, reason: str) -> None:
    """Let it run on with what was left."""
    clock, calendar = locked_clock(session, evaluation)
    clocks.resume_clock(session, clock, calendar=calendar, at=now, reason=reason)
    _mirror(evaluation, clock)


def stop_promise(session: Session, evaluation: Evaluation, *, now: datetime, reason: str) -> None:
    """End it, if it has not ended."""
    clock, calendar = locked_clock(session, evaluation)
    if clock.stopped_at is None:
        clocks.stop_clock(session, clock, calendar=calendar, at=now, reason=reason)
        _mirror(evaluation, clock)


def _mirror(evaluation: Evaluation, clock: SlaClockRow) -> None:
    stands = clock.running_since is None and clock.stopped_at is None
    evaluation.due_at = None if stands else clock.due_at
