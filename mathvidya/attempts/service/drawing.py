"""Drawing an exam: one of the period's exams is reserved, and a paper nobody has seen is frozen."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from mathvidya.accounts.models import ClassLevel
from mathvidya.accounts.queries import has_consent, student_facts
from mathvidya.attempts import policy, queries
from mathvidya.attempts.errors import ConsentMissing, ExamAlreadyActive
from mathvidya.attempts.models import ExamInstance, ExamQuestion, ExamState
from mathvidya.attempts.rules.answering import choice_labels
from mathvidya.attempts.rules.clock import extra_minutes
from mathvidya.attempts.service import limits
from mathvidya.exams.papers import DrawnPaper
from mathvidya.exams.queries import template_by_code
from mathvidya.exams.service import draw_paper
from mathvidya.plans.models import ExamType
from mathvidya.plans.service import Reservation, require_paper_in_plan, reserve_exam
from mathvidya.platform.actors import Actor
from mathvidya.platform.ids import new_id, short_code
from mathvidya.system.service import record_act


def create_exam(
    session: Session, *, actor: Actor, template: str, unit: str | None, seed: int, now: datetime
) -> ExamInstance:
    """Draw a paper for the student who acts; nobody sees it before the exam is started.

    The quota is asked first: it is the cheap refusal, and its row lets one draw of a student at a time
    through. Raises ExamAlreadyActive, ConsentMissing, and what reserving and drawing raise.
    """
    student = student_facts(session, policy.sits(actor))
    _refuse_second(session, student.id)
    exam_id = new_id()
    reservation = reserve_exam(
        session,
        actor=actor,
        student_id=student.id,
        exam_id=exam_id,
        exam_type=template_by_code(session, template).exam_type,
        key=f"draw:{exam_id}",
        now=now,
    )
    paper = draw_paper(
        session,
        template_code=template,
        unit=unit,
        student_class=student.class_level,
        student_level=student.course_level,
        seen=queries.seen_questions(session, student.id),
        seed=seed,
    )
    require_paper_in_plan(session, reservation, has_written=bool(paper.written_numbers))
    _require_consent(session, student.id, paper)
    exam = _instance(paper, reservation, exam_id=exam_id, student_id=student.id, seed=seed, now=now)
    exam.extra_minutes = extra_minutes(paper.minutes, student.extra_time_percent)
    _keep(session, exam, paper)
    limits.await_start(session, exam, now)
    record_act(
        session, actor, "exam.drawn", subject=("exam", exam.id), now=now, changes=_drawn(exam, template)
    )
    return exam


def _refuse_second(session: Session, student_id: UUID) -> None:
    active = queries.active_exam_id(session, student_id)
    if active is not None:
        raise ExamAlreadyActive(
            "finish, hand in or discard the exam that you have under way, then draw another",
            exam_id=str(active),
        )


def _require_consent(session: Session, student_id: UUID, paper: DrawnPaper) -> None:
    """Refuse a written paper without a parent's consent, before any of the student's time is spent.

    Its sheets could not be kept, so the sitting could only end in nothing. Choices alone need no photograph
    of a child's handwriting, and may be practised meanwhile.
    """
    if paper.written_numbers and not has_consent(session, student_id):
        raise ConsentMissing(
            "a parent has to link to your account and consent before your written pages can be kept; "
            "papers of choices alone are open to you until then"
        )


def _instance(
    paper: DrawnPaper,
    reservation: Reservation,
    *,
    exam_id: UUID,
    student_id: UUID,
    seed: int,
    now: datetime,
) -> ExamInstance:
    return ExamInstance(
        id=exam_id,
        code=short_code("E"),
        student_id=student_id,
        subscription_id=reservation.subscription_id,
        template_id=paper.template_id,
        template_version=paper.template_version,
        exam_type=ExamType(paper.exam_type),
        class_level=ClassLevel(paper.class_level),
        unit=paper.unit,
        seed=seed,
        state=ExamState.CREATED,
        sla_policy=reservation.sla_policy,
        exam_snapshot=paper.snapshot,
        exam_key=paper.key,
        snapshot_schema=paper.schema,
        paper_sha256=paper.paper_sha256,
        key_sha256=paper.key_sha256,
        written_numbers=list(paper.written_numbers),
        choice_labels=choice_labels(paper.snapshot),
        minutes=paper.minutes,
        possible_score=paper.possible,
        created_at=now,
        version=1,
    )


def _keep(session: Session, exam: ExamInstance, paper: DrawnPaper) -> None:
    session.add(exam)
    session.flush()
    session.execute(
        insert(ExamQuestion),
        [
            {
                "exam_id": exam.id,
                "student_id": exam.student_id,
                "number": entry.number,
                "is_alternative": entry.is_alternative,
                "question_id": entry.question_id,
                "version": entry.version,
            }
            for entry in paper.entries
        ],
    )


def _drawn(exam: ExamInstance, template: str) -> dict[str, str]:
    return {"code": exam.code, "template": template, "paper_sha256": exam.paper_sha256.hex()}
