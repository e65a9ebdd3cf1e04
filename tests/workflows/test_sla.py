from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.workflows.calendars import every_day, hours, ist, office
from workflows.calendar import (
    CalendarRules,
    HorizonError,
    NaiveMomentError,
    Shift,
    Weekday,
    WorkingCalendar,
)
from workflows.machine import IllegalTransition
from workflows.sla import (
    CLOCK,
    ClockError,
    ClockEvent,
    ClockState,
    ClockWarning,
    LedgerEvent,
    Policy,
    PolicyUnit,
    SlaClock,
    Step,
    WarningKind,
    breached,
    due_at,
    pause,
    paused_time,
    recompute,
    remaining,
    replay,
    resume,
    start,
    stop,
    warnings,
)

ONE_DAY = hours(9)


def running(at: str = "5 Jan 14:00", calendar: WorkingCalendar | None = None) -> SlaClock:
    """One working day owed, in the standard week."""
    return start(ONE_DAY, calendar=calendar or office(), at=ist(at)).clock


def paused(at: str = "5 Jan 16:00") -> SlaClock:
    return pause(running(), calendar=office(), at=ist(at)).clock


class TestPolicy:
    def test_a_working_day_is_as_long_as_the_calendar_says(self) -> None:
        assert Policy(PolicyUnit.WORKING_DAY, 1).budget(office().rules) == timedelta(minutes=540)
        assert Policy(PolicyUnit.WORKING_DAY, 2).budget(office().rules) == timedelta(minutes=1080)
        short = every_day("UTC", ("10:00", "16:00"))
        assert Policy(PolicyUnit.WORKING_DAY, 2).budget(short) == hours(12)

    def test_a_half_saturday_does_not_shorten_the_day_that_is_owed(self) -> None:
        week = {**office().rules.week, Weekday.SATURDAY: (Shift.of("09:00", "13:00"),)}
        rules = CalendarRules("Asia/Kolkata", week)
        assert Policy(PolicyUnit.WORKING_DAY, 1).budget(rules) == hours(9)

    def test_working_minutes_are_minutes_on_any_calendar(self) -> None:
        assert Policy(PolicyUnit.WORKING_MINUTE, 90).budget(office().rules) == hours(1.5)

    @pytest.mark.parametrize("amount", [0, -1])
    def test_nothing_cannot_be_promised(self, amount: int) -> None:
        with pytest.raises(ClockError, match="amount must be at least 1 working_day"):
            Policy(PolicyUnit.WORKING_DAY, amount)


class TestStart:
    def test_it_runs_from_the_moment_and_promises_where_the_budget_ends(self) -> None:
        clock, event = start(ONE_DAY, calendar=office(), at=ist("5 Jan 14:00"))
        assert clock.state is ClockState.RUNNING
        assert clock.due_at == ist("6 Jan 14:00")
        assert event == LedgerEvent(
            kind=ClockEvent.STARTED,
            at=ist("5 Jan 14:00"),
            consumed=hours(0),
            due_before=None,
            due_after=ist("6 Jan 14:00"),
            calendar_version=1,
        )

    @pytest.mark.parametrize("budget", [hours(0), hours(-1)])
    def test_a_budget_is_positive(self, budget: timedelta) -> None:
        with pytest.raises(ClockError, match="budget must be positive"):
            start(budget, calendar=office(), at=ist("5 Jan 14:00"))

    def test_a_promise_past_the_known_holidays_is_refused(self) -> None:
        with pytest.raises(HorizonError):
            start(ONE_DAY, calendar=office(), at=ist("31 Dec 10:00"))


