import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from mathvidya.app import create_app
from mathvidya.attempts import service
from mathvidya.attempts.models import ExamInstance
from mathvidya.attempts.service.sheets import opening
from mathvidya.platform import clock, storage
from mathvidya.platform.db import Database
from mathvidya.platform.errors import Unavailable
from mathvidya.platform.imaging.limits import Limits
from mathvidya.platform.imaging.pages import open_pages
from mathvidya.settings import Settings
from tests.answer_books import picture
from tests.api.desks import Caller, claimed
from tests.factories import MONDAY_TEN, actor_of, make_admin, make_student, make_teacher
from tests.platform import hostile
from tests.sittings import UPLOAD_ENDS, at, consent, make_exam, start, student_of

PRIVATE = (b"HiddenMaker", b"HiddenXmp", b"HiddenComment", b"HiddenProfile")


@pytest.fixture
def app(connection: Connection, tmp_path: Path) -> Iterator[Flask]:
    """The application with a store on the local disk, at the moment at which the exam starts."""
    settings = Settings(var=tmp_path, clock_file=tmp_path / "clock")
    made = create_app(settings, database=Database(connection))
    clock.move_to(MONDAY_TEN)
    yield made
    clock.use_offset_file(None)
    storage.use(None)


@pytest.fixture
def exam(session: Session) -> ExamInstance:
    made = make_exam(session)
    consent(session, student_of(session, made))
    return start(session, made)


@pytest.fixture
def desk(app: Flask, session: Session, exam: ExamInstance) -> Caller:
    return Caller(app, student_of(session, exam), exam.id)


def problem(answer: Any) -> str:
    assert answer.mimetype == "application/problem+json", answer.text
    return str(answer.json["type"]).removeprefix("/problems/")


def test_a_page_goes_from_the_phone_to_the_answer_book(desk: Caller) -> None:
    data = picture(1)
    answer = desk.upload(data, page=3)
    assert answer.status_code == 200
    assert answer.json is not None
    (sheet,) = answer.json["items"]
    assert (sheet["page_number"], sheet["media_type"]) == (3, "image/jpeg")
    assert sheet["sha256"] == claimed(data)["sha256"]
    assert [each["id"] for each in desk.sheets()] == [sheet["id"]]


def test_the_views_are_served_upright_and_without_a_word_of_metadata(desk: Caller) -> None:
    data = hostile.jpeg_stored_as(6)
    assert b"HiddenMaker" in data
    answer = desk.upload(data)
    assert answer.json is not None
    for url in answer.json["items"][0]["urls"].values():
        served = desk.client.get(url)
        assert (served.status_code, served.mimetype) == (200, "image/webp")
        assert served.headers["X-Content-Type-Options"] == "nosniff"
        shown = Image.open(io.BytesIO(served.data))
        assert dict(shown.getexif()) == {}
        assert shown.size[0] < shown.size[1]
        assert b"HiddenMaker" not in served.data


def test_nothing_private_of_a_photograph_is_served(desk: Caller) -> None:
    answer = desk.upload(hostile.jpeg_with_everything_private())
    assert answer.json is not None
    for url in answer.json["items"][0]["urls"].values():
        served = desk.client.get(url).data
        assert not any(word in served for word in (*PRIVATE, b"EXIF", b"XMP", b"ICCP"))


def test_a_polyglot_is_shown_as_its_picture_alone(desk: Caller) -> None:
    answer = desk.upload(hostile.jpeg_html_zip_polyglot())
    assert answer.json is not None
    assert b"<script" not in desk.client.get(answer.json["items"][0]["urls"]["full"]).data


@pytest.mark.parametrize(
    ("build", "slug"),
    [
        (lambda: hostile.SVG, "file-type-refused"),
        (lambda: hostile.HTML, "file-type-refused"),
        (hostile.gif, "file-type-refused"),
        (lambda: b"just words", "file-type-refused"),
        (lambda: hostile.jpeg()[:-400], "file-truncated"),
        (lambda: hostile.png()[:-100], "file-truncated"),
        (lambda: hostile.heic()[:-100], "file-truncated"),
        (lambda: hostile.pdf()[:-40], "file-truncated"),
        (hostile.png_bomb, "file-too-many-pixels"),
        (hostile.hundred_megapixel_jpeg, "file-too-many-pixels"),
        (lambda: hostile.pdf(box=(20_000, 100)), "file-too-many-pixels"),
        (lambda: hostile.pdf(pages=21), "file-too-many-pages"),
        (hostile.locked_pdf, "file-encrypted"),
        (hostile.pdf_bomb, "file-too-expensive"),
        (hostile.png_text_bomb, "file-corrupt"),
        (lambda: hostile.pdf(pages=0), "file-corrupt"),
        (lambda: b"\xff\xd8\xff\xda" + bytes(50) + b"\xff\xd9", "file-corrupt"),
    ],
)
def test_a_hostile_file_gets_its_own_problem_and_changes_nothing(
    desk: Caller, monkeypatch: pytest.MonkeyPatch, build: Callable[[], bytes], slug: str
) -> None:
    frugal = partial(open_pages, limits=Limits(cpu_seconds_per_page=2))  # or the bomb takes its eight
    monkeypatch.setattr(opening, "open_pages", frugal)
    kept = desk.upload(picture(1), page=1).json
    answer = desk.upload(build(), page=1)
    assert (answer.status_code, problem(answer)) == (422, slug)
    assert kept is not None
    assert [each["id"] for each in desk.sheets()] == [each["id"] for each in kept["items"]]


