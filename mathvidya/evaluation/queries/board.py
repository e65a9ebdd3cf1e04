"""The SLA board: every promise that is open, the earliest due first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import Session

from mathvidya.accounts.models import ClassLevel
from mathvidya.attempts.models import ExamInstance
from mathvidya.attempts.queries import exam_for_actor
from mathvidya.evaluation import policy
from mathvidya.evaluation.models import Evaluation, EvaluationState
from mathvidya.evaluation.rules.standing import limits
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.platform.http.pages import Page
from mathvidya.system.queries import working_calendar
from workflows import clocks
from workflows.calendar import WorkingCalendar
from workflows.clocks import Account
from workflows.models import SlaClockRow


@dataclass(frozen=True)
class BoardCounts:
    """How the open promises stand at a moment. Those due today include what is at risk, not what is late."""

    open: int
    waiting: int
    being_marked: int
    on_hold: int
    due_today: int
    at_risk: int
    breached: int


@dataclass(frozen=True)
class BoardRow:
    """One open promise. ``due_at`` of a script on hold is its last promise, which moves when it goes on."""

    evaluation_id: UUID
    exam_id: UUID
    exam_code: str
    round: int
    class_level: ClassLevel
    state: EvaluationState
    teacher_id: UUID | None
    handed_in_at: datetime
    due_at: datetime
    breached_at: datetime | None
    expected_minutes: int


@dataclass(frozen=True)
class Board:
    """The counts over everything, and one page of the rows."""

    counts: BoardCounts
    page: Page[BoardRow]


@dataclass(frozen=True)
class ClockAccount:
    """The account of an exam's clock, and the calendar by which it was drawn up."""

    exam_id: UUID
    evaluation_id: UUID
    calendar_key: str
    calendar: WorkingCalendar
    account: Account


def board(session: Session, actor: Actor, *, now: datetime, limit: int, after: UUID | None) -> Board:
    """The board for an admin; ``after`` is the last evaluation of the page before. Raises Forbidden."""
    policy.must_be_admin(actor, "read the SLA board")
    return Board(_counts(session, now), _page(session, limit, after))


def _counts(session: Session, now: datetime) -> BoardCounts:
    calendar = working_calendar(session).calendar
    at = limits(now, calendar)
    running = SlaClockRow.running_since.is_not(None)
    in_time = running & SlaClockRow.breached_at.is_(None) & (SlaClockRow.due_at >= now)
    row = session.execute(
        _open(
            func.count(),
            _count(Evaluation.state == EvaluationState.QUEUED),
            _count(Evaluation.state.in_([EvaluationState.ASSIGNED, EvaluationState.IN_PROGRESS])),
            _count(Evaluation.state == EvaluationState.ON_HOLD),
            _count(in_time & (SlaClockRow.due_at < at.tomorrow)),
            _count(in_time & (SlaClockRow.due_at <= at.at_risk_until)),
            _count(SlaClockRow.breached_at.is_not(None)),
        )
    ).one()
    return BoardCounts(*row)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _open(*columns: ColumnElement[int]) -> Select[*tuple[int, ...]]:
    return (
        select(*columns)
        .select_from(SlaClockRow)
        .join(Evaluation, Evaluation.id == SlaClockRow.subject_id)
        .where(SlaClockRow.stopped_at.is_(None))
    )


def _page(session: Session, limit: int, after: UUID | None) -> Page[BoardRow]:
    place = tuple_(SlaClockRow.due_at, SlaClockRow.subject_id)
    rows = (
        select(
            Evaluation.id,
            ExamInstance.id,
            ExamInstance.code,
            Evaluation.round,
            Evaluation.class_level,
            Evaluation.state,
            Evaluation.teacher_id,
            SlaClockRow.started_at,
            SlaClockRow.due_at,
            SlaClockRow.breached_at,
            Evaluation.expected_minutes,
        )
        .join(SlaClockRow, SlaClockRow.subject_id == Evaluation.id)
        .join(ExamInstance, ExamInstance.id == Evaluation.exam_id)
        .where(SlaClockRow.stopped_at.is_(None))
        .order_by(SlaClockRow.due_at, SlaClockRow.subject_id)
        .limit(limit + 1)
    )
    if after is not None:
        last = select(SlaClockRow.due_at, SlaClockRow.subject_id).where(SlaClockRow.subject_id == after)
        rows = rows.where(place > last.scalar_subquery())
    found: Sequence[BoardRow] = [BoardRow(*row) for row in session.execute(rows)]
    items = found[:limit]
    return Page(items, items[-1].evaluation_id if len(found) > limit else None)


def explain_clock(session: Session, actor: Actor, exam_id: UUID, *, now: datetime) -> ClockAccount:
    """Why an exam's marks are due when they are: for its student, linked parents and admins.

    Raises NotFound, also for an exam whose marks no person owes.
    """
    exam = exam_for_actor(session, actor, exam_id)
    latest = (
        select(Evaluation.id).where(Evaluation.exam_id == exam.id).order_by(Evaluation.round.desc()).limit(1)
    )
    evaluation_id = session.scalars(latest).one_or_none()
    row = evaluation_id and clocks.clock_of(session, subject_type="evaluation", subject_id=evaluation_id)
    if evaluation_id is None or not row:
        raise NotFound("no marking is owed for this exam: no clock runs")
    calendar = working_calendar(session, row.calendar_key).calendar
    account = clocks.account_of(session, row, calendar=calendar, at=now)
    return ClockAccount(exam.id, evaluation_id, row.calendar_key, calendar, account)
