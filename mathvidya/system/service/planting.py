"""Planting the reference data: idempotent by natural keys, and never over what an admin has changed."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from mathvidya.platform.actors import SYSTEM
from mathvidya.system import reference
from mathvidya.system.models import Holiday, HolidayType, SystemConfig, WorkingCalendarRow
from mathvidya.system.rules.calendars import REFERENCE
from mathvidya.system.rules.configuration import SETTINGS
from mathvidya.system.service.calendars import calendar_changed, lock_calendar
from workflows.base import new_id


def plant_reference(session: Session, *, now: datetime) -> None:
    """See that every setting, the national calendar and its holidays are there."""
    _plant_settings(session, now)
    _plant_national_calendar(session, now)
    _plant_holidays(session, now)


def _plant_settings(session: Session, now: datetime) -> None:
    rows = [
        {"key": key, "value": value, "description": SETTINGS[key].description, "updated_at": now}
        for key, value in reference.default_settings().items()
    ]
    session.execute(insert(SystemConfig).values(rows).on_conflict_do_nothing())


def _plant_national_calendar(session: Session, now: datetime) -> None:
    row = {
        "id": new_id(),
        "code": reference.NATIONAL,
        "name": "India",
        "timezone": reference.national_timezone(),
        "weekly_hours": reference.national_weekly_hours(),
        "updated_at": now,
    }
    session.execute(insert(WorkingCalendarRow).values(row).on_conflict_do_nothing())


def _plant_holidays(session: Session, now: datetime) -> None:
    """Only what lies after the last planted date: a holiday that an admin has removed must not come back."""
    calendar = lock_calendar(session, reference.NATIONAL)
    planted_until = session.scalar(
        select(func.max(Holiday.date)).where(Holiday.calendar_id == calendar.id, Holiday.source == REFERENCE)
    )
    rows = [
        {
            "id": new_id(),
            "calendar_id": calendar.id,
            "date": holiday.date,
            "name": holiday.name,
            "type": HolidayType.NATIONAL,
            "is_estimate": holiday.is_estimate,
            "note": holiday.note,
            "source": REFERENCE,
            "created_at": now,
        }
        for holiday in reference.national_holidays()
        if planted_until is None or holiday.date > planted_until
    ]
    if not rows:
        return
    session.execute(insert(Holiday).values(rows).on_conflict_do_nothing())
    calendar_changed(session, SYSTEM, calendar, "holiday.planted", {"dates": len(rows)}, now=now)
