from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from mathvidya.accounts import passwords
from mathvidya.accounts.models import User
from tests.api.people import signed_in
from tests.factories import make_admin, make_parent, make_student, make_teacher

PASSWORD = "a walk in the rain"
STUDENT = {
    "role": "student",
    "email": "Meera@home.example",
    "password": PASSWORD,
    "full_name": "Meera Iyer",
    "class_level": "XII",
}
PARENT = {"role": "parent", "email": "uma@home.example", "password": PASSWORD, "full_name": "Uma Iyer"}


def post(client: FlaskClient, path: str, body: Any = None, **headers: str) -> TestResponse:
    return client.post(f"/api/v1{path}", json=body or {}, headers=headers)


def register(client: FlaskClient, person: dict[str, Any]) -> TestResponse:
    return post(client, "/auth/register", person)


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD) -> TestResponse:
    return post(client, "/auth/sign-in", {"email": email, "password": password})


def grant(client: FlaskClient, person: dict[str, Any]) -> dict[str, Any]:
    """Register somebody and sign them in."""
    assert register(client, person).status_code == 201
    return body_of(sign_in(client, person["email"]))


def bearer(granted: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {granted['access_token']}"}


def body_of(response: TestResponse) -> dict[str, Any]:
    assert response.status_code < 300, response.text
    body: dict[str, Any] = response.get_json()
    return body


def problem(response: TestResponse) -> tuple[int, str]:
    assert response.mimetype == "application/problem+json"
    return response.status_code, response.get_json()["type"].removeprefix("/problems/")


def test_somebody_registers_signs_in_reads_and_edits_themselves_and_leaves(client: FlaskClient) -> None:
    granted = grant(client, STUDENT)
    me = client.get("/api/v1/users/me", headers=bearer(granted))
    assert me.get_json()["class_level"] == "XII"
    assert "password" not in me.text
    edited = client.patch(
        "/api/v1/users/me",
        json={"full_name": "Meera R"},
        headers={**bearer(granted), "If-Match": me.headers["ETag"]},
    )
    assert edited.get_json()["full_name"] == "Meera R"
    assert edited.headers["ETag"] != me.headers["ETag"]
    assert post(client, "/auth/sign-out", **bearer(granted)).status_code == 204
    refused = post(client, "/auth/refresh", {"refresh_token": granted["refresh_token"]})
    assert problem(refused) == (401, "refresh-refused")


def test_an_edit_needs_the_version_that_stands(client: FlaskClient) -> None:
    granted = grant(client, STUDENT)
    blind = client.patch("/api/v1/users/me", json={"full_name": "M"}, headers=bearer(granted))
    assert problem(blind) == (428, "version-required")
    stale = client.patch(
        "/api/v1/users/me", json={"full_name": "M"}, headers={**bearer(granted), "If-Match": '"9"'}
    )
    assert problem(stale) == (412, "stale-version")
    assert stale.get_json()["current_version"] == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"full_name": "  "}, "full_name"),
        ({"class_level": "XI"}, "class_level"),
        ({"class_level": None}, "class_level"),
        ({"class_level": "X"}, "course_level"),
        ({"role": "admin", "class_level": None}, "role"),
        ({"password": "short"}, "password"),
        ({"password": "meera@HOME.example"}, "password"),
        ({"phone": "call me"}, "phone"),
        ({"is_admin": True}, "is_admin"),
    ],
)
def test_what_cannot_be_right_is_refused_by_its_field(
    client: FlaskClient, change: dict[str, Any], field: str
) -> None:
    response = register(client, {**STUDENT, **change})
    assert response.status_code == 422
    assert field in response.get_json()["errors"]


def test_an_address_registers_once_whatever_its_case(client: FlaskClient) -> None:
    assert register(client, STUDENT).status_code == 201
    assert problem(register(client, {**STUDENT, "email": "MEERA@HOME.example "})) == (409, "email-taken")


def test_sign_in_rests_after_five_wrong_passwords_and_never_says_so_apart(client: FlaskClient) -> None:
    register(client, STUDENT)
    wrong = [sign_in(client, "meera@home.example", "not the password") for _ in range(5)]
    locked = sign_in(client, "meera@home.example")
    unknown = sign_in(client, "nobody@home.example")
    answers = {(problem(r), r.get_json()["detail"]) for r in (*wrong, locked, unknown)}
    assert len(answers) == 1
    assert problem(locked) == (401, "sign-in-refused")


def test_an_admin_ends_the_rest(app: Flask, client: FlaskClient, session: Session) -> None:
    admin = signed_in(app, make_admin(session))
    person = body_of(register(client, STUDENT))["id"]
    for _ in range(5):
        sign_in(client, STUDENT["email"], "not the password")
    assert sign_in(client, STUDENT["email"]).status_code == 401
    assert post(client, f"/users/{person}/unlock", **admin).status_code == 200
    assert sign_in(client, STUDENT["email"]).status_code == 200


