from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mathvidya.accounts.models import Consent, User
from mathvidya.attempts import queries, service
from mathvidya.attempts.errors import (
    AlreadyHandedIn,
    ConsentMissing,
    ExamNotStarted,
    FileDiffers,
    FileTooLarge,
    FileTypeRefused,
    NotUploaded,
    TooManySheets,
    UploadWindowOver,
)
from mathvidya.attempts.models import AnswerSheetUpload, ExamState, UploadSlot
from mathvidya.attempts.rules.sheets import FileClaim
from mathvidya.attempts.service.sheets import slots
from mathvidya.platform import storage
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, WrongState
from mathvidya.platform.storage.local import LocalStorage
from mathvidya.system.models import AuditLog, SystemConfig
from tests.answer_books import Desk, claim, picture, put
from tests.factories import (
    MONDAY_TEN,
    actor_of,
    link_parent,
    make_admin,
    make_parent,
    make_student,
    make_teacher,
)
from tests.platform import hostile
from tests.sittings import UPLOAD_ENDS, at, consent, make_exam, start, student_of

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def desk(session: Session) -> Desk:
    """A student who sits a paper whose questions 4 and 5 are written, with a parent's consent."""
    exam = make_exam(session)
    consent(session, student_of(session, exam))
    start(session, exam)
    return Desk(session, exam)


def handed_in(desk: Desk) -> None:
    sheet = desk.upload(picture(1))
    service.set_questions(
        desk.session,
        actor=desk.actor,
        exam_id=desk.exam.id,
        sheet_id=sheet.id,
        numbers=[4, 5],
        now=MONDAY_TEN,
    )
    service.hand_in(desk.session, actor=desk.actor, exam_id=desk.exam.id, now=at(1))


def test_a_photograph_becomes_a_sheet_with_its_hash_and_views(desk: Desk, store: LocalStorage) -> None:
    data = picture(1)
    sheet = desk.upload(data, page=3)
    assert (sheet.page_number, sheet.page_in_file, sheet.media_type) == (3, 1, "image/jpeg")
    assert sheet.sha256 == claim(data).sha256
    assert (sheet.width, sheet.height) == (90, 120)
    assert store.read(sheet.original_key, len(data)) == data
    assert all(store.head(key) for key in (sheet.full_key, sheet.half_key, sheet.thumbnail_key))


def test_the_type_is_what_the_bytes_are_not_what_was_claimed(desk: Desk) -> None:
    assert desk.upload(hostile.png()).media_type == "image/png"
    assert desk.upload(hostile.heic(), page=2).media_type == "image/heic"


def test_sheets_may_come_while_the_exam_is_answered_and_in_the_window_after(desk: Desk) -> None:
    desk.upload(picture(1), now=at(5))
    service.finish_answering(desk.session, actor=desk.actor, exam_id=desk.exam.id, now=at(10))
    desk.upload(picture(2), page=2, now=at(15))
    assert [page for page, _ in desk.pages()] == [1, 2]


def test_the_last_moment_of_the_window_takes_a_sheet_and_the_next_does_not(desk: Desk) -> None:
    desk.upload(picture(1), now=UPLOAD_ENDS - timedelta(microseconds=1))
    with pytest.raises(UploadWindowOver):
        desk.open(picture(2), now=UPLOAD_ENDS)


def test_a_slot_opened_in_time_is_not_confirmed_after_it(desk: Desk) -> None:
    slot = desk.open(picture(1), now=UPLOAD_ENDS - timedelta(seconds=1))
    put(slot, picture(1))
    with pytest.raises(UploadWindowOver):
        desk.confirm(slot, now=UPLOAD_ENDS)
    assert desk.pages() == []


def test_before_the_start_there_are_no_sheets(session: Session) -> None:
    exam = make_exam(session)
    consent(session, student_of(session, exam))
    with pytest.raises(ExamNotStarted):
        Desk(session, exam).open(picture(1))


