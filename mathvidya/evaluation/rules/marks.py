"""Marks as board evaluators count them: by steps, in halves, the better alternative, never above the most.

The sources are the board's instructions to its evaluators: any correct method earns full credit, halves are
allowed, both alternatives of an OR are marked and the better one counts, the other is struck. Everything here
is Decimal in and Decimal out; sums of halves are exact, so nothing is ever rounded.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mathvidya.bank.schemes import HALF, Scheme, marks_text
from mathvidya.evaluation.errors import MarkAboveMaximum, MarkNotInHalves, UnknownStep
from mathvidya.exams.papers import Answerable, KeyQuestion

_ZERO = Decimal(0)
_ONE = Decimal(1)


class Alternative(StrEnum):
    """The two sides of an OR; where there is none, the first."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True, order=True)
class StepKey:
    """Where a step stands. ``method`` 0 is the scheme's own, n its n-th other one; ``step`` counts from 1."""

    part: str
    alternative: Alternative
    method: int
    step: int

    def __str__(self) -> str:
        """The place in a teacher's words."""
        words = [f"step {self.step}"]
        if self.method:
            words.append(f"of method {self.method}")
        if self.alternative is Alternative.SECOND:
            words.append("of the second alternative")
        if self.part:
            words.append(f"in part {self.part}")
        return " ".join(words)


StepMarks = Mapping[StepKey, Decimal]
"""What a teacher gave, step by step; a step that is not there was not looked at."""

Methods = tuple[tuple[Decimal, ...], ...]
"""By method, by step: the most that can be given."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one answer: a whole question, or one part of a case study."""

    part: str
    methods: Mapping[Alternative, Methods]

    def steps(self) -> Iterator[tuple[StepKey, Decimal]]:
        """Every step of every way to answer, with its most."""
        for alternative, methods in self.methods.items():
            for method, steps in enumerate(methods):
                for step, possible in enumerate(steps, start=1):
                    yield StepKey(self.part, alternative, method, step), possible


