import json
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mathvidya.bank.models import Question
from mathvidya.bank.schemas import QuestionContentSchema
from tests.api.people import signed_in
from tests.factories import (
    make_admin,
    make_parent,
    make_question,
    make_student,
    make_teacher,
)

BODY: dict[str, Any] = {
    "type": "SA",
    "class_level": "XII",
    "unit": "Algebra",
    "chapter": "Matrices",
    "marks": 3,
    "cognitive_level": "apply",
    "difficulty": "easy",
    "text": "Find $A^{-1}$.",
    "solution": "It is $A$.",
    "scheme": {"steps": [{"marks": "2.5", "text": "Finds it"}, {"marks": "0.5", "text": "Says so"}]},
}
PATH = "/api/v1/questions"
Headers = dict[str, str]


@pytest.fixture
def teacher(app: Flask, session: Session) -> Headers:
    return signed_in(app, make_teacher(session))


@pytest.fixture
def colleague(app: Flask, session: Session) -> Headers:
    return signed_in(app, make_teacher(session))


def create(client: FlaskClient, headers: Headers, **values: Any) -> dict[str, Any]:
    response = client.post(PATH, json=BODY | values, headers=headers)
    assert response.status_code == 201, response.json
    body: dict[str, Any] = response.json
    return body


def test_a_question_goes_from_draft_into_use_and_on(
    client: FlaskClient, teacher: Headers, colleague: Headers
) -> None:
    path = f"{PATH}/{create(client, teacher)['question_id']}"
    read = client.get(path, headers=teacher)
    assert read.headers["ETag"] == '"1"'
    assert client.post(f"{path}/submit", headers=teacher | {"If-Match": '"1"'}).json["status"] == "in_review"
    assert client.post(f"{path}/approve", headers=colleague | {"If-Match": '"1"'}).json["status"] == "active"
    edited = client.put(path, json=BODY | {"text": "Find $B$."}, headers=teacher | {"If-Match": '"1"'})
    assert (edited.headers["ETag"], edited.json["is_current"]) == ('"2"', False)
    versions = client.get(f"{path}/versions", headers=teacher).json
    assert [(each["version"], each["status"]) for each in versions] == [(2, "draft"), (1, "active")]
    assert client.get(f"{path}/versions/1", headers=teacher).json["text"] == BODY["text"]


def test_a_lost_edit_is_told_which_version_stands(client: FlaskClient, teacher: Headers) -> None:
    path = f"{PATH}/{create(client, teacher)['question_id']}"
    client.put(path, json=BODY, headers=teacher | {"If-Match": '"1"'})
    lost = client.put(path, json=BODY, headers=teacher | {"If-Match": '"1"'})
    assert (lost.status_code, lost.json["current_version"]) == (412, 2)
    assert lost.json["type"] == "/problems/stale-version"


def test_an_edit_says_which_version_it_is_of(client: FlaskClient, teacher: Headers) -> None:
    path = f"{PATH}/{create(client, teacher)['question_id']}"
    assert client.put(path, json=BODY, headers=teacher).json["type"] == "/problems/version-required"


def test_what_is_read_can_be_sent_back_as_an_edit(
    client: FlaskClient, session: Session, teacher: Headers
) -> None:
    made = create(client, teacher)
    path = f"{PATH}/{made['question_id']}"
    fields = QuestionContentSchema().fields
    body = {name: value for name, value in client.get(path, headers=teacher).json.items() if name in fields}
    again = client.put(path, json=body, headers=teacher | {"If-Match": '"1"'}).json
    assert {name: again[name] for name in fields} == {name: made[name] for name in fields}


def test_a_broken_question_names_its_fields(client: FlaskClient, teacher: Headers) -> None:
    steps = [{"marks": "2", "text": "Finds $x"}]
    response = client.post(PATH, json=BODY | {"scheme": {"steps": steps}}, headers=teacher)
    assert (response.status_code, response.json["type"]) == (422, "/problems/invalid-question")
    assert set(response.json["errors"]) == {"scheme.steps", "scheme.steps[0].text"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("marks", "3"),
        ("marks", 2.5),
        ("text", "a\x00b"),
        ("text", "\ud800"),
        ("text", "x" * 20_001),
        ("tags", [[]]),
        ("type", "ESSAY"),
        ("surprise", 1),
        ("code", "No Code"),
    ],
)
def test_a_value_of_another_shape_names_its_field(
    client: FlaskClient, teacher: Headers, field: str, value: Any
) -> None:
    data = json.dumps(BODY | {field: value})
    response = client.post(PATH, data=data, content_type="application/json", headers=teacher)
    assert response.status_code == 422
    assert list(response.json["errors"]) == [field]


def test_a_code_is_taken_once(client: FlaskClient, teacher: Headers) -> None:
    create(client, teacher, code="xii-matrices-sa-90")
    again = client.post(PATH, json=BODY | {"code": "xii-matrices-sa-90"}, headers=teacher)
    assert (again.status_code, again.json["type"]) == (409, "/problems/question-code-taken")


def test_a_repeated_request_makes_one_question(
    client: FlaskClient, session: Session, teacher: Headers
) -> None:
    headers = teacher | {"Idempotency-Key": "k-1"}
    assert create(client, headers) == create(client, headers)
    assert session.execute(select(func.count()).select_from(Question)).scalar_one() == 1


