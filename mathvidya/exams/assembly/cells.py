"""The bank as assembly sees it: questions sorted into cells of interchangeable ones."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """All that a template can ask of a question. `pattern` is "" unless it is a case study."""

    unit: str
    chapter: str
    type: str
    marks: int
    difficulty: str
    cognitive: str
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question that may be drawn, and in how many papers it has been so far."""

    question_id: UUID
    version: int
    cell: Cell
    uses: int


@dataclass(frozen=True, slots=True)
class Pool:
    """The cells whose questions may be each other's OR partner; `cells` are cell numbers."""

    type: str
    marks: int
    unit: str
    pattern: str
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Supply:
    """How many questions each cell (by number) has for one student.

    `free` ones may be drawn at will, `dear` ones only where nothing else fits. For a draw the
    free ones are fresh and the dear ones those that the student has seen.
    """

    free: tuple[int, ...]
    dear: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BankIndex:
    """The approved questions of one class and level, by cell; built once, used by many draws.

    Cells and pools are known by their position. Everything is sorted, so that the same bank
    gives the same index in whatever order it was read.
    """

    cells: tuple[Cell, ...]
    pools: tuple[Pool, ...]
    items: tuple[tuple[Item, ...], ...]
    cell_of: Mapping[UUID, int]

    @classmethod
    def build(cls, items: Iterable[Item]) -> "BankIndex":
        """Index a bank. Raises ValueError if a question comes twice (give one version of each)."""
        by_cell: dict[Cell, list[Item]] = defaultdict(list)
        for item in items:
            by_cell[item.cell].append(item)
        cells = tuple(sorted(by_cell))
        shelves = tuple(tuple(sorted(by_cell[cell], key=_least_used)) for cell in cells)
        return cls(cells, pools_of(cells), shelves, _places(shelves))

    def supply(self, seen: Set[UUID]) -> Supply:
        """What is fresh to a student who has seen these, in time proportional to `seen`."""
        fresh = [len(shelf) for shelf in self.items]
        known = [0] * len(fresh)
        for question_id in seen:
            place = self.cell_of.get(question_id)
            if place is not None:
                fresh[place] -= 1
                known[place] += 1
        return Supply(tuple(fresh), tuple(known))


def pools_of(cells: Iterable[Cell]) -> tuple[Pool, ...]:
    """The pools that these cells make, in a fixed order."""
    members: dict[tuple[str, int, str, str], list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        members[cell.type, cell.marks, cell.unit, cell.pattern].append(number)
    return tuple(Pool(*key, tuple(members[key])) for key in sorted(members))


def _least_used(item: Item) -> tuple[int, UUID]:
    return item.uses, item.question_id


def _places(shelves: Iterable[tuple[Item, ...]]) -> dict[UUID, int]:
    places: dict[UUID, int] = {}
    for number, shelf in enumerate(shelves):
        for item in shelf:
            if item.question_id in places:
                raise ValueError(f"question {item.question_id} is in the bank twice")
            places[item.question_id] = number
    return places
