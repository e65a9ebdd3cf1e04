from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts import queries, service
from mathvidya.attempts.errors import AlreadyHandedIn, ExamNotStarted, HandInIncomplete, OnASheet
from mathvidya.attempts.models import (
    ExamInstance,
    ExamState,
    HandedInBy,
    StudentMcqAnswer,
    UnansweredQuestion,
)
from mathvidya.attempts.queries import Receipt
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, WrongState
from mathvidya.system.models import AuditLog, SystemConfig
from tests.factories import MONDAY_TEN, actor_of, make_student
from tests.sittings import ACCEPTS_UNTIL, UPLOAD_ENDS, add_sheet, at, make_exam, start, student_of
from workflows.base import new_id
from workflows.models import OutboxMessage, Timer, TimerState


@pytest.fixture
def exam(session: Session) -> ExamInstance:
    return start(session, make_exam(session))


@pytest.fixture
def choices_alone(session: Session) -> ExamInstance:
    return start(session, make_exam(session, written=False))


def sitter(session: Session, exam: ExamInstance) -> Actor:
    return actor_of(student_of(session, exam))


def answer(session: Session, exam: ExamInstance, number: int, *choices: str) -> None:
    session.add(
        StudentMcqAnswer(
            exam_id=exam.id,
            question_number=number,
            choices=list(choices),
            sequence=1,
            answered_at=at(1),
            saved_at=at(1),
        )
    )
    session.flush()


def declare(session: Session, exam: ExamInstance, number: int) -> None:
    service.declare_unanswered(
        session, actor=sitter(session, exam), exam_id=exam.id, number=number, now=at(30)
    )


def hand_in(session: Session, exam: ExamInstance, minutes: float = 50) -> Receipt:
    return service.hand_in(session, actor=sitter(session, exam), exam_id=exam.id, now=at(minutes))


def topics(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.topic).order_by(OutboxMessage.id)))


def acts(session: Session) -> list[str]:
    session.flush()
    return list(session.scalars(select(AuditLog.action).order_by(AuditLog.id)))


class TestDeclaring:
    def test_saying_it_twice_is_saying_it_once(self, session: Session, exam: ExamInstance) -> None:
        declare(session, exam, 4)
        declare(session, exam, 4)
        assert queries.declared_unanswered(session, exam.id) == {4}

    def test_it_can_be_taken_back(self, session: Session, exam: ExamInstance) -> None:
        declare(session, exam, 4)
        for _ in range(2):
            service.take_back_unanswered(session, actor=sitter(session, exam), exam_id=exam.id, number=4)
        assert queries.declared_unanswered(session, exam.id) == frozenset()

    @pytest.mark.parametrize("number", [0, 1, 6, 999])
    def test_only_written_questions_of_the_paper(
        self, session: Session, exam: ExamInstance, number: int
    ) -> None:
        with pytest.raises(Invalid, match="in writing"):
            declare(session, exam, number)

    def test_not_while_a_sheet_answers_it(self, session: Session, exam: ExamInstance) -> None:
        add_sheet(session, exam, 1, 4)
        with pytest.raises(OnASheet):
            declare(session, exam, 4)

    def test_a_replaced_sheet_does_not_count(self, session: Session, exam: ExamInstance) -> None:
        add_sheet(session, exam, 1, 4, superseded_at=at(5))
        declare(session, exam, 4)

    def test_not_before_the_start(self, session: Session) -> None:
        with pytest.raises(ExamNotStarted):
            declare(session, make_exam(session), 4)

    def test_not_after_handing_in(self, session: Session, exam: ExamInstance) -> None:
        declare(session, exam, 4)
        declare(session, exam, 5)
        hand_in(session, exam)
        with pytest.raises(WrongState):
            service.take_back_unanswered(session, actor=sitter(session, exam), exam_id=exam.id, number=4)

    def test_the_exam_of_another_is_none(self, session: Session, exam: ExamInstance) -> None:
        with pytest.raises(NotFound):
            service.declare_unanswered(
                session, actor=actor_of(make_student(session)), exam_id=exam.id, number=4, now=at(1)
            )


