"""Beside the marks: notes at questions, and what teachers ask each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from mathvidya.accounts.queries import teacher_facts
from mathvidya.attempts.models import AnswerSheetUpload
from mathvidya.attempts.queries import marking_pack
from mathvidya.evaluation import policy
from mathvidya.evaluation.models import Consultation, Evaluation, MarginalNote
from mathvidya.evaluation.queries.queue import conflict
from mathvidya.evaluation.queries.sheets import SheetView, sheet_view
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.platform.http.pages import Page, newest_first
from workflows.base import JsonObject


@dataclass(frozen=True)
class NoteView:
    """What stands at a question."""

    question_number: int
    come_back: bool = False
    words: str = ""
    sheet_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class ConsultationView:
    """What is asked, with the question as it was set, what marks it, and the page."""

    consultation: Consultation
    paper_question: JsonObject
    key_question: JsonObject
    sheet: SheetView


def notes_of(session: Session, evaluation_id: UUID) -> tuple[NoteView, ...]:
    """The notes on a script in the order of the paper."""
    rows = select(MarginalNote).where(MarginalNote.evaluation_id == evaluation_id)
    return tuple(map(note_view, session.scalars(rows.order_by(MarginalNote.question_number))))


def note_view(row: MarginalNote) -> NoteView:
    """A note as it is shown."""
    return NoteView(row.question_number, row.come_back, row.words, tuple(row.sheet_ids))


def asked_about(session: Session, actor: Actor, evaluation_id: UUID) -> Sequence[Consultation]:
    """What has been asked about a script, for its teacher and admins, oldest first. Raises NotFound."""
    evaluation = session.get(Evaluation, evaluation_id)
    if evaluation is None:
        raise NotFound(policy.NOT_YOURS)
    policy.may_read(actor, evaluation)
    rows = select(Consultation).where(Consultation.evaluation_id == evaluation_id)
    return session.scalars(rows.order_by(Consultation.id)).all()


def open_consultations(
    session: Session, actor: Actor, *, limit: int, after: UUID | None
) -> Page[Consultation]:
    """What colleagues ask and nobody has answered, newest first. Raises Forbidden."""
    rows = select(Consultation).where(Consultation.answered_at.is_(None), may_answer(session, actor))
    return newest_first(session, rows, Consultation.id, limit=limit, after=after)


def consultation_for(session: Session, actor: Actor, consultation_id: UUID) -> ConsultationView:
    """One, for who asked, who answered, and who may answer. Raises Forbidden, NotFound."""
    concerned = or_(
        Consultation.asked_by == actor.id, Consultation.answered_by == actor.id, may_answer(session, actor)
    )
    found = session.scalars(
        select(Consultation).where(Consultation.id == consultation_id, concerned)
    ).one_or_none()
    if found is None:
        raise NotFound("no colleague asks you this")
    exam_id = session.get_one(Evaluation, found.evaluation_id).exam_id
    pack = marking_pack(session, exam_id)
    return ConsultationView(
        consultation=found,
        paper_question=_numbered(
            [each for section in pack.snapshot["sections"] for each in section["questions"]],
            found.question_number,
        ),
        key_question=_numbered(pack.key["questions"], found.question_number),
        sheet=sheet_view(session.get_one(AnswerSheetUpload, found.sheet_id)),
    )


def _numbered(questions: Sequence[JsonObject], number: int) -> JsonObject:
    return next(question for question in questions if question["number"] == number)


def may_answer(session: Session, actor: Actor) -> ColumnElement[bool]:
    """What another teacher asks about a script that this one might have been given. Raises Forbidden."""
    teacher = teacher_facts(session, policy.must_teach(actor))
    scripts = select(Evaluation.id).where(Evaluation.class_level.in_(teacher.may_mark), ~conflict(teacher.id))
    return (Consultation.asked_by != teacher.id) & Consultation.evaluation_id.in_(scripts)
