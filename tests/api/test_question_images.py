"""A figure's way: from a teacher's file into storage, and before whoever was shown its key."""

import io
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from mathvidya.accounts.models import User
from tests.api.people import signed_in
from tests.factories import make_student, make_teacher


def picture(form: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(buffer, form, **options)
    return buffer.getvalue()


@pytest.fixture
def teacher(session: Session) -> User:
    return make_teacher(session)


def send(app: Flask, person: User, data: bytes, media_type: str = "image/png") -> Any:
    return app.test_client().post(
        "/api/v1/question-images", data=data, content_type=media_type, headers=signed_in(app, person)
    )


def test_a_figure_is_kept_and_read_by_whoever_was_shown_its_key(
    app: Flask, session: Session, teacher: User
) -> None:
    kept = send(app, teacher, picture())
    assert kept.status_code == 201
    assert (kept.json["width"], kept.json["height"]) == (400, 300)
    digest = kept.json["image_key"].removeprefix("questions/").removesuffix(".webp")

    student = signed_in(app, make_student(session))
    address = app.test_client().get(f"/api/v1/question-images/{digest}", headers=student)
    assert address.json is not None
    shown = app.test_client().get(address.json["url"])
    assert (shown.status_code, shown.mimetype) == (200, "image/webp")
    assert Image.open(io.BytesIO(shown.data)).size == (400, 300)


def test_the_same_figure_kept_twice_is_kept_once(app: Flask, teacher: User) -> None:
    assert send(app, teacher, picture()).json == send(app, teacher, picture()).json


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "unsupported-type"),
        (picture()[:-20], "truncated"),
        (picture("PDF", save_all=True, append_images=[Image.new("RGB", (400, 300))]), "many-pages"),
    ],
)
def test_what_is_not_one_picture_is_refused_by_name(
    app: Flask, teacher: User, data: bytes, code: str
) -> None:
    refused = send(app, teacher, data)
    assert refused.status_code == 422
    assert (refused.json["type"], refused.json["code"]) == ("/problems/image-refused", code)


def test_students_keep_no_figures(app: Flask, session: Session) -> None:
    assert send(app, make_student(session), picture()).status_code == 404


@pytest.mark.parametrize("digest", ["0" * 64, "..", "A" * 64])
def test_a_figure_that_is_not_there_is_not_found(app: Flask, teacher: User, digest: str) -> None:
    answer = app.test_client().get(f"/api/v1/question-images/{digest}", headers=signed_in(app, teacher))
    assert answer.status_code == 404
