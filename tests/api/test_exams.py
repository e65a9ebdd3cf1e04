from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from flask.testing import FlaskClient
from psycopg import Cursor
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from mathvidya.accounts.models import User
from mathvidya.app import create_app
from mathvidya.attempts.models import ExamInstance, StudentMcqAnswer
from mathvidya.platform import clock, tokens
from mathvidya.platform.db import Database
from mathvidya.settings import Settings
from tests.factories import actor_of, link_parent, make_admin, make_parent, make_student, make_teacher
from tests.sittings import add_sheet, consent, make_exam, plant_bank, start, student_of, subscribe
from workflows.base import new_id


class Desk:
    """Requests in people's names, against a database that holds what a test put there."""

    def __init__(self, client: FlaskClient, session: Session) -> None:
        self.client = client
        self.session = session

    def ask(self, who: User | None, method: str, path: str, **options: Any) -> TestResponse:
        self.session.flush()
        headers = dict(options.pop("headers", {}))
        if who is not None:
            secret = Settings().token_secret.get_secret_value()
            token = tokens.issue(actor_of(who), secret=secret, now=clock.now(), lifetime=timedelta(minutes=5))
            headers["Authorization"] = f"Bearer {token}"
        response = self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)
        self.session.expire_all()
        return response

    def put_answer(self, who: User, exam: ExamInstance, number: int, **values: Any) -> TestResponse:
        return self.ask(who, "PUT", f"/exams/{exam.id}/answers/{number}", json=an_answer(**values))


def an_answer(**values: Any) -> dict[str, Any]:
    return {"choices": ["A"], "sequence": 1, "answered_at": clock.now().isoformat(), **values}


@pytest.fixture
def desk(client: FlaskClient, session: Session) -> Desk:
    return Desk(client, session)


@pytest.fixture
def exam(session: Session) -> ExamInstance:
    return start(session, make_exam(session, created_at=clock.now()), clock.now())


@pytest.fixture
def student(session: Session, exam: ExamInstance) -> User:
    return student_of(session, exam)


def problem(response: TestResponse) -> tuple[int, str]:
    assert response.mimetype == "application/problem+json"
    assert response.json is not None
    return response.status_code, response.json["type"].removeprefix("/problems/")


