from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts import queries, service
from mathvidya.attempts.errors import OnePageAsked, PageRequestClosed
from mathvidya.attempts.models import AnswerSheetUpload, PageRequest, UploadSlot
from mathvidya.platform.errors import NotFound, WrongState
from tests.answer_books import Desk, claim, picture, put
from tests.factories import MONDAY_TEN, actor_of, make_student
from tests.platform import hostile
from tests.sittings import at, consent, make_exam, start, student_of
from workflows.models import OutboxMessage

pytestmark = pytest.mark.usefixtures("store")

ANSWER_BY = MONDAY_TEN + timedelta(days=7)


@pytest.fixture
def desk(session: Session) -> Desk:
    """A student whose two pages are being marked."""
    exam = make_exam(session)
    consent(session, student_of(session, exam))
    start(session, exam)
    desk = Desk(session, exam)
    for page, number in ((1, 4), (2, 5)):
        sheet = desk.upload(picture(page), page)
        service.set_questions(
            session, actor=desk.actor, exam_id=exam.id, sheet_id=sheet.id, numbers=[number], now=at(1)
        )
    service.hand_in(session, actor=desk.actor, exam_id=exam.id, now=at(2))
    service.begin_evaluation(session, exam_id=exam.id, now=at(3))
    return desk


def ask(desk: Desk, sheet_index: int = 1) -> PageRequest:
    _, sheet_id = desk.pages()[sheet_index]
    return service.request_page(
        desk.session, exam_id=desk.exam.id, sheet_id=sheet_id, answer_by=ANSWER_BY, now=at(4)
    )


def slot_for(desk: Desk, request: PageRequest, data: bytes) -> UploadSlot:
    slot = service.open_request_slot(
        desk.session,
        actor=desk.actor,
        exam_id=desk.exam.id,
        request_id=request.id,
        file=claim(data),
        now=at(5),
    )
    put(slot, data)
    return slot


def test_the_page_that_was_asked_for_takes_the_place_of_the_other(desk: Desk) -> None:
    (_, first), (_, unreadable) = desk.pages()
    request = ask(desk)
    (answer,) = desk.confirm(slot_for(desk, request, picture(9)), now=at(6))
    assert desk.pages() == [(1, first), (2, answer)]
    sheet = desk.session.get_one(AnswerSheetUpload, answer)
    assert sheet.question_numbers == [5]
    assert desk.session.get_one(AnswerSheetUpload, unreadable).superseded_at == at(6)
    assert (request.answered_at, request.replacement_id) == (at(6), answer)


def test_whoever_asked_is_told_which_sheet_replaces_which(desk: Desk) -> None:
    _, (_, unreadable) = desk.pages()
    request = ask(desk)
    (answer,) = desk.confirm(slot_for(desk, request, picture(9)), now=at(6))
    (told,) = desk.session.scalars(
        select(OutboxMessage.payload).where(OutboxMessage.topic == "exam.page_replaced")
    )
    assert told == {
        "exam_id": str(desk.exam.id),
        "page_request_id": str(request.id),
        "sheet_id": str(answer),
        "replaced_sheet_id": str(unreadable),
    }


def test_a_request_opens_its_own_page_and_no_other(desk: Desk) -> None:
    ask(desk)
    with pytest.raises(WrongState):
        desk.open(picture(9), page=1, now=at(5))


def test_an_answered_request_is_closed(desk: Desk) -> None:
    request = ask(desk)
    first, second = slot_for(desk, request, picture(8)), slot_for(desk, request, picture(9))
    (answer,) = desk.confirm(first, now=at(6))
    with pytest.raises(PageRequestClosed):
        desk.confirm(second, now=at(7))
    with pytest.raises(PageRequestClosed):
        slot_for(desk, request, picture(7))
    assert desk.confirm(first, now=at(8)) == [answer]


def test_the_time_to_answer_ends(desk: Desk) -> None:
    request = ask(desk)
    slot = slot_for(desk, request, picture(9))
    with pytest.raises(PageRequestClosed):
        desk.confirm(slot, now=ANSWER_BY + timedelta(microseconds=1))
    assert desk.confirm(slot, now=ANSWER_BY)


def test_asking_again_before_the_answer_moves_the_time_and_asks_once(desk: Desk) -> None:
    request = ask(desk)
    later = ANSWER_BY + timedelta(days=1)
    again = service.request_page(
        desk.session, exam_id=desk.exam.id, sheet_id=request.sheet_id, answer_by=later, now=at(5)
    )
    assert (again.id, again.answer_by) == (request.id, later)


def test_the_page_that_came_can_be_asked_for_anew(desk: Desk) -> None:
    first = ask(desk)
    (answer,) = desk.confirm(slot_for(desk, first, picture(9)), now=at(6))
    second = ask(desk)
    assert second.id != first.id
    assert second.sheet_id == answer
    found = queries.page_requests(desk.session, desk.actor, desk.exam.id)
    assert [each.id for each in found] == [second.id, first.id]


def test_one_page_is_asked_for_and_one_is_taken(desk: Desk) -> None:
    before, request = desk.pages(), ask(desk)
    slot = slot_for(desk, request, hostile.pdf(pages=2))
    with pytest.raises(OnePageAsked):
        desk.confirm(slot, now=at(6))
    assert desk.pages() == before


def test_a_page_is_asked_for_only_under_evaluation_and_only_of_its_exam(desk: Desk, session: Session) -> None:
    other = make_exam(session)
    _, sheet_id = desk.pages()[0]
    with pytest.raises(WrongState):
        service.request_page(session, exam_id=other.id, sheet_id=sheet_id, answer_by=ANSWER_BY, now=at(4))
    request = ask(desk)
    desk.confirm(slot_for(desk, request, picture(9)), now=at(6))
    with pytest.raises(NotFound):
        service.request_page(
            session, exam_id=desk.exam.id, sheet_id=request.sheet_id, answer_by=ANSWER_BY, now=at(7)
        )


def test_a_request_to_somebody_else_is_nowhere(desk: Desk) -> None:
    request = ask(desk)
    with pytest.raises(NotFound):
        service.open_request_slot(
            desk.session,
            actor=actor_of(make_student(desk.session)),
            exam_id=desk.exam.id,
            request_id=request.id,
            file=claim(picture(9)),
            now=at(5),
        )
