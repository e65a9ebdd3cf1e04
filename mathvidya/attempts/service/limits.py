"""The timers of a sitting: when the house looks at an exam again, whatever its student does."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from mathvidya.attempts.models import ExamInstance
from mathvidya.attempts.rules.clock import SittingTimes
from workflows import timers

UNSTARTED = "exam.unstarted"
ANSWERING_ENDS = "exam.answering_ends"
UPLOAD_ENDS = "exam.upload_ends"

MAY_WAIT = timedelta(hours=24)
"""How long a drawn exam waits to be started before it is voided and goes back to the quota."""


def await_start(session: Session, exam: ExamInstance, now: datetime) -> None:
    """Look again when the exam has waited too long."""
    _look(session, exam, UNSTARTED, now + MAY_WAIT)


def await_limits(session: Session, exam: ExamInstance, times: SittingTimes) -> None:
    """Look again when saves end, and when the upload window ends; earlier appointments no longer count."""
    _look(session, exam, ANSWERING_ENDS, times.accepts_until)
    if times.upload_ends_at is not None:
        _look(session, exam, UPLOAD_ENDS, times.upload_ends_at)


def forget(session: Session, exam: ExamInstance) -> None:
    """Nothing about the exam hangs on time any more."""
    timers.cancel(session, subject_id=exam.id)


def _look(session: Session, exam: ExamInstance, kind: str, due_at: datetime) -> None:
    timers.schedule(
        session,
        subject_type="exam",
        subject_id=exam.id,
        kind=kind,
        due_at=due_at,
        generation=exam.version,  # rises with each move: the newest appointment counts
    )
