import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from mathvidya.accounts.models import User
from mathvidya.attempts.models import ExamInstance
from tests.api.desk import Desk, problem
from tests.factories import make_admin, make_parent, make_student
from tests.platform.pdf_pages import texts_of
from tests.sittings import make_exam, start, student_of


@pytest.fixture
def desk(client: FlaskClient, session: Session) -> Desk:
    return Desk(client, session)


@pytest.fixture
def exam(session: Session) -> ExamInstance:
    return start(session, make_exam(session))


@pytest.fixture
def student(session: Session, exam: ExamInstance) -> User:
    return student_of(session, exam)


def numbers_in(pdf: bytes) -> list[int]:
    return [int(each) for each in re.findall(r"^(\d+)\.", "\n".join(texts_of(pdf)), re.MULTILINE)]


@pytest.mark.parametrize(("query", "numbers"), [("", [1, 2, 3, 4, 5]), ("?part=written", [4, 5])])
def test_the_paper_is_printed_with_its_questions(
    desk: Desk, exam: ExamInstance, student: User, query: str, numbers: list[int]
) -> None:
    response = desk.ask(student, "GET", f"/exams/{exam.id}/paper.pdf{query}")
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    assert response.data.startswith(b"%PDF")
    assert numbers_in(response.data) == numbers
    assert ["Page 1 of 1" in text for text in texts_of(response.data)] == [True]
    assert "no-store" in response.headers["Cache-Control"]


def test_an_admin_prints_it_and_a_parent_does_not(desk: Desk, session: Session, exam: ExamInstance) -> None:
    path = f"/exams/{exam.id}/paper.pdf"
    assert desk.ask(make_admin(session), "GET", path).status_code == 200
    assert problem(desk.ask(make_parent(session), "GET", path)) == (403, "forbidden")


def test_a_stranger_finds_nothing_and_nobody_nothing(
    desk: Desk, session: Session, exam: ExamInstance
) -> None:
    path = f"/exams/{exam.id}/paper.pdf"
    assert problem(desk.ask(make_student(session), "GET", path)) == (404, "not-found")
    assert problem(desk.ask(None, "GET", path)) == (401, "unauthenticated")


def test_nobody_prints_it_before_the_start(desk: Desk, session: Session) -> None:
    waiting = make_exam(session)
    response = desk.ask(student_of(session, waiting), "GET", f"/exams/{waiting.id}/paper.pdf")
    assert problem(response) == (409, "exam-not-started")


def test_another_part_is_refused(desk: Desk, exam: ExamInstance, student: User) -> None:
    response = desk.ask(student, "GET", f"/exams/{exam.id}/paper.pdf?part=key")
    assert problem(response) == (422, "invalid")
