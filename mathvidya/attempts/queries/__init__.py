"""Reads of the attempts slice, each within the scope of who asks."""

from mathvidya.attempts.queries.exams import (
    ExamStatus,
    active_exam_id,
    exam_for_actor,
    in_scope,
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
from mathvidya.attempts.queries.sheets import (
    SheetView,
    ViewUrls,
    file_limits,
    list_sheets,
    live_sheets,
    page_requests,
    shown,
    slot_sheets,
    view_urls,
)

__all__ = [
    "ChosenAnswer",
    "ExamStatus",
    "MarkingPack",
    "Receipt",
    "ReceiptPage",
    "SheetView",
    "StoredPaper",
    "ViewUrls",
    "active_exam_id",
    "declared_unanswered",
    "exam_for_actor",
    "file_limits",
    "in_scope",
    "is_blank",
    "list_exams",
    "list_sheets",
    "live_sheets",
    "marking_pack",
    "numbers_on_sheets",
    "own_answers",
    "page_requests",
    "receipt",
    "receipt_of",
    "seen_questions",
    "shown",
    "slot_sheets",
    "status_of",
    "stored_paper",
    "view_urls",
]
