"""Presigned requests for the local store, signed by botocore itself.

So the browser, the tests and `make demo` speak to a local disk in the very words they would say to S3
(Signature Version 4 in the query string), and moving to S3 changes an address and nothing else.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote, urlencode

from botocore.auth import SIGV4_TIMESTAMP, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

ALGORITHM: Final = "AWS4-HMAC-SHA256"
REGION: Final = "local"
SERVICE: Final = "s3"
CHECKSUM_HEADER: Final = "x-amz-checksum-sha256"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The pair that signs and is asked for again when a request comes back."""

    access_key: str
    secret: str


def presign(
    method: str,
    url: str,
    *,
    key: SigningKey,
    expires: timedelta,
    now: datetime,
    headers: Mapping[str, str] | None = None,
    parameters: Mapping[str, str] | None = None,
) -> str:
    """The address that carries the signature over method, path, ``parameters`` and ``headers``."""
    signer = S3SigV4QueryAuth(
        Credentials(key.access_key, key.secret), SERVICE, REGION, expires=int(expires.total_seconds())
    )
    request = AWSRequest(method=method, headers=dict(headers or {}))
    # The house's clock, which a story may have moved, not the machine's that the signer would read.
    request.context["timestamp"] = now.strftime(SIGV4_TIMESTAMP)
    request.url = f"{url}?{_query(signer, request, url, expires, parameters or {})}"
    to_sign = signer.string_to_sign(request, signer.canonical_request(request))
    return f"{request.url}&X-Amz-Signature={signer.signature(to_sign, request)}"


def _query(
    signer: S3SigV4QueryAuth,
    request: AWSRequest,
    url: str,
    expires: timedelta,
    parameters: Mapping[str, str],
) -> str:
    request.url = url  # names the host that is signed
    claims = {
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": signer.scope(request),
        "X-Amz-Date": request.context["timestamp"],
        "X-Amz-Expires": str(int(expires.total_seconds())),
        "X-Amz-SignedHeaders": signer.signed_headers(signer.headers_to_sign(request)),
    }
    return urlencode({**parameters, **claims}, quote_via=quote, safe="-_.~")


def upload_headers(media_type: str, sha256: bytes) -> dict[str, str]:
    """What the sender of a presigned PUT has to say; Content-Length follows from the body."""
    return {"Content-Type": media_type, CHECKSUM_HEADER: base64.b64encode(sha256).decode("ascii")}
