"""From settings to the store they name. Only composition roots import this: it loads boto3."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from mathvidya.platform.storage.contract import Storage
from mathvidya.platform.storage.local import LocalStorage
from mathvidya.platform.storage.s3 import Bucket, S3Storage
from mathvidya.platform.storage.signing import SigningKey
from mathvidya.settings import Settings

_REGION = "ap-south-1"


def storage_from(settings: Settings) -> Storage:
    """The store that ``storage_url`` names: S3, or the local disk when it is empty.

    Raises ValueError for an address that cannot be read.
    """
    key = SigningKey(settings.storage_access_key, settings.storage_secret.get_secret_value())
    if not settings.storage_url:
        return LocalStorage(settings.var / "storage", url=settings.public_url, key=key)
    return S3Storage(bucket_from(settings.storage_url), key)


def storage_origin(settings: Settings) -> str:
    """Where browsers reach the store, as a content security policy writes it."""
    if not settings.storage_url:
        return settings.public_url.rstrip("/")
    bucket = bucket_from(settings.storage_url)
    if bucket.endpoint is None:
        return (
            f"https://{bucket.name}.s3.{bucket.region}.amazonaws.com https://s3.{bucket.region}.amazonaws.com"
        )
    parts = urlsplit(bucket.endpoint)
    return f"{parts.scheme}://{parts.netloc}"


def bucket_from(url: str) -> Bucket:
    """``s3://bucket?region=…&endpoint=…`` as a bucket; the region defaults to Mumbai."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if parts.scheme != "s3" or not parts.netloc or parts.path.strip("/") or not _known(options):
        raise ValueError(
            "MATHVIDYA_STORAGE_URL: write s3://bucket?region=…&endpoint=… (both may be left out)"
        )
    return Bucket(parts.netloc, options.get("region", _REGION), options.get("endpoint"))


def _known(options: Mapping[str, str]) -> bool:
    return options.keys() <= {"region", "endpoint"} and all(options.values())
