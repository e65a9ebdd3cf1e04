"""The refresh token of a browser: in a cookie that no script reads and no other site can send.

The cookie is HttpOnly, SameSite=Strict and goes to ``/api/v1/auth`` only. Against forged requests stand two
walls more, for old browsers and for sites that share a parent domain: a header that no form can set (another
origin's script would need CORS to, which is never granted), and the Origin, which must be ours if it is sent.
"""

from datetime import datetime

from flask import current_app, request
from werkzeug.datastructures import Headers
from werkzeug.http import dump_cookie

from mathvidya.accounts.errors import RefreshRefused
from mathvidya.settings import Environment, Settings

NAME = "mathvidya_refresh"
HEADER = "X-Mathvidya-Browser"
_PATH = "/api/v1/auth"


def token_of_browser() -> str:
    """The refresh token that the browser sent. Raises RefreshRefused where there is none, or it is forged."""
    must_come_from_our_pages()
    token = request.cookies.get(NAME)
    if not token:
        raise RefreshRefused("this browser holds no session; sign in")
    return token


def must_come_from_our_pages() -> None:
    """Refuse what another site made this browser send."""
    if request.headers.get(HEADER) is None:
        raise RefreshRefused(f"a browser's session needs the header {HEADER}; sign in on our own page")
    if (origin := request.headers.get("Origin")) is not None and origin != request.host_url.rstrip("/"):
        raise RefreshRefused("this request comes from another site; sign in on our own page")


def keep(token: str, until: datetime) -> dict[str, str]:
    """The header that puts ``token`` into the browser until it is over."""
    return {"Set-Cookie": _cookie(token, until)}


def forget(headers: Headers) -> None:
    """Take the token out of the browser."""
    headers.add("Set-Cookie", _cookie("", datetime.fromtimestamp(0).astimezone()))


def _cookie(value: str, until: datetime) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return dump_cookie(
        NAME,
        value,
        path=_PATH,
        expires=until,
        httponly=True,
        samesite="Strict",
        secure=settings.environment is Environment.PRODUCTION,
    )
