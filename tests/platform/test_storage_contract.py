from collections.abc import Iterator
from pathlib import Path

import pytest
from moto import mock_aws

from mathvidya.platform.storage import KeyTaken, ObjectMissing, ObjectTooLarge, Storage
from mathvidya.platform.storage.local import LocalStorage
from mathvidya.platform.storage.s3 import Bucket, S3Storage
from tests.platform.stores import KEY, NOW, PAGE, QUARTER, digest

UNSAFE_KEYS = [
    "../secret",
    "exams/../../secret",
    "/etc/passwd",
    "exams//1",
    "exams/./1",
    "exams/.hidden",
    "exams/1/",
    "exams\\1",
    "exams/%2e%2e/1",
    "exams/\x00",
    "EXAMS/1",
    "exams/1\n",
    "",
    "a" * 101,
    "/".join("abcdefghi"),
]


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    if request.param == "local":
        yield LocalStorage(tmp_path, url="http://127.0.0.1:8000", key=KEY)
        return
    with mock_aws():
        remote = S3Storage(Bucket("sheets", "ap-south-1"), KEY)
        remote._client.create_bucket(
            Bucket="sheets", CreateBucketConfiguration={"LocationConstraint": "ap-south-1"}
        )
        yield remote


def test_what_is_written_is_read(store: Storage) -> None:
    store.write("exams/1/views/ab.webp", PAGE, "image/webp")
    found = store.head("exams/1/views/ab.webp")
    assert found is not None
    assert found.size == len(PAGE)
    assert store.read("exams/1/views/ab.webp", len(PAGE)) == PAGE


def test_nothing_lies_where_nothing_was_put(store: Storage) -> None:
    assert store.head("exams/1/originals/a") is None
    with pytest.raises(ObjectMissing):
        store.read("exams/1/originals/a", 10)


def test_a_reader_is_not_handed_more_than_it_takes(store: Storage) -> None:
    store.write("a.webp", PAGE, "image/webp")
    with pytest.raises(ObjectTooLarge):
        store.read("a.webp", len(PAGE) - 1)


@pytest.mark.parametrize("others", [PAGE + b"!", PAGE[:-1], b"?" * len(PAGE)])
def test_a_key_is_written_once(store: Storage, others: bytes) -> None:
    store.write("a.webp", PAGE, "image/webp")
    store.write("a.webp", PAGE, "image/webp")
    with pytest.raises(KeyTaken):
        store.write("a.webp", others, "image/webp")
    assert store.read("a.webp", 100) == PAGE


@pytest.mark.parametrize("key", UNSAFE_KEYS)
def test_a_key_that_could_leave_the_store_is_refused(store: Storage, key: str) -> None:
    with pytest.raises(ValueError, match="storage key"):
        store.head(key)
    with pytest.raises(ValueError, match="storage key"):
        store.read(key, 1)
    with pytest.raises(ValueError, match="storage key"):
        store.write(key, PAGE, "image/jpeg")
    with pytest.raises(ValueError, match="storage key"):
        store.presign_get(key, expires=QUARTER, now=NOW)
    with pytest.raises(ValueError, match="storage key"):
        store.presign_put(key, media_type="image/jpeg", size=1, sha256=digest(PAGE), expires=QUARTER, now=NOW)


def test_nobody_is_given_leave_to_upload_what_would_be_shown_as_ours(store: Storage) -> None:
    with pytest.raises(ValueError, match="not uploaded"):
        store.presign_put(
            "a.webp", media_type="image/jpeg", size=1, sha256=digest(PAGE), expires=QUARTER, now=NOW
        )


@pytest.mark.parametrize(("key", "media_type"), [("a.webp", "text/html"), ("a.html", "image/webp")])
def test_a_view_is_named_as_what_it_is(store: Storage, key: str, media_type: str) -> None:
    with pytest.raises(ValueError, match="only it is named"):
        store.write(key, PAGE, media_type)


def test_a_store_that_works_says_so(store: Storage) -> None:
    assert store.probe()
