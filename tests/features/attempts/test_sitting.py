from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts import service
from mathvidya.attempts.errors import ExamNotStarted
from mathvidya.attempts.models import ExamInstance, ExamState
from mathvidya.plans.models import QuotaPeriod
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, WrongState
from mathvidya.system.models import SystemConfig
from tests.factories import MONDAY_TEN, actor_of, make_admin, make_student
from tests.sittings import (
    ACCEPTS_UNTIL,
    END,
    UPLOAD_ENDS,
    add_sheet,
    at,
    consent,
    make_exam,
    plant_bank,
    start,
    student_of,
    subscribe,
)
from workflows.base import new_id
from workflows.models import OutboxMessage, Timer, TimerState


def pending(session: Session, exam: ExamInstance) -> dict[str, datetime]:
    rows = select(Timer).where(Timer.subject_id == exam.id, Timer.state == TimerState.PENDING)
    return {timer.kind: timer.due_at for timer in session.scalars(rows)}


def sitter(session: Session, exam: ExamInstance) -> Actor:
    return actor_of(student_of(session, exam))


class TestStarting:
    def test_the_times_follow_from_the_start(self, session: Session) -> None:
        exam = start(session, make_exam(session))
        assert exam.state is ExamState.IN_PROGRESS
        assert (exam.started_at, exam.answering_ends_at) == (MONDAY_TEN, END)
        assert (exam.accepts_until, exam.upload_ends_at) == (ACCEPTS_UNTIL, UPLOAD_ENDS)

    def test_extra_time_moves_every_limit(self, session: Session) -> None:
        exam = start(session, make_exam(session, extra_minutes=12))
        assert exam.answering_ends_at == END + timedelta(minutes=12)
        assert exam.upload_ends_at == UPLOAD_ENDS + timedelta(minutes=12)

    def test_grace_and_window_are_configured(self, session: Session) -> None:
        for key, minutes in (("exam_grace_period_minutes", 1), ("sheet_upload_window_minutes", 60)):
            session.add(SystemConfig(key=key, value=minutes, description=""))
        session.flush()
        exam = start(session, make_exam(session))
        assert exam.accepts_until == END + timedelta(minutes=1)
        assert exam.upload_ends_at == END + timedelta(minutes=61)

    def test_a_paper_of_choices_alone_has_no_upload_window(self, session: Session) -> None:
        exam = start(session, make_exam(session, written=False))
        assert exam.upload_ends_at is None
        assert pending(session, exam) == {"exam.answering_ends": ACCEPTS_UNTIL}

    def test_the_house_looks_again_at_each_limit_and_no_more_for_the_start(self, session: Session) -> None:
        exam = start(session, make_exam(session))
        assert pending(session, exam) == {
            "exam.answering_ends": ACCEPTS_UNTIL,
            "exam.upload_ends": UPLOAD_ENDS,
        }

    def test_a_second_start_changes_nothing(self, session: Session) -> None:
        exam = start(session, make_exam(session))
        with pytest.raises(WrongState):
            start(session, exam, at(10))
        assert exam.started_at == MONDAY_TEN

    def test_the_exam_of_another_is_none(self, session: Session) -> None:
        exam = make_exam(session)
        with pytest.raises(NotFound):
            service.start_exam(
                session, actor=actor_of(make_student(session)), exam_id=exam.id, now=MONDAY_TEN
            )

    @pytest.mark.parametrize("role", [Role.PARENT, Role.TEACHER, Role.ADMIN])
    def test_only_the_student_starts(self, session: Session, role: Role) -> None:
        exam = make_exam(session)
        with pytest.raises(Forbidden):
            service.start_exam(session, actor=Actor(id=new_id(), role=role), exam_id=exam.id, now=MONDAY_TEN)


class TestFinishingEarly:
    def test_answers_close_and_the_window_starts(self, session: Session) -> None:
        exam = start(session, make_exam(session))
        service.finish_answering(session, actor=sitter(session, exam), exam_id=exam.id, now=at(20))
        assert exam.state is ExamState.UPLOADING
        assert (exam.answering_ends_at, exam.accepts_until) == (at(20), at(20))
        assert exam.upload_ends_at == at(50)
        assert pending(session, exam)["exam.upload_ends"] == at(50)

    def test_after_the_grace_it_gains_no_time(self, session: Session) -> None:
        exam = start(session, make_exam(session))
        service.finish_answering(session, actor=sitter(session, exam), exam_id=exam.id, now=at(70))
        assert (exam.state, exam.upload_ends_at) == (ExamState.UPLOADING, UPLOAD_ENDS)

    def test_choices_alone_are_handed_in_instead(self, session: Session) -> None:
        exam = start(session, make_exam(session, written=False))
        with pytest.raises(WrongState, match="some questions are written"):
            service.finish_answering(session, actor=sitter(session, exam), exam_id=exam.id, now=at(20))

    def test_it_needs_a_start(self, session: Session) -> None:
        exam = make_exam(session)
        with pytest.raises(ExamNotStarted):
            service.finish_answering(session, actor=sitter(session, exam), exam_id=exam.id, now=at(0))


