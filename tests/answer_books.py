"""Files for sheets, and putting them where a browser would: for tests of services and over HTTP."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from PIL import Image
from sqlalchemy.orm import Session

from mathvidya.attempts import queries, service
from mathvidya.attempts.models import AnswerSheetUpload, ExamInstance, UploadSlot
from mathvidya.attempts.rules.sheets import FileClaim
from mathvidya.platform import storage
from mathvidya.platform.actors import Actor
from mathvidya.platform.storage.local import LocalStorage
from mathvidya.platform.storage.verifying import UploadConditions
from tests.factories import MONDAY_TEN, actor_of
from tests.platform.hostile import encoded
from tests.sittings import student_of

MEGABYTE = 1024 * 1024


def picture(shade: int) -> bytes:
    """A photograph of its own for each shade from 0 to 255."""
    page = Image.new("RGB", (90, 120), (250, 250, 250))
    page.paste((shade, 40, 200), (10, 10, 80, 60))
    return encoded(page, "JPEG", quality=90)


def claim(data: bytes, media_type: str = "image/jpeg") -> FileClaim:
    return FileClaim(media_type, len(data), hashlib.sha256(data).digest())


def put(slot: UploadSlot, data: bytes) -> None:
    """What the browser's presigned PUT does to the local store."""
    store = storage.current()
    assert isinstance(store, LocalStorage)
    store.receive(slot.object_key, [data], UploadConditions(slot.size_bytes, slot.sha256))


@dataclass(frozen=True)
class Desk:
    """A student at the services, with one exam."""

    session: Session
    exam: ExamInstance

    @property
    def actor(self) -> Actor:
        return actor_of(student_of(self.session, self.exam))

    def open(self, data: bytes, page: int = 1, now: datetime = MONDAY_TEN) -> UploadSlot:
        return service.open_slot(
            self.session,
            actor=self.actor,
            exam_id=self.exam.id,
            page_number=page,
            file=claim(data),
            now=now,
        )

    def confirm(self, slot: UploadSlot, now: datetime = MONDAY_TEN) -> Sequence[UUID]:
        """The ids of the sheets that come of a slot."""
        actor, exam_id = self.actor, self.exam.id
        upload = service.pending_upload(self.session, actor=actor, exam_id=exam_id, slot_id=slot.id, now=now)
        if not upload.is_confirmed:
            file = service.open_upload(storage.current(), upload)
            service.keep_sheets(
                self.session, actor=actor, exam_id=exam_id, slot_id=slot.id, file=file, now=now
            )
        views = queries.slot_sheets(self.session, actor, exam_id, slot.id, now=now)
        return [view.sheet.id for view in views]

    def upload(self, data: bytes, page: int = 1, now: datetime = MONDAY_TEN) -> AnswerSheetUpload:
        """Open, put and confirm; the first sheet that came of it."""
        slot = self.open(data, page, now)
        put(slot, data)
        return self.session.get_one(AnswerSheetUpload, self.confirm(slot, now)[0])

    def pages(self) -> list[tuple[int, UUID]]:
        """Page numbers and ids of the live sheets, in reading order."""
        return [(each.page_number, each.id) for each in queries.live_sheets(self.session, self.exam.id)]