class TestPauseAndResume:
    def test_a_pause_keeps_what_was_consumed_and_the_promise(self) -> None:
        clock, event = pause(running(), calendar=office(), at=ist("5 Jan 16:00"))
        assert (clock.state, clock.consumed) == (ClockState.PAUSED, hours(2))
        assert clock.due_at == event.due_after == ist("6 Jan 14:00")

    def test_the_promise_moves_by_the_working_time_that_the_clock_stood(self) -> None:
        clock, event = resume(paused("5 Jan 16:00"), calendar=office(), at=ist("6 Jan 10:00"))
        assert (clock.state, clock.consumed) == (ClockState.RUNNING, hours(2))
        assert clock.due_at == ist("6 Jan 17:00")
        assert (event.due_before, event.due_after) == (ist("6 Jan 14:00"), ist("6 Jan 17:00"))

    def test_a_pause_outside_working_hours_moves_nothing(self) -> None:
        night = resume(paused("5 Jan 20:00"), calendar=office(), at=ist("6 Jan 08:00")).clock
        assert night.due_at == ist("6 Jan 14:00")

    def test_pauses_add_up(self) -> None:
        clock = resume(paused("5 Jan 16:00"), calendar=office(), at=ist("5 Jan 17:00")).clock
        clock = pause(clock, calendar=office(), at=ist("6 Jan 09:00")).clock
        assert clock.consumed == hours(3)
        clock = resume(clock, calendar=office(), at=ist("6 Jan 10:00")).clock
        assert clock.due_at == ist("6 Jan 16:00")

    def test_a_clock_that_was_late_stays_late(self) -> None:
        late = pause(running(), calendar=office(), at=ist("6 Jan 15:00")).clock
        assert late.consumed == hours(10)
        clock = resume(late, calendar=office(), at=ist("7 Jan 10:00")).clock
        assert clock.due_at == ist("6 Jan 14:00")
        assert breached(clock, calendar=office(), at=ist("7 Jan 10:00"))

    def test_a_clock_late_by_closed_hours_alone_stays_late(self) -> None:
        clock = running("5 Jan 09:00")
        late = pause(clock, calendar=office(), at=ist("5 Jan 19:00")).clock
        clock = resume(late, calendar=office(), at=ist("6 Jan 10:00")).clock
        assert due_at(clock, office()) == ist("5 Jan 18:00")
        assert breached(clock, calendar=office(), at=ist("6 Jan 10:00"))

    def test_a_clock_paused_exactly_at_due_is_not_late(self) -> None:
        clock = resume(paused("6 Jan 14:00"), calendar=office(), at=ist("7 Jan 10:00")).clock
        assert clock.due_at == ist("7 Jan 10:00")
        assert not breached(clock, calendar=office(), at=ist("7 Jan 10:00"))

    def test_a_holiday_extends_also_a_clock_that_resumed_with_nothing_left(self) -> None:
        clock = resume(paused("6 Jan 14:00"), calendar=office(), at=ist("7 Jan 10:00")).clock
        assert due_at(clock, office("7 Jan", version=2)) == ist("8 Jan 09:00")

    def test_the_log_tells_how_long_it_stood(self) -> None:
        started = start(ONE_DAY, calendar=office(), at=ist("5 Jan 14:00"))
        once = pause(started.clock, calendar=office(), at=ist("5 Jan 16:00"))
        twice = resume(once.clock, calendar=office(), at=ist("6 Jan 10:00"))
        again = pause(twice.clock, calendar=office(), at=ist("6 Jan 11:00"))
        events = [started.event, once.event, twice.event, again.event]
        late = ist("6 Jan 13:00")
        assert paused_time(events[:1], calendar=office(), at=late) == hours(0)
        assert paused_time(events[:3], calendar=office(), at=late) == hours(3)
        assert paused_time(events, calendar=office(), at=late) == hours(3 + 2)

    def test_a_recomputation_does_not_end_a_pause(self) -> None:
        once = pause(running(), calendar=office(), at=ist("5 Jan 16:00"))
        changed = recompute(once.clock, calendar=office(version=2), at=ist("5 Jan 17:00"))
        assert changed is not None
        events = [once.event, changed.event]
        assert paused_time(events, calendar=office(), at=ist("5 Jan 18:00")) == hours(2)