class TestVoiding:
    @pytest.fixture
    def drawn(self, session: Session) -> ExamInstance:
        plant_bank(session)
        student = make_student(session)
        subscribe(session, student)
        consent(session, student)
        return service.create_exam(
            session, actor=actor_of(student), template="small-mixed", unit=None, seed=1, now=MONDAY_TEN
        )

    def used(self, session: Session) -> int:
        return session.scalars(select(QuotaPeriod.used), execution_options={"populate_existing": True}).one()

    def test_a_discarded_exam_goes_back_to_the_quota(self, session: Session, drawn: ExamInstance) -> None:
        service.discard_exam(session, actor=sitter(session, drawn), exam_id=drawn.id, now=at(1))
        assert (drawn.state, drawn.voided_at) == (ExamState.VOIDED, at(1))
        assert self.used(session) == 0
        assert pending(session, drawn) == {}

    def test_a_started_exam_cannot_be_discarded(self, session: Session, drawn: ExamInstance) -> None:
        start(session, drawn)
        with pytest.raises(WrongState):
            service.discard_exam(session, actor=sitter(session, drawn), exam_id=drawn.id, now=at(1))
        assert self.used(session) == 1

    def test_a_day_unstarted_voids_it_once(self, session: Session, drawn: ExamInstance) -> None:
        tomorrow = MONDAY_TEN + timedelta(hours=24)
        service.expire_unstarted(session, exam_id=drawn.id, now=tomorrow - timedelta(seconds=1))
        assert drawn.state is ExamState.CREATED
        for _ in range(2):
            service.expire_unstarted(session, exam_id=drawn.id, now=tomorrow)
        assert (drawn.state, drawn.void_reason) == (ExamState.VOIDED, "never started")
        assert self.used(session) == 0

    def test_a_started_exam_does_not_expire(self, session: Session, drawn: ExamInstance) -> None:
        start(session, drawn)
        service.expire_unstarted(session, exam_id=drawn.id, now=MONDAY_TEN + timedelta(hours=24))
        assert drawn.state is ExamState.IN_PROGRESS

    def test_an_admin_voids_with_a_reason_and_the_slices_above_are_told(
        self, session: Session, drawn: ExamInstance
    ) -> None:
        start(session, drawn)
        admin = actor_of(make_admin(session))
        service.void_exam(session, actor=admin, exam_id=drawn.id, reason=" power cut ", now=at(5))
        assert (drawn.state, drawn.void_reason) == (ExamState.VOIDED, "power cut")
        assert self.used(session) == 0
        told = session.scalars(select(OutboxMessage).where(OutboxMessage.topic == "exam.voided")).one()
        assert told.payload == {"exam_id": str(drawn.id), "student_id": str(drawn.student_id)}

    def test_a_void_without_a_reason_is_refused(self, session: Session, drawn: ExamInstance) -> None:
        with pytest.raises(Invalid):
            service.void_exam(
                session, actor=actor_of(make_admin(session)), exam_id=drawn.id, reason="  ", now=at(5)
            )

    @pytest.mark.parametrize("role", [Role.STUDENT, Role.PARENT, Role.TEACHER])
    def test_only_an_admin_voids(self, session: Session, drawn: ExamInstance, role: Role) -> None:
        actor = Actor(id=drawn.student_id, role=role)
        with pytest.raises(Forbidden):
            service.void_exam(session, actor=actor, exam_id=drawn.id, reason="unfair", now=at(5))

    def test_a_published_exam_is_past_voiding(self, session: Session) -> None:
        exam = start(session, make_exam(session, written=False))
        service.hand_in(session, actor=sitter(session, exam), exam_id=exam.id, now=at(5))
        with pytest.raises(WrongState):
            service.void_exam(
                session, actor=actor_of(make_admin(session)), exam_id=exam.id, reason="late", now=at(6)
            )

    def test_a_void_exam_lets_its_student_draw_another(self, session: Session, drawn: ExamInstance) -> None:
        service.discard_exam(session, actor=sitter(session, drawn), exam_id=drawn.id, now=at(1))
        make_exam(session, student_of(session, drawn))


def test_a_sheet_alone_keeps_an_exam_from_being_abandoned(session: Session) -> None:
    exam = start(session, make_exam(session))
    add_sheet(session, exam, 1, 4)
    service.sitting_over(session, exam_id=exam.id, now=UPLOAD_ENDS)
    assert exam.state is ExamState.HANDED_IN
