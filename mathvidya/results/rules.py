"""What marks say about a student so far. Pure.

A unit with three marks of evidence says little, so each unit's share is shrunk towards what the student does
elsewhere, and that towards one half:

    overall = (A + k / 2) / (P + k)          over all units: A awarded of P possible marks
    mastery = (a + k * overall) / (p + k)    for one unit:   a awarded of p possible marks

k = 10 marks is the weight of the prior: a unit counts as half known once ten of its marks have been sat.
Readiness is the mean of mastery over the units of the board's paper, weighted by the board's marks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

PRIOR_MARKS = Decimal(10)
PRIOR_SHARE = Decimal("0.5")
_PLACES = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Marks that were awarded of those that could be had."""

    awarded: Decimal
    possible: Decimal

    def __add__(self, other: "Evidence") -> "Evidence":
        """Both together."""
        return Evidence(self.awarded + other.awarded, self.possible + other.possible)

    def shrunk(self, prior: Decimal) -> Decimal:
        """The share of marks, drawn towards ``prior`` by ten marks' weight."""
        return (self.awarded + PRIOR_MARKS * prior) / (self.possible + PRIOR_MARKS)


NOTHING = Evidence(Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One unit: what the board gives for it, what the student has shown, and what that suggests."""

    unit: str
    board_marks: int
    evidence: Evidence
    mastery: Decimal


@dataclass(frozen=True, slots=True)
class Progress:
    """All units of the board's paper in its order; ``readiness`` is a share between 0 and 1."""

    units: tuple[UnitProgress, ...]
    readiness: Decimal


def progress(board_marks: Mapping[str, int], evidence: Mapping[str, Evidence]) -> Progress:
    """How a student stands in each unit, and for the whole paper. ``board_marks`` is not empty."""
    shown = {unit: evidence.get(unit, NOTHING) for unit in board_marks}
    overall = sum(shown.values(), NOTHING).shrunk(PRIOR_SHARE)
    mastery = {unit: each.shrunk(overall) for unit, each in shown.items()}
    weighted = sum((mastery[unit] * marks for unit, marks in board_marks.items()), Decimal(0))
    return Progress(
        tuple(
            UnitProgress(unit, marks, shown[unit], _rounded(mastery[unit]))
            for unit, marks in board_marks.items()
        ),
        _rounded(weighted / sum(board_marks.values())),
    )


def _rounded(share: Decimal) -> Decimal:
    return share.quantize(_PLACES, ROUND_HALF_UP)