class TestStop:
    def test_it_ends_a_running_clock_with_what_was_used(self) -> None:
        clock, event = stop(running(), calendar=office(), at=ist("6 Jan 10:00"))
        assert (clock.state, clock.consumed) == (ClockState.STOPPED, hours(5))
        assert (event.kind, event.due_after) == (ClockEvent.STOPPED, ist("6 Jan 14:00"))

    def test_a_clock_may_be_stopped_while_paused(self) -> None:
        clock = stop(paused("5 Jan 16:00"), calendar=office(), at=ist("9 Jan 10:00")).clock
        assert (clock.state, clock.consumed) == (ClockState.STOPPED, hours(2))
        assert not breached(clock, calendar=office(), at=ist("9 Jan 10:00"))


class TestBreach:
    @pytest.mark.parametrize(("minutes", "late"), [(-1, False), (0, False), (1, True)])
    def test_due_itself_is_in_time_and_a_minute_later_is_not(self, minutes: int, late: bool) -> None:
        moment = ist("6 Jan 14:00") + timedelta(minutes=minutes)
        assert breached(running(), calendar=office(), at=moment) is late
        stopped = stop(running(), calendar=office(), at=moment).clock
        assert breached(stopped, calendar=office(), at=ist("9 Jan 10:00")) is late

    def test_time_passing_does_not_make_a_paused_clock_late(self) -> None:
        assert not breached(paused(), calendar=office(), at=ist("30 Jan 10:00"))

    def test_a_holiday_counts_even_before_the_clock_is_recomputed(self) -> None:
        holiday = office("6 Jan", version=2)
        assert not breached(running(), calendar=holiday, at=ist("6 Jan 15:00"))


class TestRemaining:
    def test_it_is_working_time_and_turns_negative_when_late(self) -> None:
        clock = running()
        assert remaining(clock, calendar=office(), at=ist("5 Jan 20:00")) == hours(5)
        assert remaining(clock, calendar=office(), at=ist("6 Jan 16:00")) == hours(-2)

    def test_of_a_clock_that_stands_it_does_not_shrink(self) -> None:
        assert remaining(paused(), calendar=office(), at=ist("30 Jan 10:00")) == hours(7)


