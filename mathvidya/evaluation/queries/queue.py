"""The queue as its teachers see it: what waits, what they may have, and what they have taken on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from mathvidya.accounts.models import ClassLevel, ParentStudentMapping, User
from mathvidya.accounts.queries import TeacherFacts, teacher_facts
from mathvidya.attempts.models import ExamInstance
from mathvidya.evaluation import policy
from mathvidya.evaluation.models import Assignment, Evaluation, EvaluationState, PageFlag, ReturnReason
from mathvidya.evaluation.rules.lifecycle import Workload, start_of_day
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import NotFound
from mathvidya.platform.http.pages import Page, newest_first
from mathvidya.system.queries import setting, working_calendar

_AT_HAND = (EvaluationState.ASSIGNED, EvaluationState.IN_PROGRESS)


@dataclass(frozen=True)
class WaitingScripts:
    """How many scripts of a class wait, how many of them are late, and when the first is due."""

    class_level: ClassLevel
    waiting: int
    overdue: int
    next_due_at: datetime | None


@dataclass(frozen=True)
class QueueView:
    """What waits for a teacher, and what the teacher has taken on today."""

    workload: Workload
    classes: Sequence[WaitingScripts]


@dataclass(frozen=True)
class EvaluationView:
    """An evaluation with the pages that its student has been asked for; nothing of who the student is."""

    evaluation: Evaluation
    flags: Sequence[PageFlag]


def for_teacher(teacher: TeacherFacts) -> Select[Evaluation]:
    """The waiting scripts that a teacher may have, the earliest due first.

    What the teacher gave back is not handed to them again unasked.
    """
    given_back = exists().where(
        Assignment.evaluation_id == Evaluation.id,
        Assignment.teacher_id == teacher.id,
        Assignment.returned_because == ReturnReason.RELEASED,
    )
    return (
        select(Evaluation)
        .where(
            Evaluation.state == EvaluationState.QUEUED,
            Evaluation.class_level.in_(teacher.may_mark),
            ~given_back,
            ~conflict(teacher.id),
        )
        .order_by(Evaluation.due_at, Evaluation.id)
    )


def fits(teacher_id: UUID, minutes_left: int, since: datetime) -> ColumnElement[bool]:
    """That a script fits into a teacher's day: it is short enough, or counts in it already."""
    return or_(Evaluation.expected_minutes <= minutes_left, Evaluation.id.in_(_given(teacher_id, since)))


def is_conflicted(session: Session, evaluation: Evaluation, teacher_id: UUID) -> bool:
    """Whether a teacher must not mark this script, whatever the class."""
    conflicted = select(Evaluation.id).where(Evaluation.id == evaluation.id, conflict(teacher_id))
    return session.scalars(conflicted).one_or_none() is not None


def conflict(teacher_id: UUID) -> ColumnElement[bool]:
    """The teacher had an earlier round, or shares a telephone with the student or a parent.

    A person has one role, so a teacher who is also a parent has two accounts: the number tells.
    """
    other = aliased(Evaluation)
    earlier_round = exists().where(
        other.exam_id == Evaluation.exam_id, other.id != Evaluation.id, other.teacher_id == teacher_id
    )
    teacher, kin = aliased(User), aliased(User)
    follows = select(ParentStudentMapping.parent_id).where(
        ParentStudentMapping.student_id == ExamInstance.student_id
    )
    of_the_household = exists().where(
        ExamInstance.id == Evaluation.exam_id,
        teacher.id == teacher_id,
        kin.phone == teacher.phone,
        or_(kin.id == ExamInstance.student_id, kin.id.in_(follows)),
    )
    return or_(earlier_round, of_the_household)


def workload(session: Session, teacher_id: UUID, *, daily_cap: int, since: datetime) -> Workload:
    """What a teacher has been handed since a moment, and has open."""
    minutes = select(func.coalesce(func.sum(Evaluation.expected_minutes), 0)).where(
        Evaluation.id.in_(_given(teacher_id, since))
    )
    at_hand = select(func.count()).where(Evaluation.teacher_id == teacher_id, Evaluation.state.in_(_AT_HAND))
    return Workload(
        minutes_today=session.execute(minutes).scalar_one(),
        open_scripts=session.execute(at_hand).scalar_one(),
        daily_cap=daily_cap,
    )


def was_given_today(session: Session, evaluation: Evaluation, teacher_id: UUID, since: datetime) -> bool:
    """Whether a script counts in the teacher's day already."""
    counted = _given(teacher_id, since).where(Assignment.evaluation_id == evaluation.id)
    return session.scalars(counted.limit(1)).one_or_none() is not None


def _given(teacher_id: UUID, since: datetime) -> Select[UUID]:
    return select(Assignment.evaluation_id).where(
        Assignment.teacher_id == teacher_id, Assignment.assigned_at >= since
    )


def daily_cap(session: Session, teacher: TeacherFacts) -> int:
    """Board scripts a day: the teacher's own cap, or the one for all."""
    everyone: int = setting(session, "teacher_daily_cap")
    return everyone if teacher.daily_cap is None else teacher.daily_cap


def today(session: Session, now: datetime) -> datetime:
    """When today began, as the national calendar knows today."""
    return start_of_day(now, working_calendar(session).calendar.rules.zone)


def queue_for(session: Session, actor: Actor, *, now: datetime) -> QueueView:
    """What waits for the teacher who asks, by class. Raises Forbidden."""
    teacher = teacher_facts(session, policy.must_teach(actor))
    late = func.count().filter(Evaluation.due_at < now)
    waiting = (
        select(Evaluation.class_level, func.count(), late, func.min(Evaluation.due_at))
        .where(Evaluation.state == EvaluationState.QUEUED, Evaluation.class_level.in_(teacher.may_mark))
        .group_by(Evaluation.class_level)
        .order_by(Evaluation.class_level)
    )
    return QueueView(
        workload=workload(
            session, teacher.id, daily_cap=daily_cap(session, teacher), since=today(session, now)
        ),
        classes=[WaitingScripts(*row) for row in session.execute(waiting)],
    )


def evaluations_for(
    session: Session, actor: Actor, *, state: EvaluationState | None, limit: int, after: UUID | None
) -> Page[Evaluation]:
    """A teacher's own evaluations, all of them for an admin, newest first. Raises Forbidden."""
    policy.must_be_staff(actor)
    rows = select(Evaluation)
    if actor.has_role(Role.TEACHER):
        rows = rows.where(Evaluation.teacher_id == actor.id)
    if state is not None:
        rows = rows.where(Evaluation.state == state)
    return newest_first(session, rows, Evaluation.id, limit=limit, after=after)


def evaluation_for(session: Session, actor: Actor, evaluation_id: UUID) -> EvaluationView:
    """One evaluation, for whoever marks or marked it and for admins. Raises NotFound."""
    evaluation = session.get(Evaluation, evaluation_id)
    if evaluation is None:
        raise NotFound(policy.NOT_YOURS)
    policy.may_read(actor, evaluation)
    flags = select(PageFlag).where(PageFlag.evaluation_id == evaluation_id).order_by(PageFlag.id)
    return EvaluationView(evaluation, session.scalars(flags).all())
