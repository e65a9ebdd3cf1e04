"""Handing out scripts: the earliest due first, to teachers who may have them, each to one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mathvidya.accounts.queries import TeacherFacts, teacher_facts
from mathvidya.evaluation import policy
from mathvidya.evaluation.errors import (
    DailyCapReached,
    MayNotMark,
    NothingToMark,
    ReassignRefused,
    ScriptTaken,
)
from mathvidya.evaluation.models import Evaluation, EvaluationState
from mathvidya.evaluation.queries import queue
from mathvidya.evaluation.rules.lifecycle import EvaluationEvent, Workload, minutes_until
from mathvidya.evaluation.service.desk import at_desk
from mathvidya.evaluation.service.moving import SUBJECT, hand_over, locked, move
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound, WrongState
from mathvidya.system.queries import setting, working_calendar
from mathvidya.system.service import record_act
from workflows import leases

_AT_HAND = (EvaluationState.ASSIGNED, EvaluationState.IN_PROGRESS)


@dataclass(frozen=True)
class Claimed:
    """A script in a teacher's hands. ``lease_minutes`` from now it goes back unless work renews it."""

    evaluation: Evaluation
    lease_token: int
    lease_minutes: int


def claim_next(session: Session, *, actor: Actor, now: datetime) -> Claimed:
    """Take the earliest due script that the teacher may mark.

    Raises Forbidden, DeskFull, DailyCapReached when only scripts that do not fit into the day are left, and
    NothingToMark.
    """
    teacher = teacher_facts(session, policy.must_teach(actor))
    workload = _workload_alone(session, teacher, now)
    policy.has_free_desk(workload)
    wanted = queue.for_teacher(teacher).limit(1).with_for_update(of=Evaluation, skip_locked=True)
    fits = queue.fits(teacher.id, workload.minutes_left, queue.today(session, now))
    evaluation = session.scalars(
        wanted.where(fits), execution_options={"populate_existing": True}
    ).one_or_none()
    if evaluation is None:
        raise _nothing(session, teacher, workload)
    return _claim(session, actor, evaluation, teacher, now)


def _nothing(session: Session, teacher: TeacherFacts, workload: Workload) -> DailyCapReached | NothingToMark:
    too_long = queue.for_teacher(teacher).where(Evaluation.expected_minutes > workload.minutes_left)
    if session.scalars(too_long.limit(1)).first() is None:
        return NothingToMark("no script that you may mark is waiting; look again later")
    return DailyCapReached(
        f"{workload.minutes_left} minutes of today's work are left, and every waiting script takes more; "
        "go on tomorrow",
        minutes_left=workload.minutes_left,
    )


def claim(session: Session, *, actor: Actor, evaluation_id: UUID, now: datetime) -> Claimed:
    """Take one script of the queue, or take up again one that the teacher has: the old token is void then.

    Raises Forbidden, NotFound, ScriptTaken, MayNotMark, DeskFull, DailyCapReached.
    """
    teacher = teacher_facts(session, policy.must_teach(actor))
    workload = _workload_alone(session, teacher, now)
    evaluation = locked(session, evaluation_id)
    if evaluation.teacher_id == teacher.id:
        return _take_up(session, evaluation, teacher)
    is_conflicted = queue.is_conflicted(session, evaluation, teacher.id)
    policy.may_mark(teacher.may_mark, evaluation, is_conflicted=is_conflicted)
    if evaluation.state is not EvaluationState.QUEUED:
        raise ScriptTaken("somebody was quicker, or it is done; claim the next one from the queue")
    if not queue.was_given_today(session, evaluation, teacher.id, queue.today(session, now)):
        policy.has_room(workload, evaluation.expected_minutes)
    policy.has_free_desk(workload)
    return _claim(session, actor, evaluation, teacher, now)


def _take_up(session: Session, evaluation: Evaluation, teacher: TeacherFacts) -> Claimed:
    if evaluation.state not in _AT_HAND:
        state = evaluation.state.value
        raise WrongState(
            f"this script is {state.replace('_', ' ')}: there is nothing to take up", state=state
        )
    minutes = setting(session, "marker_lease_minutes")
    token = leases.claim(
        session, subject_type=SUBJECT, subject_id=evaluation.id, holder_id=teacher.id, minutes=minutes
    )
    return Claimed(evaluation, token, minutes)


