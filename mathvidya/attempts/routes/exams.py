"""Drawing, starting, reading and voiding exams."""

import secrets
from typing import Any
from uuid import UUID

from flask import Response, current_app, request

from mathvidya.attempts import queries, service
from mathvidya.attempts.errors import ConsentMissing, ExamAlreadyActive, ExamNotStarted
from mathvidya.attempts.models import ExamInstance
from mathvidya.attempts.queries import ExamStatus, StoredPaper
from mathvidya.attempts.schemas.exams import (
    DrawSchema,
    ExamListArguments,
    ExamSchema,
    ExamStatusSchema,
    VoidSchema,
)
from mathvidya.exams.errors import NoSuchTemplate, TemplateCannotBeFilled, UnitNeeded
from mathvidya.plans.errors import NoSubscription, NotInPlan, QuotaExceeded
from mathvidya.platform import db
from mathvidya.platform.errors import Forbidden, Invalid, NotFound, WrongState
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor, request_now
from mathvidya.platform.http.idempotency import answer_once
from mathvidya.platform.http.pages import Page, page_schema
from mathvidya.platform.http.versions import etag
from mathvidya.settings import Settings

exams_blueprint = Blueprint("exams", __name__, url_prefix="/exams", description="Sitting an exam")

_SEED_BITS = 63


@exams_blueprint.post("")
@exams_blueprint.arguments(DrawSchema)
@exams_blueprint.response(201, ExamSchema)
@exams_blueprint.problems(
    Forbidden,
    Invalid,
    ConsentMissing,
    ExamAlreadyActive,
    NoSubscription,
    NotInPlan,
    QuotaExceeded,
    NoSuchTemplate,
    UnitNeeded,
    TemplateCannotBeFilled,
)
def create_exam(wanted: dict[str, Any]) -> Response:
    """Draw a paper that the student has not seen; it takes one exam of the billing period."""
    seed = _seed(wanted["seed"])
    with db.transaction() as session:
        return answer_once(
            session,
            ExamSchema(),
            lambda: service.create_exam(
                session,
                actor=current_actor(),
                template=wanted["template"],
                unit=wanted["unit"],
                seed=seed,
                now=request_now(),
            ),
        )


@exams_blueprint.get("")
@exams_blueprint.arguments(ExamListArguments, location="query")
@exams_blueprint.response(200, page_schema(ExamSchema))
def list_exams(wanted: dict[str, Any]) -> Page[ExamInstance]:
    """The student's own exams, a parent's children's, or all for an admin; newest first."""
    with db.reading() as session:
        return queries.list_exams(session, current_actor(), **wanted)


@exams_blueprint.get("/<uuid:exam_id>")
@exams_blueprint.response(200, ExamStatusSchema)
@exams_blueprint.problems(NotFound)
def read_exam(exam_id: UUID) -> tuple[ExamStatus, int, dict[str, str]]:
    """Where the exam stands, what time it is here, and when the present phase ends."""
    with db.reading() as session:
        exam = queries.exam_for_actor(session, current_actor(), exam_id)
        return queries.status_of(session, exam, request_now()), 200, etag(exam.version)


@exams_blueprint.post("/<uuid:exam_id>/start")
@exams_blueprint.response(200, ExamStatusSchema)
@exams_blueprint.problems(Forbidden, NotFound, WrongState)
def start_exam(exam_id: UUID) -> ExamStatus:
    """Start the time; from now on the paper can be read."""
    with db.transaction() as session:
        exam = service.start_exam(session, actor=current_actor(), exam_id=exam_id, now=request_now())
        return queries.status_of(session, exam, request_now())


@exams_blueprint.post("/<uuid:exam_id>/finish-answering")
@exams_blueprint.response(200, ExamStatusSchema)
@exams_blueprint.problems(Forbidden, NotFound, ExamNotStarted, WrongState)
def finish_answering(exam_id: UUID) -> ExamStatus:
    """Put the pen down early: answers are closed, and the window for uploading starts now."""
    with db.transaction() as session:
        exam = service.finish_answering(session, actor=current_actor(), exam_id=exam_id, now=request_now())
        return queries.status_of(session, exam, request_now())


@exams_blueprint.post("/<uuid:exam_id>/discard")
@exams_blueprint.response(200, ExamSchema)
@exams_blueprint.problems(Forbidden, NotFound, WrongState)
def discard_exam(exam_id: UUID) -> ExamInstance:
    """Give an exam back that was never started; it goes back to the quota."""
    with db.transaction() as session:
        return service.discard_exam(session, actor=current_actor(), exam_id=exam_id, now=request_now())


@exams_blueprint.post("/<uuid:exam_id>/void")
@exams_blueprint.arguments(VoidSchema)
@exams_blueprint.response(200, ExamSchema)
@exams_blueprint.problems(Forbidden, NotFound, Invalid, WrongState)
def void_exam(wanted: dict[str, str], exam_id: UUID) -> ExamInstance:
    """Declare an exam void before its scores are published; for admins."""
    with db.transaction() as session:
        return service.void_exam(
            session, actor=current_actor(), exam_id=exam_id, reason=wanted["reason"], now=request_now()
        )


@exams_blueprint.get("/<uuid:exam_id>/paper")
@exams_blueprint.response(
    200,
    description="The frozen paper. Its ETag is its SHA-256; it never changes",
    content_type="application/json",
)
@exams_blueprint.alt_response(304, description="The asker holds this paper")
@exams_blueprint.problems(Forbidden, NotFound, ExamNotStarted)
def read_paper(exam_id: UUID) -> Response:
    """The paper as the student sees it, once the exam has been started."""
    with db.statement() as cursor:
        paper = queries.stored_paper(cursor, actor=current_actor(), exam_id=exam_id, known=_known())
    return _paper_response(paper)


def _paper_response(paper: StoredPaper) -> Response:
    status = 200 if paper.text is not None else 304
    response = Response(paper.text, status, mimetype="application/json")
    response.headers["ETag"] = f'"{paper.sha256.hex()}"'
    # the browser keeps it but asks each time: at a shared computer the next person gets nothing
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _known() -> list[bytes]:
    """The hashes in If-None-Match; what is none of ours is no hash."""
    tags = [tag for tag in request.if_none_match.as_set() if len(tag) == 64]
    try:
        return [bytes.fromhex(tag) for tag in tags]
    except ValueError:
        return []


def _seed(wanted: int | None) -> int:
    """Drawn by chance; only where the clock can be moved too may a story choose it."""
    if wanted is None:
        return secrets.randbits(_SEED_BITS)
    settings: Settings = current_app.config["SETTINGS"]
    if settings.clock_file is None:
        raise Invalid("papers are drawn by chance here", {"seed": ["Leave it out."]})
    return wanted
