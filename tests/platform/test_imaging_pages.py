import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from mathvidya.platform.imaging import pages
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
from mathvidya.platform.imaging.limits import MIB, Limits
from mathvidya.platform.imaging.pages import PageReaderError, PageViews, open_pages
from mathvidya.platform.imaging.sniff import FileType
from tests.platform import hostile
from tests.platform.hostile import BLUE, GREEN, RED, WHITE, encoded

Colour = tuple[int, int, int]

_PRIVATE = (b"HiddenMaker", b"HiddenXmp", b"HiddenComment", b"HiddenProfile")


def opened(view: bytes) -> Image.Image:
    return Image.open(io.BytesIO(view), formats=["WEBP"]).convert("RGB")


def only(data: bytes) -> PageViews:
    (page,) = open_pages(data)
    return page


def near(picture: Image.Image, x: float, y: float, expected: Colour, slack: int = 12) -> bool:
    """Compare the pixel at a place given in 0..1 coordinates."""
    found = picture.getpixel((int(x * picture.width), int(y * picture.height)))
    assert isinstance(found, tuple)
    return all(abs(a - b) <= slack for a, b in zip(found, expected, strict=True))


def is_upright(view: bytes) -> bool:
    picture = opened(view)
    places = ((0.2, 0.2, RED), (0.8, 0.2, GREEN), (0.2, 0.8, BLUE), (0.8, 0.8, WHITE))
    return all(near(picture, *place) for place in places)


