"""Drawing a class XII board paper from 10,000 questions, without the database.

The baseline is what one writes first: walk the numbers of the paper, filter the whole bank for
what still fits, take any, start again at a dead end. It keeps sections, parts, unit marks and
choices, but neither the cognitive mix nor the chapters: it does less, and is timed for that.
"""

import json
import statistics
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random
from uuid import UUID

from benchmarks.figure import Figure, table
from mathvidya.exams.assembly.cells import BankIndex, Cell, Item
from mathvidya.exams.assembly.drawing import assemble
from mathvidya.exams.assembly.parsing import parse_template
from mathvidya.exams.assembly.problem import Problem
from mathvidya.exams.assembly.solver import solve
from mathvidya.exams.assembly.spec import Group, TemplateSpec

QUESTIONS = 10_000
DRAWS = 200
# The slow ones, of which fewer say as much.
BASELINE_DRAWS = 10
SOLVER_DRAWS = 20
REFERENCE = Path(__file__).parents[1] / "seeds" / "reference"

# How a large bank is likely to be made up: type, marks, share.
KINDS = [
    ("MCQ", 1, 40),
    ("ASSERTION_REASON", 1, 8),
    ("VSA", 2, 16),
    ("SA", 3, 18),
    ("LA", 5, 10),
    ("CASE_STUDY", 4, 8),
]
LEVELS = ["remember_understand", "apply", "analyse_evaluate_create"]


def run() -> list[Figure]:
    """Time the draws; each one for a student who has already had three papers."""
    spec, items = _board(), _bank()
    index = BankIndex.build(items)
    seen: frozenset[UUID] = frozenset()
    for seed in range(3):
        paper = assemble(spec, index, seen=seen, seed=seed)
        seen |= {item.question_id for item in paper.items()}
    problem, supply = Problem.of(spec, index.cells, index.pools), index.supply(seen)

    ours = _times(lambda seed: assemble(spec, index, seen=seen, seed=seed), DRAWS)
    naive = _times(lambda seed: _naive(spec, items, seen, Random(seed)), BASELINE_DRAWS)
    solve(problem, supply, Random(0))  # loads OR-tools, which is not what is measured
    exact = _times(lambda seed: solve(problem, supply, Random(seed)), SOLVER_DRAWS)
    return [
        _figure("board paper from 10,000 questions, p50", 50, ours, naive, goal=10),
        _figure("board paper from 10,000 questions, p95", 95, ours, naive, goal=40),
        _figure("the same by the solver alone, p50", 50, exact, naive, goal=200),
    ]


def _figure(name: str, percent: int, ours: list[float], naive: list[float], *, goal: float) -> Figure:
    value, baseline = _percentile(ours, percent), _percentile(naive, percent)
    return Figure(
        name=name,
        value=value,
        unit="ms",
        baseline=baseline,
        ratio=baseline / value,
        goal=goal,
        met=value < goal,
        claim=f"under {goal:g} ms (baseline: filter the bank for each number, start again)",
    )


def _times(draw: Callable[[int], object], draws: int) -> list[float]:
    """Milliseconds of each draw."""
    times = []
    for seed in range(draws):
        start = time.perf_counter()
        assert draw(seed) is not None
        times.append(1000 * (time.perf_counter() - start))
    return times


def _percentile(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def _board() -> TemplateSpec:
    templates = json.loads((REFERENCE / "templates.json").read_text())["templates"]
    return next(parse_template(each) for each in templates if each["code"] == "cbse-xii-board")


def _bank() -> list[Item]:
    """Questions over all chapters, in proportion to the marks of their units."""
    rng = Random(7)
    facts = json.loads((REFERENCE / "cbse_papers.json").read_text())
    units = next(paper["units"] for paper in facts["papers"] if paper["class"] == "XII")
    chapters = [(unit["unit"], chapter) for unit in units for chapter in unit["chapters"]]
    weights = [unit["marks"] / len(unit["chapters"]) for unit in units for _ in unit["chapters"]]
    places = rng.choices(chapters, weights, k=QUESTIONS)
    return [
        Item(UUID(int=number), 1, _cell(*place, rng), rng.randrange(5))
        for number, place in zip(count(1), places, strict=False)
    ]


def _cell(unit: str, chapter: str, rng: Random) -> Cell:
    kind, marks, _ = rng.choices(KINDS, [share for *_, share in KINDS])[0]
    pattern = rng.choice(["1+1+2", "2+2"]) if kind == "CASE_STUDY" else ""
    difficulty = rng.choice(["easy", "medium", "hard"])
    return Cell(unit, chapter, kind, marks, difficulty, rng.choices(LEVELS, [44, 20, 16])[0], pattern)


def _naive(spec: TemplateSpec, bank: list[Item], seen: frozenset[UUID], rng: Random) -> list[Item] | None:
    for _ in range(100):
        paper = _naive_attempt(spec, bank, seen, rng)
        if paper is not None:
            return paper
    return None


def _naive_attempt(
    spec: TemplateSpec, bank: list[Item], seen: frozenset[UUID], rng: Random
) -> list[Item] | None:
    taken = set(seen)
    left = {each.unit: each.marks for each in spec.unit_marks}
    drawn = []
    for _, group in sorted(spec.groups(), key=lambda pair: -pair[1].marks_each):
        for place, pattern in enumerate(_patterns(group)):
            fitting = [i for i in bank if _fits(i.cell, group, pattern, left)]
            fresh = [item for item in fitting if item.question_id not in taken]
            if not fresh:
                return None
            item = rng.choice(fresh)
            taken.add(item.question_id)
            pair = [i for i in fresh if i.cell.unit == item.cell.unit and i is not item]
            if place < group.choices and not pair:
                return None
            chosen = [item, rng.choice(pair)] if place < group.choices else [item]
            taken.update(each.question_id for each in chosen)
            left[item.cell.unit] -= group.marks_each
            drawn += chosen
    return drawn


def _patterns(group: Group) -> list[str]:
    named = [each.pattern for each in group.patterns for _ in range(each.count)]
    return named or [""] * group.count


def _fits(cell: Cell, group: Group, pattern: str, left: dict[str, int]) -> bool:
    return (
        cell.type == group.type
        and cell.marks == group.marks_each
        and cell.pattern == pattern
        and left[cell.unit] >= cell.marks
    )


if __name__ == "__main__":
    print(table(run()))
