"""A quick paper: weighted random layout, heaviest questions first, with a few fresh starts.

Almost every draw from a healthy bank ends here, well under the solver's time. It promises
nothing: where it comes back empty-handed, `solver` decides.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from random import Random

from mathvidya.exams.assembly.problem import Ask, Plan, Problem
from mathvidya.exams.assembly.spec import Band

ATTEMPTS = 8
# Each question that a chapter (or open unit) already has makes its next one this much less
# likely: strong enough to visit every chapter, weak enough to let papers differ.
SPREAD = 16.0


def propose(problem: Problem, free: Sequence[int], rng: Random) -> Plan | None:
    """Lay out a paper from the free questions of each cell, or give up."""
    steps = _steps(problem)
    goal = _topics_in_reach(problem, free)
    for _ in range(ATTEMPTS):
        draft = _Draft(problem, free)
        if all(draft.place(*step, rng) for step in steps) and draft.shows(goal):
            return draft.plan()
    return None


def _steps(problem: Problem) -> list[tuple[int, bool]]:
    """One step a question: its ask, and whether it needs a partner; the hardest to fit first.

    One-mark questions come last because they fit any remainder.
    """
    partners = list(problem.choices)
    steps = []
    for number, ask in enumerate(problem.asks):
        paired = min(partners[ask.group], ask.count)
        partners[ask.group] -= paired
        steps += [(number, place < paired) for place in range(ask.count)]
    return sorted(steps, key=lambda step: (-problem.asks[step[0]].marks, not step[1]))


def _topics_in_reach(problem: Problem, free: Sequence[int]) -> int:
    topics = {problem.topics[cell] for cell in problem.usable if free[cell]}
    return min(len(topics), problem.spec.questions)


def _unit_stock(problem: Problem, free: Sequence[int]) -> Counter[str]:
    """Marks of all the questions that each unit has for this template."""
    stock: Counter[str] = Counter()
    for number in problem.usable:
        cell = problem.cells[number]
        stock[cell.unit] += cell.marks * free[number]
    return stock


class _Mix:
    """One dimension of the mix: the marks that each level has so far, against its band."""

    def __init__(self, bands: Sequence[Band]) -> None:
        self.least = {band.level.value: band.minimum for band in bands}
        self.room = {band.level.value: band.maximum for band in bands}

    def weights(self, marks: int, left: int) -> Mapping[str, float]:
        """How welcome a question of `marks` is at each level, when `left` more will follow."""
        owed = sum(self.least.values())
        return {
            level: room if room >= marks and owed - min(self.least[level], marks) <= left else 0
            for level, room in self.room.items()
        }

    def add(self, level: str, marks: int) -> None:
        if level in self.room:
            self.room[level] -= marks
            self.least[level] = max(0, self.least[level] - marks)


class _Draft:
    """A paper as far as it is laid out, with what is still to be had."""

    def __init__(self, problem: Problem, free: Sequence[int]) -> None:
        self.problem = problem
        self.free = list(free)
        self.pool_free = [sum(free[cell] for cell in pool.cells) for pool in problem.pools]
        self.unit_left = dict(problem.unit_left)
        self.unit_stock = _unit_stock(problem, free)
        self.marks_left = problem.spec.marks
        self.cognitive = _Mix(problem.spec.cognitive)
        self.difficulty = _Mix(problem.spec.difficulty)
        self.chapters: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.units: defaultdict[str, int] = defaultdict(int)
        self.mains: Counter[tuple[int, int]] = Counter()
        self.partners: Counter[tuple[int, int]] = Counter()

    def place(self, number: int, paired: bool, rng: Random) -> bool:
        """Find a pool and a cell for one question; False if none fits."""
        ask = self.problem.asks[number]
        weights = [self._pool_weight(pool, ask.marks, 1 + paired) for pool in ask.pools]
        levels = self._level_weights(ask.marks)
        while any(weights):
            pool = rng.choices(ask.pools, weights)[0]
            cell = self._choose_cell(pool, levels, rng)
            if cell is not None:
                self._take(number, ask, pool, cell, paired)
                return True
            weights[ask.pools.index(pool)] = 0
        return False

    def shows(self, goal: int) -> bool:
        """Whether the paper shows as many topics as could be hoped for."""
        return len({self.problem.topics[cell] for _, cell in self.mains}) >= goal

    def plan(self) -> Plan:
        return Plan(self.mains, self.partners)

    def _pool_weight(self, number: int, marks: int, needed: int) -> float:
        """How much of its unit's marks a pool should carry.

        In proportion to what it holds of the unit's questions: so every pool of a unit empties
        at the same rate, and what is left still makes a paper.
        """
        free, unit = self.pool_free[number], self.problem.pools[number].unit
        if free < needed:
            return 0
        if not self.unit_left:
            return free / SPREAD ** self.units[unit]
        left = self.unit_left[unit]
        return left * free / self.unit_stock[unit] if left >= marks else 0

    def _level_weights(self, marks: int) -> tuple[Mapping[str, float], Mapping[str, float]]:
        left = self.marks_left - marks
        return self.cognitive.weights(marks, left), self.difficulty.weights(marks, left)

    def _choose_cell(
        self, pool: int, levels: tuple[Mapping[str, float], Mapping[str, float]], rng: Random
    ) -> int | None:
        cognitive, difficulty = levels
        numbers = self.problem.pools[pool].cells
        weights = []
        for number in numbers:
            cell = self.problem.cells[number]
            weight = self.free[number] * cognitive.get(cell.cognitive, 1)
            weight *= difficulty.get(cell.difficulty, 1)
            weights.append(weight / SPREAD ** self.chapters[cell.unit, cell.chapter])
        return rng.choices(numbers, weights)[0] if any(weights) else None

    def _take(self, number: int, ask: Ask, pool: int, cell: int, paired: bool) -> None:
        taken = self.problem.cells[cell]
        self.mains[number, cell] += 1
        self.partners[ask.group, pool] += paired
        self.free[cell] -= 1
        self.pool_free[pool] -= 1 + paired
        self.marks_left -= ask.marks
        self.cognitive.add(taken.cognitive, ask.marks)
        self.difficulty.add(taken.difficulty, ask.marks)
        self.chapters[taken.unit, taken.chapter] += 1
        self.units[taken.unit] += 1
        if self.unit_left:
            self.unit_left[taken.unit] -= ask.marks
