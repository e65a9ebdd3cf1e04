"""What a file really is, read from its bytes and never from its name or MIME type.

Only the type is decided here, from the first kilobyte. It is strict on purpose: a PDF that begins
somewhere inside other content is taken for that content, so one file cannot be two types to us.
"""

from enum import StrEnum
from typing import Final


class FileType(StrEnum):
    """Types that are told apart: four that open, and those that people send by mistake."""

    JPEG = "jpeg"
    PNG = "png"
    PDF = "pdf"
    HEIC = "heic"
    AVIF = "avif"
    GIF = "gif"
    HTML = "html"
    SVG = "svg"
    TIFF = "tiff"
    VIDEO = "video"
    WEBP = "webp"
    ZIP = "zip"
    UNKNOWN = "unknown"

    @property
    def described(self) -> str:
        """The type with its article, for a sentence such as ``This is …``."""
        return _DESCRIBED.get(self, f"a {self.value.upper()} file")


OPENABLE: Final = frozenset({FileType.JPEG, FileType.PNG, FileType.PDF, FileType.HEIC})

_DESCRIBED: Final = {
    FileType.AVIF: "an AVIF picture",
    FileType.HTML: "an HTML page",
    FileType.SVG: "an SVG drawing",
    FileType.WEBP: "a WebP picture",
    FileType.VIDEO: "a video",
    FileType.ZIP: "a ZIP archive or an office document",
    FileType.UNKNOWN: "not a type that is known here",
}

_SIGNATURES: Final = (
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"%PDF-", FileType.PDF),
    (b"GIF87a", FileType.GIF),
    (b"GIF89a", FileType.GIF),
    (b"II*\x00", FileType.TIFF),
    (b"MM\x00*", FileType.TIFF),
    (b"PK\x03\x04", FileType.ZIP),
    (b"PK\x05\x06", FileType.ZIP),
)

# Brands of ISO/IEC 23008-12 (HEIF) and its AV1 sibling; a file lists one major and many compatible.
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})

_MARKUP: Final = (
    (b"<svg", FileType.SVG),
    (b"<!doctype html", FileType.HTML),
    (b"<html", FileType.HTML),
    (b"<head", FileType.HTML),
    (b"<body", FileType.HTML),
    (b"<script", FileType.HTML),
)

_HEAD_BYTES: Final = 1024


def sniff(data: bytes) -> FileType:
    """Name the type of a file from its first kilobyte.

    Args:
        data: The file, or at least its beginning.

    Returns:
        The type, ``FileType.UNKNOWN`` when no rule fits (also for no bytes at all).
    """
    head = data[:_HEAD_BYTES]
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return FileType.WEBP
    return _by_markup(head)


def _by_brand(head: bytes) -> FileType:
    end = min(int.from_bytes(head[:4], "big"), len(head))
    # The four bytes after the major brand are a version, not a brand.
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))}
    if brands & _AVIF_BRANDS:
        return FileType.AVIF
    if brands & _HEIC_BRANDS:
        return FileType.HEIC
    return FileType.VIDEO


def _by_markup(head: bytes) -> FileType:
    """Find the earliest telling tag of a text that begins with ``<``."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not text.startswith(b"<"):
        return FileType.UNKNOWN
    found = [(text.find(tag), kind) for tag, kind in _MARKUP if tag in text]
    return min(found)[1] if found else FileType.UNKNOWN
