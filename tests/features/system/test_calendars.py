from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, StaleVersion, WrongState
from mathvidya.system import queries, service
from mathvidya.system.errors import DateInThePast, DayDeclaredTwice, NoWorkingTime
from mathvidya.system.models import AuditLog, Holiday, HolidayType, WorkingCalendarRow
from mathvidya.system.rules.calendars import horizon, usual_shifts, week_of
from mathvidya.system.service import HolidayDraft
from mathvidya.system.service.calendars import CalendarEdit
from tests.factories import MONDAY_TEN, actor_of, make_admin, make_teacher
from workflows.calendar import Shift, Weekday
from workflows.models import OutboxMessage

TUESDAY, SUNDAY = date(2026, 1, 6), date(2026, 1, 11)
DAY = timedelta(hours=9)
WEEK = {name: [["09:00", "18:00"]] for name in ("monday", "tuesday", "wednesday", "thursday", "friday")}


@pytest.fixture
def admin(session: Session) -> Actor:
    service.plant_reference(session, now=MONDAY_TEN)
    return actor_of(make_admin(session))


def add(session: Session, actor: Actor, day: date = TUESDAY, name: str = "Bandh", **values: Any) -> Holiday:
    draft = HolidayDraft(date=day, name=name, type=HolidayType.REGIONAL, **values)
    return service.add_holiday(session, actor=actor, draft=draft, now=MONDAY_TEN)


def edit_week(session: Session, actor: Actor, week: dict[str, Any], version: int | None = None) -> None:
    standing = queries.calendar_named(session, "national").version
    service.edit_calendar(
        session,
        actor=actor,
        code="national",
        edit=CalendarEdit("India", week),
        version=version or standing,
        now=MONDAY_TEN,
    )


def override(session: Session, actor: Actor, day: date, hours: list[list[str]]) -> None:
    service.set_override(
        session, actor=actor, code="national", day=day, hours=hours, reason="", now=MONDAY_TEN
    )


def working_time(session: Session, day: date) -> timedelta:
    calendar = queries.working_calendar(session).calendar
    start = datetime(day.year, day.month, day.day, tzinfo=calendar.rules.zone)
    return calendar.between(start, start + timedelta(days=1))


def test_the_reference_calendar_works_nine_hours_six_days_a_week(session: Session, admin: Actor) -> None:
    assert working_time(session, TUESDAY) == DAY
    assert working_time(session, SUNDAY) == timedelta()
    assert working_time(session, date(2026, 1, 26)) == timedelta()


def test_planting_again_adds_nothing_and_tells_nothing(session: Session, admin: Actor) -> None:
    before = queries.working_calendar(session).version
    service.plant_reference(session, now=MONDAY_TEN)
    assert len(session.scalars(select(Holiday)).all()) == 39
    assert queries.working_calendar(session).version == before


def test_a_removed_reference_holiday_does_not_come_back(session: Session, admin: Actor) -> None:
    republic_day = session.scalars(select(Holiday).where(Holiday.date == date(2026, 1, 26))).one()
    service.remove_holiday(session, actor=admin, holiday_id=republic_day.id, now=MONDAY_TEN)
    service.plant_reference(session, now=MONDAY_TEN)
    assert working_time(session, date(2026, 1, 26)) == DAY


def test_a_holiday_counts_at_once_raises_the_version_and_is_told_and_audited(
    session: Session, admin: Actor
) -> None:
    before = queries.working_calendar(session).version
    add(session, admin)
    assert working_time(session, TUESDAY) == timedelta()
    told = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()[-1]
    assert told.topic == "calendar.changed"
    assert told.payload == {"calendar_code": "national", "version": before + 1}
    line = session.scalars(select(AuditLog).where(AuditLog.action == "holiday.added")).one()
    assert line.changes["date"] == "2026-01-06"


def test_an_estimate_counts_once_it_is_confirmed_and_is_confirmed_once(
    session: Session, admin: Actor
) -> None:
    eid = add(session, admin, is_estimate=True)
    assert working_time(session, TUESDAY) == DAY
    service.confirm_holiday(session, actor=admin, holiday_id=eid.id, now=MONDAY_TEN)
    assert working_time(session, TUESDAY) == timedelta()
    with pytest.raises(WrongState):
        service.confirm_holiday(session, actor=admin, holiday_id=eid.id, now=MONDAY_TEN)


