"""A drawn paper: which question stands under which number."""

from collections.abc import Iterator
from dataclasses import dataclass

from mathvidya.exams.assembly.cells import Item
from mathvidya.exams.assembly.spec import TemplateSpec


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One number of the paper; the student answers `item` or, if there is one, `alternative`."""

    number: int
    section: str
    type: str
    marks: int
    item: Item
    alternative: Item | None


@dataclass(frozen=True, slots=True)
class AssembledPaper:
    """A template filled exactly."""

    spec: TemplateSpec
    seed: int
    questions: tuple[PaperQuestion, ...]

    def items(self) -> Iterator[Item]:
        """Every question that the student gets to see, alternatives beside their partners."""
        for question in self.questions:
            yield question.item
            if question.alternative is not None:
                yield question.alternative
