"""Sheets as their student, the linked parents and admins see them, with addresses that show the views."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts.models import AnswerSheetUpload, PageRequest
from mathvidya.attempts.queries.exams import exam_for_actor
from mathvidya.attempts.rules.sheets import FileLimits, SheetWarning, limits_of, warnings_of
from mathvidya.platform import storage
from mathvidya.platform.actors import Actor
from mathvidya.system.queries import setting, url_lifetime


@dataclass(frozen=True, slots=True)
class ViewUrls:
    """Where the three views of a sheet can be read, for some minutes."""

    thumbnail: str
    half: str
    full: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet as it is shown to those whose it is."""

    sheet: AnswerSheetUpload
    warnings: Sequence[SheetWarning]
    urls: ViewUrls


def list_sheets(session: Session, actor: Actor, exam_id: UUID, *, now: datetime) -> list[SheetView]:
    """The live sheets of an exam in the actor's reach, in reading order. Raises NotFound."""
    exam = exam_for_actor(session, actor, exam_id)
    return shown(session, live_sheets(session, exam.id), now=now)


def slot_sheets(
    session: Session, actor: Actor, exam_id: UUID, slot_id: UUID, *, now: datetime
) -> list[SheetView]:
    """The sheets that came of a slot, in the order of its file, replaced since or not. Raises NotFound."""
    exam = exam_for_actor(session, actor, exam_id)
    made = (
        select(AnswerSheetUpload)
        .where(AnswerSheetUpload.exam_id == exam.id, AnswerSheetUpload.slot_id == slot_id)
        .order_by(AnswerSheetUpload.page_in_file)
    )
    return shown(session, session.scalars(made).all(), now=now)


def shown(session: Session, sheets: Sequence[AnswerSheetUpload], *, now: datetime) -> list[SheetView]:
    """``sheets`` of one exam as they are shown, whoever decided that they may be."""
    if not sheets:
        return []
    live = live_sheets(session, sheets[0].exam_id)
    lifetime = url_lifetime(session)
    return [
        SheetView(sheet, warnings_of(sheet, live), view_urls(sheet, lifetime=lifetime, now=now))
        for sheet in sheets
    ]


def live_sheets(session: Session, exam_id: UUID) -> Sequence[AnswerSheetUpload]:
    """The sheets that count, in reading order."""
    return session.scalars(
        select(AnswerSheetUpload)
        .where(AnswerSheetUpload.exam_id == exam_id, AnswerSheetUpload.superseded_at.is_(None))
        .order_by(AnswerSheetUpload.page_number)
    ).all()


def view_urls(sheet: AnswerSheetUpload, *, lifetime: timedelta, now: datetime) -> ViewUrls:
    """Addresses of the views of a sheet that the caller has decided to show; the original has none."""
    store = storage.current()
    return ViewUrls(
        *(
            store.presign_get(key, expires=lifetime, now=now)
            for key in (sheet.thumbnail_key, sheet.half_key, sheet.full_key)
        )
    )


def page_requests(session: Session, actor: Actor, exam_id: UUID) -> Sequence[PageRequest]:
    """The pages of an exam in the actor's reach that were asked for again, the latest first."""
    exam = exam_for_actor(session, actor, exam_id)
    return session.scalars(
        select(PageRequest).where(PageRequest.exam_id == exam.id).order_by(PageRequest.id.desc())
    ).all()


def file_limits(session: Session) -> FileLimits:
    """What files are taken as sheets."""
    return limits_of(setting(session, "max_upload_size_mb"), setting(session, "allowed_upload_mimetypes"))
