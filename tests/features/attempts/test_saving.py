from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts import service
from mathvidya.attempts.errors import AnswerAfterTime, ExamNotStarted
from mathvidya.attempts.models import ExamInstance, StudentMcqAnswer
from mathvidya.attempts.rules.answering import GivenAnswer
from mathvidya.attempts.rules.clock import CLOCK_SKEW, stored_times, takes_answer
from mathvidya.attempts.service import Refusal, SavedAnswer
from mathvidya.platform import db
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import DomainError, Forbidden, Invalid, NotFound, WrongState
from tests.factories import MONDAY_TEN, actor_of, make_admin, make_student
from tests.sittings import ACCEPTS_UNTIL, END, at, make_exam, start, student_of
from workflows.base import new_id

TICK = timedelta(microseconds=1)


@pytest.fixture
def exam(session: Session) -> ExamInstance:
    return start(session, make_exam(session))


def save(
    session: Session,
    exam: ExamInstance,
    number: int = 1,
    *choices: str,
    sequence: int = 1,
    made: datetime | None = None,
    now: datetime = MONDAY_TEN,
    actor: Actor | None = None,
) -> SavedAnswer:
    session.flush()
    with db.statement() as cursor:
        return service.save_answer(
            cursor,
            actor=actor or actor_of(student_of(session, exam)),
            exam_id=exam.id,
            answer=GivenAnswer(number, choices, sequence, made or now),
            now=now,
        )


def kept(session: Session, exam: ExamInstance) -> dict[int, tuple[list[str], int]]:
    rows = session.execute(
        select(StudentMcqAnswer.question_number, StudentMcqAnswer.choices, StudentMcqAnswer.sequence).where(
            StudentMcqAnswer.exam_id == exam.id
        )
    )
    return {number: (choices, sequence) for number, choices, sequence in rows}


def test_what_is_saved_is_answered(session: Session, exam: ExamInstance) -> None:
    saved = save(session, exam, 2, "C", sequence=5)
    assert saved == SavedAnswer(2, ("C",), False, 5, MONDAY_TEN, superseded=False)
    assert kept(session, exam) == {2: (["C"], 5)}


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1), (3, 1, 2)])
def test_the_highest_sequence_wins_in_whatever_order(
    session: Session, exam: ExamInstance, order: tuple[int, ...]
) -> None:
    for sequence in order:
        save(session, exam, 1, "ABC"[sequence - 1], sequence=sequence)
    assert kept(session, exam) == {1: (["C"], 3)}


def test_an_older_save_is_told_that_a_newer_one_stands(session: Session, exam: ExamInstance) -> None:
    save(session, exam, 1, "B", sequence=9, now=at(1))
    late = save(session, exam, 1, "A", sequence=4, now=at(2))
    assert (late.choices, late.sequence, late.saved_at, late.superseded) == (["B"], 9, at(1), True)


def test_a_save_sent_twice_is_acknowledged_twice(session: Session, exam: ExamInstance) -> None:
    save(session, exam, 1, "B", sequence=9, now=at(1))
    again = save(session, exam, 1, "B", sequence=9, now=at(2))
    assert (again.choices, again.sequence, again.superseded) == (["B"], 9, False)


def test_a_save_whose_answer_was_lost_is_acknowledged_after_time(
    session: Session, exam: ExamInstance
) -> None:
    save(session, exam, 1, "B", sequence=9, now=at(1))
    assert not save(session, exam, 1, "B", sequence=9, now=at(500)).superseded


def test_an_answer_can_be_taken_back(session: Session, exam: ExamInstance) -> None:
    save(session, exam, 1, "B", sequence=1)
    save(session, exam, 1, sequence=2)
    assert kept(session, exam) == {1: ([], 2)}


@pytest.mark.parametrize(
    "made",
    [
        timedelta(),
        timedelta(minutes=59),
        timedelta(minutes=60) - TICK,
        timedelta(minutes=60),
        timedelta(minutes=60) + CLOCK_SKEW - TICK,
        timedelta(minutes=60) + CLOCK_SKEW,
        timedelta(minutes=64),
        timedelta(days=9),
    ],
)
@pytest.mark.parametrize(
    "now", [END - TICK, END, END + CLOCK_SKEW, ACCEPTS_UNTIL - TICK, ACCEPTS_UNTIL, at(999)]
)
def test_the_statement_and_the_rule_agree_on_every_boundary(
    session: Session, exam: ExamInstance, made: timedelta, now: datetime
) -> None:
    times = stored_times(exam)
    assert times is not None
    claimed = MONDAY_TEN + made
    expected = takes_answer(times, made=min(claimed, now), now=now)
    try:
        save(session, exam, 1, "A", made=claimed, now=now)
        taken = True
    except AnswerAfterTime:
        taken = False
    assert taken is expected