def chunks(view: bytes) -> list[bytes]:
    """Name the chunks of a WebP file (RFC 9649): VP8 holds pixels, all others metadata."""
    names, at = [], 12
    while at < len(view):
        names.append(view[at : at + 4])
        size = int.from_bytes(view[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return names


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_comes_out_upright(orientation: int) -> None:
    page = only(hostile.jpeg_stored_as(orientation))
    assert (page.width, page.height) == (240, 320)
    assert all(is_upright(view) for view in (page.full, page.half, page.thumbnail))


@pytest.mark.parametrize(
    "build",
    [
        hostile.png,
        hostile.heic,
        hostile.multi_picture_jpeg,
        hostile.jpeg_with_broken_exif,
        hostile.jpeg_with_a_tag_of_a_wrong_type,
        lambda: hostile.jpeg(progressive=True),
        lambda: encoded(hostile.four_corners().quantize(16), "PNG"),
        lambda: hostile.jpeg(icc_profile=b"no profile at all" * 20),
    ],
)
def test_honest_pictures_of_every_make_open_upright(build: Callable[[], bytes]) -> None:
    assert is_upright(only(build()).full)


def test_of_an_animation_the_first_picture_is_the_page() -> None:
    assert is_upright(only(hostile.animated_png()).full)


def test_a_polyglot_leaves_nothing_but_its_picture() -> None:
    data = hostile.jpeg_html_zip_polyglot()
    page = only(data)
    assert is_upright(page.full)
    assert b"<script" in data
    assert all(b"script" not in v and b"PK" not in v for v in (page.full, page.thumbnail))


def test_views_carry_pixels_and_nothing_else() -> None:
    data = hostile.jpeg_with_everything_private()
    assert all(word in data for word in _PRIVATE)
    page = only(data)
    for view in (page.full, page.half, page.thumbnail):
        assert chunks(view) == [b"VP8 "]
        assert dict(Image.open(io.BytesIO(view)).getexif()) == {}


def test_an_embedded_colour_profile_is_converted_and_dropped() -> None:
    grey = Image.new("RGB", (64, 64), (128, 128, 128))
    page = only(encoded(grey, "JPEG", icc_profile=hostile.linear_light_profile()))
    assert near(opened(page.full), 0.5, 0.5, (188, 188, 188), slack=3)
    assert chunks(page.full) == [b"VP8 "]


def test_cmyk_comes_out_in_its_colours() -> None:
    page = only(encoded(hostile.four_corners().convert("CMYK"), "JPEG", quality=95))
    assert is_upright(page.full)


@pytest.mark.parametrize(("stored", "shown"), [(0, 0), (0x8000, 128), (0xFFFF, 255)])
def test_sixteen_bit_grey_keeps_its_brightness(stored: int, shown: int) -> None:
    page = only(hostile.png_16_bit_grey(stored))
    assert near(opened(page.full), 0.5, 0.5, (shown, shown, shown), slack=3)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_lies_on_white_paper(mode: str) -> None:
    page = only(encoded(Image.new(mode, (64, 64)), "PNG"))
    assert near(opened(page.full), 0.5, 0.5, (255, 255, 255), slack=2)


def test_views_are_bounded_and_keep_the_shape() -> None:
    page = only(encoded(Image.new("RGB", (4400, 3300), WHITE), "JPEG"))
    assert (page.width, page.height) == (2200, 1650)
    assert opened(page.full).size == (2200, 1650)
    assert opened(page.half).size == (1100, 825)
    assert opened(page.thumbnail).size == (320, 240)


def test_a_small_picture_is_not_blown_up() -> None:
    page = only(encoded(Image.new("RGB", (30, 1), WHITE), "PNG"))
    assert (page.width, page.height) == (30, 1)


def test_the_hungriest_picture_that_is_allowed_opens_within_the_limits() -> None:
    page = only(encoded(Image.new("P", (8160, 6120)), "PNG", transparency=0))
    assert (page.width, page.height) == (2200, 1650)


def test_a_pdf_gives_one_page_for_each_of_its_own() -> None:
    found = open_pages(hostile.pdf(pages=3))
    assert [(page.width, page.height) for page in found] == [(1555, 2200)] * 3
    assert near(opened(found[2].full), 0.25, 0.25, (204, 26, 26))
    assert near(opened(found[2].full), 0.75, 0.75, (255, 255, 255))


def test_a_pdf_with_a_page_of_one_point_a_pixel_opens() -> None:
    assert (only(hostile.pdf(box=(3000, 4000))).width) == 1650


@pytest.mark.parametrize(
    ("build", "refusal"),
    [
        (lambda: b"", EmptyFile),
        (lambda: hostile.jpeg()[:-400], TruncatedFile),
        (lambda: hostile.png()[:-100], TruncatedFile),
        (lambda: hostile.heic()[:-100], TruncatedFile),
        (lambda: hostile.pdf()[:-40], TruncatedFile),
        (hostile.png_bomb, TooManyPixels),
        (hostile.hundred_megapixel_jpeg, TooManyPixels),
        (lambda: hostile.pdf(box=(20_000, 100)), TooManyPixels),
        (lambda: hostile.pdf(pages=21), TooManyPages),
        (hostile.locked_pdf, EncryptedPdf),
        (lambda: b"%PDF-1.7\n%%EOF\n", CorruptFile),
        (lambda: hostile.pdf(pages=0), CorruptFile),
        (lambda: hostile.png_of(64, 64, 8, 2, b"\x00" * 9), CorruptFile),
        (hostile.png_text_bomb, CorruptFile),
        (lambda: b"\xff\xd8\xff\xda" + bytes(50) + b"\xff\xd9", CorruptFile),
    ],
)
def test_a_file_that_cannot_be_a_page_is_refused_by_name(
    build: Callable[[], bytes], refusal: type[UnreadableFile]
) -> None:
    with pytest.raises(refusal):
        open_pages(build())


@pytest.mark.parametrize("build", [hostile.jpeg, hostile.png, hostile.heic])
def test_the_limit_on_pixels_is_exact_for_every_format(build: Callable[[], bytes]) -> None:
    pixels = 240 * 320
    assert open_pages(build(), limits=Limits(max_pixels=pixels))
    with pytest.raises(TooManyPixels):
        open_pages(build(), limits=Limits(max_pixels=pixels - 1))


@pytest.mark.parametrize(
    ("data", "found"),
    [(hostile.SVG, FileType.SVG), (hostile.HTML, FileType.HTML), (hostile.gif(), FileType.GIF)],
)
def test_a_file_of_another_type_is_refused_whatever_it_is_called(data: bytes, found: FileType) -> None:
    with pytest.raises(UnsupportedType) as refused:
        open_pages(data)
    assert refused.value.found is found


@pytest.mark.parametrize(
    ("data", "limits"),
    [
        (hostile.pdf_bomb(), Limits(cpu_seconds_per_page=1)),
        (hostile.pdf_bomb(), Limits(wall_seconds=0.5)),
        (hostile.jpeg(), Limits(output_bytes=500)),
        (encoded(Image.new("RGB", (5000, 5000)), "PNG"), Limits(memory_bytes=180 * MIB)),
    ],
    ids=["processor", "clock", "output", "memory"],
)
def test_a_file_that_runs_into_a_limit_is_refused_and_leaves_no_process(data: bytes, limits: Limits) -> None:
    with pytest.raises(TooExpensive):
        open_pages(data, limits=limits)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_each_page_of_a_pdf_may_use_its_own_share_of_the_processor() -> None:
    found = open_pages(hostile.pdf(pages=20), limits=Limits(cpu_seconds_per_page=1))
    assert len(found) == 20


@pytest.mark.parametrize("child", ["mathvidya.no_such_module", "this"], ids=["dies", "babbles"])
def test_a_broken_child_is_not_blamed_on_the_file(monkeypatch: pytest.MonkeyPatch, child: str) -> None:
    monkeypatch.setattr(pages, "_CHILD", child)
    with pytest.raises(PageReaderError):
        open_pages(hostile.jpeg())


def test_the_child_needs_neither_the_environment_nor_the_working_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "PIL.py").write_text("raise SystemExit(3)")
    assert is_upright(only(hostile.jpeg()).full)


def written(blur: float) -> Image.Image:
    """A page of crisp strokes, then out of focus by so many pixels."""
    page = Image.new("RGB", (1600, 2200), (235, 232, 220))
    for row in range(300, 1900, 70):
        for at in range(250, 1350, 26):
            page.paste((30, 40, 110), (at, row, at + 4, row + 28))
    return page.filter(ImageFilter.GaussianBlur(blur))


@pytest.mark.parametrize(("blur", "blurred"), [(0, False), (1.5, False), (6, True), (12, True)])
def test_a_page_out_of_focus_is_called_blurred(blur: float, blurred: bool) -> None:
    assert only(encoded(written(blur), "JPEG", quality=85)).quality.blurred is blurred


@pytest.mark.parametrize(("light", "dark"), [(1.0, False), (0.4, False), (0.12, True)])
def test_a_page_without_light_is_called_dark(light: float, dark: bool) -> None:
    page = written(0.8).point(lambda value: value * light)
    found = only(encoded(page, "JPEG", quality=90)).quality
    assert found.dark is dark
    assert not found.blurred


def test_a_single_line_in_focus_is_not_called_blurred() -> None:
    page = written(0.8)
    page.paste((235, 232, 220), (0, 400, 1600, 2200))
    assert not only(encoded(page, "JPEG", quality=85)).quality.blurred


def test_codes_are_stable_and_distinct() -> None:
    codes = sorted(refusal.code for refusal in UnreadableFile.__subclasses__())
    assert codes == [
        "corrupt",
        "empty",
        "encrypted-pdf",
        "too-expensive",
        "too-many-pages",
        "too-many-pixels",
        "truncated",
        "unsupported-type",
    ]


def test_every_refusal_tells_the_sender_what_to_do() -> None:
    plain = (EmptyFile, TruncatedFile, TooManyPixels, EncryptedPdf, TooExpensive, CorruptFile)
    messages = [str(refusal()) for refusal in plain] + [str(TooManyPages(20))]
    assert all(re.search(r"\b(Send|Choose|Photograph|send)\b", text) for text in messages)
