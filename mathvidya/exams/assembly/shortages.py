"""Why a template cannot be filled: the fewest questions that the bank would have to gain.

The same model is solved once more over a bank to which imaginary questions were added, as many
as anyone could want and each of them dear. Those that the cheapest paper still takes are what
is missing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from random import Random

from mathvidya.exams.assembly.cells import Cell, Supply, pools_of
from mathvidya.exams.assembly.fields import InvalidTemplate
from mathvidya.exams.assembly.problem import Ask, Plan, Problem, units_allowed
from mathvidya.exams.assembly.solver import solve

ANY_UNIT = "any unit"


@dataclass(frozen=True, slots=True)
class Shortage:
    """One kind of question of which the bank has too few.

    `sections` are the letters that ask for it; `levels` names the cognitive level and the
    difficulty when the bank has enough such questions but not of those levels.
    """

    sections: tuple[str, ...]
    type: str
    marks: int
    pattern: str
    unit: str
    levels: str
    needed: int
    available: int

    def __str__(self) -> str:
        where = f"Section{'s' * (len(self.sections) > 1)} {' and '.join(self.sections)}"
        marks = "1 mark" if self.marks == 1 else f"{self.marks} marks"
        parts = f" in parts {self.pattern}" if self.pattern else ""
        levels = f" ({self.levels})" if self.levels else ""
        kind = f"{self.type} of {marks}{parts} in {self.unit}{levels}"
        return f"{where}: {kind}: {self.needed} needed, {self.available} in the bank"


class CannotAssemble(Exception):
    """The bank cannot fill the template, not even with questions that the student has seen."""

    def __init__(self, code: str, shortages: tuple[Shortage, ...]) -> None:
        super().__init__(f"{code} cannot be filled. {'; '.join(map(str, shortages))}")
        self.code = code
        self.shortages = shortages


def find_shortages(problem: Problem, supply: Supply) -> tuple[Shortage, ...]:
    """The fewest questions whose addition would make the paper possible.

    Raises InvalidTemplate if no addition would.
    """
    imaginary = _imaginary(problem)
    cells = problem.cells + imaginary
    wide = Problem.of(problem.spec, cells, pools_of(cells))
    stock = tuple(free + dear for free, dear in zip(supply.free, supply.dear, strict=True))
    none, plenty = (0,) * len(imaginary), (2 * problem.spec.questions,) * len(imaginary)
    supply = Supply(stock + none, (0,) * len(stock) + plenty)
    plan = solve(wide, supply, Random(0))  # noqa: S311 -- a seeded choice, no secret
    if plan is None:
        raise InvalidTemplate(
            "unit_marks",
            "cannot be made up of the questions and bands that the template asks for",
            "change the unit marks, the counts or the bands",
        )
    return _Reading(wide, plan, stock).shortages()


def _imaginary(problem: Problem) -> tuple[Cell, ...]:
    """A cell for everything that an ask could be answered with."""
    spec = problem.spec
    cognitive = [band.level.value for band in spec.cognitive] or [""]
    difficulty = [band.level.value for band in spec.difficulty] or [""]
    cells = (
        Cell(unit, "", ask.type, ask.marks, hard, level, pattern)
        for ask in problem.asks
        for unit, pattern, level, hard in product(
            _units(problem), _patterns(problem, ask), cognitive, difficulty
        )
    )
    return tuple(dict.fromkeys(cells))


def _units(problem: Problem) -> list[str]:
    allowed = units_allowed(problem.spec) or {cell.unit for cell in problem.cells}
    return sorted(allowed) or [ANY_UNIT]


def _patterns(problem: Problem, ask: Ask) -> list[str]:
    if ask.pattern is not None:
        return [ask.pattern]
    return sorted({problem.pools[pool].pattern for pool in ask.pools}) or [""]


class _Reading:
    """A plan over a bank with imaginary questions, read as what the real bank lacks.

    `stock` counts the real questions; the cells beyond it are the imaginary ones.
    """

    def __init__(self, problem: Problem, plan: Plan, stock: tuple[int, ...]) -> None:
        self.problem = problem
        self.stock = stock
        self.drawn: Counter[int] = Counter()
        for (_, cell), count in plan.mains.items():
            self.drawn[cell] += count
        self.paired: Counter[int] = Counter()
        for (_, pool), count in plan.partners.items():
            self.paired[pool] += count

    def shortages(self) -> tuple[Shortage, ...]:
        return tuple(s for pool in range(len(self.problem.pools)) for s in self._of_pool(pool))

    def _of_pool(self, pool: int) -> list[Shortage]:
        cells = self.problem.pools[pool].cells
        needed = sum(self.drawn[cell] for cell in cells) + self.paired[pool]
        available = self._stock(cells)
        if needed > available:
            return [self._shortage(pool, "", needed, available)]
        imagined = [cell for cell in cells if cell >= len(self.stock) and self.drawn[cell]]
        return [self._of_levels(pool, cell) for cell in imagined]

    def _of_levels(self, pool: int, imagined: int) -> Shortage:
        """The pool is large enough: it lacks questions of these levels."""
        wanted = self.problem.cells[imagined]
        alike = [cell for cell in self.problem.pools[pool].cells if self._alike(cell, wanted)]
        levels = ", ".join(filter(None, (wanted.cognitive, wanted.difficulty)))
        needed = sum(self.drawn[cell] for cell in alike)
        return self._shortage(pool, levels, needed, self._stock(alike))

    def _alike(self, number: int, wanted: Cell) -> bool:
        cell = self.problem.cells[number]
        return wanted.cognitive in {"", cell.cognitive} and wanted.difficulty in {
            "",
            cell.difficulty,
        }

    def _stock(self, cells: Iterable[int]) -> int:
        return sum(self.stock[cell] for cell in cells if cell < len(self.stock))

    def _shortage(self, number: int, levels: str, needed: int, available: int) -> Shortage:
        pool = self.problem.pools[number]
        asking = (ask.section for ask in self.problem.asks if number in ask.pools)
        sections = tuple(dict.fromkeys(asking))
        return Shortage(sections, pool.type, pool.marks, pool.pattern, pool.unit, levels, needed, available)
