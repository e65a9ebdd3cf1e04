"""What parent and child say to each other: length-prefixed frames over standard input and output.

The first frame is JSON, the others are raw bytes. Neither pickle nor a shell is involved, so a
child that a hostile file has taken over can answer nonsense and no more.
"""

import json
import struct
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO, Final

from mathvidya.platform.imaging.limits import Limits
from mathvidya.platform.imaging.quality import Quality
from mathvidya.platform.imaging.sniff import FileType

_LENGTH: Final = struct.Struct(">I")
_VIEWS_PER_PAGE: Final = 3


class FrameError(ValueError):
    """The other side said something that is not in this language."""


@dataclass(frozen=True, slots=True)
class PageViews:
    """One page as it is kept and shown: upright sRGB WebP pictures without any metadata.

    Attributes:
        width: Width of ``full`` in pixels.
        height: Height of ``full`` in pixels.
        full: The view for marking, longer side at most 2,200 pixels.
        half: The same at half the size, for a telephone and for slow connections.
        thumbnail: Longer side at most 320 pixels.
        quality: How well the page can be read.
    """

    width: int
    height: int
    full: bytes
    half: bytes
    thumbnail: bytes
    quality: Quality


def write_order(stream: BinaryIO, kind: FileType, data: bytes, limits: Limits) -> None:
    """Ask the child to open ``data`` as ``kind`` within ``limits``."""
    _write(stream, [_json({"kind": kind, "limits": asdict(limits)}), data])


def read_order(stream: BinaryIO) -> tuple[FileType, Limits]:
    """Read all of an order but its file, so that limits are in force before hostile bytes come."""
    order = json.loads(read_frame(stream))
    return FileType(order["kind"]), Limits(**order["limits"])


def write_refusal(stream: BinaryIO, code: str) -> None:
    """Answer that the file is refused, by the code of an ``UnreadableFile``."""
    _write(stream, [_json({"refused": code})])


def write_pages(stream: BinaryIO, pages: Iterable[PageViews]) -> None:
    """Answer with the pages."""
    pages = list(pages)
    heads = [{"width": p.width, "height": p.height, "quality": asdict(p.quality)} for p in pages]
    views = [view for page in pages for view in (page.full, page.half, page.thumbnail)]
    _write(stream, [_json({"pages": heads}), *views])


def read_answer(stream: BinaryIO) -> str | tuple[PageViews, ...]:
    """Read the child's answer: the code of a refusal, or the pages.

    Raises:
        FrameError: The answer is cut short or makes no sense.
    """
    try:
        answer = json.loads(read_frame(stream))
        if "refused" in answer:
            return str(answer["refused"])
        return tuple(_read_page(head, stream) for head in answer["pages"])
    except (KeyError, TypeError, ValueError) as problem:
        raise FrameError("the child's answer makes no sense") from problem


def read_frame(stream: BinaryIO) -> bytes:
    """Read one frame.

    Raises:
        FrameError: The stream ends inside it.
    """
    prefix = stream.read(_LENGTH.size)
    if len(prefix) < _LENGTH.size:
        raise FrameError("the stream ends where a frame should begin")
    (length,) = _LENGTH.unpack(prefix)
    frame = stream.read(length)
    if len(frame) < length:
        raise FrameError("the stream ends inside a frame")
    return frame


def _read_page(head: dict[str, Any], stream: BinaryIO) -> PageViews:
    full, half, thumbnail = (read_frame(stream) for _ in range(_VIEWS_PER_PAGE))
    quality = Quality(**{name: float(value) for name, value in head["quality"].items()})
    return PageViews(int(head["width"]), int(head["height"]), full, half, thumbnail, quality)


def _write(stream: BinaryIO, frames: Iterable[bytes]) -> None:
    for frame in frames:
        stream.write(_LENGTH.pack(len(frame)))
        stream.write(frame)
    stream.flush()


def _json(value: dict[str, object]) -> bytes:
    return json.dumps(value).encode()
