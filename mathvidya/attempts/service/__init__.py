"""Verbs of the attempts slice."""

from mathvidya.attempts.service.drawing import create_exam
from mathvidya.attempts.service.handing_in import hand_in, sitting_over, time_up
from mathvidya.attempts.service.saving import Refusal, SavedAnswer, save_answer, save_answers
from mathvidya.attempts.service.scoring import begin_evaluation, publish, record_scores
from mathvidya.attempts.service.sheets import (
    OpenedFile,
    PendingUpload,
    delete_sheet,
    keep_sheets,
    open_request_slot,
    open_slot,
    open_upload,
    order_sheets,
    pending_upload,
    request_page,
    set_questions,
)
from mathvidya.attempts.service.sitting import (
    discard_exam,
    expire_unstarted,
    finish_answering,
    start_exam,
    void_exam,
)
from mathvidya.attempts.service.unanswered import declare_unanswered, take_back_unanswered

__all__ = [
    "OpenedFile",
    "PendingUpload",
    "Refusal",
    "SavedAnswer",
    "begin_evaluation",
    "create_exam",
    "declare_unanswered",
    "delete_sheet",
    "discard_exam",
    "expire_unstarted",
    "finish_answering",
    "hand_in",
    "keep_sheets",
    "open_request_slot",
    "open_slot",
    "open_upload",
    "order_sheets",
    "pending_upload",
    "publish",
    "record_scores",
    "request_page",
    "save_answer",
    "save_answers",
    "set_questions",
    "sitting_over",
    "start_exam",
    "take_back_unanswered",
    "time_up",
    "void_exam",
]
