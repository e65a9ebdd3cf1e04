"""How fast working time is: against businesstimedelta, and against our own loop for a million.

All of them work the same week (Monday to Saturday, 09:00 to 18:00 in India, with the reference
holidays), and each answer is compared with the baseline's before anything is timed.
"""

import timeit
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import businesstimedelta
import numpy as np
import pytz  # type: ignore[import-untyped]  # without types; businesstimedelta takes its zones only

from benchmarks.figure import Figure, table
from mathvidya.cli.sla.reference import reference_calendar
from workflows.calendar import WorkingCalendar
from workflows.calendar_vector import Moments, Spans, add_each

START = datetime(2026, 1, 9, 12, 0, tzinfo=UTC)
YEAR_LATER = datetime(2027, 1, 9, 12, 0, tzinfo=UTC)
BUDGET = timedelta(hours=48)
MILLION = 1_000_000
SAMPLE = 20_000


def run() -> list[Figure]:
    """Measure the three claims of working-time arithmetic. Takes a few seconds."""
    calendar = reference_calendar()
    return [_add(calendar), _between(calendar), _million(calendar)]


def _add(calendar: WorkingCalendar) -> Figure:
    theirs = businesstimedelta.BusinessTimeDelta(_their_rules(calendar), timedelta=BUDGET)
    assert calendar.add(START, BUDGET) == START + theirs
    return _times_faster(
        "+48 working hours",
        lambda: calendar.add(START, BUDGET),
        lambda: START + theirs,
        goal=100,
    )


def _between(calendar: WorkingCalendar) -> Figure:
    rules = _their_rules(calendar)
    assert calendar.between(START, YEAR_LATER) == rules.difference(START, YEAR_LATER).timedelta
    return _times_faster(
        "working time over a year",
        lambda: calendar.between(START, YEAR_LATER),
        lambda: rules.difference(START, YEAR_LATER),
        goal=1_000,
    )


def _million(calendar: WorkingCalendar) -> Figure:
    starts, budgets = _clocks()
    loop_starts = [start.replace(tzinfo=UTC) for start in starts[:SAMPLE].tolist()]
    loop_budgets = budgets[:SAMPLE].tolist()

    def loop() -> list[datetime]:
        return [calendar.add(*clock) for clock in zip(loop_starts, loop_budgets, strict=True)]

    ours = add_each(calendar, starts[:SAMPLE], budgets[:SAMPLE]).tolist()
    assert [due.replace(tzinfo=UTC) for due in ours] == loop()
    value = _seconds(lambda: add_each(calendar, starts, budgets), number=1)
    baseline = _seconds(loop, number=1) * MILLION / SAMPLE
    return Figure(
        name="one million due times",
        value=value,
        unit="s",
        baseline=baseline,
        ratio=baseline / value,
        goal=0.5,
        met=value < 0.5,
        claim=f"under 0.5 s vectorised (baseline: loop of add, extrapolated from {SAMPLE:,})",
    )


def _times_faster(name: str, ours: Callable[[], object], theirs: Callable[[], object], goal: float) -> Figure:
    value = _seconds(ours, number=10_000) * 1e6
    baseline = _seconds(theirs, number=10) * 1e6
    return Figure(
        name=name,
        value=value,
        unit="µs",
        baseline=baseline,
        ratio=baseline / value,
        goal=goal,
        met=baseline / value >= goal,
        claim=f"at least {goal:,}x businesstimedelta 1.0.1",
    )


def _seconds(work: Callable[[], object], number: int) -> float:
    """The best of five: what the machine can do when nothing else disturbs it."""
    return min(timeit.repeat(work, number=number, repeat=5)) / number


def _their_rules(calendar: WorkingCalendar) -> businesstimedelta.Rules:
    """The same week, in the library's own words."""
    zone = pytz.timezone(calendar.rules.timezone)
    week = businesstimedelta.WorkDayRule(
        start_time=time(9), end_time=time(18), working_days=range(6), tz=zone
    )
    days_off = businesstimedelta.HolidayRule(calendar.rules.holidays, tz=zone)
    return businesstimedelta.Rules([week, days_off])


def _clocks() -> tuple[Moments, Spans]:
    """A million hand-ins over a year, each with some of two working days left."""
    draw = np.random.default_rng(seed=7)
    seconds = draw.integers(0, 365 * 86_400, MILLION)
    left = draw.integers(1, 1080 * 60, MILLION)
    starts = np.datetime64("2026-01-01", "us") + seconds.astype("timedelta64[s]")
    return starts, left.astype("timedelta64[s]")


if __name__ == "__main__":
    print(table(run()))
