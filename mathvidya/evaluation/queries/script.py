"""A script as its teacher reads it: paper, scheme, pages, marks and stamps, and nothing of who wrote it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.attempts.queries import marking_pack
from mathvidya.evaluation import policy
from mathvidya.evaluation.models import Evaluation
from mathvidya.evaluation.queries.asides import NoteView, notes_of
from mathvidya.evaluation.queries.marks import MarkView, marks_of
from mathvidya.evaluation.queries.sheets import (
    AnnotationView,
    SheetView,
    annotations_of,
    sheet_view,
)
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from workflows.base import JsonObject


@dataclass(frozen=True)
class ScriptView:
    """Everything on a teacher's desk. The answers to choices stay out: no teacher marks them."""

    evaluation_id: UUID
    exam_id: UUID
    state: str
    version: int
    due_at: datetime | None
    class_level: str
    written_numbers: Sequence[int]
    unanswered: Sequence[int]
    paper: JsonObject
    key: JsonObject
    sheets: Sequence[SheetView]
    marks: Sequence[MarkView]
    annotations: Sequence[AnnotationView]
    notes: Sequence[NoteView]


def script(session: Session, *, actor: Actor, evaluation_id: UUID) -> ScriptView:
    """The script of an evaluation, for the teacher who has it or had it to the end, and for an admin.

    A fixed number of queries, however many pages and stamps there are. Raises NotFound.
    """
    evaluation = _readable(session, actor, evaluation_id)
    pack = marking_pack(session, evaluation.exam_id)
    return ScriptView(
        evaluation_id=evaluation.id,
        exam_id=evaluation.exam_id,
        state=evaluation.state.value,
        version=evaluation.version,
        due_at=evaluation.due_at,
        class_level=evaluation.class_level.value,
        written_numbers=pack.exam.written_numbers,
        unanswered=sorted(pack.unanswered),
        paper=pack.snapshot,
        key=pack.key,
        sheets=[sheet_view(sheet) for sheet in pack.sheets],
        marks=marks_of(session, evaluation.id),
        annotations=annotations_of(session, evaluation.id),
        notes=notes_of(session, evaluation.id),
    )


def annotations_for(
    session: Session, *, actor: Actor, evaluation_id: UUID, sheet_id: UUID | None
) -> tuple[AnnotationView, ...]:
    """What is on the sheets of a script, or on one of them. Raises NotFound."""
    _readable(session, actor, evaluation_id)
    return annotations_of(session, evaluation_id, sheet_id)


def _readable(session: Session, actor: Actor, evaluation_id: UUID) -> Evaluation:
    evaluation = session.get(Evaluation, evaluation_id)
    if evaluation is None:
        raise NotFound(policy.NOT_YOURS)
    policy.may_read(actor, evaluation)
    return evaluation
