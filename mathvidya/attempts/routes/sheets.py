"""HTTP of sheets: open a slot, put the file into storage, confirm; then put the pages in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response

from mathvidya.attempts import queries, service
from mathvidya.attempts.errors import (
    AlreadyHandedIn,
    ConsentMissing,
    ExamNotStarted,
    FileCorrupt,
    FileDiffers,
    FileEmpty,
    FileEncrypted,
    FileTooExpensive,
    FileTooLarge,
    FileTooManyPages,
    FileTooManyPixels,
    FileTruncated,
    FileTypeRefused,
    NotUploaded,
    OnePageAsked,
    PageRequestClosed,
    TooManySheets,
    UploadWindowOver,
)
from mathvidya.attempts.models import PageRequest, UploadSlot
from mathvidya.attempts.queries import SheetView
from mathvidya.attempts.rules.sheets import FileClaim
from mathvidya.attempts.schemas.sheets import (
    FileClaimSchema,
    PageRequestsSchema,
    SheetOrderSchema,
    SheetQuestionsSchema,
    SheetSchema,
    SheetsSchema,
    SlotRequestSchema,
    SlotSchema,
)
from mathvidya.platform import db, storage
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, TooMany, Unavailable, WrongState
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.idempotency import IdempotencyKeyReused, answer_once
from mathvidya.platform.http.limits import limiter
from mathvidya.platform.storage import PresignedPut

blueprint = Blueprint("sheets", __name__, url_prefix="/exams/<uuid:exam_id>", description="Pages of answers")

_FROZEN = (NotFound, Forbidden, ExamNotStarted, AlreadyHandedIn, UploadWindowOver, WrongState)
_OPENING = (ConsentMissing, TooManySheets, FileTypeRefused, FileTooLarge, IdempotencyKeyReused)
_FILES = (
    FileEmpty,
    FileTypeRefused,
    FileTruncated,
    FileTooManyPixels,
    FileTooManyPages,
    FileEncrypted,
    FileTooExpensive,
    FileCorrupt,
)


@dataclass(frozen=True, slots=True)
class SlotOffer:
    """A slot with the presigned request that fills it."""

    slot: UploadSlot
    put: PresignedPut


@blueprint.post("/sheets/slots")
@blueprint.arguments(SlotRequestSchema)
@blueprint.response(201, SlotSchema)
@blueprint.problems(*_FROZEN, *_OPENING)
def open_sheet_slot(wanted: dict[str, Any], exam_id: UUID) -> Response:
    """Ask for leave to put the file of a page into storage; the page may be there already, to be replaced."""
    actor, now = current_actor(), request_now()
    with db.transaction() as session:
        return answer_once(
            session,
            SlotSchema(),
            lambda: _offer(service.open_slot(session, actor=actor, exam_id=exam_id, now=now, **wanted)),
        )


@blueprint.post("/sheets/slots/<uuid:slot_id>/confirm")
@blueprint.response(200, SheetsSchema)
@blueprint.problems(
    *_FROZEN,
    ConsentMissing,
    TooManySheets,
    NotUploaded,
    FileDiffers,
    *_FILES,
    PageRequestClosed,
    OnePageAsked,
    TooMany,
    Unavailable,
)
@limiter.limit("60/minute")  # each opens a file in a process of its own, a second of a core
def confirm_sheet_slot(exam_id: UUID, slot_id: UUID) -> dict[str, list[SheetView]]:
    """Say that the file is there: it is opened, and its pages become sheets. Again, the same sheets."""
    actor, now = current_actor(), request_now()
    with db.reading() as session:
        upload = service.pending_upload(session, actor=actor, exam_id=exam_id, slot_id=slot_id, now=now)
    if not upload.is_confirmed:
        file = service.open_upload(storage.current(), upload)  # seconds, and no transaction is open
        with db.transaction() as session:
            service.keep_sheets(session, actor=actor, exam_id=exam_id, slot_id=slot_id, file=file, now=now)
    with db.reading() as session:
        return {"items": queries.slot_sheets(session, actor, exam_id, slot_id, now=now)}


@blueprint.get("/sheets")
@blueprint.response(200, SheetsSchema)
@blueprint.problems(NotFound)
def list_exam_sheets(exam_id: UUID) -> dict[str, list[SheetView]]:
    """The sheets in reading order, for the student, the linked parents and admins."""
    with db.reading() as session:
        return {"items": queries.list_sheets(session, current_actor(), exam_id, now=request_now())}


@blueprint.put("/sheets/order")
@blueprint.arguments(SheetOrderSchema)
@blueprint.response(200, SheetsSchema)
@blueprint.problems(*_FROZEN, Invalid)
def order_exam_sheets(order: dict[str, list[UUID]], exam_id: UUID) -> dict[str, list[SheetView]]:
    """Put the sheets into another order; the list names every one of them once."""
    actor, now = current_actor(), request_now()
    with db.transaction() as session:
        sheets = service.order_sheets(session, actor=actor, exam_id=exam_id, now=now, **order)
        return {"items": queries.shown(session, sheets, now=now)}


@blueprint.put("/sheets/<uuid:sheet_id>/questions")
@blueprint.arguments(SheetQuestionsSchema)
@blueprint.response(200, SheetSchema)
@blueprint.problems(*_FROZEN, Invalid)
def set_sheet_questions(body: dict[str, list[int]], exam_id: UUID, sheet_id: UUID) -> SheetView:
    """Say which questions are answered on a sheet."""
    actor, now = current_actor(), request_now()
    with db.transaction() as session:
        sheet = service.set_questions(
            session,
            actor=actor,
            exam_id=exam_id,
            sheet_id=sheet_id,
            numbers=body["question_numbers"],
            now=now,
        )
        return queries.shown(session, [sheet], now=now)[0]


@blueprint.delete("/sheets/<uuid:sheet_id>")
@blueprint.response(204)
@blueprint.problems(*_FROZEN)
def delete_exam_sheet(exam_id: UUID, sheet_id: UUID) -> None:
    """Take a sheet out of the answer book."""
    with db.transaction() as session:
        service.delete_sheet(
            session, actor=current_actor(), exam_id=exam_id, sheet_id=sheet_id, now=request_now()
        )


@blueprint.get("/page-requests")
@blueprint.response(200, PageRequestsSchema)
@blueprint.problems(NotFound)
def list_page_requests(exam_id: UUID) -> dict[str, Sequence[PageRequest]]:
    """The pages that were asked for again after hand-in, the latest first."""
    with db.reading() as session:
        return {"items": queries.page_requests(session, current_actor(), exam_id)}


@blueprint.post("/page-requests/<uuid:request_id>/slots")
@blueprint.arguments(FileClaimSchema)
@blueprint.response(201, SlotSchema)
@blueprint.problems(NotFound, Forbidden, PageRequestClosed, *_OPENING)
def open_page_request_slot(claim: dict[str, FileClaim], exam_id: UUID, request_id: UUID) -> Response:
    """Ask for leave to send a page again that was asked for; confirming the slot answers the request."""
    actor, now = current_actor(), request_now()
    with db.transaction() as session:
        return answer_once(
            session,
            SlotSchema(),
            lambda: _offer(
                service.open_request_slot(
                    session, actor=actor, exam_id=exam_id, request_id=request_id, now=now, **claim
                )
            ),
        )


def _offer(slot: UploadSlot) -> SlotOffer:
    put = storage.current().presign_put(
        slot.object_key,
        media_type=slot.media_type,
        size=slot.size_bytes,
        sha256=slot.sha256,
        expires=slot.expires_at - slot.issued_at,
        now=slot.issued_at,
    )
    return SlotOffer(slot, put)
