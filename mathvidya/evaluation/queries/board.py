"""The SLA board: every promise that is open, the earliest due first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_
from sqlalchemy.orm import Session

from mathvidya.accounts.models import ClassLevel, User
from mathvidya.attempts.models import ExamInstance
from mathvidya.attempts.queries import exam_for_actor
from mathvidya.evaluation import policy
from mathvidya.evaluation.models import Evaluation, EvaluationState
from mathvidya.evaluation.queries.promises import TimeLeft
from mathvidya.evaluation.rules.standing import Band, Limits, limits
from mathvidya.plans.models import PlanName, Subscription, SubscriptionPlan
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.platform.http.pages import Page
from mathvidya.system.queries import working_calendar
from workflows import clocks
from workflows.calendar import WorkingCalendar
from workflows.clocks import Account
from workflows.models import SlaClockRow

_Found = Row[Evaluation, SlaClockRow, str, PlanName, str]


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
    plan: PlanName
    state: EvaluationState
    band: Band
    teacher_id: UUID | None
    teacher_name: str | None
    handed_in_at: datetime
    due_at: datetime
    minutes_left: int | None
    breached_at: datetime | None
    expected_minutes: int


class BoardBand(StrEnum):
    """What the board is narrowed to, counted as in ``BoardCounts``: what is at risk is due today too."""

    OPEN = "open"
    ON_HOLD = "on_hold"
    DUE_TODAY = "due_today"
    AT_RISK = "at_risk"
    BREACHED = "breached"


@dataclass(frozen=True)
class BoardFilter:
    """Which open promises; None leaves a side open."""

    plan: PlanName | None = None
    teacher_id: UUID | None = None
    band: BoardBand = BoardBand.OPEN

    def conditions(self, at: Limits) -> Sequence[ColumnElement[bool]]:
        """The filter as SQL."""
        found = [_in_band(self.band, at)]
        if self.plan is not None:
            found.append(SubscriptionPlan.name == self.plan)
        if self.teacher_id is not None:
            found.append(Evaluation.teacher_id == self.teacher_id)
        return found


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


def board(
    session: Session,
    actor: Actor,
    narrowed: BoardFilter,
    *,
    now: datetime,
    limit: int,
    after: UUID | None,
) -> Board:
    """The board for an admin; ``after`` is the last evaluation of the page before. Raises Forbidden.

    The counts are of everything, whatever the rows are narrowed to.
    """
    policy.must_be_admin(actor, "read the SLA board")
    at = limits(now, working_calendar(session).calendar)
    rows = _rows().where(*narrowed.conditions(at))
    return Board(_counts(session, at), _page(session, rows, at, limit, after))


def _counts(session: Session, at: Limits) -> BoardCounts:
    row = session.execute(
        _open(
            func.count(),
            _count(Evaluation.state == EvaluationState.QUEUED),
            _count(Evaluation.state.in_([EvaluationState.ASSIGNED, EvaluationState.IN_PROGRESS])),
            *(_count(_in_band(band, at)) for band in BoardBand if band is not BoardBand.OPEN),
        )
    ).one()
    return BoardCounts(*row)


def _in_band(band: BoardBand, at: Limits) -> ColumnElement[bool]:
    running = SlaClockRow.running_since.is_not(None)
    in_time = running & SlaClockRow.breached_at.is_(None) & (SlaClockRow.due_at >= at.now)
    return {
        BoardBand.OPEN: SlaClockRow.stopped_at.is_(None),
        BoardBand.ON_HOLD: Evaluation.state == EvaluationState.ON_HOLD,
        BoardBand.DUE_TODAY: in_time & (SlaClockRow.due_at < at.tomorrow),
        BoardBand.AT_RISK: in_time & (SlaClockRow.due_at <= at.at_risk_until),
        BoardBand.BREACHED: SlaClockRow.breached_at.is_not(None),
    }[band]


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _open(*columns: ColumnElement[int]) -> Select[*tuple[int, ...]]:
    return (
        select(*columns)
        .select_from(SlaClockRow)
        .join(Evaluation, Evaluation.id == SlaClockRow.subject_id)
        .where(SlaClockRow.stopped_at.is_(None))
    )


def _rows() -> Select[Evaluation, SlaClockRow, str, PlanName, str]:
    return (
        select(Evaluation, SlaClockRow, ExamInstance.code, SubscriptionPlan.name, User.full_name)
        .join(SlaClockRow, SlaClockRow.subject_id == Evaluation.id)
        .join(ExamInstance, ExamInstance.id == Evaluation.exam_id)
        .join(Subscription, Subscription.id == ExamInstance.subscription_id)
        .join(SubscriptionPlan, SubscriptionPlan.id == Subscription.plan_id)
        .outerjoin(User, User.id == Evaluation.teacher_id)
        .where(SlaClockRow.stopped_at.is_(None))
        .order_by(SlaClockRow.due_at, SlaClockRow.subject_id)
    )


def _page(
    session: Session,
    rows: Select[Evaluation, SlaClockRow, str, PlanName, str],
    at: Limits,
    limit: int,
    after: UUID | None,
) -> Page[BoardRow]:
    if after is not None:
        place = tuple_(SlaClockRow.due_at, SlaClockRow.subject_id)
        last = select(SlaClockRow.due_at, SlaClockRow.subject_id).where(SlaClockRow.subject_id == after)
        rows = rows.where(place > last.scalar_subquery())
    time_left = TimeLeft(session, at.now)
    found = session.execute(rows.limit(limit + 1)).all()
    items = [_row(each, at, time_left) for each in found[:limit]]
    return Page(items, items[-1].evaluation_id if len(found) > limit else None)


def _row(found: _Found, at: Limits, time_left: TimeLeft) -> BoardRow:
    evaluation, clock, code, plan, teacher_name = found
    return BoardRow(
        evaluation_id=evaluation.id,
        exam_id=evaluation.exam_id,
        exam_code=code,
        round=evaluation.round,
        class_level=evaluation.class_level,
        plan=plan,
        state=evaluation.state,
        band=band_of(clock, at),
        teacher_id=evaluation.teacher_id,
        teacher_name=teacher_name,
        handed_in_at=clock.started_at,
        due_at=clock.due_at,
        minutes_left=time_left.of(clock),
        breached_at=clock.breached_at,
        expected_minutes=evaluation.expected_minutes,
    )


def band_of(clock: SlaClockRow, at: Limits) -> Band:
    """How urgent an open promise is."""
    return at.band(clock.due_at, runs=clock.running_since is not None, breached=clock.breached_at is not None)


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
