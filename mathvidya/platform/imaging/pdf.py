"""The pages of a PDF as pictures of bounded size. Child side only.

The size of a page in points decides nothing but its shape: every page is rendered to the size that
is shown, so a page as wide as a street costs no more than A4. Scripts, forms that compute and
embedded files are never run: the renderer is built without them.
"""

from collections.abc import Iterator
from typing import Final

import pypdfium2
import pypdfium2.raw
from PIL import Image

from mathvidya.platform.imaging.confine import grant_cpu_for_page
from mathvidya.platform.imaging.errors import (
    CorruptFile,
    EncryptedPdf,
    TooManyPages,
    TooManyPixels,
)
from mathvidya.platform.imaging.limits import Limits
from mathvidya.platform.imaging.views import FULL_SIDE

_LOCKED: Final = frozenset({pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY})


def open_pdf(data: bytes, limits: Limits) -> Iterator[Image.Image]:
    """Render the pages of a PDF, one at a time.

    Raises:
        EncryptedPdf: It opens only with a password.
        TooManyPages: It has more than ``limits.max_pages``.
        TooManyPixels: A page is longer than ``limits.max_page_points``.
        CorruptFile: It does not open, or has no page, or a page has no area.
    """
    with _document(data) as document:
        count = len(document)
        if count == 0:
            raise CorruptFile
        if count > limits.max_pages:
            raise TooManyPages(limits.max_pages)
        for index in range(count):
            grant_cpu_for_page(limits)
            yield _render(document[index], limits)


def _document(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        raise EncryptedPdf if problem.err_code in _LOCKED else CorruptFile from problem


def _render(page: pypdfium2.PdfPage, limits: Limits) -> Image.Image:
    longer, shorter = max(page.get_size()), min(page.get_size())
    if longer > limits.max_page_points:
        raise TooManyPixels
    if not shorter > 0:
        raise CorruptFile
    picture: Image.Image = page.render(scale=(FULL_SIDE - 0.5) / longer, limit_image_cache=True).to_pil()
    page.close()
    return picture
