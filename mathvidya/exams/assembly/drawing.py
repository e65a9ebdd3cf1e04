"""Drawing one student's paper: quick where the bank allows it, exact always."""

from collections.abc import Set
from random import Random
from uuid import UUID

from mathvidya.exams.assembly.cells import BankIndex, Supply
from mathvidya.exams.assembly.greedy import propose
from mathvidya.exams.assembly.paper import AssembledPaper
from mathvidya.exams.assembly.picking import pick
from mathvidya.exams.assembly.problem import Plan, Problem
from mathvidya.exams.assembly.shortages import CannotAssemble, find_shortages
from mathvidya.exams.assembly.solver import solve
from mathvidya.exams.assembly.spec import TemplateSpec


def assemble(spec: TemplateSpec, index: BankIndex, *, seen: Set[UUID], seed: int) -> AssembledPaper:
    """Fill a template exactly, from questions not in `seen` while that is possible.

    The same template, bank, `seen` and seed give the same paper. Raises CannotAssemble with
    what the bank lacks, and ValueError for a unit practice whose unit was not chosen.
    """
    problem = Problem.of(spec, index.cells, index.pools)
    rng = Random(seed)  # noqa: S311 -- a paper must be repeatable, not unguessable
    plan = find_plan(problem, index.supply(seen), rng)
    return AssembledPaper(spec, seed, pick(problem, index, plan, seen, rng))


def find_plan(problem: Problem, supply: Supply, rng: Random) -> Plan:
    """A plan with as few dear questions as can be. Raises CannotAssemble if there is none."""
    plan = propose(problem, supply.free, rng) or solve(problem, supply, rng)
    if plan is None:
        raise CannotAssemble(problem.spec.code, find_shortages(problem, supply))
    return plan
