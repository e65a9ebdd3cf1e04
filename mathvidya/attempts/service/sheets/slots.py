"""Opening a slot: leave to put one file into storage, in time, within the limits, with a parent's consent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mathvidya.accounts.queries import has_consent
from mathvidya.attempts import queries
from mathvidya.attempts.errors import (
    AlreadyHandedIn,
    ConsentMissing,
    ExamNotStarted,
    TooManySheets,
    UploadWindowOver,
)
from mathvidya.attempts.models import HANDED_IN, ExamInstance, ExamState, UploadSlot
from mathvidya.attempts.rules.clock import Phase, phase, stored_times
from mathvidya.attempts.rules.sheets import MOST_SLOTS, FileClaim, check_claim, check_room
from mathvidya.attempts.service.moving import locked_own
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import WrongState
from mathvidya.platform.ids import new_id
from mathvidya.system.queries import url_lifetime


def open_slot(
    session: Session, *, actor: Actor, exam_id: UUID, page_number: int, file: FileClaim, now: datetime
) -> UploadSlot:
    """Open a slot for a page of the student's own exam, while it is answered or uploaded.

    Raises ExamNotStarted, AlreadyHandedIn, UploadWindowOver, ConsentMissing, TooManySheets, FileRefused.
    """
    exam = locked_own(session, actor, exam_id)
    check_takes_sheets(exam, now)
    check_room(page_number)
    return add_slot(session, exam, page_number=page_number, file=file, now=now)


def add_slot(
    session: Session,
    exam: ExamInstance,
    *,
    page_number: int,
    file: FileClaim,
    now: datetime,
    page_request_id: UUID | None = None,
) -> UploadSlot:
    """Add a slot to a locked exam that takes files now. Raises ConsentMissing, TooManySheets, FileRefused."""
    check_consent(session, exam)
    check_claim(file, queries.file_limits(session))
    _check_slots(session, exam)
    slot_id = new_id()
    slot = UploadSlot(
        id=slot_id,
        exam_id=exam.id,
        page_request_id=page_request_id,
        page_number=page_number,
        object_key=f"exams/{exam.id}/originals/{slot_id}",
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
        issued_at=now,
        expires_at=now + url_lifetime(session),
    )
    session.add(slot)
    session.flush()
    return slot


def check_takes_sheets(exam: ExamInstance, now: datetime) -> None:
    """Whether the exam's sheets may change now: from its start until it is handed in or its window ends."""
    if exam.state is ExamState.CREATED:
        raise ExamNotStarted("start the exam first; its sheets come after")
    if exam.state in HANDED_IN:
        at = exam.handed_in_at.isoformat() if exam.handed_in_at else None
        raise AlreadyHandedIn("the exam is handed in: its sheets stay as they are", handed_in_at=at)
    if exam.state not in (ExamState.IN_PROGRESS, ExamState.UPLOADING):
        raise WrongState(f"the exam takes no sheets: its state is {exam.state.value}", state=exam.state.value)
    if not exam.written_numbers:
        raise WrongState("every question of this paper is answered on the screen: it takes no sheets")
    times = stored_times(exam)
    assert times is not None  # noqa: S101 - the database keeps times for every started exam
    if phase(times, now) is Phase.OVER:
        ended = times.ends_at.isoformat()
        raise UploadWindowOver(
            f"sheets were taken until {ended}; hand in what is there", upload_ended_at=ended
        )


def check_consent(session: Session, exam: ExamInstance) -> None:
    """Nothing of a child's is kept without a parent's consent. Raises ConsentMissing."""
    if not has_consent(session, exam.student_id):
        raise ConsentMissing("a parent has to link to your account and consent before your pages can be kept")


def _check_slots(session: Session, exam: ExamInstance) -> None:
    opened = session.scalar(select(func.count()).select_from(UploadSlot).where(UploadSlot.exam_id == exam.id))
    if (opened or 0) >= MOST_SLOTS:
        raise TooManySheets(
            f"this exam has asked for {MOST_SLOTS} uploads; that is all", max_slots=MOST_SLOTS
        )
