"""Declaring questions unanswered, handing in, and the receipt."""

from uuid import UUID

from flask import Response

from mathvidya.attempts import queries, service
from mathvidya.attempts.errors import AlreadyHandedIn, ExamNotStarted, HandInIncomplete, OnASheet
from mathvidya.attempts.queries import ExamStatus, Receipt
from mathvidya.attempts.schemas.exams import ExamStatusSchema, ReceiptSchema
from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, WrongState
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.idempotency import answer_once

hand_in_blueprint = Blueprint("hand_in", __name__, url_prefix="/exams", description="Handing in")


@hand_in_blueprint.put("/<uuid:exam_id>/unanswered/<int:number>")
@hand_in_blueprint.response(200, ExamStatusSchema)
@hand_in_blueprint.problems(Forbidden, NotFound, Invalid, OnASheet, ExamNotStarted, WrongState)
def declare_unanswered(exam_id: UUID, number: int) -> ExamStatus:
    """Say that a written question was left out: it scores 0, and nobody hunts for it."""
    with db.transaction() as session:
        exam = service.declare_unanswered(
            session, actor=current_actor(), exam_id=exam_id, number=number, now=request_now()
        )
        return queries.status_of(session, exam, request_now())


@hand_in_blueprint.delete("/<uuid:exam_id>/unanswered/<int:number>")
@hand_in_blueprint.response(200, ExamStatusSchema)
@hand_in_blueprint.problems(Forbidden, NotFound, Invalid, ExamNotStarted, WrongState)
def take_back_unanswered(exam_id: UUID, number: int) -> ExamStatus:
    """Take the declaration back."""
    with db.transaction() as session:
        exam = service.take_back_unanswered(session, actor=current_actor(), exam_id=exam_id, number=number)
        return queries.status_of(session, exam, request_now())


@hand_in_blueprint.post("/<uuid:exam_id>/hand-in")
@hand_in_blueprint.response(200, ReceiptSchema)
@hand_in_blueprint.problems(
    Forbidden, NotFound, AlreadyHandedIn, HandInIncomplete, ExamNotStarted, WrongState
)
def hand_in_exam(exam_id: UUID) -> Response:
    """Hand in; with an Idempotency-Key a repeated request gets the same receipt."""
    with db.transaction() as session:
        return answer_once(
            session,
            ReceiptSchema(),
            lambda: service.hand_in(session, actor=current_actor(), exam_id=exam_id, now=request_now()),
            status=200,
        )


@hand_in_blueprint.get("/<uuid:exam_id>/receipt")
@hand_in_blueprint.response(200, ReceiptSchema)
@hand_in_blueprint.problems(NotFound, WrongState)
def read_receipt(exam_id: UUID) -> Receipt:
    """What was handed in, with the hash of every page."""
    with db.reading() as session:
        return queries.receipt(session, current_actor(), exam_id)
