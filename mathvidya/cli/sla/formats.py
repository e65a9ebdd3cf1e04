"""The two file formats of known answers, read into values before any question is asked.

*Vectors* name calendars and put ``add`` or ``between`` to one of them. *Worked examples* are the
product's own: a hand-in and the due times under a plan of 24 and of 48 hours, in weeks of 09:00 to
18:00 Asia/Kolkata. Whatever is wrong with a file is found here, and said with the case at fault.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from workflows.calendar import CalendarRules, Edge, Pause, Shift, Weekday

T = TypeVar("T")
Row = Mapping[str, Any]

WEEKDAYS = {day.name[:3].lower(): day for day in Weekday}
EDGES = {"close": (Edge.CLOSE,), "open": (Edge.OPEN,), "any": (Edge.CLOSE, Edge.OPEN)}
OFFICE_HOURS = Shift.of("09:00", "18:00")


class Malformed(ValueError):
    """The file is in neither format; the message says where and what is wrong."""


class Operation(StrEnum):
    """What a vector asks of its calendar."""

    ADD = "add"
    BETWEEN = "between"


@dataclass(frozen=True)
class Vector:
    """Two moments and the working time from one to the other; the operation hides one of them.

    ``edges`` are those under which ``add`` must give this end.
    """

    name: str
    calendar: str
    operation: Operation
    start: datetime
    end: datetime
    span: timedelta
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class VectorFile:
    """Calendars by name, and questions to them."""

    calendars: Mapping[str, CalendarRules]
    vectors: tuple[Vector, ...]


@dataclass(frozen=True)
class Example:
    """A hand-in and when its marks are due, by the hours that its plan promises."""

    name: str
    rules: CalendarRules
    submitted: datetime
    due: Mapping[int, datetime]


def read(file: Path) -> VectorFile | tuple[Example, ...]:
    """The cases of a file, at least one. Raises Malformed."""
    match _loaded(file):
        case {"calendars": dict(calendars), "vectors": [_, *_] as rows}:
            return _vector_file(calendars, rows)
        case {"rows": [_, *_] as rows}:
            return tuple(_parsed(_label(row, "case"), row, _example) for row in rows)
        case _:
            raise Malformed("expected an object with calendars and vectors, or with rows")


def _loaded(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Malformed(f"not a JSON text: {error}") from error


def _label(row: object, key: str) -> str:
    return str(row[key]) if isinstance(row, dict) and key in row else f"a case without {key}"


def _parsed(name: str, row: Row, parse: Callable[[str, Row], T]) -> T:
    """Parse one row; whatever the parser trips over is a fault of the file."""
    try:
        return parse(name, row)
    except KeyError as error:
        raise Malformed(f"{name}: {error} is missing or unknown") from error
    except (AttributeError, OverflowError, TypeError, ValueError) as error:
        raise Malformed(f"{name}: {error}") from error


def _vector_file(calendars: Row, rows: Sequence[Row]) -> VectorFile:
    rules = {name: _parsed(f"calendar {name}", row, _rules) for name, row in calendars.items()}
    vectors = tuple(_parsed(_label(row, "id"), row, _vector) for row in rows)
    for vector in vectors:
        if vector.calendar not in rules:
            raise Malformed(f"{vector.name}: there is no calendar {vector.calendar!r}")
    return VectorFile(rules, vectors)


def _vector(name: str, row: Row) -> Vector:
    return Vector(
        name=name,
        calendar=row["calendar"],
        operation=Operation(row["op"]),
        start=_moment(row["start"]),
        end=_moment(row["end"]),
        span=timedelta(seconds=row["seconds"]),
        edges=EDGES[row.get("edge", "close")],
    )


def _example(name: str, row: Row) -> Example:
    calendar = row["calendar"]
    off = {WEEKDAYS[day] for day in calendar["weekly_off"]}
    return Example(
        name=name,
        rules=CalendarRules(
            timezone="Asia/Kolkata",
            week={day: (OFFICE_HOURS,) for day in Weekday if day not in off},
            overrides=_overrides(calendar["date_overrides"]),
            holidays=_dates(calendar["holidays"]),
            pauses=_pauses(calendar["pauses"]),
        ),
        submitted=_moment(row["submitted"]),
        due={hours: _moment(row[f"due_{hours}"]) for hours in (24, 48)},
    )


def _rules(_name: str, row: Row) -> CalendarRules:
    return CalendarRules(
        timezone=row["tz"],
        week={WEEKDAYS[day]: _shifts(shifts) for day, shifts in row["week"].items()},
        overrides=_overrides(row["overrides"]),
        holidays=_dates(row["holidays"]),
        pauses=_pauses(row["pauses"]),
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() is None:
        raise ValueError(f"{text!r} has no UTC offset: add one, such as +05:30")
    return moment


def _shifts(pairs: Sequence[Sequence[str]]) -> tuple[Shift, ...]:
    return tuple(Shift.of(opens, closes) for opens, closes in pairs)


def _overrides(overrides: Mapping[str, Sequence[Sequence[str]]]) -> dict[date, tuple[Shift, ...]]:
    return {date.fromisoformat(day): _shifts(shifts) for day, shifts in overrides.items()}


def _dates(dates: Sequence[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for day in dates)


def _pauses(pairs: Sequence[Sequence[str]]) -> tuple[Pause, ...]:
    return tuple(Pause(_moment(start), _moment(end)) for start, end in pairs)
