"""The local store's door: presigned PUT and GET under /storage, in the words of S3.

A request is let in by its signature and nothing else, as at S3: no cookie, no token. Bodies stream to the
disk. Only pictures that we encoded ourselves are shown; everything people sent is a download.
"""

from collections.abc import Iterator
from typing import IO, BinaryIO, Final

from flask import Blueprint, Response, request
from werkzeug.exceptions import ClientDisconnected

from mathvidya.platform import clock
from mathvidya.platform.errors import NotFound
from mathvidya.platform.storage.contract import (
    VIEW_MEDIA_TYPE,
    KeyTaken,
    ObjectMissing,
    StorageError,
    check_key,
    is_view,
)
from mathvidya.platform.storage.local import BUCKET_PATH, LocalStorage, WrongChecksum, WrongLength, attachment
from mathvidya.platform.storage.verifying import (
    PresignedRequest,
    PresignedRequestRefused,
    Reason,
    upload_conditions,
    verify,
)

_CHUNK: Final = 64 * 1024
_LARGEST_BODY: Final = 64 * 1024 * 1024
"""Beyond any limit that can be configured; the signed length is what truly bounds a body."""

_REASONS: Final = {
    WrongLength: Reason.LENGTH_MISMATCH,
    WrongChecksum: Reason.CHECKSUM_MISMATCH,
    KeyTaken: Reason.KEY_TAKEN,
}


def create_blueprint(store: LocalStorage) -> Blueprint:
    """The routes that serve ``store``."""
    blueprint = Blueprint("local_storage", __name__, url_prefix=BUCKET_PATH)

    @blueprint.put("/<path:key>")
    def put_object(key: str) -> Response:
        """Keep what a presigned PUT brings, if it is exactly what was agreed."""
        presigned, _ = _verified(store, key)
        conditions = upload_conditions(presigned)
        request.max_content_length = _LARGEST_BODY
        try:
            store.receive(key, _chunks(request.stream), conditions)
        except StorageError as error:
            raise PresignedRequestRefused(_REASONS[type(error)], str(error)) from error
        except ClientDisconnected as error:
            raise PresignedRequestRefused(Reason.LENGTH_MISMATCH, "the body ends before its end") from error
        return Response(status=200)

    @blueprint.get("/<path:key>")
    def get_object(key: str) -> Response:
        """Read what a presigned GET names."""
        _, disposition = _verified(store, key)
        try:
            file = store.open(key)
        except ObjectMissing as error:
            raise NotFound("nothing has been put under this key") from error
        return _served(key, file, disposition)

    return blueprint


def _verified(store: LocalStorage, key: str) -> tuple[PresignedRequest, str | None]:
    """The request, once its signature holds, and the Content-Disposition that it asks for."""
    try:
        check_key(key)
    except ValueError as error:
        raise NotFound("no object can have this key") from error
    presigned = PresignedRequest(
        method=request.method,
        path=request.path,
        query=request.query_string.decode("ascii", "replace"),
        headers={name.lower(): value for name, value in request.headers.items()},
    )
    parameters = verify(presigned, key=store.signing_key, now=clock.now())
    return presigned, parameters.get("response-content-disposition")


def _served(key: str, file: BinaryIO, disposition: str | None) -> Response:
    response = Response(_all_of(file), mimetype="application/octet-stream")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Content-Disposition"] = disposition or attachment(key.rpartition("/")[2])
    if is_view(key):
        response.mimetype = VIEW_MEDIA_TYPE
        response.headers["Content-Disposition"] = disposition or "inline"
        response.headers["Cache-Control"] = "private, max-age=900, immutable"
    return response


def _all_of(file: BinaryIO) -> Iterator[bytes]:
    with file:
        yield from _chunks(file)


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk
