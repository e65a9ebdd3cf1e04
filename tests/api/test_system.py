from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mathvidya.system import service
from tests.api.people import signed_in
from tests.factories import MONDAY_TEN, make_admin, make_student, make_teacher
from workflows.models import OutboxMessage

Headers = dict[str, str]


@pytest.fixture
def admin(app: Flask, session: Session) -> Headers:
    service.plant_reference(session, now=MONDAY_TEN)
    return signed_in(app, make_admin(session))


@pytest.fixture
def student(app: Flask, session: Session) -> Headers:
    return signed_in(app, make_student(session))


def kind(response: Any) -> tuple[int, str]:
    return response.status_code, response.get_json()["type"].removeprefix("/problems/")


def test_a_setting_is_read_and_changed_under_its_version(client: FlaskClient, admin: Headers) -> None:
    path = "/api/v1/config/teacher_daily_cap"
    read = client.get(path, headers=admin)
    headers = {**admin, "If-Match": read.headers["ETag"]}
    assert client.put(path, json={"value": 25}, headers=headers).get_json()["value"] == 25
    assert kind(client.put(path, json={"value": 30}, headers=headers)) == (412, "stale-version")
    assert len(client.get("/api/v1/config", headers=admin).get_json()["items"]) == 22


def test_a_setting_refuses_what_it_cannot_be_by_name(client: FlaskClient, admin: Headers) -> None:
    headers = {**admin, "If-Match": '"1"'}
    wrong = client.put("/api/v1/config/teacher_daily_cap", json={"value": "many"}, headers=headers)
    assert wrong.get_json()["errors"].keys() == {"teacher_daily_cap"}
    assert kind(client.put("/api/v1/config/colour", json={"value": 1}, headers=headers)) == (404, "not-found")
    kept = client.put("/api/v1/config/sla_weekly_off", json={"value": ["sunday"]}, headers=headers)
    assert kind(kept) == (409, "setting-kept-elsewhere")


def test_a_holiday_is_declared_corrected_confirmed_and_taken_back(
    client: FlaskClient, admin: Headers
) -> None:
    draft = {"date": "2099-05-04", "name": "Eid", "is_estimate": True}
    added = client.post("/api/v1/holidays", json=draft, headers={**admin, "Idempotency-Key": "eid"})
    again = client.post("/api/v1/holidays", json=draft, headers={**admin, "Idempotency-Key": "eid"})
    assert (added.status_code, again.get_json()) == (201, added.get_json())
    path = f"/api/v1/holidays/{added.get_json()['id']}"
    moved = client.put(path, json={**draft, "date": "2099-05-05"}, headers={**admin, "If-Match": '"1"'})
    assert moved.get_json()["confirmed_at"] is None
    confirmed = client.post(f"{path}/confirmation", headers=admin).get_json()
    assert (confirmed["is_estimate"], confirmed["confirmed_at"] is None) == (False, False)
    listed = client.get("/api/v1/holidays?first=2099-01-01", headers=admin).get_json()["items"]
    assert [holiday["date"] for holiday in listed] == ["2099-05-05"]
    assert client.delete(path, headers=admin).status_code == 204
    assert kind(client.delete(path, headers=admin)) == (404, "not-found")


def test_a_holiday_that_cannot_be_is_refused(client: FlaskClient, admin: Headers) -> None:
    def add(**draft: Any) -> tuple[int, str]:
        return kind(client.post("/api/v1/holidays", json={"name": "Bandh", **draft}, headers=admin))

    assert (
        client.post(
            "/api/v1/holidays", json={"name": "Bandh", "date": "2099-05-04"}, headers=admin
        ).status_code
        == 201
    )
    assert add(date="2099-05-04") == (409, "duplicate-holiday")
    assert add(date="2099-05-04", name="Work", is_working_day=True) == (409, "day-declared-twice")
    assert add(date="2001-05-04") == (422, "date-in-the-past")
    assert add(date="2099-02-30") == (422, "invalid")
    assert add(date="2099-05-04", calendar="in-atlantis") == (404, "not-found")


