from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathvidya.attempts.rules.clock import (
    CLOCK_SKEW,
    Phase,
    SittingTimes,
    extra_minutes,
    finished_early,
    made_at,
    next_limit,
    phase,
    takes_answer,
    times_of,
)
from tests.factories import MONDAY_TEN

GRACE, WINDOW = timedelta(minutes=5), timedelta(minutes=30)
TICK = timedelta(microseconds=1)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def board_paper(extra: int = 0) -> SittingTimes:
    return times_of(MONDAY_TEN, minutes=180, extra_minutes=extra, grace=GRACE, upload_window=WINDOW)


def choices_alone() -> SittingTimes:
    return times_of(MONDAY_TEN, minutes=30, extra_minutes=0, grace=GRACE, upload_window=None)


BOARD, CHOICES = board_paper(), choices_alone()


@pytest.mark.parametrize(
    ("times", "after", "expected"),
    [
        (BOARD, timedelta(), Phase.ANSWERING),
        (BOARD, minutes(180) - TICK, Phase.ANSWERING),
        (BOARD, minutes(180), Phase.GRACE),
        (BOARD, minutes(185) - TICK, Phase.GRACE),
        (BOARD, minutes(185), Phase.UPLOADING),
        (BOARD, minutes(215) - TICK, Phase.UPLOADING),
        (BOARD, minutes(215), Phase.OVER),
        (BOARD, timedelta(days=400), Phase.OVER),
        (board_paper(extra=36), minutes(216) - TICK, Phase.ANSWERING),
        (board_paper(extra=36), minutes(216), Phase.GRACE),
        (board_paper(extra=36), minutes(251) - TICK, Phase.UPLOADING),
        (board_paper(extra=36), minutes(251), Phase.OVER),
        (CHOICES, minutes(30) - TICK, Phase.ANSWERING),
        (CHOICES, minutes(30), Phase.GRACE),
        (CHOICES, minutes(35) - TICK, Phase.GRACE),
        (CHOICES, minutes(35), Phase.OVER),
        (finished_early(BOARD, MONDAY_TEN + minutes(60), WINDOW), minutes(60) - TICK, Phase.ANSWERING),
        (finished_early(BOARD, MONDAY_TEN + minutes(60), WINDOW), minutes(60), Phase.UPLOADING),
        (finished_early(BOARD, MONDAY_TEN + minutes(60), WINDOW), minutes(90), Phase.OVER),
        (finished_early(BOARD, MONDAY_TEN + minutes(182), WINDOW), minutes(180), Phase.GRACE),
        (finished_early(BOARD, MONDAY_TEN + minutes(182), WINDOW), minutes(182), Phase.UPLOADING),
        (finished_early(BOARD, MONDAY_TEN + minutes(182), WINDOW), minutes(212), Phase.OVER),
    ],
)
def test_a_phase_lasts_until_just_before_its_limit(
    times: SittingTimes, after: timedelta, expected: Phase
) -> None:
    assert phase(times, MONDAY_TEN + after) is expected


@pytest.mark.parametrize(
    ("paper", "percent", "extra"),
    [(180, 0, 0), (180, 20, 36), (180, 33, 60), (30, 25, 8), (45, 33, 15), (1, 1, 1), (180, 100, 180)],
)
def test_extra_time_is_rounded_up_to_whole_minutes(paper: int, percent: int, extra: int) -> None:
    assert extra_minutes(paper, percent) == extra


@given(paper=st.integers(1, 600), percent=st.integers(0, 100))
def test_extra_time_is_never_less_than_owed_nor_a_minute_more(paper: int, percent: int) -> None:
    assert 0 <= 100 * extra_minutes(paper, percent) - paper * percent < 100


moments = st.timedeltas(min_value=timedelta(), max_value=timedelta(hours=12)).map(lambda d: MONDAY_TEN + d)
spans = st.timedeltas(min_value=timedelta(), max_value=timedelta(hours=2))
sittings = st.builds(
    times_of,
    st.just(MONDAY_TEN),
    minutes=st.integers(1, 300),
    extra_minutes=st.integers(0, 300),
    grace=spans,
    upload_window=st.none() | spans,
)

_ORDER = list(Phase)


@given(times=sittings, earlier=moments, later=moments)
def test_phases_only_ever_go_forward(times: SittingTimes, earlier: datetime, later: datetime) -> None:
    first, second = sorted([earlier, later])
    assert _ORDER.index(phase(times, first)) <= _ORDER.index(phase(times, second))


@given(times=sittings, now=moments)
def test_the_phase_changes_at_the_next_limit_and_not_before(times: SittingTimes, now: datetime) -> None:
    limit = next_limit(times, now)
    if limit is None:
        assert phase(times, now) is Phase.OVER
        return
    assert phase(times, limit - TICK) is phase(times, now)
    assert phase(times, limit) is not phase(times, now)


@given(times=sittings, now=moments)
def test_a_sitting_is_over_exactly_from_its_end_on(times: SittingTimes, now: datetime) -> None:
    assert (phase(times, now) is Phase.OVER) == (now >= times.ends_at)


def test_finishing_early_never_lengthens_answering() -> None:
    in_grace = finished_early(BOARD, MONDAY_TEN + minutes(182), WINDOW)
    assert in_grace.answering_ends_at == BOARD.answering_ends_at


@pytest.mark.parametrize(
    ("made", "now", "taken"),
    [
        (minutes(10), minutes(10), True),
        (minutes(180) - TICK, minutes(185) - TICK, True),
        (minutes(180) - TICK, minutes(185), False),
        (minutes(180) + CLOCK_SKEW - TICK, minutes(181), True),
        (minutes(180) + CLOCK_SKEW, minutes(181), False),
        (minutes(184), minutes(184), False),
        (timedelta(days=-9000), minutes(184), True),
        (timedelta(days=-9000), minutes(185), False),
    ],
)
def test_grace_takes_answers_that_were_made_in_time(made: timedelta, now: timedelta, taken: bool) -> None:
    assert takes_answer(BOARD, made=MONDAY_TEN + made, now=MONDAY_TEN + now) is taken


def test_no_answer_was_made_in_the_future_whatever_the_device_says() -> None:
    assert made_at(MONDAY_TEN + minutes(10), MONDAY_TEN) == MONDAY_TEN
    assert made_at(MONDAY_TEN - minutes(10), MONDAY_TEN) == MONDAY_TEN - minutes(10)
