"""When people work, in the words in which they say it: local times, weekdays, dates.

These are values to store, compare and edit; ``compiler`` makes them fast to ask.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workflows.calendar.errors import NaiveMomentError, RulesError

MIDNIGHT = time(0)
DAY = timedelta(days=1)


class Weekday(IntEnum):
    """Days of the week, numbered as ``date.weekday()`` numbers them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


@dataclass(frozen=True, order=True)
class Shift:
    """Working hours that begin on a day, in local time.

    A shift that does not close after it opens runs past midnight: 22:00 to 06:00 closes on the
    next date, and 00:00 to 00:00 is the whole day.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        """Refuse times that carry a zone of their own: the zone is the calendar's."""
        for name in ("opens", "closes"):
            if getattr(self, name).tzinfo is not None:
                raise RulesError(f"{name} must be a local time: leave out its time zone")

    @classmethod
    def of(cls, opens: str, closes: str) -> "Shift":
        """Read ``09:00`` and ``18:00``; a closing of ``24:00`` is midnight at the day's end.

        Raises RulesError for what is not a time of day.
        """
        return cls(_time_of_day(opens), MIDNIGHT if closes == "24:00" else _time_of_day(closes))

    @property
    def crosses_midnight(self) -> bool:
        """Whether it closes on the date after the one on which it opens."""
        return self.closes <= self.opens

    @property
    def length(self) -> timedelta:
        """Its length on the wall clock, a change of the clocks apart."""
        opened = datetime.combine(date.min, self.opens)
        closed = datetime.combine(date.min, self.closes)
        return closed - opened + (DAY if self.crosses_midnight else timedelta())


def _time_of_day(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise RulesError(f"{text!r} is not a time of day: write it as 09:00") from None


@dataclass(frozen=True)
class Pause:
    """A stretch of real time cut out of the working hours, as for a maintenance of the system."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Refuse a pause without a UTC offset, or one that ends before it starts."""
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            raise NaiveMomentError("a pause needs moments with a UTC offset, such as +05:30")
        if self.end < self.start:
            raise RulesError(f"the pause from {self.start} ends before it starts, at {self.end}")


Shifts = tuple[Shift, ...]


@dataclass(frozen=True)
class CalendarRules:
    """Weekly hours in one time zone, and the dates on which they do not hold.

    An override replaces the weekly shifts of its date (an empty one closes it); a holiday removes
    every shift that opens on its date, an override's too, but not the end of a night shift that
    opened the evening before. Shifts may overlap: what they cover together is working time.
    """

    timezone: str
    week: Mapping[Weekday, Shifts]
    overrides: Mapping[date, Shifts] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an unknown zone, and keep copies of the mappings that nobody else can change."""
        _ = self.zone
        object.__setattr__(self, "week", MappingProxyType(dict(self.week)))
        object.__setattr__(self, "overrides", MappingProxyType(dict(self.overrides)))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone. Raises RulesError for a name that the IANA database does not have."""
        try:
            return ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise RulesError(
                f"timezone {self.timezone!r} is unknown: use an IANA name such as Asia/Kolkata"
            ) from None

    @property
    def standard_day(self) -> timedelta:
        """How long a working day usually is: the commonest length in the week, then the longest.

        A half day on Saturday therefore does not shorten what "one working day" promises.
        Raises RulesError when no day of the week has working hours.
        """
        lengths = Counter(
            sum((shift.length for shift in shifts), timedelta()) for shifts in self.week.values() if shifts
        )
        if not lengths:
            raise RulesError("week has no working hours: give at least one day a shift")
        return max(lengths, key=lambda length: (lengths[length], length))

    def shifts_on(self, day: date) -> Shifts:
        """The shifts that open on a local date."""
        if day in self.holidays:
            return ()
        usual = self.week.get(Weekday(day.weekday()), ())
        return self.overrides.get(day, usual)


class Closure(StrEnum):
    """Why no shift opens on a date."""

    HOLIDAY = "holiday"
    OVERRIDE = "override"
    WEEKLY_OFF = "weekly_off"


@dataclass(frozen=True)
class ClosedDay:
    """A local date on which no shift opens, and why."""

    day: date
    closure: Closure


def closed_days(rules: CalendarRules, start: datetime, end: datetime) -> Iterator[ClosedDay]:
    """The closed days from the local date of ``start`` to that of ``end``, both included."""
    day, last = (moment.astimezone(rules.zone).date() for moment in (start, end))
    while day <= last:
        if not rules.shifts_on(day):
            yield ClosedDay(day, _closure(rules, day))
        day += DAY


def _closure(rules: CalendarRules, day: date) -> Closure:
    if day in rules.holidays:
        return Closure.HOLIDAY
    return Closure.OVERRIDE if day in rules.overrides else Closure.WEEKLY_OFF