class TestDrawing:
    @pytest.fixture
    def drawer(self, session: Session) -> User:
        plant_bank(session)
        student = make_student(session)
        subscribe(session, student)
        consent(session, student)
        return student

    def test_a_drawn_exam_says_what_it_is_and_shows_nothing_of_its_paper(
        self, desk: Desk, drawer: User
    ) -> None:
        response = desk.ask(drawer, "POST", "/exams", json={"template": "small-mixed"})
        assert response.status_code == 201
        assert response.json is not None
        assert response.json["state"] == "created"
        assert response.json["possible_score"] == "7"
        assert response.json["score"] is None
        assert "exam_snapshot" not in response.json
        sealed = desk.ask(drawer, "GET", f"/exams/{response.json['id']}/paper")
        assert problem(sealed) == (409, "exam-not-started")

    def test_the_same_request_sent_twice_draws_once(self, desk: Desk, drawer: User) -> None:
        wanted = {"json": {"template": "small-mixed"}, "headers": {"Idempotency-Key": "draw-1"}}
        first, second = (desk.ask(drawer, "POST", "/exams", **wanted) for _ in range(2))
        assert first.json == second.json
        assert second.headers["Idempotent-Replay"] == "true"

    def test_a_second_exam_is_refused_naming_the_first(self, desk: Desk, drawer: User) -> None:
        first = desk.ask(drawer, "POST", "/exams", json={"template": "small-mixed"})
        second = desk.ask(drawer, "POST", "/exams", json={"template": "small-mixed"})
        assert problem(second) == (409, "exam-already-active")
        assert first.json is not None
        assert second.json is not None
        assert second.json["exam_id"] == first.json["id"]

    def test_without_consent_no_written_paper_is_drawn(self, desk: Desk, session: Session) -> None:
        plant_bank(session)
        student = make_student(session)
        subscribe(session, student)
        assert problem(desk.ask(student, "POST", "/exams", json={"template": "small-mixed"})) == (
            403,
            "consent-missing",
        )

    @pytest.mark.parametrize("make", [make_parent, make_teacher, make_admin])
    def test_only_students_draw(self, desk: Desk, session: Session, make: Any) -> None:
        assert problem(desk.ask(make(session), "POST", "/exams", json={"template": "x"}))[0] == 403

    def test_nobody_chooses_the_seed_where_the_clock_is_real(self, desk: Desk, drawer: User) -> None:
        response = desk.ask(drawer, "POST", "/exams", json={"template": "small-mixed", "seed": 7})
        assert problem(response) == (422, "invalid")

    def test_a_story_with_a_clock_of_its_own_draws_the_same_paper_again(
        self, connection: Connection, session: Session, drawer: User, tmp_path: Path
    ) -> None:
        app = create_app(Settings(clock_file=tmp_path / "clock", var=tmp_path), database=Database(connection))
        desk = Desk(app.test_client(), session)
        hashes = set()
        for _ in range(2):
            drawn = desk.ask(drawer, "POST", "/exams", json={"template": "small-mixed", "seed": 7})
            assert drawn.json is not None
            hashes.add(drawn.json["paper_sha256"])
            assert desk.ask(drawer, "POST", f"/exams/{drawn.json['id']}/discard").status_code == 200
            session.connection().exec_driver_sql("UPDATE questions SET uses = 0")
        clock.use_offset_file(None)
        assert len(hashes) == 1

    @pytest.mark.parametrize("body", [{}, {"template": ""}, {"template": 7}, {"template": "x", "more": 1}])
    def test_a_bad_order_names_the_field(self, desk: Desk, drawer: User, body: Any) -> None:
        assert problem(desk.ask(drawer, "POST", "/exams", json=body)) == (422, "invalid")


class TestReading:
    def test_the_status_tells_the_servers_time_and_the_next_limit(
        self, desk: Desk, exam: ExamInstance, student: User
    ) -> None:
        response = desk.ask(student, "GET", f"/exams/{exam.id}")
        assert response.json is not None
        assert response.json["phase"] == "answering"
        assert response.json["phase_ends_at"] == response.json["exam"]["answering_ends_at"]
        assert datetime.fromisoformat(response.json["server_now"]) - clock.now() < timedelta(seconds=5)
        assert response.headers["ETag"] == f'"{exam.version}"'

    def test_a_parent_sees_the_childs_exams_and_no_others(
        self, desk: Desk, session: Session, exam: ExamInstance, student: User
    ) -> None:
        make_exam(session)
        parent = make_parent(session)
        link_parent(session, parent, student)
        listed = desk.ask(parent, "GET", "/exams")
        assert listed.json is not None
        assert [each["id"] for each in listed.json["items"]] == [str(exam.id)]

    @pytest.mark.parametrize("make", [make_student, make_parent, make_teacher])
    @pytest.mark.parametrize("path", ["", "/receipt", "/answers", "/paper"])
    def test_strangers_find_nothing(
        self, desk: Desk, session: Session, exam: ExamInstance, make: Any, path: str
    ) -> None:
        status, _ = problem(desk.ask(make(session), "GET", f"/exams/{exam.id}{path}"))
        assert status in (403, 404)

    def test_nobody_reads_unsigned(self, desk: Desk, exam: ExamInstance) -> None:
        for path in ("", f"/{exam.id}", f"/{exam.id}/paper", f"/{exam.id}/answers", f"/{exam.id}/receipt"):
            assert problem(desk.ask(None, "GET", f"/exams{path}")) == (401, "unauthenticated")


