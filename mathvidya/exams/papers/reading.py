"""A frozen key read back as values, for those who score and those who mark."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from mathvidya.bank.models import MARKED_BY_KEY, QuestionType
from mathvidya.bank.schemes import Scheme, read_scheme
from workflows.base import JsonObject


@dataclass(frozen=True, slots=True)
class Solved:
    """The OR inside a part: its solution and how it is marked."""

    solution: str
    scheme: Scheme | None


@dataclass(frozen=True, slots=True)
class KeyPart:
    """One part of a case study; ``alternative`` carries the same marks."""

    label: str
    marks: Decimal
    solution: str
    scheme: Scheme | None
    alternative: Solved | None


@dataclass(frozen=True, slots=True)
class Answerable:
    """One question of the bank as a paper keeps it: the right choices, or solution and scheme."""

    type: QuestionType
    marks: Decimal
    question_id: UUID
    version: int
    choices: frozenset[str]
    solution: str
    scheme: Scheme | None
    parts: tuple[KeyPart, ...]


@dataclass(frozen=True, slots=True)
class KeyQuestion:
    """What stands at a number of the paper: a question, and perhaps its OR partner."""

    number: int
    question: Answerable
    alternative: Answerable | None

    @property
    def marks(self) -> Decimal:
        """The most that this number can earn."""
        return self.question.marks

    @property
    def is_written(self) -> bool:
        """Whether a person marks it."""
        return self.question.type not in MARKED_BY_KEY


def questions_of(key: JsonObject) -> tuple[KeyQuestion, ...]:
    """The questions of a key in the order of the paper."""
    return tuple(
        KeyQuestion(
            each["number"], _answerable(each), each["alternative"] and _answerable(each["alternative"])
        )
        for each in key["questions"]
    )


def _answerable(document: JsonObject) -> Answerable:
    return Answerable(
        type=QuestionType(document["type"]),
        marks=Decimal(document["marks"]),
        question_id=UUID(document["question_id"]),
        version=document["version"],
        choices=frozenset(document["choices"]),
        solution=document["solution"],
        scheme=read_scheme(document["scheme"]),
        parts=tuple(_part(each) for each in document["parts"]),
    )


def _part(document: JsonObject) -> KeyPart:
    alternative = document["alternative"]
    return KeyPart(
        label=document["label"],
        marks=Decimal(document["marks"]),
        solution=document["solution"],
        scheme=read_scheme(document["scheme"]),
        alternative=alternative and Solved(alternative["solution"], read_scheme(alternative["scheme"])),
    )
