"""Working time: which moments count towards a deadline, and which do not.

``CalendarRules`` say it in local words (weekly hours, holidays, overrides, pauses);
``compile_calendar`` turns them, for a range of dates, into a ``WorkingCalendar`` of UTC segments
that answers every question by bisection. Pure, exact to the microsecond, standard library only.
Local time exists here and in what people read, nowhere else.
"""

from workflows.calendar.cache import CalendarCache
from workflows.calendar.compiler import compile_calendar
from workflows.calendar.errors import (
    CalendarError,
    HorizonError,
    NaiveMomentError,
    NoWorkingTimeError,
    RulesError,
)
from workflows.calendar.rules import (
    CalendarRules,
    ClosedDay,
    Closure,
    Pause,
    Shift,
    Weekday,
    closed_days,
)
from workflows.calendar.working import Edge, Explanation, Segment, WorkingCalendar

__all__ = [
    "CalendarCache",
    "CalendarError",
    "CalendarRules",
    "ClosedDay",
    "Closure",
    "Edge",
    "Explanation",
    "HorizonError",
    "NaiveMomentError",
    "NoWorkingTimeError",
    "Pause",
    "RulesError",
    "Segment",
    "Shift",
    "Weekday",
    "WorkingCalendar",
    "closed_days",
    "compile_calendar",
]
