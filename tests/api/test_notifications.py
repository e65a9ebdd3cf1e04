from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mathvidya.accounts.models import User
from mathvidya.notices.rules import result_for_student
from mathvidya.notices.service import tell_people
from mathvidya.platform import db
from tests.api.people import signed_in
from tests.factories import make_admin, make_parent, make_student, make_teacher
from workflows.base import new_id


@pytest.fixture
def student(app: Flask) -> User:
    with db.transaction() as session:
        student = make_student(session)
        for _ in range(2):
            tell_people(session, [student.id], result_for_student(new_id()), now=datetime.now(UTC))
        return student


def test_notices_are_listed_counted_and_read(app: Flask, client: FlaskClient, student: User) -> None:
    headers = signed_in(app, student)
    listed = client.get("/api/v1/notifications?limit=1", headers=headers).json
    assert listed is not None
    assert (len(listed["items"]), listed["unread"]) == (1, 2)
    notice = listed["items"][0]
    assert (notice["category"], notice["read_at"]) == ("evaluation_complete", None)
    read = client.post(f"/api/v1/notifications/{notice['id']}/read", headers=headers)
    assert read.json is not None
    assert read.json["read_at"]
    after = client.get(f"/api/v1/notifications?after={listed['next_after']}", headers=headers).json
    assert after is not None
    assert (len(after["items"]), after["unread"]) == (1, 1)


@pytest.mark.parametrize("make", [make_student, make_parent, make_teacher, make_admin])
def test_everybody_has_notices_and_only_their_own(
    app: Flask, client: FlaskClient, student: User, make: type
) -> None:
    with db.transaction() as session:
        headers = signed_in(app, make(session))
    mine = client.get("/api/v1/notifications", headers=headers).json
    assert mine == {"items": [], "next_after": None, "unread": 0}
    theirs = client.get("/api/v1/notifications", headers=signed_in(app, student)).json
    assert theirs is not None
    address = f"/api/v1/notifications/{theirs['items'][0]['id']}/read"
    assert client.post(address, headers=headers).status_code == 404


def test_nobody_is_told_anything_without_signing_in(client: FlaskClient, student: User) -> None:
    assert client.get("/api/v1/notifications").status_code == 401
    assert client.post(f"/api/v1/notifications/{new_id()}/read").status_code == 401
