from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.accounts.models import ClassLevel
from mathvidya.attempts.models import ExamInstance, ExamState, UnansweredQuestion
from mathvidya.evaluation import handlers
from mathvidya.evaluation.errors import (
    DailyCapReached,
    DeskFull,
    LeaseLapsed,
    MayNotMark,
    NothingToMark,
    ReassignRefused,
    ScriptTaken,
)
from mathvidya.evaluation.models import Assignment, Evaluation, EvaluationState, QuestionMark, ReturnReason
from mathvidya.evaluation.queries import queue
from mathvidya.evaluation.service import claiming, opening, returning
from mathvidya.platform.errors import Forbidden, NotFound, WrongState
from mathvidya.platform.ids import new_id
from tests.desks import (
    MONDAY,
    audited,
    begun,
    claimed,
    clock_of,
    ist,
    let_lapse,
    make_handed_in,
    plant_calendar,
    told,
    waiting,
    waiting_class_x,
)
from tests.factories import actor_of, link_parent, make_admin, make_parent, make_student, make_teacher
from workflows import leases

S = EvaluationState


def reasons(session: Session, evaluation: Evaluation) -> list[ReturnReason | None]:
    rows = select(Assignment.returned_because).where(Assignment.evaluation_id == evaluation.id)
    return list(session.scalars(rows.order_by(Assignment.id)))


def test_a_handed_in_exam_is_queued_and_its_clock_starts_at_hand_in_however_late_it_is_heard(
    session: Session,
) -> None:
    plant_calendar(session)
    exam = make_handed_in(session)
    evaluation = opening.open_evaluation(
        session, exam_id=exam.id, handed_in_at=MONDAY, now=MONDAY + timedelta(hours=3)
    )
    assert evaluation is not None
    assert (evaluation.state, evaluation.round, evaluation.expected_minutes) == (S.QUEUED, 1, 24)
    assert evaluation.due_at == clock_of(session, evaluation).due_at == ist("6 Jan 10:00")
    assert session.get_one(ExamInstance, exam.id).state is ExamState.UNDER_EVALUATION


def test_two_days_are_owed_where_the_plan_says_so(session: Session) -> None:
    evaluation = waiting(session, sla_policy={"unit": "working_day", "amount": 2})
    assert evaluation.due_at == ist("7 Jan 10:00")


def test_declared_unanswered_questions_take_nobodys_time(session: Session) -> None:
    plant_calendar(session)
    exam = make_handed_in(session)
    session.add(UnansweredQuestion(exam_id=exam.id, question_number=3))
    session.flush()
    evaluation = opening.open_evaluation(session, exam_id=exam.id, handed_in_at=MONDAY, now=MONDAY)
    assert evaluation is not None
    assert evaluation.expected_minutes == 8


def test_hearing_twice_of_a_hand_in_opens_one_evaluation(session: Session) -> None:
    evaluation = waiting(session)
    again = opening.open_evaluation(session, exam_id=evaluation.exam_id, handed_in_at=MONDAY, now=MONDAY)
    assert again is None


def test_a_paper_of_choices_alone_is_owed_nobodys_work(session: Session) -> None:
    payload = {"has_written": False, "exam_id": str(new_id()), "handed_in_at": MONDAY.isoformat()}
    handlers.open_when_handed_in(session, payload, MONDAY)
    assert session.scalars(select(Evaluation)).all() == []


def test_an_exam_voided_before_it_was_heard_of_gets_no_evaluation(session: Session) -> None:
    plant_calendar(session)
    exam = make_handed_in(session, state=ExamState.VOIDED, voided_at=MONDAY, void_reason="a test")
    assert opening.open_evaluation(session, exam_id=exam.id, handed_in_at=MONDAY, now=MONDAY) is None


def test_the_earliest_due_is_handed_out_first(session: Session) -> None:
    later = waiting(session, at=ist("5 Jan 11:00"))
    sooner = waiting(session, at=ist("5 Jan 09:00"))
    teacher = make_teacher(session)
    assert [claimed(session, teacher).evaluation.id for _ in range(2)] == [sooner.id, later.id]


