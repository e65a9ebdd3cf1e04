"""What handing in looks at, and the receipt that it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from mathvidya.attempts.models import (
    AnswerSheetUpload,
    ExamInstance,
    HandedInBy,
    StudentMcqAnswer,
    UnansweredQuestion,
)


@dataclass(frozen=True)
class ReceiptPage:
    """One page as it was handed in; the hash is of the bytes that the student uploaded."""

    page_number: int
    sha256: bytes
    question_numbers: Sequence[int]


@dataclass(frozen=True)
class Receipt:
    """What was handed in, when, and by whom."""

    exam_id: UUID
    code: str
    handed_in_at: datetime
    handed_in_by: HandedInBy
    paper_sha256: bytes
    pages: Sequence[ReceiptPage]
    unanswered: Sequence[int]
    answered_by_choice: Sequence[int]


def numbers_on_sheets(session: Session, exam_id: UUID) -> frozenset[int]:
    """The questions that the live sheets say they answer."""
    numbers = select(func.unnest(AnswerSheetUpload.question_numbers)).where(_live(exam_id))
    return frozenset(session.scalars(numbers))


def declared_unanswered(session: Session, exam_id: UUID) -> frozenset[int]:
    """The questions declared unanswered."""
    numbers = select(UnansweredQuestion.question_number).where(UnansweredQuestion.exam_id == exam_id)
    return frozenset(session.scalars(numbers))


def is_blank(session: Session, exam_id: UUID) -> bool:
    """Whether there is nothing to mark: no choice made, no sheet uploaded."""
    chosen = exists().where(_chosen(exam_id))
    uploaded = exists().where(_live(exam_id))
    return not session.scalar(select(or_(chosen, uploaded)))


def receipt_of(session: Session, exam: ExamInstance) -> Receipt:
    """The receipt of a handed-in exam: its pages as they were then, whatever was replaced later."""
    assert exam.handed_in_at is not None  # noqa: S101 - callers have looked
    assert exam.handed_in_by is not None  # noqa: S101 - the database keeps both or neither
    pages = session.execute(
        select(AnswerSheetUpload.page_number, AnswerSheetUpload.sha256, AnswerSheetUpload.question_numbers)
        .where(_handed_in(exam.id, exam.handed_in_at))
        .order_by(AnswerSheetUpload.page_number)
    )
    chosen = select(StudentMcqAnswer.question_number).where(_chosen(exam.id))
    return Receipt(
        exam_id=exam.id,
        code=exam.code,
        handed_in_at=exam.handed_in_at,
        handed_in_by=exam.handed_in_by,
        paper_sha256=exam.paper_sha256,
        pages=[ReceiptPage(*page) for page in pages],
        unanswered=sorted(declared_unanswered(session, exam.id)),
        answered_by_choice=session.scalars(chosen.order_by(StudentMcqAnswer.question_number)).all(),
    )


def _live(exam_id: UUID) -> ColumnElement[bool]:
    return (AnswerSheetUpload.exam_id == exam_id) & AnswerSheetUpload.superseded_at.is_(None)


def _handed_in(exam_id: UUID, at: datetime) -> ColumnElement[bool]:
    """Sheets that were live when the exam was handed in: neither replaced by then nor uploaded since."""
    still_there = or_(AnswerSheetUpload.superseded_at.is_(None), AnswerSheetUpload.superseded_at > at)
    return (AnswerSheetUpload.exam_id == exam_id) & (AnswerSheetUpload.uploaded_at <= at) & still_there


def _chosen(exam_id: UUID) -> ColumnElement[bool]:
    return (StudentMcqAnswer.exam_id == exam_id) & (func.cardinality(StudentMcqAnswer.choices) > 0)
