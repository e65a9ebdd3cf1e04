"""Handing in: by the student once nothing is missing, or by time with what is there."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mathvidya.attempts import queries
from mathvidya.attempts.errors import AlreadyHandedIn, HandInIncomplete
from mathvidya.attempts.events import ExamHandedIn
from mathvidya.attempts.models import (
    HANDED_IN,
    ExamInstance,
    ExamState,
    HandedInBy,
    StudentMcqAnswer,
    UnansweredQuestion,
)
from mathvidya.attempts.queries import Receipt
from mathvidya.attempts.rules.answering import Outstanding, outstanding
from mathvidya.attempts.rules.clock import Phase, phase, stored_times
from mathvidya.attempts.rules.life import ExamEvent
from mathvidya.attempts.rules.scoring import NOTHING, score_choices
from mathvidya.attempts.service import limits
from mathvidya.attempts.service.moving import check, locked, locked_own, move
from mathvidya.attempts.service.scoring import publish_choices_alone
from mathvidya.exams.papers import questions_of
from mathvidya.platform.actors import SYSTEM, Actor
from mathvidya.platform.events import tell
from mathvidya.platform.ids import new_id
from mathvidya.system.queries import setting
from mathvidya.system.service import record_act

_RUNNING = (ExamState.IN_PROGRESS, ExamState.UPLOADING)


def hand_in(session: Session, *, actor: Actor, exam_id: UUID, now: datetime) -> Receipt:
    """Hand in the student's own exam. Raises AlreadyHandedIn, HandInIncomplete or WrongState.

    Late is allowed as long as time has not handed in first: what could still change was closed by then.
    """
    exam = locked_own(session, actor, exam_id)
    if exam.state in HANDED_IN:
        raise AlreadyHandedIn(
            f"exam {exam.code} was handed in before; its receipt stands",
            handed_in_at=_told(exam.handed_in_at),
        )
    check(exam, ExamEvent.HAND_IN, actor)
    left = _outstanding(session, exam)
    if left:
        raise _incomplete(left)
    _finalise(session, exam, actor, HandedInBy.STUDENT, at=now, now=now)
    return queries.receipt_of(session, exam)


def time_up(session: Session, *, exam_id: UUID, now: datetime) -> None:
    """Answers are no longer taken: written pages may still be uploaded, choices alone are handed in.

    Nothing happens to an exam that has moved on, or whose limit has moved.
    """
    exam = locked(session, exam_id)
    times = stored_times(exam)
    if exam.state is not ExamState.IN_PROGRESS or times is None or now < times.accepts_until:
        return
    if exam.written_numbers:
        move(exam, ExamEvent.TIME_UP, SYSTEM)
    else:
        _end(session, exam, at=times.ends_at, now=now)


def sitting_over(session: Session, *, exam_id: UUID, now: datetime) -> None:
    """Hand in what is there for a student who has not; with nothing there the exam is abandoned.

    Nothing happens to an exam that has moved on, or whose limit has moved.
    """
    exam = locked(session, exam_id)
    times = stored_times(exam)
    if exam.state in _RUNNING and times is not None and phase(times, now) is Phase.OVER:
        _end(session, exam, at=times.ends_at, now=now)


def _end(session: Session, exam: ExamInstance, *, at: datetime, now: datetime) -> None:
    """``at`` is when the time ran out: a late worker is our delay, and the promise counts from there."""
    if not setting(session, "exam_auto_submit_enabled"):
        return  # then the exam waits for its student, who may hand in late
    if queries.is_blank(session, exam.id):
        move(exam, ExamEvent.ABANDON, SYSTEM)
        exam.abandoned_at = at
        limits.forget(session, exam)
        record_act(session, SYSTEM, "exam.abandoned", subject=("exam", exam.id), now=now)
        return
    left = _outstanding(session, exam)
    _withdraw(session, exam, left.contradictory)
    _note_unanswered(session, exam, left.missing, at)
    _finalise(session, exam, SYSTEM, HandedInBy.TIMER, at=at, now=now)


def _outstanding(session: Session, exam: ExamInstance) -> Outstanding:
    return outstanding(
        exam.written_numbers,
        on_sheets=queries.numbers_on_sheets(session, exam.id),
        declared=queries.declared_unanswered(session, exam.id),
    )


def _incomplete(left: Outstanding) -> HandInIncomplete:
    said = []
    if left.missing:
        said.append(f"say on which page {_listed(left.missing)} can be found, or declare them unanswered")
    if left.contradictory:
        said.append(
            f"{_listed(left.contradictory)} are on a page and declared unanswered: take one of the two back"
        )
    return HandInIncomplete(
        "; ".join(said), missing=list(left.missing), contradictory=list(left.contradictory)
    )


def _listed(numbers: Iterable[int]) -> str:
    return "questions " + ", ".join(str(number) for number in numbers)


def _withdraw(session: Session, exam: ExamInstance, numbers: Iterable[int]) -> None:
    """A page that is there speaks against the declaration that nothing is."""
    session.execute(
        delete(UnansweredQuestion).where(
            UnansweredQuestion.exam_id == exam.id, UnansweredQuestion.question_number.in_(numbers)
        )
    )


def _note_unanswered(session: Session, exam: ExamInstance, numbers: Iterable[int], at: datetime) -> None:
    session.add_all(
        UnansweredQuestion(
            id=new_id(),
            exam_id=exam.id,
            question_number=number,
            declared_at=at,
            declared_by=HandedInBy.TIMER,
        )
        for number in numbers
    )


def _finalise(
    session: Session, exam: ExamInstance, actor: Actor, by: HandedInBy, *, at: datetime, now: datetime
) -> None:
    move(exam, ExamEvent.HAND_IN, actor)
    exam.handed_in_at, exam.handed_in_by = at, by
    exam.mcq_score = _score_choices(session, exam)
    limits.forget(session, exam)
    session.flush()
    record_act(
        session,
        actor,
        "exam.handed_in",
        subject=("exam", exam.id),
        now=now,
        changes={"at": at.isoformat(), "by": by.value, "mcq_score": str(exam.mcq_score)},
    )
    tell(session, _fact(exam, at), now=now)
    if not exam.written_numbers:
        publish_choices_alone(session, exam, now=now)


def _score_choices(session: Session, exam: ExamInstance) -> Decimal:
    answers = session.scalars(
        select(StudentMcqAnswer)
        .where(StudentMcqAnswer.exam_id == exam.id)
        .execution_options(populate_existing=True)  # they were saved behind the session's back
    ).all()
    chosen = {each.question_number: frozenset(each.choices) for each in answers}
    marks = score_choices(questions_of(exam.exam_key), chosen)
    for each in answers:
        each.marks_awarded = marks[each.question_number]
    return sum(marks.values(), NOTHING)


def _fact(exam: ExamInstance, at: datetime) -> ExamHandedIn:
    return ExamHandedIn(
        exam_id=exam.id,
        student_id=exam.student_id,
        handed_in_at=at,
        class_level=exam.class_level.value,
        has_written=bool(exam.written_numbers),
        sla_policy=exam.sla_policy,
    )


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
