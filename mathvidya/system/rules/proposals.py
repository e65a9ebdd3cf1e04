"""Public holidays as a published list has them, and what of it a calendar lacks. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from holidays import country_holidays

from mathvidya.system.models import Holiday, HolidayType

SOURCE = "python-holidays, India"

FIRST_YEAR, LAST_YEAR = 2001, 2035
"""What the list covers: the dates of other years are not known to it."""

_STATE = re.compile(r"in-([a-z]{2})")
_ESTIMATE = re.compile(r"\s*\((?:[^()]*, )?estimated\)$")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Listed:
    """One line of the published list."""

    date: date
    name: str
    type: HolidayType
    is_estimate: bool


@dataclass(frozen=True)
class Nearby:
    """A holiday that the calendar has within a day of a listed one."""

    id: UUID
    date: date
    name: str
    is_estimate: bool


@dataclass(frozen=True)
class Proposal:
    """A line that the calendar lacks. ``nearby`` may be the same day, entered while it was an estimate."""

    date: date
    name: str
    type: HolidayType
    is_estimate: bool
    nearby: tuple[Nearby, ...]


def listed(code: str, year: int) -> Sequence[Listed]:
    """The list for a calendar: the nation's, and for the calendar of a state (in-mh) that state's as well."""
    national = {(day, name) for day, name in _read(None, year)}
    state = _STATE.fullmatch(code)
    lines = national | (set(_read(state[1].upper(), year)) if state else set())
    return sorted((_line(day, name, (day, name) in national) for day, name in lines), key=_by_date)


def _read(state: str | None, year: int) -> list[tuple[date, str]]:
    try:
        found = country_holidays("IN", subdiv=state, years=year, language="en_IN")
    except NotImplementedError:  # a calendar may be named after something that is no state
        return []
    return [(day, name) for day in found for name in found.get_list(day)]


def _line(day: date, name: str, is_national: bool) -> Listed:
    kind = HolidayType.NATIONAL if is_national else HolidayType.REGIONAL
    return Listed(day, _ESTIMATE.sub("", name), kind, _ESTIMATE.search(name) is not None)


def _by_date(line: Listed) -> tuple[date, str]:
    return line.date, line.name


def lacking(lines: Sequence[Listed], present: Collection[Holiday], *, today: date) -> list[Proposal]:
    """The lines from today on whose date the calendar says nothing of."""
    known = {holiday.date for holiday in present}
    return [
        Proposal(line.date, line.name, line.type, line.is_estimate, _nearby(line.date, present))
        for line in lines
        if line.date >= today and line.date not in known
    ]


def _nearby(day: date, present: Collection[Holiday]) -> tuple[Nearby, ...]:
    beside = (holiday for holiday in present if abs(holiday.date - day) == _DAY)
    return tuple(Nearby(each.id, each.date, each.name, each.is_estimate) for each in beside)
