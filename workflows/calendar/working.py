"""The compiled calendar: working time as prefix sums, every question answered by bisection.

Working time is laid end to end on a line that begins where the compiled dates begin. Moving from
a moment to its place on that line, and back, is one bisection each; all questions are made of the
two. That is why ``add`` takes microseconds where a walk from day to day takes milliseconds.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from workflows.calendar.errors import HorizonError
from workflows.calendar.moments import span_to_ticks, to_moment, to_ticks
from workflows.calendar.rules import CalendarRules


class Edge(StrEnum):
    """Where a budget ends that is used up exactly at closing."""

    CLOSE = "close"
    OPEN = "open"


@dataclass(frozen=True)
class Segment:
    """A stretch of unbroken working time, in UTC."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """Its working time, which is also its real time."""
        return self.end - self.start


@dataclass(frozen=True)
class Explanation:
    """Where a budget ends, and the segments (clipped to what was used) that it went through."""

    end: datetime
    segments: tuple[Segment, ...]


@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """Working time over a range of dates. Made by ``compile_calendar``; immutable.

    ``opens`` and ``closes`` bound the segments in microseconds since 1970 in UTC; ``elapsed[i]``
    is the working time before segment ``i``, its last item the whole. ``cover`` is the half-open
    range of instants that the calendar knows. Questions take moments in any zone, refuse those
    without a UTC offset (NaiveMomentError) and those outside ``cover`` (HorizonError), and answer
    in UTC.
    """

    rules: CalendarRules
    version: int
    cover: tuple[int, int] = field(repr=False)
    opens: tuple[int, ...] = field(repr=False)
    closes: tuple[int, ...] = field(repr=False)
    elapsed: tuple[int, ...] = field(repr=False)

    @property
    def covers_from(self) -> datetime:
        """The first instant that it knows."""
        return to_moment(self.cover[0])

    @property
    def covers_until(self) -> datetime:
        """The horizon: the first instant that it does not know."""
        return to_moment(self.cover[1])

    def covers(self, moment: datetime) -> bool:
        """Whether questions about this moment can be answered."""
        return self.cover[0] <= to_ticks(moment) < self.cover[1]

    def add(self, start: datetime, budget: timedelta, edge: Edge = Edge.CLOSE) -> datetime:
        """The moment at which ``budget`` of working time has passed since ``start``.

        A budget used up exactly at closing ends there, or with ``Edge.OPEN`` at the next opening.
        A zero budget gives the next working instant at or after ``start``. A negative budget
        walks back; one that ends exactly at an opening ends there, whatever the edge. Raises
        HorizonError when the answer lies beyond the compiled dates.
        """
        used = span_to_ticks(budget)
        return to_moment(self._at(self._place(start) + used, edge if used > 0 else Edge.OPEN))

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from ``start`` to ``end``; negative when ``end`` is the earlier."""
        return timedelta(microseconds=self._place(end) - self._place(start))

    def explain(self, start: datetime, budget: timedelta) -> Explanation:
        """Where ``budget`` ends, as ``add`` says it, and the segments used, in order of time."""
        place = self._place(start)
        low, high = sorted((place, place + span_to_ticks(budget)))
        return Explanation(self.add(start, budget), tuple(self._segments(low, high)))

    def is_open(self, moment: datetime) -> bool:
        """Whether the moment is working time; a closing is not."""
        ticks = self._known(moment)
        index = bisect_right(self.opens, ticks) - 1
        return index >= 0 and ticks < self.closes[index]

    def next_opening(self, moment: datetime) -> datetime:
        """The first working instant at or after the moment: the moment itself when open."""
        return self.add(moment, timedelta())

    def _known(self, moment: datetime) -> int:
        ticks = to_ticks(moment)
        if not self.cover[0] <= ticks < self.cover[1]:
            raise HorizonError(
                f"{moment.isoformat()} is outside the calendar, which covers"
                f" {self.covers_from.isoformat()} to {self.covers_until.isoformat()}"
            )
        return ticks

    def _place(self, moment: datetime) -> int:
        """The working time from the start of the calendar to the moment."""
        ticks = self._known(moment)
        index = bisect_right(self.opens, ticks) - 1
        if index < 0:
            return 0
        return self.elapsed[index] + min(ticks, self.closes[index]) - self.opens[index]

    def _at(self, place: int, edge: Edge) -> int:
        """The instant at a place; where one segment ends and the next begins, ``edge`` decides.

        Places are whole numbers, so that looking for the place just before finds the segment
        that the budget used last.
        """
        sought = place - 1 if edge is Edge.CLOSE else place
        index = bisect_right(self.elapsed, sought) - 1
        if not 0 <= index < len(self.opens):
            raise HorizonError(
                "the budget runs past the calendar, which covers"
                f" {self.covers_from.isoformat()} to {self.covers_until.isoformat()}"
            )
        return self.opens[index] + place - self.elapsed[index]

    def _segments(self, low: int, high: int) -> Iterator[Segment]:
        """The segments between two places, the first and the last clipped to them."""
        index = bisect_right(self.elapsed, low) - 1
        while max(low, self.elapsed[index]) < high:
            shift = self.opens[index] - self.elapsed[index]
            begin, end = max(low, self.elapsed[index]), min(high, self.elapsed[index + 1])
            yield Segment(to_moment(begin + shift), to_moment(end + shift))
            index += 1
