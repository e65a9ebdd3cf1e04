"""A student over HTTP, with the clock at the first minute of their exam."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mathvidya.accounts.models import User
from tests.api.people import signed_in


@dataclass(frozen=True)
class Caller:
    """A signed-in person before one exam; ``path`` is relative to the exam."""

    app: Flask
    user: User
    exam_id: UUID

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.open(
            f"/api/v1/exams/{self.exam_id}{path}",
            method=method,
            json=body,
            headers={**signed_in(self.app, self.user), **named},
        )

    def open(self, data: bytes, page: int = 1, media_type: str = "image/jpeg") -> dict[str, Any]:
        answer = self.ask("POST", "/sheets/slots", {**claimed(data, media_type), "page_number": page})
        assert answer.status_code == 201, answer.text
        assert answer.json is not None
        return dict(answer.json)

    def put(self, slot: dict[str, Any], data: bytes) -> TestResponse:
        """What a browser does with a slot: no token, the headers as they were given."""
        return self.client.open(slot["url"], method=slot["method"], headers=slot["headers"], data=data)

    def confirm(self, slot: dict[str, Any]) -> TestResponse:
        return self.ask("POST", f"/sheets/slots/{slot['id']}/confirm")

    def upload(self, data: bytes, page: int = 1, media_type: str = "image/jpeg") -> TestResponse:
        slot = self.open(data, page, media_type)
        assert self.put(slot, data).status_code == 200
        return self.confirm(slot)

    def sheets(self) -> list[dict[str, Any]]:
        answer = self.ask("GET", "/sheets")
        assert answer.json is not None
        return list(answer.json["items"])


def claimed(data: bytes, media_type: str = "image/jpeg") -> dict[str, Any]:
    """What a browser says of a file before it sends it."""
    return {
        "media_type": media_type,
        "size_bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
