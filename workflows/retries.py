"""What to do with work that failed: try again later, each time later, and in the end set it aside.

Timers and messages share this. A part that is away for minutes costs nothing but time; work that can never
succeed stops eating attempts and waits, with its last error, for a person.
"""

from dataclasses import dataclass
from datetime import timedelta

_LONGEST_REASON = 500


@dataclass(frozen=True)
class Backoff:
    """Waits that double from ``first`` up to ``longest``; after ``attempts`` failures work is set aside."""

    first: timedelta
    longest: timedelta
    attempts: int

    def delay(self, failures: int) -> timedelta:
        """How long to wait after the ``failures``-th failure in a row (1, 2, 3 …)."""
        doublings = min(failures - 1, 32)  # beyond any useful wait, and short of an overflow
        return min(self.first * (1 << doublings), self.longest)

    def is_exhausted(self, failures: int) -> bool:
        """Whether that was the last attempt."""
        return failures >= self.attempts


USUAL = Backoff(first=timedelta(seconds=2), longest=timedelta(minutes=30), attempts=12)
"""Twelve attempts spread over an hour: longer than a restart or a failover, shorter than a working day."""


def reason_of(error: BaseException) -> str:
    """One line about ``error`` for its row: the driver's other lines quote values, which may be personal."""
    first_line = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {first_line}"[:_LONGEST_REASON]