def _claim(
    session: Session, actor: Actor, evaluation: Evaluation, teacher: TeacherFacts, now: datetime
) -> Claimed:
    minutes = setting(session, "marker_lease_minutes")
    token = hand_over(session, evaluation, EvaluationEvent.CLAIM, teacher.id, minutes=minutes, now=now)
    _audit(session, actor, evaluation, "evaluation.assigned", now)
    return Claimed(evaluation, token, minutes)


def begin(
    session: Session, *, actor: Actor, evaluation_id: UUID, lease_token: int, now: datetime
) -> Evaluation:
    """Open a script for the first time. Raises NotFound, WrongState, LeaseLapsed."""
    evaluation = at_desk(
        session,
        actor=actor,
        evaluation_id=evaluation_id,
        lease_token=lease_token,
        states=(EvaluationState.ASSIGNED,),
    )
    move(evaluation, EvaluationEvent.BEGIN)
    evaluation.begun_at = evaluation.begun_at or now
    _audit(session, actor, evaluation, "evaluation.started", now)
    return evaluation


def renew(session: Session, *, actor: Actor, evaluation_id: UUID, lease_token: int) -> Claimed:
    """Keep a script that is being read; saving renews by itself. Raises NotFound, WrongState, LeaseLapsed."""
    evaluation = at_desk(
        session, actor=actor, evaluation_id=evaluation_id, lease_token=lease_token, states=_AT_HAND
    )
    return Claimed(evaluation, lease_token, setting(session, "marker_lease_minutes"))


def reassign(
    session: Session, *, actor: Actor, evaluation_id: UUID, teacher_id: UUID, now: datetime
) -> Evaluation:
    """Give a script to a teacher of the admin's choice, drafts and all; caps do not bind an admin.

    The lease lasts from the next opening, since the teacher may not be there now.
    Raises Forbidden, NotFound, WrongState, MayNotMark.
    """
    policy.must_be_admin(actor, "reassign a script")
    teacher = teacher_facts(session, teacher_id)
    evaluation = locked(session, evaluation_id)
    is_conflicted = queue.is_conflicted(session, evaluation, teacher.id)
    policy.may_mark(teacher.may_mark, evaluation, is_conflicted=is_conflicted)
    was = evaluation.teacher_id
    minutes = working_lease_minutes(session, now)
    hand_over(session, evaluation, EvaluationEvent.REASSIGN, teacher.id, minutes=minutes, now=now)
    _audit(session, actor, evaluation, "evaluation.assigned", now, was=was)
    return evaluation


def reassign_all(
    session: Session, *, actor: Actor, evaluation_ids: Collection[UUID], teacher_id: UUID, now: datetime
) -> list[Evaluation]:
    """Give several scripts to one teacher, or none of them: every refusal is named, by script.

    In the order of their ids, as whoever locks several does. Raises Forbidden, NotFound for the teacher,
    and ReassignRefused, after which the transaction must not be kept.
    """
    policy.must_be_admin(actor, "reassign scripts")
    teacher_facts(session, teacher_id)
    moved: list[Evaluation] = []
    refused: dict[str, list[str]] = {}
    for identity in sorted(set(evaluation_ids)):
        try:
            moved.append(
                reassign(session, actor=actor, evaluation_id=identity, teacher_id=teacher_id, now=now)
            )
        except (NotFound, WrongState, MayNotMark) as refusal:
            refused[str(identity)] = [refusal.detail]
    if refused:
        raise ReassignRefused(f"{len(refused)} of these scripts cannot be moved; none was", errors=refused)
    return moved


def working_lease_minutes(session: Session, now: datetime) -> int:
    """The length of a lease that somebody gets unasked: it begins to count when people are at work."""
    opening = working_calendar(session).calendar.next_opening(now)
    minutes: int = setting(session, "marker_lease_minutes")
    return minutes_until(now, opening) + minutes


def _workload_alone(session: Session, teacher: TeacherFacts, now: datetime) -> Workload:
    """What the teacher has taken on, counted by one claim at a time: caps hold in a race too."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(teacher.id), 0))))
    cap = queue.daily_cap(session, teacher)
    return queue.workload(session, teacher.id, daily_cap=cap, since=queue.today(session, now))


def _audit(
    session: Session,
    actor: Actor,
    evaluation: Evaluation,
    action: str,
    now: datetime,
    *,
    was: UUID | None = None,
) -> None:
    teacher = {"was": str(was) if was else None, "is": str(evaluation.teacher_id)}
    changes = {"state": evaluation.state.value, "teacher": teacher}
    record_act(session, actor, action, subject=(SUBJECT, evaluation.id), now=now, changes=changes)
