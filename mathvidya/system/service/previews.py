"""A calendar as it would be: the same checks as a change of holidays, and nothing is kept."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Invalid, NotFound
from mathvidya.system import policy
from mathvidya.system.models import DateOverride, Holiday, WorkingCalendarRow
from mathvidya.system.queries.calendars import CurrentCalendar, calendar_named
from mathvidya.system.reference import NATIONAL
from mathvidya.system.rules.calendars import check_not_past, compiled, rules_of
from mathvidya.system.service.holidays import HolidayDraft, check_one_meaning

_ACT = "look ahead at a change of holidays"


class HolidayStep(StrEnum):
    """What can be done to a holiday that is in the calendar."""

    EDIT = "edit"
    CONFIRM = "confirm"
    REMOVE = "remove"


@dataclass(frozen=True)
class HolidayChange:
    """A step, and for an edit what it makes of the holiday."""

    step: HolidayStep
    draft: HolidayDraft | None = None


def calendar_if_added(
    session: Session, *, actor: Actor, draft: HolidayDraft, now: datetime, code: str = NATIONAL
) -> CurrentCalendar:
    """The calendar as a new holiday would make it.

    Raises Forbidden, NotFound, DateInThePast, DayDeclaredTwice, NoWorkingTime.
    """
    policy.must_be_admin(actor, _ACT)
    calendar = calendar_named(session, code)
    check_not_past(draft.date, calendar.timezone, now)
    check_one_meaning(session, calendar, None, draft)
    return _calendar_of(session, calendar, [*_holidays(session, calendar), _drawn(draft, now)], now)


def calendar_if_changed(
    session: Session, *, actor: Actor, holiday_id: UUID, change: HolidayChange, now: datetime
) -> CurrentCalendar:
    """The calendar as a change of one of its holidays would make it.

    Raises Forbidden, NotFound, Invalid, DateInThePast, DayDeclaredTwice, NoWorkingTime.
    """
    policy.must_be_admin(actor, _ACT)
    holiday = session.get(Holiday, holiday_id)
    calendar = session.get(WorkingCalendarRow, holiday.calendar_id) if holiday else None
    if holiday is None or calendar is None:
        raise NotFound("there is no such holiday")
    draft = _becomes(holiday, change)
    for day in (holiday.date, draft.date if draft else holiday.date):
        check_not_past(day, calendar.timezone, now)
    others = [other for other in _holidays(session, calendar) if other.id != holiday.id]
    if draft is not None:
        check_one_meaning(session, calendar, holiday.id, draft)
        others.append(_drawn(draft, now))
    return _calendar_of(session, calendar, others, now)


def _becomes(holiday: Holiday, change: HolidayChange) -> HolidayDraft | None:
    """What is left of the holiday; None when it is removed."""
    if change.step is HolidayStep.REMOVE:
        return None
    if change.step is HolidayStep.CONFIRM:
        return HolidayDraft(holiday.date, holiday.name, holiday.type, holiday.is_working_day)
    if change.draft is None:
        raise Invalid(
            "an edit says what it makes of the holiday", {"draft": ["send the holiday as it should be"]}
        )
    return change.draft


def _drawn(draft: HolidayDraft, now: datetime) -> Holiday:
    """A holiday that no session knows of; an estimate does not count before it is confirmed."""
    return Holiday(**asdict(draft), source="admin", confirmed_at=None if draft.is_estimate else now)


def _holidays(session: Session, calendar: WorkingCalendarRow) -> list[Holiday]:
    return list(session.scalars(select(Holiday).where(Holiday.calendar_id == calendar.id)))


def _calendar_of(
    session: Session, calendar: WorkingCalendarRow, holidays: Iterable[Holiday], now: datetime
) -> CurrentCalendar:
    overrides = session.scalars(select(DateOverride).where(DateOverride.calendar_id == calendar.id))
    version = calendar.version + 1
    working = compiled(rules_of(calendar, holidays, overrides), changed_at=now, version=version)
    return CurrentCalendar(calendar.code, version, working)