@dataclass(frozen=True, slots=True)
class QuestionScheme:
    """How one number of the paper is marked.

    ``sides`` is one tuple of slots, or two where whole case studies are joined by OR: then the better side
    counts, and the parts of the second are labelled ``or-i``, ``or-ii``, …
    """

    number: int
    possible: Decimal
    sides: tuple[tuple[Slot, ...], ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All places for answers, of both sides."""
        return tuple(slot for side in self.sides for slot in side)

    def steps(self) -> dict[StepKey, Decimal]:
        """Every step that can be given marks, with its most."""
        return dict(step for slot in self.slots for step in slot.steps())

    @property
    def grain(self) -> Decimal:
        """The smallest difference between two marks: a half.

        A one-mark question whose scheme has no half steps is right or wrong: halves given on those were a
        complaint of 2026.
        """
        whole = all(possible % _ONE == 0 for possible in self.steps().values())
        return _ONE if self.possible == _ONE and whole else HALF


@dataclass(frozen=True, slots=True)
class Score:
    """What the steps of one question come to.

    ``awarded`` counts the better alternative only; ``given`` is what stands on the paper before the other was
    struck. ``counted`` says, for each part with an OR that was marked, which alternative counts.
    """

    awarded: Decimal
    given: Decimal
    counted: Mapping[str, Alternative]
    unmarked_parts: tuple[str, ...]


def scheme_of(question: KeyQuestion) -> QuestionScheme:
    """How a written question of a frozen key is marked."""
    return QuestionScheme(question.number, question.marks, _sides(question))


def _sides(question: KeyQuestion) -> tuple[tuple[Slot, ...], ...]:
    first, second = question.question, question.alternative
    if first.parts:
        return (_parts(first), _parts(second, prefix="or-")) if second else (_parts(first),)
    methods = {Alternative.FIRST: _methods(first.scheme, first.marks)}
    if second:
        methods[Alternative.SECOND] = _methods(second.scheme, second.marks)
    return ((Slot("", methods),),)


def _parts(question: Answerable, prefix: str = "") -> tuple[Slot, ...]:
    slots = []
    for part in question.parts:
        methods = {Alternative.FIRST: _methods(part.scheme, part.marks)}
        if part.alternative:
            methods[Alternative.SECOND] = _methods(part.alternative.scheme, part.marks)
        slots.append(Slot(prefix + part.label, methods))
    return tuple(slots)


def _methods(scheme: Scheme | None, marks: Decimal) -> Methods:
    """Without a scheme the whole answer is one step."""
    if scheme is None:
        return ((marks,),)
    return tuple(tuple(step.marks for step in steps) for steps in scheme.methods())


def whole_answer(scheme: QuestionScheme) -> StepKey:
    """The one step of a question that has no others. Raises UnknownStep where there are steps to mark."""
    steps = tuple(scheme.steps())
    if len(steps) != 1:
        raise UnknownStep(f"question {scheme.number} is marked step by step: send steps, not awarded")
    return steps[0]


def check_steps(scheme: QuestionScheme, steps: StepMarks) -> None:
    """Refuse marks that cannot stand, naming each. Raises UnknownStep, MarkAboveMaximum, MarkNotInHalves."""
    possible = scheme.steps()
    unknown = [key for key in steps if key not in possible]
    if unknown:
        raise UnknownStep(
            f"question {scheme.number} has no {_listed(unknown)}: read the scheme of the script again",
            {str(key): "is not in the scheme" for key in unknown},
        )
    _check_bounds(scheme, steps, possible)
    _check_grain(scheme, steps)


def _check_bounds(scheme: QuestionScheme, steps: StepMarks, possible: StepMarks) -> None:
    outside = {
        str(key): f"{awarded} is not between 0 and {marks_text(possible[key])}"
        for key, awarded in steps.items()
        if not 0 <= awarded <= possible[key]
    }
    if outside:
        raise MarkAboveMaximum(
            f"question {scheme.number}: give at least 0 and at most what the step carries", outside
        )


def _check_grain(scheme: QuestionScheme, steps: StepMarks) -> None:
    grain = scheme.grain
    crooked = {
        str(key): f"{awarded} is not a multiple of {marks_text(grain)}"
        for key, awarded in steps.items()
        if awarded % grain
    }
    if crooked:
        raise MarkNotInHalves(
            f"question {scheme.number} is marked in steps of {marks_text(grain)}: choose the nearest", crooked
        )


def score(scheme: QuestionScheme, steps: StepMarks) -> Score:
    """What the steps come to: the better side, by part the better alternative, of each the better method.

    At equal marks the first that was attempted counts.
    """
    sides = [_side_score(side, steps) for side in scheme.sides]
    touched = [side for side in sides if side.is_touched]
    best = max(touched or sides, key=lambda side: side.awarded)
    return Score(
        awarded=min(best.awarded, scheme.possible),
        given=sum((side.given for side in sides), _ZERO),
        counted=best.counted,
        unmarked_parts=tuple(part for side in touched or [best] for part in side.unmarked_parts),
    )


@dataclass(frozen=True, slots=True)
class _SideScore:
    awarded: Decimal
    given: Decimal
    counted: Mapping[str, Alternative]
    unmarked_parts: tuple[str, ...]
    is_touched: bool


def _side_score(side: tuple[Slot, ...], steps: StepMarks) -> _SideScore:
    by_part = {slot.part: _by_alternative(slot, steps) for slot in side}
    best = {part: _better(given) for part, given in by_part.items() if given}
    choices = {slot.part for slot in side if len(slot.methods) > 1}
    return _SideScore(
        awarded=sum((by_part[part][alternative] for part, alternative in best.items()), _ZERO),
        given=sum((marks for given in by_part.values() for marks in given.values()), _ZERO),
        counted={part: alternative for part, alternative in best.items() if part in choices},
        unmarked_parts=tuple(slot.part for slot in side if slot.part not in best),
        is_touched=bool(best),
    )


def _better(given: Mapping[Alternative, Decimal]) -> Alternative:
    return max(given, key=lambda alternative: given[alternative])


def _by_alternative(slot: Slot, steps: StepMarks) -> dict[Alternative, Decimal]:
    """The marks of each alternative that has been looked at: those of its best method."""
    sums: dict[Alternative, dict[int, Decimal]] = {}
    for key, _ in slot.steps():
        if key in steps:
            of_methods = sums.setdefault(key.alternative, {})
            of_methods[key.method] = of_methods.get(key.method, _ZERO) + steps[key]
    return {alternative: max(of_methods.values()) for alternative, of_methods in sums.items()}


def _listed(keys: Iterable[StepKey]) -> str:
    return ", ".join(str(key) for key in sorted(keys))
