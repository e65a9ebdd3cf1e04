"""Handed-in exams and the desks they come to: a small language for tests of the life of an evaluation."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from mathvidya.accounts.models import ClassLevel, User
from mathvidya.attempts.models import AnswerSheetUpload, ExamInstance, ExamState, HandedInBy, UploadSlot
from mathvidya.evaluation.models import Evaluation, FlagReason, PageFlag
from mathvidya.evaluation.service import claiming, holds, opening
from mathvidya.evaluation.service.claiming import Claimed
from mathvidya.evaluation.service.moving import SUBJECT
from mathvidya.exams.models import ExamTemplate
from mathvidya.plans.models import ExamType, SubscriptionPlan
from mathvidya.system.models import AuditLog, WorkingCalendarRow
from mathvidya.system.service import plant_reference
from tests.factories import actor_of, make_class_x_student, make_plan, make_student, make_subscription
from workflows import clocks
from workflows.base import JsonObject, new_id
from workflows.models import Lease, OutboxMessage, SlaClockRow

INDIA = ZoneInfo("Asia/Kolkata")
HASH = bytes(32)


def ist(text: str) -> datetime:
    """``5 Jan 10:00`` of 2026, in India: a Monday of the working calendar, which has 26 January off."""
    return datetime.strptime(f"2026 {text}", "%Y %d %b %H:%M").replace(tzinfo=INDIA)


MONDAY = ist("5 Jan 10:00")
"""When most exams here are handed in; a day is then due on Tuesday at ten."""


def plant_calendar(session: Session) -> None:
    if session.scalars(select(WorkingCalendarRow.id)).first() is None:
        plant_reference(session, now=ist("1 Jan 09:00"))


def make_handed_in(
    session: Session, *, student: User | None = None, at: datetime = MONDAY, **values: Any
) -> ExamInstance:
    """An exam with one MCQ and written questions 2 and 3, of 20 and 40 marks: a board script's worth."""
    student = student or make_student(session)
    plan = session.scalars(select(SubscriptionPlan)).first() or make_plan(session)
    exam = ExamInstance(
        **{
            "id": new_id(),
            "code": f"E-{new_id().hex[-10:]}",
            "student_id": student.id,
            "subscription_id": make_subscription(session, student, plan).id,
            "template_id": _template(session).id,
            "template_version": 1,
            "exam_type": ExamType.BOARD_EXAM,
            "class_level": student.class_level,
            "seed": 1,
            "state": ExamState.HANDED_IN,
            "sla_policy": {"unit": "working_day", "amount": 1},
            "exam_snapshot": {},
            "exam_key": {"schema": 1, "questions": [*_key_entries()]},
            "snapshot_schema": 1,
            "paper_sha256": HASH,
            "key_sha256": HASH,
            "written_numbers": [2, 3],
            "choice_labels": {"1": ["A", "B", "C", "D"]},
            "minutes": 180,
            "created_at": at - timedelta(hours=4),
            "started_at": at - timedelta(hours=3),
            "answering_ends_at": at,
            "accepts_until": at,
            "handed_in_at": at,
            "handed_in_by": HandedInBy.STUDENT,
            "possible_score": Decimal(80),
            "mcq_score": Decimal(1),
            **values,
        }
    )
    session.add(exam)
    session.flush()
    return exam


def _key_entries() -> list[JsonObject]:
    kinds = {1: ("MCQ", "1", ["B"]), 2: ("LA", "20", []), 3: ("LA", "40", [])}
    return [
        {
            "number": number,
            "type": kind,
            "marks": marks,
            "question_id": str(new_id()),
            "version": 1,
            "choices": choices,
            "solution": "",
            "scheme": {
                "steps": [{"marks": marks, "text": "all"}],
                "alternatives": [],
                "follow_through": None,
            },
            "parts": [],
            "alternative": None,
        }
        for number, (kind, marks, choices) in kinds.items()
    ]


def _template(session: Session) -> ExamTemplate:
    found = session.scalars(select(ExamTemplate).where(ExamTemplate.code == "desk")).first()
    if found is not None:
        return found
    template = ExamTemplate(
        id=new_id(),
        code="desk",
        title="A paper",
        exam_type=ExamType.BOARD_EXAM,
        class_level=ClassLevel.XII,
        minutes=180,
        spec={},
    )
    session.add(template)
    session.flush()
    return template


