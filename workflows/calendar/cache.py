"""Compiled calendars kept in the process, so that ten years are compiled once and not per request.

A version never changes its meaning, so nothing has to be invalidated: a caller who has read a
newer version from the database asks for that, and the older one makes room for it.
"""

from collections.abc import Callable

from workflows.calendar.working import WorkingCalendar


class CalendarCache:
    """The last compiled version of each calendar. Two threads may both compile; neither waits."""

    def __init__(self) -> None:
        """Start empty."""
        self._calendars: dict[str, WorkingCalendar] = {}

    def get(
        self, key: str, version: int, compile_version: Callable[[int], WorkingCalendar]
    ) -> WorkingCalendar:
        """The calendar ``key`` at ``version``, compiled only if it is not at hand."""
        known = self._calendars.get(key)
        if known is not None and known.version == version:
            return known
        calendar = compile_version(version)
        self._calendars[key] = calendar
        return calendar
