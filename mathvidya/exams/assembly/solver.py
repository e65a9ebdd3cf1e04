"""The exact answer: a CP-SAT model over cells, for what the greedy layout could not fill.

A few hundred integers and a few dozen sums, solved in some tens of milliseconds. OR-tools is
imported on first use: it takes longer to load than to solve, and most processes never need it.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from random import Random
from typing import TYPE_CHECKING, TypeVar

from mathvidya.exams.assembly.cells import Supply
from mathvidya.exams.assembly.problem import Plan, Problem
from mathvidya.exams.assembly.spec import Band

if TYPE_CHECKING:  # loaded inside `solve`, for its weight
    from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar, LinearExpr

K = TypeVar("K", bound=Hashable)


class Undecided(RuntimeError):
    """The solver ended without an answer; it is given no limits, so this is a defect."""


def solve(problem: Problem, supply: Supply, rng: Random) -> Plan | None:
    """The plan with the fewest dear questions, or None if no plan exists.

    Among those, one that shows the most topics. The same arguments give the same plan.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 -- loaded on first use, see above

    paper = _PaperModel(cp_model.CpModel(), problem, supply)
    paper.keep_the_rules()
    paper.wish()
    solver = cp_model.CpSolver()
    # One worker: several race each other, and which of them wins differs from run to run.
    solver.parameters.num_workers = 1
    # The seed decides among equally good plans, so that papers of one bank differ.
    solver.parameters.random_seed = rng.getrandbits(31)
    # Looking for symmetries and probing take longer than solving so small a model without them.
    solver.parameters.symmetry_level = 0
    solver.parameters.cp_model_probing_level = 0
    status = solver.solve(paper.model)
    if status == cp_model.INFEASIBLE:
        return None
    if status != cp_model.OPTIMAL:
        raise Undecided(f"{problem.spec.code}: {solver.status_name(status)}")
    return paper.plan(solver)


class _PaperModel:
    """Variables and rules of one paper.

    `mains` counts questions by (ask, cell) and `partners` OR partners by (group, pool), as in
    `Plan`; `dear` counts the dear ones among them.
    """

    def __init__(self, model: "CpModel", problem: Problem, supply: Supply) -> None:
        self.model = model
        self.problem = problem
        self.supply = supply
        self.dear: list[IntVar] = []
        self.mains = {
            (number, cell): self._count(min(ask.count, supply.free[cell] + supply.dear[cell]))
            for number, ask in enumerate(problem.asks)
            for pool in ask.pools
            for cell in problem.pools[pool].cells
        }
        self.partners = {
            (ask.group, pool): self._count(problem.choices[ask.group])
            for ask in problem.asks
            for pool in ask.pools
        }

    def keep_the_rules(self) -> None:
        """What every paper must obey."""
        self._fill_asks()
        self._pair_choices()
        self._stay_within_supply()
        cells, spec = self.problem.cells, self.problem.spec
        units = [cell.unit for cell in cells]
        for unit, marks in self.problem.unit_left.items():
            self._weigh(unit, units, marks, marks)
        self._keep_bands(spec.cognitive, [cell.cognitive for cell in cells])
        self._keep_bands(spec.difficulty, [cell.difficulty for cell in cells])

    def wish(self) -> None:
        """Prefer fewer dear questions, then more topics."""
        shown = self._topics_shown()
        self.model.minimize(_sum(self.dear) * (len(shown) + 1) - _sum(shown))

    def plan(self, solver: "CpSolver") -> Plan:
        """The counts that the solver settled on."""
        mains = {key: solver.value(count) for key, count in self.mains.items()}
        partners = {key: solver.value(count) for key, count in self.partners.items()}
        return Plan(
            {key: count for key, count in mains.items() if count},
            {key: count for key, count in partners.items() if count},
        )

    def _count(self, highest: int) -> "IntVar":
        return self.model.new_int_var(0, highest, "")

    def _fill_asks(self) -> None:
        mains = _grouped((number, count) for (number, _), count in self.mains.items())
        for number, ask in enumerate(self.problem.asks):
            self._hold(ask.count, _sum(mains[number]), ask.count)
        partners = _grouped((group, count) for (group, _), count in self.partners.items())
        for group, choices in enumerate(self.problem.choices):
            self._hold(choices, _sum(partners[group]), choices)

    def _pair_choices(self) -> None:
        """No pool gives a group more partners than questions to partner."""
        pools = enumerate(self.problem.pools)
        pool_of = {cell: number for number, pool in pools for cell in pool.cells}
        mains = _grouped(
            ((self.problem.asks[number].group, pool_of[cell]), count)
            for (number, cell), count in self.mains.items()
        )
        for key, paired in self.partners.items():
            self.model.add(paired <= _sum(mains[key]))

    def _stay_within_supply(self) -> None:
        """Questions come out of their cell, partners out of what their pool has left."""
        by_cell = _grouped((cell, count) for (_, cell), count in self.mains.items())
        by_pool = _grouped((pool, count) for (_, pool), count in self.partners.items())
        free, dear = self.supply.free, self.supply.dear
        for number, partners in by_pool.items():
            cells = self.problem.pools[number].cells
            drawn = [*partners, *(count for cell in cells for count in by_cell[cell])]
            spent: list[IntVar] = []
            for cell in cells:
                spent += self._draw(by_cell[cell], free[cell], dear[cell])
            whole = sum(free[cell] for cell in cells), sum(dear[cell] for cell in cells)
            self._draw(drawn, *whole, spent)

    def _draw(
        self, drawn: list["IntVar"], free: int, dear: int, spent: Iterable["IntVar"] = ()
    ) -> list["IntVar"]:
        """Draw from a stock of which some dear ones are `spent`; count those that this adds."""
        added = [self._count(dear)] if dear else []
        self.dear += added
        beyond = _sum([*spent, *added])
        self._hold(0, beyond, dear)
        self.model.add(_sum(drawn) - beyond <= free)
        return added

    def _keep_bands(self, bands: Iterable[Band], levels: list[str]) -> None:
        for band in bands:
            self._weigh(band.level, levels, band.minimum, band.maximum)

    def _weigh(self, name: str, names: list[str], least: int, most: int) -> None:
        """Hold the marks of all questions whose cell bears this name within limits."""
        keys = [key for key in self.mains if names[key[1]] == name]
        marks = [self.problem.asks[number].marks for number, _ in keys]
        self._hold(least, _dot([self.mains[key] for key in keys], marks), most)

    def _hold(self, least: int, value: "LinearExpr", most: int) -> None:
        self.model.add_linear_constraint(value, least, most)

    def _topics_shown(self) -> list["IntVar"]:
        topics = self.problem.topics
        mains = _grouped((topics[cell], count) for (_, cell), count in self.mains.items())
        return [self._shown(counts) for counts in mains.values()]

    def _shown(self, counts: list["IntVar"]) -> "IntVar":
        shown = self._count(1)
        self.model.add(shown <= _sum(counts))
        return shown


def _grouped(pairs: Iterable[tuple[K, "IntVar"]]) -> Mapping[K, list["IntVar"]]:
    groups: defaultdict[K, list[IntVar]] = defaultdict(list)
    for key, count in pairs:
        groups[key].append(count)
    return groups


def _sum(counts: Collection["IntVar"]) -> "LinearExpr":
    return _dot(counts, [1] * len(counts))


def _dot(counts: Iterable["IntVar"], weights: list[int]) -> "LinearExpr":
    from ortools.sat.python.cp_model import LinearExpr  # noqa: PLC0415 -- as in `solve`

    return LinearExpr.weighted_sum(list(counts), weights)
