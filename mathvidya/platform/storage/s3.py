"""A store in S3, or in anything that speaks its language."""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from mathvidya.platform.errors import Unavailable
from mathvidya.platform.storage.contract import (
    Head,
    KeyTaken,
    ObjectMissing,
    ObjectTooLarge,
    PresignedPut,
    check_key,
    check_upload_key,
    check_view_name,
)
from mathvidya.platform.storage.local import attachment
from mathvidya.platform.storage.signing import SigningKey, upload_headers

if TYPE_CHECKING:  # the stubs are a tool of development, not a library of production
    from mypy_boto3_s3 import S3Client

_MISSING = frozenset({"404", "NoSuchKey", "NotFound"})
_TAKEN = frozenset({"412", "PreconditionFailed"})


@dataclass(frozen=True, slots=True)
class Bucket:
    """Which bucket, where. ``endpoint`` None is Amazon's own."""

    name: str
    region: str
    endpoint: str | None = None


class S3Storage:
    """Objects in one bucket.

    Signatures here follow the machine's clock: S3 compares them with its own, which no story can move.
    """

    def __init__(self, bucket: Bucket, key: SigningKey) -> None:
        self._bucket = bucket.name
        self._client = _client(bucket, key)

    def presign_put(
        self,
        key: str,
        *,
        media_type: str,
        size: int,
        sha256: bytes,
        expires: timedelta,
        now: datetime,  # noqa: ARG002 - S3 judges by its own clock, see the class
    ) -> PresignedPut:
        """See Storage."""
        check_upload_key(key)
        url = self._client.generate_presigned_url(
            "put_object",
            Params={
                "Bucket": self._bucket,
                "Key": key,
                "ContentType": media_type,
                "ContentLength": size,
                "ChecksumSHA256": base64.b64encode(sha256).decode("ascii"),
            },
            ExpiresIn=int(expires.total_seconds()),
        )
        return PresignedPut(url, upload_headers(media_type, sha256))

    def presign_get(
        self,
        key: str,
        *,
        expires: timedelta,
        now: datetime,  # noqa: ARG002 - S3 judges by its own clock, see the class
        download_name: str | None = None,
    ) -> str:
        """See Storage."""
        check_key(key)
        wanted = {} if download_name is None else {"ResponseContentDisposition": attachment(download_name)}
        return self._client.generate_presigned_url(
            "get_object",
            Params={"Bucket": self._bucket, "Key": key, **wanted},
            ExpiresIn=int(expires.total_seconds()),
        )

    def head(self, key: str) -> Head | None:
        """See Storage."""
        check_key(key)
        with _answering():
            try:
                found = self._client.head_object(Bucket=self._bucket, Key=key)
            except ClientError as error:
                if _code(error) in _MISSING:
                    return None
                raise
        return Head(found["ContentLength"])

    def read(self, key: str, max_bytes: int) -> bytes:
        """See Storage."""
        check_key(key)
        with _answering():
            try:
                body = self._client.get_object(Bucket=self._bucket, Key=key)["Body"]
            except ClientError as error:
                if _code(error) in _MISSING:
                    raise ObjectMissing(key) from error
                raise
            with body:
                data = body.read(max_bytes + 1)
        if len(data) > max_bytes:
            raise ObjectTooLarge(key)
        return data

    def write(self, key: str, data: bytes, media_type: str) -> None:
        """See Storage."""
        check_view_name(key, media_type)
        with _answering():
            try:
                self._put_new(key, data, media_type)
            except ClientError as error:
                if _code(error) not in _TAKEN:
                    raise
                self._must_equal(key, data)

    def probe(self) -> str:
        """See Storage."""
        with _answering():
            self._client.head_bucket(Bucket=self._bucket)
        return f"bucket {self._bucket}"

    def _put_new(self, key: str, data: bytes, media_type: str) -> None:
        self._client.put_object(
            Bucket=self._bucket,
            Key=key,
            Body=data,
            ContentType=media_type,
            ChecksumSHA256=base64.b64encode(hashlib.sha256(data).digest()).decode("ascii"),
            IfNoneMatch="*",
        )

    def _must_equal(self, key: str, data: bytes) -> None:
        try:
            stored = self.read(key, len(data))
        except ObjectTooLarge as error:
            raise KeyTaken(key) from error
        if stored != data:
            raise KeyTaken(key)


def _client(bucket: Bucket, key: SigningKey) -> "S3Client":
    return boto3.client(
        "s3",
        region_name=bucket.region,
        endpoint_url=bucket.endpoint,
        aws_access_key_id=key.access_key,
        aws_secret_access_key=key.secret,
        config=Config(
            signature_version="s3v4",
            # Stores that stand in for S3 rarely have a host name for each bucket.
            s3={"addressing_style": "path" if bucket.endpoint else "virtual"},
            # We send SHA-256 ourselves; the library's own checksums are unknown to older stores.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=3,
            read_timeout=10,
            retries={"mode": "standard", "total_max_attempts": 3},
        ),
    )


def _code(error: ClientError) -> str:
    return error.response.get("Error", {}).get("Code", "")


@contextmanager
def _answering() -> Iterator[None]:
    """What the store says no to for reasons of its own is for us a part that does not do its work."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise Unavailable("object storage does not answer; try again in a moment", retry_after=5) from error
