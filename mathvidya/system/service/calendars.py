"""Changing working time: weekly hours, and the hours of single dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.platform import events
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.platform.versions import check_version
from mathvidya.system import policy
from mathvidya.system.events import CalendarChanged
from mathvidya.system.models import DateOverride, WorkingCalendarRow
from mathvidya.system.queries.calendars import rules_in_force
from mathvidya.system.rules.calendars import change_of, check_not_past, compiled, shifts_of, week_of
from mathvidya.system.service.acts import record_act
from workflows.base import JsonObject

_EDIT = "change working time"


@dataclass(frozen=True)
class CalendarEdit:
    """What an edit gives a calendar."""

    name: str
    weekly_hours: dict[str, list[list[str]]]


def edit_calendar(
    session: Session, *, actor: Actor, code: str, edit: CalendarEdit, version: int, now: datetime
) -> WorkingCalendarRow:
    """Give a calendar another name or week.

    Raises Forbidden, NotFound, Invalid, NoWorkingTime, StaleVersion.
    """
    policy.must_be_admin(actor, _EDIT)
    week_of(edit.weekly_hours)
    calendar = lock_calendar(session, code)
    check_version(calendar.version, version)
    before = {"name": calendar.name, "weekly_hours": calendar.weekly_hours}
    calendar.name, calendar.weekly_hours = edit.name, edit.weekly_hours
    changes = change_of(before, {"name": edit.name, "weekly_hours": edit.weekly_hours})
    calendar_changed(session, actor, calendar, "calendar.updated", changes, now=now)
    return calendar


def set_override(
    session: Session,
    *,
    actor: Actor,
    code: str,
    day: date,
    hours: Sequence[Sequence[str]],
    reason: str,
    now: datetime,
) -> DateOverride:
    """Give one date hours of its own; none at all close it.

    Raises Forbidden, NotFound, Invalid, DateInThePast.
    """
    policy.must_be_admin(actor, _EDIT)
    shifts_of(hours, "hours")
    calendar = lock_calendar(session, code)
    check_not_past(day, calendar.timezone, now)
    override = _override(session, calendar, day)
    changes = {"date": str(day), "was": override.hours if override else None, "is": hours}
    if override is None:
        override = DateOverride(calendar_id=calendar.id, date=day)
        session.add(override)
    override.hours, override.reason = [list(shift) for shift in hours], reason
    calendar_changed(session, actor, calendar, "calendar.override_set", changes, now=now)
    return override


def remove_override(session: Session, *, actor: Actor, code: str, day: date, now: datetime) -> None:
    """Give one date its usual hours back. Raises Forbidden, NotFound, DateInThePast."""
    policy.must_be_admin(actor, _EDIT)
    calendar = lock_calendar(session, code)
    override = _override(session, calendar, day)
    if override is None:
        raise NotFound(f"{day} has no hours of its own in the calendar {code!r}")
    check_not_past(day, calendar.timezone, now)
    session.delete(override)
    changes = {"date": str(day), "was": override.hours, "is": None}
    calendar_changed(session, actor, calendar, "calendar.override_removed", changes, now=now)


def lock_calendar(session: Session, code: str) -> WorkingCalendarRow:
    """The calendar, held until the transaction ends: its changes come one after another. Raises NotFound."""
    calendar = session.scalars(
        select(WorkingCalendarRow)
        .where(WorkingCalendarRow.code == code)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if calendar is None:
        raise NotFound(f"there is no working calendar {code!r}")
    return calendar


def calendar_changed(
    session: Session,
    actor: Actor,
    calendar: WorkingCalendarRow,
    action: str,
    changes: JsonObject,
    *,
    now: datetime,
) -> None:
    """Finish a change: see that working time is left, raise the version, note the act, tell the clocks.

    Raises NoWorkingTime.
    """
    calendar.version, calendar.updated_at = calendar.version + 1, now
    session.flush()
    compiled(rules_in_force(session, calendar), changed_at=now, version=calendar.version)
    record_act(session, actor, action, subject=("calendar", calendar.code), now=now, changes=changes)
    events.tell(session, CalendarChanged(calendar.code, calendar.version), now=now)


def _override(session: Session, calendar: WorkingCalendarRow, day: date) -> DateOverride | None:
    return session.scalars(
        select(DateOverride).where(DateOverride.calendar_id == calendar.id, DateOverride.date == day)
    ).one_or_none()
