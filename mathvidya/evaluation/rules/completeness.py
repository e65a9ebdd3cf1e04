"""What stands between a script and its completion: questions without a mark, stamps that contradict one.

The board checks totals and unmarked parts on all scripts; here nothing leaves a teacher before that check.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mathvidya.bank.schemes import marks_text
from mathvidya.evaluation.rules.marks import QuestionScheme, Score, StepMarks, score

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Marked:
    """A question as it has been marked so far."""

    not_attempted: bool
    steps: StepMarks


@dataclass(frozen=True, slots=True)
class Stamp:
    """A tick, half or cross at a question; ``marks`` is what it stands for, None for a plain tick."""

    question_number: int
    marks: Decimal | None


def unfinished(
    schemes: Iterable[QuestionScheme], marked: Mapping[int, Marked], stamps: Iterable[Stamp]
) -> dict[int, list[str]]:
    """By question number, everything that stands against completion; empty when nothing does."""
    by_number: dict[int, list[Stamp]] = {}
    for stamp in stamps:
        by_number.setdefault(stamp.question_number, []).append(stamp)
    found = {
        scheme.number: list(_gaps(scheme, marked.get(scheme.number), by_number.get(scheme.number, [])))
        for scheme in schemes
    }
    return {number: gaps for number, gaps in found.items() if gaps}


def _gaps(scheme: QuestionScheme, marked: Marked | None, stamps: list[Stamp]) -> Iterator[str]:
    if marked is None:
        yield "has no mark; mark it, or say that it was not attempted"
        return
    result = score(scheme, marked.steps)
    if not marked.not_attempted:
        for part in result.unmarked_parts:
            yield f"part {part} has no mark" if part else "has no mark on any step"
    disagreement = disagree(result, stamps)
    if disagreement:
        yield disagreement


def disagree(result: Score, stamps: Iterable[Stamp]) -> str | None:
    """How the stamps on the pages contradict the mark; None when they do not.

    A plain tick stands for an unknown amount: beside one, the stamps that carry marks are a floor. Where two
    alternatives were marked, the pages may show both or only the one that counts.
    """
    worths = [stamp.marks for stamp in stamps]
    stamped = sum((worth for worth in worths if worth is not None), _ZERO)
    if not worths or stamped in {result.awarded, result.given}:
        return None
    if None in worths and stamped <= result.given:
        return None
    return f"stamps come to {marks_text(stamped)}, the mark is {marks_text(result.awarded)}"
