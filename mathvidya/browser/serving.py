"""Serves the bundle of evaluation_ui: files for a year, pages anew each time, everything compressed ahead.

A page is the same for everybody: who signs in is told by the API. Each role has a page of its own, so that
a student's phone never loads what only a teacher needs; an address below it (``/student/exams/…``) is that
page's own business.
"""

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, abort, request, send_file

BUNDLE: Final = Path(__file__).parent / "bundle"

PAGES: Final = ("student", "teacher", "parent", "admin")
_AT_ROOT: Final = ("sw.js", "favicon.svg", "student.webmanifest")
_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
_A_YEAR: Final = "public, max-age=31536000, immutable"
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
}


def create_blueprint(*, storage_origin: str, laptop: bool) -> Blueprint:
    """The pages. ``storage_origin`` is where browsers reach the store of sheets."""
    blueprint = Blueprint("browser", __name__)
    policy = content_policy(storage_origin)
    role = f"/<any({','.join(PAGES)}):name>"
    pages = [("/", "sign-in"), ("/invitation", "sign-in"), *([("/dev/gallery", "gallery")] if laptop else [])]
    for rule, name in pages:
        blueprint.add_url_rule(rule, rule, partial(_page, policy, name))
    blueprint.add_url_rule(f"{role}/", "role", partial(_page, policy))
    blueprint.add_url_rule(f"{role}/<path:below>", "below_role", partial(_page, policy))
    blueprint.add_url_rule("/assets/<name>", "asset", _asset)
    blueprint.add_url_rule(f"/<any({','.join(map(repr, _AT_ROOT))}):name>", "root", _at_root)
    return blueprint


def _page(policy: str, name: str, below: str = "") -> Response:  # noqa: ARG001 - the browser's own business
    """A role's page; what stands below it is told apart in the browser."""
    response = _file(f"{name}.html")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = policy
    return response


def _asset(name: str) -> Response:
    """A file whose name carries its hash."""
    response = _file(f"assets/{name}")
    response.headers["Cache-Control"] = _A_YEAR
    return response


def _at_root(name: str) -> Response:
    """What must stand at the root: the service worker and what a phone asks for."""
    response = _file(name)
    response.headers["Cache-Control"] = "no-cache"
    return response


def content_policy(storage_origin: str) -> str:
    """The Content-Security-Policy of our pages: our own files, the store of sheets, and nothing else."""
    return "; ".join(f"{directive} {sources}" for directive, sources in _directives(storage_origin).items())


def _directives(store: str) -> Mapping[str, str]:
    return {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' blob: data: {store}",
        "font-src": "'self'",
        "connect-src": f"'self' {store}",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }


def _file(name: str) -> Response:
    """A file of the bundle, in the best encoding that the browser takes."""
    kind = _TYPES.get(Path(name).suffix)
    if kind is None or name not in _names():
        abort(404)
    for encoding, suffix in _ENCODINGS:
        if name + suffix in _names() and request.accept_encodings.quality(encoding):
            response = send_file(BUNDLE / (name + suffix), mimetype=kind, conditional=True)
            response.headers["Content-Encoding"] = encoding
            break
    else:
        response = send_file(BUNDLE / name, mimetype=kind, conditional=True)
    response.headers["Vary"] = "Accept-Encoding"
    return response


@cache
def _names() -> frozenset[str]:
    """What the bundle holds; it does not change while a process lives."""
    return frozenset(path.relative_to(BUNDLE).as_posix() for path in BUNDLE.rglob("*") if path.is_file())
