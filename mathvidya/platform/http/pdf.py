"""A PDF as an answer."""

from flask import Response

MEDIA_TYPE = "application/pdf"


def pdf_response(pdf: bytes, name: str) -> Response:
    """``pdf`` to be shown or kept under ``name``; at a shared computer the next person gets nothing."""
    response = Response(pdf, mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
