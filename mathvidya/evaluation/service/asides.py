"""Beside the marks: what teachers note for themselves at a question, and what they ask their colleagues."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts.models import ExamInstance
from mathvidya.evaluation.models import Consultation, Evaluation, MarginalNote
from mathvidya.evaluation.queries.asides import NoteView, may_answer, note_view
from mathvidya.evaluation.queries.sheets import live_sheet_ids
from mathvidya.evaluation.service.desk import SUBJECT, at_desk
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Invalid, NotFound, WrongState
from mathvidya.system.service import record_act
from workflows.base import new_id


@dataclass(frozen=True)
class Note:
    """What is to stand at a question; nothing at all takes the note away."""

    come_back: bool = False
    words: str = ""
    sheet_ids: tuple[UUID, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return not (self.come_back or self.words or self.sheet_ids)


def save_note(
    session: Session,
    *,
    actor: Actor,
    evaluation_id: UUID,
    number: int,
    note: Note,
    lease_token: int,
    now: datetime,
) -> NoteView:
    """Note something at a written question; it stays with the script, whoever has it next.

    Raises NotFound, WrongState, LeaseLapsed, Invalid.
    """
    evaluation = at_desk(session, actor=actor, evaluation_id=evaluation_id, lease_token=lease_token)
    _check_place(session, evaluation, number, note.sheet_ids)
    kept = session.get(MarginalNote, (evaluation.id, number))
    if note.is_empty:
        if kept is not None:
            session.delete(kept)
        return NoteView(number)
    if kept is None:
        kept = MarginalNote(evaluation_id=evaluation.id, question_number=number)
        session.add(kept)
    kept.come_back, kept.words, kept.sheet_ids = note.come_back, note.words, list(note.sheet_ids)
    kept.noted_at = now
    return note_view(kept)


def ask_colleague(
    session: Session,
    *,
    actor: Actor,
    evaluation_id: UUID,
    number: int,
    sheet_id: UUID,
    question: str,
    lease_token: int,
    now: datetime,
) -> Consultation:
    """Ask whoever else may mark the class about one answer.

    Raises NotFound, WrongState, LeaseLapsed, Invalid.
    """
    evaluation = at_desk(session, actor=actor, evaluation_id=evaluation_id, lease_token=lease_token)
    _check_place(session, evaluation, number, [sheet_id])
    asked = Consultation(
        id=new_id(),
        evaluation_id=evaluation.id,
        question_number=number,
        sheet_id=sheet_id,
        question=question,
        asked_by=actor.id,
        asked_at=now,
        answer="",
    )
    session.add(asked)
    session.flush()
    _audit(session, actor, asked, "evaluation.colleague_asked", now)
    return asked


def answer_colleague(
    session: Session, *, actor: Actor, consultation_id: UUID, answer: str, now: datetime
) -> Consultation:
    """Answer in words; the first answer is the answer. Raises Forbidden, NotFound, WrongState."""
    asked = session.scalars(
        select(Consultation)
        .where(Consultation.id == consultation_id, may_answer(session, actor))
        .with_for_update(of=Consultation)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if asked is None:
        raise NotFound("no colleague asks you this")
    if asked.answered_at is not None:
        raise WrongState("somebody was quicker: this has been answered")
    asked.answer, asked.answered_by, asked.answered_at = answer, actor.id, now
    _audit(session, actor, asked, "evaluation.colleague_answered", now)
    return asked


def _check_place(session: Session, evaluation: Evaluation, number: int, sheet_ids: Collection[UUID]) -> None:
    written = session.scalars(
        select(ExamInstance.written_numbers).where(ExamInstance.id == evaluation.exam_id)
    ).one()
    if number not in written:
        raise NotFound(f"the paper has no written question {number}")
    if not set(sheet_ids) <= live_sheet_ids(session, evaluation.exam_id):
        remedy = "name pages of this script, as they are now"
        raise Invalid("some of the pages are not of this script", {"sheet_ids": [remedy]})


def _audit(session: Session, actor: Actor, asked: Consultation, action: str, now: datetime) -> None:
    changes = {"question_number": asked.question_number, "consultation": str(asked.id)}
    record_act(session, actor, action, subject=(SUBJECT, asked.evaluation_id), now=now, changes=changes)
