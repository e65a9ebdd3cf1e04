from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from psycopg import Cursor
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from mathvidya.accounts.models import User
from mathvidya.attempts.models import ExamInstance, StudentMcqAnswer
from mathvidya.platform import clock
from tests.api.desk import Desk, an_answer, problem
from tests.factories import make_student
from tests.sittings import add_sheet, make_exam, start, student_of


@pytest.fixture
def desk(client: FlaskClient, session: Session) -> Desk:
    return Desk(client, session)


@pytest.fixture
def exam(session: Session) -> ExamInstance:
    return start(session, make_exam(session, created_at=clock.now()), clock.now())


@pytest.fixture
def student(session: Session, exam: ExamInstance) -> User:
    return student_of(session, exam)


class TestAnswers:
    def test_a_save_says_what_is_stored(self, desk: Desk, exam: ExamInstance, student: User) -> None:
        response = desk.put_answer(student, exam, 1, choices=["B"], sequence=7, marked_for_review=True)
        assert response.status_code == 200
        assert response.json is not None
        assert {**response.json, "saved_at": None} == {
            "number": 1,
            "choices": ["B"],
            "marked_for_review": True,
            "sequence": 7,
            "saved_at": None,
            "superseded": False,
        }

    def test_an_older_save_learns_of_the_newer(self, desk: Desk, exam: ExamInstance, student: User) -> None:
        desk.put_answer(student, exam, 1, choices=["B"], sequence=7)
        response = desk.put_answer(student, exam, 1, choices=["A"], sequence=3)
        assert response.json is not None
        assert (response.json["superseded"], response.json["choices"]) == (True, ["B"])

    def test_a_new_device_restores_them(self, desk: Desk, exam: ExamInstance, student: User) -> None:
        desk.put_answer(student, exam, 2, choices=["B"], sequence=7)
        restored = desk.ask(student, "GET", f"/exams/{exam.id}/answers")
        assert restored.json is not None
        assert [(each["number"], each["sequence"]) for each in restored.json["answers"]] == [(2, 7)]
        assert "marks_awarded" not in restored.json["answers"][0]

    def test_after_time_is_a_problem_of_its_own(self, desk: Desk, session: Session) -> None:
        exam = make_exam(session)
        start(session, exam, clock.now() - timedelta(hours=3))
        response = desk.put_answer(student_of(session, exam), exam, 1)
        assert problem(response) == (409, "answer-after-time")

    def test_the_exam_of_another_is_none(self, desk: Desk, session: Session, exam: ExamInstance) -> None:
        assert problem(desk.put_answer(make_student(session), exam, 1)) == (404, "not-found")
        assert session.scalars(select(StudentMcqAnswer)).all() == []

    @pytest.mark.parametrize(
        "values",
        [
            {"sequence": 0},
            {"sequence": -1},
            {"sequence": 2**63},
            {"sequence": 1.5},
            {"sequence": "x"},
            {"sequence": None},
            {"choices": "A"},
            {"choices": ["A"] * 9},
            {"choices": ["A" * 9]},
            {"choices": [""]},
            {"choices": [1]},
            {"choices": None},
            {"choices": ["E"]},
            {"choices": ["A\x00"]},
            {"answered_at": "yesterday"},
            {"answered_at": "2026-01-05T10:00:00"},
            {"answered_at": 1767587400},
            {"answered_at": None},
            {"marked_for_review": "perhaps"},
            {"score": "80"},
        ],
    )
    def test_what_cannot_be_right_names_its_field_and_saves_nothing(
        self, desk: Desk, session: Session, exam: ExamInstance, student: User, values: dict[str, Any]
    ) -> None:
        response = desk.put_answer(student, exam, 1, **values)
        assert problem(response) == (422, "invalid")
        assert response.json is not None
        assert set(response.json["errors"]) == set(values)
        assert session.scalars(select(StudentMcqAnswer)).all() == []

    @pytest.mark.parametrize(
        "body",
        [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"choices": [' + b'"A",' * 1000 + b'"A"]}', b"[" * 1500],
    )
    def test_a_body_that_is_no_answer_is_refused(
        self, desk: Desk, exam: ExamInstance, student: User, body: bytes
    ) -> None:
        response = desk.ask(student, "PUT", f"/exams/{exam.id}/answers/1", data=body)
        assert problem(response) == (422, "invalid")

    @pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+05:30", "9999-12-31T23:59:59-05:30"])
    def test_a_time_at_the_edge_of_the_calendar_is_no_crash(
        self, desk: Desk, exam: ExamInstance, student: User, moment: str
    ) -> None:
        assert problem(desk.put_answer(student, exam, 1, answered_at=moment)) == (422, "invalid")

    @pytest.mark.parametrize("number", [0, 4, 99, 10**30])
    def test_a_number_without_choices_is_refused(
        self, desk: Desk, exam: ExamInstance, student: User, number: int
    ) -> None:
        assert problem(desk.put_answer(student, exam, number)) == (422, "invalid")

    def test_what_was_gathered_offline_is_saved_answer_by_answer(
        self, desk: Desk, exam: ExamInstance, student: User
    ) -> None:
        answers = [an_answer(number=1), an_answer(number=2, choices=["Z"]), an_answer(number=3)]
        response = desk.ask(student, "PUT", f"/exams/{exam.id}/answers", json={"answers": answers})
        assert response.json is not None
        outcomes = response.json["answers"]
        assert [each["saved"] is not None for each in outcomes] == [True, False, True]
        assert outcomes[1]["problem"]["type"] == "/problems/invalid"

    @pytest.mark.parametrize("answers", [None, [], "x", [an_answer(number=1)] * 201, [1], [an_answer()]])
    def test_a_bad_list_is_refused_whole(
        self, desk: Desk, session: Session, exam: ExamInstance, student: User, answers: Any
    ) -> None:
        response = desk.ask(student, "PUT", f"/exams/{exam.id}/answers", json={"answers": answers})
        assert problem(response) == (422, "invalid")
        assert session.scalars(select(StudentMcqAnswer)).all() == []


