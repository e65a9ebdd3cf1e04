from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from tests.workflows.calendars import hours, ist, office
from workflows import clocks, sla
from workflows.base import new_id
from workflows.calendar import HorizonError, WorkingCalendar
from workflows.clocks.many import due_each
from workflows.machine import IllegalTransition
from workflows.models import SlaClockRow, Timer, TimerState
from workflows.sla import ClockState, Policy, PolicyUnit, WarningKind

ONE_DAY = Policy(PolicyUnit.WORKING_DAY, 1)
US = timedelta(microseconds=1)


@dataclass(frozen=True)
class Keyed:
    calendar: WorkingCalendar
    key: str = "national"


PLAIN = Keyed(office())


def started(session: Session, at: str = "5 Jan 10:00", calendar: Keyed = PLAIN) -> SlaClockRow:
    return clocks.start_clock(
        session,
        subject_type="essay",
        subject_id=new_id(),
        policy=ONE_DAY,
        calendar=calendar,
        at=ist(at),
    )


def paused(session: Session, row: SlaClockRow, at: str, calendar: WorkingCalendar = PLAIN.calendar) -> None:
    clocks.pause_clock(session, row, calendar=calendar, at=ist(at), reason="a page is missing")


def resumed(session: Session, row: SlaClockRow, at: str, calendar: WorkingCalendar = PLAIN.calendar) -> None:
    clocks.resume_clock(session, row, calendar=calendar, at=ist(at), reason="the page came")


def stopped(session: Session, row: SlaClockRow, at: str, calendar: WorkingCalendar = PLAIN.calendar) -> None:
    clocks.stop_clock(session, row, calendar=calendar, at=ist(at), reason="done")


def pending(session: Session, row: SlaClockRow) -> dict[str, datetime]:
    session.flush()
    rows = select(Timer).where(
        Timer.subject_id == row.subject_id,
        Timer.state == TimerState.PENDING,
        Timer.generation == row.generation,
    )
    return {timer.kind: timer.due_at for timer in session.scalars(rows)}


def kinds(session: Session, row: SlaClockRow) -> Sequence[str]:
    session.flush()
    return [line.kind for line in clocks.log_of(session, row)]


def test_a_day_from_monday_ten_is_due_on_tuesday_ten_with_warnings_on_the_way(session: Session) -> None:
    row = started(session)
    assert row.due_at == ist("6 Jan 10:00")
    assert pending(session, row) == {
        "essay.half_used": ist("5 Jan 14:30"),
        "essay.four_fifths_used": ist("5 Jan 17:12"),
        "essay.two_hours_left": ist("5 Jan 17:00"),
        "essay.overdue": ist("6 Jan 10:00") + US,
    }


def test_one_subject_has_one_clock(session: Session) -> None:
    row = started(session)
    with pytest.raises(DatabaseError, match="uq_sla_clocks_subject_type_subject_id"):
        clocks.start_clock(
            session,
            subject_type="essay",
            subject_id=row.subject_id,
            policy=ONE_DAY,
            calendar=PLAIN,
            at=ist("5 Jan 10:00"),
        )


def test_a_promise_beyond_the_known_holidays_is_refused(session: Session) -> None:
    with pytest.raises(HorizonError):
        started(session, "31 Dec 15:00")


def test_a_pause_silences_the_clock_and_keeps_its_last_promise(session: Session) -> None:
    row = started(session)
    paused(session, row, "5 Jan 12:00")
    assert clocks.ledger_of(row).state is ClockState.PAUSED
    assert row.due_at == ist("6 Jan 10:00")
    assert row.consumed == hours(2)
    assert pending(session, row) == {}


def test_a_pause_over_a_holiday_costs_nothing_of_the_budget(session: Session) -> None:
    keyed = Keyed(office("6 Jan"))
    row = started(session, calendar=keyed)
    paused(session, row, "5 Jan 12:00", keyed.calendar)
    resumed(session, row, "7 Jan 09:30", keyed.calendar)
    assert row.due_at == ist("7 Jan 16:30")
    assert pending(session, row)["essay.overdue"] == ist("7 Jan 16:30") + US


def test_timers_of_the_time_before_a_pause_are_void(session: Session) -> None:
    row = started(session)
    paused(session, row, "5 Jan 12:00")
    resumed(session, row, "5 Jan 13:00")
    found = select(Timer.generation, Timer.state).where(
        Timer.subject_id == row.subject_id, Timer.kind == "essay.overdue"
    )
    session.flush()
    assert {tuple(row) for row in session.execute(found)} == {
        (1, TimerState.CANCELLED),
        (2, TimerState.PENDING),
    }


def test_a_moment_read_before_a_lock_was_waited_for_does_not_run_the_log_backwards(session: Session) -> None:
    row = started(session)
    paused(session, row, "5 Jan 09:59")
    assert (row.paused_at, row.consumed) == (ist("5 Jan 10:00"), hours(0))