def test_words_find_questions_page_by_page(client: FlaskClient, teacher: Headers) -> None:
    for text in ("A circle.", "A circle in a circle.", "A square."):
        create(client, teacher, text=text)
    first = client.get(
        PATH, query_string={"q": "circle", "limit": 1, "status": "draft"}, headers=teacher
    ).json
    second = client.get(
        PATH,
        query_string={"q": "circle", "limit": 1, "status": "draft", "after": first["next_after"]},
        headers=teacher,
    ).json
    assert [each["text"] for each in first["items"] + second["items"]] == [
        "A circle in a circle.",
        "A circle.",
    ]
    assert second["next_after"] is None


def test_search_words_that_cannot_be_stored_are_refused(client: FlaskClient, teacher: Headers) -> None:
    assert client.get(PATH, query_string={"q": "a\x00"}, headers=teacher).status_code == 422


def test_an_image_is_attached_by_its_key(client: FlaskClient, teacher: Headers) -> None:
    path = f"{PATH}/{create(client, teacher)['question_id']}/image"
    headers = teacher | {"If-Match": '"1"'}
    assert client.put(path, json={"image_key": "../secret"}, headers=headers).status_code == 422
    assert client.put(path, json={"image_key": "questions/a.png"}, headers=headers).json["version"] == 2


CSV = (
    "code,type,class,unit,chapter,marks,cognitive,difficulty,text,solution,steps\n"
    "xii-matrices-sa-90,SA,XII,Algebra,Matrices,3,apply,easy,Find it.,Found.,3 | All\n"
)


def test_a_file_is_examined_and_then_imported(client: FlaskClient, teacher: Headers) -> None:
    for path, body in (
        ("/imports/examination", {"rows": 1, "problems": []}),
        ("/imports", None),
        (
            "/imports/examination",
            {
                "rows": 1,
                "problems": [
                    {
                        "line": 2,
                        "code": "xii-matrices-sa-90",
                        "field": "code",
                        "problem": "xii-matrices-sa-90 is in the bank already; take another code",
                    }
                ],
            },
        ),
    ):
        response = client.post(PATH + path, data=CSV, content_type="text/csv", headers=teacher)
        if body is None:
            assert response.status_code == 201
            assert [each["status"] for each in response.json["questions"]] == ["draft"]
        else:
            assert response.json == body


def test_a_bad_file_is_refused_whole(client: FlaskClient, session: Session, teacher: Headers) -> None:
    data = CSV + CSV.splitlines()[1].replace("sa-90", "sa-91").replace("3 | All", "2 | All") + "\n"
    response = client.post(f"{PATH}/imports", data=data, content_type="text/csv", headers=teacher)
    assert (response.status_code, response.json["type"]) == (422, "/problems/import-refused")
    assert [(row["line"], row["field"]) for row in response.json["rows"]] == [(3, "scheme.steps")]
    assert session.execute(select(func.count()).select_from(Question)).scalar_one() == 0


def test_another_kind_of_file_is_refused(client: FlaskClient, teacher: Headers) -> None:
    response = client.post(f"{PATH}/imports", data=b"PK", content_type="application/zip", headers=teacher)
    assert response.json["type"] == "/problems/unreadable-import"


def routes(question_id: UUID) -> list[tuple[str, str, Any]]:
    one = f"{PATH}/{question_id}"
    return [
        ("GET", PATH, None),
        ("POST", PATH, BODY),
        ("GET", one, None),
        ("GET", f"{one}/versions", None),
        ("GET", f"{one}/versions/1", None),
        ("PUT", one, BODY),
        ("PUT", f"{one}/image", {"image_key": None}),
        ("POST", f"{one}/submit", None),
        ("POST", f"{one}/approve", None),
        ("POST", f"{one}/send-back", {"reason": "Because."}),
        ("POST", f"{one}/archive", None),
        ("POST", f"{PATH}/imports", [{}]),
        ("POST", f"{PATH}/imports/examination", [{}]),
    ]


def test_to_students_and_parents_no_route_of_the_bank_exists(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    question = make_question(session)
    for outsider in (make_student(session), make_parent(session)):
        headers = signed_in(app, outsider) | {"If-Match": '"1"'}
        for method, path, body in routes(question.question_id):
            response = client.open(path, method=method, json=body, headers=headers)
            assert response.status_code == 404, (method, path)
            assert b"solution" not in response.data


def test_nobody_is_nobody(client: FlaskClient, session: Session) -> None:
    for method, path, body in routes(make_question(session).question_id):
        response = client.open(path, method=method, json=body, headers={"If-Match": '"1"'})
        assert response.status_code == 401, (method, path)


def test_every_route_of_the_bank_is_walked_above(app: Flask) -> None:
    walked = {(method, path) for method, path, _ in routes(UUID(int=0))}
    known = {
        (method, rule.rule.replace("<uuid:question_id>", str(UUID(int=0))).replace("<int:version>", "1"))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(PATH)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert walked == known


def test_an_admin_takes_a_question_out_of_use(app: Flask, client: FlaskClient, session: Session) -> None:
    question = make_question(session)
    headers = signed_in(app, make_admin(session)) | {"If-Match": '"1"'}
    path = f"{PATH}/{question.question_id}/archive"
    assert client.post(path, headers=headers).json["status"] == "archived"
    assert client.post(path, headers=headers).json["type"] == "/problems/question-archived"
