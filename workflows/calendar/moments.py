"""Moments as whole microseconds since 1970 in UTC: what the segments are made of.

Integers keep the arithmetic exact at the resolution that ``datetime`` itself has, and bisect
about four times faster than aware datetimes.
"""

from datetime import UTC, datetime, timedelta

from workflows.calendar.errors import NaiveMomentError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def to_ticks(moment: datetime) -> int:
    """Microseconds since the epoch. Raises NaiveMomentError when the UTC offset is missing."""
    try:
        return (moment - EPOCH) // TICK
    except TypeError:
        raise NaiveMomentError(f"{moment.isoformat()} has no UTC offset: add one, such as +05:30") from None


def to_moment(ticks: int) -> datetime:
    """The aware UTC moment at a number of microseconds."""
    return EPOCH + ticks * TICK  # half the cost of timedelta(microseconds=ticks)


def span_to_ticks(span: timedelta) -> int:
    """A length of time in microseconds, exactly."""
    return span // TICK
