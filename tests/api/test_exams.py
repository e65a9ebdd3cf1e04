from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from mathvidya.accounts.models import User
from mathvidya.app import create_app
from mathvidya.attempts.models import ExamInstance
from mathvidya.platform import clock, storage
from mathvidya.platform.db import Database
from tests.api.desk import Desk, an_answer, problem
from tests.factories import link_parent, make_admin, make_parent, make_student, make_teacher
from tests.sittings import consent, make_exam, plant_bank, start, student_of, subscribe
from workflows.base import new_id


@pytest.fixture
def desk(client: FlaskClient, session: Session) -> Desk:
    return Desk(client, session)


@pytest.fixture
def exam(session: Session) -> ExamInstance:
    return start(session, make_exam(session, created_at=clock.now()), clock.now())


@pytest.fixture
def student(session: Session, exam: ExamInstance) -> User:
    return student_of(session, exam)


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

    @pytest.fixture
    def story_desk(
        self, app: Flask, connection: Connection, session: Session, tmp_path: Path
    ) -> Iterator[Desk]:
        kept = storage.current()
        settings = app.config["SETTINGS"].model_copy(update={"clock_file": tmp_path / "clock"})
        yield Desk(create_app(settings, database=Database(connection)).test_client(), session)
        clock.use_offset_file(None)
        storage.use(kept)

    def test_a_story_with_a_clock_of_its_own_draws_the_same_paper_again(
        self, story_desk: Desk, session: Session, drawer: User
    ) -> None:
        hashes = set()
        for _ in range(2):
            drawn = story_desk.ask(drawer, "POST", "/exams", json={"template": "small-mixed", "seed": 7})
            assert drawn.json is not None
            hashes.add(drawn.json["paper_sha256"])
            assert story_desk.ask(drawer, "POST", f"/exams/{drawn.json['id']}/discard").status_code == 200
            session.connection().exec_driver_sql("UPDATE questions SET uses = 0")
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
