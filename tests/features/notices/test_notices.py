from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.accounts.models import User
from mathvidya.attempts.events import ExamPublished
from mathvidya.evaluation.events import PageFlagged, SlaBreached
from mathvidya.notices.handlers import CONSUMERS
from mathvidya.notices.models import NoticeCategory, Notification
from mathvidya.notices.queries import notices_of, unread_count
from mathvidya.notices.service import mark_read
from mathvidya.platform.errors import NotFound
from mathvidya.platform.events import Event, tell
from tests.factories import (
    MONDAY_TEN,
    actor_of,
    link_parent,
    make_admin,
    make_parent,
    make_student,
    make_teacher,
)
from workflows.base import new_id
from workflows.models import OutboxMessage

LATER = MONDAY_TEN + timedelta(hours=1)


def deliver(session: Session, event: Event, times: int = 1) -> None:
    message = session.get_one(OutboxMessage, tell(session, event, now=MONDAY_TEN))
    session.flush()
    for consumer in CONSUMERS[event.topic] * times:
        consumer(session, message.payload, MONDAY_TEN)


def told(session: Session, user: User) -> list[NoticeCategory]:
    rows = select(Notification).where(Notification.user_id == user.id).order_by(Notification.id)
    return [notice.category for notice in session.scalars(rows)]


def test_a_result_is_told_to_the_student_and_every_linked_parent(session: Session) -> None:
    student, mother, father, stranger = (
        make_student(session),
        make_parent(session),
        make_parent(session),
        make_parent(session),
    )
    for parent in (mother, father):
        link_parent(session, parent, student)
    deliver(session, ExamPublished(new_id(), student.id))
    assert told(session, student) == [NoticeCategory.EVALUATION_COMPLETE]
    assert told(session, mother) == told(session, father) == [NoticeCategory.PARENT_UPDATE]
    assert told(session, stranger) == []


def test_an_event_that_comes_twice_is_told_once(session: Session) -> None:
    student = make_student(session)
    deliver(session, ExamPublished(new_id(), student.id), times=3)
    assert len(told(session, student)) == 1


def test_two_events_are_told_twice(session: Session) -> None:
    student = make_student(session)
    deliver(session, ExamPublished(new_id(), student.id))
    deliver(session, ExamPublished(new_id(), student.id))
    assert len(told(session, student)) == 2


def test_a_flagged_page_is_asked_of_its_student(session: Session) -> None:
    student = make_student(session)
    flagged = PageFlagged(new_id(), new_id(), new_id(), student.id, "unreadable", LATER)
    deliver(session, flagged)
    (notice,) = session.scalars(select(Notification).where(Notification.user_id == student.id))
    assert notice.category is NoticeCategory.PAGE_REQUEST
    assert notice.data == {
        "exam_id": str(flagged.exam_id),
        "sheet_id": str(flagged.sheet_id),
        "answer_by": LATER.isoformat(),
    }


def test_a_breach_is_told_to_every_admin_who_works_and_to_nobody_else(session: Session) -> None:
    admins = [make_admin(session), make_admin(session)]
    gone, teacher = make_admin(session, disabled_at=MONDAY_TEN), make_teacher(session)
    deliver(session, SlaBreached(new_id(), new_id(), LATER))
    assert all(told(session, admin) == [NoticeCategory.SLA_BREACH] for admin in admins)
    assert told(session, gone) == told(session, teacher) == []


def test_a_breach_without_admins_is_told_to_nobody(session: Session) -> None:
    deliver(session, SlaBreached(new_id(), new_id(), LATER))
    assert session.scalars(select(Notification)).all() == []


@pytest.fixture
def student(session: Session) -> User:
    student = make_student(session)
    for _ in range(3):
        deliver(session, ExamPublished(new_id(), student.id))
    return student


def test_notices_are_read_newest_first_page_by_page(session: Session, student: User) -> None:
    first = notices_of(session, actor_of(student), limit=2, after=None)
    rest = notices_of(session, actor_of(student), limit=2, after=first.next_after)
    ids = [notice.id for notice in (*first.items, *rest.items)]
    assert ids == sorted(ids, reverse=True)
    assert (len(ids), rest.next_after) == (3, None)


def test_reading_one_lowers_what_is_unread_and_the_first_time_counts(session: Session, student: User) -> None:
    actor = actor_of(student)
    (notice, *_) = notices_of(session, actor, limit=5, after=None).items
    mark_read(session, actor=actor, notification_id=notice.id, now=MONDAY_TEN)
    again = mark_read(session, actor=actor, notification_id=notice.id, now=LATER)
    session.flush()
    assert again.read_at == MONDAY_TEN
    assert unread_count(session, actor) == 2


def test_nobody_reads_the_notices_of_another(session: Session, student: User) -> None:
    other = actor_of(make_admin(session))
    (notice, *_) = notices_of(session, actor_of(student), limit=5, after=None).items
    with pytest.raises(NotFound):
        mark_read(session, actor=other, notification_id=notice.id, now=LATER)
    assert notices_of(session, other, limit=5, after=None).items == []
