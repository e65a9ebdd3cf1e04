from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from mathvidya.attempts import queries, service
from mathvidya.attempts.models import AnswerSheetUpload
from mathvidya.platform import db, storage
from mathvidya.platform.actors import Actor
from mathvidya.platform.db import Database
from mathvidya.platform.storage.local import LocalStorage
from mathvidya.platform.storage.signing import SigningKey
from mathvidya.platform.storage.verifying import UploadConditions
from tests.answer_books import claim, picture, put
from tests.concurrency.racing import race
from tests.factories import MONDAY_TEN, actor_of
from tests.platform import hostile
from tests.sittings import consent, make_exam, start, student_of

pytestmark = pytest.mark.usefixtures("committed_database")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStorage]:
    local = LocalStorage(tmp_path, url="http://127.0.0.1:8000", key=SigningKey("mathvidya", "of the tests"))
    storage.use(local)
    yield local
    storage.use(None)


def a_sitting() -> tuple[Actor, UUID]:
    with db.transaction() as session:
        exam = make_exam(session)
        student = student_of(session, exam)
        consent(session, student)
        start(session, exam)
        return actor_of(student), exam.id


def a_slot(actor: Actor, exam_id: UUID, data: bytes, page: int = 1) -> UUID:
    with db.transaction() as session:
        slot = service.open_slot(
            session, actor=actor, exam_id=exam_id, page_number=page, file=claim(data), now=MONDAY_TEN
        )
    put(slot, data)
    return slot.id


def confirm(actor: Actor, exam_id: UUID, slot_id: UUID) -> list[UUID]:
    """The three phases of the route, each in a transaction of its own."""
    with db.reading() as session:
        upload = service.pending_upload(
            session, actor=actor, exam_id=exam_id, slot_id=slot_id, now=MONDAY_TEN
        )
    file = service.open_upload(storage.current(), upload)
    with db.transaction() as session:
        service.keep_sheets(session, actor=actor, exam_id=exam_id, slot_id=slot_id, file=file, now=MONDAY_TEN)
    with db.reading() as session:
        views = queries.slot_sheets(session, actor, exam_id, slot_id, now=MONDAY_TEN)
        return [view.sheet.id for view in views]


def test_a_slot_confirmed_many_times_at_once_makes_one_set_of_sheets(
    store: LocalStorage, committed_database: Database
) -> None:
    actor, exam_id = a_sitting()
    slot_id = a_slot(actor, exam_id, hostile.pdf(pages=3))
    found = race(6, lambda _: confirm(actor, exam_id, slot_id))
    assert len({tuple(each) for each in found}) == 1
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(AnswerSheetUpload)) == 3


def test_many_files_for_one_page_at_once_leave_one_sheet_and_keep_the_others(
    store: LocalStorage, committed_database: Database
) -> None:
    actor, exam_id = a_sitting()
    slots = [a_slot(actor, exam_id, picture(shade)) for shade in range(8)]
    race(8, lambda number: confirm(actor, exam_id, slots[number]))
    with db.reading() as session:
        sheets = session.scalars(select(AnswerSheetUpload)).all()
    assert len(sheets) == 8
    assert sum(sheet.superseded_at is None for sheet in sheets) == 1


def test_pages_and_pdfs_confirmed_at_once_never_share_a_number(
    store: LocalStorage, committed_database: Database
) -> None:
    actor, exam_id = a_sitting()
    files = [picture(1), hostile.pdf(pages=2), picture(3), hostile.pdf(pages=3), picture(5)]
    slots = [a_slot(actor, exam_id, data, page) for page, data in enumerate(files, start=1)]
    race(5, lambda number: confirm(actor, exam_id, slots[number]))
    with db.reading() as session:
        pages = [sheet.page_number for sheet in queries.live_sheets(session, exam_id)]
    assert pages == list(range(1, 9))


def test_one_key_written_by_many_at_once_holds_one_whole_object(store: LocalStorage) -> None:
    bodies = [bytes([number]) * 200_000 for number in range(8)]

    def write(number: int) -> bool:
        body = bodies[number]
        try:
            store.receive("exams/1", [body], UploadConditions(len(body), claim(body).sha256))
        except storage.KeyTaken:
            return False
        return True

    kept = race(8, write)
    assert sum(kept) == 1
    assert store.read("exams/1", 200_000) == bodies[kept.index(True)]