class TestRecompute:
    def test_a_holiday_added_extends_and_the_old_promise_is_in_the_event(self) -> None:
        step = recompute(running(), calendar=office("6 Jan", version=2), at=ist("5 Jan 17:00"))
        assert step is not None
        assert step.clock.due_at == ist("7 Jan 14:00")
        assert step.clock.calendar_version == 2
        assert step.event == LedgerEvent(
            kind=ClockEvent.RECOMPUTED,
            at=ist("5 Jan 17:00"),
            consumed=hours(0),
            due_before=ist("6 Jan 14:00"),
            due_after=ist("7 Jan 14:00"),
            calendar_version=2,
        )

    def test_a_holiday_withdrawn_leaves_the_promise(self) -> None:
        clock = running(calendar=office("6 Jan"))
        step = recompute(clock, calendar=office(version=2), at=ist("5 Jan 17:00"))
        assert step is not None
        assert step.clock.due_at == ist("7 Jan 14:00")

    def test_a_holiday_withdrawn_and_put_back_changes_nothing_in_the_end(self) -> None:
        clock = running(calendar=office("6 Jan"))
        without = recompute(clock, calendar=office(version=2), at=ist("5 Jan 16:00"))
        assert without is not None
        again = recompute(without.clock, calendar=office("6 Jan", version=3), at=ist("5 Jan 17:00"))
        assert again is not None
        assert again.clock.due_at == clock.due_at

    def test_a_withdrawn_holiday_is_used_first_so_that_a_pause_costs_nobody_anything(self) -> None:
        clock = running(calendar=office("6 Jan"))
        step = recompute(clock, calendar=office(version=2), at=ist("5 Jan 17:00"))
        assert step is not None
        held = pause(step.clock, calendar=office(version=2), at=ist("7 Jan 10:00")).clock
        assert held.consumed == hours(5)
        clock = resume(held, calendar=office(version=2), at=ist("8 Jan 10:00")).clock
        assert clock.due_at == ist("8 Jan 14:00")

    def test_a_holiday_after_due_changes_nothing_but_the_version(self) -> None:
        clock = running()
        step = recompute(clock, calendar=office("7 Jan", version=2), at=ist("5 Jan 17:00"))
        assert step is not None
        assert step.clock == replace(clock, calendar_version=2)

    def test_a_paused_clock_keeps_what_it_consumed_and_its_floor(self) -> None:
        step = recompute(paused(), calendar=office("6 Jan", version=2), at=ist("5 Jan 17:00"))
        assert step is not None
        assert step.clock == replace(paused(), calendar_version=2)

    def test_a_pause_never_ends_in_an_earlier_promise_though_a_holiday_was_withdrawn(self) -> None:
        clock = running(calendar=office("6 Jan"))
        held = pause(clock, calendar=office("6 Jan"), at=ist("5 Jan 16:00")).clock
        clock = resume(held, calendar=office(version=2), at=ist("5 Jan 17:00")).clock
        assert clock.due_at == ist("7 Jan 14:00")

    def test_a_stopped_clock_is_untouched(self) -> None:
        stopped = stop(running(), calendar=office(), at=ist("6 Jan 10:00")).clock
        changed = office("6 Jan", version=2)
        assert recompute(stopped, calendar=changed, at=ist("6 Jan 11:00")) is None
        assert due_at(stopped, changed) == ist("6 Jan 14:00")

    def test_the_same_version_twice_is_nothing_to_do(self) -> None:
        assert recompute(running(), calendar=office(), at=ist("5 Jan 17:00")) is None

    def test_a_verb_under_a_newer_calendar_recomputes_by_itself(self) -> None:
        clock, event = pause(running(), calendar=office("6 Jan", version=2), at=ist("5 Jan 16:00"))
        assert clock.due_at == event.due_after == ist("7 Jan 14:00")
        assert (clock.consumed, clock.calendar_version) == (hours(2), 2)


class TestWarnings:
    def test_they_come_at_half_at_four_fifths_and_two_working_hours_before_due(self) -> None:
        clock = start(hours(20), calendar=office(), at=ist("5 Jan 09:00")).clock
        assert warnings(clock, calendar=office()) == (
            ClockWarning(WarningKind.HALF_USED, ist("6 Jan 10:00")),
            ClockWarning(WarningKind.FOUR_FIFTHS_USED, ist("6 Jan 16:00")),
            ClockWarning(WarningKind.TWO_HOURS_LEFT, ist("6 Jan 18:00")),
        )

    def test_they_stand_in_the_order_of_their_moments(self) -> None:
        assert [warning.kind for warning in warnings(running(), calendar=office())] == [
            WarningKind.HALF_USED,
            WarningKind.TWO_HOURS_LEFT,
            WarningKind.FOUR_FIFTHS_USED,
        ]

    def test_two_hours_before_due_is_no_warning_of_a_budget_of_one(self) -> None:
        clock = start(hours(1), calendar=office(), at=ist("5 Jan 09:00")).clock
        kinds = [warning.kind for warning in warnings(clock, calendar=office())]
        assert kinds == [WarningKind.HALF_USED, WarningKind.FOUR_FIFTHS_USED]

    def test_a_budget_of_two_hours_has_two_hours_left_from_the_start(self) -> None:
        clock = start(hours(2), calendar=office(), at=ist("5 Jan 09:00")).clock
        first, *_ = warnings(clock, calendar=office())
        assert first == ClockWarning(WarningKind.TWO_HOURS_LEFT, ist("5 Jan 09:00"))

    def test_a_pause_moves_those_to_come_and_does_not_repeat_those_that_were(self) -> None:
        clock = resume(paused("6 Jan 10:00"), calendar=office(), at=ist("6 Jan 11:00")).clock
        assert warnings(clock, calendar=office()) == (
            ClockWarning(WarningKind.TWO_HOURS_LEFT, ist("6 Jan 13:00")),
            ClockWarning(WarningKind.FOUR_FIFTHS_USED, ist("6 Jan 13:12")),
        )

    def test_they_stay_before_a_promise_that_a_withdrawn_holiday_left(self) -> None:
        clock = running(calendar=office("6 Jan"))
        step = recompute(clock, calendar=office(version=2), at=ist("5 Jan 17:00"))
        assert step is not None
        moments = {warning.kind: warning.at for warning in warnings(step.clock, calendar=office())}
        assert moments[WarningKind.TWO_HOURS_LEFT] == ist("7 Jan 12:00")

    def test_a_clock_that_stands_or_was_late_before_has_none(self) -> None:
        assert warnings(paused(), calendar=office()) == ()
        late = pause(running(), calendar=office(), at=ist("6 Jan 15:00")).clock
        clock = resume(late, calendar=office(), at=ist("7 Jan 10:00")).clock
        assert warnings(clock, calendar=office()) == ()