def test_a_paper_of_choices_alone_takes_no_sheets(session: Session) -> None:
    exam = make_exam(session, written=False)
    consent(session, student_of(session, exam))
    start(session, exam)
    with pytest.raises(WrongState, match="no sheets"):
        Desk(session, exam).open(picture(1))


def test_without_a_parents_consent_nothing_is_kept(session: Session) -> None:
    exam = make_exam(session)
    start(session, exam)
    with pytest.raises(ConsentMissing):
        Desk(session, exam).open(picture(1))


def test_consent_that_is_withdrawn_in_between_keeps_the_file_from_becoming_a_sheet(desk: Desk) -> None:
    slot = desk.open(picture(1))
    put(slot, picture(1))
    desk.session.execute(update(Consent).values(withdrawn_at=at(1)))
    with pytest.raises(ConsentMissing):
        desk.confirm(slot, now=at(2))


def test_another_students_exam_is_nowhere(desk: Desk) -> None:
    stranger = actor_of(make_student(desk.session))
    with pytest.raises(NotFound):
        service.open_slot(
            desk.session,
            actor=stranger,
            exam_id=desk.exam.id,
            page_number=1,
            file=claim(picture(1)),
            now=MONDAY_TEN,
        )
    slot = desk.open(picture(1))
    with pytest.raises(NotFound):
        service.pending_upload(
            desk.session, actor=stranger, exam_id=desk.exam.id, slot_id=slot.id, now=MONDAY_TEN
        )


def test_a_slot_of_one_exam_is_nowhere_in_another(desk: Desk) -> None:
    slot = desk.open(picture(1))
    other = Desk(desk.session, make_exam(desk.session))
    consent(desk.session, student_of(desk.session, other.exam))
    start(desk.session, other.exam)
    with pytest.raises(NotFound):
        other.confirm(slot)


@pytest.mark.parametrize("make", [make_parent, make_teacher, make_admin])
def test_only_a_student_uploads(desk: Desk, make: Callable[[Session], User]) -> None:
    with pytest.raises(Forbidden):
        service.open_slot(
            desk.session,
            actor=actor_of(make(desk.session)),
            exam_id=desk.exam.id,
            page_number=1,
            file=claim(picture(1)),
            now=MONDAY_TEN,
        )


def test_own_parents_and_admins_see_the_sheets_and_nobody_else(desk: Desk) -> None:
    session, exam = desk.session, desk.exam
    desk.upload(picture(1))
    parent = make_parent(session)
    link_parent(session, parent, student_of(session, exam))
    for person in (student_of(session, exam), parent, make_admin(session)):
        (view,) = queries.list_sheets(session, actor_of(person), exam.id, now=MONDAY_TEN)
        assert "X-Amz-Signature" in view.urls.full
    for person in (make_student(session), make_parent(session), make_teacher(session)):
        with pytest.raises(NotFound):
            queries.list_sheets(session, actor_of(person), exam.id, now=MONDAY_TEN)


def test_a_file_larger_than_configured_gets_no_slot(desk: Desk) -> None:
    desk.session.merge(SystemConfig(key="max_upload_size_mb", value=1, description="", version=1))
    desk.session.flush()
    with pytest.raises(FileTooLarge):
        service.open_slot(
            desk.session,
            actor=desk.actor,
            exam_id=desk.exam.id,
            page_number=1,
            file=FileClaim("image/jpeg", 1024 * 1024 + 1, bytes(32)),
            now=MONDAY_TEN,
        )


def test_a_type_that_was_taken_from_the_configuration_is_refused_by_its_bytes_too(desk: Desk) -> None:
    slot = desk.open(hostile.pdf())
    put(slot, hostile.pdf())
    types = SystemConfig(key="allowed_upload_mimetypes", value=["image/jpeg"], description="", version=1)
    desk.session.merge(types)
    desk.session.flush()
    with pytest.raises(FileTypeRefused):
        desk.confirm(slot)