def test_a_warning_is_said_once_though_its_timer_is_set_again(session: Session) -> None:
    row = started(session)
    assert clocks.note_warning(session, row, WarningKind.HALF_USED, at=ist("5 Jan 14:30"))
    moved = Keyed(office("6 Jan", version=2))
    clocks.recompute_clock(session, row, calendar=moved.calendar, at=ist("5 Jan 15:00"))
    assert set(pending(session, row)) == {
        "essay.four_fifths_used",
        "essay.two_hours_left",
        "essay.overdue",
    }


def test_a_warning_that_nobody_has_heard_survives_a_recomputation_after_its_moment(session: Session) -> None:
    row = started(session)
    clocks.recompute_clock(session, row, calendar=office("6 Jan", version=2), at=ist("5 Jan 15:00"))
    assert pending(session, row)["essay.half_used"] == ist("5 Jan 14:30")


def test_a_clock_that_stands_or_has_ended_is_not_warned_about(session: Session) -> None:
    row = started(session)
    paused(session, row, "5 Jan 12:00")
    assert not clocks.note_warning(session, row, WarningKind.HALF_USED, at=ist("5 Jan 14:30"))


def test_due_is_kept_at_due_and_broken_an_instant_later(session: Session) -> None:
    row = started(session)
    calendar = PLAIN.calendar
    assert not clocks.note_breach(session, row, calendar=calendar, at=ist("6 Jan 10:00"))
    assert clocks.note_breach(session, row, calendar=calendar, at=ist("6 Jan 10:00") + US)
    assert row.breached_at == ist("6 Jan 10:00") + US


def test_a_breach_is_noted_once(session: Session) -> None:
    row = started(session)
    assert clocks.note_breach(session, row, calendar=PLAIN.calendar, at=ist("6 Jan 11:00"))
    assert not clocks.note_breach(session, row, calendar=PLAIN.calendar, at=ist("6 Jan 12:00"))
    assert kinds(session, row) == ["started", "breached"]


def test_work_that_ends_late_keeps_the_timer_that_will_note_the_breach(session: Session) -> None:
    row = started(session)
    stopped(session, row, "6 Jan 11:00")
    assert set(pending(session, row)) == {"essay.overdue"}
    assert clocks.note_breach(session, row, calendar=PLAIN.calendar, at=ist("6 Jan 11:01"))


def test_work_that_ends_in_time_leaves_no_timer_and_never_becomes_late(session: Session) -> None:
    row = started(session)
    stopped(session, row, "6 Jan 10:00")
    assert pending(session, row) == {}
    assert not clocks.note_breach(session, row, calendar=PLAIN.calendar, at=ist("9 Jan 10:00"))


def test_a_clock_known_to_be_late_sets_no_timers_any_more(session: Session) -> None:
    row = started(session)
    clocks.note_breach(session, row, calendar=PLAIN.calendar, at=ist("6 Jan 11:00"))
    paused(session, row, "6 Jan 11:30")
    resumed(session, row, "6 Jan 12:00")
    assert pending(session, row) == {}


def test_a_clock_that_stopped_stays_stopped(session: Session) -> None:
    row = started(session)
    stopped(session, row, "5 Jan 12:00")
    with pytest.raises(IllegalTransition):
        resumed(session, row, "5 Jan 13:00")


def test_a_holiday_added_extends_what_it_touches_and_says_so(session: Session) -> None:
    touched, before = started(session), started(session, "3 Jan 10:00")
    moved = clocks.recompute_open(session, calendar=Keyed(office("6 Jan", version=2)), at=ist("5 Jan 11:00"))
    assert [row.id for row in moved] == [touched.id]
    assert (touched.due_at, before.due_at) == (ist("7 Jan 10:00"), ist("5 Jan 10:00"))
    assert pending(session, touched)["essay.overdue"] == ist("7 Jan 10:00") + US
    line = clocks.log_of(session, touched)[-1]
    assert (line.kind, line.due_before, line.due_after) == (
        "recomputed",
        ist("6 Jan 10:00"),
        ist("7 Jan 10:00"),
    )


def test_a_holiday_withdrawn_never_pulls_a_promise_earlier(session: Session) -> None:
    row = started(session, calendar=Keyed(office("6 Jan")))
    assert clocks.recompute_open(session, calendar=Keyed(office(version=2)), at=ist("5 Jan 11:00")) == []
    assert row.due_at == ist("7 Jan 10:00")


def test_a_paused_clock_is_brought_along_and_profits_when_it_runs_on(session: Session) -> None:
    row = started(session)
    paused(session, row, "5 Jan 12:00")
    later = Keyed(office("6 Jan", version=2))
    clocks.recompute_open(session, calendar=later, at=ist("5 Jan 13:00"))
    assert (row.calendar_version, pending(session, row)) == (2, {})
    resumed(session, row, "5 Jan 17:00", later.calendar)
    assert row.due_at == ist("7 Jan 15:00")


