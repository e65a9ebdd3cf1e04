"""Does a file reach its own end mark?

Decoders are lenient: a renderer rebuilds the index of a half PDF and shows the pages that came, and
nobody notices that the others did not. A page that is missing is worse than a file that is refused,
so every file must reach the mark by which its own format ends. Bytes after the mark are allowed:
telephones append their own data to a JPEG.
"""

from collections.abc import Callable
from typing import Final

from mathvidya.platform.imaging.sniff import FileType

_SOI, _EOI, _SOS = b"\xff\xd8", b"\xff\xd9", 0xDA
# ISO 32000-1, annex H.3.4.4: readers look for the mark within the last 1,024 bytes.
_PDF_TAIL: Final = 1024


def is_whole(kind: FileType, data: bytes) -> bool:
    """Say whether ``data`` holds the end mark of its format.

    Structure that is broken rather than cut counts as whole: the decoder then says what is wrong.
    """
    return _CHECKS[kind](data)


def _jpeg(data: bytes) -> bool:
    """Walk the segments to the first scan, so that an embedded thumbnail's end does not count."""
    at = len(_SOI)
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return True
        if data[at + 1] == 0xFF:  # a fill byte before a marker
            at += 1
            continue
        if data[at + 1] == _SOS:
            return _EOI in data[at:]
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return False


def _png(data: bytes) -> bool:
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IEND":
            return True
        at += 12 + length
    return False


def _heic(data: bytes) -> bool:
    """Walk the top-level boxes (ISO/IEC 14496-12, 4.2); each must end inside the file.

    The picture's data is in ``mdat``: a file cut between two boxes before it ends on a box, yet is not whole.
    """
    at, has_data = 0, False
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 0:  # "to the end of the file"
            return True
        if size == 1:  # a 64-bit size follows the type
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size < 8:
            return True
        has_data = has_data or data[at + 4 : at + 8] == b"mdat"
        at += size
    return at == len(data) and has_data


def _pdf(data: bytes) -> bool:
    return b"%%EOF" in data[-_PDF_TAIL:]


_CHECKS: Final[dict[FileType, Callable[[bytes], bool]]] = {
    FileType.JPEG: _jpeg,
    FileType.PNG: _png,
    FileType.HEIC: _heic,
    FileType.PDF: _pdf,
}
