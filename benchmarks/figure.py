"""One measured claim: the value, the plain baseline of the same run, and the goal."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A measurement beside the baseline of the same run and what was promised of it.

    ``value`` and ``baseline`` are in ``unit``; ``ratio`` says how many times better the value is
    than the baseline; ``claim`` says in words which of value and ratio ``goal`` is about.
    """

    name: str
    value: float
    unit: str
    baseline: float
    ratio: float
    goal: float
    met: bool
    claim: str
