"""Problem types of the system slice, and what violations of its constraints mean."""

from mathvidya.platform.constraints import explain
from mathvidya.platform.errors import Conflict, Duplicate, Invalid


class DateInThePast(Invalid):
    """Working time that has passed stays as it was: promises were kept or broken by it."""

    slug = "date-in-the-past"
    title = "The past of a calendar cannot be changed"


class NoWorkingTime(Invalid):
    """The calendar would have no working time, so that nothing handed in could ever be due."""

    slug = "calendar-without-working-time"
    title = "The calendar would have no working time"


class DuplicateHoliday(Duplicate):
    """The calendar has this holiday on this date."""

    slug = "duplicate-holiday"
    title = "The holiday is in the calendar already"


class DayDeclaredTwice(Conflict):
    """One row would declare the date off and another one worked."""

    slug = "day-declared-twice"
    title = "The date would be both off and worked"


class SettingKeptElsewhere(Conflict):
    """The entry only seeded something that is edited in its own place."""

    slug = "setting-kept-elsewhere"
    title = "This setting is edited in another place"


explain(
    "uq_holidays_calendar_id_date_name",
    lambda: DuplicateHoliday("this calendar has a holiday of that name on that date: edit that one"),
)