def test_a_claim_is_audited_counted_and_leased(session: Session) -> None:
    waiting(session)
    teacher = make_teacher(session)
    taken = claimed(session, teacher)
    assert (taken.evaluation.state, taken.evaluation.teacher_id) == (S.ASSIGNED, teacher.id)
    assert taken.lease_minutes == 45
    assert audited(session, taken.evaluation) == ["evaluation.opened", "evaluation.assigned"]
    leases.check(session, subject_type="evaluation", subject_id=taken.evaluation.id, token=taken.lease_token)


def test_a_teacher_gets_scripts_of_their_classes_only(session: Session) -> None:
    waiting_class_x(session)
    own = waiting(session, at=ist("5 Jan 17:00"))
    teacher = make_teacher(session, may_mark=[ClassLevel.XII])
    assert claimed(session, teacher).evaluation.id == own.id
    with pytest.raises(NothingToMark):
        claimed(session, teacher)


def test_a_teacher_who_may_mark_nothing_gets_nothing(session: Session) -> None:
    waiting(session)
    with pytest.raises(NothingToMark):
        claimed(session, make_teacher(session, may_mark=[]))


def test_the_day_is_over_when_its_minutes_are_used(session: Session) -> None:
    for _ in range(2):
        waiting(session)
    teacher = make_teacher(session, daily_cap=1)
    claimed(session, teacher)
    with pytest.raises(DailyCapReached) as refusal:
        claimed(session, teacher, at=ist("5 Jan 23:59"))
    assert refusal.value.extra["minutes_left"] == 0
    assert claimed(session, teacher, at=ist("6 Jan 00:00")).evaluation.state is S.ASSIGNED


def test_what_is_left_of_the_day_takes_a_short_script_that_is_due_later(session: Session) -> None:
    first, _, short = waiting(session), waiting(session), waiting(session, at=ist("5 Jan 17:00"))
    first.expected_minutes, short.expected_minutes = 10, 14
    session.flush()
    teacher = make_teacher(session, daily_cap=1)
    assert [claimed(session, teacher).evaluation.id for _ in range(2)] == [first.id, short.id]


def test_giving_a_script_back_does_not_make_the_day_longer(session: Session) -> None:
    waiting(session)
    teacher = make_teacher(session, daily_cap=1)
    taken = claimed(session, teacher)
    returning.release(
        session,
        actor=actor_of(teacher),
        evaluation_id=taken.evaluation.id,
        lease_token=taken.lease_token,
        now=MONDAY,
    )
    waiting(session)
    with pytest.raises(DailyCapReached):
        claimed(session, teacher)


def test_three_open_scripts_fill_a_desk(session: Session) -> None:
    for _ in range(4):
        waiting(session)
    teacher = make_teacher(session)
    for _ in range(3):
        claimed(session, teacher)
    with pytest.raises(DeskFull):
        claimed(session, teacher)


def test_nobody_marks_the_script_of_their_own_household(session: Session) -> None:
    student = make_student(session)
    link_parent(session, make_parent(session, phone="+91 98100 00001"), student)
    evaluation = waiting(session, student=student)
    kin = make_teacher(session, phone="+91 98100 00001")
    with pytest.raises(NothingToMark):
        claimed(session, kin)
    with pytest.raises(MayNotMark) as refusal:
        claiming.claim(session, actor=actor_of(kin), evaluation_id=evaluation.id, now=MONDAY)
    assert str(student.id) not in refusal.value.detail
    assert claimed(session, make_teacher(session, phone="+91 98100 00002")).evaluation.id == evaluation.id


def test_a_second_round_goes_to_another_teacher(session: Session) -> None:
    first = waiting(session)
    teacher = make_teacher(session)
    claimed(session, teacher)
    second = Evaluation(
        exam_id=first.exam_id,
        round=2,
        class_level=first.class_level,
        state=S.QUEUED,
        due_at=first.due_at,
        expected_minutes=24,
        opened_at=MONDAY,
    )
    session.add(second)
    session.flush()
    assert queue.is_conflicted(session, second, teacher.id)
    with pytest.raises(NothingToMark):
        claimed(session, teacher)


