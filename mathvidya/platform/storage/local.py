"""A store on the local disk: what a laptop and the tests use in place of S3.

An object is written to a file beside the others, flushed, and only then linked to its name, so a crash
leaves either the whole object or none; a link refuses a name that is taken, where a rename would replace it.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, BinaryIO, Final
from urllib.parse import quote

from mathvidya.platform.storage.contract import (
    Head,
    KeyTaken,
    ObjectMissing,
    ObjectTooLarge,
    PresignedPut,
    StorageError,
    check_key,
    check_upload_key,
    check_view_name,
)
from mathvidya.platform.storage.signing import SigningKey, presign, upload_headers
from mathvidya.platform.storage.verifying import UploadConditions

BUCKET_PATH: Final = "/storage"
"""Where the store answers on the web process: the bucket of a path-style address."""

_CHUNK: Final = 64 * 1024


class WrongLength(StorageError):
    """The body is shorter or longer than the request said."""


class WrongChecksum(StorageError):
    """The body is not the one whose checksum was signed."""


class LocalStorage:
    """Objects as files under ``root``; ``url`` is the web process that serves them (see local_http)."""

    def __init__(self, root: Path, *, url: str, key: SigningKey) -> None:
        self.signing_key = key
        self._url = url.rstrip("/") + BUCKET_PATH
        self._objects = root / "objects"
        self._incoming = root / "incoming"

    def presign_put(
        self, key: str, *, media_type: str, size: int, sha256: bytes, expires: timedelta, now: datetime
    ) -> PresignedPut:
        """See Storage."""
        check_upload_key(key)
        headers = upload_headers(media_type, sha256)
        url = presign(
            "PUT",
            f"{self._url}/{key}",
            key=self.signing_key,
            expires=expires,
            now=now,
            headers={**headers, "Content-Length": str(size)},
        )
        return PresignedPut(url, headers)

    def presign_get(
        self, key: str, *, expires: timedelta, now: datetime, download_name: str | None = None
    ) -> str:
        """See Storage."""
        check_key(key)
        parameters = (
            {} if download_name is None else {"response-content-disposition": attachment(download_name)}
        )
        return presign(
            "GET", f"{self._url}/{key}", key=self.signing_key, expires=expires, now=now, parameters=parameters
        )

    def head(self, key: str) -> Head | None:
        """See Storage."""
        path = self._path(key)
        return Head(path.stat().st_size) if path.is_file() else None

    def read(self, key: str, max_bytes: int) -> bytes:
        """See Storage."""
        with self.open(key) as file:
            data = file.read(max_bytes + 1)
        if len(data) > max_bytes:
            raise ObjectTooLarge(key)
        return data

    def write(self, key: str, data: bytes, media_type: str) -> None:
        """See Storage."""
        check_view_name(key, media_type)
        self._keep(key, (data,), UploadConditions(len(data), hashlib.sha256(data).digest()))

    def probe(self) -> str:
        """See Storage: writes a file where uploads arrive, and takes it away again."""
        with self._draft() as file:
            file.write(b"probe")
            file.flush()
        return "local disk"

    def receive(self, key: str, body: Iterable[bytes], conditions: UploadConditions) -> None:
        """Keep an upload as it streams in. Raises WrongLength, WrongChecksum, KeyTaken, keeping nothing."""
        check_upload_key(key)
        self._keep(key, body, conditions)

    def open(self, key: str) -> BinaryIO:
        """The object, opened for reading. Raises ObjectMissing."""
        try:
            return self._path(key).open("rb")
        except FileNotFoundError as error:
            raise ObjectMissing(key) from error

    def _path(self, key: str) -> Path:
        check_key(key)
        return self._objects / key

    def _keep(self, key: str, body: Iterable[bytes], conditions: UploadConditions) -> None:
        with self._draft() as draft:
            _fill(draft, body, conditions)
            self._name(Path(draft.name), self._path(key))

    @contextmanager
    def _draft(self) -> Iterator[IO[bytes]]:
        """A file among the incoming ones, gone at the end: what was kept has a second name by then."""
        self._incoming.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._incoming) as file:
            yield file

    def _name(self, draft: Path, path: Path) -> None:
        _make_folder(path.parent)
        try:
            os.link(draft, path)
        except FileExistsError:
            if not _same(draft, path):
                raise KeyTaken(path.relative_to(self._objects).as_posix()) from None
        _sync_folder(path.parent)


def attachment(name: str) -> str:
    """A Content-Disposition that saves under ``name``, in RFC 6266's form for any alphabet."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def _fill(draft: IO[bytes], body: Iterable[bytes], conditions: UploadConditions) -> None:
    """Write the body out and flush it to the disk, counting and hashing as it passes."""
    size, digest = 0, hashlib.sha256()
    for chunk in body:
        size += len(chunk)
        if size > conditions.size:
            break
        digest.update(chunk)
        draft.write(chunk)
    if size != conditions.size:
        raise WrongLength(f"{conditions.size} bytes were announced")
    if digest.digest() != conditions.sha256:
        raise WrongChecksum("the bytes are not those whose checksum was signed")
    draft.flush()
    os.fsync(draft.fileno())


def _same(one: Path, other: Path) -> bool:
    with one.open("rb") as left, other.open("rb") as right:
        while chunk := left.read(_CHUNK):
            if right.read(_CHUNK) != chunk:
                return False
        return not right.read(1)


def _make_folder(folder: Path) -> None:
    """Make a folder that survives a power cut: each new name is flushed in its parent."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
