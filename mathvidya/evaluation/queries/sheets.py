"""Sheets of a script, and what a teacher has put on them."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mathvidya.attempts.models import AnswerSheetUpload
from mathvidya.evaluation.models import Annotation
from mathvidya.evaluation.rules.stamps import PageLoad


@dataclass(frozen=True)
class AnnotationView:
    """A stamp, ink or words on a sheet."""

    id: UUID
    sheet_id: UUID
    kind: str
    x: float
    y: float
    points: list[list[int]]
    text: str
    question_number: int | None
    marks: Decimal | None
    revision: int


@dataclass(frozen=True)
class SheetView:
    """One page to be read; the keys become addresses at the edge."""

    id: UUID
    page_number: int
    question_numbers: tuple[int, ...]
    width: int
    height: int
    half_key: str
    full_key: str
    is_blurred: bool
    is_dark: bool


def live_sheet_ids(session: Session, exam_id: UUID) -> frozenset[UUID]:
    """The pages that count: those no other page took the place of."""
    return frozenset(
        session.scalars(
            select(AnswerSheetUpload.id).where(
                AnswerSheetUpload.exam_id == exam_id, AnswerSheetUpload.superseded_at.is_(None)
            )
        )
    )


def sheet_view(row: AnswerSheetUpload) -> SheetView:
    """A page as it is shown to those who may see it."""
    return SheetView(
        id=row.id,
        page_number=row.page_number,
        question_numbers=tuple(row.question_numbers),
        width=row.width,
        height=row.height,
        half_key=row.half_key,
        full_key=row.full_key,
        is_blurred=row.is_blurred,
        is_dark=row.is_dark,
    )


def annotations_of(
    session: Session, evaluation_id: UUID, sheet_id: UUID | None = None
) -> tuple[AnnotationView, ...]:
    """What is on the sheets of an evaluation, or on one of them, in the order in which it was put there."""
    rows = select(Annotation).where(Annotation.evaluation_id == evaluation_id, Annotation.erased_at.is_(None))
    if sheet_id is not None:
        rows = rows.where(Annotation.sheet_id == sheet_id)
    return tuple(map(_annotation_view, session.scalars(rows.order_by(Annotation.created_at, Annotation.id))))


def _annotation_view(row: Annotation) -> AnnotationView:
    return AnnotationView(
        id=row.id,
        sheet_id=row.sheet_id,
        kind=row.kind.value,
        x=row.x,
        y=row.y,
        points=row.points,
        text=row.text,
        question_number=row.question_number,
        marks=row.marks,
        revision=row.revision,
    )


def page_loads(session: Session, evaluation_id: UUID) -> dict[UUID, PageLoad]:
    """How much is on each sheet."""
    strokes = func.coalesce(func.sum(func.jsonb_array_length(Annotation.points)), 0)
    rows = session.execute(
        select(Annotation.sheet_id, func.count(), strokes)
        .where(Annotation.evaluation_id == evaluation_id, Annotation.erased_at.is_(None))
        .group_by(Annotation.sheet_id)
    )
    return {sheet_id: PageLoad(count, int(drawn)) for sheet_id, count, drawn in rows}
