from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from mathvidya.attempts.models import ExamQuestion
from mathvidya.bank.models import QuestionType
from mathvidya.evaluation.service.completion import complete
from mathvidya.platform.errors import NotFound
from mathvidya.results.queries import progress_of
from mathvidya.results.rules import Evidence, progress
from tests.factories import (
    MONDAY_TEN,
    actor_of,
    link_parent,
    make_admin,
    make_content,
    make_parent,
    make_question,
    make_student,
    make_teacher,
)
from tests.scripts import Script, make_script, mark_everything

BOARD = {"Algebra": 20, "Calculus": 60}


def marks(awarded: int, possible: int) -> Evidence:
    return Evidence(Decimal(awarded), Decimal(possible))


def mastery(**evidence: Evidence) -> dict[str, Decimal]:
    return {each.unit: each.mastery for each in progress(BOARD, evidence).units}


def test_without_evidence_everything_is_one_half() -> None:
    found = progress(BOARD, {})
    assert {each.mastery for each in found.units} == {Decimal("0.5")}
    assert found.readiness == Decimal("0.5")


def test_ten_marks_of_evidence_weigh_as_much_as_the_prior() -> None:
    assert progress({"Algebra": 80}, {"Algebra": marks(10, 10)}).readiness == Decimal("0.875")


def test_a_unit_never_sat_takes_after_the_others() -> None:
    found = mastery(Algebra=marks(30, 30))
    assert found["Calculus"] == Decimal("0.875")
    assert found["Algebra"] > found["Calculus"]


def test_much_evidence_outweighs_the_prior() -> None:
    assert mastery(Algebra=marks(0, 2000))["Algebra"] < Decimal("0.01")


def test_readiness_weighs_units_by_the_marks_of_the_board() -> None:
    strong_in_much = progress(BOARD, {"Calculus": marks(20, 20), "Algebra": marks(0, 20)})
    strong_in_little = progress(BOARD, {"Algebra": marks(20, 20), "Calculus": marks(0, 20)})
    assert strong_in_much.readiness > strong_in_little.readiness


evidence = st.integers(0, 200).flatmap(
    lambda possible: st.integers(0, possible).map(lambda awarded: marks(awarded, possible))
)


@given(evidence, evidence)
def test_shares_stay_between_nothing_and_everything(algebra: Evidence, calculus: Evidence) -> None:
    found = progress(BOARD, {"Algebra": algebra, "Calculus": calculus})
    assert all(0 < share < 1 for share in (found.readiness, *(each.mastery for each in found.units)))


@given(evidence, evidence)
def test_more_marks_never_lower_readiness(algebra: Evidence, calculus: Evidence) -> None:
    before = progress(BOARD, {"Algebra": algebra, "Calculus": calculus})
    after = progress(BOARD, {"Algebra": algebra + marks(5, 5), "Calculus": calculus})
    assert after.readiness >= before.readiness


KINDS = {1: QuestionType.MCQ, 2: QuestionType.VSA, 3: QuestionType.SA, 4: QuestionType.CASE_STUDY}
UNITS = {1: ("Algebra", "Matrices"), 2: ("Calculus", "Integrals"), 3: ("Calculus", "Integrals")}


@pytest.fixture
def script(session: Session) -> Script:
    script = make_script(session)
    for number in range(1, 6):
        _draw(session, script, number, is_alternative=False)
    _draw(session, script, 3, is_alternative=True)
    mark_everything(session, script)
    return script


def _draw(session: Session, script: Script, number: int, *, is_alternative: bool) -> None:
    unit, chapter = UNITS.get(number, ("Probability", "Probability"))
    content = make_content(KINDS.get(number, QuestionType.VSA), unit=unit, chapter=chapter)
    question = make_question(session, content)
    session.add(
        ExamQuestion(
            exam_id=script.exam.id,
            number=number,
            is_alternative=is_alternative,
            student_id=script.student.id,
            question_id=question.question_id,
            version=1,
        )
    )
    session.flush()


def publish(session: Session, script: Script) -> None:
    complete(
        session,
        actor=script.actor,
        evaluation_id=script.evaluation.id,
        expected_version=1,
        lease_token=script.token,
        now=MONDAY_TEN,
    )


def shown(session: Session, script: Script) -> dict[str, Evidence]:
    found = progress_of(session, actor_of(script.student), script.student.id)
    return {each.unit: each.evidence for each in found.units if each.evidence.possible}


def test_published_marks_count_for_the_units_of_their_questions(session: Session, script: Script) -> None:
    publish(session, script)
    assert shown(session, script) == {
        "Algebra": marks(1, 1),
        "Calculus": marks(5, 5),
        "Probability": marks(4, 6),
    }


def test_marks_that_are_not_published_count_for_nothing(session: Session, script: Script) -> None:
    assert shown(session, script) == {}


def test_every_unit_of_the_board_is_there_with_its_marks(session: Session, script: Script) -> None:
    found = progress_of(session, actor_of(script.student), script.student.id)
    assert sum(each.board_marks for each in found.units) == 80


def test_progress_is_for_the_student_the_parents_and_admins(session: Session) -> None:
    student, other, parent = make_student(session), make_student(session), make_parent(session)
    link_parent(session, parent, student)
    for person in (student, parent, make_admin(session)):
        progress_of(session, actor_of(person), student.id)
    for person in (other, make_parent(session), make_teacher(session)):
        with pytest.raises(NotFound):
            progress_of(session, actor_of(person), student.id)
