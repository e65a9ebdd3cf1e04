from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.workflows.calendars import calendars, hours, moments, office, rules_in
from workflows.calendar import (
    CalendarRules,
    Edge,
    HorizonError,
    NoWorkingTimeError,
    WorkingCalendar,
    compile_calendar,
)
from workflows.calendar.moments import to_moment
from workflows.calendar_vector import add_each, between_each

spans = st.timedeltas(timedelta(0), hours(60))
edges = st.sampled_from(Edge)
MINUTE = timedelta(minutes=1)


def sum_or_discard(
    calendar: WorkingCalendar, start: datetime, span: timedelta, edge: Edge = Edge.CLOSE
) -> datetime:
    """The sum, where the drawn calendar reaches far enough to have one."""
    try:
        return calendar.add(start, span, edge)
    except HorizonError:
        assume(False)
        raise


@given(calendars, moments, st.one_of(spans, spans.map(lambda span: -span)), edges)
def test_between_undoes_add(calendar: WorkingCalendar, start: datetime, span: timedelta, edge: Edge) -> None:
    end = sum_or_discard(calendar, start, span, edge)
    assert calendar.between(start, end) == span


@given(calendars, moments, moments)
def test_add_undoes_between_at_working_instants(
    calendar: WorkingCalendar, start: datetime, end: datetime
) -> None:
    assume(calendar.is_open(end))
    assert calendar.add(start, calendar.between(start, end), Edge.OPEN) == end


@given(calendars, moments, moments, moments)
def test_between_adds_up_and_turns_its_sign(
    calendar: WorkingCalendar, one: datetime, two: datetime, three: datetime
) -> None:
    between = calendar.between
    assert between(one, two) + between(two, three) == between(one, three)
    assert between(one, two) == -between(two, one)


@given(calendars, moments, moments)
def test_working_time_is_never_longer_than_real_time(
    calendar: WorkingCalendar, one: datetime, two: datetime
) -> None:
    start, end = sorted((one, two))
    assert timedelta(0) <= calendar.between(start, end) <= end - start


@given(calendars, moments, spans, spans, edges)
def test_a_larger_budget_and_a_later_start_never_end_earlier(
    calendar: WorkingCalendar, start: datetime, span: timedelta, more: timedelta, edge: Edge
) -> None:
    end = sum_or_discard(calendar, start, span, edge)
    assert sum_or_discard(calendar, start, span + more, edge) >= end or span == timedelta(0)
    assert sum_or_discard(calendar, start + more, span, edge) >= end


@given(calendars, moments, spans, spans)
def test_two_budgets_one_after_the_other_are_one(
    calendar: WorkingCalendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    assume(second)
    whole = sum_or_discard(calendar, start, first + second)
    assert calendar.add(calendar.add(start, first), second) == whole


@given(calendars, moments, spans)
def test_the_segments_of_an_explanation_are_open_and_add_up_to_the_budget(
    calendar: WorkingCalendar, start: datetime, span: timedelta
) -> None:
    assume(span)
    end = sum_or_discard(calendar, start, span)
    explanation = calendar.explain(start, span)
    assert explanation.end == end == explanation.segments[-1].end
    assert sum((segment.length for segment in explanation.segments), timedelta()) == span
    assert all(calendar.is_open(segment.start) for segment in explanation.segments)
    assert all(not calendar.is_open(segment.end) or segment.end == end for segment in explanation.segments)


@given(calendars, moments, spans)
def test_walking_back_uses_the_same_segments(
    calendar: WorkingCalendar, start: datetime, span: timedelta
) -> None:
    assume(span)
    begin = sum_or_discard(calendar, start, -span)
    there, back = calendar.explain(begin, span), calendar.explain(start, -span)
    assert there.segments == back.segments
    assert back.end == begin


@given(calendars, moments)
def test_the_next_opening_is_open_and_no_working_time_precedes_it(
    calendar: WorkingCalendar, moment: datetime
) -> None:
    opening = sum_or_discard(calendar, moment, timedelta(0))
    assert calendar.is_open(opening)
    assert opening >= moment
    assert calendar.between(moment, opening) == timedelta(0)


class MinuteModel:
    """Working time as anybody would count it: minute by minute, looking at the clock on the wall.

    For zones without clock changes, where the wall shows every minute once.
    """

    def __init__(self, rules: CalendarRules, first: datetime, last: datetime) -> None:
        self.rules = rules
        self.zone = ZoneInfo(rules.timezone)
        count = (last - first) // MINUTE
        every = [first + index * MINUTE for index in range(count)]
        self.working = [moment for moment in every if self.is_open(moment)]

    def is_open(self, moment: datetime) -> bool:
        if any(pause.start <= moment < pause.end for pause in self.rules.pauses):
            return False
        local = moment.astimezone(self.zone)
        day, wall = local.date(), local.time()
        today = any(
            shift.opens <= wall and (wall < shift.closes or shift.crosses_midnight)
            for shift in self.rules.shifts_on(day)
        )
        return today or any(
            shift.crosses_midnight and wall < shift.closes
            for shift in self.rules.shifts_on(day - timedelta(days=1))
        )

    def add(self, start: datetime, minutes: int) -> datetime:
        ahead = [moment for moment in self.working if moment >= start]
        return ahead[minutes - 1] + MINUTE

    def between(self, start: datetime, end: datetime) -> timedelta:
        return MINUTE * sum(start <= moment < end for moment in self.working)


FIXED = ["UTC", "Asia/Kolkata", "Asia/Kathmandu"]
WEEK_START, WEEK_END = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 12, tzinfo=UTC)
minutes_of_the_week = st.integers(0, 7 * 24 * 60 - 1).map(lambda minute: WEEK_START + minute * MINUTE)


