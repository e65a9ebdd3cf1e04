"""What a student does with the sheets that are there, until the exam is handed in."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.attempts import queries
from mathvidya.attempts.models import AnswerSheetUpload, ExamInstance
from mathvidya.attempts.rules.sheets import check_order, check_questions
from mathvidya.attempts.service.moving import locked_own
from mathvidya.attempts.service.sheets.keeping import renumber
from mathvidya.attempts.service.sheets.slots import check_takes_sheets
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.system.service import record_act


def order_sheets(
    session: Session, *, actor: Actor, exam_id: UUID, sheet_ids: Sequence[UUID], now: datetime
) -> Sequence[AnswerSheetUpload]:
    """Make the sheets pages 1, 2, 3 … in this order; every live one is named exactly once, or Invalid."""
    exam = _open_exam(session, actor, exam_id, now)
    live = {sheet.id: sheet for sheet in queries.live_sheets(session, exam.id)}
    check_order(sheet_ids, live.keys())
    renumber(
        session, list(live.values()), {identity: page for page, identity in enumerate(sheet_ids, start=1)}
    )
    return [live[identity] for identity in sheet_ids]


def set_questions(
    session: Session,
    *,
    actor: Actor,
    exam_id: UUID,
    sheet_id: UUID,
    numbers: Collection[int],
    now: datetime,
) -> AnswerSheetUpload:
    """Say which questions are answered on a sheet. Raises Invalid for one that is not answered in writing."""
    exam = _open_exam(session, actor, exam_id, now)
    check_questions(numbers, exam.written_numbers)
    sheet = _live_sheet(session, exam, sheet_id)
    sheet.question_numbers = sorted(set(numbers))
    session.flush()
    return sheet


def delete_sheet(session: Session, *, actor: Actor, exam_id: UUID, sheet_id: UUID, now: datetime) -> None:
    """Take a sheet out of the answer book; row and bytes are kept, the other pages keep their numbers."""
    exam = _open_exam(session, actor, exam_id, now)
    sheet = _live_sheet(session, exam, sheet_id)
    sheet.superseded_at = now
    session.flush()
    record_act(
        session,
        actor,
        "sheet.deleted",
        subject=("exam", exam.id),
        now=now,
        changes={"page": sheet.page_number, "sha256": [sheet.sha256.hex(), None]},
    )


def _open_exam(session: Session, actor: Actor, exam_id: UUID, now: datetime) -> ExamInstance:
    exam = locked_own(session, actor, exam_id)
    check_takes_sheets(exam, now)
    return exam


def _live_sheet(session: Session, exam: ExamInstance, sheet_id: UUID) -> AnswerSheetUpload:
    sheet = session.get(AnswerSheetUpload, sheet_id, populate_existing=True)
    if sheet is None or sheet.exam_id != exam.id or sheet.superseded_at is not None:
        raise NotFound("this exam has no such sheet; it may have been replaced")
    return sheet
