"""Marking schemes as values: what a teacher may award, step by step, and for which methods.

The same form is kept with a question, frozen into a paper's key, and read by those who mark. Marks are
Decimal in Python and strings in JSON, because 0.1 + 0.2 has no place in a total.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workflows.base import JsonObject

HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Step:
    """One value point of the board's kind: what must be shown, and the marks that it earns."""

    marks: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Method:
    """Another way to the answer that earns full credit."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """How an answer is marked. ``follow_through`` says what keeps its credit after which error."""

    steps: tuple[Step, ...]
    alternatives: tuple[Method, ...] = ()
    follow_through: str | None = None

    def methods(self) -> Iterator[tuple[Step, ...]]:
        """The steps of the scheme's own method, then those of each alternative."""
        yield self.steps
        for method in self.alternatives:
            yield method.steps


def read_scheme(document: JsonObject) -> Scheme | None:
    """The scheme in a stored document; None where there is none, as beside a key."""
    if not document:
        return None
    return Scheme(
        _read_steps(document["steps"]),
        tuple(
            Method(method["title"], _read_steps(method["steps"]))
            for method in document.get("alternatives", ())
        ),
        document.get("follow_through"),
    )


def dump_scheme(scheme: Scheme | None) -> JsonObject:
    """The stored form of a scheme; reading it gives the same scheme."""
    if scheme is None:
        return {}
    return {
        "steps": _dump_steps(scheme.steps),
        "alternatives": [
            {"title": method.title, "steps": _dump_steps(method.steps)} for method in scheme.alternatives
        ],
        "follow_through": scheme.follow_through,
    }


def marks_text(marks: Decimal | int) -> str:
    """Marks as they travel: ``2``, ``0.5``, without zeros that say nothing."""
    return f"{Decimal(marks).normalize():f}"


def _read_steps(documents: list[JsonObject]) -> tuple[Step, ...]:
    return tuple(Step(Decimal(each["marks"]), each["text"]) for each in documents)


def _dump_steps(steps: tuple[Step, ...]) -> list[JsonObject]:
    return [{"marks": marks_text(step.marks), "text": step.text} for step in steps]