class TestPaper:
    def test_it_is_the_frozen_paper(self, desk: Desk, exam: ExamInstance, student: User) -> None:
        response = desk.ask(student, "GET", f"/exams/{exam.id}/paper")
        assert orjson.loads(response.data) == exam.exam_snapshot
        assert response.headers["ETag"] == f'"{exam.paper_sha256.hex()}"'
        assert response.headers["Cache-Control"] == "private, no-cache"

    def test_who_holds_it_is_not_sent_it_again(self, desk: Desk, exam: ExamInstance, student: User) -> None:
        path = f"/exams/{exam.id}/paper"
        tag = desk.ask(student, "GET", path).headers["ETag"]
        again = desk.ask(student, "GET", path, headers={"If-None-Match": f'"other", {tag}'})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)

    @pytest.mark.parametrize("tag", ["*", "nonsense", '"' + "z" * 64 + '"', '"' + "0" * 64 + '"'])
    def test_another_tag_is_sent_the_paper(
        self, desk: Desk, exam: ExamInstance, student: User, tag: str
    ) -> None:
        response = desk.ask(student, "GET", f"/exams/{exam.id}/paper", headers={"If-None-Match": tag})
        assert response.status_code == 200


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


class TestVoiding:
    def test_an_admin_voids_with_a_reason(self, desk: Desk, session: Session, exam: ExamInstance) -> None:
        path, reason = f"/exams/{exam.id}/void", {"reason": "power cut"}
        voided = desk.ask(make_admin(session), "POST", path, json=reason)
        assert voided.json is not None
        assert (voided.json["state"], voided.json["void_reason"]) == ("voided", "power cut")

    def test_nobody_else_does(self, desk: Desk, exam: ExamInstance, student: User) -> None:
        response = desk.ask(student, "POST", f"/exams/{exam.id}/void", json={"reason": "hard"})
        assert problem(response) == (403, "forbidden")

    @pytest.mark.parametrize("verb", ["start", "finish-answering", "discard", "hand-in"])
    def test_an_exam_that_is_none_is_not_found(self, desk: Desk, session: Session, verb: str) -> None:
        response = desk.ask(make_student(session), "POST", f"/exams/{new_id()}/{verb}")
        assert problem(response) == (404, "not-found")


SECRETS = ("SOLUTION", "SCHEME", "exam_key", "solution", "scheme", "correct_choices")


def test_no_answer_to_a_student_holds_anything_of_the_key(desk: Desk, session: Session) -> None:
    plant_bank(session)
    student = make_student(session)
    subscribe(session, student)
    consent(session, student)
    drawn = desk.ask(student, "POST", "/exams", json={"template": "small-mixed"})
    assert drawn.json is not None
    exam = session.get_one(ExamInstance, UUID(drawn.json["id"]))
    path = f"/exams/{exam.id}"
    answers = [
        drawn,
        desk.ask(student, "POST", f"{path}/start"),
        desk.ask(student, "GET", f"{path}/paper"),
        desk.ask(student, "GET", "/exams"),
        desk.put_answer(student, exam, 1),
        desk.ask(student, "PUT", f"{path}/answers", json={"answers": [an_answer(number=2, choices=["Z"])]}),
        desk.ask(student, "GET", f"{path}/answers"),
        desk.ask(student, "PUT", f"{path}/unanswered/4"),
        desk.ask(student, "PUT", f"{path}/unanswered/5"),
        desk.ask(student, "DELETE", f"{path}/unanswered/5"),
        desk.ask(student, "PUT", f"{path}/unanswered/5"),
        desk.ask(student, "POST", f"{path}/finish-answering"),
        desk.ask(student, "GET", path),
        desk.ask(student, "POST", f"{path}/hand-in"),
        desk.ask(student, "GET", f"{path}/receipt"),
    ]
    for response in answers:
        assert response.status_code in (200, 201), response.text
        assert not [secret for secret in SECRETS if secret in response.text]


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
