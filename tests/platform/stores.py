import base64
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from mathvidya.platform.storage.contract import PresignedPut
from mathvidya.platform.storage.signing import SigningKey
from mathvidya.platform.storage.verifying import PresignedRequest

NOW = datetime(2026, 1, 5, 4, 30, tzinfo=UTC)
KEY = SigningKey("mathvidya", "a-secret-of-the-tests")
QUARTER = timedelta(minutes=15)
PAGE = b"the bytes of a page"


def digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def checksum(data: bytes) -> str:
    return base64.b64encode(digest(data)).decode()


def as_request(method: str, url: str, headers: Mapping[str, str] | None = None) -> PresignedRequest:
    """What a server sees of a request to ``url``."""
    parts = urlsplit(url)
    lower = {name.lower(): value for name, value in (headers or {}).items()}
    return PresignedRequest(method, parts.path, parts.query, {"host": parts.netloc, **lower})


def as_put(put: PresignedPut, size: int = len(PAGE)) -> PresignedRequest:
    return as_request(put.method, put.url, {**put.headers, "Content-Length": str(size)})