def test_what_an_importer_proposes_does_not_count_before_a_person_confirms(
    session: Session, admin: Actor
) -> None:
    calendar = queries.calendar_named(session, "national")
    proposal = Holiday(
        calendar_id=calendar.id,
        date=TUESDAY,
        name="Pongal",
        type=HolidayType.REGIONAL,
        is_working_day=False,
        is_estimate=False,
        source="an importer",
    )
    session.add(proposal)
    session.flush()
    assert working_time(session, TUESDAY) == DAY
    service.confirm_holiday(session, actor=admin, holiday_id=proposal.id, now=MONDAY_TEN)
    assert working_time(session, TUESDAY) == timedelta()


def test_a_worked_sunday_has_the_usual_hours(session: Session, admin: Actor) -> None:
    add(session, admin, SUNDAY, is_working_day=True)
    assert working_time(session, SUNDAY) == DAY


def test_a_date_cannot_be_off_and_worked_but_can_be_off_twice(session: Session, admin: Actor) -> None:
    add(session, admin)
    add(session, admin, name="Another reason")
    with pytest.raises(DayDeclaredTwice):
        add(session, admin, name="All hands", is_working_day=True)


def test_hours_of_one_date_win_over_the_week_and_can_close_it(session: Session, admin: Actor) -> None:
    override(session, admin, TUESDAY, [["09:00", "13:00"]])
    assert working_time(session, TUESDAY) == timedelta(hours=4)
    override(session, admin, TUESDAY, [])
    assert working_time(session, TUESDAY) == timedelta()
    service.remove_override(session, actor=admin, code="national", day=TUESDAY, now=MONDAY_TEN)
    assert working_time(session, TUESDAY) == DAY


def test_an_override_that_is_not_there_cannot_be_removed(session: Session, admin: Actor) -> None:
    with pytest.raises(NotFound):
        service.remove_override(session, actor=admin, code="national", day=TUESDAY, now=MONDAY_TEN)


def test_the_past_of_a_calendar_stands(session: Session, admin: Actor) -> None:
    yesterday = date(2026, 1, 4)
    past = session.scalars(select(Holiday).where(Holiday.date == date(2025, 12, 25))).one()
    coming = add(session, admin)
    into_the_past = HolidayDraft(date=yesterday, name="Bandh", type=HolidayType.REGIONAL)
    with pytest.raises(DateInThePast):
        add(session, admin, yesterday)
    with pytest.raises(DateInThePast):
        service.remove_holiday(session, actor=admin, holiday_id=past.id, now=MONDAY_TEN)
    with pytest.raises(DateInThePast):
        service.confirm_holiday(session, actor=admin, holiday_id=past.id, now=MONDAY_TEN)
    with pytest.raises(DateInThePast):
        override(session, admin, yesterday, [])
    with pytest.raises(DateInThePast):
        service.edit_holiday(
            session, actor=admin, holiday_id=coming.id, draft=into_the_past, version=1, now=MONDAY_TEN
        )


def test_today_is_known_by_the_zone_of_the_calendar(session: Session, admin: Actor) -> None:
    sunday_evening_in_london = datetime(2026, 1, 4, 20, 0, tzinfo=UTC)
    draft = HolidayDraft(date=date(2026, 1, 4), name="Bandh", type=HolidayType.REGIONAL)
    with pytest.raises(DateInThePast):
        service.add_holiday(session, actor=admin, draft=draft, now=sunday_evening_in_london)


def test_a_holiday_moves_with_its_edit_unless_it_was_made_from_an_older_version(
    session: Session, admin: Actor
) -> None:
    holiday = add(session, admin)
    draft = HolidayDraft(date=TUESDAY + timedelta(days=1), name="Bandh", type=HolidayType.REGIONAL)
    service.edit_holiday(session, actor=admin, holiday_id=holiday.id, draft=draft, version=1, now=MONDAY_TEN)
    assert working_time(session, TUESDAY) == DAY
    assert working_time(session, TUESDAY + timedelta(days=1)) == timedelta()
    with pytest.raises(StaleVersion):
        service.edit_holiday(
            session, actor=admin, holiday_id=holiday.id, draft=draft, version=1, now=MONDAY_TEN
        )


