import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathvidya.platform.imaging.errors import UnsupportedType
from mathvidya.platform.imaging.sniff import FileType, sniff
from tests.platform import hostile


def ftyp(major: bytes, *compatible: bytes) -> bytes:
    body = b"ftyp" + major + bytes(4) + b"".join(compatible)
    return (len(body) + 4).to_bytes(4, "big") + body


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (hostile.jpeg(), FileType.JPEG),
        (hostile.png(), FileType.PNG),
        (hostile.pdf(), FileType.PDF),
        (hostile.heic(), FileType.HEIC),
        (ftyp(b"mif1", b"mif1", b"heic"), FileType.HEIC),
        (ftyp(b"avif", b"mif1", b"miaf"), FileType.AVIF),
        (ftyp(b"mif1", b"avif"), FileType.AVIF),
        (ftyp(b"qt  ", b"qt  "), FileType.VIDEO),
        (hostile.gif(), FileType.GIF),
        (hostile.SVG, FileType.SVG),
        (b"\xef\xbb\xbf\n <svg/>", FileType.SVG),
        (hostile.HTML, FileType.HTML),
        (b"<!-- x --><SCRIPT>", FileType.HTML),
        (b"<html><svg></svg></html>", FileType.HTML),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", FileType.WEBP),
        (b"PK\x03\x04", FileType.ZIP),
        (b"II*\x00\x08", FileType.TIFF),
        (b"junk %PDF-1.7", FileType.UNKNOWN),
        (b"text that mentions <svg> later", FileType.UNKNOWN),
        (b"", FileType.UNKNOWN),
    ],
)
def test_the_type_is_read_from_the_bytes(data: bytes, kind: FileType) -> None:
    assert sniff(data) is kind


@given(st.binary(max_size=64))
def test_every_string_of_bytes_has_a_type(data: bytes) -> None:
    assert sniff(data) in FileType


@given(st.integers(0, 2**32 - 1), st.binary(max_size=40))
def test_a_box_that_lies_about_its_size_still_has_a_type(size: int, rest: bytes) -> None:
    assert sniff(size.to_bytes(4, "big") + b"ftyp" + rest) in FileType


@pytest.mark.parametrize("kind", FileType)
def test_a_refusal_names_the_type_and_what_to_send(kind: FileType) -> None:
    message = str(UnsupportedType(kind))
    assert message.startswith(f"This is {kind.described}.")
    assert "JPEG" in message