def test_attempts_on_one_account_are_limited_and_say_for_how_long(client: FlaskClient) -> None:
    answers = [sign_in(client, "nobody@home.example") for _ in range(11)]
    assert problem(answers[-1]) == (429, "too-many-requests")
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert problem(sign_in(client, "another@home.example")) == (401, "sign-in-refused")


def test_a_whole_class_signs_in_from_one_address(client: FlaskClient) -> None:
    answers = {sign_in(client, f"pupil{number}@home.example").status_code for number in range(40)}
    assert answers == {401}


def test_a_refresh_token_is_good_once_and_its_reuse_ends_the_session(client: FlaskClient) -> None:
    first = grant(client, STUDENT)
    second = body_of(post(client, "/auth/refresh", {"refresh_token": first["refresh_token"]}))
    assert second["session_id"] == first["session_id"]
    for token in (first["refresh_token"], second["refresh_token"]):
        assert problem(post(client, "/auth/refresh", {"refresh_token": token})) == (401, "refresh-refused")
    sessions = client.get("/api/v1/auth/sessions", headers=bearer(second))
    assert sessions.get_json()["items"] == []


def test_sessions_are_listed_and_ended_by_their_owner_alone(client: FlaskClient) -> None:
    here = grant(client, STUDENT)
    there = body_of(sign_in(client, STUDENT["email"]))
    stranger = grant(client, PARENT)
    listed = client.get("/api/v1/auth/sessions", headers=bearer(here)).get_json()["items"]
    assert {item["id"] for item in listed} == {here["session_id"], there["session_id"]}
    path = f"/api/v1/auth/sessions/{there['session_id']}"
    assert problem(client.delete(path, headers=bearer(stranger))) == (404, "not-found")
    assert client.delete(path, headers=bearer(here)).status_code == 204
    assert problem(client.delete(path, headers=bearer(here))) == (404, "not-found")
    assert client.delete("/api/v1/auth/sessions", headers=bearer(here)).status_code == 204
    refused = post(client, "/auth/refresh", {"refresh_token": here["refresh_token"]})
    assert problem(refused) == (401, "refresh-refused")


def test_a_new_password_replaces_the_old_one(client: FlaskClient) -> None:
    granted = grant(client, STUDENT)
    change = {"present": PASSWORD, "new": "nine red pears"}
    assert client.put("/api/v1/users/me/password", json=change, headers=bearer(granted)).status_code == 204
    assert sign_in(client, STUDENT["email"]).status_code == 401
    assert sign_in(client, STUDENT["email"], "nine red pears").status_code == 200


def test_a_parent_is_linked_by_the_students_code_and_consents(client: FlaskClient) -> None:
    student, parent = grant(client, STUDENT), grant(client, PARENT)
    code = body_of(post(client, "/parent-links/codes", **bearer(student)))["code"]
    notice = client.get("/api/v1/parent-links/notice").get_json()
    redemption = {
        "code": code.lower(),
        "relationship": "mother",
        "is_primary": True,
        "notice_version": notice["version"],
    }
    link = body_of(post(client, "/parent-links", redemption, **bearer(parent)))
    assert link["has_consent"]
    assert post(client, "/parent-links", redemption, **bearer(parent)).get_json() == link
    children = client.get("/api/v1/parent-links", headers=bearer(parent)).get_json()["items"]
    assert [child["student_name"] for child in children] == ["Meera Iyer"]
    consent = f"/api/v1/parent-links/{link['id']}/consent"
    assert not client.delete(consent, headers=bearer(parent)).get_json()["has_consent"]
    assert problem(client.delete(consent, headers=bearer(parent))) == (409, "wrong-state")
    again = client.put(consent, json={"notice_version": notice["version"]}, headers=bearer(parent))
    assert again.get_json()["has_consent"]
    ended = client.delete(f"/api/v1/parent-links/{link['id']}", headers=bearer(parent))
    assert ended.status_code == 204
    assert client.get("/api/v1/parent-links", headers=bearer(parent)).get_json()["items"] == []


def test_a_second_primary_parent_is_refused_and_may_link_as_another(client: FlaskClient) -> None:
    student = grant(client, STUDENT)
    version = client.get("/api/v1/parent-links/notice").get_json()["version"]
    answers = []
    for number, is_primary in enumerate([True, True, False]):
        parent = grant(client, {**PARENT, "email": f"parent{number}@home.example"})
        code = body_of(post(client, "/parent-links/codes", **bearer(student)))["code"]
        body = {"code": code, "relationship": "guardian", "is_primary": is_primary, "notice_version": version}
        answers.append(post(client, "/parent-links", body, **bearer(parent)))
    assert [answer.status_code for answer in answers] == [201, 409, 201]
    assert problem(answers[1]) == (409, "primary-parent-exists")


def test_wrong_codes_count_although_they_are_refused(client: FlaskClient) -> None:
    parent = grant(client, PARENT)
    version = client.get("/api/v1/parent-links/notice").get_json()["version"]
    body = {"code": "P-WRONG", "relationship": "father", "notice_version": version}
    answers = [problem(post(client, "/parent-links", body, **bearer(parent))) for _ in range(6)]
    assert answers == [(422, "link-code-refused")] * 5 + [(429, "too-many-link-codes")]


