from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mathvidya.bank import service
from mathvidya.bank.drafts import Draft
from mathvidya.bank.errors import InvalidQuestion, NotInReview, OwnQuestion, QuestionArchived
from mathvidya.bank.models import Question, QuestionStatus, QuestionType
from mathvidya.bank.queries import drawable
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Forbidden, NotFound, StaleVersion, WrongState
from mathvidya.system.models import AuditLog, SystemConfig
from tests.factories import (
    MONDAY_TEN,
    ClassLevel,
    actor_of,
    make_admin,
    make_content,
    make_parent,
    make_question,
    make_student,
    make_teacher,
)

NOW = MONDAY_TEN
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def author(session: Session) -> Actor:
    return actor_of(make_teacher(session))


@pytest.fixture
def colleague(session: Session) -> Actor:
    return actor_of(make_teacher(session))


@pytest.fixture
def admin(session: Session) -> Actor:
    return actor_of(make_admin(session))


def write(session: Session, actor: Actor) -> Question:
    return service.create_question(session, actor=actor, draft=Draft(None, make_content()), now=NOW)


def edit(
    session: Session, actor: Actor, question_id: UUID, version: int, text: str = "Find $y$."
) -> Question:
    content = make_content(text=text)
    return service.revise(
        session, actor=actor, question_id=question_id, expected_version=version, content=content, now=LATER
    )


def submit(session: Session, actor: Actor, question: Question) -> Question:
    return service.submit(
        session,
        actor=actor,
        question_id=question.question_id,
        expected_version=question.version,
        now=LATER,
    )


def approve(session: Session, actor: Actor, question: Question) -> Question:
    return service.approve(
        session,
        actor=actor,
        question_id=question.question_id,
        expected_version=question.version,
        now=LATER,
    )


def archive(session: Session, actor: Actor, question: Question) -> Question:
    return service.archive(
        session,
        actor=actor,
        question_id=question.question_id,
        expected_version=question.version,
        now=LATER,
    )


def standing(session: Session, question_id: UUID) -> list[tuple[int, str, bool]]:
    rows = select(Question).where(Question.question_id == question_id).order_by(Question.version)
    return [(row.version, row.status.value, row.is_current) for row in session.execute(rows).scalars()]


def drawn_version(session: Session, question_id: UUID) -> int | None:
    found = drawable(session, ClassLevel.XII, None)
    return next((each.version for each in found if each.question_id == question_id), None)


def test_a_new_question_is_a_draft_that_no_paper_takes(session: Session, author: Actor) -> None:
    question = write(session, author)
    assert standing(session, question.question_id) == [(1, "draft", True)]
    assert drawn_version(session, question.question_id) is None


def test_a_broken_question_is_not_saved(session: Session, author: Actor) -> None:
    with pytest.raises(InvalidQuestion):
        service.create_question(session, actor=author, draft=Draft(None, make_content(solution="")), now=NOW)
    assert session.execute(select(Question)).first() is None


def test_an_edit_of_a_draft_makes_the_next_version_the_current_one(session: Session, author: Actor) -> None:
    question = write(session, author)
    edit(session, author, question.question_id, 1)
    assert standing(session, question.question_id) == [(1, "archived", False), (2, "draft", True)]


def test_the_version_in_use_stays_in_use_until_an_edit_is_approved(
    session: Session, author: Actor, colleague: Actor
) -> None:
    question = write(session, author)
    approve(session, colleague, submit(session, author, question))
    question.uses = 5
    second = edit(session, author, question.question_id, 1)
    assert standing(session, question.question_id) == [(1, "active", True), (2, "draft", False)]
    third = edit(session, author, question.question_id, 2)
    assert standing(session, question.question_id)[1:] == [(2, "archived", False), (3, "draft", False)]
    assert second.version == 2
    submit(session, author, third)
    assert drawn_version(session, question.question_id) == 1
    approve(session, colleague, third)
    assert standing(session, question.question_id) == [
        (1, "archived", False),
        (2, "archived", False),
        (3, "active", True),
    ]
    assert drawn_version(session, question.question_id) == 3
    assert third.uses == 5


def test_an_edit_from_an_older_version_is_refused_with_the_one_that_stands(
    session: Session, author: Actor
) -> None:
    question = write(session, author)
    edit(session, author, question.question_id, 1)
    with pytest.raises(StaleVersion) as refusal:
        edit(session, author, question.question_id, 1)
    assert refusal.value.extra["current_version"] == 2


def test_approval_is_of_the_version_that_was_read(session: Session, author: Actor, colleague: Actor) -> None:
    question = submit(session, author, write(session, author))
    edit(session, author, question.question_id, 1)
    with pytest.raises(StaleVersion):
        approve(session, colleague, question)


