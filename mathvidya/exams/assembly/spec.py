"""A template as a value: what a paper must hold, down to the last mark.

Marks of a template are whole numbers; halves exist only in what a teacher awards.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mathvidya.exams.assembly.words import (
    ClassLevel,
    CognitiveLevel,
    CourseLevel,
    Difficulty,
    ExamType,
    QuestionType,
)


@dataclass(frozen=True, slots=True)
class PatternCount:
    """How many case studies of a group are divided into these parts, such as "1+1+2"."""

    pattern: str
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """A run of questions of one type and one mark.

    `choices` of them carry an OR partner. Without `patterns` a case study may be divided
    in any way.
    """

    type: QuestionType
    count: int
    marks_each: int
    choices: int = 0
    patterns: tuple[PatternCount, ...] = ()

    @property
    def marks(self) -> int:
        """Marks of the whole group; an OR partner adds none."""
        return self.count * self.marks_each


@dataclass(frozen=True, slots=True)
class Section:
    """A lettered part of the paper."""

    section: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class UnitMarks:
    """The exact marks that a unit carries in the paper."""

    unit: str
    marks: int


@dataclass(frozen=True, slots=True)
class Band:
    """The fewest and the most marks that questions of one level may carry, both allowed."""

    level: CognitiveLevel | Difficulty
    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class TemplateSpec:
    """The blueprint of a paper. An empty tuple of rules means that there is no such rule.

    Question numbers run 1..n through the groups in order. `unit` is set only on a unit
    practice that a student has chosen the unit for (see `for_unit`).
    """

    code: str
    title: str
    exam_type: ExamType
    class_level: ClassLevel
    course_level: CourseLevel | None
    minutes: int
    instructions: tuple[str, ...]
    sections: tuple[Section, ...]
    unit_marks: tuple[UnitMarks, ...] = ()
    cognitive: tuple[Band, ...] = ()
    difficulty: tuple[Band, ...] = ()
    unit: str | None = None

    def groups(self) -> Iterator[tuple[str, Group]]:
        """Every group in the order of the paper, with the letter of its section."""
        for section in self.sections:
            for group in section.groups:
                yield section.section, group

    @property
    def questions(self) -> int:
        """Numbered questions; OR partners share their partner's number."""
        return sum(group.count for _, group in self.groups())

    @property
    def marks(self) -> int:
        """Marks of the whole paper."""
        return sum(group.marks for _, group in self.groups())


def for_unit(spec: TemplateSpec, unit: str) -> TemplateSpec:
    """The same unit practice with every question from `unit`.

    Raises ValueError for a template that is not a unit practice, or a blank unit.
    """
    if spec.exam_type is not ExamType.UNIT_PRACTICE:
        raise ValueError(f"{spec.code} is a {spec.exam_type}; only a unit practice takes a unit")
    if not unit.strip():
        raise ValueError(f"{spec.code} needs the name of a unit")
    return replace(spec, unit=unit)
