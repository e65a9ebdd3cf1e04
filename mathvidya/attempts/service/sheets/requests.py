"""A page that is asked for again after hand-in: the one way in which a handed-in exam gets a new sheet.

The evaluation asks, by ``request_page``; the student answers by confirming a slot that was opened for the
request; the evaluation hears of it by ``PageReplaced``.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts.errors import PageRequestClosed
from mathvidya.attempts.models import (
    AnswerSheetUpload,
    ExamInstance,
    ExamState,
    PageRequest,
    UploadSlot,
)
from mathvidya.attempts.rules.sheets import FileClaim
from mathvidya.attempts.service.moving import locked, locked_own
from mathvidya.attempts.service.sheets.slots import add_slot
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound, WrongState
from mathvidya.platform.ids import new_id


def request_page(
    session: Session, *, exam_id: UUID, sheet_id: UUID, answer_by: datetime, now: datetime
) -> PageRequest:
    """Ask the student for a page of an exam under evaluation again, until ``answer_by``.

    Asked again before it was answered, the request stays the same and its time is moved. Raises NotFound for
    a sheet that is not a live one of this exam, WrongState unless the exam is under evaluation.
    """
    exam = locked(session, exam_id)
    if exam.state is not ExamState.UNDER_EVALUATION:
        raise WrongState(
            f"a page is asked for again under evaluation; its state is {exam.state.value}",
            state=exam.state.value,
        )
    sheet = session.get(AnswerSheetUpload, sheet_id, populate_existing=True)
    if sheet is None or sheet.exam_id != exam.id or sheet.superseded_at is not None:
        raise NotFound("this exam has no such sheet; it may have been replaced")
    request = _unanswered(session, sheet_id)
    if request is None:
        request = PageRequest(
            id=new_id(), exam_id=exam.id, sheet_id=sheet_id, requested_at=now, answer_by=answer_by
        )
        session.add(request)
    request.answer_by = answer_by
    session.flush()
    return request


def open_request_slot(
    session: Session, *, actor: Actor, exam_id: UUID, request_id: UUID, file: FileClaim, now: datetime
) -> UploadSlot:
    """Open a slot for a page that the student is asked for again.

    Raises PageRequestClosed, ConsentMissing, TooManySheets, FileRefused.
    """
    exam = locked_own(session, actor, exam_id)
    request = page_request(session, exam, request_id)
    check_open(request, now)
    asked = session.get_one(AnswerSheetUpload, request.sheet_id)
    return add_slot(
        session, exam, page_number=asked.page_number, file=file, now=now, page_request_id=request.id
    )


def page_request(session: Session, exam: ExamInstance, request_id: UUID) -> PageRequest:
    """A request of this exam, as it is now. Raises NotFound."""
    request = session.get(PageRequest, request_id, populate_existing=True)
    if request is None or request.exam_id != exam.id:
        raise NotFound("this exam has no such request for a page")
    return request


def check_open(request: PageRequest, now: datetime) -> None:
    """Raises PageRequestClosed once the page has come, or its time has passed."""
    if request.answered_at is not None:
        raise PageRequestClosed(
            "the page has been sent again already", answered_at=request.answered_at.isoformat()
        )
    if now > request.answer_by:
        raise PageRequestClosed(
            f"the page was asked for until {request.answer_by.isoformat()}; marking goes on without it",
            answer_by=request.answer_by.isoformat(),
        )


def _unanswered(session: Session, sheet_id: UUID) -> PageRequest | None:
    return session.scalars(
        select(PageRequest).where(PageRequest.sheet_id == sheet_id, PageRequest.answered_at.is_(None))
    ).one_or_none()
