"""What the attempts slice does when a moment comes."""

from datetime import datetime

from sqlalchemy.orm import Session

from mathvidya.attempts import service
from mathvidya.attempts.service import limits
from mathvidya.platform.events import TimerHandler
from workflows.models import Timer


def _unstarted(session: Session, timer: Timer, now: datetime) -> None:
    service.expire_unstarted(session, exam_id=timer.subject_id, now=now)


def _answering_ends(session: Session, timer: Timer, now: datetime) -> None:
    service.time_up(session, exam_id=timer.subject_id, now=now)


def _upload_ends(session: Session, timer: Timer, now: datetime) -> None:
    service.sitting_over(session, exam_id=timer.subject_id, now=now)


TIMERS: dict[str, TimerHandler] = {
    limits.UNSTARTED: _unstarted,
    limits.ANSWERING_ENDS: _answering_ends,
    limits.UPLOAD_ENDS: _upload_ends,
}
