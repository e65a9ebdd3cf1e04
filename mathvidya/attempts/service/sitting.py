"""From the start to the pen being put down, and the ways in which an exam comes to nothing."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.attempts import policy
from mathvidya.attempts.events import ExamVoided
from mathvidya.attempts.models import ExamInstance, ExamState
from mathvidya.attempts.rules.clock import SittingTimes, finished_early, stored_times, times_of
from mathvidya.attempts.rules.life import ExamEvent
from mathvidya.attempts.service import limits
from mathvidya.attempts.service.moving import locked, locked_own, move
from mathvidya.plans.service import give_back_exam
from mathvidya.platform.actors import SYSTEM, Actor
from mathvidya.platform.errors import Invalid
from mathvidya.platform.events import tell
from mathvidya.system.queries import setting
from mathvidya.system.service import record_act


def start_exam(session: Session, *, actor: Actor, exam_id: UUID, now: datetime) -> ExamInstance:
    """Start the time of the student's own exam. Raises WrongState when it runs already."""
    exam = locked_own(session, actor, exam_id)
    times = times_of(
        now,
        minutes=exam.minutes,
        extra_minutes=exam.extra_minutes,
        grace=_minutes(session, "exam_grace_period_minutes"),
        upload_window=_upload_window(session) if exam.written_numbers else None,
    )
    move(exam, ExamEvent.START, actor)
    _set_times(session, exam, times)
    record_act(session, actor, "exam.started", subject=("exam", exam.id), now=now, changes=_limits(times))
    return exam


def finish_answering(session: Session, *, actor: Actor, exam_id: UUID, now: datetime) -> ExamInstance:
    """Put the pen down early: answers are closed, and the window for uploading starts now."""
    exam = locked_own(session, actor, exam_id)
    window = _upload_window(session)
    move(exam, ExamEvent.FINISH_ANSWERING, actor)
    times = stored_times(exam)
    assert times is not None  # noqa: S101 - the database keeps times for every started exam
    if now < times.accepts_until:  # after that the window is open already, and does not start anew
        _set_times(session, exam, finished_early(times, now, window))
    record_act(session, actor, "exam.answering_finished", subject=("exam", exam.id), now=now)
    return exam


def discard_exam(session: Session, *, actor: Actor, exam_id: UUID, now: datetime) -> ExamInstance:
    """Give an exam back that was never started: nobody has seen the paper, so the quota has it again."""
    exam = locked_own(session, actor, exam_id)
    return _void(session, exam, ExamEvent.DISCARD, actor, reason="discarded before the start", now=now)


def expire_unstarted(session: Session, *, exam_id: UUID, now: datetime) -> None:
    """Give back an exam that has waited too long to be started; nothing when it was started."""
    exam = locked(session, exam_id)
    if exam.state is ExamState.CREATED and now >= exam.created_at + limits.MAY_WAIT:
        _void(session, exam, ExamEvent.EXPIRE, SYSTEM, reason="never started", now=now)


def void_exam(session: Session, *, actor: Actor, exam_id: UUID, reason: str, now: datetime) -> ExamInstance:
    """Declare an exam void before its scores are published; only an admin may, and says why."""
    policy.may_fire(actor, ExamEvent.VOID)
    if not reason.strip():
        raise Invalid("say why the exam is void", {"reason": ["Give the reason in a few words."]})
    return _void(session, locked(session, exam_id), ExamEvent.VOID, actor, reason=reason.strip(), now=now)


def _void(
    session: Session, exam: ExamInstance, event: ExamEvent, actor: Actor, *, reason: str, now: datetime
) -> ExamInstance:
    before = exam.state
    move(exam, event, actor)
    exam.voided_at, exam.void_reason = now, reason
    limits.forget(session, exam)
    give_back_exam(session, exam_id=exam.id, reason="voided", now=now)
    record_act(
        session,
        actor,
        "exam.voided",
        subject=("exam", exam.id),
        now=now,
        changes={"state": [before.value, exam.state.value], "reason": reason},
    )
    tell(session, ExamVoided(exam.id, exam.student_id), now=now)
    return exam


def _set_times(session: Session, exam: ExamInstance, times: SittingTimes) -> None:
    exam.started_at = times.started_at
    exam.answering_ends_at = times.answering_ends_at
    exam.accepts_until = times.accepts_until
    exam.upload_ends_at = times.upload_ends_at
    limits.forget(session, exam)
    limits.await_limits(session, exam, times)


def _upload_window(session: Session) -> timedelta:
    return _minutes(session, "sheet_upload_window_minutes")


def _minutes(session: Session, key: str) -> timedelta:
    return timedelta(minutes=setting(session, key))


def _limits(times: SittingTimes) -> dict[str, str]:
    return {"answering_ends_at": times.answering_ends_at.isoformat(), "ends_at": times.ends_at.isoformat()}
