"""From errors to RFC 9457 problem details: the only table in the house that knows both."""

from collections.abc import Mapping
from typing import Any

import orjson
import structlog
from flask import Flask, Response, g
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from mathvidya.platform import errors
from mathvidya.platform.errors import DomainError
from workflows.calendar import CalendarError

MEDIA_TYPE = "application/problem+json"

STATUS: Mapping[type[DomainError], int] = {
    errors.NotFound: 404,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.Invalid: 422,
    errors.StaleVersion: 412,
    errors.VersionRequired: 428,
    errors.Conflict: 409,
    errors.TooMany: 429,
    errors.Unavailable: 503,
}
"""Status by kind of error; a problem type takes that of the first kind it derives from."""

_log = structlog.get_logger(__name__)


def install(app: Flask) -> None:
    """Answer every error of the app as a problem, expected or not."""
    app.register_error_handler(DomainError, answer)
    app.register_error_handler(CalendarError, _answer_calendar)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(Exception, _answer_unexpected)


def status_of(kind: type[DomainError]) -> int:
    """The HTTP status of a kind of error."""
    return next(status for base, status in STATUS.items() if issubclass(kind, base))


def answer(error: DomainError) -> Response:
    """A domain error as a problem."""
    status = status_of(type(error))
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    if "retry_after" in error.extra:
        headers["Retry-After"] = str(error.extra["retry_after"])
    return _problem(
        status, slug=error.slug, title=error.title, detail=error.detail, members=error.extra, headers=headers
    )


def _answer_calendar(error: CalendarError) -> Response:
    """A calendar that ends gives no answer rather than a wrong one."""
    _log.error("a working calendar has no answer", reason=str(error))
    return answer(errors.CalendarEnds(f"{error}; an admin can enter and confirm the holidays that follow"))


def answer_http(error: HTTPException) -> Response:
    """What Flask, webargs and the limiter raise, in the same form."""
    if error.response is not None and isinstance(error.response, Response):
        return error.response
    status = error.code or 500
    data: dict[str, Any] = getattr(error, "data", None) or {}
    messages = data.get("errors") or data.get("messages")
    if messages:
        return _problem(
            422,
            slug=errors.Invalid.slug,
            title=errors.Invalid.title,
            detail="mend the fields listed under errors and send it again",
            members={"errors": _by_field(messages)},
        )
    slug = error.name.lower().replace(" ", "-")
    headers = _allow(error) | _retry_after(error)
    return _problem(status, slug=slug, title=error.name, detail=error.description or "", headers=headers)


def _retry_after(error: HTTPException) -> dict[str, str]:
    """Only where it is known: the limiter leaves it empty and writes its own header into the answer."""
    moment = getattr(error, "retry_after", None)
    return {} if moment is None else {"Retry-After": str(moment)}


def _allow(error: HTTPException) -> dict[str, str]:
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        return {"Allow": ", ".join(sorted(error.valid_methods))}
    return {}


def _by_field(messages: Any) -> Any:
    """Marshmallow nests by location; a person wants fields."""
    if isinstance(messages, dict) and len(messages) == 1:
        location, inner = next(iter(messages.items()))
        if location in {"json", "query", "headers", "form"}:
            return inner
    return messages


def _answer_unexpected(error: Exception) -> Response:
    _log.exception("request failed", error=type(error).__name__)
    return _problem(
        500,
        slug="internal-error",
        title="Something went wrong on our side",
        detail="it has been noted under the request's id; nothing was changed, and trying again is safe",
    )


def _problem(
    status: int,
    *,
    slug: str,
    title: str,
    detail: str,
    members: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    body = {
        **(members or {}),
        "type": f"/problems/{slug}",
        "title": title,
        "status": status,
        "detail": detail,
        "request_id": g.get("request_id"),
    }
    encoded = orjson.dumps(body, default=str, option=orjson.OPT_NON_STR_KEYS)
    return Response(encoded, status, dict(headers or {}), mimetype=MEDIA_TYPE)
