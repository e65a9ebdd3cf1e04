"""A page that cannot be read: its student is asked for that page alone, and the clock stands until it comes.

The teacher keeps the script meanwhile. The lease is extended over the time that the student has, so that the
script neither goes to somebody else nor blocks the teacher's desk; when the page comes, it runs for as long
as any other, from the next opening.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts import service as attempts
from mathvidya.attempts.models import AnswerSheetUpload, ExamInstance
from mathvidya.evaluation.errors import PageFlaggedAlready, PageFlagLimit
from mathvidya.evaluation.events import PageFlagged
from mathvidya.evaluation.models import Evaluation, EvaluationState, FlagReason, PageFlag
from mathvidya.evaluation.rules.lifecycle import ANSWER_TIME, FLAGS, EvaluationEvent, minutes_until
from mathvidya.evaluation.service.claiming import working_lease_minutes
from mathvidya.evaluation.service.desk import at_desk
from mathvidya.evaluation.service.moving import SUBJECT, locked, move
from mathvidya.evaluation.service.promises import pause_promise, resume_promise
from mathvidya.platform.actors import SYSTEM, Actor
from mathvidya.platform.errors import NotFound
from mathvidya.platform.events import tell
from mathvidya.platform.ids import new_id
from mathvidya.system.queries import setting
from mathvidya.system.service import record_act
from workflows import leases, timers
from workflows.models import Lease

FLAG = "page_flag"
HOLD_EXPIRED = "hold.expired"
"""The kind of timer by which a page that did not come is done without."""

_FLAGGABLE = (EvaluationState.IN_PROGRESS, EvaluationState.ON_HOLD)


def flag_page(
    session: Session,
    *,
    actor: Actor,
    evaluation_id: UUID,
    lease_token: int,
    sheet_id: UUID,
    reason: FlagReason,
    note: str,
    now: datetime,
) -> PageFlag:
    """Ask the student for a page; the script is on hold from the first one that is asked for.

    Raises NotFound, WrongState, LeaseLapsed, PageFlagLimit, PageFlaggedAlready.
    """
    evaluation = at_desk(
        session, actor=actor, evaluation_id=evaluation_id, lease_token=lease_token, states=_FLAGGABLE
    )
    _check_sheet(session, evaluation, sheet_id)
    _check_flags(session, evaluation, sheet_id)
    flag = PageFlag(
        id=new_id(),
        evaluation_id=evaluation.id,
        sheet_id=sheet_id,
        reason=reason,
        note=note,
        raised_at=now,
        answer_by=now + ANSWER_TIME,
    )
    session.add(flag)
    if evaluation.state is EvaluationState.IN_PROGRESS:
        _put_on_hold(session, evaluation, reason, now)
    _ask(session, actor, evaluation, flag, now)
    _extend_lease(session, evaluation, _hold_minutes(session, flag, now))
    return flag


def _check_sheet(session: Session, evaluation: Evaluation, sheet_id: UUID) -> None:
    found = select(AnswerSheetUpload.id).where(
        AnswerSheetUpload.id == sheet_id,
        AnswerSheetUpload.exam_id == evaluation.exam_id,
        AnswerSheetUpload.superseded_at.is_(None),
    )
    if session.scalars(found).one_or_none() is None:
        raise NotFound("this script has no such page, or another one has taken its place")


def _check_flags(session: Session, evaluation: Evaluation, sheet_id: UUID) -> None:
    flags = session.scalars(select(PageFlag).where(PageFlag.evaluation_id == evaluation.id)).all()
    if any(flag.sheet_id == sheet_id and flag.settled_at is None for flag in flags):
        raise PageFlaggedAlready("the student has been asked for this page; it is marked when it comes")
    if len(flags) >= FLAGS:
        raise PageFlagLimit(
            f"the student has been asked for {FLAGS} pages of this script; mark what can be read", limit=FLAGS
        )


def _put_on_hold(session: Session, evaluation: Evaluation, reason: FlagReason, now: datetime) -> None:
    move(evaluation, EvaluationEvent.HOLD)
    evaluation.held_at = now
    pause_promise(session, evaluation, now=now, reason=f"page {reason.value}")


def _ask(session: Session, actor: Actor, evaluation: Evaluation, flag: PageFlag, now: datetime) -> None:
    session.flush()
    attempts.request_page(
        session, exam_id=evaluation.exam_id, sheet_id=flag.sheet_id, answer_by=flag.answer_by, now=now
    )
    timers.schedule(session, subject_type=FLAG, subject_id=flag.id, kind=HOLD_EXPIRED, due_at=flag.answer_by)
    student_id = session.scalars(
        select(ExamInstance.student_id).where(ExamInstance.id == evaluation.exam_id)
    ).one()
    told = PageFlagged(
        evaluation.id, evaluation.exam_id, flag.sheet_id, student_id, flag.reason.value, flag.answer_by
    )
    tell(session, told, now=now)
    _audit(session, actor, "evaluation.page_flagged", flag, now)


def _hold_minutes(session: Session, flag: PageFlag, now: datetime) -> int:
    minutes: int = setting(session, "marker_lease_minutes")
    return minutes_until(now, flag.answer_by) + minutes


def settle_replaced(
    session: Session, *, exam_id: UUID, replaced_sheet_id: UUID, sheet_id: UUID, now: datetime
) -> None:
    """The page came. Nothing happens when it is not, or no longer, waited for."""
    asked = (
        select(PageFlag.evaluation_id)
        .join(Evaluation, Evaluation.id == PageFlag.evaluation_id)
        .where(
            Evaluation.exam_id == exam_id,
            PageFlag.sheet_id == replaced_sheet_id,
            PageFlag.settled_at.is_(None),
        )
    )
    for evaluation_id in session.scalars(asked):
        evaluation = locked(session, evaluation_id)
        for flag in _waiting(session, evaluation):
            if flag.sheet_id == replaced_sheet_id:
                timers.cancel(session, subject_id=flag.id)
                _settle(session, evaluation, flag, sheet_id, now)


def expire_flag(session: Session, *, flag_id: UUID, now: datetime) -> None:
    """The page did not come in time: marking goes on with what can be read. Harmless twice."""
    evaluation_id = session.scalars(select(PageFlag.evaluation_id).where(PageFlag.id == flag_id)).one()
    evaluation = locked(session, evaluation_id)
    for flag in _waiting(session, evaluation):
        if flag.id == flag_id:
            _settle(session, evaluation, flag, None, now)


def _waiting(session: Session, evaluation: Evaluation) -> Sequence[PageFlag]:
    """The flags that wait for an answer, read after the evaluation is locked."""
    open_flags = select(PageFlag).where(
        PageFlag.evaluation_id == evaluation.id, PageFlag.settled_at.is_(None)
    )
    return session.scalars(open_flags, execution_options={"populate_existing": True}).all()


def _settle(
    session: Session, evaluation: Evaluation, flag: PageFlag, sheet_id: UUID | None, now: datetime
) -> None:
    """End the wait for one page, with the sheet that came or with none; the last one ends the hold."""
    flag.settled_at, flag.settled_sheet_id = now, sheet_id
    session.flush()
    _audit(session, SYSTEM, "evaluation.page_settled", flag, now)
    if evaluation.state is EvaluationState.ON_HOLD and not _waiting(session, evaluation):
        move(evaluation, EvaluationEvent.RESUME)
        evaluation.held_at = None
        reason = "the page came" if sheet_id else "the page did not come"
        resume_promise(session, evaluation, now=now, reason=reason)
        _extend_lease(session, evaluation, working_lease_minutes(session, now))


def _extend_lease(session: Session, evaluation: Evaluation, minutes: int) -> None:
    """Let the teacher's lease run so long, under the token that the teacher has; a new one if it lapsed."""
    held = session.get_one(Lease, (SUBJECT, evaluation.id), populate_existing=True)
    try:
        leases.renew(
            session, subject_type=SUBJECT, subject_id=evaluation.id, token=held.token, minutes=minutes
        )
    except leases.Lapsed:
        assert evaluation.teacher_id is not None  # noqa: S101 - the table binds a held script to a teacher
        leases.claim(
            session,
            subject_type=SUBJECT,
            subject_id=evaluation.id,
            holder_id=evaluation.teacher_id,
            minutes=minutes,
        )


def _audit(session: Session, actor: Actor, action: str, flag: PageFlag, now: datetime) -> None:
    changes = {
        "sheet": str(flag.sheet_id),
        "reason": flag.reason.value,
        "answer_by": flag.answer_by.isoformat(),
        "answered_by": str(flag.settled_sheet_id) if flag.settled_sheet_id else None,
    }
    record_act(session, actor, action, subject=(SUBJECT, flag.evaluation_id), now=now, changes=changes)
