"""The result of one exam: scores, marks per question, solutions, marked pages; never who marked them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.attempts.models import ExamInstance, ExamState
from mathvidya.attempts.queries import MarkingPack, exam_for_actor, marking_pack
from mathvidya.evaluation.queries.marks import MarkView, StepView, marks_of
from mathvidya.evaluation.queries.rounds import marks_or_marked, published_round
from mathvidya.evaluation.queries.sheets import AnnotationView, SheetView, annotations_of, sheet_view
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.errors import NotFound
from mathvidya.results.errors import ResultNotPublished
from workflows.base import JsonObject

_ZERO = Decimal(0)


@dataclass(frozen=True)
class Score:
    """What an exam came to."""

    mcq: Decimal
    manual: Decimal
    total: Decimal
    possible: Decimal
    percentage: Decimal


@dataclass(frozen=True)
class QuestionResult:
    """One number of the paper: the question, what it earned and why, and how it is solved.

    ``chosen`` is what the student chose where the key marks, None elsewhere. ``counted`` says which
    alternative counted, by part.
    """

    number: int
    section: str
    awarded: Decimal
    possible: Decimal
    not_attempted: bool
    chosen: Sequence[str] | None
    remark: str
    counted: Mapping[str, str]
    steps: Sequence[StepView]
    question: JsonObject
    solution: JsonObject


@dataclass(frozen=True)
class SectionResult:
    """One section of the paper, summed."""

    section: str
    title: str
    awarded: Decimal
    possible: Decimal


@dataclass(frozen=True)
class ResultView:
    """Everything that came of an exam. It names nobody: neither the student nor who marked it."""

    exam_id: UUID
    title: str
    class_level: str
    exam_type: str
    unit: str | None
    handed_in_at: datetime
    published_at: datetime
    score: Score
    sections: Sequence[SectionResult]
    questions: Sequence[QuestionResult]
    sheets: Sequence[SheetView]
    annotations: Sequence[AnnotationView]


def result_of(session: Session, actor: Actor, exam_id: UUID) -> ResultView:
    """The result for its student, the linked parents, admins, and the teacher who marked it.

    A fixed number of queries. Raises NotFound to everybody else, ResultNotPublished before its time.
    """
    _check_scope(session, actor, exam_id)
    pack = marking_pack(session, exam_id)
    if pack.exam.state is not ExamState.PUBLISHED:
        raise ResultNotPublished(
            f"it is {pack.exam.state.value.replace('_', ' ')}; the result is there once it is published",
            state=pack.exam.state.value,
        )
    evaluation_id = published_round(session, exam_id)
    marks = marks_of(session, evaluation_id) if evaluation_id else ()
    questions = list(_questions(pack, {mark.question_number: mark for mark in marks}))
    return _view(pack, questions, annotations=annotations_of(session, evaluation_id) if evaluation_id else ())


def _check_scope(session: Session, actor: Actor, exam_id: UUID) -> None:
    if not actor.has_role(Role.TEACHER):
        exam_for_actor(session, actor, exam_id)
    elif actor.id is None or not marks_or_marked(session, actor.id, exam_id):
        raise NotFound("there is no exam of yours with this id")


def _view(
    pack: MarkingPack, questions: Sequence[QuestionResult], *, annotations: Sequence[AnnotationView]
) -> ResultView:
    exam = pack.exam
    assert exam.handed_in_at is not None  # noqa: S101 - the database binds state to its moments
    assert exam.published_at is not None  # noqa: S101 - the same
    return ResultView(
        exam_id=exam.id,
        title=pack.snapshot["title"],
        class_level=exam.class_level.value,
        exam_type=exam.exam_type.value,
        unit=exam.unit,
        handed_in_at=exam.handed_in_at,
        published_at=exam.published_at,
        score=_score(exam),
        sections=list(_sections(pack.snapshot, questions)),
        questions=questions,
        sheets=[sheet_view(sheet) for sheet in pack.sheets],
        annotations=annotations,
    )


def _score(exam: ExamInstance) -> Score:
    return Score(
        mcq=exam.mcq_score or _ZERO,
        manual=exam.manual_score or _ZERO,
        total=exam.total_score or _ZERO,
        possible=exam.possible_score,
        percentage=exam.percentage or _ZERO,
    )


def _sections(snapshot: JsonObject, questions: Sequence[QuestionResult]) -> Iterator[SectionResult]:
    for section in snapshot["sections"]:
        of_section = [each for each in questions if each.section == section["section"]]
        yield SectionResult(
            section["section"],
            section["title"],
            sum((each.awarded for each in of_section), _ZERO),
            sum((each.possible for each in of_section), _ZERO),
        )


def _questions(pack: MarkingPack, marks: Mapping[int, MarkView]) -> Iterator[QuestionResult]:
    solutions = {each["number"]: each for each in pack.key["questions"]}
    chosen = {answer.number: answer for answer in pack.mcq}
    written = frozenset(pack.exam.written_numbers)
    for section in pack.snapshot["sections"]:
        for question in section["questions"]:
            number = question["number"]
            place = _Place(section["section"], question, solutions[number])
            if number in written:
                yield _written(place, marks[number])
            else:
                answer = chosen.get(number)
                yield _by_choice(place, answer.choices if answer else (), answer.marks if answer else None)


@dataclass(frozen=True, slots=True)
class _Place:
    section: str
    question: JsonObject
    solution: JsonObject


def _written(place: _Place, mark: MarkView) -> QuestionResult:
    return QuestionResult(
        number=mark.question_number,
        section=place.section,
        awarded=mark.awarded,
        possible=mark.possible,
        not_attempted=mark.not_attempted,
        chosen=None,
        remark=mark.remark,
        counted=mark.counted,
        steps=mark.steps,
        question=place.question,
        solution=place.solution,
    )


def _by_choice(place: _Place, choices: Sequence[str], marks: Decimal | None) -> QuestionResult:
    return QuestionResult(
        number=place.question["number"],
        section=place.section,
        awarded=marks or _ZERO,
        possible=Decimal(place.question["marks"]),
        not_attempted=not choices,
        chosen=choices,
        remark="",
        counted={},
        steps=(),
        question=place.question,
        solution=place.solution,
    )
