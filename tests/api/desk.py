"""A student's desk: requests in people's names, and what comes back."""

from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from mathvidya.accounts.models import User
from mathvidya.attempts.models import ExamInstance
from mathvidya.platform import clock, tokens
from mathvidya.settings import Settings
from tests.factories import actor_of


class Desk:
    """Requests in people's names, against a database that holds what a test put there."""

    def __init__(self, client: FlaskClient, session: Session) -> None:
        self.client = client
        self.session = session

    def ask(self, who: User | None, method: str, path: str, **options: Any) -> TestResponse:
        self.session.flush()
        headers = dict(options.pop("headers", {}))
        if who is not None:
            secret = Settings().token_secret.get_secret_value()
            token = tokens.issue(actor_of(who), secret=secret, now=clock.now(), lifetime=timedelta(minutes=5))
            headers["Authorization"] = f"Bearer {token}"
        response = self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)
        self.session.expire_all()
        return response

    def put_answer(self, who: User, exam: ExamInstance, number: int, **values: Any) -> TestResponse:
        return self.ask(who, "PUT", f"/exams/{exam.id}/answers/{number}", json=an_answer(**values))


def an_answer(**values: Any) -> dict[str, Any]:
    return {"choices": ["A"], "sequence": 1, "answered_at": clock.now().isoformat(), **values}


def problem(response: TestResponse) -> tuple[int, str]:
    assert response.mimetype == "application/problem+json"
    assert response.json is not None
    return response.status_code, response.json["type"].removeprefix("/problems/")