def test_one_family_does_not_reach_into_another(client: FlaskClient) -> None:
    student, parent = grant(client, STUDENT), grant(client, PARENT)
    stranger = grant(client, {**PARENT, "email": "stranger@home.example"})
    version = client.get("/api/v1/parent-links/notice").get_json()["version"]
    code = body_of(post(client, "/parent-links/codes", **bearer(student)))["code"]
    body = {"code": code, "relationship": "father", "notice_version": version}
    link = body_of(post(client, "/parent-links", body, **bearer(parent)))
    headers = bearer(stranger)
    answers = [
        client.get(f"/api/v1/users/{student['person']['id']}", headers=headers),
        client.get(f"/api/v1/users/{parent['person']['id']}", headers=headers),
        client.delete(f"/api/v1/parent-links/{link['id']}", headers=headers),
        client.delete(f"/api/v1/parent-links/{link['id']}/consent", headers=headers),
        client.put(
            f"/api/v1/parent-links/{link['id']}/consent", json={"notice_version": version}, headers=headers
        ),
    ]
    assert {problem(answer) for answer in answers} == {(404, "not-found")}
    assert client.get("/api/v1/parent-links", headers=headers).get_json()["items"] == []


def test_an_admin_makes_lists_edits_and_disables_people(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    admin = signed_in(app, make_admin(session))
    teacher = {
        "role": "teacher",
        "email": "t@school.example",
        "password": PASSWORD,
        "full_name": "Tara",
        "may_mark": ["XII"],
        "daily_cap": 10,
    }
    key = {"Idempotency-Key": "make-tara"}
    made = body_of(post(client, "/users", teacher, **admin, **key))
    assert post(client, "/users", teacher, **admin, **key).get_json() == made
    found = client.get("/api/v1/users?role=teacher&search=tar", headers=admin).get_json()["items"]
    assert [person["id"] for person in found] == [made["id"]]
    person = f"/api/v1/users/{made['id']}"
    edited = client.patch(
        person, json={"may_mark": ["X", "XII"]}, headers={**admin, "If-Match": f'"{made["version"]}"'}
    )
    assert body_of(edited)["may_mark"] == ["X", "XII"]
    assert post(client, f"/users/{made['id']}/disable", **admin).get_json()["disabled_at"]
    assert problem(sign_in(client, "t@school.example")) == (401, "sign-in-refused")
    assert post(client, f"/users/{made['id']}/enable", **admin).get_json()["disabled_at"] is None
    granted = body_of(sign_in(client, "t@school.example"))
    assert client.delete(f"{person}/sessions", headers=admin).status_code == 204
    refused = post(client, "/auth/refresh", {"refresh_token": granted["refresh_token"]})
    assert problem(refused) == (401, "refresh-refused")


def test_the_role_of_a_linked_person_stands_until_the_link_is_gone(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    admin = signed_in(app, make_admin(session))
    student, parent = grant(client, STUDENT), grant(client, PARENT)
    version = client.get("/api/v1/parent-links/notice").get_json()["version"]
    code = body_of(post(client, "/parent-links/codes", **bearer(student)))["code"]
    body = {"code": code, "relationship": "father", "notice_version": version}
    post(client, "/parent-links", body, **bearer(parent))
    change = client.patch(
        f"/api/v1/users/{parent['person']['id']}",
        json={"role": "teacher"},
        headers={**admin, "If-Match": '"1"'},
    )
    assert problem(change) == (409, "still-linked")


@pytest.mark.parametrize("make", [make_student, make_parent, make_teacher])
def test_the_doors_of_admins_are_closed_to_everybody_else(
    app: Flask, client: FlaskClient, session: Session, make: Any
) -> None:
    person: User = make(session, password_hash=passwords.make_hash(PASSWORD))
    headers, other = signed_in(app, person), make_student(session).id
    assert problem(client.get("/api/v1/users", headers=headers)) == (403, "forbidden")
    assert problem(post(client, "/users", STUDENT, **headers)) == (403, "forbidden")
    until = {"until": "2100-01-01T00:00:00Z"}
    assert problem(post(client, f"/users/{other}/lock", until, **headers)) == (403, "forbidden")
    for act in ("unlock", "disable", "enable"):
        assert problem(post(client, f"/users/{other}/{act}", **headers)) == (403, "forbidden")
    ended = client.delete(f"/api/v1/users/{other}/sessions", headers=headers)
    assert problem(ended) == (403, "forbidden")
    edit = client.patch(f"/api/v1/users/{other}", json={}, headers={**headers, "If-Match": '"1"'})
    assert problem(edit) == (403, "forbidden")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/users/me"),
        ("GET", "/users"),
        ("GET", "/auth/sessions"),
        ("POST", "/auth/sign-out"),
        ("GET", "/parent-links"),
        ("POST", "/parent-links/codes"),
        ("GET", f"/users/{UUID(int=1)}"),
    ],
)
def test_nobody_comes_in_without_a_token(client: FlaskClient, method: str, path: str) -> None:
    assert problem(client.open(f"/api/v1{path}", method=method)) == (401, "unauthenticated")