class TestHandingIn:
    def hand_in(self, desk: Desk, who: User, exam: ExamInstance, **headers: str) -> TestResponse:
        return desk.ask(who, "POST", f"/exams/{exam.id}/hand-in", headers=headers)

    def test_what_is_missing_is_named(self, desk: Desk, exam: ExamInstance, student: User) -> None:
        declared = desk.ask(student, "PUT", f"/exams/{exam.id}/unanswered/4")
        assert declared.json is not None
        assert declared.json["outstanding"]["missing"] == [5]
        refused = self.hand_in(desk, student, exam)
        assert problem(refused) == (409, "hand-in-incomplete")
        assert refused.json is not None
        assert refused.json["missing"] == [5]

    def test_the_receipt_can_be_read_again(
        self, desk: Desk, session: Session, exam: ExamInstance, student: User
    ) -> None:
        sheet = add_sheet(session, exam, 1, 4, 5)
        receipt = self.hand_in(desk, student, exam)
        assert receipt.status_code == 200
        assert receipt.json is not None
        assert receipt.json["pages"] == [
            {"page_number": 1, "sha256": sheet.sha256.hex(), "question_numbers": [4, 5]}
        ]
        again = desk.ask(student, "GET", f"/exams/{exam.id}/receipt")
        assert again.json == receipt.json

    def test_a_second_hand_in_is_a_problem_of_its_own(
        self, desk: Desk, session: Session, exam: ExamInstance, student: User
    ) -> None:
        add_sheet(session, exam, 1, 4, 5)
        self.hand_in(desk, student, exam)
        second = self.hand_in(desk, student, exam)
        assert problem(second) == (409, "already-handed-in")
        assert second.json is not None
        assert second.json["handed_in_at"]

    def test_the_same_request_sent_twice_gets_the_same_receipt(
        self, desk: Desk, session: Session, exam: ExamInstance, student: User
    ) -> None:
        add_sheet(session, exam, 1, 4, 5)
        first, second = (self.hand_in(desk, student, exam, **{"Idempotency-Key": "h-1"}) for _ in range(2))
        assert (second.status_code, second.json) == (200, first.json)

    def test_choices_alone_show_their_score_at_once(self, desk: Desk, session: Session) -> None:
        exam = make_exam(session, written=False, created_at=clock.now())
        start(session, exam, clock.now() - timedelta(minutes=1))
        student = student_of(session, exam)
        desk.put_answer(student, exam, 1, choices=["A"])
        assert self.hand_in(desk, student, exam).status_code == 200
        read = desk.ask(student, "GET", f"/exams/{exam.id}")
        assert read.json is not None
        assert read.json["exam"]["state"] == "published"
        assert read.json["exam"]["score"] == {
            "mcq": "1.00",
            "manual": "0.00",
            "total": "1.00",
            "possible": "3.00",
            "percentage": "33.33",
        }

    def test_a_declaration_is_taken_back(self, desk: Desk, exam: ExamInstance, student: User) -> None:
        path = f"/exams/{exam.id}/unanswered/4"
        assert desk.ask(student, "PUT", path).status_code == 200
        taken_back = desk.ask(student, "DELETE", path)
        assert taken_back.json is not None
        assert taken_back.json["unanswered"] == []

    def test_finishing_early_closes_answers(self, desk: Desk, exam: ExamInstance, student: User) -> None:
        finished = desk.ask(student, "POST", f"/exams/{exam.id}/finish-answering")
        assert finished.json is not None
        assert finished.json["phase"] == "uploading"
        assert problem(desk.put_answer(student, exam, 1)) == (409, "answer-after-time")


def test_a_save_costs_one_statement(
    desk: Desk, exam: ExamInstance, student: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    execute = Cursor.execute

    def note(self: Any, query: Any, *values: Any, **options: Any) -> Any:
        sent.append(str(query))
        return execute(self, query, *values, **options)

    desk.session.flush()
    monkeypatch.setattr(Cursor, "execute", note)
    desk.put_answer(student, exam, 1)
    savepoints = ("SAVEPOINT", "RELEASE")  # the test's own: the application commits instead
    assert len([query for query in sent if not query.startswith(savepoints)]) == 1