@given(rules_in(FIXED), minutes_of_the_week, minutes_of_the_week, st.integers(1, 600))
def test_it_counts_as_anybody_would_minute_by_minute(
    rules: CalendarRules, start: datetime, end: datetime, budget: int
) -> None:
    model = MinuteModel(rules, WEEK_START, WEEK_END)
    try:
        calendar = compile_calendar(rules, date(2026, 1, 1), date(2026, 1, 15))
    except NoWorkingTimeError:
        assert model.working == []
        return
    first, last = sorted((start, end))
    assert calendar.between(first, last) == model.between(first, last)
    assert calendar.is_open(start) == model.is_open(start)
    if budget * MINUTE <= model.between(start, WEEK_END):
        assert calendar.add(start, budget * MINUTE) == model.add(start, budget)


def as_utc(stamps: np.ndarray[tuple[int], np.dtype[np.datetime64]]) -> list[datetime]:
    return [to_moment(int(ticks)) for ticks in stamps.astype(np.int64)]


def stamped(moments: list[datetime]) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.array([moment.replace(tzinfo=None) for moment in moments], dtype="datetime64[us]")


clocks = st.lists(
    st.tuples(moments, st.one_of(spans, spans.map(lambda span: -span))), min_size=1, max_size=30
)


@given(calendars, clocks, edges)
def test_the_vectorised_answers_are_the_scalar_ones(
    calendar: WorkingCalendar, clocks: list[tuple[datetime, timedelta]], edge: Edge
) -> None:
    expected = [sum_or_discard(calendar, start, span, edge) for start, span in clocks]
    starts = stamped([start for start, _ in clocks])
    budgets = np.array([span for _, span in clocks], dtype="timedelta64[us]")
    ends = add_each(calendar, starts, budgets, edge)
    assert as_utc(ends) == expected
    assert between_each(calendar, starts, ends).tolist() == [span for _, span in clocks]


@pytest.mark.parametrize("edge", Edge)
def test_the_vectorised_form_ends_at_closings_and_openings_where_the_scalar_one_does(
    edge: Edge,
) -> None:
    opening = datetime(2026, 1, 5, 3, 30, tzinfo=UTC)  # 09:00 in India
    spans = [hours(9), hours(18), hours(0), hours(-9), hours(8)]
    ends = add_each(office(), stamped([opening] * len(spans)), np.array(spans, dtype="timedelta64[us]"), edge)
    assert as_utc(ends) == [office().add(opening, span, edge) for span in spans]


def test_the_vectorised_form_refuses_what_the_scalar_one_refuses_and_says_which() -> None:
    known, unknown = datetime(2026, 12, 31, 10, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    hour = np.array([3_600_000_000] * 2, dtype="timedelta64[us]")
    with pytest.raises(HorizonError, match="the moment at index 1 lies outside"):
        add_each(office(), stamped([known, unknown]), hour)
    with pytest.raises(HorizonError, match="the budget at index 0 lies outside"):
        add_each(office(), stamped([known, known]), hour * 100)
    with pytest.raises(HorizonError, match="the moment at index 0"):
        add_each(office(), np.array(["NaT"], dtype="datetime64[us]"), hour[:1])
