"""From counts to questions: the least used ones of each cell, their OR partners, their order."""

from collections.abc import Set
from random import Random
from uuid import UUID

from mathvidya.exams.assembly.cells import BankIndex, Cell, Item
from mathvidya.exams.assembly.paper import PaperQuestion
from mathvidya.exams.assembly.problem import Plan, Problem


def pick(
    problem: Problem, index: BankIndex, plan: Plan, seen: Set[UUID], rng: Random
) -> tuple[PaperQuestion, ...]:
    """Name and number the questions that a plan counts."""
    shelves = _Shelves(index, seen, rng)
    mains: list[list[Item]] = [[] for _ in problem.asks]
    # Mains first: a plan says from which cell each comes, but of partners only the pool.
    for (number, cell), count in sorted(plan.mains.items()):
        mains[number] += [shelves.take(cell) for _ in range(count)]
    for items in mains:
        rng.shuffle(items)
    partners: dict[UUID, Item] = {}
    for (group, pool), count in sorted(plan.partners.items()):
        asks = [number for number, ask in enumerate(problem.asks) if ask.group == group]
        single = [item for number in asks for item in mains[number] if _in(problem, pool, item)]
        for _ in range(count):
            _pair(single, problem.pools[pool].cells, shelves, partners)
    return _numbered(problem, mains, partners)


class _Shelves:
    """What is left of each cell: fresh before seen, little used before much, ties by lot."""

    def __init__(self, index: BankIndex, seen: Set[UUID], rng: Random) -> None:
        self.index = index
        self.seen = seen
        self.rng = rng
        supply = index.supply(seen)
        self.fresh = list(supply.free)
        self.left = [len(items) for items in index.items]
        self.ordered: dict[int, list[Item]] = {}

    def take(self, cell: int) -> Item:
        """The next question of a cell."""
        if cell not in self.ordered:
            self.ordered[cell] = sorted(self.index.items[cell], key=self._rank, reverse=True)
        self.left[cell] -= 1
        self.fresh[cell] -= self.fresh[cell] > 0
        return self.ordered[cell].pop()

    def _rank(self, item: Item) -> tuple[bool, int, float]:
        return item.question_id in self.seen, item.uses, self.rng.random()


def _in(problem: Problem, pool: int, item: Item) -> bool:
    wanted, cell = problem.pools[pool], item.cell
    return (cell.unit, cell.pattern) == (wanted.unit, wanted.pattern)


def _pair(single: list[Item], cells: tuple[int, ...], shelves: _Shelves, partners: dict[UUID, Item]) -> None:
    """Find the best match between a question without partner and a question still on a shelf."""

    def mismatch(match: tuple[Item, int]) -> tuple[bool, int]:
        item, cell = match
        return not shelves.fresh[cell], _distance(item.cell, shelves.index.cells[cell])

    stocked = [cell for cell in cells if shelves.left[cell]]
    item, cell = min(((item, cell) for item in single for cell in stocked), key=mismatch)
    partners[item.question_id] = shelves.take(cell)
    single.remove(item)


def _distance(one: Cell, other: Cell) -> int:
    """How unlike two questions of a pool are: chapter before level before difficulty."""
    return (
        4 * (one.chapter != other.chapter)
        + 2 * (one.cognitive != other.cognitive)
        + (one.difficulty != other.difficulty)
    )


def _numbered(
    problem: Problem, mains: list[list[Item]], partners: dict[UUID, Item]
) -> tuple[PaperQuestion, ...]:
    placed = [(ask, item) for ask, items in zip(problem.asks, mains, strict=True) for item in items]
    return tuple(
        PaperQuestion(number, ask.section, ask.type, ask.marks, item, partners.get(item.question_id))
        for number, (ask, item) in enumerate(placed, start=1)
    )
