"""How the evaluation slice reacts: to what other slices tell, and to its own timers."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.attempts.events import ExamHandedIn, ExamVoided, PageReplaced
from mathvidya.evaluation.service import holds, opening, promises
from mathvidya.evaluation.service.moving import SUBJECT
from mathvidya.platform.events import Consumer, TimerHandler
from mathvidya.system.events import CalendarChanged
from workflows import clocks
from workflows.base import JsonObject
from workflows.models import Timer
from workflows.sla import WarningKind


def open_when_handed_in(session: Session, payload: JsonObject, now: datetime) -> None:
    """A paper without a written question is owed nobody's work."""
    if payload["has_written"]:
        opening.open_evaluation(
            session,
            exam_id=UUID(payload["exam_id"]),
            handed_in_at=datetime.fromisoformat(payload["handed_in_at"]),
            now=now,
        )


def withdraw_when_voided(session: Session, payload: JsonObject, now: datetime) -> None:
    """Nothing is owed for an exam that does not count."""
    opening.withdraw_evaluations(session, exam_id=UUID(payload["exam_id"]), now=now)


def go_on_when_page_came(session: Session, payload: JsonObject, now: datetime) -> None:
    """The page that was asked for is there."""
    holds.settle_replaced(
        session,
        exam_id=UUID(payload["exam_id"]),
        replaced_sheet_id=UUID(payload["replaced_sheet_id"]),
        sheet_id=UUID(payload["sheet_id"]),
        now=now,
    )


def recompute_when_calendar_changed(session: Session, payload: JsonObject, now: datetime) -> None:
    """A holiday moves the promises that it touches."""
    promises.move_promises(session, calendar_code=payload["calendar_code"], now=now)


def warn(session: Session, timer: Timer, now: datetime) -> None:
    """A promise has come closer."""
    promises.warn(session, evaluation_id=timer.subject_id, warning=clocks.warning_of(timer.kind), now=now)


def note_overdue(session: Session, timer: Timer, now: datetime) -> None:
    """A promise may be broken."""
    promises.note_overdue(session, evaluation_id=timer.subject_id, now=now)


def expire_hold(session: Session, timer: Timer, now: datetime) -> None:
    """A page has not come in time."""
    holds.expire_flag(session, flag_id=timer.subject_id, now=now)


CONSUMERS: Mapping[str, tuple[Consumer, ...]] = {
    ExamHandedIn.topic: (open_when_handed_in,),
    ExamVoided.topic: (withdraw_when_voided,),
    PageReplaced.topic: (go_on_when_page_came,),
    CalendarChanged.topic: (recompute_when_calendar_changed,),
}

TIMERS: Mapping[str, TimerHandler] = {
    **{clocks.warning_kind(SUBJECT, warning): warn for warning in WarningKind},
    clocks.overdue_kind(SUBJECT): note_overdue,
    holds.HOLD_EXPIRED: expire_hold,
}
