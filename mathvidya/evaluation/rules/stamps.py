"""What may be put on a page: which stamps carry marks, and how much a page holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mathvidya.bank.schemes import HALF
from mathvidya.evaluation.models import AnnotationKind

POINTS_PER_STROKE = 1000
STROKES_PER_ANNOTATION = 40
STROKES_PER_PAGE = 400
ANNOTATIONS_PER_PAGE = 500
LONGEST_TEXT = 500
GRID = 10_000
"""Ink is integers on a grid of the page: a hundredth of a per cent is finer than a pen."""

COUNTED = frozenset({AnnotationKind.TICK, AnnotationKind.HALF, AnnotationKind.CROSS})
"""Stamps that say what an answer is worth; the others say something about it."""

_FIXED: Mapping[AnnotationKind, Decimal] = {AnnotationKind.HALF: HALF, AnnotationKind.CROSS: Decimal(0)}
_MOST = Decimal(6)
"""The most that a question carries."""


@dataclass(frozen=True, slots=True)
class PageLoad:
    """What is on a page already."""

    annotations: int = 0
    strokes: int = 0

    def takes(self, strokes: int) -> bool:
        """Whether one more annotation with this many strokes fits."""
        return self.annotations < ANNOTATIONS_PER_PAGE and self.strokes + strokes <= STROKES_PER_PAGE

    def with_one(self, strokes: int) -> "PageLoad":
        """The load once it is there."""
        return PageLoad(self.annotations + 1, self.strokes + strokes)


def marks_problem(kind: AnnotationKind, question_number: int | None, marks: Decimal | None) -> str | None:
    """Why a stamp cannot carry these marks; None when it can."""
    if marks is None:
        return None
    if kind not in COUNTED:
        return f"a {kind} carries no marks; send marks with a tick"
    if question_number is None:
        return "say which question the marks are for"
    if marks != _FIXED.get(kind, marks):
        return f"a {kind} stands for {_FIXED[kind]}; leave marks out"
    if not 0 <= marks <= _MOST or marks % HALF:
        return f"{marks} is no mark; a tick carries 0 to {_MOST} in halves"
    return None


def worth(kind: AnnotationKind, question_number: int | None, marks: Decimal | None) -> Decimal | None:
    """What a stamp at a question stands for: a cross nothing, a half a half, a tick what it was given."""
    return None if question_number is None else _FIXED.get(kind, marks)