def test_finished_clocks_and_those_of_other_calendars_are_left_alone(session: Session) -> None:
    done, other = started(session), started(session, calendar=Keyed(office(), "in-mh"))
    stopped(session, done, "5 Jan 12:00")
    assert (
        clocks.recompute_open(session, calendar=Keyed(office("6 Jan", version=2)), at=ist("5 Jan 13:00"))
        == []
    )
    assert (done.calendar_version, other.calendar_version) == (1, 1)


def test_a_message_that_comes_twice_or_late_recomputes_nothing(session: Session) -> None:
    row = started(session)
    second = Keyed(office("6 Jan", version=2))
    clocks.recompute_open(session, calendar=second, at=ist("5 Jan 11:00"))
    clocks.recompute_open(session, calendar=second, at=ist("5 Jan 11:00"))
    clocks.recompute_open(session, calendar=PLAIN, at=ist("5 Jan 11:00"))
    assert kinds(session, row) == ["started", "recomputed"]


def test_the_log_cannot_be_rewritten(session: Session) -> None:
    row = started(session)
    session.flush()
    line = clocks.log_of(session, row)[0]
    line.reason = "as we wish it had been"
    with pytest.raises(DatabaseError, match="append only"):
        session.flush()


def test_the_account_says_what_was_used_when_it_stood_and_which_days_were_closed(session: Session) -> None:
    row = started(session, "9 Jan 17:00")
    paused(session, row, "10 Jan 10:00")
    resumed(session, row, "12 Jan 10:00")
    session.flush()
    account = clocks.account_of(session, row, calendar=PLAIN.calendar, at=ist("12 Jan 11:00"))
    assert [(part.start, part.end) for part in account.segments] == [
        (ist("9 Jan 17:00"), ist("9 Jan 18:00")),
        (ist("10 Jan 09:00"), ist("10 Jan 10:00")),
        (ist("12 Jan 10:00"), ist("12 Jan 17:00")),
    ]
    assert sum((part.length for part in account.segments), timedelta()) == account.budget
    assert [(stand.start, stand.end) for stand in account.pauses] == [
        (ist("10 Jan 10:00"), ist("12 Jan 10:00"))
    ]
    assert (account.paused, account.remaining, account.due_at) == (hours(9), hours(6), ist("12 Jan 17:00"))
    assert [closed.day for closed in account.closed] == [ist("11 Jan 00:00").date()]


VERSIONS = [office(), office("6 Jan", version=2), office("7 Jan", version=3), office(version=4)]


@given(
    start=st.integers(0, 5 * 24 * 60),
    acts=st.lists(
        st.tuples(st.sampled_from(["pause", "resume", "calendar", "breach", "stop"]), st.integers(1, 900)),
        max_size=8,
    ),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_clock_is_what_its_log_adds_up_to_whatever_happened(
    session: Session, start: int, acts: list[tuple[str, int]]
) -> None:
    at, version = ist("1 Jan 00:00") + timedelta(minutes=start), 0
    row = clocks.start_clock(
        session, subject_type="essay", subject_id=new_id(), policy=ONE_DAY, calendar=PLAIN, at=at
    )
    for act, minutes in acts:
        at += timedelta(minutes=minutes)
        version = min(version + (act == "calendar"), len(VERSIONS) - 1)
        attempt(session, row, act, VERSIONS[version], at)
    session.flush()
    session.expire(row)
    assert clocks.replayed(session, row) == clocks.ledger_of(row)


def attempt(session: Session, row: SlaClockRow, act: str, calendar: WorkingCalendar, at: datetime) -> None:
    try:
        match act:
            case "pause":
                clocks.pause_clock(session, row, calendar=calendar, at=at, reason="")
            case "resume":
                clocks.resume_clock(session, row, calendar=calendar, at=at, reason="")
            case "stop":
                clocks.stop_clock(session, row, calendar=calendar, at=at, reason="")
            case "breach":
                clocks.note_breach(session, row, calendar=calendar, at=at)
            case _:
                clocks.recompute_clock(session, row, calendar=calendar, at=at)
    except IllegalTransition:
        pass


@given(
    budgets=st.lists(st.tuples(st.integers(0, 20 * 24 * 60), st.integers(1, 2000)), max_size=20),
    pause_every=st.integers(2, 4),
)
def test_many_due_times_at_once_are_those_found_one_by_one(
    budgets: list[tuple[int, int]], pause_every: int
) -> None:
    ledgers = []
    for place, (start, minutes) in enumerate(budgets):
        at = ist("2 Jan 00:00") + timedelta(minutes=start)
        clock = sla.start(timedelta(minutes=minutes), calendar=PLAIN.calendar, at=at).clock
        if place % pause_every == 0:
            clock = sla.pause(clock, calendar=PLAIN.calendar, at=at + hours(30)).clock
        if place % (2 * pause_every) == 0:
            clock = sla.resume(clock, calendar=PLAIN.calendar, at=at + hours(40)).clock
        ledgers.append(clock)
    for calendar in VERSIONS:
        assert due_each(ledgers, calendar) == [sla.due_at(clock, calendar) for clock in ledgers]