def test_an_edit_keeps_the_image_and_the_image_is_changed_by_a_version_of_its_own(
    session: Session, author: Actor
) -> None:
    question = write(session, author)
    pictured = service.attach_image(
        session,
        actor=author,
        question_id=question.question_id,
        expected_version=1,
        image_key="questions/figure.png",
        now=NOW,
    )
    assert (pictured.version, pictured.text) == (2, question.text)
    assert edit(session, author, question.question_id, 2).image_key == "questions/figure.png"


def test_authors_do_not_approve_what_they_wrote(session: Session, author: Actor) -> None:
    question = submit(session, author, write(session, author))
    with pytest.raises(OwnQuestion):
        approve(session, author, question)


def test_an_admin_approves_even_the_own_question(session: Session, admin: Actor) -> None:
    assert approve(session, admin, submit(session, admin, write(session, admin))).approved_by == admin.id


def test_a_draft_is_not_approved_before_it_is_submitted(
    session: Session, author: Actor, colleague: Actor
) -> None:
    with pytest.raises(NotInReview):
        approve(session, colleague, write(session, author))


def test_a_question_is_submitted_once(session: Session, author: Actor) -> None:
    question = submit(session, author, write(session, author))
    with pytest.raises(WrongState):
        submit(session, author, question)


def test_where_no_review_is_required_a_submitted_draft_goes_into_use(session: Session, author: Actor) -> None:
    session.merge(SystemConfig(key="question_approval_required", value=False, description="off"))
    session.flush()
    assert submit(session, author, write(session, author)).status is QuestionStatus.ACTIVE


def test_a_version_that_is_sent_back_is_a_draft_again(
    session: Session, author: Actor, colleague: Actor
) -> None:
    question = submit(session, author, write(session, author))
    service.send_back(
        session,
        actor=colleague,
        question_id=question.question_id,
        expected_version=1,
        reason="Step 2 is missing.",
        now=LATER,
    )
    assert question.status is QuestionStatus.DRAFT


def test_an_archived_question_is_drawn_and_edited_no_more(session: Session, admin: Actor) -> None:
    question = make_question(session)
    archive(session, admin, question)
    assert drawn_version(session, question.question_id) is None
    with pytest.raises(QuestionArchived):
        edit(session, admin, question.question_id, 1)


def test_archiving_takes_what_is_under_work_along(session: Session, admin: Actor) -> None:
    question = make_question(session)
    archive(session, admin, edit(session, admin, question.question_id, 1))
    assert standing(session, question.question_id) == [(1, "archived", True), (2, "archived", False)]


def test_a_teacher_archives_an_own_draft_but_nothing_in_use(
    session: Session, author: Actor, colleague: Actor
) -> None:
    assert archive(session, author, write(session, author)).status is QuestionStatus.ARCHIVED
    used = approve(session, colleague, submit(session, author, write(session, author)))
    with pytest.raises(Forbidden):
        archive(session, author, used)


def test_a_teacher_does_not_edit_a_colleagues_question(
    session: Session, author: Actor, colleague: Actor
) -> None:
    question = write(session, author)
    with pytest.raises(Forbidden):
        edit(session, colleague, question.question_id, 1)


def test_an_author_may_go_on_after_an_admins_edit(session: Session, author: Actor, admin: Actor) -> None:
    question = write(session, author)
    edit(session, admin, question.question_id, 1)
    assert edit(session, author, question.question_id, 2).version == 3


def test_to_students_and_parents_there_is_no_bank(session: Session, author: Actor) -> None:
    question = write(session, author)
    for outsider in (actor_of(make_student(session)), actor_of(make_parent(session))):
        with pytest.raises(NotFound):
            write(session, outsider)
        with pytest.raises(NotFound):
            edit(session, outsider, question.question_id, 1)
        with pytest.raises(NotFound):
            approve(session, outsider, question)


def test_the_database_keeps_a_version_as_it_is(session: Session) -> None:
    question = make_question(session)
    question.solution = "Another one."
    with pytest.raises(IntegrityError, match="never changes"):
        session.flush()


def test_every_act_is_on_the_audit_trail(session: Session, author: Actor, colleague: Actor) -> None:
    question = submit(session, author, write(session, author))
    approve(session, colleague, question)
    edit(session, author, question.question_id, 1)
    subject = str(question.question_id)
    rows = select(AuditLog.action).where(AuditLog.subject_id == subject).order_by(AuditLog.id)
    assert session.execute(rows).scalars().all() == [
        "question.created",
        "question.submitted",
        "question.approved",
        "question.updated",
    ]


def test_a_question_of_each_type_can_be_stored(session: Session, author: Actor) -> None:
    for type_ in QuestionType:
        draft = Draft(None, make_content(type_))
        service.create_question(session, actor=author, draft=draft, now=NOW)
