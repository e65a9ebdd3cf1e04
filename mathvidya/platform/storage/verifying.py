"""Is this presigned request one that we signed, unchanged and in time?

A verifier of our own, strict and separate from the signer: mock stores accept tampered requests, and a
check that shares code with what it checks proves little. Follows "Authenticating Requests: Using Query
Parameters (AWS Signature Version 4)" of the S3 API reference.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import quote, unquote

from mathvidya.platform.errors import Forbidden
from mathvidya.platform.storage.signing import ALGORITHM, CHECKSUM_HEADER, REGION, SERVICE, SigningKey

_SIGNATURE: Final = "X-Amz-Signature"
_PARAMETERS: Final = frozenset(
    {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", _SIGNATURE}
)
_OPTIONAL: Final = frozenset({"response-content-disposition"})
_MUST_SIGN: Final = {
    "PUT": frozenset({"host", "content-type", "content-length", CHECKSUM_HEADER}),
    "GET": frozenset({"host"}),
}
_LONGEST_LIFE: Final = timedelta(days=7)
_FUTURE_SKEW: Final = timedelta(minutes=15)
"""How far S3 lets the signer's clock run ahead."""


class Reason(StrEnum):
    """Why a presigned request is refused."""

    MALFORMED = "malformed"
    WRONG_METHOD = "wrong-method"
    SIGNATURE_MISMATCH = "signature-mismatch"
    HEADER_NOT_SIGNED = "header-not-signed"
    HEADER_MISSING = "header-missing"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    LENGTH_MISMATCH = "length-mismatch"
    CHECKSUM_MISMATCH = "checksum-mismatch"
    KEY_TAKEN = "key-taken"


class PresignedRequestRefused(Forbidden):
    """The request is not the one that was signed, or comes too late. ``reason`` says which."""

    slug = "presigned-request-refused"
    title = "This is not the request that was signed"

    def __init__(self, reason: Reason, detail: str, **extra: Any) -> None:
        super().__init__(detail, reason=reason.value, **extra)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PresignedRequest:
    """A request as it came. ``headers`` has lower-case names; ``query`` is raw."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UploadConditions:
    """What the body of a verified PUT must be."""

    size: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class _Claims:
    """The signature's own parameters."""

    signed_headers: tuple[str, ...]
    scope: str
    timestamp: str
    signed_at: datetime
    expires: timedelta
    signature: str


def verify(request: PresignedRequest, *, key: SigningKey, now: datetime) -> Mapping[str, str]:
    """The parameters of a request that we signed. Raises PresignedRequestRefused, with its reason."""
    parameters = _parameters(request.query)
    claims = _claims(parameters, key)
    _check_headers(request, claims)
    _check_signature(request, parameters, claims, key)
    if now < claims.signed_at - _FUTURE_SKEW:
        raise PresignedRequestRefused(Reason.NOT_YET_VALID, "the signature is of a time still to come")
    if now > claims.signed_at + claims.expires:
        raise PresignedRequestRefused(Reason.EXPIRED, "the signature is over; ask for a new slot")
    return parameters


def upload_conditions(request: PresignedRequest) -> UploadConditions:
    """Length and checksum that the verified headers of a PUT promise of its body."""
    try:
        size = int(request.headers["content-length"])
        sha256 = base64.b64decode(request.headers[CHECKSUM_HEADER], validate=True)
    except (ValueError, binascii.Error) as error:
        raise _malformed(f"Content-Length and {CHECKSUM_HEADER} cannot be read") from error
    if size < 1 or len(sha256) != hashlib.sha256().digest_size:
        raise _malformed(f"Content-Length and {CHECKSUM_HEADER} cannot be right")
    return UploadConditions(size, sha256)


