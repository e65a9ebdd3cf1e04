"""Who had to do with a child's data: the acts of others on it, as the audit trail has them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mathvidya.accounts.queries import children_of
from mathvidya.attempts.models import ExamInstance
from mathvidya.evaluation.models import Evaluation
from mathvidya.platform.actors import Actor, Role
from mathvidya.platform.http.pages import Page, newest_first
from mathvidya.results import policy
from mathvidya.system.models import AuditLog


@dataclass(frozen=True)
class Access:
    """One act. Of who did it the role is told, None for the house itself: teachers stay unnamed."""

    id: UUID
    at: datetime
    action: str
    actor_role: str | None
    is_you: bool
    subject_type: str
    exam_code: str | None


def accesses(
    session: Session, actor: Actor, student_id: UUID, *, limit: int, after: UUID | None
) -> Page[Access]:
    """The acts of others on a student, the student's exams and their marking, newest first.

    What the student does is left out: a parent is told who had the data, not how the child behaves.
    Raises NotFound.
    """
    children = children_of(session, actor.id) if actor.id and actor.has_role(Role.PARENT) else frozenset()
    policy.may_see_accesses(actor, student_id, children=children)
    rows = select(AuditLog).where(AuditLog.actor_id.is_distinct_from(student_id), _of_student(student_id))
    page = newest_first(session, rows, AuditLog.id, limit=limit, after=after)
    codes = _exam_codes(session, student_id, page.items)
    return Page([_access(line, actor, codes) for line in page.items], page.next_after)


def _of_student(student_id: UUID) -> ColumnElement[bool]:
    exams = ExamInstance.student_id == student_id
    marked = select(_text(Evaluation.id)).join(ExamInstance, ExamInstance.id == Evaluation.exam_id)
    return or_(
        and_(AuditLog.subject_type == "user", AuditLog.subject_id == str(student_id)),
        and_(
            AuditLog.subject_type == "exam",
            AuditLog.subject_id.in_(select(_text(ExamInstance.id)).where(exams)),
        ),
        and_(AuditLog.subject_type == "evaluation", AuditLog.subject_id.in_(marked.where(exams))),
    )


def _text(key: InstrumentedAttribute[UUID]) -> ColumnElement[str]:
    return cast(key, String)


def _exam_codes(session: Session, student_id: UUID, lines: Iterable[AuditLog]) -> Mapping[str, str]:
    """By the id of an exam or of an evaluation: the code that people know the exam by."""
    wanted = {UUID(line.subject_id) for line in lines if line.subject_type != "user"}
    rows = session.execute(
        select(ExamInstance.id, Evaluation.id, ExamInstance.code)
        .outerjoin(Evaluation, Evaluation.exam_id == ExamInstance.id)
        .where(
            ExamInstance.student_id == student_id,
            or_(ExamInstance.id.in_(wanted), Evaluation.id.in_(wanted)),
        )
    )
    return {str(key): code for exam_id, evaluation_id, code in rows for key in (exam_id, evaluation_id)}


def _access(line: AuditLog, actor: Actor, codes: Mapping[str, str]) -> Access:
    return Access(
        id=line.id,
        at=line.at,
        action=line.action,
        actor_role=line.actor_role,
        is_you=line.actor_id is not None and line.actor_id == actor.id,
        subject_type=line.subject_type,
        exam_code=codes.get(line.subject_id),
    )
