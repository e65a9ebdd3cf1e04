"""The demo student's photographed answer book.

Real enough to exercise everything that a telephone does to a page: turned pixels with an EXIF
orientation, a position in the metadata, uneven light, perspective, noise; HEIC and PDF among JPEG.
The same script and seed give the same pages.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image

from seeds.demo.camera import as_heic, as_jpeg, as_pdf, photograph, shaken_photograph
from seeds.demo.paper import Answer, PageText, written_page

__all__ = ["Answer", "DemoPage", "PageText", "photographed_pages"]


@dataclass(frozen=True, slots=True)
class DemoPage:
    """One file as the telephone hands it over."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Format:
    suffix: str
    mime: str
    encode: Callable[[Image.Image], bytes]


_JPEG: Final = _Format("jpg", "image/jpeg", as_jpeg)
_HEIC: Final = _Format("heic", "image/heic", as_heic)
_PDF: Final = _Format("pdf", "application/pdf", as_pdf)


def photographed_pages(
    script: Sequence[PageText], *, seed: int, unreadable: int | None = None
) -> list[DemoPage]:
    """Write and photograph the pages of a script.

    The third page comes as HEIC and the last as PDF, the others as JPEG. A page depends on the
    seed, its number and its text alone: asked for again without ``unreadable``, the page that was
    out of focus is the same page in focus, and the others do not change.

    Args:
        script: The pages in order.
        seed: Chooses the hand, the light and the angle.
        unreadable: Number of the page that is to come out of focus.

    Raises:
        ValueError: A page is too full, or has a character that the hand cannot write.
    """
    formats = _formats(len(script))
    return [
        _shot(text, kind, random.Random(f"{seed}/{text.number}"), text.number == unreadable)
        for text, kind in zip(script, formats, strict=True)
    ]


def _formats(count: int) -> list[_Format]:
    formats = [_JPEG] * count
    formats[2:3] = [_HEIC] * len(formats[2:3])
    formats[-1:] = [_PDF] * len(formats[-1:])
    return formats


def _shot(text: PageText, kind: _Format, rng: random.Random, spoilt: bool) -> DemoPage:
    page = written_page(text, rng)
    photo = (shaken_photograph if spoilt else photograph)(page, rng)
    return DemoPage(f"page-{text.number:02}.{kind.suffix}", kind.mime, kind.encode(photo))
