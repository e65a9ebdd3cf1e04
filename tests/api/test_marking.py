import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from mathvidya.accounts.models import User
from mathvidya.platform import db
from mathvidya.platform.actors import Role
from tests.api.people import signed_in
from tests.factories import link_parent, make_admin, make_parent, make_teacher
from tests.scripts import Script, make_script, mark_everything
from workflows.base import new_id


@pytest.fixture
def script(app: Flask) -> Script:
    with db.transaction() as session:
        return make_script(session)


@pytest.fixture
def headers(app: Flask, script: Script) -> dict[str, str]:
    return signed_in(app, script.teacher)


def address(script: Script, tail: str) -> str:
    return f"/api/v1/evaluations/{script.evaluation.id}/{tail}"


def put_mark(client: FlaskClient, script: Script, headers: dict[str, str], **mark: Any) -> Any:
    body = {"lease_token": script.token, "revision": 0, **mark}
    return client.put(address(script, "marks/2"), json=body, headers=headers)


def steps(*awarded: str) -> list[dict[str, Any]]:
    return [{"step": number, "awarded": marks} for number, marks in enumerate(awarded, start=1)]


def test_a_mark_travels_as_text(client: FlaskClient, script: Script, headers: dict[str, str]) -> None:
    answer = put_mark(client, script, headers, steps=steps("1", "0.50"))
    assert answer.status_code == 200
    assert (answer.json["awarded"], answer.json["possible"], answer.json["revision"]) == ("1.5", "2", 1)


@pytest.mark.parametrize(
    ("awarded", "slug"),
    [
        ("1.5", "mark-above-maximum"),
        ("-0.5", "mark-above-maximum"),
        ("1e400", "mark-above-maximum"),
        ("0.125", "mark-not-in-halves"),
        ("NaN", "invalid"),
        ("Infinity", "invalid"),
        ("one", "invalid"),
        (None, "invalid"),
    ],
)
def test_a_mark_that_cannot_be_given_has_its_problem(
    client: FlaskClient, script: Script, headers: dict[str, str], awarded: str | None, slug: str
) -> None:
    answer = put_mark(client, script, headers, steps=[{"step": 1, "awarded": awarded}])
    assert answer.status_code == 422
    assert answer.json["type"] == f"/problems/{slug}"
    assert answer.json["errors"]


def test_a_step_sent_twice_is_refused(client: FlaskClient, script: Script, headers: dict[str, str]) -> None:
    twice = [{"step": 1, "awarded": "1"}, {"step": 1, "awarded": "0"}]
    assert put_mark(client, script, headers, steps=twice).status_code == 422


def test_a_late_save_is_answered_with_both_and_kept(
    client: FlaskClient, script: Script, headers: dict[str, str]
) -> None:
    put_mark(client, script, headers, steps=steps("1"))
    late = put_mark(client, script, headers, steps=steps("0", "1"), remark="mine")
    assert late.status_code == 412
    assert late.json["current_version"] == 1
    assert late.json["stored"]["awarded"] == "1"
    assert late.json["sent"]["remark"] == "mine"
    read = client.get(address(script, "script"), headers=headers).json
    assert read["marks"][0]["lost_saves"][0]["sent"] == late.json["sent"]


def test_a_lost_save_can_be_sent_again_as_it_was_kept(
    client: FlaskClient, script: Script, headers: dict[str, str]
) -> None:
    put_mark(client, script, headers, steps=steps("1"))
    late = put_mark(client, script, headers, steps=steps("0", "1")).json
    again = put_mark(client, script, headers, **{**late["sent"], "revision": late["current_version"]})
    assert again.status_code == 200
    assert [step["awarded"] for step in again.json["steps"]] == ["0", "1"]


def tick(script: Script, **values: Any) -> dict[str, Any]:
    return {
        "op": "add",
        "id": str(new_id()),
        "sheet_id": str(script.sheets[0].id),
        "kind": "tick",
        "x": 0.5,
        "y": 0.5,
        **values,
    }


