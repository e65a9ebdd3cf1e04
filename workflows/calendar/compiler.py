"""From rules in local words to disjoint UTC segments: where zones, nights and holidays end.

Everything that makes working time hard happens once, here, at some 3 µs a day; whoever asks a
compiled calendar afterwards meets nothing but sorted integers.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from workflows.calendar.errors import NoWorkingTimeError, RulesError
from workflows.calendar.moments import to_ticks
from workflows.calendar.rules import DAY, MIDNIGHT, CalendarRules, Shift
from workflows.calendar.working import WorkingCalendar

Span = tuple[int, int]


def compile_calendar(rules: CalendarRules, first: date, last: date, *, version: int = 1) -> WorkingCalendar:
    """The working calendar of the local dates ``first`` to ``last``, both included.

    Choose dates for which the holidays are known: what lies beyond them is refused, not guessed.
    ``version`` is whatever the owner counts up when the rules change. Raises RulesError when the
    dates are in the wrong order, NoWorkingTimeError when they hold no working time.
    """
    if last < first:
        raise RulesError(f"last must not be before first: {last} is before {first}")
    zone = rules.zone
    cover = _instant(first, MIDNIGHT, zone), _instant(last + DAY, MIDNIGHT, zone)
    pauses = _merged((to_ticks(pause.start), to_ticks(pause.end)) for pause in rules.pauses)
    worked = _merged(_clipped(_worked(rules, first, last), cover))
    spans = list(_without(worked, pauses))
    if not spans:
        raise NoWorkingTimeError(f"no working time from {first} to {last}: check week, holidays and pauses")
    lengths = (closes - opens for opens, closes in spans)
    return WorkingCalendar(
        rules=rules,
        version=version,
        cover=cover,
        opens=tuple(opens for opens, _ in spans),
        closes=tuple(closes for _, closes in spans),
        elapsed=tuple(accumulate(lengths, initial=0)),
    )


def _worked(rules: CalendarRules, first: date, last: date) -> Iterator[Span]:
    """The shifts of each date, from the evening before, whose night may reach into the first."""
    zone = rules.zone
    for offset in range(-1, (last - first).days + 1):
        day = first + timedelta(days=offset)
        for shift in rules.shifts_on(day):
            yield _span(day, shift, zone)


def _span(day: date, shift: Shift, zone: ZoneInfo) -> Span:
    closing_day = day + DAY if shift.crosses_midnight else day
    return _instant(day, shift.opens, zone), _instant(closing_day, shift.closes, zone)


def _instant(day: date, at: time, zone: ZoneInfo) -> int:
    """A local time as an instant.

    ``fold=0`` is the rule of PEP 495 that this calendar states as its own: a time that the clocks
    skip moves forward by what they skip, one that they show twice is the first of the two.
    """
    return to_ticks(datetime.combine(day, at.replace(fold=0), tzinfo=zone))


def _clipped(spans: Iterable[Span], cover: Span) -> Iterator[Span]:
    start, end = cover
    for opens, closes in spans:
        yield max(opens, start), min(closes, end)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Sorted and disjoint; spans that touch become one, so that no closing stands between them.

    Empty ones go: clipping makes them, and so does a shift inside the hour that the clocks skip.
    """
    merged: list[Span] = []
    for opens, closes in sorted(span for span in spans if span[0] < span[1]):
        if merged and opens <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], closes)
        else:
            merged.append((opens, closes))
    return merged


def _without(spans: Iterable[Span], pauses: list[Span]) -> Iterator[Span]:
    """What is left of the spans once the pauses (sorted, disjoint) are cut out."""
    ends = [end for _, end in pauses]
    for opens, closes in spans:
        rest = opens
        for start, end in pauses[bisect_right(ends, opens) :]:
            if start >= closes:
                break
            if rest < start:
                yield rest, start
            rest = end
        if rest < closes:
            yield rest, closes
