"""Who may do what, over every route, for one's own things and for those of strangers.

The table is the contract. What a route names belongs to the student, parent or teacher under ``own``: the
student's exams, the script that the teacher marks, the question and the template that the teacher wrote.
401, 403 and 404 refuse; any other answer says that the asker was let through, and how far the request got:
409 from a result that is not published yet, 503 from a health page of a house in which no beat ticks.
The metrics know a token instead of people, and none on a laptop (test_metrics).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection

from mathvidya.platform import db
from mathvidya.platform.db import Database
from mathvidya.platform.http.limits import limiter
from tests.api.matrix_requests import NOT_STARTED, ask, rules
from tests.api.matrix_world import PEOPLE, World, make_world, monday_ten
from tests.sittings import start

# fmt: off
TABLE = """
                                                                student     parent      teacher
                                                          none  own   other own   other own   other admin
GET    /audit                                             401   403   403   403   403   403   403   200
GET    /audit/chain                                       401   403   403   403   403   403   403   200
POST   /auth/invitations/redeem                          422   422   422   422   422   422   422   422
POST   /auth/refresh                                      200   200   200   200   200   200   200   200
POST   /auth/register                                     201   201   201   201   201   201   201   201
DELETE /auth/sessions                                     401   204   204   204   204   204   204   204
GET    /auth/sessions                                     401   200   200   200   200   200   200   200
DELETE /auth/sessions/{session_id}                        401   204   404   404   404   404   404   404
POST   /auth/sign-in                                      200   200   200   200   200   200   200   200
POST   /auth/sign-out                                     401   204   204   204   204   204   204   204
GET    /calendars                                         401   200   200   200   200   200   200   200
GET    /calendars/{code}                                  401   200   200   200   200   200   200   200
PUT    /calendars/{code}                                  401   403   403   403   403   403   403   412
GET    /calendars/{code}/overrides                        401   200   200   200   200   200   200   200
DELETE /calendars/{code}/overrides/{day}                  401   403   403   403   403   403   403   404
PUT    /calendars/{code}/overrides/{day}                  401   403   403   403   403   403   403   200
GET    /config                                            401   403   403   403   403   403   403   200
GET    /config/{key}                                      401   403   403   403   403   403   403   200
PUT    /config/{key}                                      401   403   403   403   403   403   403   200
GET    /consultations                                     401   403   403   403   403   200   200   403
GET    /consultations/{consultation_id}                   401   403   403   403   403   200   200   403
POST   /consultations/{consultation_id}/answer            401   403   403   403   403   404   200   403
GET    /evaluations                                       401   403   403   403   403   200   200   200
GET    /evaluations/{evaluation_id}                       401   404   404   404   404   200   404   200
GET    /evaluations/{evaluation_id}/annotations           401   404   404   404   404   200   404   200
PUT    /evaluations/{evaluation_id}/annotations           401   404   404   404   404   200   404   404
POST   /evaluations/{evaluation_id}/begin                 401   404   404   404   404   409   404   404
POST   /evaluations/{evaluation_id}/claim                 401   403   403   403   403   201   409   403
POST   /evaluations/{evaluation_id}/complete              401   404   404   404   404   409   404   404
GET    /evaluations/{evaluation_id}/consultations         401   404   404   404   404   200   404   200
POST   /evaluations/{evaluation_id}/consultations         401   404   404   404   404   201   404   404
PUT    /evaluations/{evaluation_id}/notes/{number}        401   404   404   404   404   200   404   404
POST   /evaluations/{evaluation_id}/flags                 401   404   404   404   404   201   404   404
PUT    /evaluations/{evaluation_id}/marks/{number}        401   404   404   404   404   200   404   404
POST   /evaluations/{evaluation_id}/reassign              401   403   403   403   403   403   403   200
POST   /evaluations/{evaluation_id}/release               401   404   404   404   404   200   404   404
POST   /evaluations/{evaluation_id}/renew                 401   404   404   404   404   200   404   404
GET    /evaluations/{evaluation_id}/script                401   404   404   404   404   200   404   200
POST   /evaluations/claim                                 401   403   403   403   403   201   201   403
POST   /evaluations/reassign                              401   403   403   403   403   403   403   200
GET    /evaluations/desk                                  401   403   403   403   403   200   200   403
GET    /evaluations/queue                                 401   403   403   403   403   200   200   403
GET    /exams                                             401   200   200   200   200   200   200   200
POST   /exams                                             401   409   201   403   403   403   403   403
GET    /exams/{exam_id}                                   401   200   404   200   404   404   404   200
GET    /exams/{exam_id}/answers                           401   200   404   403   403   403   403   403
PUT    /exams/{exam_id}/answers                           401   200   404   403   403   403   403   403
PUT    /exams/{exam_id}/answers/{number}                  401   200   404   403   403   403   403   403
POST   /exams/{exam_id}/discard                           401   200   404   403   403   403   403   403
POST   /exams/{exam_id}/finish-answering                  401   200   404   403   403   403   403   403
POST   /exams/{exam_id}/hand-in                           401   409   404   403   403   403   403   403
GET    /exams/{exam_id}/page-requests                     401   200   404   200   404   404   404   200
POST   /exams/{exam_id}/page-requests/{request_id}/slots  401   201   404   403   403   403   403   403
GET    /exams/{exam_id}/paper                             401   200   404   403   403   403   403   200
GET    /exams/{exam_id}/paper.pdf                         401   200   404   403   403   403   403   200
GET    /exams/{exam_id}/receipt                           401   200   404   200   404   404   404   200
GET    /exams/{exam_id}/result                            401   409   404   409   404   409   404   409
GET    /exams/{exam_id}/result.pdf                        401   409   404   409   404   409   404   409
GET    /exams/{exam_id}/sheets                            401   200   404   200   404   404   404   200
DELETE /exams/{exam_id}/sheets/{sheet_id}                 401   204   404   403   403   403   403   403
PUT    /exams/{exam_id}/sheets/{sheet_id}/questions       401   200   404   403   403   403   403   403
PUT    /exams/{exam_id}/sheets/order                      401   200   404   403   403   403   403   403
POST   /exams/{exam_id}/sheets/slots                      401   201   404   403   403   403   403   403
POST   /exams/{exam_id}/sheets/slots/{slot_id}/confirm    401   409   404   403   403   403   403   403
POST   /exams/{exam_id}/start                             401   200   404   403   403   403   403   403
DELETE /exams/{exam_id}/unanswered/{number}               401   200   404   403   403   403   403   403
PUT    /exams/{exam_id}/unanswered/{number}               401   200   404   403   403   403   403   403
POST   /exams/{exam_id}/void                              401   403   403   403   403   403   403   200
GET    /health                                            503   503   503   503   503   503   503   503
GET    /holidays                                          401   200   200   200   200   200   200   200
POST   /holidays                                          401   403   403   403   403   403   403   201
DELETE /holidays/{holiday_id}                             401   403   403   403   403   403   403   204
PUT    /holidays/{holiday_id}                             401   403   403   403   403   403   403   200
POST   /holidays/{holiday_id}/confirmation                401   403   403   403   403   403   403   200
POST   /holidays/{holiday_id}/preview                     401   403   403   403   403   403   403   200
POST   /holidays/preview                                  401   403   403   403   403   403   403   200
GET    /holidays/proposals                                401   403   403   403   403   403   403   200
GET    /metrics                                           200   200   200   200   200   200   200   200
GET    /notifications                                     401   200   200   200   200   200   200   200
POST   /notifications/{notification_id}/read              401   200   404   404   404   404   404   404
GET    /parent-links                                      401   200   200   200   200   200   200   200
POST   /parent-links                                      401   403   403   409   201   403   403   403
DELETE /parent-links/{link_id}                            401   404   404   204   404   404   404   204
DELETE /parent-links/{link_id}/consent                    401   404   404   200   404   404   404   200
PUT    /parent-links/{link_id}/consent                    401   404   404   200   404   404   404   403
POST   /parent-links/codes                                401   201   201   403   403   403   403   403
GET    /parent-links/notice                               200   200   200   200   200   200   200   200
GET    /plans                                             200   200   200   200   200   200   200   200
GET    /plans/{name}                                      200   200   200   200   200   200   200   200
PUT    /plans/{name}                                      401   403   403   403   403   403   403   200
GET    /questions                                         401   404   404   404   404   200   200   200
POST   /questions                                         401   404   404   404   404   201   201   201
GET    /questions/{question_id}                           401   404   404   404   404   200   200   200
PUT    /questions/{question_id}                           401   404   404   404   404   200   403   200
POST   /questions/{question_id}/approve                   401   404   404   404   404   403   200   200
POST   /questions/{question_id}/archive                   401   404   404   404   404   200   403   200
PUT    /questions/{question_id}/image                     401   404   404   404   404   200   403   200
POST   /questions/{question_id}/send-back                 401   404   404   404   404   403   200   200
POST   /questions/{question_id}/submit                    401   404   404   404   404   200   403   200
GET    /questions/{question_id}/versions                  401   404   404   404   404   200   200   200
GET    /questions/{question_id}/versions/{version}        401   404   404   404   404   200   200   200
POST   /questions/imports                                 401   404   404   404   404   201   201   201
POST   /questions/imports/examination                     401   404   404   404   404   200   200   200
POST   /question-images                                   401   404   404   404   404   422   422   422
GET    /question-images/{digest}                          401   404   404   404   404   404   404   404
GET    /quota                                             401   200   404   200   404   404   404   200
GET    /sla/board                                         401   403   403   403   403   403   403   200
GET    /sla/clocks/{exam_id}/explain                      401   200   404   200   404   404   404   200
GET    /sla/promises                                      401   200   200   200   200   200   200   200
GET    /students/{student_id}/accesses                    401   404   404   200   404   404   404   200
GET    /students/{student_id}/progress                    401   200   404   200   404   404   404   200
GET    /subscriptions                                     401   200   200   200   200   200   200   200
POST   /subscriptions                                     401   403   403   403   403   403   403   201
GET    /subscriptions/{subscription_id}                   401   200   404   200   404   404   404   200
POST   /subscriptions/{subscription_id}/cancel            401   403   404   403   404   404   404   200
GET    /templates                                         401   200   200   200   200   200   200   200
POST   /templates                                         401   404   404   404   404   201   201   201
GET    /templates/{template_id}                           401   200   200   404   404   200   200   200
PUT    /templates/{template_id}                           401   404   404   404   404   200   403   200
POST   /templates/{template_id}/archive                   401   404   404   404   404   200   403   200
GET    /templates/{template_id}/preview                   401   404   404   404   404   200   200   200
GET    /templates/{template_id}/sample                    401   404   404   404   404   200   200   200
GET    /users                                             401   403   403   403   403   403   403   200
POST   /users                                             401   403   403   403   403   403   403   201
GET    /users/{person_id}                                 401   200   404   404   404   404   404   200
PATCH  /users/{person_id}                                 401   403   403   403   403   403   403   200
POST   /users/{person_id}/disable                         401   403   403   403   403   403   403   200
POST   /users/{person_id}/enable                          401   403   403   403   403   403   403   409
POST   /users/{person_id}/lock                            401   403   403   403   403   403   403   200
POST   /users/{person_id}/invitation                      401   403   403   403   403   403   403   409
DELETE /users/{person_id}/sessions                        401   403   403   403   403   403   403   204
GET    /users/{person_id}/sessions                        401   403   403   403   403   403   403   200
POST   /users/{person_id}/unlock                          401   403   403   403   403   403   403   409
POST   /users/invitations                                 401   403   403   403   403   403   403   201
GET    /users/me                                          401   200   200   200   200   200   200   200
PATCH  /users/me                                          401   200   200   200   200   200   200   200
PUT    /users/me/password                                 401   204   422   422   422   422   422   422
"""
# fmt: on

Row = tuple[str, str]


def expected() -> Mapping[Row, list[int]]:
    rows = {}
    for line in TABLE.strip("\n").splitlines()[2:]:
        method, path, *answers = line.split()
        rows[method, path] = [int(answer) for answer in answers]
    return rows


EXPECTED = expected()


@dataclass(frozen=True)
class House:
    """The application over one world, which every test leaves as it found it."""

    client: FlaskClient
    connection: Connection
    world: World


@pytest.fixture(scope="module")
def house(
    built_app: Flask, worker_database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    with (
        worker_database.engine.connect() as connection,
        connection.begin() as outer,
        monday_ten(built_app, tmp_path_factory.mktemp("monday")),
    ):
        db.use(Database(connection))
        with db.transaction() as session:
            world = make_world(session)
        yield House(built_app.test_client(), connection, world)
        db.use(None)
        outer.rollback()


def test_the_table_names_every_route_and_no_other(built_app: Flask) -> None:
    assert set(EXPECTED) == set(rules(built_app.test_client()))


def test_every_row_answers_everybody() -> None:
    assert {len(answers) for answers in EXPECTED.values()} == {len(PEOPLE)}


@pytest.mark.parametrize("row", EXPECTED, ids=" ".join)
def test_each_role_is_let_through_or_refused_as_the_table_says(house: House, row: Row) -> None:
    limiter.reset()
    with house.connection.begin_nested() as untouched:
        answers = answers_of(house, row)
        untouched.rollback()
    assert answers == dict(zip(PEOPLE, EXPECTED[row], strict=True))


def answers_of(house: House, row: Row) -> dict[str, int]:
    world, rule = house.world, rules(house.client)[row]
    if rule.endpoint not in NOT_STARTED:
        with db.transaction() as session:
            start(session, session.merge(world.sitting))
    answers = {}
    for who in PEOPLE:
        with house.connection.begin_nested() as untouched:
            answers[who] = ask(house.client, world, world.people.get(who), row[0], rule).status_code
            untouched.rollback()
    return answers