class TestByTheStudent:
    def test_every_written_question_must_be_on_a_sheet_or_declared(
        self, session: Session, exam: ExamInstance
    ) -> None:
        add_sheet(session, exam, 1, 4)
        with pytest.raises(HandInIncomplete) as refusal:
            hand_in(session, exam)
        assert refusal.value.extra == {"missing": [5], "contradictory": []}
        assert "questions 5" in refusal.value.detail
        assert exam.state is ExamState.IN_PROGRESS

    def test_and_not_both(self, session: Session, exam: ExamInstance) -> None:
        declare(session, exam, 4)
        add_sheet(session, exam, 1, 4, 5)
        with pytest.raises(HandInIncomplete) as refusal:
            hand_in(session, exam)
        assert refusal.value.extra == {"missing": [], "contradictory": [4]}

    def test_a_sheet_without_numbers_answers_nothing(self, session: Session, exam: ExamInstance) -> None:
        add_sheet(session, exam, 1)
        with pytest.raises(HandInIncomplete) as refusal:
            hand_in(session, exam)
        assert refusal.value.extra["missing"] == [4, 5]

    def test_the_receipt_lists_every_page_with_its_hash(self, session: Session, exam: ExamInstance) -> None:
        second = add_sheet(session, exam, 2, 4)
        first = add_sheet(session, exam, 1)
        add_sheet(session, exam, 3, 5, superseded_at=at(10))
        answer(session, exam, 2, "B")
        answer(session, exam, 3)
        declare(session, exam, 5)
        receipt = hand_in(session, exam)
        assert [(page.page_number, page.sha256) for page in receipt.pages] == [
            (1, first.sha256),
            (2, second.sha256),
        ]
        assert (receipt.code, receipt.handed_in_at, receipt.handed_in_by) == (
            exam.code,
            at(50),
            HandedInBy.STUDENT,
        )
        assert (receipt.unanswered, receipt.answered_by_choice) == ([5], [2])

    def test_a_page_replaced_later_stays_on_the_receipt(self, session: Session, exam: ExamInstance) -> None:
        old = add_sheet(session, exam, 1, 4, 5)
        hand_in(session, exam)
        old.superseded_at = at(100)
        session.flush()
        add_sheet(session, exam, 1, 4, 5, uploaded_at=at(100), sha256=b"n" * 32)
        receipt = queries.receipt(session, sitter(session, exam), exam.id)
        assert [page.sha256 for page in receipt.pages] == [old.sha256]

    def test_choices_are_scored_now_and_not_before(self, session: Session, exam: ExamInstance) -> None:
        answer(session, exam, 1, "A")
        answer(session, exam, 2, "D")
        add_sheet(session, exam, 1, 4, 5)
        assert exam.mcq_score is None
        hand_in(session, exam)
        assert exam.mcq_score == 1
        marks = dict(
            session.execute(select(StudentMcqAnswer.question_number, StudentMcqAnswer.marks_awarded)).all()
        )
        assert marks == {1: 1, 2: 0}

    def test_evaluation_is_told_with_what_it_needs(self, session: Session, exam: ExamInstance) -> None:
        add_sheet(session, exam, 1, 4, 5)
        hand_in(session, exam)
        told = session.scalars(select(OutboxMessage)).one()
        assert told.topic == "exam.handed_in"
        assert told.payload == {
            "exam_id": str(exam.id),
            "student_id": str(exam.student_id),
            "handed_in_at": at(50).isoformat(),
            "class_level": "XII",
            "has_written": True,
            "sla_policy": {"unit": "working_day", "amount": 1},
        }

    def test_no_timer_is_left(self, session: Session, exam: ExamInstance) -> None:
        add_sheet(session, exam, 1, 4, 5)
        hand_in(session, exam)
        assert not session.scalars(select(Timer).where(Timer.state == TimerState.PENDING)).all()

    def test_a_second_time_is_told_when_the_first_was(self, session: Session, exam: ExamInstance) -> None:
        add_sheet(session, exam, 1, 4, 5)
        hand_in(session, exam)
        with pytest.raises(AlreadyHandedIn) as refusal:
            hand_in(session, exam, 51)
        assert refusal.value.extra["handed_in_at"] == at(50).isoformat()
        assert topics(session) == ["exam.handed_in"]

    def test_late_is_taken_as_long_as_time_has_not_handed_in(
        self, session: Session, exam: ExamInstance
    ) -> None:
        add_sheet(session, exam, 1, 4, 5)
        hand_in(session, exam, 500)
        assert (exam.handed_in_by, exam.handed_in_at) == (HandedInBy.STUDENT, at(500))

    def test_choices_alone_are_evaluated_and_published_at_once(
        self, session: Session, choices_alone: ExamInstance
    ) -> None:
        answer(session, choices_alone, 1, "A")
        answer(session, choices_alone, 3, "C")
        hand_in(session, choices_alone, 20)
        assert choices_alone.state is ExamState.PUBLISHED
        assert (choices_alone.total_score, choices_alone.percentage) == (2, Decimal("66.67"))
        assert choices_alone.published_at == at(20)
        assert topics(session) == ["exam.handed_in", "exam.published"]
        assert acts(session)[-3:] == ["exam.handed_in", "exam.evaluated", "exam.published"]

    def test_before_the_start_there_is_nothing_to_hand_in(self, session: Session) -> None:
        with pytest.raises(ExamNotStarted):
            hand_in(session, make_exam(session))

    def test_the_exam_of_another_is_none(self, session: Session, exam: ExamInstance) -> None:
        with pytest.raises(NotFound):
            service.hand_in(session, actor=actor_of(make_student(session)), exam_id=exam.id, now=at(1))

    @pytest.mark.parametrize("role", [Role.PARENT, Role.TEACHER, Role.ADMIN])
    def test_only_the_student_hands_in(self, session: Session, exam: ExamInstance, role: Role) -> None:
        with pytest.raises(Forbidden):
            service.hand_in(session, actor=Actor(id=new_id(), role=role), exam_id=exam.id, now=at(1))