def test_a_script_that_somebody_has_cannot_be_claimed(session: Session) -> None:
    waiting(session)
    taken = claimed(session, make_teacher(session))
    with pytest.raises(ScriptTaken):
        claiming.claim(
            session, actor=actor_of(make_teacher(session)), evaluation_id=taken.evaluation.id, now=MONDAY
        )


def test_taking_ones_own_script_up_again_voids_the_token_of_the_other_device(session: Session) -> None:
    waiting(session)
    teacher = make_teacher(session)
    taken = begun(session, teacher)
    again = claiming.claim(session, actor=actor_of(teacher), evaluation_id=taken.evaluation.id, now=MONDAY)
    assert (again.evaluation.state, again.lease_token) == (S.IN_PROGRESS, taken.lease_token + 1)
    with pytest.raises(LeaseLapsed):
        claiming.renew(
            session,
            actor=actor_of(teacher),
            evaluation_id=taken.evaluation.id,
            lease_token=taken.lease_token,
        )


def test_what_a_teacher_gave_back_is_not_handed_to_them_unasked(session: Session) -> None:
    evaluation = waiting(session)
    teacher = make_teacher(session)
    taken = claimed(session, teacher)
    returning.release(
        session,
        actor=actor_of(teacher),
        evaluation_id=evaluation.id,
        lease_token=taken.lease_token,
        now=MONDAY,
    )
    with pytest.raises(NothingToMark):
        claimed(session, teacher)
    asked = claiming.claim(session, actor=actor_of(teacher), evaluation_id=evaluation.id, now=MONDAY)
    assert asked.evaluation.teacher_id == teacher.id


def test_a_script_is_begun_once(session: Session) -> None:
    waiting(session)
    teacher = make_teacher(session)
    taken = begun(session, teacher)
    with pytest.raises(WrongState):
        claiming.begin(
            session,
            actor=actor_of(teacher),
            evaluation_id=taken.evaluation.id,
            lease_token=taken.lease_token,
            now=MONDAY,
        )
    assert "evaluation.started" in audited(session, taken.evaluation)


def test_a_lapsed_lease_brings_the_script_back_with_its_marks(session: Session) -> None:
    waiting(session)
    taken = begun(session, make_teacher(session))
    mark = QuestionMark(
        evaluation_id=taken.evaluation.id,
        question_number=2,
        awarded=Decimal("1.5"),
        possible=Decimal(20),
        marked_at=MONDAY,
        counted={},
    )
    session.add(mark)
    let_lapse(session, taken.evaluation)
    assert returning.return_lapsed(session, now=MONDAY, limit=10) == 1
    assert (taken.evaluation.state, taken.evaluation.teacher_id) == (S.QUEUED, None)
    assert reasons(session, taken.evaluation) == [ReturnReason.LAPSED]
    assert audited(session, taken.evaluation)[-1] == "evaluation.returned"
    assert session.scalars(select(QuestionMark.awarded)).all() == [Decimal("1.5")]
    assert claimed(session, make_teacher(session)).evaluation.id == taken.evaluation.id


def test_a_lease_that_is_good_is_left_alone_and_ticks_may_come_twice(session: Session) -> None:
    waiting(session)
    taken = claimed(session, make_teacher(session))
    assert returning.return_lapsed(session, now=MONDAY, limit=10) == 0
    let_lapse(session, taken.evaluation)
    assert [returning.return_lapsed(session, now=MONDAY, limit=10) for _ in range(2)] == [1, 0]


