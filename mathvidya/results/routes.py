"""HTTP of results and progress."""

from typing import Any
from uuid import UUID

from mathvidya.evaluation.schemas.marking import addressed
from mathvidya.platform import db
from mathvidya.platform.errors import NotFound
from mathvidya.platform.http.addresses import signer
from mathvidya.platform.http.blueprint import Blueprint
from mathvidya.platform.http.context import current_actor
from mathvidya.platform.http.pages import Page, PageArguments, page_schema
from mathvidya.results import queries
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
