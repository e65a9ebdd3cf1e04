"""What choices score, and what an exam comes to."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from mathvidya.exams.papers import KeyQuestion

NOTHING = Decimal(0)
_HUNDREDTH = Decimal("0.01")


def score_choices(
    questions: Iterable[KeyQuestion], chosen: Mapping[int, frozenset[str]]
) -> dict[int, Decimal]:
    """Marks by number for every question that the key marks: all for exactly the right choices, else none."""
    return {
        each.number: each.marks if chosen.get(each.number) == each.question.choices else NOTHING
        for each in questions
        if not each.is_written
    }


def percentage(total: Decimal, possible: Decimal) -> Decimal:
    """``total`` of ``possible`` in per cent, to two places, halves up. ``possible`` is positive."""
    return (total * 100 / possible).quantize(_HUNDREDTH, ROUND_HALF_UP)
