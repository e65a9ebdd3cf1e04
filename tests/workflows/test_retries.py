from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflows.retries import USUAL, Backoff, reason_of


@given(st.integers(1, 10**6))
def test_waits_never_shrink_and_never_exceed_the_longest(failures: int) -> None:
    assert USUAL.first <= USUAL.delay(failures) <= USUAL.delay(failures + 1) <= USUAL.longest


def test_waits_double() -> None:
    backoff = Backoff(first=timedelta(seconds=3), longest=timedelta(minutes=1), attempts=9)
    assert [backoff.delay(failures).seconds for failures in range(1, 7)] == [3, 6, 12, 24, 48, 60]


def test_the_usual_attempts_outlast_a_failover_and_end_within_a_working_day() -> None:
    assert not USUAL.is_exhausted(USUAL.attempts - 1)
    assert USUAL.is_exhausted(USUAL.attempts)
    spread = sum((USUAL.delay(failures) for failures in range(1, USUAL.attempts)), timedelta())
    assert timedelta(minutes=30) < spread < timedelta(hours=9)


def test_a_reason_is_one_line_without_the_values_that_a_driver_quotes() -> None:
    assert reason_of(ValueError("duplicate key\nDETAIL: Key (email)=(a@b)")) == "ValueError: duplicate key"


def test_a_reason_is_kept_short() -> None:
    assert len(reason_of(ValueError("x" * 5000))) == 500