@pytest.mark.parametrize(
    ("changed", "slug", "field"),
    [
        ({"size_bytes": 5 * 1024 * 1024 + 1}, "file-too-large", "size_bytes"),
        ({"media_type": "image/svg+xml"}, "file-type-refused", "media_type"),
        ({"size_bytes": 0}, "invalid", "size_bytes"),
        ({"size_bytes": -1}, "invalid", "size_bytes"),
        ({"size_bytes": "1000"}, "invalid", "size_bytes"),
        ({"size_bytes": 2**63}, "invalid", "size_bytes"),
        ({"sha256": "abc"}, "invalid", "sha256"),
        ({"sha256": "g" * 64}, "invalid", "sha256"),
        ({"page_number": 0}, "invalid", "page_number"),
        ({"page_number": 61}, "invalid", "page_number"),
        ({"object_key": "elsewhere"}, "invalid", "object_key"),
    ],
)
def test_a_slot_that_cannot_be_names_the_field(
    desk: Caller, changed: dict[str, Any], slug: str, field: str
) -> None:
    answer = desk.ask("POST", "/sheets/slots", {**claimed(picture(1)), "page_number": 1, **changed})
    assert (answer.status_code, problem(answer)) == (422, slug)
    assert answer.json is not None
    assert field in answer.json["errors"]


def test_a_slot_takes_its_own_file_and_no_other(desk: Caller) -> None:
    slot = desk.open(picture(1))
    refused = desk.put(slot, picture(2))
    assert problem(refused) == "presigned-request-refused"
    assert problem(desk.confirm(slot)) == "not-uploaded"


def test_a_slot_ends(desk: Caller) -> None:
    slot = desk.open(picture(1))
    clock.move_to(MONDAY_TEN + timedelta(minutes=16))
    refused = desk.put(slot, picture(1))
    assert refused.json is not None
    assert (problem(refused), refused.json["reason"]) == ("presigned-request-refused", "expired")


def test_a_file_of_five_megabytes_passes_though_the_api_takes_two(desk: Caller) -> None:
    data = picture(1) + bytes(5 * 1024 * 1024 - len(picture(1)))
    assert desk.upload(data).status_code == 200


def test_the_same_key_opens_the_same_slot(desk: Caller) -> None:
    body = {**claimed(picture(1)), "page_number": 1}
    one, two = (desk.ask("POST", "/sheets/slots", body, Idempotency_Key="k1") for _ in range(2))
    assert one.json == two.json


def test_confirming_twice_answers_with_the_same_sheet(desk: Caller) -> None:
    slot = desk.open(picture(1))
    desk.put(slot, picture(1))
    assert desk.confirm(slot).json == desk.confirm(slot).json


def test_warnings_come_with_the_answer_and_block_nothing(desk: Caller) -> None:
    desk.upload(picture(1), page=1)
    answer = desk.upload(picture(1), page=2)
    assert answer.json is not None
    warnings = answer.json["items"][0]["warnings"]
    assert {"kind": "duplicate", "says": "This is the same picture as page 1.", "equals_page": 1} in warnings


def test_pages_are_put_in_order_named_and_taken_out(desk: Caller) -> None:
    ids = [_id(desk.upload(picture(page), page)) for page in (1, 2, 3)]
    ordered = desk.ask("PUT", "/sheets/order", {"sheet_ids": ids[::-1]})
    assert ordered.status_code == 200
    named = desk.ask("PUT", f"/sheets/{ids[0]}/questions", {"question_numbers": [5, 4]})
    assert named.json is not None
    assert named.json["question_numbers"] == [4, 5]
    assert desk.ask("DELETE", f"/sheets/{ids[1]}").status_code == 204
    assert [(each["page_number"], each["id"]) for each in desk.sheets()] == [(1, ids[2]), (3, ids[0])]


def test_an_order_with_something_missing_or_strange_says_which(desk: Caller) -> None:
    sheet_id = _id(desk.upload(picture(1)))
    stranger = str(desk.exam_id)
    answer = desk.ask("PUT", "/sheets/order", {"sheet_ids": [stranger]})
    assert problem(answer) == "invalid"
    assert answer.json is not None
    assert (answer.json["missing"], answer.json["strange"]) == ([sheet_id], [stranger])


