from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from moto import mock_aws

from mathvidya.platform.errors import Unavailable
from mathvidya.platform.storage.local import LocalStorage
from mathvidya.platform.storage.opening import bucket_from, storage_from
from mathvidya.platform.storage.s3 import Bucket, S3Storage
from mathvidya.platform.storage.signing import REGION
from mathvidya.platform.storage.verifying import verify
from mathvidya.settings import Settings
from tests.platform.stores import KEY, NOW, PAGE, QUARTER, as_put, as_request, checksum, digest


@pytest.fixture
def amazon() -> Iterator[S3Storage]:
    with mock_aws():
        yield S3Storage(Bucket("sheets", "ap-south-1"), KEY)


def test_the_conditions_of_an_upload_are_signed_as_headers(amazon: S3Storage) -> None:
    put = amazon.presign_put(
        "exams/1", media_type="image/png", size=5, sha256=digest(PAGE), expires=QUARTER, now=NOW
    )
    query = parse_qs(urlsplit(put.url).query)
    assert query["X-Amz-SignedHeaders"] == ["content-length;content-type;host;x-amz-checksum-sha256"]
    assert query["X-Amz-Expires"] == ["900"]
    assert put.headers == {"Content-Type": "image/png", "x-amz-checksum-sha256": checksum(PAGE)}


def test_a_download_has_the_name_that_was_asked_for(amazon: S3Storage) -> None:
    url = amazon.presign_get("exams/1", expires=QUARTER, now=NOW, download_name="page 3.jpg")
    assert parse_qs(urlsplit(url).query)["response-content-disposition"] == [
        "attachment; filename*=UTF-8''page%203.jpg"
    ]


def test_a_bucket_that_is_not_there_is_a_part_that_is_not_well(amazon: S3Storage) -> None:
    with pytest.raises(Unavailable):
        amazon.probe()
    with pytest.raises(Unavailable):
        amazon.write("a.webp", PAGE, "image/webp")


def test_our_verifier_understands_what_boto3_signs() -> None:
    """The strict verifier and the real client of S3 agree on every word of the contract."""
    ours = S3Storage(Bucket("storage", REGION, endpoint="http://127.0.0.1:8000"), KEY)
    put = ours.presign_put(
        "exams/1", media_type="image/png", size=len(PAGE), sha256=digest(PAGE), expires=QUARTER, now=NOW
    )
    url = ours.presign_get("exams/1", expires=QUARTER, now=NOW, download_name="page 3.jpg")
    signed_at = _signed_at(put.url)
    verify(as_put(put), key=KEY, now=signed_at)
    verify(as_request("GET", url), key=KEY, now=signed_at + timedelta(seconds=1))


def _signed_at(url: str) -> datetime:
    (stamp,) = parse_qs(urlsplit(url).query)["X-Amz-Date"]
    return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def test_an_empty_address_means_the_local_disk(tmp_path: Path) -> None:
    assert isinstance(storage_from(Settings(var=tmp_path)), LocalStorage)


def test_an_address_names_bucket_region_and_endpoint() -> None:
    assert bucket_from("s3://sheets") == Bucket("sheets", "ap-south-1")
    assert bucket_from("s3://sheets?region=eu-west-1&endpoint=https://store.example:9000") == Bucket(
        "sheets", "eu-west-1", "https://store.example:9000"
    )


@pytest.mark.parametrize(
    "address", ["https://sheets", "s3://", "s3://sheets/folder", "s3://sheets?regoin=x", "s3://sheets?region"]
)
def test_an_address_that_cannot_be_read_is_refused_with_the_remedy(address: str) -> None:
    with pytest.raises(ValueError, match="write s3://bucket"):
        bucket_from(address)
