"""Reading a PDF back: its pages, and what is written on them."""

import pypdfium2


def texts_of(pdf: bytes) -> list[str]:
    """What is written on each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def pictures_on(pdf: bytes, page: int) -> int:
    """How many pictures a page shows."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        images = document[page].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        return len(list(images))
    finally:
        document.close()
