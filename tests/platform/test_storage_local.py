from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mathvidya.platform import clock
from mathvidya.platform.http import context, problems
from mathvidya.platform.storage import local_http
from mathvidya.platform.storage.contract import PresignedPut
from mathvidya.platform.storage.local import LocalStorage
from mathvidya.platform.storage.signing import SigningKey, presign
from mathvidya.platform.storage.verifying import PresignedRequestRefused, verify
from tests.platform.stores import KEY, NOW, PAGE, QUARTER, as_put, as_request, checksum, digest

URL = "http://127.0.0.1:8000"
OBJECT = "exams/1/originals/a"


@pytest.fixture
def store(tmp_path: Path) -> LocalStorage:
    return LocalStorage(tmp_path, url=URL, key=KEY)


@pytest.fixture
def client(store: LocalStorage, tmp_path: Path) -> Iterator[FlaskClient]:
    app = Flask("storage", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 1024  # of the API; uploads have their own measure
    context.install(app)
    problems.install(app)
    app.register_blueprint(local_http.create_blueprint(store))
    clock.use_offset_file(tmp_path / "clock")
    clock.move_to(NOW)
    yield app.test_client()
    clock.use_offset_file(None)


def leave(store: LocalStorage, data: bytes = PAGE, key: str = OBJECT) -> PresignedPut:
    return store.presign_put(
        key, media_type="image/jpeg", size=len(data), sha256=digest(data), expires=QUARTER, now=NOW
    )


def send(client: FlaskClient, put: PresignedPut, data: bytes = PAGE, **changed: str) -> TestResponse:
    headers = {**put.headers, **{name.replace("_", "-"): value for name, value in changed.items()}}
    return client.put(put.url, headers=headers, data=data)


def reason(response: TestResponse) -> str:
    assert response.status_code == 403
    assert response.json is not None
    assert response.json["type"] == "/problems/presigned-request-refused"
    return str(response.json["reason"])


def test_what_was_agreed_is_kept_and_read_again(client: FlaskClient, store: LocalStorage) -> None:
    large = PAGE * 10_000
    assert send(client, leave(store, large), large).status_code == 200
    assert store.read(OBJECT, len(large)) == large
    assert client.get(store.presign_get(OBJECT, expires=QUARTER, now=NOW)).data == large


def test_the_same_upload_again_does_no_harm(client: FlaskClient, store: LocalStorage) -> None:
    put = leave(store)
    assert [send(client, put).status_code, send(client, put).status_code] == [200, 200]


def test_other_bytes_never_take_a_place(client: FlaskClient, store: LocalStorage) -> None:
    send(client, leave(store))
    assert reason(send(client, leave(store, b"others"), b"others")) == "key-taken"
    assert store.read(OBJECT, 100) == PAGE


def test_a_longer_body_is_refused(client: FlaskClient, store: LocalStorage) -> None:
    assert reason(send(client, leave(store), PAGE + b"!")) == "signature-mismatch"
    assert store.head(OBJECT) is None


def test_a_body_that_is_shorter_than_it_says_is_refused(client: FlaskClient, store: LocalStorage) -> None:
    put = leave(store)
    announced = {"CONTENT_LENGTH": str(len(PAGE))}
    short = client.put(put.url, headers=put.headers, data=PAGE[:-1], environ_overrides=announced)
    assert reason(short) == "length-mismatch"
    assert store.head(OBJECT) is None


def test_other_bytes_of_the_same_length_are_refused(client: FlaskClient, store: LocalStorage) -> None:
    assert reason(send(client, leave(store), b"?" * len(PAGE))) == "checksum-mismatch"
    assert store.head(OBJECT) is None


def test_another_media_type_is_refused(client: FlaskClient, store: LocalStorage) -> None:
    assert reason(send(client, leave(store), Content_Type="text/html")) == "signature-mismatch"


def test_another_checksum_is_refused(client: FlaskClient, store: LocalStorage) -> None:
    other = b"?" * len(PAGE)
    answer = send(client, leave(store), other, x_amz_checksum_sha256=checksum(other))
    assert reason(answer) == "signature-mismatch"


def test_another_key_is_refused(client: FlaskClient, store: LocalStorage) -> None:
    put = leave(store)
    elsewhere = replace(put, url=put.url.replace("originals/a", "originals/b"))
    assert reason(send(client, elsewhere)) == "signature-mismatch"


@pytest.mark.parametrize("key", ["..%2f..%2fsecret", "%2e%2e/secret", ".hidden", "A"])
def test_a_key_outside_the_store_is_nowhere(client: FlaskClient, store: LocalStorage, key: str) -> None:
    url = leave(store).url.replace(OBJECT, key)
    assert client.put(url, data=PAGE).status_code == 404


def test_leave_to_write_is_no_leave_to_read(client: FlaskClient, store: LocalStorage) -> None:
    put = leave(store)
    send(client, put)
    assert reason(client.get(put.url, headers=put.headers, data=PAGE)) == "wrong-method"


def test_leave_to_read_is_no_leave_to_write(client: FlaskClient, store: LocalStorage) -> None:
    url = store.presign_get(OBJECT, expires=QUARTER, now=NOW)
    assert reason(client.put(url, data=PAGE)) == "header-not-signed"


def test_a_signature_ends(client: FlaskClient, store: LocalStorage) -> None:
    put = leave(store)
    clock.move_to(NOW + QUARTER - timedelta(seconds=5))
    assert send(client, put).status_code == 200
    clock.move_to(NOW + QUARTER + timedelta(seconds=1))
    assert reason(send(client, put)) == "expired"


def test_a_longer_life_cannot_be_given_to_a_signature(client: FlaskClient, store: LocalStorage) -> None:
    put = leave(store)
    longer = replace(put, url=put.url.replace("X-Amz-Expires=900", "X-Amz-Expires=90000"))
    assert reason(send(client, longer)) == "signature-mismatch"


def test_a_signature_of_a_time_to_come_is_refused(client: FlaskClient, store: LocalStorage) -> None:
    put = leave(store)
    clock.move_to(NOW - timedelta(hours=1))
    assert reason(send(client, put)) == "not-yet-valid"


def test_the_secret_of_another_house_opens_nothing(client: FlaskClient, tmp_path: Path) -> None:
    for other in (SigningKey("mathvidya", "guessed"), SigningKey("somebody", KEY.secret)):
        stranger = LocalStorage(tmp_path, url=URL, key=other)
        assert reason(send(client, leave(stranger))) == "signature-mismatch"


def test_a_header_that_was_signed_must_come(client: FlaskClient, store: LocalStorage) -> None:
    put = leave(store)
    bare = {"Content-Type": put.headers["Content-Type"]}
    assert reason(client.put(put.url, headers=bare, data=PAGE)) == "header-missing"


def test_an_unsigned_header_cannot_slip_in(client: FlaskClient, store: LocalStorage) -> None:
    answer = send(client, leave(store), x_amz_meta_note="hello")
    assert reason(answer) == "header-not-signed"


@pytest.mark.parametrize("condition", ["Content-Type", "Content-Length", "x-amz-checksum-sha256"])
def test_leave_without_one_of_the_conditions_is_no_leave(condition: str) -> None:
    conditions = {
        "Content-Type": "image/jpeg",
        "Content-Length": "19",
        "x-amz-checksum-sha256": checksum(PAGE),
    }
    loose = {name: value for name, value in conditions.items() if name != condition}
    url = presign("PUT", f"{URL}/storage/{OBJECT}", key=KEY, expires=QUARTER, now=NOW, headers=loose)
    with pytest.raises(PresignedRequestRefused) as refused:
        verify(as_request("PUT", url, conditions), key=KEY, now=NOW)
    assert refused.value.reason == "header-not-signed"


def test_a_request_without_a_signature_is_refused(client: FlaskClient) -> None:
    assert reason(client.get(f"{URL}/storage/{OBJECT}")) == "malformed"


@pytest.mark.parametrize(
    ("part", "by"),
    [
        ("X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Algorithm=AWS4-HMAC-MD5"),
        ("X-Amz-Date=20260105T043000Z", "X-Amz-Date=yesterday"),
        ("X-Amz-Expires=900", "X-Amz-Expires=0"),
        ("X-Amz-Expires=900", "X-Amz-Expires=604801"),
        ("X-Amz-Expires=900", "X-Amz-Expires=9e9"),
        ("X-Amz-Expires=900", "X-Amz-Expires=900&X-Amz-Expires=901"),
        ("X-Amz-Expires=900", "X-Amz-Expires=900&list-type=2"),
        ("X-Amz-Expires=900&", ""),
    ],
)
def test_a_signature_that_is_not_whole_is_malformed_or_not_ours(
    client: FlaskClient, store: LocalStorage, part: str, by: str
) -> None:
    put = leave(store)
    assert part in put.url
    answer = send(client, replace(put, url=put.url.replace(part, by)))
    assert reason(answer) in {"malformed", "signature-mismatch"}
    assert store.head(OBJECT) is None


def test_every_letter_of_the_signature_counts(store: LocalStorage) -> None:
    put = leave(store)
    at = put.url.index("X-Amz-Signature=") + len("X-Amz-Signature=")
    for position in range(at, len(put.url)):
        other = "0" if put.url[position] != "0" else "1"
        forged = replace(put, url=put.url[:position] + other + put.url[position + 1 :])
        with pytest.raises(PresignedRequestRefused):
            verify(as_put(forged), key=KEY, now=NOW)


def test_what_people_sent_is_never_shown_only_downloaded(client: FlaskClient, store: LocalStorage) -> None:
    page = b"<html><script>alert(1)</script>"
    send(client, leave(store, page), page)
    answer = client.get(store.presign_get(OBJECT, expires=QUARTER, now=NOW))
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_download_has_the_name_that_was_asked_for(client: FlaskClient, store: LocalStorage) -> None:
    send(client, leave(store))
    url = store.presign_get(OBJECT, expires=QUARTER, now=NOW, download_name="पृष्ठ 3.jpg")
    disposition = client.get(url).headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=UTF-8''%E0%A4%AA")


def test_our_own_views_are_shown(client: FlaskClient, store: LocalStorage) -> None:
    store.write("views/a.webp", PAGE, "image/webp")
    answer = client.get(store.presign_get("views/a.webp", expires=QUARTER, now=NOW))
    assert answer.mimetype == "image/webp"
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.data == PAGE


def test_a_signed_address_of_nothing_finds_nothing(client: FlaskClient, store: LocalStorage) -> None:
    assert client.get(store.presign_get(OBJECT, expires=QUARTER, now=NOW)).status_code == 404


def test_a_refused_upload_leaves_nothing_behind(
    client: FlaskClient, store: LocalStorage, tmp_path: Path
) -> None:
    send(client, leave(store), b"?" * len(PAGE))
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "clock"] == []


def test_the_address_is_that_of_the_web_process(store: LocalStorage) -> None:
    assert urlsplit(leave(store).url).path == f"/storage/{OBJECT}"
