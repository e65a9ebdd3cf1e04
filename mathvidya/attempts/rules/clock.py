"""The sitting clock: every rule about time in one place, as a function of stored moments and ``now``.

Answering lasts for the paper's minutes and the student's extra time. A grace after it takes late saves of
answers that were made in time. Then comes a window of its own for photographing and uploading the written
pages; a paper without written questions has none. A limit belongs to what comes after it: at the very moment
at which answering ends, it has ended.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mathvidya.attempts.models import ExamInstance

CLOCK_SKEW = timedelta(seconds=5)
"""How far a phone's clock may run ahead before an answer made in time seems to be made too late."""


class Phase(StrEnum):
    """What a student can do now."""

    ANSWERING = "answering"
    GRACE = "grace"
    UPLOADING = "uploading"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class SittingTimes:
    """The limits of one sitting; ``upload_ends_at`` is None on a paper without written questions."""

    started_at: datetime
    answering_ends_at: datetime
    accepts_until: datetime
    upload_ends_at: datetime | None

    @property
    def ends_at(self) -> datetime:
        """When the sitting is over, and time hands in what is there."""
        return self.upload_ends_at or self.accepts_until


def extra_minutes(minutes: int, extra_time_percent: int) -> int:
    """What a student is owed on top of ``minutes``, in whole minutes, rounded up in the student's favour."""
    return -(-minutes * extra_time_percent // 100)


def times_of(
    started_at: datetime,
    *,
    minutes: int,
    extra_minutes: int,
    grace: timedelta,
    upload_window: timedelta | None,
) -> SittingTimes:
    """The limits of a sitting that starts at ``started_at``.

    ``upload_window`` is None for a paper without written questions.
    """
    answering_ends_at = started_at + timedelta(minutes=minutes + extra_minutes)
    accepts_until = answering_ends_at + grace
    return SittingTimes(
        started_at=started_at,
        answering_ends_at=answering_ends_at,
        accepts_until=accepts_until,
        upload_ends_at=None if upload_window is None else accepts_until + upload_window,
    )


def finished_early(times: SittingTimes, at: datetime, upload_window: timedelta) -> SittingTimes:
    """The limits once the student has put the pen down at ``at``: the window for uploading starts then.

    In the grace, answering has ended already and its end stays; nothing is accepted any more all the same.
    """
    return replace(
        times,
        answering_ends_at=min(at, times.answering_ends_at),
        accepts_until=at,
        upload_ends_at=at + upload_window,
    )


def phase(times: SittingTimes, now: datetime) -> Phase:
    """Where in the sitting ``now`` falls."""
    if now < times.answering_ends_at:
        return Phase.ANSWERING
    if now < times.accepts_until:
        return Phase.GRACE
    if times.upload_ends_at is not None and now < times.upload_ends_at:
        return Phase.UPLOADING
    return Phase.OVER


def next_limit(times: SittingTimes, now: datetime) -> datetime | None:
    """When the present phase ends; None once the sitting is over."""
    limits = (times.answering_ends_at, times.accepts_until, times.upload_ends_at)
    return next((limit for limit in limits if limit is not None and now < limit), None)


def made_at(claimed: datetime, now: datetime) -> datetime:
    """When an answer was made: as the device says, but never in the future, whatever its clock shows."""
    return min(claimed, now)


def takes_answer(times: SittingTimes, *, made: datetime, now: datetime) -> bool:
    """Whether an answer that was ``made`` then may still be saved ``now``.

    The saving statement (service/saving.py) carries the same condition; a test holds the two together.
    """
    return now < times.accepts_until and made < times.answering_ends_at + CLOCK_SKEW


def stored_times(exam: ExamInstance) -> SittingTimes | None:
    """The limits as they are stored; None before the start."""
    if exam.started_at is None or exam.answering_ends_at is None or exam.accepts_until is None:
        return None
    return SittingTimes(exam.started_at, exam.answering_ends_at, exam.accepts_until, exam.upload_ends_at)
