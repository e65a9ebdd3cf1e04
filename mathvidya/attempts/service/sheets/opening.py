"""From a slot to pages that can be kept, in two steps without a lock: read the slot, open its file.

Reading storage and decoding take seconds and depend on others, so no transaction is open meanwhile; what
was true when they began is asked again under the exam's lock when the pages are kept (``keeping``).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from mathvidya.attempts import policy, queries
from mathvidya.attempts.errors import (
    FileCorrupt,
    FileDiffers,
    FileEmpty,
    FileEncrypted,
    FileRefused,
    FileTooExpensive,
    FileTooManyPages,
    FileTooManyPixels,
    FileTruncated,
    FileTypeRefused,
    NotUploaded,
)
from mathvidya.attempts.models import ExamInstance, UploadSlot
from mathvidya.attempts.rules.sheets import FileLimits, check_media_type
from mathvidya.attempts.service.sheets.requests import check_open, page_request
from mathvidya.attempts.service.sheets.slots import check_consent, check_takes_sheets
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import NotFound
from mathvidya.platform.imaging import errors as imaging
from mathvidya.platform.imaging.pages import PageViews, open_pages
from mathvidya.platform.imaging.quality import Quality
from mathvidya.platform.imaging.sniff import FileType, sniff
from mathvidya.platform.storage import ObjectMissing, ObjectTooLarge, Storage
from mathvidya.platform.storage.contract import VIEW_MEDIA_TYPE

_MEDIA_TYPES: Final = {
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.HEIC: "image/heic",
    FileType.PDF: "application/pdf",
}

_REFUSALS: Final[Mapping[type[imaging.UnreadableFile], type[FileRefused]]] = {
    imaging.EmptyFile: FileEmpty,
    imaging.UnsupportedType: FileTypeRefused,
    imaging.TruncatedFile: FileTruncated,
    imaging.TooManyPixels: FileTooManyPixels,
    imaging.TooManyPages: FileTooManyPages,
    imaging.EncryptedPdf: FileEncrypted,
    imaging.TooExpensive: FileTooExpensive,
    imaging.CorruptFile: FileCorrupt,
}


@dataclass(frozen=True, slots=True)
class PendingUpload:
    """A slot whose file is to be opened, away from the database; ``is_confirmed`` when it has been."""

    slot_id: UUID
    exam_id: UUID
    object_key: str
    size_bytes: int
    sha256: bytes
    limits: FileLimits
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """One page whose views lie in storage."""

    full_key: str
    half_key: str
    thumbnail_key: str
    view_sha256: bytes
    width: int
    height: int
    quality: Quality


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """What a file turned out to be, by its bytes."""

    media_type: str
    pages: tuple[OpenedPage, ...]


def pending_upload(
    session: Session, *, actor: Actor, exam_id: UUID, slot_id: UUID, now: datetime
) -> PendingUpload:
    """The slot of the student's own exam that is to be confirmed.

    Raises NotFound, and what opening the slot would raise now: time may have passed since.
    """
    policy.sits(actor)
    exam = queries.exam_for_actor(session, actor, exam_id)
    slot = session.get(UploadSlot, slot_id)
    if slot is None or slot.exam_id != exam.id:
        raise NotFound("this exam has no such slot")
    if slot.confirmed_at is None:
        check_slot_open(session, exam, slot, now)
    return PendingUpload(
        slot_id=slot.id,
        exam_id=exam.id,
        object_key=slot.object_key,
        size_bytes=slot.size_bytes,
        sha256=slot.sha256,
        limits=queries.file_limits(session),
        is_confirmed=slot.confirmed_at is not None,
    )


def check_slot_open(session: Session, exam: ExamInstance, slot: UploadSlot, now: datetime) -> None:
    """Whether the exam takes the slot's file now: as any sheet, or as the page that was asked for again."""
    check_consent(session, exam)
    if slot.page_request_id is None:
        check_takes_sheets(exam, now)
    else:
        check_open(page_request(session, exam, slot.page_request_id), now)


def open_upload(store: Storage, upload: PendingUpload) -> OpenedFile:
    """Read what was put into the slot, open it, and keep the views of its pages; the original stays as it is.

    Takes seconds: call it outside of any transaction. Doing it again writes the same views to the same keys.
    Raises NotUploaded, FileDiffers, FileRefused.
    """
    data = _read(store, upload)
    kind = sniff(data)
    if kind in _MEDIA_TYPES:
        check_media_type(_MEDIA_TYPES[kind], upload.limits)
    try:
        pages = open_pages(data)
    except imaging.UnreadableFile as refusal:
        raise _REFUSALS[type(refusal)](str(refusal), {"file": [str(refusal)]}) from refusal
    return OpenedFile(_MEDIA_TYPES[kind], tuple(_keep(store, upload.exam_id, page) for page in pages))


def _read(store: Storage, upload: PendingUpload) -> bytes:
    try:
        data = store.read(upload.object_key, upload.size_bytes)
    except ObjectMissing as error:
        raise NotUploaded("nothing has arrived for this slot: send the file, then confirm") from error
    except ObjectTooLarge as error:
        raise FileDiffers(
            "the stored file is larger than the slot: open another one and send it again"
        ) from error
    if hashlib.sha256(data).digest() != upload.sha256:
        raise FileDiffers("the stored file has another checksum: open another slot and send it again")
    return data


def _keep(store: Storage, exam_id: UUID, page: PageViews) -> OpenedPage:
    full, half, thumbnail = (
        _keep_view(store, exam_id, view) for view in (page.full, page.half, page.thumbnail)
    )
    return OpenedPage(
        full_key=full,
        half_key=half,
        thumbnail_key=thumbnail,
        view_sha256=hashlib.sha256(page.full).digest(),
        width=page.width,
        height=page.height,
        quality=page.quality,
    )


def _keep_view(store: Storage, exam_id: UUID, view: bytes) -> str:
    key = f"exams/{exam_id}/views/{hashlib.sha256(view).hexdigest()}.webp"
    store.write(key, view, VIEW_MEDIA_TYPE)
    return key
