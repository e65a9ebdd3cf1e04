"""A teacher's own desk: the scripts in hand, how urgent each is, how far it has come; and the day's tally."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, Select, exists, func, select
from sqlalchemy.orm import Session

from mathvidya.attempts.models import ExamInstance, UnansweredQuestion
from mathvidya.evaluation import policy
from mathvidya.evaluation.models import Evaluation, EvaluationState, QuestionMark
from mathvidya.evaluation.queries.board import band_of
from mathvidya.evaluation.queries.promises import TimeLeft
from mathvidya.evaluation.queries.queue import today
from mathvidya.evaluation.rules.standing import Band, Limits, limits
from mathvidya.platform.actors import Actor
from mathvidya.system.queries import working_calendar
from workflows.models import SlaClockRow

_IN_HAND = (EvaluationState.ASSIGNED, EvaluationState.IN_PROGRESS, EvaluationState.ON_HOLD)

_Found = Row[Evaluation, SlaClockRow, int, int]


@dataclass(frozen=True)
class ScriptInHand:
    """An open script of a teacher. ``questions`` leaves out what was declared unanswered and is."""

    evaluation: Evaluation
    band: Band
    minutes_left: int | None
    marked: int
    questions: int


@dataclass(frozen=True)
class Tally:
    """What a teacher has done since the day began; minutes are those that a script is expected to take."""

    scripts: int
    questions: int
    minutes: int


@dataclass(frozen=True)
class DeskView:
    """The desk, the script that is due first on top."""

    scripts: Sequence[ScriptInHand]
    today: Tally


def desk_of(session: Session, actor: Actor, *, now: datetime) -> DeskView:
    """The desk of the teacher who asks; as many queries however much is on it. Raises Forbidden."""
    teacher_id = policy.must_teach(actor)
    at = limits(now, working_calendar(session).calendar)
    time_left = TimeLeft(session, now)
    found = session.execute(_in_hand(teacher_id)).all()
    return DeskView(
        [_script(row, at, time_left) for row in found], _tally(session, teacher_id, today(session, now))
    )


def _in_hand(teacher_id: UUID) -> Select[Evaluation, SlaClockRow, int, int]:
    marked = (
        select(func.count())
        .where(QuestionMark.evaluation_id == Evaluation.id)
        .correlate(Evaluation)
        .scalar_subquery()
    )
    marked_all_the_same = exists().where(
        QuestionMark.evaluation_id == Evaluation.id,
        QuestionMark.question_number == UnansweredQuestion.question_number,
    )
    declared = (
        select(func.count())
        .where(UnansweredQuestion.exam_id == ExamInstance.id, ~marked_all_the_same)
        .correlate(ExamInstance, Evaluation)
        .scalar_subquery()
    )
    questions = func.cardinality(ExamInstance.written_numbers) - declared
    return (
        select(Evaluation, SlaClockRow, marked, questions)
        .join(SlaClockRow, SlaClockRow.subject_id == Evaluation.id)
        .join(ExamInstance, ExamInstance.id == Evaluation.exam_id)
        .where(Evaluation.teacher_id == teacher_id, Evaluation.state.in_(_IN_HAND))
        .order_by(SlaClockRow.due_at, Evaluation.id)
    )


def _script(found: _Found, at: Limits, time_left: TimeLeft) -> ScriptInHand:
    evaluation, clock, marked, questions = found
    return ScriptInHand(evaluation, band_of(clock, at), time_left.of(clock), marked, questions)


def _tally(session: Session, teacher_id: UUID, since: datetime) -> Tally:
    done = select(func.count(), func.coalesce(func.sum(Evaluation.expected_minutes), 0)).where(
        Evaluation.teacher_id == teacher_id, Evaluation.completed_at >= since
    )
    scripts, minutes = session.execute(done).one()
    marked = select(func.count()).where(QuestionMark.marked_by == teacher_id, QuestionMark.marked_at >= since)
    return Tally(scripts, session.execute(marked).scalar_one(), minutes)
