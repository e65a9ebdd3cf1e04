from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.accounts.models import User
from mathvidya.attempts import queries, service
from mathvidya.attempts.errors import ConsentMissing, ExamAlreadyActive
from mathvidya.attempts.models import ExamInstance, ExamQuestion, ExamState
from mathvidya.exams.errors import NoSuchTemplate
from mathvidya.exams.papers import sha256
from mathvidya.plans.errors import NoSubscription, NotInPlan, QuotaExceeded
from mathvidya.plans.models import ExamType, QuotaPeriod
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import Forbidden
from mathvidya.system.models import AuditLog
from tests.factories import MONDAY_TEN, actor_of, make_student
from tests.sittings import MINUTES, consent, plant_bank, subscribe
from workflows.base import new_id
from workflows.models import Timer


@pytest.fixture
def student(session: Session) -> User:
    plant_bank(session)
    drawing = make_student(session)
    subscribe(session, drawing, exams_per_month=3)
    consent(session, drawing)
    return drawing


def draw(session: Session, student: User, template: str = "small-mixed", seed: int = 7) -> ExamInstance:
    return service.create_exam(
        session, actor=actor_of(student), template=template, unit=None, seed=seed, now=MONDAY_TEN
    )


def questions_of(session: Session, exam: ExamInstance) -> set[object]:
    return set(session.scalars(select(ExamQuestion.question_id).where(ExamQuestion.exam_id == exam.id)))


def used(session: Session) -> int:
    return session.scalars(select(QuotaPeriod.used)).one_or_none() or 0


def test_a_drawn_exam_waits_with_a_frozen_paper_and_its_hashes(session: Session, student: User) -> None:
    exam = draw(session, student)
    session.expire_all()
    assert exam.state is ExamState.CREATED
    assert exam.started_at is None
    assert exam.paper_sha256 == sha256(exam.exam_snapshot)
    assert exam.key_sha256 == sha256(exam.exam_key)
    assert exam.written_numbers == [4, 5]
    assert exam.choice_labels == {str(number): ["A", "B", "C", "D"] for number in (1, 2, 3)}
    assert len(questions_of(session, exam)) == 5
    assert (exam.minutes, exam.possible_score, exam.code[:2]) == (MINUTES, 7, "E-")


def test_a_drawn_exam_keeps_what_the_plan_promises_that_day(session: Session, student: User) -> None:
    assert draw(session, student).sla_policy == {"unit": "working_day", "amount": 1}


def test_drawing_takes_one_exam_of_the_period(session: Session, student: User) -> None:
    draw(session, student)
    assert used(session) == 1


def test_extra_time_is_the_students_own(session: Session, student: User) -> None:
    student.extra_time_percent = 33
    assert draw(session, student).extra_minutes == 20


def test_a_student_has_one_exam_under_way_and_is_told_which(session: Session, student: User) -> None:
    first = draw(session, student)
    with pytest.raises(ExamAlreadyActive) as refusal:
        draw(session, student)
    assert refusal.value.extra["exam_id"] == str(first.id)
    assert used(session) == 1


def test_a_paper_does_not_repeat_what_its_student_has_seen(session: Session, student: User) -> None:
    seen: set[object] = set()
    for seed in range(3):
        exam = draw(session, student, seed=seed)
        assert not seen & questions_of(session, exam)
        seen |= questions_of(session, exam)
        service.start_exam(session, actor=actor_of(student), exam_id=exam.id, now=MONDAY_TEN)
        service.sitting_over(session, exam_id=exam.id, now=MONDAY_TEN + timedelta(days=1))
        assert exam.state is ExamState.ABANDONED


def test_a_paper_counts_as_seen_from_the_start_on(session: Session, student: User) -> None:
    exam = draw(session, student)
    assert queries.seen_questions(session, student.id) == frozenset()
    service.start_exam(session, actor=actor_of(student), exam_id=exam.id, now=MONDAY_TEN)
    assert queries.seen_questions(session, student.id) == questions_of(session, exam)


def test_an_exam_is_looked_at_again_after_a_day_of_waiting(session: Session, student: User) -> None:
    exam = draw(session, student)
    timer = session.scalars(select(Timer).where(Timer.subject_id == exam.id)).one()
    assert (timer.kind, timer.due_at) == ("exam.unstarted", MONDAY_TEN + timedelta(hours=24))


def test_drawing_is_in_the_audit_trail(session: Session, student: User) -> None:
    exam = draw(session, student)
    session.flush()
    act = session.scalars(select(AuditLog).where(AuditLog.action == "exam.drawn")).one()
    assert (act.actor_id, act.subject_id) == (student.id, str(exam.id))
    assert act.changes["paper_sha256"] == exam.paper_sha256.hex()


def test_without_consent_no_paper_is_drawn_that_would_need_sheets(session: Session) -> None:
    plant_bank(session)
    student = make_student(session)
    subscribe(session, student)
    with pytest.raises(ConsentMissing):
        draw(session, student)
    assert draw(session, student, "small-mcq").written_numbers == []


def test_a_withdrawn_consent_is_none(session: Session, student: User) -> None:
    session.connection().exec_driver_sql("UPDATE consents SET withdrawn_at = given_at")
    with pytest.raises(ConsentMissing):
        draw(session, student)


def test_the_plan_must_hold_such_an_exam(session: Session) -> None:
    plant_bank(session)
    student = make_student(session)
    consent(session, student)
    with pytest.raises(NoSubscription):
        draw(session, student)
    subscribe(session, student, exam_types=[ExamType.SECTION_MCQ])
    with pytest.raises(NotInPlan):
        draw(session, student)


def test_the_period_must_have_an_exam_left(session: Session) -> None:
    plant_bank(session)
    student = make_student(session)
    subscribe(session, student, exams_per_month=0)
    with pytest.raises(QuotaExceeded):
        draw(session, student, "small-mcq")


def test_an_unknown_template_draws_nothing(session: Session, student: User) -> None:
    with pytest.raises(NoSuchTemplate):
        draw(session, student, "no-such-template")
    assert used(session) == 0


@pytest.mark.parametrize("role", [Role.PARENT, Role.TEACHER, Role.ADMIN])
def test_only_students_draw(session: Session, role: Role) -> None:
    with pytest.raises(Forbidden):
        service.create_exam(
            session,
            actor=Actor(id=new_id(), role=role),
            template="small-mcq",
            unit=None,
            seed=1,
            now=MONDAY_TEN,
        )