def test_an_exam_asks_for_so_many_uploads_and_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "MOST_SLOTS", 2)
    desk.open(picture(1))
    desk.open(picture(2))
    with pytest.raises(TooManySheets):
        desk.open(picture(3))


def test_what_has_not_arrived_is_said_so(desk: Desk) -> None:
    slot = desk.open(picture(1))
    with pytest.raises(NotUploaded):
        desk.confirm(slot)


@pytest.mark.parametrize("stored", [b"?" * 10, b"?" * 100_000])
def test_a_store_that_holds_other_bytes_is_not_believed(
    desk: Desk, store: LocalStorage, stored: bytes
) -> None:
    slot = desk.open(picture(1))
    path = store._path(slot.object_key)
    path.parent.mkdir(parents=True)
    path.write_bytes(stored)
    with pytest.raises(FileDiffers):
        desk.confirm(slot)
    assert desk.pages() == []


def test_confirming_again_gives_the_same_sheets(desk: Desk) -> None:
    slot = desk.open(hostile.pdf(pages=2))
    put(slot, hostile.pdf(pages=2))
    first = desk.confirm(slot)
    assert desk.confirm(slot, now=at(1)) == first
    assert len(desk.pages()) == 2


def test_confirming_again_after_hand_in_changes_nothing_and_is_answered(desk: Desk) -> None:
    handed_in(desk)
    before = desk.pages()
    slot = desk.session.scalars(select(UploadSlot)).one()
    assert desk.confirm(slot, now=at(2)) == [before[0][1]]


def test_a_pdf_becomes_one_sheet_for_each_page_and_nothing_is_displaced(desk: Desk) -> None:
    first, third = desk.upload(picture(1), page=1), desk.upload(picture(3), page=2)
    waiting = desk.open(picture(4), page=3)
    late = desk.open(hostile.pdf(pages=3), page=1)
    put(late, hostile.pdf(pages=3))
    pages = desk.confirm(late)
    desk.session.refresh(third)
    assert desk.pages() == [(1, pages[0]), (2, pages[1]), (3, pages[2]), (4, third.id)]
    assert first.superseded_at is not None
    assert waiting.page_number == 5


def test_a_pdf_that_would_push_pages_past_the_last_is_refused_whole(desk: Desk) -> None:
    kept = desk.upload(picture(1), page=59)
    slot = desk.open(hostile.pdf(pages=3), page=1)
    put(slot, hostile.pdf(pages=3))
    with pytest.raises(TooManySheets):
        desk.confirm(slot)
    assert desk.pages() == [(59, kept.id)]


def test_a_page_that_is_replaced_stays_as_a_superseded_row_and_hands_its_questions_on(desk: Desk) -> None:
    old = desk.upload(picture(1))
    service.set_questions(
        desk.session, actor=desk.actor, exam_id=desk.exam.id, sheet_id=old.id, numbers=[5, 4], now=at(1)
    )
    new = desk.upload(picture(2), now=at(2))
    assert desk.pages() == [(1, new.id)]
    assert new.question_numbers == [4, 5]
    assert old.superseded_at == at(2)
    assert storage.current().head(old.original_key) is not None
    (act,) = desk.session.scalars(select(AuditLog).where(AuditLog.action == "sheet.replaced"))
    assert act.changes == {"page": 1, "sha256": [old.sha256.hex(), new.sha256.hex()]}


def test_the_same_photograph_on_two_pages_is_named_but_taken(desk: Desk) -> None:
    desk.upload(picture(1), page=1)
    desk.upload(picture(1), page=2)
    desk.upload(picture(2), page=3)
    views = queries.list_sheets(desk.session, desk.actor, desk.exam.id, now=MONDAY_TEN)
    named = [[each.equals_page for each in view.warnings if each.equals_page] for view in views]
    assert named == [[2], [1], []]


def test_sheets_take_the_order_that_is_given(desk: Desk) -> None:
    ids = [desk.upload(picture(page), page).id for page in (1, 2, 5)]
    wanted = [ids[2], ids[0], ids[1]]
    service.order_sheets(
        desk.session, actor=desk.actor, exam_id=desk.exam.id, sheet_ids=wanted, now=MONDAY_TEN
    )
    assert desk.pages() == list(enumerate(wanted, start=1))


