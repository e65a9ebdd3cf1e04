"""Declaring days on which a calendar does not work, or, as a worked Sunday, does."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound, WrongState
from mathvidya.platform.versions import check_version
from mathvidya.system import policy
from mathvidya.system.errors import DayDeclaredTwice
from mathvidya.system.models import Holiday, HolidayType, WorkingCalendarRow
from mathvidya.system.reference import NATIONAL
from mathvidya.system.rules.calendars import change_of, check_not_past
from mathvidya.system.service.calendars import calendar_changed, lock_calendar
from workflows.base import new_id

_EDIT = "change holidays"
_BY_HAND = "admin"


@dataclass(frozen=True)
class HolidayDraft:
    """What an admin says of a holiday. An estimate waits for its confirmation before it counts."""

    date: date
    name: str
    type: HolidayType
    is_working_day: bool = False
    is_estimate: bool = False
    note: str = ""


def add_holiday(
    session: Session, *, actor: Actor, draft: HolidayDraft, now: datetime, code: str = NATIONAL
) -> Holiday:
    """Declare a day. A date that is certain counts at once, an estimate when it is confirmed.

    Raises Forbidden, NotFound, DateInThePast, DayDeclaredTwice, DuplicateHoliday, NoWorkingTime.
    """
    policy.must_be_admin(actor, _EDIT)
    calendar = lock_calendar(session, code)
    check_not_past(draft.date, calendar.timezone, now)
    holiday = Holiday(id=new_id(), calendar_id=calendar.id, created_at=now, version=1)
    check_one_meaning(session, calendar, holiday.id, draft)
    _take(holiday, draft, actor, now)
    session.add(holiday)
    calendar_changed(session, actor, calendar, "holiday.added", _seen(holiday), now=now)
    return holiday


def edit_holiday(
    session: Session, *, actor: Actor, holiday_id: UUID, draft: HolidayDraft, version: int, now: datetime
) -> Holiday:
    """Correct a day that has not come yet; neither its old date nor its new one may have passed.

    Raises Forbidden, NotFound, DateInThePast, DayDeclaredTwice, DuplicateHoliday, StaleVersion.
    """
    policy.must_be_admin(actor, _EDIT)
    calendar, holiday = _lock(session, holiday_id)
    check_version(holiday.version, version)
    for day in (holiday.date, draft.date):
        check_not_past(day, calendar.timezone, now)
    check_one_meaning(session, calendar, holiday.id, draft)
    before = _seen(holiday)
    _take(holiday, draft, actor, now)
    holiday.version += 1
    changes = {"id": str(holiday.id), **change_of(before, _seen(holiday))}
    calendar_changed(session, actor, calendar, "holiday.updated", changes, now=now)
    return holiday


def confirm_holiday(session: Session, *, actor: Actor, holiday_id: UUID, now: datetime) -> Holiday:
    """Say that the date is certain: from now on it counts.

    Raises Forbidden, NotFound, WrongState, DateInThePast.
    """
    policy.must_be_admin(actor, _EDIT)
    calendar, holiday = _lock(session, holiday_id)
    if not holiday.is_estimate and holiday.confirmed_at is not None:
        raise WrongState(f"{holiday.name} on {holiday.date} is confirmed already")
    check_not_past(holiday.date, calendar.timezone, now)
    holiday.is_estimate, holiday.confirmed_at, holiday.confirmed_by = False, now, actor.id
    holiday.version += 1
    calendar_changed(session, actor, calendar, "holiday.confirmed", _seen(holiday), now=now)
    return holiday


def remove_holiday(session: Session, *, actor: Actor, holiday_id: UUID, now: datetime) -> None:
    """Take a day that has not come yet out of the calendar. Raises Forbidden, NotFound, DateInThePast."""
    policy.must_be_admin(actor, _EDIT)
    calendar, holiday = _lock(session, holiday_id)
    check_not_past(holiday.date, calendar.timezone, now)
    session.delete(holiday)
    calendar_changed(session, actor, calendar, "holiday.removed", _seen(holiday), now=now)


def _lock(session: Session, holiday_id: UUID) -> tuple[WorkingCalendarRow, Holiday]:
    """The calendar first, whose lock orders all changes, then the holiday as it stands under it."""
    code = session.scalar(
        select(WorkingCalendarRow.code)
        .join(Holiday, Holiday.calendar_id == WorkingCalendarRow.id)
        .where(Holiday.id == holiday_id)
    )
    if code is None:
        raise NotFound("there is no such holiday")
    calendar = lock_calendar(session, code)
    holiday = session.get(Holiday, holiday_id, populate_existing=True)
    if holiday is None:
        raise NotFound("there is no such holiday")
    return calendar, holiday


def check_one_meaning(
    session: Session, calendar: WorkingCalendarRow, holiday_id: UUID | None, draft: HolidayDraft
) -> None:
    """A date is off, perhaps for two reasons, or worked; not both. Raises DayDeclaredTwice.

    ``holiday_id`` is the one that the draft is to replace, if any.
    """
    contrary = session.scalar(
        select(Holiday.name).where(
            Holiday.calendar_id == calendar.id,
            Holiday.date == draft.date,
            Holiday.is_working_day.is_not(draft.is_working_day),
            Holiday.id.is_distinct_from(holiday_id),
        )
    )
    if contrary is not None:
        raise DayDeclaredTwice(f"{contrary} says the opposite of {draft.date}: remove it first")


def _take(holiday: Holiday, draft: HolidayDraft, actor: Actor, now: datetime) -> None:
    for field, value in asdict(draft).items():
        setattr(holiday, field, value)
    holiday.source = _BY_HAND
    confirmed = not draft.is_estimate
    holiday.confirmed_at = now if confirmed else None
    holiday.confirmed_by = actor.id if confirmed else None


def _seen(holiday: Holiday) -> dict[str, Any]:
    """The holiday as the audit keeps it."""
    return {
        "date": str(holiday.date),
        "name": holiday.name,
        "type": holiday.type.value,
        "is_working_day": holiday.is_working_day,
        "is_estimate": holiday.is_estimate,
        "confirmed": holiday.confirmed_at is not None,
    }
