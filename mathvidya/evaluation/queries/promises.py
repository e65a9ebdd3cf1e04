"""What students and parents were promised: when the marks are due, and how much of the time is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from mathvidya.attempts.models import ExamInstance
from mathvidya.attempts.queries import in_scope
from mathvidya.evaluation.models import Evaluation, EvaluationState
from mathvidya.evaluation.rules.standing import WHEREABOUTS, Whereabouts
from mathvidya.platform.actors import Actor
from mathvidya.platform.http.pages import Page
from mathvidya.system.queries import working_calendar
from workflows import clocks
from workflows.calendar import WorkingCalendar
from workflows.clocks import ledger_of
from workflows.models import SlaClockRow
from workflows.sla import ClockState, remaining

_MINUTE = timedelta(minutes=1)
_SHOWN = 10

_Found = Row[UUID, str, EvaluationState, SlaClockRow]


@dataclass(frozen=True)
class Promise:
    """When the marks of one exam are due. ``due_at`` is None while the clock stands: it moves by the wait."""

    exam_id: UUID
    exam_code: str
    whereabouts: Whereabouts
    clock: ClockState
    handed_in_at: datetime
    due_at: datetime | None
    minutes_left: int | None
    breached_at: datetime | None
    stopped_at: datetime | None


@dataclass(frozen=True)
class PromiseFilter:
    """Whose promises, and whether only those whose marks are still owed."""

    student_id: UUID | None = None
    is_open: bool | None = None

    def conditions(self) -> Sequence[ColumnElement[bool]]:
        """The filter as SQL."""
        found: list[ColumnElement[bool]] = []
        if self.student_id is not None:
            found.append(ExamInstance.student_id == self.student_id)
        if self.is_open is not None:
            ended = SlaClockRow.stopped_at.is_not(None)
            found.append(~ended if self.is_open else ended)
        return found


class TimeLeft:
    """The working time that clocks have left at one moment; each calendar is asked for once."""

    def __init__(self, session: Session, now: datetime) -> None:
        """Seen at ``now``."""
        self._session = session
        self._now = now
        self._calendars: dict[str, WorkingCalendar] = {}

    def of(self, clock: SlaClockRow) -> int | None:
        """Whole working minutes, negative once it is late; None when the clock has ended."""
        if clock.stopped_at is not None:
            return None
        left = remaining(ledger_of(clock), calendar=self._calendar(clock.calendar_key), at=self._now)
        return left // _MINUTE

    def _calendar(self, key: str) -> WorkingCalendar:
        if key not in self._calendars:
            self._calendars[key] = working_calendar(self._session, key).calendar
        return self._calendars[key]


def promises(
    session: Session,
    actor: Actor,
    narrowed: PromiseFilter,
    *,
    now: datetime,
    limit: int,
    after: UUID | None,
) -> Page[Promise]:
    """A page of the promises made for the exams in the actor's scope, the newest exam first.

    One query however many there are, and one for each calendar. An exam that no person marks has none.
    """
    rows = _latest().where(in_scope(actor), *narrowed.conditions())
    if after is not None:
        rows = rows.where(ExamInstance.id < after)
    found = session.execute(rows.order_by(ExamInstance.id.desc()).limit(limit + 1)).all()
    time_left = TimeLeft(session, now)
    items = [_promise(row, time_left) for row in found[:limit]]
    return Page(items, items[-1].exam_id if len(found) > limit else None)


def _latest() -> Select[UUID, str, EvaluationState, SlaClockRow]:
    """Every exam with its newest round and the clock of it."""
    other = aliased(Evaluation)
    newest = select(func.max(other.round)).where(other.exam_id == ExamInstance.id).scalar_subquery()
    return (
        select(ExamInstance.id, ExamInstance.code, Evaluation.state, SlaClockRow)
        .join(Evaluation, Evaluation.exam_id == ExamInstance.id)
        .join(SlaClockRow, SlaClockRow.subject_id == Evaluation.id)
        .where(Evaluation.round == newest)
    )


def _promise(found: _Found, time_left: TimeLeft) -> Promise:
    exam_id, code, state, clock = found
    standing = ledger_of(clock).state
    return Promise(
        exam_id=exam_id,
        exam_code=code,
        whereabouts=WHEREABOUTS[state],
        clock=standing,
        handed_in_at=clock.started_at,
        due_at=None if standing is ClockState.PAUSED else clock.due_at,
        minutes_left=time_left.of(clock),
        breached_at=clock.breached_at,
        stopped_at=clock.stopped_at,
    )


@dataclass(frozen=True)
class MovedPromise:
    """A promise that a change of the calendar would move."""

    exam_code: str
    due_before: datetime
    due_after: datetime


@dataclass(frozen=True)
class Impact:
    """What a change of the calendar would do: of how many open promises how many move, and how far at most.

    ``longest_minutes`` is by the clock on the wall; ``first`` are those due earliest.
    """

    open: int
    moved: int
    longest_minutes: int
    first: Sequence[MovedPromise]


def impact_of(session: Session, calendar: clocks.KeyedCalendar) -> Impact:
    """What would become of the open promises under a calendar that is not in force."""
    seen = clocks.forecast(session, calendar)
    longest = max((move.due_after - move.due_before for move in seen.moves), default=timedelta())
    first = seen.moves[:_SHOWN]
    coded = select(Evaluation.id, ExamInstance.code).join(ExamInstance, ExamInstance.id == Evaluation.exam_id)
    wanted = coded.where(Evaluation.id.in_([move.subject_id for move in first]))
    codes = {row.id: row.code for row in session.execute(wanted)}
    return Impact(
        open=seen.open,
        moved=len(seen.moves),
        longest_minutes=longest // _MINUTE,
        first=[MovedPromise(codes[move.subject_id], move.due_before, move.due_after) for move in first],
    )
