from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathvidya.evaluation.models import EvaluationState, ReturnReason
from mathvidya.evaluation.rules.lifecycle import (
    MACHINE,
    RETURNS,
    EvaluationEvent,
    Workload,
    expected_minutes,
    minutes_until,
    start_of_day,
)
from tests.desks import INDIA, ist
from workflows.machine import Transition

LIFE = {
    ("queued", "claim"): "assigned",
    ("queued", "reassign"): "assigned",
    ("queued", "withdraw"): "withdrawn",
    ("assigned", "begin"): "in_progress",
    ("assigned", "reassign"): "assigned",
    ("assigned", "release"): "queued",
    ("assigned", "lapse"): "queued",
    ("assigned", "take_back"): "queued",
    ("assigned", "withdraw"): "withdrawn",
    ("in_progress", "hold"): "on_hold",
    ("in_progress", "reassign"): "assigned",
    ("in_progress", "release"): "queued",
    ("in_progress", "lapse"): "queued",
    ("in_progress", "complete"): "completed",
    ("in_progress", "withdraw"): "withdrawn",
    ("on_hold", "resume"): "in_progress",
    ("on_hold", "withdraw"): "withdrawn",
    ("completed", "publish"): "published",
    ("completed", "withdraw"): "withdrawn",
}


@pytest.mark.parametrize(
    ("state", "event", "row"), list(MACHINE), ids=lambda part: getattr(part, "value", "")
)
def test_every_state_and_event_is_as_written_here(
    state: EvaluationState,
    event: EvaluationEvent,
    row: Transition[EvaluationState, EvaluationEvent] | None,
) -> None:
    assert (row.target.value if row else None) == LIFE.get((state.value, event.value))


def test_only_published_and_withdrawn_are_final() -> None:
    assert MACHINE.finals() == (EvaluationState.PUBLISHED, EvaluationState.WITHDRAWN)


def test_every_way_out_of_a_teachers_hands_has_its_reason() -> None:
    returning = {cell.event for cell in MACHINE if cell.transition and "return" in cell.transition.effects}
    assert returning == set(RETURNS)
    assert set(RETURNS.values()) == set(ReturnReason)


@pytest.mark.parametrize(("marks", "minutes"), [("60", 24), ("0", 1), ("2.5", 1), ("5", 2), ("61", 25)])
def test_a_script_takes_its_share_of_a_board_script(marks: str, minutes: int) -> None:
    assert expected_minutes(Decimal(marks)) == minutes


@given(st.integers(0, 200), st.integers(0, 200))
def test_more_marks_never_take_less_time(some: int, more: int) -> None:
    assert expected_minutes(Decimal(some)) <= expected_minutes(Decimal(some + more))


def test_a_cap_of_twenty_is_a_day_of_eight_hours() -> None:
    assert Workload(minutes_today=0, open_scripts=0, daily_cap=20).minutes_left == 480
    assert Workload(minutes_today=500, open_scripts=0, daily_cap=20).minutes_left == 0


@pytest.mark.parametrize(("open_scripts", "full"), [(2, False), (3, True), (4, True)])
def test_a_desk_holds_three_open_scripts(open_scripts: int, full: bool) -> None:
    assert Workload(minutes_today=0, open_scripts=open_scripts, daily_cap=20).is_desk_full is full


def test_a_day_begins_at_local_midnight() -> None:
    assert start_of_day(ist("5 Jan 05:29"), INDIA) == ist("5 Jan 00:00")


@given(st.integers(-(10**6), 10**6))
def test_minutes_until_a_moment_cover_it_and_are_never_negative(seconds: int) -> None:
    now = ist("5 Jan 10:00")
    minutes = minutes_until(now, now + timedelta(seconds=seconds))
    assert minutes == max(0, -(-seconds // 60))


def test_events_are_those_of_the_design() -> None:
    assert {event for _, event in LIFE} == {event.value for event in EvaluationEvent}
