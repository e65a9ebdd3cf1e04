"""What every store promises, whether S3 or a local disk.

Keys are written once: the same bytes may be put again (a phone repeats what it got no answer to), other
bytes never take their place. A presigned PUT is leave for one key, media type, length and checksum; the
sender can change none of them, because all are under the signature.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

VIEW_MEDIA_TYPE: Final = "image/webp"
"""The one type that a store serves to be shown: pictures that we encoded ourselves, named ``….webp``."""

_VIEW_SUFFIX: Final = ".webp"
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}(?:/[a-z0-9][a-z0-9._-]{0,99}){0,7}")


class StorageError(Exception):
    """Something a store cannot do. Raised only as one of the classes below."""


class ObjectMissing(StorageError):
    """Nothing has been put under the key."""


class ObjectTooLarge(StorageError):
    """The object is larger than the reader is ready to take."""


class KeyTaken(StorageError):
    """Other bytes lie under the key already; they stay."""


@dataclass(frozen=True, slots=True)
class PresignedPut:
    """Leave to put one object. ``headers`` must be sent as they are, with a body of the agreed length."""

    url: str
    headers: Mapping[str, str]
    method: str = "PUT"


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an object without reading it."""

    size: int


class Storage(Protocol):
    """A store of objects under keys. Each verb raises Unavailable when the store does not answer."""

    def presign_put(
        self, key: str, *, media_type: str, size: int, sha256: bytes, expires: timedelta, now: datetime
    ) -> PresignedPut:
        """Leave to put exactly these bytes under ``key`` until ``now + expires``."""

    def presign_get(
        self, key: str, *, expires: timedelta, now: datetime, download_name: str | None = None
    ) -> str:
        """An address that reads ``key`` until ``now + expires``; with a name, as a download of that name."""

    def head(self, key: str) -> Head | None:
        """What lies under ``key``, or None."""

    def read(self, key: str, max_bytes: int) -> bytes:
        """The bytes under ``key``. Raises ObjectMissing, ObjectTooLarge (having read no more than needed)."""

    def write(self, key: str, data: bytes, media_type: str) -> None:
        """Keep ``data`` under ``key``; the same bytes again do no harm. Raises KeyTaken."""

    def probe(self) -> str:
        """Ask whether the store does its work, and what it is. Raises what it dies of."""


def check_key(key: str) -> None:
    """Refuse a key that could mean a place outside the store, or read differently in a URL.

    Raises ValueError: keys are made by our own code, so a bad one is a mistake of ours.
    """
    if _KEY.fullmatch(key) is None:
        raise ValueError(
            f"storage key {key[:80]!r}: use lower-case letters, digits, '.', '_', '-', one '/' apart"
        )


def check_upload_key(key: str) -> None:
    """Refuse a key that people may not put to: what is served as a view is written by us alone."""
    check_key(key)
    if is_view(key):
        raise ValueError(
            f"storage key {key!r}: a {_VIEW_SUFFIX} object is written by the house, not uploaded"
        )


def check_view_name(key: str, media_type: str) -> None:
    """Hold the name to the type: the suffix decides later whether an object is shown or downloaded."""
    check_key(key)
    if is_view(key) != (media_type == VIEW_MEDIA_TYPE):
        raise ValueError(f"storage key {key!r}: {VIEW_MEDIA_TYPE} and only it is named {_VIEW_SUFFIX}")


def is_view(key: str) -> bool:
    """Whether the object is one of our own pictures, safe to be shown in a browser."""
    return key.endswith(_VIEW_SUFFIX)
