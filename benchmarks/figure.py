"""One measured claim: the value, the plain baseline of the same run, and the goal."""

from collections.abc import Sequence
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


def table(figures: Sequence[Figure]) -> str:
    """The figures as aligned text, one to a line."""
    width = max(len(figure.name) for figure in figures)
    return "\n".join(
        f"{figure.name:<{width}}  {figure.value:>10.4g} {figure.unit:<2}"
        f"  baseline {figure.baseline:>10.4g} {figure.unit:<2}  {figure.ratio:>10,.2f}x"
        f"  {'met' if figure.met else 'MISSED'}: {figure.claim}"
        for figure in figures
    )
