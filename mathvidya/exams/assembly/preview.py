"""What a template would find in the bank, before any student asks for it."""

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from mathvidya.exams.assembly.cells import BankIndex, Supply
from mathvidya.exams.assembly.drawing import find_plan
from mathvidya.exams.assembly.problem import Ask, Problem
from mathvidya.exams.assembly.shortages import CannotAssemble, Shortage
from mathvidya.exams.assembly.spec import TemplateSpec


@dataclass(frozen=True, slots=True)
class Scarcity:
    """How far the questions of one unit go for one kind of question that a template asks for.

    `expected` is what a paper takes on average if each unit gives its share of the marks;
    an exact paper may take more or fewer.
    """

    section: str
    type: str
    marks: int
    pattern: str | None
    unit: str
    available: int
    expected: Fraction

    @property
    def papers(self) -> Fraction:
        """Roughly how many papers without a common question this supply would feed."""
        return self.available / self.expected


@dataclass(frozen=True, slots=True)
class Feasibility:
    """Whether a template can be filled, what it lacks, and its scarcest supplies first."""

    shortages: tuple[Shortage, ...]
    supplies: tuple[Scarcity, ...]

    @property
    def fillable(self) -> bool:
        """Whether a student who has seen nothing can be given this paper."""
        return not self.shortages


def preview(spec: TemplateSpec, index: BankIndex) -> Feasibility:
    """Look a template up in the bank. Raises ValueError for a unit practice without its unit."""
    problem = Problem.of(spec, index.cells, index.pools)
    supply = index.supply(frozenset())
    supplies = (
        _scarcity(problem, ask, unit, share, supply)
        for ask in problem.asks
        for unit, share in _shares(problem).items()
    )
    return Feasibility(_shortages(problem, supply), tuple(sorted(supplies, key=lambda each: each.papers)))


def _shortages(problem: Problem, supply: Supply) -> tuple[Shortage, ...]:
    try:
        find_plan(problem, supply, Random(0))  # noqa: S311 -- a seeded choice, no secret
    except CannotAssemble as refusal:
        return refusal.shortages
    return ()


def _shares(problem: Problem) -> dict[str, Fraction]:
    """The part of the marks that each unit carries; equal parts where units are open."""
    spec = problem.spec
    if spec.unit_marks:
        return {each.unit: Fraction(each.marks, spec.marks) for each in spec.unit_marks}
    units = {spec.unit} if spec.unit else {problem.cells[cell].unit for cell in problem.usable}
    return {unit: Fraction(1, len(units)) for unit in sorted(units)}


def _scarcity(problem: Problem, ask: Ask, unit: str, share: Fraction, supply: Supply) -> Scarcity:
    pools = [problem.pools[number] for number in ask.pools]
    available = sum(supply.free[c] for pool in pools if pool.unit == unit for c in pool.cells)
    asked = sum(each.count for each in problem.asks if each.group == ask.group)
    drawn = ask.count * (1 + Fraction(problem.choices[ask.group], asked))
    return Scarcity(ask.section, ask.type, ask.marks, ask.pattern, unit, available, drawn * share)
