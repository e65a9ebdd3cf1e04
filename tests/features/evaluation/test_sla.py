from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts.models import ExamInstance
from mathvidya.evaluation import handlers
from mathvidya.evaluation.models import Evaluation, EvaluationState
from mathvidya.evaluation.queries.board import BoardBand, BoardFilter, board, explain_clock
from mathvidya.evaluation.rules.standing import Band
from mathvidya.evaluation.service import claiming, opening
from mathvidya.plans.models import PlanName, QuotaEntry, QuotaPeriod, SubscriptionPlan
from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, NotFound
from mathvidya.platform.ids import new_id
from mathvidya.platform.work import handlers_of
from mathvidya.system.models import Holiday, HolidayType, WorkingCalendarRow
from tests.desks import (
    MONDAY,
    audited,
    begun,
    claimed,
    clock_of,
    flagged,
    ist,
    make_handed_in,
    make_sheet,
    page_came,
    told,
    waiting,
)
from tests.factories import actor_of, link_parent, make_admin, make_parent, make_student, make_teacher
from workflows import timers
from workflows.models import Timer
from workflows.timers import Outcome

S = EvaluationState
TUESDAY_TEN = ist("6 Jan 10:00")
US = timedelta(microseconds=1)


def ring(session: Session, now: datetime) -> list[Outcome]:
    """What beat does: every timer that is due is fired."""
    session.flush()
    fired = timers.fire_due(db.transaction, handlers_of((handlers.TIMERS,)), now=now, batch=50)
    session.expire_all()
    return list(fired.outcomes)


def declare_holiday(session: Session, day: date) -> None:
    """As an admin's holiday leaves the tables, and what the outbox then tells."""
    calendar = session.scalars(select(WorkingCalendarRow).where(WorkingCalendarRow.code == "national")).one()
    session.add(
        Holiday(
            calendar_id=calendar.id,
            date=day,
            name="declared",
            type=HolidayType.NATIONAL,
            source="reference",
        )
    )
    calendar.version += 1
    session.flush()


def hear_of_it(session: Session, now: datetime) -> None:
    handlers.recompute_when_calendar_changed(session, {"calendar_code": "national", "version": 2}, now)


def take_from_quota(session: Session, evaluation: Evaluation) -> None:
    exam = evaluation.exam_id
    subscription_id = session.scalars(
        select(ExamInstance.subscription_id).where(ExamInstance.id == exam)
    ).one()
    period = {"subscription_id": subscription_id, "period_start": date(2026, 1, 1)}
    session.add(QuotaPeriod(**period, period_end=date(2026, 2, 1), allowed=50, used=1))
    session.flush()
    session.add(
        QuotaEntry(
            **period,
            exam_id=exam,
            delta=1,
            reason="started",
            idempotency_key=str(new_id()),
            recorded_at=MONDAY,
        )
    )
    session.flush()


def test_the_thresholds_are_told_once_each_on_the_way(session: Session) -> None:
    waiting(session)
    for at in ("5 Jan 14:29", "5 Jan 14:30", "5 Jan 17:00", "5 Jan 17:12", "5 Jan 17:12"):
        ring(session, ist(at))
    assert [message["warning"] for message in told(session, "sla.warned")] == [
        "half_used",
        "two_hours_left",
        "four_fifths_used",
    ]


