"""The application under load, with the baselines beside it in the same processes.

``/bare`` is a Flask application of one view, which saves an answer by psycopg and asks nobody's name.
``/bench/paper`` is a route of the house that serves the paper as one writes it first: through marshmallow.
"""

import threading
from typing import Any
from uuid import UUID

import psycopg
from flask import Flask, Response, jsonify, request
from marshmallow import Schema, fields
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from mathvidya.app import create_app
from mathvidya.platform import db
from mathvidya.platform.http.context import current_actor
from mathvidya.settings import Settings

SETTINGS = Settings()

_UPSERT = """
INSERT INTO student_mcq_answers AS kept
    (exam_id, question_number, choices, marked_for_review, sequence, answered_at, saved_at)
VALUES (%(exam_id)s, %(number)s, %(choices)s, false, %(sequence)s, %(answered_at)s, now())
ON CONFLICT (exam_id, question_number) DO UPDATE SET choices = excluded.choices,
    sequence = excluded.sequence, answered_at = excluded.answered_at, saved_at = excluded.saved_at
WHERE kept.sequence < excluded.sequence
RETURNING sequence
"""

bare = Flask("bare")
_own = threading.local()


@bare.put("/answers/<uuid:exam_id>/<int:number>")
def save_bare(exam_id: UUID, number: int) -> Response:
    """The same upsert without a question asked: no sign-in, no checks, no conditions."""
    values = {**request.get_json(), "exam_id": exam_id, "number": number}
    connection = _connection()
    row = connection.execute(_UPSERT, values, prepare=True).fetchone()
    connection.commit()
    assert row is not None
    return jsonify(number=number, sequence=row[0])


def _connection() -> psycopg.Connection[Any]:
    """One connection a thread, kept open: what a pool of the right size comes to."""
    if not hasattr(_own, "connection"):
        _own.connection = psycopg.connect(SETTINGS.database_url)
    connection: psycopg.Connection[Any] = _own.connection
    return connection


class _ChoiceSchema(Schema):
    label = fields.String()
    text = fields.String()


class _TextSchema(Schema):
    text = fields.String()


class _PartSchema(Schema):
    label = fields.String()
    marks = fields.Decimal(as_string=True)
    text = fields.String()
    alternative = fields.Nested(_TextSchema, allow_none=True)


class _AlternativeSchema(Schema):
    type = fields.String()
    marks = fields.Decimal(as_string=True)
    unit = fields.String()
    chapter = fields.String()
    text = fields.String()
    image = fields.String(allow_none=True)
    choices = fields.List(fields.Nested(_ChoiceSchema))
    assertion = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    parts = fields.List(fields.Nested(_PartSchema))


class _QuestionSchema(_AlternativeSchema):
    number = fields.Integer()
    alternative = fields.Nested(_AlternativeSchema, allow_none=True)


class _SectionSchema(Schema):
    section = fields.String()
    title = fields.String()
    questions = fields.List(fields.Nested(_QuestionSchema))


class _PaperSchema(Schema):
    schema = fields.Integer()
    template = fields.String()
    title = fields.String()
    class_level = fields.String()
    course_level = fields.String(allow_none=True)
    exam_type = fields.String()
    unit = fields.String(allow_none=True)
    minutes = fields.Integer()
    marks = fields.Decimal(as_string=True)
    instructions = fields.List(fields.String())
    sections = fields.List(fields.Nested(_SectionSchema))


_PAPER = _PaperSchema()


def serve_rebuilt_paper(exam_id: UUID) -> Response:
    """The paper with the same sign-in and scope, loaded as objects and dumped by a schema."""
    with db.statement() as cursor:
        row = cursor.execute(
            "SELECT exam_snapshot FROM exam_instances WHERE id = %s AND student_id = %s",
            (exam_id, current_actor().id),
            prepare=True,
        ).fetchone()
    assert row is not None
    return jsonify(_PAPER.dump(row[0]))


house = create_app(SETTINGS)
house.add_url_rule("/bench/paper/<uuid:exam_id>", view_func=serve_rebuilt_paper)
app = DispatcherMiddleware(house, {"/bare": bare})
