from collections import Counter
from uuid import UUID

from sqlalchemy import select

from mathvidya.bank import service
from mathvidya.bank.models import Question, QuestionStatus
from mathvidya.platform import db
from mathvidya.platform.actors import Actor
from mathvidya.platform.db import Database
from mathvidya.platform.errors import StaleVersion
from tests.concurrency.racing import race
from tests.factories import MONDAY_TEN, actor_of, make_admin, make_content, make_question

RUNNERS = 16


def test_of_edits_made_from_one_version_one_wins(committed_database: Database) -> None:
    question_id, admin = _planted()

    def edit(number: int) -> str:
        try:
            with db.transaction() as session:
                service.revise(
                    session,
                    actor=admin,
                    question_id=question_id,
                    expected_version=1,
                    content=make_content(text=f"By runner {number}."),
                    now=MONDAY_TEN,
                )
        except StaleVersion:
            return "stale"
        return "saved"

    assert Counter(race(RUNNERS, edit)) == {"saved": 1, "stale": RUNNERS - 1}
    assert _versions(question_id) == [(1, "active", True), (2, "draft", False)]


def test_a_question_is_counted_while_it_is_edited_and_nobody_waits(committed_database: Database) -> None:
    question_id, admin = _planted()

    def act(number: int) -> None:
        with db.transaction() as session:
            if number == 0:
                service.archive(
                    session, actor=admin, question_id=question_id, expected_version=1, now=MONDAY_TEN
                )
            else:
                service.count_uses(session, [(question_id, 1)])

    race(RUNNERS, act)
    with db.reading() as session:
        row = session.execute(select(Question)).scalar_one()
        assert row.status is QuestionStatus.ARCHIVED
        assert 1 <= row.uses <= RUNNERS - 1


def test_counting_passes_over_what_another_draw_holds(committed_database: Database) -> None:
    question_id, _ = _planted()
    with db.transaction() as one:
        service.count_uses(one, [(question_id, 1)])
        with db.transaction() as other:
            service.count_uses(other, [(question_id, 1)])
    with db.reading() as session:
        assert session.execute(select(Question.uses)).scalar_one() == 1


def _planted() -> tuple[UUID, Actor]:
    with db.transaction() as session:
        return make_question(session).question_id, actor_of(make_admin(session))


def _versions(question_id: UUID) -> list[tuple[int, str, bool]]:
    with db.reading() as session:
        rows = select(Question).where(Question.question_id == question_id).order_by(Question.version)
        return [(row.version, row.status.value, row.is_current) for row in session.execute(rows).scalars()]
