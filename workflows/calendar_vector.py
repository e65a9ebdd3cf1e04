"""Working time for a million clocks at once: the calendar's own arrays, searched by numpy.

A holiday declared today moves the due time of every open clock; one by one that is a second a
million twice over, as arrays a tenth of one. It stands apart from ``workflows.calendar`` so that
the engine itself needs nothing but the standard library. Answers are those of ``WorkingCalendar``,
moment for moment; moments are ``datetime64`` in UTC, spans are ``timedelta64``.
"""

import numpy as np
import numpy.typing as npt

from workflows.calendar import Edge, HorizonError, WorkingCalendar

Moments = npt.NDArray[np.datetime64]
Spans = npt.NDArray[np.timedelta64]
Ticks = npt.NDArray[np.int64]


def add_each(calendar: WorkingCalendar, starts: Moments, budgets: Spans, edge: Edge = Edge.CLOSE) -> Moments:
    """``WorkingCalendar.add`` of each budget to the start beside it.

    Raises HorizonError, naming the first index at fault, when any start or any answer lies
    outside the compiled dates.
    """
    used = budgets.astype("timedelta64[us]").astype(np.int64)
    places = _places(calendar, starts) + used
    sought = places - (used > 0) if edge is Edge.CLOSE else places
    index = np.searchsorted(np.array(calendar.elapsed), sought, side="right") - 1
    _refuse((index < 0) | (index >= len(calendar.opens)), calendar, "the budget")
    return (places + _shifts(calendar)[index]).astype("datetime64[us]")


def between_each(calendar: WorkingCalendar, starts: Moments, ends: Moments) -> Spans:
    """``WorkingCalendar.between`` of each start and the end beside it; raises as ``add_each``."""
    return (_places(calendar, ends) - _places(calendar, starts)).astype("timedelta64[us]")


def _places(calendar: WorkingCalendar, moments: Moments) -> Ticks:
    """The working time from the start of the calendar to each moment, in microseconds."""
    ticks = moments.astype("datetime64[us]").astype(np.int64)
    first, end = calendar.cover
    _refuse((ticks < first) | (ticks >= end), calendar, "the moment")
    opens, closes = np.array(calendar.opens), np.array(calendar.closes)
    index = np.searchsorted(opens, ticks, side="right") - 1
    # Before the first opening the index is -1; the first segment serves, its opening as the bound.
    index = np.maximum(index, 0)
    return np.clip(ticks, opens[index], closes[index]) - _shifts(calendar)[index]


def _shifts(calendar: WorkingCalendar) -> Ticks:
    """What turns a place inside each segment into its instant."""
    shifts: Ticks = np.array(calendar.opens) - np.array(calendar.elapsed[:-1])
    return shifts


def _refuse(wrong: npt.NDArray[np.bool_], calendar: WorkingCalendar, subject: str) -> None:
    if wrong.any():
        raise HorizonError(
            f"{subject} at index {int(wrong.argmax())} lies outside the calendar, which covers"
            f" {calendar.covers_from.isoformat()} to {calendar.covers_until.isoformat()}"
        )