def test_after_time_the_end_is_told(session: Session, exam: ExamInstance) -> None:
    with pytest.raises(AnswerAfterTime) as refusal:
        save(session, exam, 1, "A", now=ACCEPTS_UNTIL)
    assert refusal.value.extra["answering_ended_at"] == END.isoformat()
    assert kept(session, exam) == {}


@pytest.mark.parametrize("claimed", [timedelta(days=9), timedelta(days=-9000)])
def test_a_wrong_clock_on_the_device_loses_no_answer(
    session: Session, exam: ExamInstance, claimed: timedelta
) -> None:
    save(session, exam, 1, "A", made=MONDAY_TEN + claimed, now=at(10))
    stored = session.scalars(select(StudentMcqAnswer)).one()
    assert MONDAY_TEN <= stored.answered_at <= at(10)


def test_before_the_start_nothing_is_saved(session: Session) -> None:
    exam = make_exam(session)
    with pytest.raises(ExamNotStarted):
        save(session, exam, 1, "A")


def test_after_finishing_early_nothing_is_saved(session: Session, exam: ExamInstance) -> None:
    service.finish_answering(session, actor=actor_of(student_of(session, exam)), exam_id=exam.id, now=at(5))
    with pytest.raises(AnswerAfterTime):
        save(session, exam, 1, "A", made=at(4), now=at(6))


def test_after_handing_in_nothing_is_saved(session: Session) -> None:
    exam = start(session, make_exam(session, written=False))
    service.hand_in(session, actor=actor_of(student_of(session, exam)), exam_id=exam.id, now=at(5))
    with pytest.raises(AnswerAfterTime):
        save(session, exam, 1, "A", made=at(4), now=at(6))


def test_a_void_exam_takes_no_answers(session: Session, exam: ExamInstance) -> None:
    service.void_exam(session, actor=actor_of(make_admin(session)), exam_id=exam.id, reason="x", now=at(1))
    with pytest.raises(WrongState, match="voided"):
        save(session, exam, 1, "A", now=at(2))


@pytest.mark.parametrize(
    ("number", "choices", "field"),
    [
        (1, ("E",), "choices"),
        (1, ("A", "E"), "choices"),
        (4, ("A",), "number"),
        (99, (), "number"),
        (1, ('"',), "choices"),
    ],
)
def test_what_is_not_on_the_paper_is_refused(
    session: Session, exam: ExamInstance, number: int, choices: tuple[str, ...], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        save(session, exam, number, *choices)
    assert set(refusal.value.extra["errors"]) == {field}
    assert kept(session, exam) == {}


def test_the_exam_of_another_is_none(session: Session, exam: ExamInstance) -> None:
    with pytest.raises(NotFound):
        save(session, exam, 1, "A", actor=actor_of(make_student(session)))
    assert kept(session, exam) == {}


@pytest.mark.parametrize("role", [Role.PARENT, Role.TEACHER, Role.ADMIN])
def test_only_a_student_answers(session: Session, exam: ExamInstance, role: Role) -> None:
    with pytest.raises(Forbidden):
        save(session, exam, 1, "A", actor=Actor(id=exam.student_id, role=role))


def save_many(session: Session, exam: ExamInstance, *answers: GivenAnswer, **values: Any) -> list[Any]:
    session.flush()
    with db.statement() as cursor:
        return service.save_answers(
            cursor,
            actor=values.get("actor", actor_of(student_of(session, exam))),
            exam_id=exam.id,
            answers=answers,
            now=values.get("now", MONDAY_TEN),
        )


def test_of_several_answers_each_stands_or_falls_on_its_own(session: Session, exam: ExamInstance) -> None:
    outcomes = save_many(
        session,
        exam,
        GivenAnswer(1, ("A",), 1, at(0)),
        GivenAnswer(2, ("Z",), 2, at(0)),
        GivenAnswer(4, (), 3, at(0)),
        GivenAnswer(3, ("C",), 4, at(0)),
    )
    kinds: list[type[DomainError] | None] = [
        type(each.problem) if isinstance(each, Refusal) else None for each in outcomes
    ]
    assert kinds == [None, Invalid, Invalid, None]
    assert kept(session, exam) == {1: (["A"], 1), 3: (["C"], 4)}


def test_in_the_grace_several_answers_are_taken_that_were_made_in_time(
    session: Session, exam: ExamInstance
) -> None:
    outcomes = save_many(
        session,
        exam,
        GivenAnswer(1, ("A",), 1, END - TICK),
        GivenAnswer(2, ("B",), 2, END + timedelta(minutes=1)),
        now=END + timedelta(minutes=2),
    )
    assert [isinstance(each, SavedAnswer) for each in outcomes] == [True, False]


def test_several_answers_to_the_exam_of_another_are_refused_as_one(
    session: Session, exam: ExamInstance
) -> None:
    with pytest.raises(NotFound):
        save_many(
            session, exam, GivenAnswer(1, ("A",), 1, at(0)), actor=Actor(id=new_id(), role=Role.STUDENT)
        )