class TestByTime:
    def test_written_pages_may_still_come_when_answering_is_over(
        self, session: Session, exam: ExamInstance
    ) -> None:
        for _ in range(2):
            service.time_up(session, exam_id=exam.id, now=ACCEPTS_UNTIL)
        assert exam.state is ExamState.UPLOADING

    def test_what_is_there_is_handed_in_and_flagged(self, session: Session, exam: ExamInstance) -> None:
        add_sheet(session, exam, 1, 4)
        for _ in range(2):
            service.sitting_over(session, exam_id=exam.id, now=UPLOAD_ENDS)
        assert (exam.state, exam.handed_in_by) == (ExamState.HANDED_IN, HandedInBy.TIMER)
        assert topics(session) == ["exam.handed_in"]

    def test_questions_on_no_sheet_are_noted_unanswered(self, session: Session, exam: ExamInstance) -> None:
        declare(session, exam, 4)
        answer(session, exam, 1, "A")
        service.sitting_over(session, exam_id=exam.id, now=UPLOAD_ENDS)
        noted = session.execute(
            select(UnansweredQuestion.question_number, UnansweredQuestion.declared_by)
        ).all()
        assert dict(noted) == {4: HandedInBy.STUDENT, 5: HandedInBy.TIMER}

    def test_a_page_speaks_against_a_declaration(self, session: Session, exam: ExamInstance) -> None:
        declare(session, exam, 4)
        add_sheet(session, exam, 1, 4, 5)
        service.sitting_over(session, exam_id=exam.id, now=UPLOAD_ENDS)
        assert queries.declared_unanswered(session, exam.id) == frozenset()

    def test_the_promise_counts_from_when_time_ran_out_however_late_the_worker(
        self, session: Session, exam: ExamInstance
    ) -> None:
        add_sheet(session, exam, 1, 4)
        service.sitting_over(session, exam_id=exam.id, now=UPLOAD_ENDS + timedelta(hours=3))
        assert exam.handed_in_at == UPLOAD_ENDS

    def test_a_worker_that_missed_the_first_limit_ends_the_sitting_all_the_same(
        self, session: Session, exam: ExamInstance
    ) -> None:
        add_sheet(session, exam, 1, 4)
        service.sitting_over(session, exam_id=exam.id, now=UPLOAD_ENDS)
        service.time_up(session, exam_id=exam.id, now=UPLOAD_ENDS)
        assert exam.state is ExamState.HANDED_IN

    @pytest.mark.parametrize("minutes", [0, 64.9])
    def test_a_limit_that_moved_is_not_reached(
        self, session: Session, exam: ExamInstance, minutes: float
    ) -> None:
        service.time_up(session, exam_id=exam.id, now=at(minutes))
        service.sitting_over(session, exam_id=exam.id, now=at(minutes))
        assert exam.state is ExamState.IN_PROGRESS

    def test_nothing_at_all_is_abandoned(self, session: Session, exam: ExamInstance) -> None:
        answer(session, exam, 1)
        declare(session, exam, 4)
        add_sheet(session, exam, 1, 4, superseded_at=at(2))
        for _ in range(2):
            service.sitting_over(session, exam_id=exam.id, now=UPLOAD_ENDS)
        assert (exam.state, exam.abandoned_at) == (ExamState.ABANDONED, UPLOAD_ENDS)
        assert topics(session) == []
        assert acts(session).count("exam.abandoned") == 1

    def test_choices_alone_are_handed_in_and_published(
        self, session: Session, choices_alone: ExamInstance
    ) -> None:
        answer(session, choices_alone, 1, "A")
        service.time_up(session, exam_id=choices_alone.id, now=ACCEPTS_UNTIL)
        assert (choices_alone.state, choices_alone.handed_in_by) == (ExamState.PUBLISHED, HandedInBy.TIMER)
        assert choices_alone.total_score == 1

    def test_choices_alone_without_an_answer_are_abandoned(
        self, session: Session, choices_alone: ExamInstance
    ) -> None:
        service.time_up(session, exam_id=choices_alone.id, now=ACCEPTS_UNTIL)
        assert choices_alone.state is ExamState.ABANDONED

    def test_where_time_hands_in_nothing_the_student_may_hand_in_late(
        self, session: Session, exam: ExamInstance
    ) -> None:
        session.add(SystemConfig(key="exam_auto_submit_enabled", value=False, description=""))
        add_sheet(session, exam, 1, 4, 5)
        service.sitting_over(session, exam_id=exam.id, now=UPLOAD_ENDS)
        assert exam.state is ExamState.IN_PROGRESS
        hand_in(session, exam, 500)
        assert exam.state is ExamState.HANDED_IN


