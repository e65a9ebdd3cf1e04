import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from mathvidya.evaluation.queries import board
from tests.api.people import signed_in
from tests.factories import make_admin
from workflows.calendar import HorizonError


def test_an_unknown_address_is_a_problem(client: FlaskClient) -> None:
    response = client.get("/api/v1/nowhere")
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
    assert response.json is not None
    assert response.json["type"] == "/problems/not-found"


def test_a_wrong_method_says_which_are_allowed(client: FlaskClient) -> None:
    response = client.post("/api/v1/health")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_every_answer_carries_the_id_of_its_request(client: FlaskClient) -> None:
    assert client.get("/api/v1/nowhere", headers={"X-Request-Id": "r-1"}).headers["X-Request-Id"] == "r-1"
    assert client.get("/api/v1/nowhere", headers={"X-Request-Id": "é"}).headers["X-Request-Id"] != "é"


def test_health_names_the_part_that_is_not_well(client: FlaskClient) -> None:
    response = client.get("/api/v1/health")
    assert response.status_code == 503
    assert response.json is not None
    assert response.json["parts"]["database"]["ok"]
    assert not response.json["parts"]["beat"]["ok"]


def test_a_calendar_that_ends_is_a_problem_of_its_own(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(*_: object, **__: object) -> None:
        raise HorizonError("the calendar covers working time until 2027-12-31")

    monkeypatch.setattr(board, "board", ends)
    headers = signed_in(app, make_admin(session))
    response = app.test_client().get("/api/v1/sla/board", headers=headers)
    assert response.status_code == 503
    assert response.json is not None
    assert response.json["type"] == "/problems/calendar-ends"
    assert "2027-12-31" in response.json["detail"]
