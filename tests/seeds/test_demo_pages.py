import io

import pillow_heif
import pytest
from PIL import ExifTags, Image

from mathvidya.platform.imaging.pages import open_pages
from mathvidya.platform.imaging.sniff import FileType, sniff
from seeds.demo.glyphs import COMBINING, GLYPHS
from seeds.demo.handwriting import letters_of, smooth, strokes_of
from seeds.demo.pages import Answer, DemoPage, PageText, photographed_pages
from seeds.demo.paper import rule_count

WORKING = ("I = ∫ x·eˣ dx = eˣ(x − 1) + C", "a⃗ = 2î + 3ĵ − k̂,  |a⃗| = √14")


def script(*numbers: int) -> list[PageText]:
    return [PageText(n, (Answer(f"{20 + n}.", WORKING), Answer("", WORKING))) for n in numbers]


@pytest.fixture(scope="module")
def photographed() -> list[DemoPage]:
    return photographed_pages(script(1, 2, 3, 4), seed=7, unreadable=2)


def test_pages_come_in_the_formats_that_telephones_send(photographed: list[DemoPage]) -> None:
    kinds = [sniff(page.data) for page in photographed]
    assert kinds == [FileType.JPEG, FileType.JPEG, FileType.HEIC, FileType.PDF]
    assert [page.name for page in photographed] == [
        "page-01.jpg",
        "page-02.jpg",
        "page-03.heic",
        "page-04.pdf",
    ]
    assert all(len(page.data) < 5_000_000 for page in photographed)


def test_every_page_opens_upright_and_only_the_spoilt_one_is_blurred(
    photographed: list[DemoPage],
) -> None:
    views = [page for file in photographed for page in open_pages(file.data)]
    assert [page.quality.blurred for page in views] == [False, True, False, False]
    assert not any(page.quality.dark for page in views)
    assert all((page.width, page.height) == (1600, 2200) for page in views)


def test_photographs_are_stored_turned_and_tell_where_they_were_taken(
    photographed: list[DemoPage],
) -> None:
    pillow_heif.register_heif_opener()
    turned = Image.open(io.BytesIO(photographed[0].data))
    assert turned.size == (2200, 1600)
    assert turned.getexif()[ExifTags.Base.Orientation] == 6
    for page in (photographed[0], photographed[2]):
        exif = Image.open(io.BytesIO(page.data)).getexif()
        assert exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] == "N"


def test_taken_again_the_spoilt_page_changes_and_the_others_are_the_same_bytes(
    photographed: list[DemoPage],
) -> None:
    again = photographed_pages(script(1, 2, 3, 4), seed=7)
    changed = [new != old for new, old in zip(again, photographed, strict=True)]
    assert changed == [False, True, False, False]


def test_another_seed_is_another_hand() -> None:
    assert photographed_pages(script(1), seed=1) != photographed_pages(script(1), seed=2)


def test_a_character_without_handwriting_is_named() -> None:
    page = PageText(1, (Answer("21.", ("x = ☃",)),))
    with pytest.raises(ValueError, match="SNOWMAN"):
        photographed_pages([page], seed=1)


def test_a_line_that_is_slightly_too_long_is_written_smaller() -> None:
    page = PageText(1, (Answer("21.", ("m" * 33,)),))
    assert len(photographed_pages([page], seed=1)) == 1


def test_a_line_that_cannot_fit_is_refused() -> None:
    page = PageText(1, (Answer("21.", ("m" * 90,)),))
    with pytest.raises(ValueError, match="too long"):
        photographed_pages([page], seed=1)


def full_page(lines: int) -> PageText:
    return PageText(1, (Answer("21.", ("x",) * lines),))


def test_a_page_holds_as_many_lines_as_it_has_rules() -> None:
    assert len(photographed_pages([full_page(rule_count())], seed=1)) == 1


def test_a_page_with_one_line_more_is_refused() -> None:
    with pytest.raises(ValueError, match=f"needs {rule_count() + 1} lines"):
        photographed_pages([full_page(rule_count() + 1)], seed=1)


def test_raised_and_lowered_figures_are_written_small() -> None:
    base, raised, lowered = letters_of("x²₁")
    assert (raised.glyph, lowered.glyph) == ("2", "1")
    assert raised.rise > base.rise > lowered.rise
    assert raised.scale == lowered.scale < base.scale


def test_every_stroke_has_two_points_and_no_two_strokes_of_a_glyph_are_one() -> None:
    for glyph, notation in (GLYPHS | COMBINING).items():
        strokes = strokes_of(notation)
        assert all(len(stroke) >= 2 for stroke in strokes), glyph
        assert len({frozenset(stroke) for stroke in strokes}) == len(strokes), glyph


def test_the_pen_passes_through_every_point() -> None:
    points = [(0.0, 0.0), (2.0, 5.0), (4.0, 1.0)]
    drawn = [(round(x, 6), round(y, 6)) for x, y in smooth(points)]
    assert all(point in drawn for point in points)