def make_sheet(session: Session, exam_id: UUID, page: int = 1) -> AnswerSheetUpload:
    slot = UploadSlot(
        id=new_id(),
        exam_id=exam_id,
        page_number=page,
        object_key=new_id().hex,
        media_type="image/jpeg",
        size_bytes=1000,
        sha256=HASH,
        issued_at=MONDAY,
        expires_at=MONDAY + timedelta(minutes=5),
        confirmed_at=MONDAY,
    )
    session.add(slot)
    session.flush()
    sheet = AnswerSheetUpload(
        id=new_id(),
        exam_id=exam_id,
        slot_id=slot.id,
        page_number=page,
        page_in_file=1,
        question_numbers=[2],
        original_key=slot.object_key,
        media_type="image/jpeg",
        size_bytes=1000,
        sha256=HASH,
        view_sha256=HASH,
        full_key="full",
        half_key="half",
        thumbnail_key="thumbnail",
        width=1240,
        height=1754,
        sharpness=100.0,
        brightness=180.0,
        is_blurred=False,
        is_dark=False,
        uploaded_at=MONDAY,
    )
    session.add(sheet)
    session.flush()
    return sheet


def waiting(session: Session, *, at: datetime = MONDAY, **values: Any) -> Evaluation:
    """A script in the queue, handed in at a moment."""
    plant_calendar(session)
    exam = make_handed_in(session, at=at, **values)
    evaluation = opening.open_evaluation(session, exam_id=exam.id, handed_in_at=at, now=at)
    assert evaluation is not None
    session.flush()
    return evaluation


def waiting_class_x(session: Session, *, at: datetime = MONDAY) -> Evaluation:
    return waiting(session, at=at, student=make_class_x_student(session))


def claimed(session: Session, teacher: User, *, at: datetime = MONDAY) -> Claimed:
    return claiming.claim_next(session, actor=actor_of(teacher), now=at)


def begun(session: Session, teacher: User, *, at: datetime = MONDAY) -> Claimed:
    """A claimed script that its teacher has opened."""
    taken = claimed(session, teacher, at=at)
    claiming.begin(
        session,
        actor=actor_of(teacher),
        evaluation_id=taken.evaluation.id,
        lease_token=taken.lease_token,
        now=at,
    )
    return taken


def flagged(
    session: Session, teacher: User, taken: Claimed, sheet: AnswerSheetUpload, *, at: datetime = MONDAY
) -> PageFlag:
    return holds.flag_page(
        session,
        actor=actor_of(teacher),
        evaluation_id=taken.evaluation.id,
        lease_token=taken.lease_token,
        sheet_id=sheet.id,
        reason=FlagReason.UNREADABLE,
        note="the lower half is dark",
        now=at,
    )


def page_came(session: Session, flag: PageFlag, *, at: datetime) -> AnswerSheetUpload:
    """Another page takes the place of the flagged one, and the evaluation hears of it."""
    old = session.get_one(AnswerSheetUpload, flag.sheet_id)
    old.superseded_at = at
    session.flush()
    new = make_sheet(session, old.exam_id, old.page_number)
    holds.settle_replaced(session, exam_id=old.exam_id, replaced_sheet_id=old.id, sheet_id=new.id, now=at)
    return new


def let_lapse(session: Session, evaluation: Evaluation) -> None:
    """As if the lease had run out on the database's clock."""
    session.execute(
        update(Lease)
        .where(Lease.subject_id == evaluation.id)
        .values(expires_at=func.clock_timestamp() - timedelta(seconds=1))
    )


def clock_of(session: Session, evaluation: Evaluation) -> SlaClockRow:
    session.flush()
    clock = clocks.clock_of(session, subject_type=SUBJECT, subject_id=evaluation.id)
    assert clock is not None
    session.refresh(clock)
    return clock


def told(session: Session, topic: str) -> list[JsonObject]:
    session.flush()
    rows = select(OutboxMessage.payload).where(OutboxMessage.topic == topic).order_by(OutboxMessage.id)
    return list(session.scalars(rows))


def audited(session: Session, evaluation: Evaluation) -> list[str]:
    session.flush()
    rows = select(AuditLog.action).where(AuditLog.subject_id == str(evaluation.id)).order_by(AuditLog.id)
    return list(session.scalars(rows))
