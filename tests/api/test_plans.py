from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from mathvidya.accounts.models import User
from mathvidya.platform import db
from tests.api.people import signed_in
from tests.factories import (
    link_parent,
    make_admin,
    make_class_x_student,
    make_parent,
    make_plan,
    make_student,
    make_teacher,
)

TERMS: dict[str, Any] = {
    "title": "Plan Centum",
    "exams_per_month": 50,
    "teacher_hours": "1.50",
    "exam_types": ["board_exam", "unit_practice"],
    "mcq_only": False,
    "leaderboard": True,
    "sla_policy": {"unit": "working_day", "amount": 1},
    "monthly_paise": 149900,
    "yearly_paise": 1499900,
}


class House:
    """A plan, one person of each role, and requests in their names."""

    def __init__(self, client: FlaskClient, session: Session) -> None:
        self.client = client
        self.plan = make_plan(session)
        self.admin, self.teacher = make_admin(session), make_teacher(session)
        self.student, self.stranger = make_student(session), make_class_x_student(session)
        self.parent, self.other_parent = make_parent(session), make_parent(session)
        link_parent(session, self.parent, self.student)

    def ask(self, who: User | None, method: str, path: str, **options: Any) -> TestResponse:
        headers = dict(options.pop("headers", {}))
        if who is not None:
            headers.update(signed_in(self.client.application, who))
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)

    def subscribe(self, student: User | None = None, **values: Any) -> TestResponse:
        headers = values.pop("headers", {})
        order = {"plan": "centum", "student_id": str((student or self.student).id), "months": 12, **values}
        return self.ask(self.admin, "POST", "/subscriptions", json=order, headers=headers)


@pytest.fixture
def house(client: FlaskClient) -> House:
    with db.transaction() as session:
        return House(client, session)


def body(response: TestResponse, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.json is not None
    found: dict[str, Any] = response.json
    return found


def problem(response: TestResponse, status: int, slug: str) -> dict[str, Any]:
    found = body(response, status)
    assert found["type"] == f"/problems/{slug}"
    return found


def test_everybody_reads_the_plans_without_signing_in(house: House) -> None:
    listed = body(house.ask(None, "GET", "/plans"), 200)["items"]
    assert [plan["name"] for plan in listed] == ["centum"]
    response = house.ask(None, "GET", "/plans/centum")
    assert body(response, 200) == listed[0]
    assert response.headers["ETag"] == '"1"'


def test_a_plan_that_there_is_not_is_not_found(house: House) -> None:
    assert "centum" in problem(house.ask(None, "GET", "/plans/gold"), 404, "not-found")["detail"]
    problem(house.ask(None, "GET", "/plans/basic"), 404, "not-found")


def test_an_admin_edits_a_plan_from_the_version_they_read(house: House) -> None:
    edited = {**TERMS, "monthly_paise": 159900}
    answer = house.ask(house.admin, "PUT", "/plans/centum", json=edited, headers={"If-Match": '"1"'})
    plan = body(answer, 200)
    assert plan == {**edited, "name": "centum", "version": 2}
    assert answer.headers["ETag"] == '"2"'
    stale = house.ask(house.admin, "PUT", "/plans/centum", json=TERMS, headers={"If-Match": '"1"'})
    assert problem(stale, 412, "stale-version")["current_version"] == 2
    unsaid = house.ask(house.admin, "PUT", "/plans/centum", json=TERMS)
    problem(unsaid, 428, "version-required")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("exams_per_month", -1),
        ("exams_per_month", "50"),
        ("exams_per_month", 1.5),
        ("monthly_paise", 10**12),
        ("teacher_hours", "-1"),
        ("teacher_hours", "many"),
        ("exam_types", []),
        ("exam_types", ["oral"]),
        ("exam_types", ["board_exam", "board_exam"]),
        ("sla_policy", {"unit": "working_day", "amount": 0}),
        ("sla_policy", {"unit": "fortnight", "amount": 1}),
        ("title", ""),
    ],
)
def test_terms_that_cannot_be_right_are_named_by_field(house: House, field: str, value: Any) -> None:
    sent = {**TERMS, field: value}
    answer = house.ask(house.admin, "PUT", "/plans/centum", json=sent, headers={"If-Match": '"1"'})
    assert list(problem(answer, 422, "invalid")["errors"]) == [field]
    assert body(house.ask(None, "GET", "/plans/centum"), 200)["version"] == 1