def _parameters(query: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if unquote(name) in found:
            raise _malformed("a parameter comes twice")
        found[unquote(name)] = unquote(value)
    if found.keys() - _OPTIONAL != _PARAMETERS:
        raise _malformed("the signature's parameters are not complete, or others are among them")
    return found


def _claims(parameters: Mapping[str, str], key: SigningKey) -> _Claims:
    timestamp = parameters["X-Amz-Date"]
    scope = f"{timestamp[:8]}/{REGION}/{SERVICE}/aws4_request"
    if parameters["X-Amz-Algorithm"] != ALGORITHM:
        raise _malformed(f"only {ALGORITHM} is spoken here")
    if parameters["X-Amz-Credential"] != f"{key.access_key}/{scope}":
        raise PresignedRequestRefused(Reason.SIGNATURE_MISMATCH, "the credential is not one of ours")
    return _Claims(
        signed_headers=tuple(parameters["X-Amz-SignedHeaders"].split(";")),
        scope=scope,
        timestamp=timestamp,
        signed_at=_signed_at(timestamp),
        expires=_life(parameters["X-Amz-Expires"]),
        signature=parameters[_SIGNATURE],
    )


def _signed_at(timestamp: str) -> datetime:
    try:
        return datetime.strptime(timestamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise _malformed("X-Amz-Date cannot be read") from error


def _life(expires: str) -> timedelta:
    if (
        re.fullmatch(r"[0-9]{1,6}", expires) is None
        or not timedelta() < timedelta(seconds=int(expires)) <= _LONGEST_LIFE
    ):
        raise _malformed("X-Amz-Expires is 1 to 604800 seconds")
    return timedelta(seconds=int(expires))


def _check_headers(request: PresignedRequest, claims: _Claims) -> None:
    """Every condition is signed, every signed header is there, and no other x-amz-… slips in beside them."""
    signed = frozenset(claims.signed_headers)
    amazon = {name for name in request.headers if name.startswith("x-amz-")}
    unsigned = (_MUST_SIGN.get(request.method, frozenset()) | amazon) - signed
    if unsigned:
        raise PresignedRequestRefused(
            Reason.HEADER_NOT_SIGNED, f"the signature does not cover {', '.join(sorted(unsigned))}"
        )
    missing = signed - request.headers.keys()
    if missing:
        raise PresignedRequestRefused(
            Reason.HEADER_MISSING, f"send these headers as they were given: {', '.join(sorted(missing))}"
        )


def _check_signature(
    request: PresignedRequest, parameters: Mapping[str, str], claims: _Claims, key: SigningKey
) -> None:
    if _is_signed(request.method, request, parameters, claims, key):
        return
    if any(_is_signed(method, request, parameters, claims, key) for method in _MUST_SIGN):
        raise PresignedRequestRefused(
            Reason.WRONG_METHOD, f"this address was not signed for {request.method}"
        )
    raise PresignedRequestRefused(
        Reason.SIGNATURE_MISMATCH, "the address or a header differs from what was signed; send it unchanged"
    )


def _is_signed(
    method: str,
    request: PresignedRequest,
    parameters: Mapping[str, str],
    claims: _Claims,
    key: SigningKey,
) -> bool:
    expected = _sign(_string_to_sign(method, request, parameters, claims), claims, key)
    return hmac.compare_digest(expected.encode(), claims.signature.encode())


def _string_to_sign(
    method: str, request: PresignedRequest, parameters: Mapping[str, str], claims: _Claims
) -> str:
    headers = "".join(f"{name}:{' '.join(request.headers[name].split())}\n" for name in claims.signed_headers)
    canonical = "\n".join(
        (
            method,
            quote(request.path, safe="/-_.~"),
            _canonical_query(parameters),
            headers,
            ";".join(claims.signed_headers),
            "UNSIGNED-PAYLOAD",
        )
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return "\n".join((ALGORITHM, claims.timestamp, claims.scope, digest))


def _canonical_query(parameters: Mapping[str, str]) -> str:
    pairs = sorted(
        (quote(name, safe="-_.~"), quote(value, safe="-_.~"))
        for name, value in parameters.items()
        if name != _SIGNATURE
    )
    return "&".join(f"{name}={value}" for name, value in pairs)


def _sign(text: str, claims: _Claims, key: SigningKey) -> str:
    derived = f"AWS4{key.secret}".encode()
    for part in claims.scope.split("/"):
        derived = hmac.digest(derived, part.encode(), "sha256")
    return hmac.digest(derived, text.encode(), "sha256").hex()


def _malformed(detail: str) -> PresignedRequestRefused:
    return PresignedRequestRefused(Reason.MALFORMED, detail)
