"""What a saved answer is, and what a student still owes before handing in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from workflows.base import JsonObject


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer as a student's device sends it; no choices: the answer was taken back.

    ``sequence`` rises with every change on the device, so that of two saves the newer one is known, whatever
    the order in which they arrive.
    """

    number: int
    choices: tuple[str, ...]
    sequence: int
    answered_at: datetime
    marked_for_review: bool = False


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What stands between a student and handing in, by question number."""

    missing: tuple[int, ...]
    contradictory: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.contradictory)


def outstanding(
    written: Iterable[int], *, on_sheets: frozenset[int], declared: frozenset[int]
) -> Outstanding:
    """Written questions that are neither on a sheet nor declared unanswered, and those that are both."""
    numbers = sorted(written)
    return Outstanding(
        missing=tuple(n for n in numbers if n not in on_sheets and n not in declared),
        contradictory=tuple(n for n in numbers if n in on_sheets and n in declared),
    )


def choice_labels(snapshot: JsonObject) -> dict[str, list[str]]:
    """What can be chosen where on a paper, by question number as JSON spells it."""
    return {
        str(question["number"]): [choice["label"] for choice in question["choices"]]
        for section in snapshot["sections"]
        for question in section["questions"]
        if question["choices"]
    }
