"""Declaring a written question unanswered, and taking that back, until the exam is handed in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from mathvidya.attempts import queries
from mathvidya.attempts.errors import ExamNotStarted, OnASheet
from mathvidya.attempts.models import ExamInstance, ExamState, HandedInBy, UnansweredQuestion
from mathvidya.attempts.service.moving import locked_own
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Invalid, WrongState
from mathvidya.platform.ids import new_id


def declare_unanswered(
    session: Session, *, actor: Actor, exam_id: UUID, number: int, now: datetime
) -> ExamInstance:
    """Say that a written question was left out; saying it twice is saying it once.

    Raises Invalid for a number that is not written on this paper, OnASheet when a sheet claims to answer it.
    """
    exam = _open_exam(session, actor, exam_id, number)
    if number in queries.numbers_on_sheets(session, exam.id):
        raise OnASheet(f"question {number} is on one of your sheets: take it off the sheet first")
    session.execute(
        insert(UnansweredQuestion)
        .values(
            id=new_id(),
            exam_id=exam.id,
            question_number=number,
            declared_at=now,
            declared_by=HandedInBy.STUDENT,
        )
        .on_conflict_do_nothing(
            index_elements=[UnansweredQuestion.exam_id, UnansweredQuestion.question_number]
        )
    )
    return exam


def take_back_unanswered(session: Session, *, actor: Actor, exam_id: UUID, number: int) -> ExamInstance:
    """Take the declaration back; nothing happens where there is none."""
    exam = _open_exam(session, actor, exam_id, number)
    session.execute(
        delete(UnansweredQuestion).where(
            UnansweredQuestion.exam_id == exam.id, UnansweredQuestion.question_number == number
        )
    )
    return exam


def _open_exam(session: Session, actor: Actor, exam_id: UUID, number: int) -> ExamInstance:
    exam = locked_own(session, actor, exam_id)
    if exam.state is ExamState.CREATED:
        raise ExamNotStarted("start the exam first; nothing can be done with it before")
    if exam.state not in (ExamState.IN_PROGRESS, ExamState.UPLOADING):
        raise WrongState(
            f"what is left out can be declared until the exam is handed in; its state is {exam.state.value}",
            state=exam.state.value,
        )
    if number not in exam.written_numbers:
        raise Invalid(
            f"question {number} is not one that this paper asks you to answer in writing",
            {"number": [f"Give one of {', '.join(str(each) for each in exam.written_numbers)}."]},
        )
    return exam
