"""What a draw has to decide: a template laid over the cells that could fill it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from mathvidya.exams.assembly.cells import Cell, Pool
from mathvidya.exams.assembly.spec import Group, TemplateSpec
from mathvidya.exams.assembly.words import ExamType


@dataclass(frozen=True, slots=True)
class Ask:
    """`count` questions alike: those of one group and, where it names them, one pattern.

    `group` is the group's position in the paper; `pools` are the pools that can serve.
    """

    group: int
    section: str
    type: str
    marks: int
    pattern: str | None
    count: int
    pools: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How many questions to take, and from where, before any question is named.

    `mains` counts by (ask, cell), `partners` counts OR partners by (group, pool).
    """

    mains: Mapping[tuple[int, int], int]
    partners: Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Problem:
    """A template over cells. Asks, cells and pools are known by their position."""

    spec: TemplateSpec
    cells: tuple[Cell, ...]
    pools: tuple[Pool, ...]
    asks: tuple[Ask, ...]
    choices: tuple[int, ...]

    @classmethod
    def of(cls, spec: TemplateSpec, cells: tuple[Cell, ...], pools: tuple[Pool, ...]) -> "Problem":
        """Lay a template over cells. Raises ValueError for a unit practice without its unit."""
        if spec.exam_type is ExamType.UNIT_PRACTICE and spec.unit is None:
            raise ValueError(f"{spec.code} is a unit practice: choose its unit by for_unit")
        groups = tuple(spec.groups())
        asks = tuple(
            Ask(
                number,
                section,
                group.type,
                group.marks_each,
                pattern,
                count,
                _serving(spec, group, pattern, pools),
            )
            for number, (section, group) in enumerate(groups)
            for pattern, count in _patterns(group)
        )
        return cls(spec, cells, pools, asks, tuple(group.choices for _, group in groups))

    @cached_property
    def unit_left(self) -> dict[str, int]:
        """Marks that each unit must carry; empty if the template leaves units open."""
        return {each.unit: each.marks for each in self.spec.unit_marks}

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """By cell: what a paper should show as many of as it can.

        Chapters in a board paper and in the practice of one unit; units in a practice section,
        which is too short for every chapter.
        """
        if self.spec.unit_marks or self.spec.unit is not None:
            return tuple(cell.chapter for cell in self.cells)
        return tuple(cell.unit for cell in self.cells)

    @cached_property
    def usable(self) -> tuple[int, ...]:
        """The cells that some ask could draw from."""
        pools = sorted(set(chain.from_iterable(ask.pools for ask in self.asks)))
        return tuple(chain.from_iterable(self.pools[pool].cells for pool in pools))


def _patterns(group: Group) -> tuple[tuple[str | None, int], ...]:
    if not group.patterns:
        return ((None, group.count),)
    return tuple((each.pattern, each.count) for each in group.patterns)


def _serving(
    spec: TemplateSpec, group: Group, pattern: str | None, pools: tuple[Pool, ...]
) -> tuple[int, ...]:
    allowed = units_allowed(spec)
    return tuple(
        number
        for number, pool in enumerate(pools)
        if (pool.type, pool.marks) == (group.type, group.marks_each)
        and pattern in {None, pool.pattern}
        and (allowed is None or pool.unit in allowed)
    )


def units_allowed(spec: TemplateSpec) -> frozenset[str] | None:
    """The units that a template may draw from; None where it leaves them open."""
    if spec.unit is not None:
        return frozenset({spec.unit})
    return frozenset(each.unit for each in spec.unit_marks) or None
