from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.evaluation import handlers
from mathvidya.evaluation.models import Evaluation
from mathvidya.evaluation.queries.promises import impact_of
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Forbidden, Invalid, NotFound
from mathvidya.system import service
from mathvidya.system.errors import DateInThePast, DayDeclaredTwice
from mathvidya.system.models import Holiday, HolidayType, WorkingCalendarRow
from mathvidya.system.service import HolidayChange, HolidayDraft, HolidayStep
from tests.desks import MONDAY, begun, flagged, ist, make_sheet, waiting
from tests.factories import actor_of, make_admin, make_teacher
from workflows.base import new_id

TUESDAY = date(2026, 1, 6)


@pytest.fixture
def admin(session: Session) -> Actor:
    waiting(session)
    return actor_of(make_admin(session))


def draft(day: date = TUESDAY, **values: bool) -> HolidayDraft:
    return HolidayDraft(date=day, name="Bandh", type=HolidayType.REGIONAL, **values)


def estimate(session: Session) -> Holiday:
    calendar = session.scalars(select(WorkingCalendarRow).where(WorkingCalendarRow.code == "national")).one()
    holiday = Holiday(
        id=new_id(),
        calendar_id=calendar.id,
        date=TUESDAY,
        name="Eid",
        type=HolidayType.NATIONAL,
        is_estimate=True,
        source="admin",
    )
    session.add(holiday)
    session.flush()
    return holiday


def test_what_is_foreseen_is_what_happens(session: Session, admin: Actor) -> None:
    seen = impact_of(session, service.calendar_if_added(session, actor=admin, draft=draft(), now=MONDAY))
    assert (seen.open, seen.moved, seen.longest_minutes) == (1, 1, 24 * 60)
    service.add_holiday(session, actor=admin, draft=draft(), now=MONDAY)
    handlers.recompute_when_calendar_changed(
        session, {"calendar_code": "national", "version": 2}, MONDAY + timedelta(minutes=1)
    )
    due = session.scalars(select(Evaluation.due_at)).one()
    assert [(move.due_before, move.due_after) for move in seen.first] == [(ist("6 Jan 10:00"), due)]


def test_looking_ahead_changes_nothing(session: Session, admin: Actor) -> None:
    before = session.scalars(select(Evaluation.due_at)).one()
    service.calendar_if_added(session, actor=admin, draft=draft(), now=MONDAY)
    assert not session.new
    assert not session.dirty
    assert session.scalars(select(Evaluation.due_at)).one() == before
    assert TUESDAY not in session.scalars(select(Holiday.date)).all()


def test_an_estimate_moves_nothing_until_it_is_confirmed(session: Session, admin: Actor) -> None:
    added = service.calendar_if_added(session, actor=admin, draft=draft(is_estimate=True), now=MONDAY)
    assert impact_of(session, added).moved == 0
    holiday = estimate(session)

    def after(step: HolidayStep, made: HolidayDraft | None = None) -> int:
        change = HolidayChange(step, made)
        calendar = service.calendar_if_changed(
            session, actor=admin, holiday_id=holiday.id, change=change, now=MONDAY
        )
        return impact_of(session, calendar).moved

    assert after(HolidayStep.CONFIRM) == 1
    assert after(HolidayStep.REMOVE) == 0
    assert after(HolidayStep.EDIT, draft(date(2026, 3, 3))) == 0
    assert after(HolidayStep.EDIT, draft()) == 1
    with pytest.raises(Invalid):
        after(HolidayStep.EDIT)


def test_a_clock_that_stands_keeps_its_promise(session: Session, admin: Actor) -> None:
    teacher = make_teacher(session)
    exam_id = session.scalars(select(Evaluation.exam_id)).one()
    flagged(session, teacher, begun(session, teacher), make_sheet(session, exam_id), at=MONDAY)
    seen = impact_of(session, service.calendar_if_added(session, actor=admin, draft=draft(), now=MONDAY))
    assert (seen.open, seen.moved, seen.longest_minutes, list(seen.first)) == (1, 0, 0, [])


def test_what_would_be_refused_is_refused_beforehand(session: Session, admin: Actor) -> None:
    with pytest.raises(DateInThePast):
        service.calendar_if_added(session, actor=admin, draft=draft(date(2025, 12, 31)), now=MONDAY)
    estimate(session)
    with pytest.raises(DayDeclaredTwice):
        service.calendar_if_added(session, actor=admin, draft=draft(is_working_day=True), now=MONDAY)
    with pytest.raises(NotFound):
        service.calendar_if_added(session, actor=admin, draft=draft(), now=MONDAY, code="nowhere")
    with pytest.raises(Forbidden):
        service.calendar_if_added(session, actor=actor_of(make_teacher(session)), draft=draft(), now=MONDAY)