def test_a_calendar_is_edited_under_its_version(client: FlaskClient, admin: Headers) -> None:
    path = "/api/v1/calendars/national"
    read = client.get(path, headers=admin)
    headers = {**admin, "If-Match": read.headers["ETag"]}
    empty = client.put(path, json={"name": "India", "weekly_hours": {}}, headers=headers)
    assert kind(empty) == (422, "calendar-without-working-time")
    week = {"monday": [["09:00", "13:00"]]}
    edited = client.put(path, json={"name": "India", "weekly_hours": week}, headers=headers)
    assert edited.get_json()["weekly_hours"] == week
    stale = client.put(path, json={"name": "India", "weekly_hours": week}, headers=headers)
    assert kind(stale) == (412, "stale-version")
    assert len(client.get("/api/v1/calendars", headers=admin).get_json()["items"]) == 1


def test_one_date_gets_hours_of_its_own_and_its_usual_ones_back(client: FlaskClient, admin: Headers) -> None:
    path = "/api/v1/calendars/national/overrides"
    half = {"hours": [["09:00", "13:00"]], "reason": "Half day"}
    assert client.put(f"{path}/2099-05-04", json=half, headers=admin).get_json()["hours"] == half["hours"]
    assert len(client.get(path, headers=admin).get_json()["items"]) == 1
    assert client.delete(f"{path}/2099-05-04", headers=admin).status_code == 204
    assert kind(client.delete(f"{path}/2099-05-04", headers=admin)) == (404, "not-found")
    assert kind(client.put(f"{path}/tomorrow", json=half, headers=admin)) == (422, "invalid")
    three = {"hours": [["09:00", "13:00", "14:00"]]}
    assert kind(client.put(f"{path}/2099-05-04", json=three, headers=admin)) == (422, "invalid")


def test_students_read_calendars_and_change_nothing(
    client: FlaskClient, admin: Headers, student: Headers
) -> None:
    assert client.get("/api/v1/holidays", headers=student).status_code == 200
    assert client.get("/api/v1/calendars/national", headers=student).status_code == 200
    draft = {"date": "2099-05-04", "name": "No school"}
    assert kind(client.post("/api/v1/holidays", json=draft, headers=student)) == (403, "forbidden")
    for path in ("/config", "/config/teacher_daily_cap", "/audit"):
        assert kind(client.get(f"/api/v1{path}", headers=student)) == (403, "forbidden")


def test_the_trail_shows_what_an_admin_did(client: FlaskClient, admin: Headers) -> None:
    path = "/api/v1/config/teacher_daily_cap"
    client.put(path, json={"value": 25}, headers={**admin, "If-Match": '"1"'})
    (line,) = client.get("/api/v1/audit?action=config.updated", headers=admin).get_json()["items"]
    assert line["changes"] == {"value": {"was": 20, "is": 25}}
    assert line["address"] == "127.0.0.1"


def test_the_trail_is_paged_newest_first(client: FlaskClient, admin: Headers) -> None:
    for version in (1, 2, 3):
        client.put(
            "/api/v1/config/teacher_daily_cap",
            json={"value": 20 + version},
            headers={**admin, "If-Match": f'"{version}"'},
        )
    query = "/api/v1/audit?action=config.updated&limit=2"
    first = client.get(query, headers=admin).get_json()
    rest = client.get(f"{query}&after={first['next_after']}", headers=admin).get_json()
    values = [line["changes"]["value"]["is"] for page in (first, rest) for line in page["items"]]
    assert values == [23, 22, 21]


def test_health_tells_what_waits_and_how_far_the_holidays_reach(
    client: FlaskClient, admin: Headers, session: Session
) -> None:
    waiting = session.scalar(select(func.count()).select_from(OutboxMessage))
    parts = client.get("/api/v1/health").get_json()["parts"]
    assert parts["outbox"] == {"ok": True, "detail": f"{waiting} waiting, 0 in quarantine"}
    assert parts["timers"] == {"ok": True, "detail": "0 waiting, 0 in quarantine"}
    assert parts["calendar"]["ok"]
    assert "2027-12-25" in parts["calendar"]["detail"]


def test_teachers_do_not_change_working_time(
    app: Flask, client: FlaskClient, admin: Headers, session: Session
) -> None:
    teacher = signed_in(app, make_teacher(session))
    body = {"name": "India", "weekly_hours": {"monday": [["09:00", "18:00"]]}}
    headers = {**teacher, "If-Match": '"1"'}
    assert kind(client.put("/api/v1/calendars/national", json=body, headers=headers)) == (403, "forbidden")