def test_only_an_admin_edits_plans_and_subscribes(house: House) -> None:
    for person in (house.student, house.parent, house.teacher):
        edit = house.ask(person, "PUT", "/plans/centum", json=TERMS, headers={"If-Match": '"1"'})
        problem(edit, 403, "forbidden")
        order = {"plan": "centum", "student_id": str(house.student.id), "months": 1}
        problem(house.ask(person, "POST", "/subscriptions", json=order), 403, "forbidden")
    for method, path in (("PUT", "/plans/centum"), ("POST", "/subscriptions")):
        sent = TERMS if method == "PUT" else order
        problem(house.ask(None, method, path, json=sent), 401, "unauthenticated")


def test_an_admin_subscribes_a_student_for_a_year(house: House) -> None:
    made = body(house.subscribe(), 201)
    assert (made["plan"], made["state"], made["price_paise"]) == ("centum", "active", 1499900)
    again = problem(house.subscribe(), 409, "subscription-overlap")
    assert "cancel it first" in again["detail"]


def test_an_order_sent_twice_with_one_key_is_one_subscription(house: House) -> None:
    key = {"Idempotency-Key": "order-1"}
    first, second = house.subscribe(headers=key), house.subscribe(headers=key)
    assert body(first, 201) == body(second, 201)
    listed = body(house.ask(house.admin, "GET", "/subscriptions"), 200)
    assert len(listed["items"]) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("plan", "gold"),
        ("student_id", "me"),
        ("student_id", "019b0000-0000-7000-8000-000000000000"),
        ("starts_on", "31/01/2026"),
        ("starts_on", "2001-01-01"),
        ("months", 0),
        ("months", 37),
        ("months", "12"),
        ("price_paise", 0),
    ],
)
def test_an_order_that_cannot_be_right_is_named_by_field(house: House, field: str, value: Any) -> None:
    answer = house.subscribe(**{field: value})
    assert list(problem(answer, 422, "invalid")["errors"]) == [field]


def test_each_person_reaches_the_subscriptions_of_their_own(house: House) -> None:
    made = body(house.subscribe(), 201)
    path = f"/subscriptions/{made['id']}"
    for person in (house.student, house.parent, house.admin):
        assert body(house.ask(person, "GET", path), 200) == made
        assert body(house.ask(person, "GET", "/subscriptions"), 200)["items"] == [made]
    for person in (house.stranger, house.other_parent, house.teacher):
        problem(house.ask(person, "GET", path), 404, "not-found")
        problem(house.ask(person, "POST", f"{path}/cancel"), 404, "not-found")
        assert body(house.ask(person, "GET", "/subscriptions"), 200)["items"] == []


def test_an_admin_cancels_and_a_family_does_not(house: House) -> None:
    path = f"/subscriptions/{body(house.subscribe(), 201)['id']}/cancel"
    for person in (house.student, house.parent):
        problem(house.ask(person, "POST", path), 403, "forbidden")
    assert body(house.ask(house.admin, "POST", path), 200)["state"] == "cancelled"
    problem(house.ask(house.admin, "POST", path), 409, "wrong-state")
    body(house.subscribe(), 201)


def test_a_quota_is_reached_by_the_family_and_by_admins(house: House) -> None:
    problem(house.ask(house.student, "GET", "/quota"), 403, "no-subscription")
    house.subscribe()
    own = body(house.ask(house.student, "GET", "/quota"), 200)
    assert (own["plan"], own["allowed"], own["used"], own["left"]) == ("centum", 50, 0, 50)
    path = f"/quota?student_id={house.student.id}"
    for person in (house.parent, house.admin):
        assert body(house.ask(person, "GET", path), 200) == own
        problem(house.ask(person, "GET", "/quota"), 422, "invalid")
    for person in (house.stranger, house.other_parent, house.teacher):
        problem(house.ask(person, "GET", path), 404, "not-found")
    problem(house.ask(None, "GET", "/quota"), 401, "unauthenticated")


def test_a_list_asks_the_database_as_often_for_one_row_as_for_many(
    house: House, connection: Connection
) -> None:
    statements: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    def asked() -> int:
        statements.clear()
        body(house.ask(house.admin, "GET", "/subscriptions"), 200)
        return len(statements)

    event.listen(connection, "before_cursor_execute", note)
    house.subscribe(house.student)
    for_one = asked()
    house.subscribe(house.stranger)
    assert asked() == for_one
    event.remove(connection, "before_cursor_execute", note)


def test_pages_of_subscriptions_follow_each_other(house: House) -> None:
    made = [body(house.subscribe(student), 201)["id"] for student in (house.student, house.stranger)]
    first = body(house.ask(house.admin, "GET", "/subscriptions?limit=1"), 200)
    rest = body(house.ask(house.admin, "GET", f"/subscriptions?limit=1&after={first['next_after']}"), 200)
    assert [first["items"][0]["id"], rest["items"][0]["id"]] == made[::-1]
    assert rest["next_after"] is None
