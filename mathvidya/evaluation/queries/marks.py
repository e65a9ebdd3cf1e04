"""Marks as they stand, and the saves that lost against them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import and_, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH
from sqlalchemy.orm import Session

from mathvidya.attempts.models import AnswerSheetUpload, ExamInstance
from mathvidya.evaluation.models import Annotation, MarkConflict, QuestionMark, StepMark
from mathvidya.evaluation.rules.completeness import Marked, Stamp
from mathvidya.evaluation.rules.marks import Alternative, QuestionScheme, StepKey, scheme_of
from mathvidya.evaluation.rules.stamps import COUNTED
from mathvidya.exams.papers import questions_of
from mathvidya.platform.errors import NotFound
from workflows.base import JsonObject


@dataclass(frozen=True)
class StepView:
    """One step of a mark."""

    part: str
    alternative: str
    method: int
    step: int
    awarded: Decimal
    possible: Decimal


@dataclass(frozen=True)
class LostSave:
    """A save that came too late, as it was sent."""

    sent: JsonObject
    sent_at: datetime


@dataclass(frozen=True)
class MarkView:
    """The mark of one question; says nothing about who gave it."""

    question_number: int
    awarded: Decimal
    possible: Decimal
    not_attempted: bool
    counted: Mapping[str, str]
    remark: str
    revision: int
    steps: tuple[StepView, ...]
    lost_saves: tuple[LostSave, ...] = ()


def scheme_at(session: Session, exam_id: UUID, number: int) -> QuestionScheme:
    """How a written question of an exam is marked. Raises NotFound when the paper has none at this number.

    Only that question leaves the database: a key is forty times as long.
    """
    path = cast(f"$.questions[*] ? (@.number == {number:d})", JSONPATH)
    at_number = func.jsonb_path_query_first(ExamInstance.exam_key, path, type_=JSONB)
    found = session.scalars(select(at_number).where(ExamInstance.id == exam_id)).one_or_none()
    question = questions_of({"questions": [found]})[0] if found else None
    if question is None or not question.is_written:
        raise NotFound(f"the paper has no written question {number}")
    return scheme_of(question)


def schemes_of(key: JsonObject) -> tuple[QuestionScheme, ...]:
    """How the written questions of a frozen key are marked, in the order of the paper."""
    return tuple(scheme_of(question) for question in questions_of(key) if question.is_written)


def marks_of(session: Session, evaluation_id: UUID) -> tuple[MarkView, ...]:
    """All marks of an evaluation in the order of the paper, with lost saves that nothing has settled yet."""
    marks = session.scalars(
        select(QuestionMark)
        .where(QuestionMark.evaluation_id == evaluation_id)
        .order_by(QuestionMark.question_number)
    ).all()
    steps = _steps_of(session, evaluation_id)
    lost = _lost_saves(session, evaluation_id)
    return tuple(
        mark_view(mark, steps.get(mark.id, ()), tuple(lost[mark.question_number, mark.revision]))
        for mark in marks
    )


def mark_view(
    mark: QuestionMark, steps: Sequence[StepMark], lost_saves: tuple[LostSave, ...] = ()
) -> MarkView:
    """A mark as it is shown."""
    return MarkView(
        question_number=mark.question_number,
        awarded=mark.awarded,
        possible=mark.possible,
        not_attempted=mark.not_attempted,
        counted=mark.counted,
        remark=mark.remark,
        revision=mark.revision,
        steps=tuple(
            StepView(row.part, row.alternative, row.method, row.step, row.awarded, row.possible)
            for row in steps
        ),
        lost_saves=lost_saves,
    )


def steps_of_mark(session: Session, mark_id: UUID) -> Sequence[StepMark]:
    """The steps of one mark."""
    return session.scalars(
        select(StepMark).where(StepMark.question_mark_id == mark_id).order_by(*_SCHEME_ORDER)
    ).all()


def marked_so_far(session: Session, evaluation_id: UUID) -> dict[int, Marked]:
    """What has been marked, by question number, as the rules read it."""
    return {
        mark.question_number: Marked(mark.not_attempted, dict(_keyed(mark.steps)))
        for mark in marks_of(session, evaluation_id)
    }


def _keyed(steps: Sequence[StepView]) -> Iterator[tuple[StepKey, Decimal]]:
    for view in steps:
        yield StepKey(view.part, Alternative(view.alternative), view.method, view.step), view.awarded


def stamps_of(session: Session, evaluation_id: UUID) -> tuple[Stamp, ...]:
    """The stamps that speak about a question's worth, on pages that still count."""
    rows = session.execute(
        select(Annotation.question_number, Annotation.marks)
        .join(AnswerSheetUpload, AnswerSheetUpload.id == Annotation.sheet_id)
        .where(
            Annotation.evaluation_id == evaluation_id,
            Annotation.erased_at.is_(None),
            Annotation.kind.in_(COUNTED),
            Annotation.question_number.is_not(None),
            AnswerSheetUpload.superseded_at.is_(None),
        )
    )
    return tuple(Stamp(number, marks) for number, marks in rows if number is not None)


_SCHEME_ORDER = (StepMark.part, StepMark.alternative, StepMark.method, StepMark.step)


def _steps_of(session: Session, evaluation_id: UUID) -> Mapping[UUID, list[StepMark]]:
    rows = session.scalars(
        select(StepMark)
        .join(QuestionMark, QuestionMark.id == StepMark.question_mark_id)
        .where(QuestionMark.evaluation_id == evaluation_id)
        .order_by(*_SCHEME_ORDER)
    )
    found: defaultdict[UUID, list[StepMark]] = defaultdict(list)
    for row in rows:
        found[row.question_mark_id].append(row)
    return found


def _lost_saves(session: Session, evaluation_id: UUID) -> defaultdict[tuple[int, int], list[LostSave]]:
    """By question and the revision that each lost to: a later save of the question settles them."""
    rows = session.scalars(
        select(MarkConflict)
        .join(
            QuestionMark,
            and_(
                QuestionMark.evaluation_id == MarkConflict.evaluation_id,
                QuestionMark.question_number == MarkConflict.question_number,
                QuestionMark.revision == MarkConflict.stood_revision,
            ),
        )
        .where(MarkConflict.evaluation_id == evaluation_id)
        .order_by(MarkConflict.id)
    )
    found: defaultdict[tuple[int, int], list[LostSave]] = defaultdict(list)
    for row in rows:
        found[row.question_number, row.stood_revision].append(LostSave(row.sent, row.sent_at))
    return found
