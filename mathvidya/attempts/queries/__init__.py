"""Reads of the attempts slice, each within the scope of who asks."""

from mathvidya.attempts.queries.exams import (
    ExamStatus,
    active_exam_id,
    exam_for_actor,
    list_exams,
    own_answers,
    receipt,
    seen_questions,
    status_of,
)
from mathvidya.attempts.queries.hand_in import (
    Receipt,
    ReceiptPage,
    declared_unanswered,
    is_blank,
    numbers_on_sheets,
    receipt_of,
)
from mathvidya.attempts.queries.marking import ChosenAnswer, MarkingPack, marking_pack
from mathvidya.attempts.queries.paper import StoredPaper, stored_paper

__all__ = [
    "ChosenAnswer",
    "ExamStatus",
    "MarkingPack",
    "Receipt",
    "ReceiptPage",
    "StoredPaper",
    "active_exam_id",
    "declared_unanswered",
    "exam_for_actor",
    "is_blank",
    "list_exams",
    "marking_pack",
    "numbers_on_sheets",
    "own_answers",
    "receipt",
    "receipt_of",
    "seen_questions",
    "status_of",
    "stored_paper",
]