def put_annotations(
    client: FlaskClient, script: Script, headers: dict[str, str], *operations: dict[str, Any]
) -> Any:
    body = {"lease_token": script.token, "operations": list(operations)}
    return client.put(address(script, "annotations"), json=body, headers=headers)


def test_annotations_are_listed_by_sheet(
    client: FlaskClient, script: Script, headers: dict[str, str]
) -> None:
    first = tick(script, question_number=2, marks="0.5")
    second = tick(script, sheet_id=str(script.sheets[1].id))
    assert put_annotations(client, script, headers, first, second).status_code == 200
    listed = client.get(address(script, f"annotations?sheet_id={script.sheets[0].id}"), headers=headers).json[
        "items"
    ]
    assert [(each["id"], each["marks"]) for each in listed] == [(first["id"], "0.5")]


INK = {"kind": "ink", "points": [[0, 0, 10, 10]]}


@pytest.mark.parametrize(
    "values",
    [
        {"x": 1.01},
        {"y": -0.01},
        {"x": "NaN"},
        {"x": None},
        {"kind": "smiley"},
        {"kind": "ink"},
        {"points": [[0, 0]]},
        {**INK, "points": [[0, 10_001]]},
        {**INK, "points": [[0, -1]]},
        {**INK, "points": [[0.5, 1]]},
        {**INK, "points": [[0, 0, 5]]},
        {**INK, "points": [[0, 0] * 1001]},
        {**INK, "points": [[0, 0]] * 41},
        {"kind": "text", "text": "   "},
        {"kind": "text", "text": "x" * 501},
        {"text": "words on a tick"},
        {"op": "wipe"},
        {"id": "1"},
    ],
)
def test_an_operation_of_the_wrong_shape_refuses_its_batch(
    client: FlaskClient, script: Script, headers: dict[str, str], values: dict[str, Any]
) -> None:
    answer = put_annotations(client, script, headers, tick(script), tick(script, **values))
    assert answer.status_code == 422
    assert client.get(address(script, "annotations"), headers=headers).json["items"] == []


def test_completing_needs_the_version_that_was_read(
    client: FlaskClient, script: Script, headers: dict[str, str]
) -> None:
    body = {"lease_token": script.token}
    assert client.post(address(script, "complete"), json=body, headers=headers).status_code == 428
    stale = client.post(address(script, "complete"), json=body, headers={**headers, "If-Match": '"9"'})
    assert stale.status_code == 412


def test_completing_an_unfinished_script_names_every_question(
    client: FlaskClient, script: Script, headers: dict[str, str]
) -> None:
    etag = client.get(address(script, "script"), headers=headers).headers["ETag"]
    answer = client.post(
        address(script, "complete"),
        json={"lease_token": script.token},
        headers={**headers, "If-Match": etag},
    )
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["type"] == "/problems/evaluation-incomplete"
    assert set(answer.json["errors"]) == {"2", "3", "4"}


def test_a_marked_script_is_completed(client: FlaskClient, script: Script, headers: dict[str, str]) -> None:
    with db.transaction() as session:
        mark_everything(session, script)
    etag = client.get(address(script, "script"), headers=headers).headers["ETag"]
    answer = client.post(
        address(script, "complete"),
        json={"lease_token": script.token},
        headers={**headers, "If-Match": etag},
    )
    assert answer.status_code == 200
    assert answer.json is not None
    assert (answer.json["state"], answer.json["total"]) == ("published", "9")


def test_a_token_that_is_no_longer_good_is_told_so(
    client: FlaskClient, script: Script, headers: dict[str, str]
) -> None:
    answer = put_mark(client, script, headers, lease_token=script.token + 1)
    assert answer.json["type"] == "/problems/lease-lapsed"


def test_the_script_holds_all_that_marking_needs(
    client: FlaskClient, script: Script, headers: dict[str, str]
) -> None:
    read = client.get(address(script, "script"), headers=headers).json
    assert read is not None
    assert (read["written_numbers"], read["unanswered"]) == ([2, 3, 4, 5], [5])
    assert read["key"]["questions"][1]["scheme"]["steps"][0]["marks"] == "1"
    assert [sheet["page_number"] for sheet in read["sheets"]] == [1, 2]
    assert all(sheet["half_url"].startswith("http") for sheet in read["sheets"])


