"""From an assembled paper and its question rows to the two documents that are kept for ever."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from mathvidya.accounts.models import ClassLevel
from mathvidya.bank.models import MARKED_BY_KEY, Question, QuestionType
from mathvidya.bank.schemes import marks_text
from mathvidya.exams.assembly.cells import Item
from mathvidya.exams.assembly.paper import AssembledPaper, PaperQuestion
from mathvidya.exams.papers.canonical import sha256
from mathvidya.plans.models import ExamType
from workflows.base import JsonObject

SCHEMA = 1
"""Version of the form of both documents; readers of a later one keep reading this one."""

_ASSERTION_REASON_CHOICES = (
    ("A", "Both A and R are true and R is the correct explanation of A"),
    ("B", "Both A and R are true but R is not the correct explanation of A"),
    ("C", "A is true but R is false"),
    ("D", "A is false but R is true"),
)
"""Fixed by the board; the bank keeps only which of them is right."""

_SECTION_WORDS = {
    QuestionType.MCQ: "Multiple choice",
    QuestionType.ASSERTION_REASON: "Assertion and reason",
    QuestionType.VSA: "Very short answer",
    QuestionType.SA: "Short answer",
    QuestionType.LA: "Long answer",
    QuestionType.CASE_STUDY: "Case study",
}


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """Which version of which question stands at a number; an OR partner shares its partner's number."""

    number: int
    is_alternative: bool
    question_id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class DrawnPaper:
    """A paper that is ready to be kept: nothing in it depends on the bank any more."""

    template_id: UUID
    template_version: int
    exam_type: ExamType
    class_level: ClassLevel
    unit: str | None
    minutes: int
    possible: Decimal
    snapshot: JsonObject
    key: JsonObject
    paper_sha256: bytes
    key_sha256: bytes
    schema: int
    written_numbers: tuple[int, ...]
    entries: tuple[PaperEntry, ...]


Rows = Mapping[tuple[UUID, int], Question]
"""Question rows by (question id, version)."""


def freeze(paper: AssembledPaper, rows: Rows, *, template_id: UUID, template_version: int) -> DrawnPaper:
    """Write an assembled paper out in full."""
    snapshot, key = _snapshot(paper, rows), _key(paper, rows)
    spec = paper.spec
    return DrawnPaper(
        template_id=template_id,
        template_version=template_version,
        exam_type=ExamType(spec.exam_type.value),
        class_level=ClassLevel(spec.class_level.value),
        unit=spec.unit,
        minutes=spec.minutes,
        possible=Decimal(spec.marks),
        snapshot=snapshot,
        key=key,
        paper_sha256=sha256(snapshot),
        key_sha256=sha256(key),
        schema=SCHEMA,
        written_numbers=tuple(q.number for q in paper.questions if q.type not in MARKED_BY_KEY),
        entries=tuple(_entries(paper.questions)),
    )


def _entries(questions: Iterable[PaperQuestion]) -> Iterable[PaperEntry]:
    for question in questions:
        yield _entry(question.number, question.item, is_alternative=False)
        if question.alternative is not None:
            yield _entry(question.number, question.alternative, is_alternative=True)


def _entry(number: int, item: Item, *, is_alternative: bool) -> PaperEntry:
    return PaperEntry(number, is_alternative, item.question_id, item.version)


def _snapshot(paper: AssembledPaper, rows: Rows) -> JsonObject:
    spec = paper.spec
    return {
        "schema": SCHEMA,
        "template": spec.code,
        "title": spec.title,
        "class_level": spec.class_level.value,
        "course_level": spec.course_level.value if spec.course_level else None,
        "exam_type": spec.exam_type.value,
        "unit": spec.unit,
        "minutes": spec.minutes,
        "marks": marks_text(spec.marks),
        "instructions": list(spec.instructions),
        "sections": [
            _section(letter, list(questions), rows)
            for letter, questions in groupby(paper.questions, key=lambda question: question.section)
        ],
    }


def _section(letter: str, questions: list[PaperQuestion], rows: Rows) -> JsonObject:
    types = dict.fromkeys(QuestionType(question.type) for question in questions)
    return {
        "section": letter,
        "title": "; ".join(_SECTION_WORDS[each] for each in types),
        "questions": [_shown_question(question, rows) for question in questions],
    }


def _shown_question(question: PaperQuestion, rows: Rows) -> JsonObject:
    alternative = question.alternative
    return {
        "number": question.number,
        **_shown(_row(question.item, rows)),
        "alternative": alternative and _shown(_row(alternative, rows)),
    }


def _shown(row: Question) -> JsonObject:
    """What a student may see of a question: named field by field, so that nothing new leaks in."""
    return {
        "type": row.type.value,
        "marks": marks_text(row.marks),
        "unit": row.unit,
        "chapter": row.chapter,
        "text": row.text,
        "image": row.image_key,
        "choices": _shown_choices(row),
        "assertion": row.assertion,
        "reason": row.reason,
        "parts": [_shown_part(part) for part in row.parts],
    }


def _shown_choices(row: Question) -> list[JsonObject]:
    if row.type is QuestionType.ASSERTION_REASON:
        return [{"label": label, "text": text} for label, text in _ASSERTION_REASON_CHOICES]
    return [{"label": choice["label"], "text": choice["text"]} for choice in row.choices]


def _shown_part(part: JsonObject) -> JsonObject:
    alternative = part.get("alternative")
    return {
        "label": part["label"],
        "marks": marks_text(part["marks"]),
        "text": part["text"],
        "alternative": alternative and {"text": alternative["text"]},
    }


def _key(paper: AssembledPaper, rows: Rows) -> JsonObject:
    return {"schema": SCHEMA, "questions": [_key_question(question, rows) for question in paper.questions]}


def _key_question(question: PaperQuestion, rows: Rows) -> JsonObject:
    alternative = question.alternative
    return {
        "number": question.number,
        **_answers(_row(question.item, rows)),
        "alternative": alternative and _answers(_row(alternative, rows)),
    }


def _answers(row: Question) -> JsonObject:
    return {
        "type": row.type.value,
        "marks": marks_text(row.marks),
        "question_id": str(row.question_id),
        "version": row.version,
        "choices": list(row.correct_choices),
        "solution": row.solution,
        "scheme": row.scheme,
        "parts": [_key_part(part) for part in row.parts],
    }


def _key_part(part: JsonObject) -> JsonObject:
    alternative = part.get("alternative")
    return {
        "label": part["label"],
        "marks": marks_text(part["marks"]),
        **_solved(part),
        "alternative": alternative and _solved(alternative),
    }


def _solved(answerable: JsonObject) -> dict[str, Any]:
    return {"solution": answerable["solution"], "scheme": answerable["scheme"]}


def _row(item: Item, rows: Rows) -> Question:
    return rows[item.question_id, item.version]
