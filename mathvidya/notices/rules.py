"""What is told to whom, in which words. Pure."""

from dataclasses import dataclass
from uuid import UUID

from mathvidya.notices.models import NoticeCategory
from workflows.base import JsonObject


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to be told. ``event_key`` names the event: a person is told of it once."""

    category: NoticeCategory
    event_key: str
    title: str
    body: str
    data: JsonObject


def result_for_student(exam_id: UUID) -> Notice:
    """The student's marks are out."""
    return Notice(
        NoticeCategory.EVALUATION_COMPLETE,
        f"exam.published:{exam_id}",
        "Your marks are here",
        "Your exam has been marked. Open it to see your marked pages, question by question.",
        {"exam_id": str(exam_id)},
    )


def result_for_parent(exam_id: UUID, student_id: UUID) -> Notice:
    """A child's marks are out; the notice names nobody, so that nothing has to be erased from it."""
    return Notice(
        NoticeCategory.PARENT_UPDATE,
        f"exam.published:{exam_id}",
        "Your child's marks are here",
        "An exam of your child has been marked. Open it to see the marked pages.",
        {"exam_id": str(exam_id), "student_id": str(student_id)},
    )


def page_wanted(exam_id: UUID, sheet_id: UUID, *, answer_by: str) -> Notice:
    """A page cannot be marked as it is; asked for again with another date, it is another notice."""
    return Notice(
        NoticeCategory.PAGE_REQUEST,
        f"page.flagged:{sheet_id}:{answer_by}",
        "One page is needed again",
        "A page of your exam cannot be read. Photograph that page again and send it; nothing else is needed.",
        {"exam_id": str(exam_id), "sheet_id": str(sheet_id), "answer_by": answer_by},
    )


def promise_broken(evaluation_id: UUID, exam_id: UUID) -> Notice:
    """A script is late."""
    return Notice(
        NoticeCategory.SLA_BREACH,
        f"sla.breached:{evaluation_id}",
        "An exam is late",
        "An exam was not marked in the time that was promised. It is on the board, late ones first.",
        {"exam_id": str(exam_id)},
    )
