from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.calendars import hours, ist, office
from workflows.calendar import WorkingCalendar
from workflows.sla import (
    ClockState,
    LedgerEvent,
    SlaClock,
    breached,
    pause,
    recompute,
    remaining,
    replay,
    resume,
    start,
    stop,
    warnings,
)

JANUARY = [f"{day} Jan" for day in range(5, 31)]
MINUTE = timedelta(minutes=1)

budgets = st.integers(1, 3 * 540).map(lambda minutes: minutes * MINUTE)
holiday_lists = st.sets(st.sampled_from(JANUARY), max_size=6)
gaps = st.lists(st.integers(0, 30 * 60).map(lambda minutes: minutes * MINUTE), max_size=8)
hand_ins = st.integers(0, 10 * 24 * 60).map(lambda minutes: ist("5 Jan 00:00") + minutes * MINUTE)


@dataclass
class Story:
    """A clock, everything that happened to it, and when it was last touched."""

    clock: SlaClock
    events: list[LedgerEvent]
    now: datetime


def begin(budget: timedelta, at: datetime, calendar: WorkingCalendar) -> Story:
    step = start(budget, calendar=calendar, at=at)
    return Story(step.clock, [step.event], at)


def toggle(story: Story, gap: timedelta, calendar: WorkingCalendar) -> None:
    """Pause what runs, resume what stands, a while later."""
    story.now += gap
    verb = pause if story.clock.state is ClockState.RUNNING else resume
    story.clock, event = verb(story.clock, calendar=calendar, at=story.now)
    story.events.append(event)


@given(budgets, hand_ins, gaps, st.lists(holiday_lists, min_size=9, max_size=9))
def test_whatever_happens_the_promise_never_moves_earlier_and_the_log_rebuilds_the_clock(
    budget: timedelta, at: datetime, gaps: list[timedelta], lists: list[set[str]]
) -> None:
    story = begin(budget, at, office(*lists[0]))
    for version, (gap, holidays) in enumerate(zip(gaps, lists[1:], strict=False), start=2):
        calendar, before = office(*holidays, version=version), story.clock
        if step := recompute(story.clock, calendar=calendar, at=story.now):
            story.clock = step.clock
            story.events.append(step.event)
        assert story.clock.due_at >= before.due_at
        toggle(story, gap, calendar)
        assert story.clock.due_at >= before.due_at
        assert story.clock.consumed >= before.consumed
        assert replay(budget, story.events) == story.clock


@given(budgets, hand_ins, gaps, holiday_lists)
def test_without_changes_of_the_calendar_used_and_paused_time_account_for_all_of_it(
    budget: timedelta, at: datetime, gaps: list[timedelta], holidays: set[str]
) -> None:
    calendar = office(*holidays)
    story, used = begin(budget, at, calendar), timedelta()
    for gap in gaps:
        if story.clock.state is ClockState.RUNNING:
            used += calendar.between(story.now, story.now + gap)
        toggle(story, gap, calendar)
    stopped = stop(story.clock, calendar=calendar, at=story.now).clock
    assert stopped.consumed == used
    assert remaining(stopped, calendar=calendar, at=story.now) == budget - used


@given(budgets, hand_ins, holiday_lists, st.sampled_from(JANUARY))
def test_a_holiday_added_extends_by_its_working_time_if_it_falls_before_due_and_else_by_nothing(
    budget: timedelta, at: datetime, holidays: set[str], added: str
) -> None:
    old, new = office(*holidays), office(*holidays, added, version=2)
    clock = begin(budget, at, old).clock
    step = recompute(clock, calendar=new, at=at)
    assert step is not None
    lost = budget - new.between(at, clock.due_at)
    assert new.between(clock.due_at, step.clock.due_at) == lost
    if ist(f"{added} 00:00") > clock.due_at:
        assert step.clock.due_at == clock.due_at


@given(budgets, hand_ins, holiday_lists, holiday_lists)
def test_holidays_withdrawn_leave_every_promise_where_it_was(
    budget: timedelta, at: datetime, kept: set[str], withdrawn: set[str]
) -> None:
    clock = begin(budget, at, office(*kept, *withdrawn)).clock
    step = recompute(clock, calendar=office(*kept, version=2), at=at)
    assert step is not None
    assert step.clock.due_at == clock.due_at


@given(budgets, hand_ins, gaps, st.integers(-600, 600))
def test_a_running_clock_is_late_exactly_when_due_has_passed(
    budget: timedelta, at: datetime, gaps: list[timedelta], minutes: int
) -> None:
    calendar = office()
    story = begin(budget, at, calendar)
    for gap in gaps[: len(gaps) // 2 * 2]:
        toggle(story, gap, calendar)
    moment = story.clock.due_at + minutes * MINUTE
    assert breached(story.clock, calendar=calendar, at=moment) == (minutes > 0)


@given(budgets, hand_ins, holiday_lists)
def test_warnings_stand_in_order_between_start_and_due_at_their_share_of_the_budget(
    budget: timedelta, at: datetime, holidays: set[str]
) -> None:
    calendar = office(*holidays)
    clock = begin(budget, at, calendar).clock
    told = warnings(clock, calendar=calendar)
    assert [warning.at for warning in told] == sorted(warning.at for warning in told)
    left = {warning.kind.value: calendar.between(warning.at, clock.due_at) for warning in told}
    expected = {
        "half_used": budget / 2,
        "four_fifths_used": budget / 5,
        "two_hours_left": hours(2),
    }
    assert left == {kind: span for kind, span in expected.items() if span <= budget}