def test_whoever_comes_back_after_the_script_went_on_finds_nothing(session: Session) -> None:
    waiting(session)
    teacher = make_teacher(session)
    taken = begun(session, teacher)
    let_lapse(session, taken.evaluation)
    with pytest.raises(LeaseLapsed):
        claiming.renew(
            session,
            actor=actor_of(teacher),
            evaluation_id=taken.evaluation.id,
            lease_token=taken.lease_token,
        )
    returning.return_lapsed(session, now=MONDAY, limit=10)
    with pytest.raises(NotFound):
        claiming.renew(
            session,
            actor=actor_of(teacher),
            evaluation_id=taken.evaluation.id,
            lease_token=taken.lease_token,
        )


def test_an_admin_gives_a_script_to_another_teacher_and_the_first_is_fenced_off(session: Session) -> None:
    waiting(session)
    taken = begun(session, make_teacher(session))
    other = make_teacher(session)
    evaluation = claiming.reassign(
        session,
        actor=actor_of(make_admin(session)),
        evaluation_id=taken.evaluation.id,
        teacher_id=other.id,
        now=MONDAY,
    )
    assert (evaluation.state, evaluation.teacher_id) == (S.ASSIGNED, other.id)
    assert reasons(session, evaluation) == [ReturnReason.REASSIGNED, None]
    with pytest.raises(leases.Lapsed):
        leases.check(session, subject_type="evaluation", subject_id=evaluation.id, token=taken.lease_token)


def test_an_admin_cannot_give_a_script_to_whoever_may_not_mark_it(session: Session) -> None:
    evaluation = waiting(session)
    with pytest.raises(MayNotMark):
        claiming.reassign(
            session,
            actor=actor_of(make_admin(session)),
            evaluation_id=evaluation.id,
            teacher_id=make_teacher(session, may_mark=[ClassLevel.X]).id,
            now=MONDAY,
        )


def test_a_lease_that_came_at_night_begins_to_count_at_the_opening(session: Session) -> None:
    plant_calendar(session)
    assert claiming.working_lease_minutes(session, ist("5 Jan 21:00")) == 12 * 60 + 45


def test_a_voided_exam_is_owed_nothing_whatever_its_evaluation_was_doing(session: Session) -> None:
    waiting(session)
    taken = begun(session, make_teacher(session))
    handlers.withdraw_when_voided(session, {"exam_id": str(taken.evaluation.exam_id)}, MONDAY)
    assert taken.evaluation.state is S.WITHDRAWN
    assert clock_of(session, taken.evaluation).stopped_at == MONDAY
    handlers.withdraw_when_voided(session, {"exam_id": str(taken.evaluation.exam_id)}, MONDAY)
    assert audited(session, taken.evaluation).count("evaluation.withdrawn") == 1
    assert told(session, "sla.breached") == []


def test_scripts_go_to_another_teacher_all_of_them_or_none(session: Session) -> None:
    first, second, x = waiting(session), waiting(session), waiting_class_x(session)
    admin, teacher = actor_of(make_admin(session)), make_teacher(session, may_mark=[ClassLevel.XII])
    missing = new_id()

    def give(*scripts: UUID) -> list[Evaluation]:
        return claiming.reassign_all(
            session, actor=admin, evaluation_ids=scripts, teacher_id=teacher.id, now=MONDAY
        )

    with pytest.raises(ReassignRefused) as refusal:
        give(x.id, missing)
    assert set(refusal.value.extra["errors"]) == {str(x.id), str(missing)}
    assert x.teacher_id is None
    assert {moved.id for moved in give(second.id, first.id, first.id)} == {first.id, second.id}
    assert (first.teacher_id, second.state) == (teacher.id, S.ASSIGNED)


def test_only_admins_reassign_and_only_to_teachers(session: Session) -> None:
    evaluation, teacher, admin = waiting(session), make_teacher(session), make_admin(session)
    for actor, to, problem in ((teacher, teacher, Forbidden), (admin, admin, NotFound)):
        with pytest.raises(problem):
            claiming.reassign_all(
                session,
                actor=actor_of(actor),
                evaluation_ids=[evaluation.id],
                teacher_id=to.id,
                now=MONDAY,
            )
