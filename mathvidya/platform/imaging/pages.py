"""Open an untrusted file as pages, in a process of its own that cannot hurt this one."""

import io
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO, Final

import mathvidya
from mathvidya.platform.imaging import wire
from mathvidya.platform.imaging.errors import (
    CorruptFile,
    EmptyFile,
    EncryptedPdf,
    TooExpensive,
    TooManyPages,
    TooManyPixels,
    TruncatedFile,
    UnreadableFile,
    UnsupportedType,
)
from mathvidya.platform.imaging.limits import Limits
from mathvidya.platform.imaging.sniff import OPENABLE, FileType, sniff
from mathvidya.platform.imaging.wire import PageViews

__all__ = ["PageReaderError", "PageViews", "open_pages"]

_DEFAULT: Final = Limits()
_CHILD: Final = "mathvidya.platform.imaging.child"
# The folder that holds the package: the child finds the same code without any environment.
_HOME: Final = Path(mathvidya.__file__).resolve().parent.parent


class PageReaderError(RuntimeError):
    """The child broke in a way that no honest file explains.

    An error of installation or programming, or a file that took the child over: look at it.
    """


def open_pages(data: bytes, *, limits: Limits = _DEFAULT) -> tuple[PageViews, ...]:
    """Open an uploaded file as pages that are safe to keep and show.

    A picture gives one page, a PDF one per page of its own. The views are upright, in sRGB and
    free of metadata; ``data`` itself is not changed. Takes a process and up to
    ``limits.wall_seconds``: never call it inside a transaction.

    Args:
        data: The whole file. How large it may be is the caller's to decide.
        limits: What opening it may cost.

    Raises:
        UnreadableFile: As one of its classes, each with a stable ``code``.
        PageReaderError: The child itself broke; a person has to look.
    """
    if not data:
        raise EmptyFile
    kind = sniff(data)
    if kind not in OPENABLE:
        raise UnsupportedType(kind)
    answer = _ask_child(kind, data, limits)
    if isinstance(answer, str):
        raise _refusal(answer, limits)
    return answer


def _ask_child(kind: FileType, data: bytes, limits: Limits) -> str | tuple[PageViews, ...]:
    """Run the child between two unnamed files: nothing to deadlock, and the kernel caps both."""
    with tempfile.TemporaryFile() as order, tempfile.TemporaryFile() as answer:
        wire.write_order(order, kind, data, limits)
        order.seek(0)
        status = _run_child(order, answer, limits.wall_seconds)
        if status < 0:
            return TooExpensive.code
        if status > 0:
            raise PageReaderError(f"the page reader ended with status {status}")
        answer.seek(0)
        return _understood(answer.read())


def _understood(answer: bytes) -> str | tuple[PageViews, ...]:
    """Read the whole answer from memory, where no announced length can ask for more of it."""
    try:
        return wire.read_answer(io.BytesIO(answer))
    except wire.FrameError as problem:
        raise PageReaderError(str(problem)) from problem


def _run_child(order: BinaryIO, answer: BinaryIO, wall_seconds: float) -> int:
    """Return the child's exit status, negative when a signal ended it."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no outside word
        [sys.executable, "-E", "-s", "-m", _CHILD],
        stdin=order,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        cwd=_HOME,
        env={},
        start_new_session=True,
    )
    try:
        return process.wait(wall_seconds)
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    finally:
        # Also when this process is itself told to stop while it waits.
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _refusal(code: str, limits: Limits) -> UnreadableFile:
    if code == TooManyPages.code:
        return TooManyPages(limits.max_pages)
    plain = (TruncatedFile, TooManyPixels, EncryptedPdf, TooExpensive, CorruptFile)
    for refusal in plain:
        if refusal.code == code:
            return refusal()
    raise PageReaderError(f"the page reader refused with an unknown code {code!r}")