class TestScores:
    @pytest.fixture
    def handed_in(self, session: Session, exam: ExamInstance) -> ExamInstance:
        answer(session, exam, 1, "A")
        add_sheet(session, exam, 1, 4, 5)
        hand_in(session, exam)
        return exam

    def test_the_total_is_the_sum_and_is_seen_once_published(
        self, session: Session, handed_in: ExamInstance
    ) -> None:
        service.begin_evaluation(session, exam_id=handed_in.id, now=at(60))
        service.record_scores(session, exam_id=handed_in.id, manual=Decimal("3.5"), now=at(70))
        assert handed_in.published_score is None
        service.publish(session, exam_id=handed_in.id, now=at(71))
        assert handed_in.published_score is handed_in
        assert (handed_in.total_score, handed_in.percentage) == (Decimal("4.5"), Decimal("56.25"))
        assert topics(session) == ["exam.handed_in", "exam.published"]

    def test_a_written_exam_is_not_scored_before_its_evaluation(
        self, session: Session, handed_in: ExamInstance
    ) -> None:
        with pytest.raises(WrongState):
            service.record_scores(session, exam_id=handed_in.id, manual=Decimal(1), now=at(70))

    def test_nothing_is_published_before_it_is_scored(
        self, session: Session, handed_in: ExamInstance
    ) -> None:
        service.begin_evaluation(session, exam_id=handed_in.id, now=at(60))
        with pytest.raises(WrongState):
            service.publish(session, exam_id=handed_in.id, now=at(71))

    def test_an_evaluation_is_opened_once(self, session: Session, handed_in: ExamInstance) -> None:
        service.begin_evaluation(session, exam_id=handed_in.id, now=at(60))
        with pytest.raises(WrongState):
            service.begin_evaluation(session, exam_id=handed_in.id, now=at(61))


def test_a_marking_pack_holds_the_live_sheets_in_reading_order(session: Session, exam: ExamInstance) -> None:
    add_sheet(session, exam, 2, 5)
    add_sheet(session, exam, 3, superseded_at=at(3))
    add_sheet(session, exam, 1, 4)
    answer(session, exam, 1, "A")
    hand_in(session, exam)
    pack = queries.marking_pack(session, exam.id)
    assert [sheet.page_number for sheet in pack.sheets] == [1, 2]
    assert [(each.number, each.choices, each.marks) for each in pack.mcq] == [(1, ["A"], 1)]
    assert pack.unanswered == frozenset()
    assert [question["number"] for question in pack.key["questions"]] == [1, 2, 3, 4, 5]


def test_there_is_no_marking_pack_of_nothing(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.marking_pack(session, new_id())


def test_a_receipt_needs_a_hand_in(session: Session, exam: ExamInstance) -> None:
    with pytest.raises(WrongState):
        queries.receipt(session, sitter(session, exam), exam.id)


def test_every_step_is_in_the_audit_trail(session: Session, exam: ExamInstance) -> None:
    service.finish_answering(session, actor=sitter(session, exam), exam_id=exam.id, now=at(20))
    add_sheet(session, exam, 1, 4, 5)
    hand_in(session, exam)
    assert acts(session) == ["exam.started", "exam.answering_finished", "exam.handed_in"]
    assert exam.started_at == MONDAY_TEN
