"""Working time as it stands, and the rows behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.platform.http.pages import Page, newest_first
from mathvidya.system import policy
from mathvidya.system.models import DateOverride, Holiday, WorkingCalendarRow
from mathvidya.system.reference import NATIONAL
from mathvidya.system.rules.calendars import REFERENCE, HolidayHorizon, compiled, horizon, rules_of
from mathvidya.system.rules.proposals import Proposal, lacking, listed
from workflows.calendar import CalendarCache, CalendarRules, WorkingCalendar

_cache = CalendarCache()


@dataclass(frozen=True)
class CurrentCalendar:
    """A calendar as it stands: its code, its version, and what answers questions of working time."""

    key: str
    version: int
    calendar: WorkingCalendar


def working_calendar(session: Session, code: str = NATIONAL) -> CurrentCalendar:
    """The calendar ``code`` as it stands; compiled once per version and process. Raises NotFound.

    Not for the transaction that changes the calendar: were that rolled back, this process would keep
    what never was.
    """
    row = calendar_named(session, code)

    def compile_version(version: int) -> WorkingCalendar:
        return compiled(rules_in_force(session, row), changed_at=row.updated_at, version=version)

    return CurrentCalendar(code, row.version, _cache.get(str(row.id), row.version, compile_version))


def rules_in_force(session: Session, calendar: WorkingCalendarRow) -> CalendarRules:
    """The rows of a calendar as rules. Raises NoWorkingTime."""
    holidays_of = session.scalars(select(Holiday).where(Holiday.calendar_id == calendar.id))
    overrides_of = session.scalars(select(DateOverride).where(DateOverride.calendar_id == calendar.id))
    return rules_of(calendar, holidays_of, overrides_of)


def calendars(session: Session) -> Sequence[WorkingCalendarRow]:
    """Every calendar by its code: the nation's and at most one for each state."""
    return session.scalars(select(WorkingCalendarRow).order_by(WorkingCalendarRow.code)).all()


def calendar_named(session: Session, code: str) -> WorkingCalendarRow:
    """The calendar with this code. Raises NotFound."""
    found = session.scalars(select(WorkingCalendarRow).where(WorkingCalendarRow.code == code)).one_or_none()
    if found is None:
        raise NotFound(f"there is no working calendar {code!r}")
    return found


@dataclass(frozen=True)
class HolidayFilter:
    """Which holidays of a calendar; None leaves a side open."""

    calendar: str = NATIONAL
    first: date | None = None
    last: date | None = None


def holidays(session: Session, narrowed: HolidayFilter, *, limit: int, after: UUID | None) -> Page[Holiday]:
    """Holidays of a calendar, the last entered first. Raises NotFound for an unknown calendar."""
    rows = select(Holiday).where(Holiday.calendar_id == calendar_named(session, narrowed.calendar).id)
    if narrowed.first is not None:
        rows = rows.where(Holiday.date >= narrowed.first)
    if narrowed.last is not None:
        rows = rows.where(Holiday.date <= narrowed.last)
    return newest_first(session, rows, Holiday.id, limit=limit, after=after)


def overrides(session: Session, code: str, *, limit: int, after: UUID | None) -> Page[DateOverride]:
    """Dates of a calendar with hours of their own, the last entered first. Raises NotFound."""
    rows = select(DateOverride).where(DateOverride.calendar_id == calendar_named(session, code).id)
    return newest_first(session, rows, DateOverride.id, limit=limit, after=after)


def holiday_horizon(session: Session, *, now: datetime, code: str = NATIONAL) -> HolidayHorizon:
    """How far ahead the holidays that count are known. Raises NotFound."""
    calendar = calendar_named(session, code)
    last = session.scalar(
        select(Holiday.date)
        .where(
            Holiday.calendar_id == calendar.id,
            Holiday.is_working_day.is_(False),
            or_(Holiday.confirmed_at.is_not(None), Holiday.source == REFERENCE),
        )
        .order_by(Holiday.date.desc())
        .limit(1)
    )
    return horizon(last, now.astimezone(ZoneInfo(calendar.timezone)).date())


def holiday_proposals(
    session: Session, actor: Actor, *, calendar: str, year: int, now: datetime
) -> list[Proposal]:
    """The public holidays of a year that a calendar lacks, from today on. Raises Forbidden, NotFound."""
    policy.must_be_admin(actor, "import holidays")
    row = calendar_named(session, calendar)
    present = session.scalars(
        select(Holiday).where(
            Holiday.calendar_id == row.id,
            Holiday.date.between(date(year - 1, 12, 31), date(year + 1, 1, 1)),
        )
    ).all()
    return lacking(listed(row.code, year), present, today=now.astimezone(ZoneInfo(row.timezone)).date())
