"""Verbs of sheets: a slot is opened, its file is opened and kept, and the pages are put in order."""

from mathvidya.attempts.service.sheets.arranging import delete_sheet, order_sheets, set_questions
from mathvidya.attempts.service.sheets.keeping import keep_sheets
from mathvidya.attempts.service.sheets.opening import OpenedFile, PendingUpload, open_upload, pending_upload
from mathvidya.attempts.service.sheets.requests import open_request_slot, request_page
from mathvidya.attempts.service.sheets.slots import open_slot

__all__ = [
    "OpenedFile",
    "PendingUpload",
    "delete_sheet",
    "keep_sheets",
    "open_request_slot",
    "open_slot",
    "open_upload",
    "order_sheets",
    "pending_upload",
    "request_page",
    "set_questions",
]
