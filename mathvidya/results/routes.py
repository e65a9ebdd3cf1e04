"""HTTP of results and progress."""

from typing import Any
from uuid import UUID

from flask import Response

from mathvidya.evaluation.schemas.marking import addressed
from mathvidya.platform import db, storage
from mathvidya.platform.errors import NotFound, TooMany, Unavailable
from mathvidya.platform.http.addresses import signer
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor
from mathvidya.platform.http.limits import limiter
from mathvidya.platform.http.pages import Page, PageArguments, page_schema
from mathvidya.platform.http.pdf import MEDIA_TYPE, pdf_response
from mathvidya.results import printing, queries
from mathvidya.results.errors import ResultNotPublished
from mathvidya.results.rules import Progress
from mathvidya.results.schemas import AccessSchema, ProgressSchema, ResultSchema
from mathvidya.system.queries import url_lifetime

result_blueprint = Blueprint("results", __name__, url_prefix="/exams", description="What came of an exam")
progress_blueprint = Blueprint(
    "progress", __name__, url_prefix="/students", description="How a student stands"
)


@result_blueprint.get("/<uuid:exam_id>/result")
@result_blueprint.response(200, ResultSchema)
@result_blueprint.problems(NotFound, ResultNotPublished)
def read_result(exam_id: UUID) -> dict[str, Any]:
    """Scores, marks per question with solutions, and the marked pages, once they are published."""
    with db.reading() as session:
        view = queries.result_of(session, current_actor(), exam_id)
        lifetime = url_lifetime(session)
    return {**vars(view), "sheets": addressed(view.sheets, signer(lifetime))}


@result_blueprint.get("/<uuid:exam_id>/result.pdf")
@result_blueprint.response(
    200, description="Marks, the marked pages, and remarks, on A4", content_type=MEDIA_TYPE
)
@result_blueprint.problems(NotFound, ResultNotPublished, TooMany, Unavailable)
@limiter.limit("10/minute")  # each reads every page of an answer book and sets it anew
def print_result(exam_id: UUID) -> Response:
    """The result to be printed or kept, for whoever may read it."""
    with db.reading() as session:
        view = queries.result_of(session, current_actor(), exam_id)
    return pdf_response(printing.print_result(storage.current(), view), f"result-{exam_id}.pdf")


@progress_blueprint.get("/<uuid:student_id>/progress")
@progress_blueprint.response(200, ProgressSchema)
@progress_blueprint.problems(NotFound)
def read_progress(student_id: UUID) -> Progress:
    """Mastery by unit from the published exams, and readiness for the board's paper."""
    with db.reading() as session:
        return queries.progress_of(session, current_actor(), student_id)


@progress_blueprint.get("/<uuid:student_id>/accesses")
@progress_blueprint.arguments(PageArguments, location="query", as_kwargs=True)
@progress_blueprint.response(200, page_schema(AccessSchema))
@progress_blueprint.problems(NotFound)
def list_accesses(student_id: UUID, **page: Any) -> Page[queries.Access]:
    """Who had to do with a child's data, newest first: for linked parents and admins."""
    with db.reading() as session:
        return queries.accesses(session, current_actor(), student_id, **page)


blueprints = (result_blueprint, progress_blueprint)