def test_an_order_with_a_sheet_of_somebody_else_changes_nothing(desk: Desk) -> None:
    ids = [desk.upload(picture(page), page).id for page in (1, 2)]
    other = Desk(desk.session, make_exam(desk.session))
    consent(desk.session, student_of(desk.session, other.exam))
    start(desk.session, other.exam)
    foreign = other.upload(picture(9)).id
    for wanted in ([ids[1]], [ids[1], foreign], [ids[1], ids[0], foreign], [ids[1], ids[0], ids[0]]):
        with pytest.raises(Invalid):
            service.order_sheets(
                desk.session, actor=desk.actor, exam_id=desk.exam.id, sheet_ids=wanted, now=MONDAY_TEN
            )
    assert desk.pages() == list(enumerate(ids, start=1))


def test_a_deleted_sheet_is_out_of_the_book_but_not_out_of_the_house(desk: Desk) -> None:
    kept, gone = desk.upload(picture(1), 1), desk.upload(picture(2), 2)
    service.delete_sheet(desk.session, actor=desk.actor, exam_id=desk.exam.id, sheet_id=gone.id, now=at(1))
    assert desk.pages() == [(1, kept.id)]
    assert desk.session.get_one(AnswerSheetUpload, gone.id).superseded_at == at(1)
    assert desk.session.scalars(select(AuditLog.action).where(AuditLog.action == "sheet.deleted")).all()
    with pytest.raises(NotFound):
        service.delete_sheet(
            desk.session, actor=desk.actor, exam_id=desk.exam.id, sheet_id=gone.id, now=at(2)
        )


def test_a_question_that_is_chosen_cannot_stand_on_a_sheet(desk: Desk) -> None:
    sheet = desk.upload(picture(1))
    with pytest.raises(Invalid, match="not answered in writing"):
        service.set_questions(
            desk.session,
            actor=desk.actor,
            exam_id=desk.exam.id,
            sheet_id=sheet.id,
            numbers=[1, 4],
            now=MONDAY_TEN,
        )


def test_a_hand_in_while_a_file_is_being_opened_keeps_it_out(desk: Desk) -> None:
    session, actor, exam_id = desk.session, desk.actor, desk.exam.id
    slot = desk.open(picture(7), page=2)
    put(slot, picture(7))
    upload = service.pending_upload(session, actor=actor, exam_id=exam_id, slot_id=slot.id, now=at(1))
    file = service.open_upload(storage.current(), upload)
    handed_in(desk)
    before = desk.pages()
    with pytest.raises(AlreadyHandedIn):
        service.keep_sheets(session, actor=actor, exam_id=exam_id, slot_id=slot.id, file=file, now=at(1))
    assert desk.pages() == before


def test_handing_in_freezes_every_sheet(desk: Desk) -> None:
    slot = desk.open(picture(7), page=2)
    put(slot, picture(7))
    handed_in(desk)
    (_, sheet_id), *_ = before = desk.pages()
    session, actor, exam_id, now = desk.session, desk.actor, desk.exam.id, at(2)
    acts: list[Callable[[], object]] = [
        lambda: desk.open(picture(2), now=now),
        lambda: desk.confirm(slot, now=now),
        lambda: service.order_sheets(session, actor=actor, exam_id=exam_id, sheet_ids=[sheet_id], now=now),
        lambda: service.set_questions(
            session, actor=actor, exam_id=exam_id, sheet_id=sheet_id, numbers=[4], now=now
        ),
        lambda: service.delete_sheet(session, actor=actor, exam_id=exam_id, sheet_id=sheet_id, now=now),
    ]
    for act in acts:
        with pytest.raises(AlreadyHandedIn):
            act()
    assert desk.pages() == before
    assert desk.exam.state is ExamState.HANDED_IN
