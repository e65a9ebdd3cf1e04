"""Words for calendars in tests: fixed ones by name, drawn ones by strategy."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from workflows.calendar import (
    CalendarRules,
    Pause,
    Shift,
    Weekday,
    WorkingCalendar,
    compile_calendar,
)

INDIA = ZoneInfo("Asia/Kolkata")
OFFICE = Shift.of("09:00", "18:00")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
ZONES = ["UTC", "Asia/Kolkata", "Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe"]


def ist(text: str) -> datetime:
    """``10 Jan 17:30`` of 2026, in India."""
    return datetime.strptime(f"2026 {text}", "%Y %d %b %H:%M").replace(tzinfo=INDIA)


def hours(amount: float) -> timedelta:
    return timedelta(hours=amount)


def office(*holidays: str, version: int = 1, pauses: tuple[Pause, ...] = ()) -> WorkingCalendar:
    """Monday to Saturday, 09:00 to 18:00 in India, over 2026; holidays as ``26 Jan``."""
    rules = CalendarRules(
        timezone="Asia/Kolkata",
        week={day: (OFFICE,) for day in Weekday if day is not Weekday.SUNDAY},
        holidays=frozenset(ist(f"{holiday} 00:00").date() for holiday in holidays),
        pauses=pauses,
    )
    return compile_calendar(rules, FIRST, LAST, version=version)


def every_day(zone: str, *shifts: tuple[str, str]) -> CalendarRules:
    return CalendarRules(zone, {day: tuple(Shift.of(*shift) for shift in shifts) for day in Weekday})


times_of_day = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
shifts = st.builds(Shift, times_of_day, times_of_day)
days = st.lists(shifts, max_size=3).map(tuple)
dates = st.dates(FIRST, LAST)
moments = st.timedeltas(timedelta(0), timedelta(days=360)).map(
    lambda span: datetime(2026, 1, 2, tzinfo=UTC) + span
)
pauses = st.builds(
    lambda start, minutes: Pause(start, start + timedelta(minutes=minutes)),
    moments.map(lambda moment: moment.replace(second=0, microsecond=0)),
    st.integers(0, 3 * 24 * 60),
)


def rules_in(zones: list[str]) -> st.SearchStrategy[CalendarRules]:
    """Any week that has at least one shift, with overrides, holidays and pauses."""
    return st.builds(
        CalendarRules,
        timezone=st.sampled_from(zones),
        week=st.dictionaries(st.sampled_from(Weekday), days, min_size=1).filter(
            lambda week: any(week.values())
        ),
        overrides=st.dictionaries(dates, days, max_size=4),
        holidays=st.frozensets(dates, max_size=8),
        pauses=st.lists(pauses, max_size=4).map(tuple),
    )


calendars = rules_in(ZONES).map(lambda rules: compile_calendar(rules, FIRST, LAST))