def test_each_moment_has_its_own_refusal(desk: Caller, session: Session) -> None:
    body = {**claimed(picture(1)), "page_number": 1}
    clock.move_to(UPLOAD_ENDS)
    assert problem(desk.ask("POST", "/sheets/slots", body)) == "upload-window-over"
    clock.move_to(MONDAY_TEN)
    waiting = make_exam(session)
    consent(session, student_of(session, waiting))
    other = Caller(desk.app, student_of(session, waiting), waiting.id)
    assert problem(other.ask("POST", "/sheets/slots", body)) == "exam-not-started"
    start(session, waiting)
    for number in (4, 5):
        service.declare_unanswered(
            session, actor=actor_of(other.user), exam_id=waiting.id, number=number, now=at(1)
        )
    service.hand_in(session, actor=actor_of(other.user), exam_id=waiting.id, now=at(2))
    assert problem(other.ask("POST", "/sheets/slots", body)) == "already-handed-in"


def test_without_consent_no_page_is_taken(app: Flask, session: Session) -> None:
    exam = start(session, make_exam(session))
    answer = Caller(app, student_of(session, exam), exam.id).ask(
        "POST", "/sheets/slots", {**claimed(picture(1)), "page_number": 1}
    )
    assert (answer.status_code, problem(answer)) == (403, "consent-missing")


def test_who_may_do_what_with_sheets(desk: Caller, session: Session, exam: ExamInstance) -> None:
    sheet_id = _id(desk.upload(picture(1)))
    slot = desk.open(picture(2))
    parent = consent(session, student_of(session, exam))
    acts = [
        ("POST", "/sheets/slots", {**claimed(picture(2)), "page_number": 2}),
        ("POST", f"/sheets/slots/{slot['id']}/confirm", None),
        ("PUT", "/sheets/order", {"sheet_ids": [sheet_id]}),
        ("PUT", f"/sheets/{sheet_id}/questions", {"question_numbers": [4]}),
        ("DELETE", f"/sheets/{sheet_id}", None),
    ]
    people = [
        (make_student(session), 404, 404),
        (parent, 403, 200),
        (make_admin(session), 403, 200),
        (make_teacher(session), 403, 404),
    ]
    for user, changes, reads in people:
        caller = replace(desk, user=user)
        assert [caller.ask(*act).status_code for act in acts] == [changes] * len(acts)
        assert caller.ask("GET", "/sheets").status_code == reads
        assert caller.ask("GET", "/page-requests").status_code == reads
    assert [each["id"] for each in desk.sheets()] == [sheet_id]


def test_a_page_that_is_asked_for_again_is_sent_again(
    desk: Caller, session: Session, exam: ExamInstance
) -> None:
    sheet_id = _id(desk.upload(picture(1)))
    desk.ask("PUT", f"/sheets/{sheet_id}/questions", {"question_numbers": [4, 5]})
    service.hand_in(session, actor=actor_of(desk.user), exam_id=exam.id, now=at(1))
    service.begin_evaluation(session, exam_id=exam.id, now=at(2))
    asked = service.request_page(
        session, exam_id=exam.id, sheet_id=UUID(sheet_id), answer_by=at(600), now=at(3)
    )
    slot = desk.ask("POST", f"/page-requests/{asked.id}/slots", claimed(picture(2))).json
    assert slot is not None
    assert desk.put(slot, picture(2)).status_code == 200
    answer = desk.confirm(slot)
    assert answer.status_code == 200
    found = desk.ask("GET", "/page-requests").json
    assert found is not None
    assert [each["replacement_id"] for each in found["items"]] == [_id(answer)]
    again = desk.ask("POST", f"/page-requests/{asked.id}/slots", claimed(picture(3)))
    assert problem(again) == "page-request-closed"


def test_while_storage_does_not_answer_nothing_is_kept_and_the_slot_stays(
    desk: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = desk.open(picture(1))
    desk.put(slot, picture(1))

    def away(*_: object) -> bytes:
        raise Unavailable("object storage does not answer", retry_after=5)

    with monkeypatch.context() as patched:
        patched.setattr(storage.current(), "read", away)
        answer = desk.confirm(slot)
    assert (answer.status_code, problem(answer)) == (503, "unavailable")
    assert desk.sheets() == []
    assert desk.confirm(slot).status_code == 200


def test_health_speaks_of_storage(desk: Caller) -> None:
    answer = desk.client.get("/api/v1/health").json
    assert answer is not None
    assert answer["parts"]["storage"] == {"ok": True, "detail": "local disk"}


def _id(answer: Any) -> str:
    return str(answer.json["items"][0]["id"])
