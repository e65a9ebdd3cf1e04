from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mathvidya.bank import service
from mathvidya.bank.models import Question, QuestionStatus
from mathvidya.bank.queries import question_for_actor
from mathvidya.exams.models import ExamTemplate
from mathvidya.platform.actors import SYSTEM
from seeds.reference import questions, templates
from tests.factories import MONDAY_TEN, actor_of, make_admin, make_content

LATER = MONDAY_TEN + timedelta(days=1)

FILE = """
- code: xii-matrices-vsa-01
  type: VSA
  class: XII
  levels: []
  unit: Algebra
  chapter: Matrices
  marks: 2
  cognitive: apply
  difficulty: easy
  tags: [order]
  text: Find $x$.
  solution: It is $1$.
  scheme: {steps: [{marks: '2', text: Finds it}]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "xii").mkdir()
    (tmp_path / "xii" / "matrices.yaml").write_text(FILE)
    return tmp_path


def rewrite(folder: Path, old: str, new: str) -> None:
    file = folder / "xii" / "matrices.yaml"
    file.write_text(file.read_text().replace(old, new))


def rows(session: Session) -> list[tuple[int, str, bool, str]]:
    found = session.execute(select(Question).order_by(Question.version)).scalars()
    return [(row.version, row.status.value, row.is_current, row.solution) for row in found]


def test_what_is_missing_is_planted_approved(session: Session, folder: Path) -> None:
    assert questions.plant(session, MONDAY_TEN, folder=folder) == 1
    assert rows(session) == [(1, "active", True, "It is $1$.")]


def test_planting_again_changes_nothing(session: Session, folder: Path) -> None:
    questions.plant(session, MONDAY_TEN, folder=folder)
    assert questions.plant(session, LATER, folder=folder) == 0


def test_a_changed_file_makes_the_next_version(session: Session, folder: Path) -> None:
    questions.plant(session, MONDAY_TEN, folder=folder)
    rewrite(folder, "It is $1$.", "It is $2$.")
    assert questions.plant(session, LATER, folder=folder) == 1
    assert rows(session) == [(1, "archived", False, "It is $1$."), (2, "active", True, "It is $2$.")]


def test_what_people_have_under_work_or_in_use_or_archived_is_left_alone(
    session: Session, folder: Path
) -> None:
    questions.plant(session, MONDAY_TEN, folder=folder)
    planted = session.execute(select(Question)).scalar_one()
    admin = actor_of(make_admin(session))
    service.revise(
        session,
        actor=admin,
        question_id=planted.question_id,
        expected_version=1,
        content=make_content(solution="An admin's."),
        now=MONDAY_TEN,
    )
    rewrite(folder, "It is $1$.", "It is $2$.")
    assert questions.plant(session, LATER, folder=folder) == 0
    for verb in (service.submit, service.approve):
        verb(session, actor=admin, question_id=planted.question_id, expected_version=2, now=MONDAY_TEN)
    assert questions.plant(session, LATER, folder=folder) == 0
    service.archive(session, actor=admin, question_id=planted.question_id, expected_version=2, now=LATER)
    assert questions.plant(session, LATER, folder=folder) == 0


def test_a_broken_file_is_named_with_its_question_and_field(session: Session, folder: Path) -> None:
    rewrite(folder, "marks: 2", "marks: two")
    with pytest.raises(questions.BrokenReference, match=r"matrices\.yaml: xii-matrices-vsa-01: marks"):
        questions.plant(session, MONDAY_TEN, folder=folder)


def test_a_question_is_the_same_one_in_every_installation(session: Session, folder: Path) -> None:
    questions.plant(session, MONDAY_TEN, folder=folder)
    known = UUID("082a9b81-5dd1-58c0-a6d9-77461a918862")
    assert question_for_actor(session, SYSTEM, known).code == "xii-matrices-vsa-01"


def test_the_whole_reference_bank_keeps_the_rules(session: Session) -> None:
    planted = questions.plant(session, MONDAY_TEN)
    active = select(func.count()).where(Question.status == QuestionStatus.ACTIVE, Question.is_current)
    assert planted == session.execute(active).scalar_one() > 0
    assert questions.plant(session, LATER) == 0


def test_the_reference_templates_are_planted_once(session: Session) -> None:
    templates.plant(session, MONDAY_TEN)
    templates.plant(session, LATER)
    codes = session.execute(select(ExamTemplate.code)).scalars().all()
    assert {"cbse-xii-board", "cbse-x-standard-board", "cbse-x-basic-board"} <= set(codes)
    assert len(codes) == len(set(codes))
