"""Idempotency-Key: a request that is sent twice is done once, and answered twice with the same words.

The key's row is written in the transaction of the act itself: both are there or neither. A second request
that arrives while the first is at work waits on the row, and then reads the first one's answer.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import orjson
from flask import Response, request
from marshmallow import Schema
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from mathvidya.platform.errors import Conflict, Invalid
from mathvidya.platform.http.context import actor_id, request_now
from mathvidya.platform.models import IdempotencyKey

_LONGEST_KEY = 128


class IdempotencyKeyReused(Conflict):
    """The key came before, with another request."""

    slug = "idempotency-key-reused"
    title = "This key was used for another request"


def answer_once(session: Session, schema: Schema, act: Callable[[], Any], *, status: int = 201) -> Response:
    """Do ``act`` and answer with its result dumped by ``schema``, once per Idempotency-Key.

    Without the header it is simply done. Call it inside the transaction of the act.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return _respond(_encoded(schema.dump(act())), status)
    if not 0 < len(key) <= _LONGEST_KEY:
        raise Invalid(f"Idempotency-Key: use 1 to {_LONGEST_KEY} characters, such as a UUID")
    if _claim(session, key):
        body = _encoded(schema.dump(act()))
        row = _row(session, key)
        row.status, row.body = status, body
        return _respond(body, status)
    return _replay(_row(session, key))


def _claim(session: Session, key: str) -> bool:
    claim = (
        insert(IdempotencyKey)
        .values(actor_id=actor_id(), key=key, request_sha256=_fingerprint(), created_at=request_now())
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.key)
    )
    return session.execute(claim).first() is not None


def _row(session: Session, key: str) -> IdempotencyKey:
    return session.execute(
        select(IdempotencyKey).where(IdempotencyKey.actor_id == actor_id(), IdempotencyKey.key == key)
    ).scalar_one()


def _replay(row: IdempotencyKey) -> Response:
    if row.request_sha256 != _fingerprint():
        raise IdempotencyKeyReused("take a new Idempotency-Key for a new request; nothing was done")
    response = _respond(row.body or b"null", row.status or 200)
    response.headers["Idempotent-Replay"] = "true"
    return response


def _fingerprint() -> bytes:
    return hashlib.sha256(
        b"\n".join((request.method.encode(), request.path.encode(), request.get_data()))
    ).digest()


def _encoded(body: Any) -> bytes:
    return orjson.dumps(body, default=str)


def _respond(body: bytes, status: int) -> Response:
    return Response(body, status, mimetype="application/json")
