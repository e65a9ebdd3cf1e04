"""Questions on their way in from a file: drafts, and what is wrong with which row."""

from dataclasses import dataclass

from mathvidya.bank.content import QuestionContent


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as a file gives it. ``code`` is its natural key: the same in every installation."""

    code: str | None
    content: QuestionContent


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft and the line of the file on which it begins, counted from 1."""

    line: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing that is wrong with one row. ``field`` is a path, such as ``scheme.steps[1].marks``."""

    line: int
    code: str | None
    field: str
    problem: str


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file that has been read: the rows that have the right shape, and what is wrong with the others."""

    rows: tuple[DraftRow, ...]
    problems: tuple[RowProblem, ...]

    @property
    def size(self) -> int:
        """How many rows the file has, good or bad."""
        return len({row.line for row in self.rows} | {problem.line for problem in self.problems})