def in_state(state: ClockState) -> SlaClock:
    return {
        ClockState.RUNNING: running(),
        ClockState.PAUSED: paused(),
        ClockState.STOPPED: stop(running(), calendar=office(), at=ist("5 Jan 16:00")).clock,
    }[state]


VERBS = {ClockEvent.PAUSED: pause, ClockEvent.RESUMED: resume, ClockEvent.STOPPED: stop}
CELLS = [cell for cell in CLOCK if cell.state is not ClockState.UNSTARTED and cell.event in VERBS]


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.state}-{cell.event}")
def test_every_verb_does_in_every_state_what_the_table_says(cell) -> None:  # type: ignore[no-untyped-def]  # a cell of the table, as pytest hands it over
    def act() -> Step:
        return VERBS[cell.event](in_state(cell.state), calendar=office(), at=ist("5 Jan 17:00"))

    if cell.transition:
        assert act().clock.state is cell.transition.target
    else:
        with pytest.raises(IllegalTransition):
            act()


class TestOrder:
    def test_nothing_happens_before_what_happened(self) -> None:
        early = ist("5 Jan 13:59")
        for verb, clock in ((pause, running()), (stop, running()), (resume, paused())):
            with pytest.raises(ClockError, match="would precede"):
                verb(clock, calendar=office(), at=early)

    def test_naive_moments_are_refused_by_every_verb(self) -> None:
        naive = datetime(2026, 1, 5, 16)  # noqa: DTZ001  what is refused
        for verb, clock in ((pause, running()), (stop, paused()), (resume, paused())):
            with pytest.raises(NaiveMomentError):
                verb(clock, calendar=office(), at=naive)
        with pytest.raises(NaiveMomentError):
            start(ONE_DAY, calendar=office(), at=naive)


class TestReplay:
    def test_a_ledger_begins_with_a_start(self) -> None:
        event = pause(running(), calendar=office(), at=ist("5 Jan 16:00")).event
        with pytest.raises(ClockError, match=r"begins with started, not with LedgerEvent\(.*PAUSED"):
            replay(ONE_DAY, [event])

    def test_an_empty_ledger_is_no_clock(self) -> None:
        with pytest.raises(ClockError, match="begins with started, not with None"):
            replay(ONE_DAY, [])

    def test_events_in_an_impossible_order_are_refused(self) -> None:
        started = start(ONE_DAY, calendar=office(), at=ist("5 Jan 14:00")).event
        with pytest.raises(IllegalTransition):
            replay(ONE_DAY, [started, started])
