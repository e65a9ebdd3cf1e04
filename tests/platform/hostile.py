"""Builders of files that a careless reader would choke on, and of the honest ones beside them."""

import io
import struct
import zlib
from collections.abc import Iterable
from functools import cache

import pillow_heif
from PIL import ExifTags, Image

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 60), (30, 60, 200), (250, 250, 250)
# What undoes each EXIF orientation: applied to an upright picture it gives the stored one.
_STORED_BY = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def four_corners(size: tuple[int, int] = (240, 320)) -> Image.Image:
    """Red, green, blue and white quarters: any turn or mirror shows."""
    picture = Image.new("RGB", size, WHITE)
    half_x, half_y = size[0] // 2, size[1] // 2
    picture.paste(RED, (0, 0, half_x, half_y))
    picture.paste(GREEN, (half_x, 0, size[0], half_y))
    picture.paste(BLUE, (0, half_y, half_x, size[1]))
    return picture


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    pillow_heif.register_heif_opener()
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def jpeg(**options: object) -> bytes:
    return encoded(four_corners(), "JPEG", **options)


def png() -> bytes:
    return encoded(four_corners(), "PNG")


def heic() -> bytes:
    return encoded(four_corners(), "HEIF", quality=90, enc_params={"preset": "ultrafast"})


def exif(orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    tags[ExifTags.Base.Make] = "HiddenMaker"
    tags.get_ifd(ExifTags.IFD.GPSInfo).update(
        {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (13.0, 3.0, 1.4)}
    )
    return tags


def jpeg_stored_as(orientation: int) -> bytes:
    picture = four_corners()
    if orientation in _STORED_BY:
        picture = picture.transpose(_STORED_BY[orientation])
    return encoded(picture, "JPEG", exif=exif(orientation), quality=90)


def jpeg_with_everything_private() -> bytes:
    return jpeg(
        exif=exif(),
        xmp=b"<x:xmpmeta>HiddenXmp</x:xmpmeta>",
        comment=b"HiddenComment",
        icc_profile=b"HiddenProfile" * 20,
    )


def jpeg_with_broken_exif() -> bytes:
    return jpeg(exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xff" + b"\x12\x01\x03" * 9)


def jpeg_with_a_tag_of_a_wrong_type() -> bytes:
    """Turned by orientation 6, beside a maker's name that is a number."""
    orientation, software = (
        struct.pack("<HHII", 0x112, 3, 1, 6),
        struct.pack("<HHII", 0x131, 4, 1, 7),
    )
    tags = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x02\x00" + orientation + software + bytes(4)
    return encoded(four_corners().transpose(_STORED_BY[6]), "JPEG", exif=tags, quality=90)


def jpeg_html_zip_polyglot() -> bytes:
    return jpeg(comment=b"<html><script>alert(1)</script>") + b"PK\x05\x06" + bytes(18)


@cache
def hundred_megapixel_jpeg() -> bytes:
    return encoded(Image.new("L", (10_000, 10_000), 128), "JPEG", quality=5)


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of(width: int, height: int, depth: int, colour: int, rows: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(*chunk) for chunk in chunks)


@cache
def png_bomb(side: int = 13_000) -> bytes:
    """Some 20 KB that decode to 169 megapixels."""
    return png_of(side, side, 1, 0, bytes((1 + (side + 7) // 8) * side))


def png_16_bit_grey(value: int) -> bytes:
    row = b"\x00" + struct.pack(">H", value) * 64
    return png_of(64, 64, 16, 0, row * 64)


def png_text_bomb() -> bytes:
    """A compressed comment of 64 MB in 64 KB."""
    whole = png()
    comment = _png_chunk(b"zTXt", b"k\x00\x00" + zlib.compress(bytes(64 << 20), 9))
    return whole[:33] + comment + whole[33:]


def animated_png() -> bytes:
    other = Image.new("RGB", (240, 320), (0, 0, 0))
    return encoded(four_corners(), "PNG", save_all=True, append_images=[other] * 3)


def gif() -> bytes:
    return encoded(four_corners(), "GIF", save_all=True, append_images=[four_corners()] * 2)


def multi_picture_jpeg() -> bytes:
    """The format of telephones that keep a depth map or a second shot behind the first."""
    second = Image.new("RGB", (240, 320), (0, 0, 0))
    return encoded(four_corners(), "MPO", save_all=True, append_images=[second])


def linear_light_profile() -> bytes:
    """An ICC profile with sRGB's primaries but linear light: its 128 is sRGB's 188."""

    def fixed(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + fixed(*values)

    linear = b"curv\0\0\0\0" + struct.pack(">I", 0)
    tags = {
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(0.4361, 0.2225, 0.0139),
        b"gXYZ": xyz(0.3851, 0.7169, 0.0971),
        b"bXYZ": xyz(0.1431, 0.0606, 0.7141),
        b"rTRC": linear,
        b"gTRC": linear,
        b"bTRC": linear,
    }
    at = 128 + 4 + 12 * len(tags)
    index, bodies = struct.pack(">I", len(tags)), b""
    for name, body in tags.items():
        index += name + struct.pack(">II", at + len(bodies), len(body))
        bodies += body
    head = struct.pack(">I", at + len(bodies)) + b"\0\0\0\0\x02\x40\0\0mntrRGB XYZ "
    head += bytes(12) + b"acsp" + bytes(28) + fixed(0.9642, 1.0, 0.8249)
    return head.ljust(128, b"\0") + index + bodies


def _pdf_stream(entries: bytes, body: bytes) -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(body), body)


def pdf_of(objects: Iterable[bytes], trailer: bytes = b"") -> bytes:
    """Put objects together with a cross-reference table; the first is the catalogue."""
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, size = len(out), len(offsets) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    tail = b"trailer<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n"
    return out + tail % (size, trailer, start)


def pdf(pages: int = 1, box: tuple[float, float] = (595, 842), trailer: bytes = b"") -> bytes:
    """Pages whose upper left quarter is red."""
    kids = b" ".join(b"%d 0 R" % (4 + at) for at in range(pages))
    width, height = box
    quarter = f"0.8 0.1 0.1 rg 0 {height / 2} {width / 2} {height / 2} re f".encode()
    media = f"[0 0 {width} {height}]".encode()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%b/Contents 3 0 R>>" % media
    head = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, pages),
        _pdf_stream(b"", quarter),
    )
    return pdf_of((*head, *[page] * pages), trailer)


def locked_pdf() -> bytes:
    """A PDF whose verifiers no password of ours satisfies."""
    words = b"<%b>" % (b"5a" * 32)
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/O%b/U%b/P -4>>/ID[<00><00>]" % (words, words)
    return pdf(trailer=lock)


def pdf_bomb(levels: int = 8, fan: int = 10) -> bytes:
    """Forms that draw forms: 2 KB that ask for ``fan ** levels`` rectangles."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
    link = b"/Resources<</XObject<</F %d 0 R>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R" + link % 5 + b">>"
    head = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        _pdf_stream(b"", b"/F Do"),
    )
    nested = [_pdf_stream(form + link % (6 + at), b"/F Do " * fan) for at in range(levels)]
    return pdf_of((*head, *nested, _pdf_stream(form, b"0 0 500 500 re f")))


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
HTML = b"<!DOCTYPE html><html><body onload=alert(1)></body></html>"