def test_another_week_counts_at_once(session: Session, admin: Actor) -> None:
    edit_week(session, admin, {**WEEK, "saturday": [["10:00", "13:00"], ["14:00", "15:00"]]})
    assert working_time(session, date(2026, 1, 10)) == timedelta(hours=4)


@pytest.mark.parametrize("week", [{}, {"monday": []}])
def test_a_week_without_working_time_is_refused(session: Session, admin: Actor, week: dict[str, Any]) -> None:
    with pytest.raises(NoWorkingTime) as refusal:
        edit_week(session, admin, week)
    assert "weekly_hours" in refusal.value.extra["errors"]


@pytest.mark.parametrize(
    ("week", "field"),
    [
        ({"funday": [["09:00", "18:00"]]}, "weekly_hours.funday"),
        ({"monday": [["nine", "18:00"]]}, "weekly_hours.monday"),
    ],
)
def test_a_week_that_cannot_be_read_is_refused_by_its_day(
    session: Session, admin: Actor, week: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        edit_week(session, admin, week)
    assert set(refusal.value.extra["errors"]) == {field}


def test_an_edit_of_an_older_calendar_is_refused(session: Session, admin: Actor) -> None:
    version = queries.calendar_named(session, "national").version
    add(session, admin)
    with pytest.raises(StaleVersion):
        edit_week(session, admin, WEEK, version=version)


def test_only_admins_change_working_time(session: Session, admin: Actor) -> None:
    teacher = actor_of(make_teacher(session))
    with pytest.raises(Forbidden):
        add(session, teacher)
    with pytest.raises(Forbidden):
        edit_week(session, teacher, WEEK)
    with pytest.raises(Forbidden):
        override(session, teacher, TUESDAY, [])


def test_a_calendar_is_compiled_once_a_version(session: Session, admin: Actor) -> None:
    first = queries.working_calendar(session).calendar
    assert queries.working_calendar(session).calendar is first
    add(session, admin)
    assert queries.working_calendar(session).calendar is not first


def test_a_calendar_covers_two_years_back_and_five_beyond_the_known_holidays(
    session: Session, admin: Actor
) -> None:
    calendar = queries.working_calendar(session).calendar
    assert calendar.covers(datetime(2024, 1, 1, tzinfo=UTC))
    assert calendar.covers(datetime(2032, 12, 31, tzinfo=UTC))


def test_an_unknown_calendar_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.working_calendar(session, "in-atlantis")


def test_the_horizon_is_the_last_holiday_that_counts(session: Session, admin: Actor) -> None:
    add(session, admin, date(2029, 1, 1), is_estimate=True)
    add(session, admin, date(2028, 1, 2), is_working_day=True)
    reach = queries.holiday_horizon(session, now=datetime(2027, 8, 27, 12, tzinfo=UTC))
    assert (reach.last, reach.days_ahead, reach.is_short) == (date(2027, 12, 25), 120, False)
    assert queries.holiday_horizon(session, now=datetime(2027, 8, 28, 12, tzinfo=UTC)).is_short


def test_a_calendar_without_holidays_has_a_short_horizon(session: Session) -> None:
    session.add(WorkingCalendarRow(code="national", name="India", timezone="Asia/Kolkata", weekly_hours=WEEK))
    session.flush()
    reach = queries.holiday_horizon(session, now=MONDAY_TEN)
    assert (reach.last, reach.days_ahead, reach.is_short) == (None, 0, True)


@given(days=st.integers(-1000, 1000))
def test_the_alarm_rings_below_120_days(days: int) -> None:
    reach = horizon(TUESDAY + timedelta(days=days), TUESDAY)
    assert reach.days_ahead == max(0, days)
    assert reach.is_short == (days < 120)


def test_the_usual_hours_are_the_commonest_and_not_those_of_a_half_day() -> None:
    week = week_of(
        {"monday": [["10:00", "12:00"]], "tuesday": [["09:00", "18:00"]], "friday": [["08:00", "17:00"]]}
    )
    assert usual_shifts(week) == (Shift.of("09:00", "18:00"),)
    assert week[Weekday.MONDAY] == (Shift.of("10:00", "12:00"),)
