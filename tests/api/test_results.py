from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from mathvidya.accounts.models import User
from mathvidya.evaluation.models import AnnotationKind
from mathvidya.evaluation.service.annotations import Add, annotate
from mathvidya.evaluation.service.completion import complete
from mathvidya.platform import db
from tests.api.people import signed_in
from tests.factories import (
    MONDAY_TEN,
    link_parent,
    make_admin,
    make_parent,
    make_student,
    make_teacher,
)
from tests.scripts import Script, make_script, mark_everything, save, sent
from workflows.base import new_id


@pytest.fixture
def script(app: Flask) -> Script:
    with db.transaction() as session:
        script = make_script(session)
        save(session, script, 3, sent({"1": "0.5", "/second/0/1": "1.5"}, remark="first way struck"))
        mark_rest(session, script)
        return script


def mark_rest(session: Session, script: Script) -> None:
    save(session, script, 2, sent({"1": "1", "2": "0.5"}))
    parts = {f"{part}/first/0/1": "1" for part in ("i", "ii", "iii")}
    save(session, script, 4, sent(parts))
    tick = Add(new_id(), script.sheets[0].id, AnnotationKind.TICK, 0.5, 0.5, [], "", None, None)
    annotate(
        session,
        actor=script.actor,
        evaluation_id=script.evaluation.id,
        operations=[tick],
        lease_token=script.token,
        now=MONDAY_TEN,
    )


def publish(script: Script) -> None:
    with db.transaction() as session:
        complete(
            session,
            actor=script.actor,
            evaluation_id=script.evaluation.id,
            expected_version=1,
            lease_token=script.token,
            now=MONDAY_TEN,
        )


def read(client: FlaskClient, app: Flask, script: Script, person: User) -> Any:
    return client.get(f"/api/v1/exams/{script.exam.id}/result", headers=signed_in(app, person))


def test_the_student_reads_score_sections_and_questions(
    app: Flask, client: FlaskClient, script: Script
) -> None:
    publish(script)
    result = read(client, app, script, script.student).json
    assert result["score"] == {
        "mcq": "1",
        "manual": "6",
        "total": "7",
        "possible": "12",
        "percentage": "58.33",
    }
    assert [(s["section"], s["awarded"], s["possible"]) for s in result["sections"]] == [
        ("A", "1", "1"),
        ("B", "6", "11"),
    ]
    assert sum(float(question["awarded"]) for question in result["questions"]) == 7


def test_each_question_says_what_it_earned_and_why(app: Flask, client: FlaskClient, script: Script) -> None:
    publish(script)
    questions = {q["number"]: q for q in read(client, app, script, script.student).json["questions"]}
    assert (questions[1]["chosen"], questions[1]["solution"]["choices"]) == (["B"], ["B"])
    assert (questions[3]["awarded"], questions[3]["counted"]) == ("1.5", {"": "second"})
    assert questions[3]["remark"] == "first way struck"
    assert questions[3]["solution"]["solution"] == "the solution of a SA"
    assert (questions[5]["not_attempted"], questions[5]["awarded"]) == (True, "0")


def test_the_marked_pages_come_with_their_stamps(app: Flask, client: FlaskClient, script: Script) -> None:
    publish(script)
    result = read(client, app, script, script.student).json
    assert [sheet["page_number"] for sheet in result["sheets"]] == [1, 2]
    assert all(sheet["full_url"] for sheet in result["sheets"])
    assert [each["kind"] for each in result["annotations"]] == ["tick"]


FAMILY_AND_STAFF = ("student", "parent", "admin", "marker")
STRANGERS = ("other student", "other parent", "other teacher")


@pytest.mark.parametrize("who", FAMILY_AND_STAFF)
def test_a_result_is_read_once_it_is_published(
    app: Flask, client: FlaskClient, script: Script, who: str
) -> None:
    reader = person(script, who)
    early = read(client, app, script, reader)
    assert (early.status_code, early.json["type"]) == (409, "/problems/result-not-published")
    publish(script)
    assert read(client, app, script, reader).status_code == 200


@pytest.mark.parametrize("who", STRANGERS)
def test_a_result_is_nothing_to_strangers_before_and_after(
    app: Flask, client: FlaskClient, script: Script, who: str
) -> None:
    reader = person(script, who)
    assert read(client, app, script, reader).status_code == 404
    publish(script)
    assert read(client, app, script, reader).status_code == 404


def person(script: Script, who: str) -> User:
    with db.transaction() as session:
        match who:
            case "student":
                return script.student
            case "parent":
                parent = make_parent(session)
                link_parent(session, parent, script.student)
                return parent
            case "admin":
                return make_admin(session)
            case "marker":
                return script.teacher
            case "other student":
                return make_student(session)
            case "other parent":
                return make_parent(session)
            case _:
                return make_teacher(session)


@pytest.mark.parametrize("who", ["student", "parent", "marker"])
def test_a_result_names_neither_the_student_nor_the_teacher(
    app: Flask, client: FlaskClient, script: Script, who: str
) -> None:
    publish(script)
    text = read(client, app, script, person(script, who)).get_data(as_text=True)
    for somebody in (script.student, script.teacher):
        assert all(name not in text for name in (str(somebody.id), somebody.full_name, somebody.email))


def test_before_publication_no_answer_of_the_result_holds_a_solution(
    app: Flask, client: FlaskClient, script: Script
) -> None:
    text = read(client, app, script, script.student).get_data(as_text=True)
    assert "solution" not in text
    assert "scheme" not in text


def test_progress_is_read_over_http(app: Flask, client: FlaskClient, script: Script) -> None:
    answer = client.get(
        f"/api/v1/students/{script.student.id}/progress", headers=signed_in(app, script.student)
    )
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["readiness"] == "0.5"
    stranger = signed_in(app, script.teacher)
    assert client.get(f"/api/v1/students/{script.student.id}/progress", headers=stranger).status_code == 404


def test_a_full_paper_scores_in_full(app: Flask, client: FlaskClient) -> None:
    with db.transaction() as session:
        script = make_script(session)
        mark_everything(session, script)
        save(session, script, 5, sent({"1": "2"}))
    publish(script)
    score = read(client, app, script, script.student).json["score"]
    assert (score["total"], score["percentage"]) == ("12", "100")
