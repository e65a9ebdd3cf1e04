"""Exam instances as their students, the linked parents and admins see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import Session

from mathvidya.accounts.models import ParentStudentMapping
from mathvidya.attempts import policy
from mathvidya.attempts.models import (
    ACTIVE,
    ExamInstance,
    ExamQuestion,
    ExamState,
    StudentMcqAnswer,
)
from mathvidya.attempts.queries.hand_in import Receipt, declared_unanswered, numbers_on_sheets, receipt_of
from mathvidya.attempts.rules.answering import Outstanding, outstanding
from mathvidya.attempts.rules.clock import Phase, next_limit, phase, stored_times
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import NotFound, WrongState
from mathvidya.platform.http.pages import Page, newest_first


@dataclass(frozen=True)
class ExamStatus:
    """An exam at one moment: where its sitting is, until when, and what handing in still wants.

    ``phase`` and ``phase_ends_at`` are None unless the exam is being sat.
    """

    exam: ExamInstance
    server_now: datetime
    phase: Phase | None
    phase_ends_at: datetime | None
    ends_at: datetime | None
    unanswered: Sequence[int]
    outstanding: Outstanding


def exam_for_actor(session: Session, actor: Actor, exam_id: UUID) -> ExamInstance:
    """An exam within the actor's scope: own, a linked child's, or any for an admin. Raises NotFound."""
    exam = session.scalars(
        select(ExamInstance).where(ExamInstance.id == exam_id, in_scope(actor))
    ).one_or_none()
    if exam is None:
        raise NotFound("there is no exam of yours with this id")
    return exam


def list_exams(
    session: Session, actor: Actor, *, student_id: UUID | None, limit: int, after: UUID | None
) -> Page[ExamInstance]:
    """A page of the exams within the actor's scope, newest first; of one student where one is named."""
    rows = select(ExamInstance).where(in_scope(actor))
    if student_id is not None:
        rows = rows.where(ExamInstance.student_id == student_id)
    return newest_first(session, rows, ExamInstance.id, limit=limit, after=after)


def status_of(session: Session, exam: ExamInstance, now: datetime) -> ExamStatus:
    """How an exam stands at ``now``."""
    times = stored_times(exam)
    sat = times if exam.state in (ExamState.IN_PROGRESS, ExamState.UPLOADING) else None
    declared = declared_unanswered(session, exam.id)
    on_sheets = numbers_on_sheets(session, exam.id)
    return ExamStatus(
        exam=exam,
        server_now=now,
        phase=phase(sat, now) if sat else None,
        phase_ends_at=next_limit(sat, now) if sat else None,
        ends_at=times.ends_at if times else None,
        unanswered=sorted(declared),
        outstanding=outstanding(exam.written_numbers, on_sheets=on_sheets, declared=declared),
    )


def active_exam_id(session: Session, student_id: UUID) -> UUID | None:
    """The exam that the student has under way, if any."""
    return session.scalars(
        select(ExamInstance.id).where(ExamInstance.student_id == student_id, ExamInstance.state.in_(ACTIVE))
    ).one_or_none()


def seen_questions(session: Session, student_id: UUID) -> frozenset[UUID]:
    """Every question that the student has met on a paper; one that was never started showed nothing."""
    met = (
        select(ExamQuestion.question_id)
        .join(ExamInstance, ExamInstance.id == ExamQuestion.exam_id)
        .where(ExamQuestion.student_id == student_id, ExamInstance.started_at.is_not(None))
    )
    return frozenset(session.scalars(met))


def own_answers(session: Session, actor: Actor, exam_id: UUID) -> Sequence[StudentMcqAnswer]:
    """The answers saved so far to the student's own exam, by number: what a device restores.

    Raises Forbidden to other roles, NotFound for another's exam.
    """
    policy.sits(actor)
    exam = exam_for_actor(session, actor, exam_id)
    return session.scalars(
        select(StudentMcqAnswer)
        .where(StudentMcqAnswer.exam_id == exam.id)
        .order_by(StudentMcqAnswer.question_number)
    ).all()


def receipt(session: Session, actor: Actor, exam_id: UUID) -> Receipt:
    """The receipt of a handed-in exam within the actor's scope. Raises NotFound, WrongState."""
    exam = exam_for_actor(session, actor, exam_id)
    if exam.handed_in_at is None:
        raise WrongState(f"there is a receipt once it is handed in; its state is {exam.state.value}")
    return receipt_of(session, exam)


def in_scope(actor: Actor) -> ColumnElement[bool]:
    """The exams that an actor may know of: own, the linked children's, or all for an admin."""
    match actor.role:
        case Role.ADMIN:
            return true()
        case Role.STUDENT:
            return ExamInstance.student_id == actor.id
        case Role.PARENT:
            children = select(ParentStudentMapping.student_id)
            return ExamInstance.student_id.in_(children.where(ParentStudentMapping.parent_id == actor.id))
        case _:  # a teacher meets an exam only as an evaluation, without its student
            return false()
