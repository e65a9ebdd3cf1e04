"""The process that opens one untrusted file and ends.

Started as ``python -m mathvidya.platform.imaging.child`` and by ``pages`` only. It reads an order
from standard input, puts up its walls, and answers on standard output with the pages or with the
code of a refusal. It has no environment, no arguments and nothing to lose.
"""

import sys
import warnings
from typing import BinaryIO

from mathvidya.platform.imaging import wire
from mathvidya.platform.imaging.confine import confine
from mathvidya.platform.imaging.errors import (
    CorruptFile,
    TooExpensive,
    TruncatedFile,
    UnreadableFile,
)
from mathvidya.platform.imaging.limits import Limits
from mathvidya.platform.imaging.photo import open_photo
from mathvidya.platform.imaging.sniff import FileType
from mathvidya.platform.imaging.views import make_views
from mathvidya.platform.imaging.whole import is_whole


def main() -> None:
    """Carry out the one order on standard input."""
    kind, limits = wire.read_order(sys.stdin.buffer)
    confine(limits)
    _take_warnings_for_errors()
    answer(sys.stdout.buffer, kind, wire.read_frame(sys.stdin.buffer), limits)


def _take_warnings_for_errors() -> None:
    """Refuse whatever a decoder has doubts about, except doubts about metadata.

    It is thrown away in any case, and telephones write it badly.
    """
    warnings.simplefilter("error")
    for reader in ("PIL.TiffImagePlugin", "PIL.JpegImagePlugin"):  # EXIF; index of many pictures
        warnings.filterwarnings("ignore", category=UserWarning, module=reader)


def answer(stream: BinaryIO, kind: FileType, data: bytes, limits: Limits) -> None:
    """Write the pages of ``data``, or why there are none."""
    try:
        pages = open_file(kind, data, limits)
    except UnreadableFile as refusal:
        wire.write_refusal(stream, refusal.code)
    except MemoryError:
        wire.write_refusal(stream, TooExpensive.code)
    except Exception:  # noqa: BLE001 - a hostile file can make a decoder raise anything at all
        wire.write_refusal(stream, CorruptFile.code)
    else:
        wire.write_pages(stream, pages)


def open_file(kind: FileType, data: bytes, limits: Limits) -> list[wire.PageViews]:
    """Turn a file into the views of its pages."""
    if not is_whole(kind, data):
        raise TruncatedFile
    if kind is FileType.PDF:
        from mathvidya.platform.imaging.pdf import open_pdf  # noqa: PLC0415 - see _learn_heic

        return [make_views(picture) for picture in open_pdf(data, limits)]
    return [make_views(open_photo(kind, data, limits))]


if __name__ == "__main__":
    main()