def test_nothing_that_a_teacher_is_sent_says_whose_script_it_is(
    client: FlaskClient, script: Script, headers: dict[str, str]
) -> None:
    put_mark(client, script, headers, steps=steps("1"))
    put_annotations(client, script, headers, tick(script))
    answers = [
        client.get(address(script, tail), headers=headers).get_data(as_text=True)
        for tail in ("script", "annotations", "")
    ]
    student = script.student
    for secret in (student.full_name, student.email, str(student.id), script.exam.code):
        assert all(secret not in answer for answer in answers)


def test_the_choices_of_the_student_are_not_sent_to_the_teacher(
    client: FlaskClient, script: Script, headers: dict[str, str]
) -> None:
    read = client.get(address(script, "script"), headers=headers).json
    assert read is not None
    assert not {"mcq", "mcq_score", "chosen", "answers"} & set(read)


def test_reading_a_script_costs_the_same_whatever_is_on_it(
    client: FlaskClient, script: Script, headers: dict[str, str], session: Session
) -> None:
    statements: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        statements.append(statement)

    event.listen(session.connection(), "before_cursor_execute", note)
    client.get(address(script, "script"), headers=headers)
    bare = len(statements)
    with db.transaction() as own:
        mark_everything(own, script)
    put_annotations(client, script, headers, *(tick(script) for _ in range(30)))
    statements.clear()
    client.get(address(script, "script"), headers=headers)
    assert len(statements) == bare


REQUESTS = {
    "script": ("get", "script", None),
    "annotations": ("get", "annotations", None),
    "annotate": ("put", "annotations", {"operations": [{"op": "erase", "id": str(new_id())}]}),
    "mark": ("put", "marks/2", {"revision": 0, "steps": []}),
    "complete": ("post", "complete", {}),
}

ALLOWED = {
    (request, who): status
    for request, row in {
        # holder, other teacher, its student, linked parent, admin
        "script": (200, 404, 404, 404, 200),
        "annotations": (200, 404, 404, 404, 200),
        "annotate": (200, 404, 404, 404, 404),
        "mark": (200, 404, 404, 404, 404),
        "complete": (409, 404, 404, 404, 404),
    }.items()
    for who, status in zip(("holder", "teacher", "student", "parent", "admin"), row, strict=True)
}


@pytest.mark.parametrize(("request_name", "who"), ALLOWED)
def test_who_may_do_what_to_a_script(
    app: Flask, client: FlaskClient, script: Script, request_name: str, who: str
) -> None:
    method, tail, body = REQUESTS[request_name]
    headers = {**signed_in(app, person(script, who)), "If-Match": '"1"'}
    payload = None if body is None else json.dumps({**body, "lease_token": script.token})
    answer = client.open(
        address(script, tail), method=method, data=payload, headers=headers, content_type="application/json"
    )
    assert answer.status_code == ALLOWED[request_name, who]


def person(script: Script, who: str) -> User:
    with db.transaction() as session:
        match who:
            case "holder":
                return script.teacher
            case "teacher":
                return make_teacher(session)
            case "student":
                return script.student
            case "parent":
                parent = make_parent(session)
                link_parent(session, parent, script.student)
                return parent
            case _:
                return make_admin(session)


@pytest.mark.parametrize("request_name", REQUESTS)
def test_nobody_marks_without_signing_in(client: FlaskClient, script: Script, request_name: str) -> None:
    method, tail, body = REQUESTS[request_name]
    payload = None if body is None else {**body, "lease_token": script.token}
    answer = client.open(address(script, tail), method=method, json=payload)
    assert answer.status_code == 401


def test_the_matrix_knows_every_role() -> None:
    assert {"teacher", "student", "parent", "admin"} == {role.value for role in Role}
