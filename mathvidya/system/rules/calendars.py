"""From rows to working time: the words of an admin made into rules that the clock understands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mathvidya.platform.errors import Invalid
from mathvidya.system.errors import DateInThePast, NoWorkingTime
from mathvidya.system.models import DateOverride, Holiday, WorkingCalendarRow
from workflows.calendar import (
    CalendarError,
    CalendarRules,
    RulesError,
    Shift,
    Weekday,
    WorkingCalendar,
    compile_calendar,
)

Shifts = tuple[Shift, ...]

REFERENCE = "reference"
"""The source of rows that come with the product, reviewed before they were shipped."""

_YEARS_BACK = 2
_YEARS_AHEAD = 5


def counts(holiday: Holiday) -> bool:
    """Whether a holiday is working-time truth: confirmed by a person, or shipped with the product."""
    return holiday.confirmed_at is not None or holiday.source == REFERENCE


def shifts_of(hours: Sequence[Sequence[str]], field: str) -> Shifts:
    """``[["09:00", "13:00"]]`` as shifts. Raises Invalid naming ``field``."""
    try:
        return tuple(Shift.of(opens, closes) for opens, closes in hours)
    except RulesError as error:
        raise Invalid(f"{field}: {error}", {field: [str(error)]}) from error


def week_of(weekly_hours: Mapping[str, Sequence[Sequence[str]]]) -> dict[Weekday, Shifts]:
    """Weekly hours by day; a day that is not named is off. Raises Invalid naming the day."""
    names = {day.name.lower(): day for day in Weekday}
    unknown = sorted(set(weekly_hours) - set(names))
    if unknown:
        remedy = f"use {', '.join(names)}"
        raise Invalid(
            f"weekly_hours: {unknown[0]!r} is not a day of the week", {f"weekly_hours.{unknown[0]}": [remedy]}
        )
    return {names[name]: shifts_of(hours, f"weekly_hours.{name}") for name, hours in weekly_hours.items()}


def usual_shifts(week: Mapping[Weekday, Shifts]) -> Shifts:
    """The hours of a worked holiday: those of the week's first day of the usual length. Raises RulesError."""
    usual = CalendarRules("UTC", week).standard_day
    return next(
        shifts for _, shifts in sorted(week.items()) if sum((s.length for s in shifts), timedelta()) == usual
    )


def rules_of(
    calendar: WorkingCalendarRow, holidays: Iterable[Holiday], overrides: Iterable[DateOverride]
) -> CalendarRules:
    """The calendar's rows as rules: holidays that count are off, worked ones have the usual hours.

    A date's own hours win over both the week's and those of a worked holiday. Raises Invalid, and
    NoWorkingTime when no day of the week has hours.
    """
    week = week_of(calendar.weekly_hours)
    counted = [holiday for holiday in holidays if counts(holiday)]
    try:
        usual = usual_shifts(week)
    except RulesError as error:
        raise no_working_time(error) from error
    worked = {holiday.date: usual for holiday in counted if holiday.is_working_day}
    own = {override.date: shifts_of(override.hours, "hours") for override in overrides}
    return CalendarRules(
        timezone=calendar.timezone,
        week=week,
        overrides={**worked, **own},
        holidays=frozenset(holiday.date for holiday in counted if not holiday.is_working_day),
    )


def compiled(rules: CalendarRules, *, changed_at: datetime, version: int) -> WorkingCalendar:
    """Working time from two years before to five years after the last change, and all known holidays.

    The years hang on the rows and not on today, so that a version means the same in every process.
    Raises NoWorkingTime.
    """
    years = {day.year for day in rules.holidays} | {changed_at.year}
    first = min(*years, changed_at.year - _YEARS_BACK)
    try:
        return compile_calendar(
            rules, date(first, 1, 1), date(max(years) + _YEARS_AHEAD, 12, 31), version=version
        )
    except CalendarError as error:
        raise no_working_time(error) from error


def no_working_time(error: CalendarError) -> NoWorkingTime:
    """The engine's refusal as a problem that names the field."""
    return NoWorkingTime(
        f"{error}; nothing was changed", {"weekly_hours": ["give at least one day of the week hours"]}
    )


def check_not_past(day: date, timezone: str, now: datetime) -> None:
    """Refuse a date before today, as the calendar's own zone knows today. Raises DateInThePast."""
    today = now.astimezone(ZoneInfo(timezone)).date()
    if day < today:
        raise DateInThePast(
            f"{day} has passed: it is {today} in {timezone}", {"date": [f"choose {today} or later"]}
        )


@dataclass(frozen=True)
class HolidayHorizon:
    """How far ahead the holidays are known."""

    last: date | None
    days_ahead: int

    @property
    def is_short(self) -> bool:
        """Whether somebody should enter the next year's holidays: fewer than 120 days are known."""
        return self.days_ahead < 120


def horizon(last: date | None, today: date) -> HolidayHorizon:
    """How many days ahead of ``today`` the last known holiday lies; 0 when it has passed or is unknown."""
    return HolidayHorizon(last, max(0, (last - today).days) if last else 0)


def change_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What an edit changed, for the audit: ``{field: {"was": …, "is": …}}``."""
    return {
        field: {"was": before[field], "is": after[field]}
        for field in after
        if before.get(field) != after[field]
    }
