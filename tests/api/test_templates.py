import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from mathvidya.attempts.models import ExamInstance
from mathvidya.exams.models import ExamTemplate
from tests.api.people import signed_in
from tests.factories import (
    make_class_x_student,
    make_parent,
    make_student,
    make_teacher,
    template_document,
)
from tests.sittings import plant_bank

PATH = "/api/v1/templates"
Headers = dict[str, str]


@pytest.fixture
def teacher(app: Flask, session: Session) -> Headers:
    return signed_in(app, make_teacher(session))


@pytest.fixture
def template(client: FlaskClient, teacher: Headers) -> str:
    made = client.post(PATH, json={"spec": template_document()}, headers=teacher)
    assert made.status_code == 201, made.json
    return f"{PATH}/{made.json['id']}"


def test_a_template_is_revised_by_who_has_read_it(
    client: FlaskClient, teacher: Headers, template: str
) -> None:
    read = client.get(template, headers=teacher)
    spec = read.json["spec"] | {"minutes": 25}
    headers = teacher | {"If-Match": read.headers["ETag"]}
    assert client.put(template, json={"spec": spec}, headers=headers).json["minutes"] == 25
    assert client.put(template, json={"spec": spec}, headers=headers).status_code == 412


def test_a_broken_blueprint_names_the_place(client: FlaskClient, teacher: Headers) -> None:
    response = client.post(PATH, json={"spec": template_document(minutes="long")}, headers=teacher)
    assert (response.status_code, response.json["type"]) == (422, "/problems/invalid-template")
    assert list(response.json["errors"]) == ["minutes"]


def test_an_archived_template_leaves_the_list(client: FlaskClient, teacher: Headers, template: str) -> None:
    client.post(f"{template}/archive", headers=teacher | {"If-Match": '"1"'})
    assert client.get(PATH, headers=teacher).json == {"items": [], "next_after": None}


def test_a_preview_says_what_the_bank_lacks(client: FlaskClient, teacher: Headers, template: str) -> None:
    found = client.get(f"{template}/preview", headers=teacher).json
    assert found["fillable"] is False
    assert {each["type"] for each in found["shortages"]} == {"MCQ", "SA"}


def test_a_preview_of_a_unit_practice_needs_the_unit(client: FlaskClient, teacher: Headers) -> None:
    document = template_document("unit", exam_type="unit_practice")
    made = client.post(PATH, json={"spec": document}, headers=teacher).json
    assert "Calculus" in made["units"]
    path = f"{PATH}/{made['id']}/preview"
    assert client.get(path, headers=teacher).json["type"] == "/problems/unit-needed"
    found = client.get(path, query_string={"unit": "Calculus"}, headers=teacher).json
    assert {each["unit"] for each in found["shortages"]} == {"Calculus"}


def test_a_student_reads_what_the_own_class_sits_and_no_more(
    app: Flask, client: FlaskClient, session: Session, template: str
) -> None:
    own = signed_in(app, make_student(session))
    assert client.get(template, headers=own).status_code == 200
    assert len(client.get(PATH, headers=own).json["items"]) == 1
    assert client.get(f"{template}/preview", headers=own).status_code == 404
    assert client.post(PATH, json={"spec": template_document("own")}, headers=own).status_code == 404
    headers = own | {"If-Match": '"1"'}
    assert client.put(template, json={"spec": template_document()}, headers=headers).status_code == 404
    assert client.post(f"{template}/archive", headers=headers).status_code == 404
    for other in (make_class_x_student(session), make_parent(session)):
        assert client.get(template, headers=signed_in(app, other)).status_code == 404


def test_a_sample_is_a_paper_with_its_key_and_leaves_no_trace(
    client: FlaskClient, session: Session, teacher: Headers
) -> None:
    plant_bank(session)
    session.flush()
    small = session.scalars(select(ExamTemplate).where(ExamTemplate.code == "small-mixed")).one()
    path = f"{PATH}/{small.id}/sample"
    first = client.get(path, query_string={"seed": 3}, headers=teacher).json
    again = client.get(path, query_string={"seed": 3}, headers=teacher).json
    assert first == again
    assert first["seed"] == 3
    numbers = [q["number"] for section in first["paper"]["sections"] for q in section["questions"]]
    assert numbers == [entry["number"] for entry in first["key"]["questions"]]
    assert session.scalars(select(ExamInstance)).all() == []


def test_a_sample_that_cannot_be_filled_says_what_is_missing(
    client: FlaskClient, teacher: Headers, template: str
) -> None:
    refused = client.get(f"{template}/sample", headers=teacher)
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/template-cannot-be-filled")
