"""Saving answers by choice, and reading them back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from flask import Response, request

from mathvidya.attempts import queries, service
from mathvidya.attempts.errors import AnswerAfterTime, ExamNotStarted
from mathvidya.attempts.models import StudentMcqAnswer
from mathvidya.attempts.schemas.answers import (
    AnswerOutcomesSchema,
    AnswerSchema,
    AnswersSchema,
    SavedAnswerSchema,
    StoredAnswersSchema,
)
from mathvidya.attempts.schemas.reading import read_answer, read_answers
from mathvidya.attempts.service import Refusal, SavedAnswer
from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, WrongState
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now

answers_blueprint = Blueprint("answers", __name__, url_prefix="/exams", description="Answers by choice")


def _body(schema: type[Any]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


@answers_blueprint.put("/<uuid:exam_id>/answers/<int:number>")
@answers_blueprint.doc(requestBody=_body(AnswerSchema))
@answers_blueprint.response(200, SavedAnswerSchema)
@answers_blueprint.problems(Forbidden, NotFound, Invalid, ExamNotStarted, AnswerAfterTime, WrongState)
def save_answer(exam_id: UUID, number: int) -> Response:
    """Save one answer; the highest sequence wins, in whatever order saves arrive.

    The answer says what is stored: an older save is acknowledged as superseded. In the grace after the end
    only answers that were made in time are taken.
    """
    actor, answer = current_actor(), read_answer(request.get_data(cache=False), number)
    with db.statement() as cursor:
        saved = service.save_answer(cursor, actor=actor, exam_id=exam_id, answer=answer, now=request_now())
    return Response(orjson.dumps(saved), mimetype="application/json")


@answers_blueprint.put("/<uuid:exam_id>/answers")
@answers_blueprint.doc(requestBody=_body(AnswersSchema))
@answers_blueprint.response(200, AnswerOutcomesSchema)
@answers_blueprint.problems(Forbidden, NotFound, Invalid)
def save_answers(exam_id: UUID) -> Response:
    """Save what a device gathered while it was offline; each answer stands or falls on its own."""
    actor, answers = current_actor(), read_answers(request.get_data(cache=False))
    with db.statement() as cursor:
        outcomes = service.save_answers(
            cursor, actor=actor, exam_id=exam_id, answers=answers, now=request_now()
        )
    body = {"answers": [_outcome(outcome) for outcome in outcomes]}
    return Response(orjson.dumps(body), mimetype="application/json")


@answers_blueprint.get("/<uuid:exam_id>/answers")
@answers_blueprint.response(200, StoredAnswersSchema)
@answers_blueprint.problems(Forbidden, NotFound)
def list_answers(exam_id: UUID) -> dict[str, Sequence[StudentMcqAnswer]]:
    """The answers saved so far to the student's own exam: what a new device restores."""
    with db.reading() as session:
        return {"answers": queries.own_answers(session, current_actor(), exam_id)}


def _outcome(outcome: SavedAnswer | Refusal) -> dict[str, Any]:
    if isinstance(outcome, SavedAnswer):
        return {"number": outcome.number, "saved": outcome, "problem": None}
    problem = outcome.problem
    told = {"type": f"/problems/{problem.slug}", "title": problem.title, "detail": problem.detail}
    return {"number": outcome.number, "saved": None, "problem": told}
