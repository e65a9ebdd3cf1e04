"""Serves the page behind each problem's ``type``: what it means and what to do."""

from flask import Blueprint, Response, abort

from mathvidya.settings import ROOT

blueprint = Blueprint("problem_pages", __name__)

_PAGES = ROOT / "docs" / "problems"


@blueprint.get("/problems/<slug>")
def problem_page(slug: str) -> Response:
    """The documentation of one problem type, as it stands in docs/problems."""
    page = _PAGES / f"{slug}.md"
    if page.parent != _PAGES or not page.is_file():
        abort(404)
    return Response(page.read_text(encoding="utf-8"), mimetype="text/markdown")
