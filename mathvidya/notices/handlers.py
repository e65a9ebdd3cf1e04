"""What is told when something happens. Each person is told of an event once, however often it comes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.accounts.queries import parents_of
from mathvidya.attempts.events import ExamPublished
from mathvidya.evaluation.events import PageFlagged, SlaBreached
from mathvidya.notices import rules
from mathvidya.notices.queries import admins
from mathvidya.notices.service import tell_people
from mathvidya.platform.events import Consumer
from workflows.base import JsonObject


def tell_of_result(session: Session, payload: JsonObject, now: datetime) -> None:
    """Student and linked parents learn that the marks are out."""
    exam_id, student_id = UUID(payload["exam_id"]), UUID(payload["student_id"])
    tell_people(session, [student_id], rules.result_for_student(exam_id), now=now)
    tell_people(
        session, parents_of(session, student_id), rules.result_for_parent(exam_id, student_id), now=now
    )


def ask_for_page(session: Session, payload: JsonObject, now: datetime) -> None:
    """The student learns that one page is needed again."""
    notice = rules.page_wanted(
        UUID(payload["exam_id"]), UUID(payload["sheet_id"]), answer_by=payload["answer_by"]
    )
    tell_people(session, [UUID(payload["student_id"])], notice, now=now)


def tell_of_breach(session: Session, payload: JsonObject, now: datetime) -> None:
    """Every admin learns that an exam is late."""
    notice = rules.promise_broken(UUID(payload["evaluation_id"]), UUID(payload["exam_id"]))
    tell_people(session, admins(session), notice, now=now)


CONSUMERS: dict[str, tuple[Consumer, ...]] = {
    ExamPublished.topic: (tell_of_result,),
    PageFlagged.topic: (ask_for_page,),
    SlaBreached.topic: (tell_of_breach,),
}