def test_nobody_is_warned_while_the_clock_stands(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    taken = begun(session, teacher)
    flagged(session, teacher, taken, make_sheet(session, evaluation.exam_id), at=ist("5 Jan 12:00"))
    ring(session, ist("6 Jan 12:00"))
    assert told(session, "sla.warned") + told(session, "sla.breached") == []


def test_a_promise_is_kept_at_its_due_time_and_broken_an_instant_later(session: Session) -> None:
    evaluation = waiting(session)
    ring(session, TUESDAY_TEN)
    assert told(session, "sla.breached") == []
    ring(session, TUESDAY_TEN + US)
    assert clock_of(session, evaluation).breached_at == TUESDAY_TEN + US
    assert [message["evaluation_id"] for message in told(session, "sla.breached")] == [str(evaluation.id)]


def test_a_breach_is_noted_told_and_given_back_once_though_beat_fires_twice(session: Session) -> None:
    evaluation = waiting(session)
    take_from_quota(session, evaluation)
    for minutes in (1, 1, 2):
        ring(session, TUESDAY_TEN + timedelta(minutes=minutes))
    timer = Timer(subject_id=evaluation.id, kind="evaluation.overdue")
    handlers.note_overdue(session, timer, TUESDAY_TEN + timedelta(hours=1))
    assert audited(session, evaluation).count("sla.breached") == 1
    assert len(told(session, "sla.breached")) == 1
    assert session.scalars(select(QuotaEntry.delta).order_by(QuotaEntry.id)).all() == [1, -1]
    assert session.scalars(select(QuotaPeriod.used)).one() == 0


def test_late_work_that_nobody_began_goes_back_to_the_queue(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    claimed(session, teacher)
    ring(session, TUESDAY_TEN + US)
    assert (evaluation.state, evaluation.teacher_id) == (S.QUEUED, None)
    assert claimed(session, make_teacher(session), at=TUESDAY_TEN).evaluation.id == evaluation.id


def test_late_work_in_the_middle_stays_with_its_teacher(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    begun(session, teacher)
    ring(session, TUESDAY_TEN + US)
    assert (evaluation.state, evaluation.teacher_id) == (S.IN_PROGRESS, teacher.id)


def test_work_withdrawn_in_time_is_never_late(session: Session) -> None:
    evaluation = waiting(session)
    opening.withdraw_evaluations(session, exam_id=evaluation.exam_id, now=MONDAY)
    ring(session, ist("9 Jan 10:00"))
    assert told(session, "sla.breached") == []


def test_a_declared_holiday_extends_the_promises_that_it_touches(session: Session) -> None:
    touched, before = waiting(session), waiting(session, at=ist("3 Jan 10:00"))
    declare_holiday(session, date(2026, 1, 6))
    hear_of_it(session, ist("5 Jan 11:00"))
    assert (touched.due_at, before.due_at) == (ist("7 Jan 10:00"), ist("5 Jan 10:00"))
    assert audited(session, touched)[-1] == "sla.recomputed"
    assert "sla.recomputed" not in audited(session, before)


def test_a_holiday_that_beat_did_not_hear_of_yet_still_keeps_a_promise_from_being_broken(
    session: Session,
) -> None:
    evaluation = waiting(session)
    declare_holiday(session, date(2026, 1, 6))
    ring(session, TUESDAY_TEN + US)
    assert (told(session, "sla.breached"), evaluation.due_at) == ([], ist("7 Jan 10:00"))
    ring(session, ist("7 Jan 10:00") + US)
    assert len(told(session, "sla.breached")) == 1


def test_a_withdrawn_holiday_leaves_promises_where_they_are(session: Session) -> None:
    evaluation = waiting(session, at=ist("24 Jan 17:00"))
    promised = evaluation.due_at
    republic_day = session.scalars(select(Holiday).where(Holiday.date == date(2026, 1, 26))).first()
    session.delete(republic_day)
    calendar = session.scalars(select(WorkingCalendarRow)).one()
    calendar.version += 1
    session.flush()
    hear_of_it(session, ist("24 Jan 17:30"))
    assert evaluation.due_at == promised == ist("27 Jan 17:00")


def test_a_script_on_hold_is_brought_under_the_new_calendar_without_a_due_time(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session)
    taken = begun(session, teacher)
    flag = flagged(session, teacher, taken, make_sheet(session, evaluation.exam_id), at=ist("5 Jan 12:00"))
    declare_holiday(session, date(2026, 1, 6))
    hear_of_it(session, ist("5 Jan 13:00"))
    assert evaluation.due_at is None
    page_came(session, flag, at=ist("5 Jan 17:00"))
    assert evaluation.due_at == ist("7 Jan 15:00")


def test_the_board_counts_and_lists_open_promises_by_due_time(session: Session) -> None:
    waiting(session, at=ist("2 Jan 10:00"))
    soon, later = waiting(session, at=ist("3 Jan 11:00")), waiting(session, at=ist("5 Jan 09:30"))
    held, teacher = waiting(session, at=ist("5 Jan 09:45")), make_teacher(session)
    ring(session, ist("5 Jan 09:50"))
    taken = claiming.claim(session, actor=actor_of(teacher), evaluation_id=held.id, now=MONDAY)
    claiming.begin(
        session,
        actor=actor_of(teacher),
        evaluation_id=held.id,
        lease_token=taken.lease_token,
        now=MONDAY,
    )
    flagged(session, teacher, taken, make_sheet(session, held.exam_id))
    admin = actor_of(make_admin(session))
    seen = board(session, admin, BoardFilter(), now=MONDAY, limit=2, after=None)
    counts = seen.counts
    assert (counts.open, counts.waiting, counts.on_hold, counts.breached) == (4, 3, 1, 1)
    assert (counts.due_today, counts.at_risk, counts.being_marked) == (1, 1, 0)
    following = board(session, admin, BoardFilter(), now=MONDAY, limit=2, after=seen.page.next_after)
    rows = [*seen.page.items, *following.page.items]
    assert [row.evaluation_id for row in rows][1:] == [soon.id, later.id, held.id]
    assert following.page.next_after is None


def test_finished_promises_leave_the_board(session: Session) -> None:
    evaluation = waiting(session)
    opening.withdraw_evaluations(session, exam_id=evaluation.exam_id, now=MONDAY)
    seen = board(session, actor_of(make_admin(session)), BoardFilter(), now=MONDAY, limit=10, after=None)
    assert (seen.counts.open, list(seen.page.items)) == (0, [])


def test_the_board_is_for_admins(session: Session) -> None:
    with pytest.raises(Forbidden):
        board(session, actor_of(make_teacher(session)), BoardFilter(), now=MONDAY, limit=10, after=None)


def test_a_clock_is_explained_to_its_student_the_linked_parent_and_admins(session: Session) -> None:
    student, parent = make_student(session), make_parent(session)
    link_parent(session, parent, student)
    evaluation = waiting(session, student=student)
    for person in (student, parent, make_admin(session)):
        found = explain_clock(session, actor_of(person), evaluation.exam_id, now=MONDAY)
        assert found.account.due_at == TUESDAY_TEN
    for person in (make_student(session), make_parent(session), make_teacher(session)):
        with pytest.raises(NotFound):
            explain_clock(session, actor_of(person), evaluation.exam_id, now=MONDAY)


def test_an_exam_that_is_owed_nobodys_work_has_no_clock_to_explain(session: Session) -> None:
    exam = make_handed_in(session)
    with pytest.raises(NotFound, match="no marking is owed"):
        explain_clock(session, actor_of(make_admin(session)), exam.id, now=MONDAY)


def narrowed_to(session: Session, at: str = "5 Jan 12:00", **sides: Any) -> list[UUID]:
    session.flush()
    admin = actor_of(make_admin(session))
    seen = board(session, admin, BoardFilter(**sides), now=ist(at), limit=10, after=None)
    return [row.evaluation_id for row in seen.page.items]


def test_the_board_is_narrowed_by_plan_teacher_and_band(session: Session) -> None:
    first, teacher = waiting(session), make_teacher(session)
    claimed(session, teacher)
    second = waiting(session)
    assert narrowed_to(session, teacher_id=teacher.id) == [first.id]
    assert narrowed_to(session, plan=PlanName.BASIC) == []
    plan = session.scalars(select(SubscriptionPlan.name).limit(1)).one()
    assert set(narrowed_to(session, plan=plan)) == {first.id, second.id}
    assert narrowed_to(session, band=BoardBand.DUE_TODAY) == []
    assert len(narrowed_to(session, "6 Jan 09:30", band=BoardBand.AT_RISK)) == 2
    assert len(narrowed_to(session, "6 Jan 09:30", band=BoardBand.DUE_TODAY)) == 2
    assert narrowed_to(session, band=BoardBand.BREACHED) == []


def test_a_row_names_the_teacher_the_plan_and_what_is_left(session: Session) -> None:
    evaluation, teacher = waiting(session), make_teacher(session, full_name="A Teacher")
    flagged(session, teacher, begun(session, teacher), make_sheet(session, evaluation.exam_id), at=MONDAY)
    admin = actor_of(make_admin(session))
    wanted = BoardFilter(band=BoardBand.ON_HOLD)
    (row,) = board(session, admin, wanted, now=ist("5 Jan 15:00"), limit=10, after=None).page.items
    assert (row.teacher_name, row.band, row.minutes_left) == ("A Teacher", Band.ON_HOLD, 540)
