"""What a request knows: its id, its one ``now``, and who acts."""

from datetime import datetime
from uuid import UUID

import structlog
from flask import Flask, Response, current_app, g, request

from mathvidya.platform import clock, tokens
from mathvidya.platform.actors import Actor
from mathvidya.platform.errors import Unauthenticated
from mathvidya.platform.ids import new_id

REQUEST_ID_HEADER = "X-Request-Id"
_LONGEST_REQUEST_ID = 64


def install(app: Flask) -> None:
    """Give every request an id (the caller's, when it is a sane one) and bind it to the logs."""
    app.before_request(_begin)
    app.after_request(_name_request)


def request_now() -> datetime:
    """The request's one moment: read at first use, the same until its end."""
    if "now" not in g:
        g.now = clock.now()
    moment: datetime = g.now
    return moment


def current_actor() -> Actor:
    """Who acts; Unauthenticated when nobody is signed in."""
    if "actor" not in g:
        g.actor = _actor_of_request()
    actor: Actor = g.actor
    return actor


def actor_id() -> UUID:
    """The id of the person who acts."""
    identity = current_actor().id
    assert identity is not None  # noqa: S101 - a token always names a person
    return identity


def _actor_of_request() -> Actor:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("send an access token as 'Authorization: Bearer …'; sign in to get one")
    return tokens.verify(
        token, secret=current_app.config["TOKEN_SECRET"], now=request_now(), address=request.remote_addr
    )


def _begin() -> None:
    given = request.headers.get(REQUEST_ID_HEADER, "")
    sane = given.isascii() and given.isprintable() and 0 < len(given) <= _LONGEST_REQUEST_ID
    g.request_id = given if sane else str(new_id())
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _name_request(response: Response) -> Response:
    response.headers[REQUEST_ID_HEADER] = g.get("request_id", "")
    return response
