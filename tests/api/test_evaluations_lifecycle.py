from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mathvidya.evaluation.models import PageFlag
from mathvidya.platform import db
from tests.api.people import signed_in
from tests.desks import make_sheet, page_came, waiting
from tests.factories import make_admin, make_parent, make_student, make_teacher

Headers = dict[str, str]


class Desk:
    """A teacher at the API, with one script of an unmistakable student waiting."""

    def __init__(self, client: FlaskClient, app: Flask) -> None:
        self.client = client
        self.app = app
        self.answers: list[str] = []
        with db.transaction() as session:
            self.student = make_student(session, full_name="Asha Unmistakable", email="asha@secret.example")
            self.evaluation = waiting(session, student=self.student)
            self.sheet_id = make_sheet(session, self.evaluation.exam_id).id
            self.teacher = make_teacher(session)
        self.headers = signed_in(app, self.teacher)

    def get(self, path: str) -> Any:
        return self._heard(self.client.get(f"/api/v1{path}", headers=self.headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._heard(
            self.client.post(f"/api/v1{path}", json=body or {}, headers={**self.headers, **named})
        )

    def _heard(self, response: Any) -> Any:
        self.answers.append(response.get_data(as_text=True))
        return response

    @property
    def path(self) -> str:
        return f"/evaluations/{self.evaluation.id}"


@pytest.fixture
def desk(client: FlaskClient, app: Flask) -> Desk:
    return Desk(client, app)


def flag_of(desk: Desk, token: int) -> dict[str, Any]:
    return {"lease_token": token, "sheet_id": str(desk.sheet_id), "reason": "unreadable"}


def test_a_teacher_claims_begins_flags_goes_on_and_gives_back(desk: Desk) -> None:
    assert desk.get("/evaluations/queue").json["classes"][0]["waiting"] == 1
    claimed = desk.post("/evaluations/claim")
    assert (claimed.status_code, claimed.json["evaluation"]["id"]) == (201, str(desk.evaluation.id))
    token = claimed.json["lease_token"]
    begun = desk.post(f"{desk.path}/begin", {"lease_token": token})
    assert (begun.json["state"], begun.headers["ETag"]) == ("in_progress", f'"{begun.json["version"]}"')
    assert desk.post(f"{desk.path}/renew", {"lease_token": token}).status_code == 200
    flag = desk.post(f"{desk.path}/flags", flag_of(desk, token))
    assert flag.status_code == 201
    seen = desk.get(desk.path).json
    assert (seen["evaluation"]["state"], seen["evaluation"]["due_at"]) == ("on_hold", None)
    assert [each["id"] for each in seen["flags"]] == [flag.json["id"]]
    answer_page(flag.json["id"], desk)
    released = desk.post(f"{desk.path}/release", {"lease_token": token})
    assert released.json["state"] == "queued"


def answer_page(flag_id: str, desk: Desk) -> None:
    with db.transaction() as session:
        flag = session.get_one(PageFlag, UUID(flag_id))
        page_came(session, flag, at=flag.raised_at)


def test_nothing_that_a_teacher_hears_says_whose_script_it_is(desk: Desk) -> None:
    test_a_teacher_claims_begins_flags_goes_on_and_gives_back(desk)
    desk.get("/evaluations")
    desk.get("/evaluations/queue")
    desk.post(f"{desk.path}/claim")
    desk.post(f"{desk.path}/flags", flag_of(desk, 99))
    desk.get(f"/sla/clocks/{desk.evaluation.exam_id}/explain")
    desk.get("/sla/board")
    heard = "\n".join(desk.answers)
    assert len(desk.answers) > 12
    for secret in (str(desk.student.id), "Unmistakable", "asha@secret.example", str(desk.evaluation.exam_id)):
        assert secret not in heard


def test_a_claim_sent_twice_with_one_key_is_one_claim(desk: Desk) -> None:
    answers = [desk.post("/evaluations/claim", Idempotency_Key="a") for _ in range(2)]
    assert answers[0].json == answers[1].json
    assert [answer.status_code for answer in answers] == [201, 201]


def test_an_empty_queue_says_so_and_a_retry_with_the_same_key_tries_again(desk: Desk) -> None:
    with db.transaction() as session:
        nobody = make_teacher(session, may_mark=[])
    headers = {**signed_in(desk.app, nobody), "Idempotency-Key": "k"}
    for _ in range(2):
        response = desk.client.post("/api/v1/evaluations/claim", headers=headers)
        assert (response.status_code, problem(response)) == (404, "/problems/nothing-to-mark")


def problem(response: Any) -> str:
    kind: str = response.json["type"]
    return kind


def test_a_script_that_is_taken_is_a_problem_of_its_own(desk: Desk) -> None:
    desk.post("/evaluations/claim")
    with db.transaction() as session:
        other = make_teacher(session)
    response = desk.client.post(f"/api/v1{desk.path}/claim", headers=signed_in(desk.app, other))
    assert (response.status_code, problem(response)) == (409, "/problems/script-taken")


def test_an_old_token_is_a_problem_of_its_own(desk: Desk) -> None:
    token = desk.post("/evaluations/claim").json["lease_token"]
    desk.post(f"{desk.path}/claim")
    response = desk.post(f"{desk.path}/begin", {"lease_token": token})
    assert (response.status_code, problem(response)) == (409, "/problems/lease-lapsed")


@pytest.mark.parametrize("body", [{}, {"lease_token": "1"}, {"lease_token": 0}, {"lease_token": 2**63}])
def test_a_token_that_cannot_be_one_is_named(desk: Desk, body: dict[str, Any]) -> None:
    response = desk.post(f"{desk.path}/begin", body)
    assert (response.status_code, list(response.json["errors"])) == (422, ["lease_token"])


def test_a_flag_with_an_unknown_reason_or_a_long_note_is_named(desk: Desk) -> None:
    body = {**flag_of(desk, 1), "reason": "ugly", "note": "x" * 501}
    response = desk.post(f"{desk.path}/flags", body)
    assert (response.status_code, set(response.json["errors"])) == (422, {"reason", "note"})


def test_an_admin_sees_the_board_and_gives_a_script_to_somebody(desk: Desk) -> None:
    with db.transaction() as session:
        admin = signed_in(desk.app, make_admin(session))
    board = desk.client.get("/api/v1/sla/board", headers=admin).json
    assert board is not None
    assert [row["evaluation_id"] for row in board["page"]["items"]] == [str(desk.evaluation.id)]
    assert board["counts"]["waiting"] == 1
    response = desk.client.post(
        f"/api/v1{desk.path}/reassign", headers=admin, json={"teacher_id": str(desk.teacher.id)}
    )
    assert response.json is not None
    assert response.json["state"] == "assigned"
    listed = desk.client.get("/api/v1/evaluations?state=assigned", headers=admin).json
    assert listed is not None
    assert [row["id"] for row in listed["items"]] == [str(desk.evaluation.id)]


def test_a_student_is_told_why_the_marks_are_due_when_they_are(desk: Desk) -> None:
    response = desk.client.get(
        f"/api/v1/sla/clocks/{desk.evaluation.exam_id}/explain", headers=signed_in(desk.app, desk.student)
    )
    body = response.json
    assert body is not None
    assert (body["budget_minutes"], body["paused_minutes"]) == (540, 0)
    assert [segment["minutes"] for segment in body["segments"]] == [480, 60]
    assert body["due_at"] == "2026-01-06T04:30:00+00:00"


ROUTES = {
    ("GET", "/evaluations"): {"student": 403, "parent": 403, "teacher": 200, "admin": 200},
    ("GET", "/evaluations/queue"): {"student": 403, "parent": 403, "teacher": 200, "admin": 403},
    ("GET", "/evaluations/{id}"): {"student": 404, "parent": 404, "teacher": 404, "admin": 200},
    ("POST", "/evaluations/claim"): {"student": 403, "parent": 403, "teacher": 201, "admin": 403},
    ("POST", "/evaluations/{id}/claim"): {"student": 403, "parent": 403, "teacher": 201, "admin": 403},
    ("POST", "/evaluations/{id}/begin"): {"student": 404, "parent": 404, "teacher": 404, "admin": 404},
    ("POST", "/evaluations/{id}/renew"): {"student": 404, "parent": 404, "teacher": 404, "admin": 404},
    ("POST", "/evaluations/{id}/release"): {"student": 404, "parent": 404, "teacher": 404, "admin": 404},
    ("POST", "/evaluations/{id}/flags"): {"student": 404, "parent": 404, "teacher": 404, "admin": 404},
    ("POST", "/evaluations/{id}/reassign"): {"student": 403, "parent": 403, "teacher": 403, "admin": 200},
    ("GET", "/sla/board"): {"student": 403, "parent": 403, "teacher": 403, "admin": 200},
    ("GET", "/sla/clocks/{exam}/explain"): {"student": 404, "parent": 404, "teacher": 404, "admin": 200},
}
"""For a script in the queue, asked by people who have nothing to do with it."""

MAKERS = {"student": make_student, "parent": make_parent, "teacher": make_teacher, "admin": make_admin}


WANTED = {"reassign": ["teacher_id"], "flags": ["lease_token", "sheet_id", "reason"]}


def ask(desk: Desk, method: str, path: str, headers: Headers) -> int:
    """The status that a request with a body that is right for its route is answered with."""
    address = "/api/v1" + path.format(id=desk.evaluation.id, exam=desk.evaluation.exam_id)
    body = {**flag_of(desk, 1), "teacher_id": str(desk.teacher.id)}
    sent = {key: body[key] for key in WANTED.get(path.rpartition("/")[2], ["lease_token"])}
    if method == "GET":
        return desk.client.get(address, headers=headers).status_code
    return desk.client.post(address, headers=headers, json=sent).status_code


@pytest.mark.parametrize("role", MAKERS)
@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_route_answers_every_role_as_written_here(
    desk: Desk, method: str, path: str, role: str
) -> None:
    with db.transaction() as session:
        person = MAKERS[role](session)
    assert ask(desk, method, path, signed_in(desk.app, person)) == ROUTES[method, path][role]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_nobody_is_answered_without_signing_in(desk: Desk, method: str, path: str) -> None:
    assert ask(desk, method, path, {}) == 401
