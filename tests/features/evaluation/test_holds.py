from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts.models import PageRequest
from mathvidya.evaluation import handlers
from mathvidya.evaluation.errors import LeaseLapsed, PageFlaggedAlready, PageFlagLimit
from mathvidya.evaluation.models import EvaluationState, PageFlag
from mathvidya.evaluation.service import claiming, holds, opening, returning
from mathvidya.platform.errors import NotFound, WrongState
from tests.desks import (
    MONDAY,
    audited,
    begun,
    claimed,
    clock_of,
    flagged,
    ist,
    let_lapse,
    make_sheet,
    page_came,
    told,
    waiting,
)
from tests.factories import actor_of, make_teacher
from workflows import clocks
from workflows.models import Lease, Timer, TimerState

S = EvaluationState
NOON = ist("5 Jan 12:00")


def lease_of(session: Session, evaluation_id: object) -> Lease:
    return session.get_one(Lease, ("evaluation", evaluation_id), populate_existing=True)


def hold_timers(session: Session, flag: PageFlag) -> list[TimerState]:
    session.flush()
    return list(session.scalars(select(Timer.state).where(Timer.subject_id == flag.id)))


def test_a_flag_puts_the_script_on_hold_and_asks_the_student_for_that_page(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    sheet = make_sheet(session, evaluation.exam_id)
    flag = flagged(session, teacher, begun(session, teacher), sheet, at=NOON)
    assert (evaluation.state, evaluation.held_at, evaluation.due_at) == (S.ON_HOLD, NOON, None)
    assert clock_of(session, evaluation).paused_at == NOON
    assert flag.answer_by == ist("12 Jan 12:00")
    assert session.scalars(select(PageRequest.sheet_id)).all() == [sheet.id]
    [message] = told(session, "page.flagged")
    assert (message["sheet_id"], message["reason"]) == (str(sheet.id), "unreadable")
    assert "evaluation.page_flagged" in audited(session, evaluation)


def test_when_the_page_comes_the_clock_runs_on_with_what_was_left(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    taken = begun(session, teacher)
    flag = flagged(session, teacher, taken, make_sheet(session, evaluation.exam_id), at=NOON)
    new = page_came(session, flag, at=ist("7 Jan 09:00"))
    assert (evaluation.state, evaluation.held_at) == (S.IN_PROGRESS, None)
    assert evaluation.due_at == clock_of(session, evaluation).due_at == ist("7 Jan 16:00")
    assert flag.settled_sheet_id == new.id
    assert hold_timers(session, flag) == [TimerState.CANCELLED]


def test_a_pause_over_a_holiday_costs_the_teacher_nothing(session: Session) -> None:
    evaluation, teacher = waiting(session, at=ist("24 Jan 17:00")), make_teacher(session)
    taken = begun(session, teacher, at=ist("24 Jan 17:10"))
    flag = flagged(session, teacher, taken, make_sheet(session, evaluation.exam_id), at=ist("24 Jan 17:30"))
    page_came(session, flag, at=ist("27 Jan 10:00"))
    assert evaluation.due_at == ist("28 Jan 09:30")


def test_the_teacher_comes_back_with_the_token_of_before(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    taken = begun(session, teacher)
    flag = flagged(session, teacher, taken, make_sheet(session, evaluation.exam_id))
    page_came(session, flag, at=NOON)
    again = claiming.renew(
        session, actor=actor_of(teacher), evaluation_id=evaluation.id, lease_token=taken.lease_token
    )
    assert again.lease_token == taken.lease_token


def test_a_script_on_hold_keeps_its_teacher_and_leaves_the_desk_free(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    taken = begun(session, teacher)
    flagged(session, teacher, taken, make_sheet(session, evaluation.exam_id))
    assert returning.return_lapsed(session, now=MONDAY, limit=10) == 0
    for _ in range(3):
        waiting(session)
    assert [claimed(session, teacher).evaluation.state for _ in range(3)] == [S.ASSIGNED] * 3


def test_a_hold_whose_lease_lapsed_all_the_same_is_not_returned_and_gets_a_new_one(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    taken = begun(session, teacher)
    flag = flagged(session, teacher, taken, make_sheet(session, evaluation.exam_id))
    let_lapse(session, evaluation)
    assert returning.return_lapsed(session, now=NOON, limit=10) == 0
    page_came(session, flag, at=NOON)
    assert lease_of(session, evaluation.id).token == taken.lease_token + 1
    assert evaluation.teacher_id == teacher.id


def test_a_page_that_does_not_come_in_seven_days_is_done_without(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    taken = begun(session, teacher)
    flag = flagged(session, teacher, taken, make_sheet(session, evaluation.exam_id), at=NOON)
    [timer] = session.scalars(select(Timer).where(Timer.subject_id == flag.id)).all()
    assert (timer.kind, timer.due_at) == (holds.HOLD_EXPIRED, flag.answer_by)
    handlers.expire_hold(session, timer, flag.answer_by)
    handlers.expire_hold(session, timer, flag.answer_by + timedelta(minutes=1))
    assert (flag.settled_at, flag.settled_sheet_id) == (flag.answer_by, None)
    assert (evaluation.state, evaluation.due_at) == (S.IN_PROGRESS, ist("13 Jan 10:00"))
    assert audited(session, evaluation).count("evaluation.page_settled") == 1


def test_two_pages_may_be_asked_for_in_one_hold_which_ends_with_the_last(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    taken = begun(session, teacher)
    first = flagged(session, teacher, taken, make_sheet(session, evaluation.exam_id, 1), at=NOON)
    second = flagged(session, teacher, taken, make_sheet(session, evaluation.exam_id, 2), at=NOON)
    page_came(session, first, at=ist("5 Jan 13:00"))
    assert evaluation.held_at == NOON
    page_came(session, second, at=ist("5 Jan 14:00"))
    assert evaluation.state is S.IN_PROGRESS
    assert [line.kind for line in clocks.log_of(session, clock_of(session, evaluation))] == [
        "started",
        "paused",
        "resumed",
    ]


def test_a_page_that_was_asked_for_is_not_asked_for_again_meanwhile(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    taken, sheet = begun(session, teacher), make_sheet(session, evaluation.exam_id)
    flagged(session, teacher, taken, sheet)
    with pytest.raises(PageFlaggedAlready):
        flagged(session, teacher, taken, sheet)


def test_a_student_is_asked_three_times_at_most(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    taken, sheet = begun(session, teacher), make_sheet(session, evaluation.exam_id)
    for minutes in range(3):
        flag = flagged(session, teacher, taken, sheet, at=NOON + timedelta(minutes=minutes))
        sheet = page_came(session, flag, at=NOON + timedelta(minutes=minutes, seconds=30))
    with pytest.raises(PageFlagLimit):
        flagged(session, teacher, taken, sheet, at=NOON + timedelta(minutes=5))
    assert evaluation.state is S.IN_PROGRESS


def test_only_live_pages_of_this_script_can_be_asked_for(session: Session) -> None:
    evaluation, other, teacher = waiting(session), waiting(session), make_teacher(session)
    taken = begun(session, teacher)
    superseded = make_sheet(session, evaluation.exam_id)
    superseded.superseded_at = MONDAY
    for sheet in (superseded, make_sheet(session, other.exam_id)):
        with pytest.raises(NotFound):
            flagged(session, teacher, taken, sheet)


def test_a_script_is_flagged_by_whoever_marks_it_and_holds_its_lease(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    sheet = make_sheet(session, evaluation.exam_id)
    taken = claimed(session, teacher)
    with pytest.raises(WrongState):
        flagged(session, teacher, taken, sheet)
    with pytest.raises(NotFound):
        flagged(session, make_teacher(session), taken, sheet)
    claiming.begin(
        session,
        actor=actor_of(teacher),
        evaluation_id=evaluation.id,
        lease_token=taken.lease_token,
        now=MONDAY,
    )
    let_lapse(session, evaluation)
    with pytest.raises(LeaseLapsed):
        flagged(session, teacher, taken, sheet)


def test_a_page_that_nobody_waits_for_changes_nothing(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    taken = begun(session, teacher)
    sheet = make_sheet(session, evaluation.exam_id)
    flag = flagged(session, teacher, taken, sheet)
    page_came(session, flag, at=NOON)
    version = evaluation.version
    holds.settle_replaced(
        session, exam_id=evaluation.exam_id, replaced_sheet_id=sheet.id, sheet_id=sheet.id, now=NOON
    )
    assert evaluation.version == version


def test_a_voided_exam_on_hold_stops_asking(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    flag = flagged(session, teacher, begun(session, teacher), make_sheet(session, evaluation.exam_id))
    opening.withdraw_evaluations(session, exam_id=evaluation.exam_id, now=NOON)
    assert (evaluation.state, evaluation.held_at, flag.settled_at) == (S.WITHDRAWN, None, NOON)
    holds.expire_flag(session, flag_id=flag.id, now=flag.answer_by)
    assert evaluation.state is S.WITHDRAWN
