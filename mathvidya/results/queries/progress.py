"""A student's progress by unit, from the exams that have been published."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from mathvidya.accounts.queries import children_of, student_facts
from mathvidya.attempts.models import ExamInstance, ExamQuestion, ExamState, StudentMcqAnswer
from mathvidya.bank.models import MARKED_BY_KEY, Question
from mathvidya.evaluation.models import Evaluation, EvaluationState, QuestionMark
from mathvidya.platform.actors import Actor, Role
from mathvidya.results import policy
from mathvidya.results.rules import Evidence, Progress, progress
from mathvidya.system.queries import setting


def progress_of(session: Session, actor: Actor, student_id: UUID) -> Progress:
    """How a student stands, unit by unit. Raises NotFound for whoever may not see it."""
    children = _children(session, actor)
    policy.may_see_progress(actor, student_id, children=children)
    student = student_facts(session, student_id)
    board_marks = setting(session, f"cbse_units_class_{student.class_level.lower()}")
    return progress(board_marks, _evidence(session, student_id))


def _children(session: Session, actor: Actor) -> frozenset[UUID]:
    if actor.id is None or not actor.has_role(Role.PARENT):
        return frozenset()
    return children_of(session, actor.id)


def _evidence(session: Session, student_id: UUID) -> dict[str, Evidence]:
    """Marks by unit over all published exams, in one query."""
    return {
        unit: Evidence(Decimal(awarded), Decimal(possible))
        for unit, awarded, possible in session.execute(_marks_by_unit(student_id))
    }


def _marks_by_unit(student_id: UUID) -> Select[str, Decimal, Decimal]:
    """An OR partner stands in the same unit as its question, so the question alone says which unit it is."""
    awarded = case(
        (Question.type.in_(MARKED_BY_KEY), StudentMcqAnswer.marks_awarded), else_=QuestionMark.awarded
    )
    return (
        select(Question.unit, func.coalesce(func.sum(awarded), 0), func.sum(Question.marks))
        .select_from(ExamQuestion)
        .join(ExamInstance, ExamInstance.id == ExamQuestion.exam_id)
        .join(
            Question,
            and_(Question.question_id == ExamQuestion.question_id, Question.version == ExamQuestion.version),
        )
        .outerjoin(
            StudentMcqAnswer,
            and_(
                StudentMcqAnswer.exam_id == ExamQuestion.exam_id,
                StudentMcqAnswer.question_number == ExamQuestion.number,
            ),
        )
        .outerjoin(Evaluation, _is_the_round_that_counts())
        .outerjoin(
            QuestionMark,
            and_(
                QuestionMark.evaluation_id == Evaluation.id,
                QuestionMark.question_number == ExamQuestion.number,
            ),
        )
        .where(
            ExamInstance.student_id == student_id,
            ExamInstance.state == ExamState.PUBLISHED,
            ExamQuestion.is_alternative.is_(False),
        )
        .group_by(Question.unit)
    )


def _is_the_round_that_counts() -> ColumnElement[bool]:
    later = aliased(Evaluation)
    newest = (
        select(func.max(later.round))
        .where(later.exam_id == ExamQuestion.exam_id, later.state == EvaluationState.PUBLISHED)
        .scalar_subquery()
    )
    return and_(
        Evaluation.exam_id == ExamQuestion.exam_id,
        Evaluation.state == EvaluationState.PUBLISHED,
        Evaluation.round == newest,
    )
