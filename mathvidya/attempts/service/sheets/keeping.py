"""Keeping the pages of an opened file as sheets: once, under the exam's lock, displacing nothing unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts import queries
from mathvidya.attempts.errors import OnePageAsked
from mathvidya.attempts.events import PageReplaced
from mathvidya.attempts.models import AnswerSheetUpload, ExamInstance, PageRequest, UploadSlot
from mathvidya.attempts.rules.sheets import check_room, moved_back
from mathvidya.attempts.service.moving import locked_own
from mathvidya.attempts.service.sheets.opening import OpenedFile, check_slot_open
from mathvidya.attempts.service.sheets.requests import page_request
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.platform.events import tell
from mathvidya.platform.ids import new_id
from mathvidya.system.service import record_act

_ASIDE = 1_000
"""Beyond every page number: where sheets wait for their new places, for no page may be held twice."""


@dataclass(frozen=True, slots=True)
class _Confirmation:
    """One confirming of one slot: who, what, and what came of the file."""

    actor: Actor
    slot: UploadSlot
    file: OpenedFile
    now: datetime


def keep_sheets(
    session: Session, *, actor: Actor, exam_id: UUID, slot_id: UUID, file: OpenedFile, now: datetime
) -> None:
    """Make sheets of the pages of ``file``; nothing happens when the slot has been confirmed before.

    A sheet on the slot's page is replaced, and kept as superseded. The further pages of a PDF are put in
    behind the first, and what stood behind moves back. Raises what opening the slot would raise now.
    """
    exam = locked_own(session, actor, exam_id)
    slot = _slot(session, exam, slot_id)
    if slot.confirmed_at is not None:
        return
    check_slot_open(session, exam, slot, now)
    slot.confirmed_at = now
    act = _Confirmation(actor, slot, file, now)
    if slot.page_request_id is None:
        _insert(session, act)
    else:
        _answer(session, act, page_request(session, exam, slot.page_request_id))


def renumber(session: Session, sheets: Sequence[AnswerSheetUpload], pages: Mapping[UUID, int]) -> None:
    """Give sheets of a locked exam other pages: first out of everybody's way, then to their places."""
    moving = [sheet for sheet in sheets if sheet.page_number != pages.get(sheet.id, sheet.page_number)]
    for sheet in moving:
        sheet.page_number = _ASIDE + pages[sheet.id]
    session.flush()
    for sheet in moving:
        sheet.page_number = pages[sheet.id]
    session.flush()


def _slot(session: Session, exam: ExamInstance, slot_id: UUID) -> UploadSlot:
    slot = session.get(UploadSlot, slot_id, populate_existing=True)
    if slot is None or slot.exam_id != exam.id:
        raise NotFound("this exam has no such slot")
    return slot


def _insert(session: Session, act: _Confirmation) -> None:
    live = queries.live_sheets(session, act.slot.exam_id)
    replaced = next((sheet for sheet in live if sheet.page_number == act.slot.page_number), None)
    _make_room(session, act.slot, live, by=len(act.file.pages) - 1)
    sheets = [_sheet(act, number) for number in range(1, len(act.file.pages) + 1)]
    if replaced is not None:
        _supersede(session, act, replaced, by=sheets[0])
    session.add_all(sheets)
    session.flush()


def _make_room(session: Session, slot: UploadSlot, live: Sequence[AnswerSheetUpload], *, by: int) -> None:
    """Move what comes behind the slot's page back, and the slots that are still open for it."""
    pages = {sheet.id: sheet.page_number for sheet in live}
    moved = moved_back(pages, after=slot.page_number, by=by)
    check_room(max((slot.page_number + by, *moved.values())))
    renumber(session, live, moved)
    waiting = {each.id: each for each in _unconfirmed(session, slot)}
    for identity, page in moved_back(
        {each.id: each.page_number for each in waiting.values()}, after=slot.page_number, by=by
    ).items():
        waiting[identity].page_number = page


def _unconfirmed(session: Session, slot: UploadSlot) -> Sequence[UploadSlot]:
    return session.scalars(
        select(UploadSlot).where(
            UploadSlot.exam_id == slot.exam_id, UploadSlot.confirmed_at.is_(None), UploadSlot.id != slot.id
        )
    ).all()


def _answer(session: Session, act: _Confirmation, request: PageRequest) -> None:
    """Put the page that was asked for again in the place of the one that nobody could read."""
    if len(act.file.pages) != 1:
        raise OnePageAsked(
            f"the file has {len(act.file.pages)} pages: send page {act.slot.page_number} alone"
        )
    replaced = session.get_one(AnswerSheetUpload, request.sheet_id, populate_existing=True)
    sheet = _sheet(act, 1)
    _supersede(session, act, replaced, by=sheet)
    session.add(sheet)
    session.flush()
    request.answered_at, request.replacement_id = act.now, sheet.id
    tell(session, PageReplaced(sheet.exam_id, request.id, sheet.id, replaced.id), now=act.now)


def _supersede(
    session: Session, act: _Confirmation, replaced: AnswerSheetUpload, *, by: AnswerSheetUpload
) -> None:
    """Take a sheet's place, and what it said of the questions on it; the old row stays, out of the count."""
    replaced.superseded_at = act.now
    session.flush()
    by.question_numbers = list(replaced.question_numbers)
    record_act(
        session,
        act.actor,
        "sheet.replaced",
        subject=("exam", by.exam_id),
        now=act.now,
        changes={"page": by.page_number, "sha256": [replaced.sha256.hex(), by.sha256.hex()]},
    )


def _sheet(act: _Confirmation, page_in_file: int) -> AnswerSheetUpload:
    slot, page = act.slot, act.file.pages[page_in_file - 1]
    return AnswerSheetUpload(
        id=new_id(),
        exam_id=slot.exam_id,
        slot_id=slot.id,
        page_number=slot.page_number + page_in_file - 1,
        page_in_file=page_in_file,
        question_numbers=[],
        original_key=slot.object_key,
        media_type=act.file.media_type,
        size_bytes=slot.size_bytes,
        sha256=slot.sha256,
        view_sha256=page.view_sha256,
        full_key=page.full_key,
        half_key=page.half_key,
        thumbnail_key=page.thumbnail_key,
        width=page.width,
        height=page.height,
        sharpness=page.quality.sharpness,
        brightness=page.quality.brightness,
        is_blurred=page.quality.blurred,
        is_dark=page.quality.dark,
        uploaded_at=act.now,
    )
